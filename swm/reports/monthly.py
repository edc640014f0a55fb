"""月报: everything the monthly report prints, as one frozen value computed from one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.reportrecords import Issued
from swm.domain.settings import Settings
from swm.errors import Unreadable
from swm.frozen import compile_all
from swm.reports import drafts, figures
from swm.reports.assessment import assessment
from swm.reports.audiences import INTERNAL, UPWARD, people_named
from swm.reports.figures import FIGURES, Answers
from swm.reports.frame import UNDECIDED, Frame, framed
from swm.reports.ties import ties
from swm.reports.values import Entry, Figure, Monthly, Point, Rate
from swm.reports.villages import ADDED_UP, in_roster_order, village_table

RATES = {
    "完成率": ("已销号", "底数"),
    "按期完成率": ("按期完成", "到期应完成"),
    "签订率": ("已签", "应签"),
    "巡查覆盖率": ("巡查覆盖", "应巡查"),
    "按期办结率": ("举报按期办结", "举报到期应办结"),
    "回头看按期率": ("回头看按期", "回头看应查"),
    "包保落实率": ("已落实包保", "底数"),
}
INSIDE_ONLY = frozenset({"举报涉及企业"})
"""Figures whose records stay in the office: who was complained about. Only the number goes out."""

Records = Mapping[str, Sequence[Any]]


def monthly(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    version: str,
    program: str,
    audience: str = UPWARD,
    issued: Issued | None = None,
) -> Monthly:
    """The report of `period` on the commit `version`.

    上期 is as `issued`; without, it is recomputed from the same commit. Raises `Unreadable` when a file was left out of the
    facts: a report with a hole is none.
    """
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能出报表", facts.unreadable, "先改好：swm check")
    compile_all()
    with ThreadPoolExecutor(1) as worker:  # the database works without holding Python's lock
        gathering = worker.submit(figures.gather, facts, FIGURES.values(), period, policy)
        frame = framed(facts, settings, policy, period, ADDED_UP)
        records = gathering.result()
    found = _figures(frame, records, issued)
    shown = found if audience == INTERNAL else _without_records(found)
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
        figures=shown,
        rates=rates,
        categories=_categories(frame, found),
        village_columns=villages.columns,
        village_rows=villages.rows,
        village_total=villages.total,
        ties=ties(frame, found, villages, issued),
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
        assessment=assessment(facts, period),
        people=frozenset() if audience == INTERNAL else people_named(facts, settings),
    )


def _figures(frame: Frame, records: Records, issued: Issued | None) -> dict[str, Figure]:
    before = {name: number.value for name, number in issued.figures.items()} if issued else {}
    found: dict[str, Figure] = {}
    for name, whole in FIGURES.items():
        for definition in (whole, *figures.parts(whole, frame.policy.workflow.states)):
            rows = figures.part_of(records[name], definition)
            found[definition.name] = _compared(frame, figures.as_figure(definition, rows), before)
    return found


def _without_records(found: Mapping[str, Figure]) -> dict[str, Figure]:
    """The same numbers, without the records that stay inside."""
    return {
        name: replace(figure, entries=()) if name in INSIDE_ONLY else figure
        for name, figure in found.items()
    }


def _compared(frame: Frame, figure: Figure, before: Mapping[str, int]) -> Figure:
    """The figure with its columns 上期 (as issued, where it was), 上年同期 and, for what can be
    added up, 累计."""
    name = figure.name
    recomputed = frame.previous[name] if frame.previous else None
    return replace(
        figure,
        previous=before.get(name, recomputed),
        last_year=frame.last_year[name] if frame.last_year else None,
        year=frame.year.get(name),
        ever=frame.ever.get(name),
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
    return tuple(
        Point(month.label, numbers["未销号"], numbers["本月销号"], numbers["本月新增"])
        for month, numbers in frame.trend
    )


def _by_village(entries: Sequence[Entry], roster: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(entry.village for entry in entries)
    return tuple((village, counts[village]) for village in roster)
