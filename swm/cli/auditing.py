"""`swm audit`: what proves that the history is the one that somebody once saw."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.audit.anchors import Anchor, anchor_of
from swm.audit.provenance import kept
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.cli.reportperiods import month_named
from swm.domain.periods import Period
from swm.errors import Missing, NotFound, Refused, WrongUsage

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
    found = _anchor(call, when, at)
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


def _anchor(call: Call, when: str | None, at: str | None) -> Anchor:
    ledger = call.ledger
    if not ledger.repo.has_history:
        raise NotFound("这里没有历史，没有锚", hint="演示：swm demo 目录；新建：swm init 目录")
    commit = ledger.head() if at is None else call.resolve(at)
    snapshot = ledger.snapshot(commit)
    if when is None:
        month = Period.month_of(ledger.day_of(commit), snapshot.settings.cutoff)
        return anchor_of(ledger, commit, month.code)
    month = month_named(snapshot, when, "audit anchor")
    report = kept(snapshot, month.code)
    if report is None or report.latest is None:
        return anchor_of(ledger, commit, month.code)
    found = anchor_of(ledger, ledger.resolve(report.latest.version), month.code)
    if found.text != report.latest.anchor:
        raise Refused(
            f"{month.title}印发时登记的锚与现在按那个版本算出的不一致，历史或登记被改动过",
            [Missing(f"登记的：{report.latest.anchor}"), Missing(f"算出的：{found.text}")],
            hint="请与印件上的锚核对，并从备份查清",
        )
    return found
