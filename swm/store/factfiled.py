"""Files that are nothing but their records, as rows of the fact tables: by kind, one module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from swm.domain.filed import Filed
from swm.domain.kinds import ACTIVITY, ADMISSION, COMPLAINT, DUTY, PATROL, SCORE, Kind, kind_of
from swm.domain.policy import Policy
from swm.store.factrows import Rows

DRAWN_BY: Mapping[Kind, str] = {
    PATROL: "factpatrols",
    COMPLAINT: "factcomplaints",
    ADMISSION: "factadmissions",
    ACTIVITY: "factactivities",
    SCORE: "factscores",
    DUTY: "factpatrols",
}
"""The module of this ring whose `rows(file, policy)` draws each kind. An issued report is no fact
of the field: no figure counts it."""


def filed_rows(file: Filed, policy: Policy) -> Rows:
    """All rows of one file; none for one whose first record is withdrawn."""
    drawer = DRAWN_BY.get(kind_of(file.id))
    if file.withdrawn or drawer is None:
        return {}
    module = import_module(f"swm.store.{drawer}")
    draw: Callable[[Filed, Policy], Rows] = module.rows
    return draw(file, policy)
