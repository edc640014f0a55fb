"""`swm complaint list` and `show`: what the office sees. Who reported is not among it."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.casefiles import complaint_id
from swm.cli.grammar import Command
from swm.errors import Unreadable

Which = Annotated[o.Many, typer.Argument(metavar="编号", help="JB-2026-0001，或本年的序号 1")]
_PICKS = ("未办结", "超期", "未核查", "属实未列入", "未答复")


def register(app: typer.Typer) -> None:
    """Add the two reading verbs to the noun."""
    app.command("list", cls=Command, help="举报、交办清单，可按村和办理情况筛选。")(list_cases)
    app.command("show", cls=Command, help="一件举报、交办的全部记录（不含举报人）。")(show_case)


def list_cases(
    context: typer.Context,
    village: o.InVillage = None,
    only: Annotated[o.Text, o.text("--only", "情况", "、".join(_PICKS))] = None,
    at: o.At = None,
) -> None:
    """The complaints, one a line."""
    from swm.render.complaintlists import case_document, cases_table, totals
    from swm.reports.complaints import PICKS, cases

    call = Call.of(context)
    facts, today = call.facts(at), call.judged_on(at)
    names = [
        row[0]
        for row in facts.query("SELECT village FROM complaint UNION SELECT name FROM village")
    ]
    where = parsing.maybe("--village", village, parsing.choice(names, "村"))
    pick = parsing.maybe("--only", only, parsing.choice(PICKS, "情况"))
    found = cases(facts, today, where, pick)
    if call.json:
        document = {"举报": [case_document(c) for c in found], "台账版本": facts.commit}
        call.screen.document(document)
    else:
        if found:
            call.screen.result(cases_table(found, call.screen.columns, today))
        call.screen.say([totals(found)])
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有列在里面", facts.unreadable, "检查：swm check")


def show_case(context: typer.Context, which: Which = None, at: o.At = None) -> None:
    """One complaint."""
    from swm.domain import fields
    from swm.domain.complaintrecords import Complaint
    from swm.render.complaints import case_page

    call = Call.of(context)
    id = complaint_id(call, which)
    snapshot = call.ledger.snapshot(None if at is None else call.resolve(at))
    found = snapshot.filed(Complaint, id)
    if at is None:
        call.mention_edit(found.path, snapshot.text(found.path))
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(case_page(found, call.judged_on(at), call.screen.room))
