"""`swm due`: deadlines, overdue ones first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.errors import Unreadable
from swm.render.complaintlists import case_document, cases_table
from swm.render.lists import listed_document, listed_table
from swm.reports import lists
from swm.reports.complaints import OPEN, Case, cases
from swm.reports.lists import Wanted

app = verbs()


@app.command("due", cls=Command, help="期限：已经超期的，和几日内到期的；举报、交办列在后面。")
def due(
    context: typer.Context,
    within: Annotated[o.Text, o.text("--within", "日数", "几日内到期；不写就是 30")] = None,
    village: o.InVillage = None,
) -> None:
    """Enterprises by deadline, the earliest first; after them open complaints."""
    call = Call.of(context)
    days = parsing.read("--within", within or "30", parsing.number)
    facts = call.facts()
    last = call.today + timedelta(days=days)
    found = [
        each
        for each in lists.listing(facts, Wanted(village=village), call.today)
        if each.deadline is not None and not each.awaiting and each.deadline <= last
    ]
    found.sort(key=lambda each: (each.deadline or last, each.id))
    open_ = cases(facts, call.today, village, OPEN)
    waiting = [case for case in open_ if case.deadline is not None and case.deadline <= last]
    waiting.sort(key=lambda case: (case.deadline or last, case.id))
    if call.json:
        document = {
            "企业": [listed_document(each) for each in found],
            "举报": [case_document(case) for case in waiting],
            "台账版本": facts.commit,
        }
        call.screen.document(document)
    else:
        if found:
            call.screen.result(listed_table(found, call.screen.columns, call.today))
        late = sum(each.overdue for each in found)
        call.screen.say([f"超期 {late} 家，{days}日内到期 {len(found) - late} 家"])
        _show_cases(call, waiting, days)
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有列在里面", facts.unreadable, "检查：swm check")


def _show_cases(call: Call, waiting: Sequence[Case], days: int) -> None:
    """Nothing where there is nothing."""
    if waiting:
        call.screen.result(["", *cases_table(waiting, call.screen.columns, call.today)])
        late = sum(case.overdue for case in waiting)
        told = f"举报、交办超期 {late} 件，{days}日内到期 {len(waiting) - late} 件"
        call.screen.say([told])
