"""月报: everything the monthly report prints, as one frozen value computed from one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from swm.domain.periods import RANGE, Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.errors import Unreadable
from swm.reports import drafts, figures
from swm.reports.figures import FIGURES, Answers, Definition
from swm.reports.frame import UNDECIDED, Frame
from swm.reports.ties import ties
from swm.reports.values import Entry, Figure, Monthly, Point, Rate
from swm.reports.villages import in_roster_order, village_table

UPWARD, INTERNAL, PUBLIC = "上报", "内部", "公示"
AUDIENCES = (INTERNAL, UPWARD, PUBLIC)
MONTHS = 12
"""How many months the trend shows."""
RATES = {
    "完成率": ("已销号", "底数"),
    "按期完成率": ("按期完成", "到期应完成"),
    "签订率": ("已签", "应签"),
}

Records = Mapping[str, Sequence[Any]]


def monthly(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    version: str,
    program: str,
    audience: str = UPWARD,
) -> Monthly:
    """The report of `period` on the commit `version`.

    上期 is recomputed from the same commit. Raises `Unreadable` when a file was left out of the
    facts: a report with a hole is none.
    """
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能出报表", facts.unreadable, "先改好：swm check")
    frame = Frame(facts, settings, policy, period, _begun(facts, settings))
    records = {
        name: figures.records(facts, definition, period, policy)
        for name, definition in FIGURES.items()
    }
    found = _figures(frame, records)
    rates = {name: Rate(found[a].value, found[b].value) for name, (a, b) in RATES.items()}
    villages = village_table(frame, found, upward=audience == UPWARD)
    roster = [row.cells["村"] for row in villages.rows]
    unfinished = in_roster_order(found["未销号"].entries, roster)
    return Monthly(
        town=settings.town,
        county=settings.county or "",
        period=period,
        audience=audience,
        version=version,
        version_short=version[:10],
        program=program,
        figures=found,
        rates=rates,
        categories=_categories(frame, found),
        village_columns=villages.columns,
        village_rows=villages.rows,
        village_total=villages.total,
        ties=ties(frame, found, villages),
        open_list=unfinished,
        overdue_list=in_roster_order(found["超期"].entries, roster),
        new_list=in_roster_order(found["本月新增"].entries, roster),
        delisted_list=in_roster_order(found["本月销号"].entries, roster),
        supplements=found["补录"].entries,
        trend=_trend(frame),
        problems=drafts.problems(found, rates, policy, period),
        next_steps=drafts.next_steps(found, policy, period),
        villages_open=_by_village(unfinished, roster),
        reminders=drafts.reminders(facts, found),
    )


def _begun(facts: Answers, settings: Settings) -> date | None:
    first = figures.as_day(
        facts.query("SELECT MIN(on_day) FROM step WHERE type IN ('登记', '期初')")[0][0]
    )
    known = [day for day in (first, settings.opening_date) if day]
    return min(known, default=None)


def _figures(frame: Frame, records: Records) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for name, definition in FIGURES.items():
        found[name] = _compared(frame, definition, figures.as_figure(definition, records[name]))
        for part in figures.parts(definition, frame.policy.workflow.states):
            rows = [row for row in records[name] if row["state"] == part.part]
            found[part.name] = _compared(frame, part, figures.as_figure(part, rows))
    return found


def _compared(frame: Frame, definition: Definition, figure: Figure) -> Figure:
    """The figure with its columns 上期, 上年同期 and, for what can be added up, 累计."""
    period = frame.period
    figure = replace(
        figure,
        previous=frame.compared(definition, period.previous()),
        last_year=frame.compared(definition, period.same_last_year()),
    )
    if not definition.is_flow:
        return figure
    return replace(
        figure,
        year=frame.count(definition, Period(period.year_start, period.end, RANGE)),
        ever=frame.count(definition, Period(figures.BEGINNING, period.end, RANGE)),
    )


def _categories(
    frame: Frame, found: Mapping[str, Figure]
) -> tuple[tuple[str, str, Figure, Figure], ...]:
    names = {c.name: c.upward for c in frame.policy.workflow.categories}
    return tuple(
        (name, upward, _of_category(found["底数"], name), _of_category(found["已销号"], name))
        for name, upward in (names | {UNDECIDED: UNDECIDED}).items()
    )


def _of_category(figure: Figure, category: str) -> Figure:
    entries = tuple(e for e in figure.entries if e.category == category)
    return Figure(f"{figure.name}·{category}", figure.unit, entries, len(entries))


def _trend(frame: Frame) -> tuple[Point, ...]:
    """The last twelve months, as far as the ledger reaches back; the last is the report's."""
    month = Period.month_of(frame.period.end, frame.settings.cutoff)
    months: list[Period] = []
    while len(months) < MONTHS and (not months or _reaches(frame, month)):
        months.append(month)
        month = month.previous()
    return tuple(
        Point(
            label=m.label,
            open=frame.count(FIGURES["未销号"], m),
            delisted=frame.count(FIGURES["本月销号"], m),
            new=frame.count(FIGURES["本月新增"], m),
        )
        for m in reversed(months)
    )


def _reaches(frame: Frame, month: Period) -> bool:
    return frame.begun is not None and month.end >= frame.begun


def _by_village(entries: Sequence[Entry], roster: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(entry.village for entry in entries)
    return tuple((village, counts[village]) for village in roster)
