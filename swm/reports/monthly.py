"""A report: everything it prints on a month or another period, as one frozen value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.reportrecords import Issued
from swm.domain.reportstyle import ReportStyle
from swm.domain.reporttexts import ReportText, paragraphs
from swm.domain.settings import Settings
from swm.errors import Unreadable
from swm.reports import drafts, figures
from swm.reports.assessment import assessment
from swm.reports.audiences import INTERNAL, UPWARD, people_named
from swm.reports.figures import FIGURES, Answers, Definition
from swm.reports.frame import UNDECIDED, Frame, framed
from swm.reports.records import Records, records_of
from swm.reports.ties import ties
from swm.reports.values import Entry, Figure, Monthly, Point, Rate
from swm.reports.villagebars import village_bars
from swm.reports.villages import ADDED_UP, DIVIDED, in_roster_order, village_table

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


def monthly(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    version: str,
    program: str,
    audience: str = UPWARD,
    text: ReportText | None = None,
    issued: Issued | None = None,
) -> Monthly:
    """The report of `period` on the commit `version`, with what people wrote into it.

    上期 is as `issued`; without, it is recomputed from the same commit. Raises `Unreadable` when a
    file was left out of the facts: a report with a hole is none.
    """
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能出报表", facts.unreadable, "先改好：swm check")
    frame = framed(facts, settings, policy, period, ADDED_UP, DIVIDED)
    found = _figures(frame, issued)
    shown = found if audience == INTERNAL else _without_records(found)
    rates = {name: Rate(found[a].value, found[b].value) for name, (a, b) in RATES.items()}
    villages = village_table(frame, upward=audience == UPWARD)
    roster = [row.cells["村"] for row in villages.rows]
    unfinished = in_roster_order(found["未销号"].entries, roster)
    bars, others = village_bars(villages.counts)
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
        supplements=tuple(found["补录"].entries),
        trend=_trend(frame),
        problems=paragraphs(text.problems if text else ())
        or drafts.problems(found, rates, policy, period),
        next_steps=paragraphs(text.next_steps if text else ())
        or drafts.next_steps(found, policy, period),
        villages_open=_by_village(unfinished, roster),
        village_bars=bars,
        village_others=others,
        reminders=drafts.reminders(
            facts, period, found, frame.inquiry.grouped(FIGURES["底数"], "opening").get(1, 0)
        ),
        assessment=assessment(facts, period, frame.begun),
        style=settings.style or ReportStyle(),
        text=text,
        people=frozenset() if audience == INTERNAL else people_named(facts, settings),
    )


def _figures(frame: Frame, issued: Issued | None) -> dict[str, Figure]:
    before = {name: number.value for name, number in issued.figures.items()} if issued else {}
    return {
        definition.name: _figure(frame, definition, before)
        for whole in FIGURES.values()
        for definition in (whole, *figures.parts(whole, frame.policy.workflow.states))
    }


def _figure(frame: Frame, definition: Definition, before: Mapping[str, int]) -> Figure:
    """The figure with its columns 上期 (as issued, where it was), 上年同期 and, for what can be
    added up, 累计."""
    name, value = definition.name, frame.now[definition.name]
    recomputed = frame.previous.get(name) if frame.previous else None
    return Figure(
        name=name,
        unit=definition.unit,
        entries=records_of(frame.inquiry, definition, value),
        value=value,
        previous=before.get(name, recomputed),
        last_year=frame.last_year.get(name) if frame.last_year else None,
        year=frame.year.get(name),
        ever=frame.ever.get(name),
    )


def _without_records(found: Mapping[str, Figure]) -> dict[str, Figure]:
    """The same numbers, without the records that stay inside."""
    return {
        name: replace(figure, entries=()) if name in INSIDE_ONLY else figure
        for name, figure in found.items()
    }


def _categories(
    frame: Frame, found: Mapping[str, Figure]
) -> tuple[tuple[str, str, Figure, Figure], ...]:
    names = {c.name: c.upward for c in frame.policy.workflow.categories}
    return tuple(
        (
            name,
            upward,
            _of_category(frame, found["底数"], name),
            _of_category(frame, found["已销号"], name),
        )
        for name, upward in (names | {UNDECIDED: UNDECIDED}).items()
    )


def _of_category(frame: Frame, figure: Figure, category: str) -> Figure:
    """The figure's records of one category."""
    value = frame.by_category[figure.name].get(category, 0)

    def draw() -> tuple[Entry, ...]:
        return tuple(entry for entry in figure.entries if entry.category == category)

    return Figure(f"{figure.name}·{category}", figure.unit, Records(draw, value), value)


def _trend(frame: Frame) -> tuple[Point, ...]:
    return tuple(
        Point(month.label, numbers["未销号"], numbers["本月销号"], numbers["本月新增"])
        for month, numbers in frame.trend
    )


def _by_village(entries: Sequence[Entry], roster: Sequence[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(entry.village for entry in entries)
    return tuple((village, counts[village]) for village in roster)
