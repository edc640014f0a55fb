"""公示: what everybody may read of a period: firm, village, measure, result, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.reportstyle import ReportStyle
from swm.domain.settings import Settings
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.reports import figures
from swm.reports.answers import Answers
from swm.reports.audiences import people_named
from swm.reports.figures import FIGURES
from swm.reports.values import Entry
from swm.reports.villages import in_roster_order

UNDERWAY = "正在整治"
OPEN, DONE, FINISHED = "未销号", "本月销号", "已销号"


@frozen
class Shown:
    """One enterprise as the public sees it."""

    name: str
    village: str
    measure: str
    """整治类别 by its upward name."""
    result: str


@frozen
class Again:
    """What is said of a notice on a period that had one already."""

    time: int
    """2 for the second."""
    on: date
    """The day it goes up."""
    reason: str

    @property
    def title(self) -> str:
        """第2次公示."""
        return f"第{self.time}次公示"


@frozen
class Public:
    """A public notice: one frozen value for Word, HTML and JSON."""

    town: str
    period: Period
    version: str
    program: str
    style: ReportStyle
    dated: date
    underway: tuple[Shown, ...]
    """Listed, and not delisted on the last day of the period."""
    finished: tuple[Shown, ...]
    """Delisted in the period, and still so on its last day."""
    again: Again | None = None
    """None: the first on its period, or only made to look at."""
    people: frozenset[str] = frozenset()
    """Whose names are veiled in the reason why it goes up again."""


def public(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    version: str,
    program: str,
    dated: date | None = None,
    again: Again | None = None,
) -> Public:
    """The notice on `period` from the commit `version`. Unless told otherwise it is dated the
    period's last day, and one that goes up `again` the day on which it does.

    Raises `Unreadable` when a file was left out of the facts.
    """
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能出公示", facts.unreadable, "先改好：swm check")
    listing = listed(facts, policy, period)
    roster = settings.village_names(period.end)
    measures = {c.name: c.upward for c in policy.workflow.categories}

    def shown(found: Iterable[Entry]) -> tuple[Shown, ...]:
        return tuple(
            Shown(e.name, e.village, measures.get(e.category, e.category), result(e.state, policy))
            for e in in_roster_order(found, roster)
        )

    return Public(
        town=settings.town,
        period=period,
        version=version,
        program=program,
        style=settings.style or ReportStyle(),
        dated=dated or (again.on if again else period.end),
        underway=shown(listing.underway),
        finished=shown(listing.finished),
        again=again,
        people=people_named(facts, settings) if again else frozenset(),
    )


def result(state: str, policy: Policy) -> str:
    """整治结果, as everybody may read it: the state in which it ended, 正在整治 until then."""
    still_open = {each.name for each in policy.workflow.states if each.open}
    return UNDERWAY if state in still_open else state


class Listing(NamedTuple):
    """Whom a notice names. For the office's own file: ids are no part of the notice."""

    underway: tuple[Entry, ...]
    finished: tuple[Entry, ...]


def listed(facts: Answers, policy: Policy, period: Period) -> Listing:
    """Whom a notice on `period` names: 待核查, 不予列入 and 已核减 are in none of its figures."""
    asked = [FIGURES[name] for name in (OPEN, DONE, FINISHED)]
    rows = figures.gather(facts, asked, period, policy)
    entries = {name: [figures.as_entry(row) for row in found] for name, found in rows.items()}
    still = {entry.id for entry in entries[FINISHED]}
    finished = {e.id: e for e in entries[DONE] if e.id in still}
    return Listing(tuple(entries[OPEN]), tuple(finished.values()))
