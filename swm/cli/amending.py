"""`swm correct` and `swm undo`: new records that mend or withdraw; nothing is ever removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.changes import changes
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Question, complete
from swm.domain import amendments, papers
from swm.domain.amendments import CorrectRequest
from swm.domain.edits import Change
from swm.domain.filed import Filed
from swm.domain.filedamendments import correct_filed
from swm.domain.kinds import ENTERPRISE, PATROL, PREMISES, kind_of
from swm.errors import Refused

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = verbs()

WHY = Question(option="--why", title="原因", reader=str.strip)


@app.command(
    "correct",
    cls=Writing,
    help="更正一条记录：企业（或巡查、举报等的编号）、记录的序号、--set 键=值。原记录保留。",
)
def correct(
    context: typer.Context,
    which: o.WhichRecord = None,
    sets: o.Sets = None,
    why: o.Why = None,
    by: o.By = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """Mend one record."""
    call = Call.of(context)
    words, number = parsing.with_number(which)
    id = selection.one(call, words)
    values = changes(call, sets)
    answers = complete([WHY], call.typed, call.screen, call.ask)
    request = CorrectRequest(
        number=number,
        values=values,
        reason=answers["--why"],
        approval=approval(call.typed, call.today, call.today),
        by=parsing.words(by or ""),
    )

    def decide(tx: Committed) -> Change:
        kind = kind_of(id)
        if kind is ENTERPRISE:
            own = f"{id} 第{number}条"
            papers.refuse_taken(own, values, tx.settings, lambda: tx.facts.paper_numbers())
            return amendments.correct(tx.enterprise(id), request, tx.policy, call.today)
        if kind is PREMISES:
            hint = f"swm premises owner/tenant {id} …；保证书作废后重新登记，清退用 swm undo"
            raise Refused(f"{id} 是厂房，房东、承租和保证书按实际情况再登记一次", hint=hint)
        if kind is PATROL:
            from swm.domain.patrolrecords import Patrol
            from swm.domain.patrols import correct_patrol

            patrol = tx.filed(Patrol, id)
            firms = {c.enterprise: tx.enterprise(c.enterprise) for c in patrol.calls}
            return correct_patrol(patrol, firms, request, tx.policy, call.today)
        return correct_filed(tx.filed(Filed, id), request, tx.policy, call.today)

    call.record(decide)


@app.command("undo", cls=Writing, help="撤销上一次登记：补一条撤销记录，原记录保留。")
def undo(
    context: typer.Context,
    why: o.Why = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """Withdraw what the last command recorded."""
    from swm.store.chronicle import last_command

    call = Call.of(context)
    approved = approval(call.typed, call.today, call.today)

    def decide(tx: Committed) -> Change:
        before, after = last_command(tx)
        return amendments.undo(before, after, why, approved, tx.policy, call.today)

    call.record(decide)
