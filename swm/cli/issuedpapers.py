"""`swm report list`: what has left the house."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.cli.reportperiods import month_named
from swm.domain.kinds import REPORT
from swm.domain.reportrecords import Report, report_id
from swm.render.issues import changes_page, papers_document, papers_table

app = verbs()


@app.command("list", cls=Command, help="已经印发的月报、更正版、定稿和公示；写明月份的，连改动。")
def list_papers(
    context: typer.Context,
    when: Annotated[o.Text, typer.Argument(metavar="[月份]", help="只看这个月的")] = None,
) -> None:
    """A line each; with a month also why and what the later ones changed."""
    call = Call.of(context)
    snapshot = call.snapshot()
    ids = sorted(snapshot.ids(REPORT))
    head = ""
    if when is not None:
        month = month_named(snapshot, when, "report list")
        ids = [id for id in ids if id == report_id(month.code)]
        head = f"{month.title}份"
    reports = [snapshot.filed(Report, id) for id in ids]
    if call.json:
        call.screen.document({"印发": papers_document(reports)})
        return
    if not reports:
        call.screen.say([f"{head}还没有印发过"])
        return
    call.screen.result(papers_table(reports, call.screen.columns))
    if when is not None:
        call.screen.result(changes_page(reports[0], call.screen.room))
