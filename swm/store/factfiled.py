"""Files that are nothing but their records, as rows of the fact tables: by kind, one module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from swm.domain.filed import Filed
from swm.domain.kinds import ACTIVITY, ADMISSION, Kind, kind_of
from swm.domain.policy import Policy
from swm.store.factrows import Rows

DRAWN_BY: Mapping[Kind, str] = {
    ADMISSION: "factadmissions",
    ACTIVITY: "factactivities",
}
"""The module of this ring whose `rows(file, policy)` draws each kind."""


def filed_rows(file: Filed, policy: Policy) -> Rows:
    """All rows of one file; none for one whose first record is withdrawn."""
    if file.withdrawn:
        return {}
    module = import_module(f"swm.store.{DRAWN_BY[kind_of(file.id)]}")
    draw: Callable[[Filed, Policy], Rows] = module.rows
    return draw(file, policy)
