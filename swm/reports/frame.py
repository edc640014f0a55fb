"""What the numbers of one report are computed within."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from swm.domain.periods import RANGE, WEEK, Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports import figures
from swm.reports.figures import BEGINNING, FIGURES, Answers, Definition

UNDECIDED = "待定"
"""How an enterprise without a category is counted."""
MONTHS = 12
"""How many months the trend shows."""
EVERY = tuple(FIGURES.values())
TREND = tuple(FIGURES[name] for name in ("未销号", "本月销号", "本月新增"))
FLOWS = tuple(d for d in FIGURES.values() if d.is_flow)

Numbers = Mapping[str, int]


@frozen
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
    trend: tuple[tuple[Period, Numbers], ...]
    """未销号, 本月销号 and 本月新增 of the last months, the report's own last where it ends one."""


def framed(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    added_up: tuple[Definition, ...],
) -> Frame:
    """The frame of a report on `period`."""
    begun = _begun(facts, settings)
    months = _months(period, settings.cutoff, begun)
    previous, last_year = period.previous(), period.same_last_year()
    asked: dict[Period, tuple[Definition, ...]] = dict.fromkeys(months, TREND)
    asked |= {p: EVERY for p in (previous, last_year) if begun and begun <= p.end}

    def tally(over: Period) -> Numbers:
        figures_of = asked[over]
        return figures.tally(facts, figures_of, over, policy, hold=figures_of is not TREND)

    with ThreadPoolExecutor(2) as workers:  # the database counts without holding Python's lock
        added = workers.submit(_added_up, facts, period, policy)
        known = dict(zip(asked, workers.map(tally, asked), strict=True))
        now = figures.tally(facts, added_up, period, policy)
        ever, year = added.result()
    return Frame(
        facts=facts,
        settings=settings,
        policy=policy,
        period=period,
        begun=begun,
        now=now,
        previous=known.get(previous),
        last_year=known.get(last_year),
        year=year,
        ever=ever,
        trend=tuple((month, known[month]) for month in months),
    )


def _added_up(facts: Answers, period: Period, policy: Policy) -> tuple[Numbers, Numbers]:
    """建账以来 and 本年累计 of every flow; most of them in one go."""
    year = Period(period.year_start, period.end, RANGE)
    ever = Period(BEGINNING, period.end, RANGE)
    own = [d for d in FLOWS if not d.by_entry]
    entered = [d for d in FLOWS if d.by_entry]
    whole, recent = figures.tally_from(facts, own, ever, year.start, policy)
    for numbers, over in ((whole, ever), (recent, year)):
        numbers |= figures.tally(facts, entered, over, policy)
    return whole, recent


def _months(period: Period, cutoff: int | None, begun: date | None) -> list[Period]:
    """The months of the trend, as far as the ledger reaches back.

    After a week or a range that ends within a month, they end with the last whole month before.
    """
    month = Period.month_of(period.end, cutoff)
    if period.kind in (WEEK, RANGE) and month.end > period.end:
        month = month.previous()
        if begun is None or month.end < begun:
            return []
    months = [month]
    while len(months) < MONTHS and begun and (month := month.previous()).end >= begun:
        months.insert(0, month)
    return months


def _begun(facts: Answers, settings: Settings) -> date | None:
    listed = facts.query("SELECT MIN(on_day) FROM step WHERE type IN ('登记', '期初')")[0][0]
    known = [day for day in (figures.as_day(listed), settings.opening_date) if day]
    return min(known, default=None)
