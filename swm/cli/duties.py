"""`swm due`: deadlines, overdue ones first."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.errors import Unreadable
from swm.render.lists import listed_document, listed_table
from swm.reports import lists
from swm.reports.lists import Wanted

app = verbs()


@app.command("due", cls=Command, help="期限：已经超期的，和几日内到期的。")
def due(
    context: typer.Context,
    within: Annotated[o.Text, o.text("--within", "日数", "几日内到期；不写就是 30")] = None,
    village: o.InVillage = None,
) -> None:
    """Enterprises by deadline, the earliest first."""
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
    if call.json:
        document = {"企业": [listed_document(each) for each in found], "台账版本": facts.commit}
        call.screen.document(document)
    else:
        if found:
            call.screen.result(listed_table(found, call.screen.columns, call.today))
        late = sum(each.overdue for each in found)
        call.screen.say([f"超期 {late} 家，{days}日内到期 {len(found) - late} 家"])
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有列在里面", facts.unreadable, "检查：swm check")
