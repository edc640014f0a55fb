"""`swm figure`: one number and the records that it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.cli.reporting import period_to
from swm.domain.periods import RANGE, Period
from swm.domain.periodwords import words_of
from swm.errors import Unreadable
from swm.render.figures import compared, entry_document, figure_page
from swm.render.text import visible, wrap
from swm.reports import figures
from swm.reports.values import Figure

if TYPE_CHECKING:
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot

app = verbs()


@app.command("figure", cls=Command, help="一个数字和它的名单；不写名称则列出全部数字。")
def figure(
    context: typer.Context,
    name: Annotated[
        o.Text, typer.Argument(metavar="[名称]", help="如 底数、本月销号、超期")
    ] = None,
    village: o.InVillage = None,
    to: Annotated[
        o.Text, o.text("--to", "日期", "到哪个月或哪一天；不写就是本月到今天（--at 的那一天）")
    ] = None,
    at: o.At = None,
) -> None:
    """One figure with all its columns, or the list of figures."""
    call = Call.of(context)
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    if facts.unreadable:
        raise Unreadable("有文件读不了，数字算不准", facts.unreadable, "先改好：swm check")
    if name is None:
        _list(call, snapshot)
        return
    period = period_to(call, to, snapshot.settings.cutoff, at)
    village = village and snapshot.settings.village_at(village, period.end)
    found = _with_columns(facts, snapshot, name, period, village)
    if call.json:
        document = {
            "名称": found.name,
            "期间": period.code,
            "值": found.value,
            "单位": found.unit,
            **compared(found),
            "记录": [entry_document(entry) for entry in found.entries],
            "台账版本": facts.commit,
        }
        call.screen.document(document)
        return
    title = period.span + (f"，{visible(village)}" if village else "")
    told = words_of(period).told(found.name) if period.kind != RANGE else found.name
    page = figure_page(replace(found, name=told), title, call.screen.columns)
    call.screen.result(page)
    definition = figures.defined(found.name, snapshot.policy).definition
    call.screen.say(["", *wrap(f"口径：{definition}", call.screen.room, "      ")])


def _list(call: Call, snapshot: Snapshot) -> None:
    known = figures.figures(snapshot.policy)
    if call.json:
        call.screen.document(
            {d.name: {"单位": d.unit, "口径": d.definition} for d in known.values()}
        )
        return
    for each in known.values():
        head = f"{each.name}（{each.unit}）  {each.definition}"
        call.screen.result(wrap(head, call.screen.room, "    "))


def _with_columns(
    facts: Facts, snapshot: Snapshot, name: str, period: Period, village: str | None
) -> Figure:
    """The figure with its other columns; 上期 and 上年同期 are whole months."""
    policy = snapshot.policy
    meant = parsing.matching(list(figures.figures(policy)), name)
    definition = figures.defined(meant[0] if len(meant) == 1 else name, policy)
    month = Period.month_of(period.end, snapshot.settings.cutoff)
    base = period if period.kind != RANGE else month

    begun = _begun(facts, snapshot)

    def value(over: Period) -> int | None:
        if begun is None or over.end < begun:
            return None
        return figures.figure(facts, definition.name, over, policy, village).value

    found = replace(
        figures.figure(facts, definition.name, period, policy, village),
        previous=value(base.previous()),
        last_year=value(base.same_last_year()),
    )
    if not definition.is_flow:
        return found
    return replace(
        found,
        year=value(Period.range(period.year_start, period.end)),
        ever=value(Period.range(figures.BEGINNING, period.end)),
    )


def _begun(facts: Facts, snapshot: Snapshot) -> date | None:
    """The first day of which the ledger knows anything."""
    first = facts.query("SELECT MIN(on_day) FROM step")[0][0]
    known = [figures.as_day(first), snapshot.settings.opening_date]
    return min((day for day in known if day), default=None)
