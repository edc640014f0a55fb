"""`swm transfer`: 移送 to another authority, its receipt and its answer."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, Doing, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import transfers
from swm.domain.transfers import ReplyRequest, TransferRequest
from swm.render.registers import transfer_document, transfers_table
from swm.reports import registers

app = noun("transfer", "移送：swm transfer 企业 --to 机关 --matter 事项；签收、反馈、清单。", Doing)


@app.command("add", cls=Writing, help="移送其他机关处理（add 可以省去）。")
def add(
    context: typer.Context,
    which: o.Which = None,
    to: Annotated[o.Text, o.text("--to", "机关", "接受移送的机关")] = None,
    matter: Annotated[o.Text, o.text("--matter", "事项", "移送的事项")] = None,
    letter: Annotated[o.Text, o.text("--letter-no", "文号", "移送函的文号")] = None,
    on: o.On = None,
    by: o.By = None,
    problem: Annotated[o.Many, o.text("--problem", "文字", "发现的问题；可写多次")] = None,
) -> None:
    """Record a transfer."""
    call = Call.of(context)
    id = selection.one(call, which)
    asked = (
        Question(option="--to", title="移送的机关", reader=str.strip),
        Question(option="--matter", title="移送的事项", reader=str.strip),
    )
    plain = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(asked, plain, call.screen, call.ask)
    request = TransferRequest(
        to=answers["--to"],
        matter=answers["--matter"],
        letter=letter,
        on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
        by=parsing.words(by or ""),
        problem=parsing.joined(problem),
    )
    call.record(
        lambda tx: transfers.transfer(
            tx.enterprise(id),
            request,
            tx.policy,
            tx.settings,
            call.today,
            lambda: tx.facts.paper_numbers(),
        )
    )


@app.command(
    "answer", cls=Writing, help="对方签收或反馈：企业、移送记录的序号。只签收的不写 --text。"
)
def answer(
    context: typer.Context,
    which: o.WhichRecord = None,
    on: Annotated[o.Text, o.text("--on", "日期", "反馈（或签收）的日期；不写就是今天")] = None,
    text: Annotated[o.Text, o.text("--text", "文字", "反馈的内容；只签收的不写")] = None,
    received_on: Annotated[o.Text, o.text("--received-on", "日期", "对方签收的日期")] = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """Record a receipt or an answer."""
    call = Call.of(context)
    words, number = parsing.with_number(which)
    id = selection.one(call, words)
    day = parsing.day(call.today)
    request = ReplyRequest(
        number=number,
        on=parsing.maybe("--on", on, day) or call.today,
        answer=text,
        received_on=parsing.maybe("--received-on", received_on, day),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
    )
    call.record(lambda tx: transfers.reply(tx.enterprise(id), request, tx.policy, call.today))


@app.command("list", cls=Command, help="移送的事项：移送、签收、反馈的日期。")
def list_transfers(
    context: typer.Context,
    waiting: Annotated[bool, typer.Option("--open", help="只列尚未反馈的")] = False,
    at: o.At = None,
) -> None:
    """Every transfer, the oldest first."""
    call = Call.of(context)
    facts = call.facts(at)
    found = [t for t in registers.transfers(facts) if not (waiting and t.answered_on)]
    if call.json:
        document = {"移送": [transfer_document(t) for t in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(transfers_table(found, call.screen.columns))
    unanswered = sum(1 for t in found if t.answered_on is None)
    call.screen.say([f"共 {len(found)} 件，未反馈 {unanswered} 件"])
