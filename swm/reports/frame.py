"""What the numbers of one report are computed within."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from swm.domain.periods import RANGE, Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.reports import figures
from swm.reports.figures import BEGINNING, FIGURES, Answers, Definition

UNDECIDED = "待定"
"""How an enterprise without a category is counted."""
FLOWS = tuple(d for d in FIGURES.values() if d.is_flow)

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """The period, what it is compared with, and the numbers of each, counted by the database."""

    facts: Answers
    settings: Settings
    policy: Policy
    period: Period
    begun: date | None
    """The first day from which the ledger is kept; None for an empty ledger."""
    now: Numbers
    """The numbers of the period that a table adds up, counted apart from their records."""
    previous: Numbers | None
    """上期, recomputed from the same commit; None when the ledger does not reach back."""
    last_year: Numbers | None
    """上年同期, likewise."""
    year: Numbers
    """本年累计, of what can be added up."""
    ever: Numbers
    """建账以来, of what can be added up."""

    def tally(self, definitions: tuple[Definition, ...], period: Period) -> Numbers:
        """The numbers of another period."""
        return figures.tally(self.facts, definitions, period, self.policy)


def framed(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    added_up: tuple[Definition, ...],
) -> Frame:
    """The frame of a report on `period`."""
    first = figures.as_day(facts.query("SELECT MIN(on_day) FROM step")[0][0])
    begun = _begun(facts, settings)

    def tally(over: Period, definitions: tuple[Definition, ...]) -> Numbers:
        return figures.tally(facts, definitions, over, policy)

    def compared(over: Period) -> Numbers | None:
        if begun is None or over.end < begun:
            return None
        return tally(over, tuple(FIGURES.values()))

    year = tally(Period(period.year_start, period.end, RANGE), FLOWS)
    first_year = first is None or first >= period.year_start
    return Frame(
        facts=facts,
        settings=settings,
        policy=policy,
        period=period,
        begun=begun,
        now=tally(period, added_up),
        previous=compared(period.previous()),
        last_year=compared(period.same_last_year()),
        year=year,
        ever=year if first_year else tally(Period(BEGINNING, period.end, RANGE), FLOWS),
    )


def _begun(facts: Answers, settings: Settings) -> date | None:
    listed = facts.query("SELECT MIN(on_day) FROM step WHERE type IN ('登记', '期初')")[0][0]
    known = [day for day in (figures.as_day(listed), settings.opening_date) if day]
    return min(known, default=None)
