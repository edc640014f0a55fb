"""What the numbers of one report are computed within."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from swm.domain.periods import RANGE, WEEK, Period
from swm.domain.periodwords import BY_THE_MONTH
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.frozen import compile_all, frozen
from swm.reports import figures
from swm.reports.figures import BEGINNING, FIGURES, Answers, Definition, Inquiry

UNDECIDED = "待定"
"""How an enterprise without a category is counted."""
MONTHS = 12
"""How many months the trend shows."""
EVERY = tuple(FIGURES.values())
TREND = tuple(FIGURES[name] for name in ("未销号", "本月销号", "本月新增"))
OWN_DAY = tuple(d for d in EVERY if d.is_flow and not d.by_entry)
"""Flows whose records fall into a period by their own day."""
ENTERED = tuple(d for d in EVERY if d.is_flow and d.by_entry)
STOCKS = tuple(d for d in EVERY if not d.is_flow)
PASSING = BY_THE_MONTH | {d.name for d in (*OWN_DAY, *ENTERED)}
"""What is of the whole period; all else stands on its last day, whatever came before."""

Numbers = Mapping[str, int]


@frozen
class Frame:
    """The period, what it is compared with, and the numbers of each, counted by the database."""

    facts: Answers
    inquiry: Inquiry
    """Where the records of the period's figures are asked for."""
    settings: Settings
    policy: Policy
    period: Period
    begun: date | None
    """The first day from which the ledger is kept; None for an empty ledger."""
    now: Numbers
    """The number of every figure of the period."""
    by_village: Mapping[str, Numbers]
    """Of the figures that a table adds up, the number in each village, counted apart."""
    by_category: Mapping[str, Numbers]
    """Of the figures that a table splits, the number in each category."""
    by_both: Mapping[str, Mapping[tuple[str, str], int]]
    """Of the same, the number in each village and category, counted apart."""
    previous: Numbers | None
    """上期, recomputed from the same commit; None when the ledger does not reach back. Of a period
    that it did not see begin, only what stood on the last day."""
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
    split: tuple[Definition, ...],
) -> Frame:
    """The frame of a report on `period`; see `Frame` for what is added up and what is split."""
    compile_all()
    begun = begun_on(facts, settings)
    months = _months(period, settings.cutoff, begun)
    previous, last_year = period.previous(), period.same_last_year()
    asked: dict[Period, tuple[Definition, ...]] = dict.fromkeys(months, TREND)
    asked |= {p: EVERY for p in (previous, last_year) if begun and begun <= p.end}
    inquiry = Inquiry(facts, period, policy)

    def tally(over: Period) -> Numbers:
        figures_of = asked[over]
        return figures.tally(facts, figures_of, over, policy, hold=figures_of is not TREND)

    with ThreadPoolExecutor(2) as workers:  # the database counts without holding Python's lock
        flows = workers.submit(_flows, facts, period, policy)
        stocks = workers.submit(inquiry.tally, (*STOCKS, *ENTERED))
        cells = workers.submit(_cells, inquiry, added_up, split)
        known = dict(zip(asked, workers.map(tally, asked), strict=True))
    ever, year, recent = flows.result()
    by_village, by_category, by_both = cells.result()
    return Frame(
        facts=facts,
        inquiry=inquiry,
        settings=settings,
        policy=policy,
        period=period,
        begun=begun,
        now=recent | stocks.result()[0],
        by_village=by_village,
        by_category=by_category,
        by_both=by_both,
        previous=_comparable(known.get(previous), previous, begun, period),
        last_year=_comparable(known.get(last_year), last_year, begun, period),
        year=year,
        ever=ever,
        trend=tuple((month, known[month]) for month in months),
    )


def _comparable(
    found: Numbers | None, earlier: Period, begun: date | None, period: Period
) -> Numbers | None:
    """What the period may be compared with. Where it is not over, or the ledger began within the
    earlier one, a flow of either is that of a few days, and a comparison would mislead."""
    if found is None or (period.over and begun and begun <= earlier.start):
        return found
    passing = [name for name in found if PASSING & {name, name.partition("·")[0]}]
    return {name: value for name, value in found.items() if name not in passing}


def _flows(
    facts: Answers, period: Period, policy: Policy
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """建账以来 and 本年累计 of every flow, and the period's own of those that go by their own day:
    all of these end on the same day, and one count does for the three."""
    year = Period(period.year_start, period.end, RANGE)
    ever = Period(BEGINNING, period.end, RANGE)
    since = (year.start, period.start)
    whole, this_year, recent = figures.tally_since(facts, OWN_DAY, ever, since, policy)
    for numbers, over in ((whole, ever), (this_year, year)):
        numbers |= figures.tally(facts, ENTERED, over, policy, hold=False)
    return whole, this_year, recent


def _cells(
    inquiry: Inquiry, added_up: tuple[Definition, ...], split: tuple[Definition, ...]
) -> tuple[dict[str, Numbers], dict[str, Numbers], dict[str, Mapping[tuple[str, str], int]]]:
    """What stands in the cells of a table of the villages."""
    return (
        {d.name: inquiry.grouped(d, "village") for d in added_up},
        {d.name: inquiry.grouped(d, "category") for d in split},
        {d.name: inquiry.grouped(d, "village", "category") for d in split},
    )


def _months(period: Period, cutoff: int | None, begun: date | None) -> list[Period]:
    """The months of the trend, as far as the ledger reaches back.

    After a week or a range that ends within a month, they end with the last whole month before.
    """
    month = Period.month_of(period.end, cutoff)
    if period.kind in (WEEK, RANGE) and month.end > period.end:
        month = month.previous()
        if begun is None or month.end < begun:
            return []
    months = [month.up_to(period.end)]
    while len(months) < MONTHS and begun and (month := month.previous()).end >= begun:
        months.insert(0, month)
    return months


def begun_on(facts: Answers, settings: Settings) -> date | None:
    """The first day that the ledger tells of; None where it tells of nothing."""
    listed = facts.query("SELECT MIN(on_day) FROM step WHERE type IN ('登记', '期初')")[0][0]
    known = [day for day in (figures.as_day(listed), settings.opening_date) if day]
    return min(known, default=None)
