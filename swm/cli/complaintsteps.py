"""`swm complaint`: what is done with it later: hand, link, extend, answer, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.casefiles import complaint_id, pick, proofs, yes
from swm.cli.complaintlists import Which
from swm.cli.grammar import Writing
from swm.cli.prompts import Question, complete
from swm.domain import complaintsteps
from swm.domain.complaintrecords import ANSWER_WAYS, Complaint, proof_of
from swm.domain.complaintsteps import StepRequest

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

Proof = Annotated[o.Text, o.text("--proof", "记录", "企业档案里的记录：BK-0001:5，几条用逗号隔开")]


def register(app: typer.Typer) -> None:
    """Add the later steps to the noun."""
    app.command("hand", cls=Writing, help="转办：交给谁办。")(hand)
    app.command("link", cls=Writing, help="关联企业：查明涉及的是哪几家。")(link)
    app.command("extend", cls=Writing, help="延期：期限届满以前批准的，延到哪一天。")(extend)
    app.command("answer", cls=Writing, help="登记答复：哪天、怎么答复的、是否满意；不写答复了谁。")(
        answer
    )
    app.command(
        "close", cls=Writing, help="办结：先有核查；属实的写明措施，或凭企业档案里的记录。"
    )(close)


def hand(
    context: typer.Context,
    which: Which = None,
    to: Annotated[o.Text, o.text("--to", "承办", "承办的部门或人员")] = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """Who has it from now on."""
    call = Call.of(context)
    id = complaint_id(call, which)
    asked = (Question(option="--to", title="承办的部门或人员", reader=str.strip),)
    answers = complete(asked, call.typed, call.screen, call.ask)
    step = _Step(call, id, on, by, note)
    call.record(
        lambda tx: complaintsteps.hand(
            tx.filed(Complaint, id), answers["--to"], step(tx), tx.policy, call.today
        )
    )


def link(
    context: typer.Context,
    which: Which = None,
    about: Annotated[o.Text, o.text("--about", "企业", "涉及的企业，几家用逗号隔开")] = None,
    proof: Proof = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """It is about these enterprises too."""
    call = Call.of(context)
    id = complaint_id(call, which)
    asked = (Question(option="--about", title="涉及的企业（几家用逗号隔开）", reader=str.strip),)
    answers = complete(asked, call.typed, call.screen, call.ask)
    firms = selection.several(call, [answers["--about"]])
    step = _Step(call, id, on, by, note, proof)
    call.record(
        lambda tx: complaintsteps.link(
            tx.filed(Complaint, id),
            [tx.enterprise(firm) for firm in firms],
            step(tx),
            tx.policy,
            call.today,
        )
    )


def extend(
    context: typer.Context,
    which: Which = None,
    until: Annotated[o.Text, o.text("--until", "日期", "延到哪一天")] = None,
    days: Annotated[o.Text, o.text("--days", "日数", "或者：自原期限届满次日起几日")] = None,
    reason: Annotated[o.Text, o.text("--reason", "原因", "延期的原因")] = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """A later deadline."""
    call = Call.of(context)
    parsing.refuse_both(call.typed, "--until", "--days")
    id = complaint_id(call, which)
    asked = (Question(option="--reason", title="延期的原因", reader=str.strip),)
    answers = complete(asked, call.typed, call.screen, call.ask)
    day = parsing.day(call.today)
    step = _Step(call, id, on, by, note)
    happened = parsing.maybe("--on", on, day) or call.today
    approved = approval(call.typed, call.today, happened)
    call.record(
        lambda tx: complaintsteps.extend(
            tx.filed(Complaint, id),
            parsing.maybe("--until", until, day),
            parsing.maybe("--days", days, parsing.number),
            answers["--reason"],
            approved,
            step(tx),
            tx.policy,
            call.today,
        )
    )


def answer(
    context: typer.Context,
    which: Which = None,
    way: Annotated[o.Text, o.text("--way", "方式", "、".join(ANSWER_WAYS))] = None,
    text: Annotated[o.Text, o.text("--text", "文字", "答复的要点")] = None,
    satisfied: Annotated[o.Text, o.text("--satisfied", "是/否", "是否满意；没有表示就不写")] = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """How they were told."""
    call = Call.of(context)
    id = complaint_id(call, which)
    answers = complete((pick("--way", "答复方式", ANSWER_WAYS),), call.typed, call.screen, call.ask)
    step = _Step(call, id, on, by, note)
    content = parsing.maybe("--satisfied", satisfied, yes)
    call.record(
        lambda tx: complaintsteps.answer(
            tx.filed(Complaint, id),
            answers["--way"],
            text,
            content,
            step(tx),
            tx.policy,
            call.today,
        )
    )


def close(
    context: typer.Context,
    which: Which = None,
    result: Annotated[o.Text, o.text("--result", "文字", "办理结果")] = None,
    measure: Annotated[o.Text, o.text("--measure", "文字", "对属实部分采取的措施")] = None,
    proof: Proof = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """How it ended."""
    call = Call.of(context)
    id = complaint_id(call, which)
    asked = (Question(option="--result", title="办理结果", reader=str.strip),)
    answers = complete(asked, call.typed, call.screen, call.ask)
    step = _Step(call, id, on, by, note, proof)
    call.record(
        lambda tx: complaintsteps.close(
            tx.filed(Complaint, id), answers["--result"], measure, step(tx), tx.policy, call.today
        )
    )


class _Step:
    """What every later step says; the enterprises that it names are read with the rest."""

    def __init__(
        self,
        call: Call,
        id: str,
        on: str | None,
        by: str | None,
        note: Sequence[str] | None,
        proof: str | None = None,
    ) -> None:
        day: date | None = parsing.maybe("--on", on, parsing.day(call.today))
        self.id, self.on, self.by = id, day or call.today, parsing.words(by or "")
        self.note, self.proof = parsing.joined(note), proofs(call, proof)

    def __call__(self, tx: Committed) -> StepRequest:
        case = tx.filed(Complaint, self.id)
        named = set() if case.withdrawn else set(case.about)
        named |= {proof_of(text)[0] for text in self.proof}
        firms = {id: tx.enterprise(id) for id in sorted(named)}
        return StepRequest(
            on=self.on, by=self.by, note=self.note, proof=self.proof, enterprises=firms
        )
