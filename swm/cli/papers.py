"""`swm paper list`: 文书登记簿."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.render.registers import paper_document, papers_table
from swm.reports import registers

app = noun("paper", "文书登记簿。")


@app.command("list", cls=Command, help="发出的每份文书：文号、名称、企业、机关、日期、怎样送达。")
def list_papers(
    context: typer.Context,
    year: Annotated[o.Text, o.text("--year", "年份", "只列这一年的")] = None,
    at: o.At = None,
) -> None:
    """Every paper in the order of its number."""
    call = Call.of(context)
    wanted = parsing.maybe("--year", year.removesuffix("年") if year else None, parsing.number)
    facts = call.facts(at)
    found = registers.papers(facts, wanted)
    if call.json:
        document = {"文书": [paper_document(p) for p in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    day = call.judged_on(at)
    if found:
        call.screen.result(papers_table(found, call.screen.columns, day))
    waiting = sum(1 for p in found if p.waits(day))
    call.screen.say([f"共 {len(found)} 份，未送达 {waiting} 份"])
