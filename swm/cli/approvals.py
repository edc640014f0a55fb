"""Who approved, when, by what paper, as three options of several commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from swm.cli import parsing
from swm.domain.fields import blank
from swm.domain.records import Approval
from swm.errors import WrongUsage


def approval(typed: Mapping[str, Any], today: date, act_on: date) -> Approval | None:
    """The approval, on the day of the act where none is given; None without a person: a blank
    name is nobody.

    Raises `WrongUsage` where a date or a paper is given and nobody who approved.
    """
    person, basis = typed["--approver"], typed["--approval"]
    on = parsing.maybe("--approved-on", typed["--approved-on"], parsing.day(today))
    if person is None or blank(person):
        if on is not None or basis is not None:
            raise WrongUsage("写了批准日期或依据，还缺批准人", hint="加上 --approver 姓名")
        return None
    return Approval(person=person.strip(), on=on or act_on, basis=basis)
