"""`swm audit`: what proves that the history is the one that somebody once saw."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.audit.anchors import anchor_of
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.cli.months import month_named
from swm.domain.periods import Period
from swm.errors import WrongUsage

app = noun("audit", "核对历史：锚是一行文字，写在别处的纸上，以后可以证明此前的历史没有被改写。")


@app.command(
    "anchor",
    cls=Command,
    help="打印锚，一行。不写月份：现在的台账；写月份：按那个月印发时的版本，没有印发的按现在。",
)
def anchor(
    context: typer.Context,
    when: Annotated[o.Text, typer.Argument(metavar="[月份]", help="如 2026-10")] = None,
    at: o.At = None,
) -> None:
    """One line alone; nothing is changed."""
    call = Call.of(context)
    if when is not None and at is not None:
        raise WrongUsage("月份和 --at 只写一个", hint="例如 swm audit anchor 2026-10")
    ledger = call.ledger
    commit = ledger.head() if at is None else call.resolve(at)
    snapshot = ledger.snapshot(commit)
    month = (
        month_named(snapshot, when)
        if when is not None
        else Period.month_of(ledger.day_of(commit), snapshot.settings.cutoff)
    )
    found = anchor_of(ledger, commit, month.code)
    if call.json:
        call.screen.document(
            {
                "锚": found.text,
                "月份": found.month,
                "提交数": found.count,
                "台账版本": found.commit,
                "文件摘要": found.digest,
            }
        )
        return
    call.screen.result([found.text])
