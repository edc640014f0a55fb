"""What a form is filled from, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from swm.domain.filed import Filed
from swm.domain.fold import of_township
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises
from swm.domain.settings import Settings
from swm.errors import Refused
from swm.frozen import frozen
from swm.render.discretion import Veil
from swm.reports.audiences import INTERNAL

Named = dict[str, Any]
_NO_TOWN = ("城乡", "乡村")
"""Words in the names of county bureaus that hold the word for a township: 住房和城乡建设局."""
MARK = "内部资料　注意保存"
"""What stands at the head of a form that stays in the office."""


@frozen
class Office:
    """Who fills the form, by which rules, on which day, for whom."""

    settings: Settings
    policy: Policy
    today: date
    version: str
    """The commit that the form is filled from."""
    program: str
    audience: str = INTERNAL
    veil: Veil = field(default_factory=lambda: Veil(lifted=True))

    @property
    def hall(self) -> str:
        """The town's government, as it signs."""
        return f"{self.settings.town}人民政府"

    @property
    def bureau(self) -> str:
        """The office that the plan set up, as it signs."""
        return f"{self.settings.town}“散乱污”企业专项整治工作领导小组办公室"

    def ours(self, issuer: str | None) -> bool:
        """Whether a paper is the town's own; an issuer that is not named is the town."""
        named = issuer
        for word in _NO_TOWN:
            named = named and named.replace(word, "")
        return of_township(named)

    @property
    def mark(self) -> str:
        """The mark at the head of what stays in the office; nothing for others."""
        return MARK if self.audience == INTERNAL else ""


@frozen
class Subject:
    """What was read from the ledger for one form. Nothing at all makes the blank form."""

    enterprise: Enterprise | None = None
    premises: tuple[Premises, ...] = ()
    file: Filed | None = None
    """The patrol, complaint, admission or scoring that the form is about."""
    number: int | None = None
    """Which record of it."""
    letter: str | None = None
    """The number of a guarantee letter on file."""
    others: Mapping[str, Enterprise] = field(default_factory=dict)
    """Enterprises that the premises or the file name, by id."""
    photographs: Mapping[str, bytes] = field(default_factory=dict)
    """The site photographs that the records name, by SHA-256; one that is missing is left out."""
    variant: str = ""
    """The name under which the form was asked for, such as a kind of guarantee letter."""
    issuer: str | None = None
    """Who is to issue a paper that is only drafted."""

    @property
    def blank(self) -> bool:
        """Whether there is nothing to fill in."""
        return self.enterprise is None and not self.premises and self.file is None


@frozen
class Sheet:
    """One form filled: the names for its template, and what the file is called."""

    template: str
    stem: str
    """The file's name without its ending."""
    title: str
    on: date
    """The day that the file is dated."""
    names: Named
    notices: tuple[str, ...] = ()
    """What the clerk has to know: a draft, a photograph that is missing."""


def missing(id: str, number: int, what: str, others: str) -> Refused:
    """The error that record `number` is nothing that the form is made from."""
    return Refused(f"{id} 第{number}条不是{what}", hint=others)


def anothers(id: str, number: int, issuer: str, form: str, others: str) -> Refused:
    """The error that the paper of record `number` is another authority's: the town's form is not
    filled from it."""
    what = f"{id} 第{number}条的文书是{issuer}作出的，不能用本镇的{form}"
    return Refused(what, hint=others)
