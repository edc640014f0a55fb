"""`swm serve`: a paper reaches the enterprise, and its deadline begins to count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Writing, verbs
from swm.cli.originals import scanned
from swm.cli.prompts import Question, complete
from swm.domain import service
from swm.domain.records import SERVICE_METHODS
from swm.domain.service import DECLINED, ServeRequest
from swm.domain.servicefaults import ANNOUNCED, ENTRUSTED, LEFT, POSTED

app = verbs()


@app.command(
    "serve", cls=Writing, help="登记文书送达：企业、文书所在记录的序号。期限自送达次日起算。"
)
def serve(
    context: typer.Context,
    which: o.WhichRecord = None,
    on: Annotated[
        o.Text, o.text("--on", "日期", "送达的日期；邮寄写收件的日期，公告写发布的日期")
    ] = None,
    method: Annotated[o.Text, o.text("--method", "方式", "直接、留置、邮寄、委托、公告")] = None,
    by: o.By = None,
    witness: o.Witness = None,
    refusal: Annotated[
        o.Text, o.text("--refusal", "文字", "留置：拒签的情况；不写就是拒绝签收")
    ] = None,
    tracking: Annotated[o.Text, o.text("--tracking", "单号", "邮寄：挂号信或快递的单号")] = None,
    sent_on: Annotated[o.Text, o.text("--sent-on", "日期", "邮寄：寄出的日期")] = None,
    agent: Annotated[o.Text, o.text("--agent", "单位", "委托：受委托的单位或个人")] = None,
    why: Annotated[o.Text, o.text("--why", "理由", "公告：其他方式无法送达的情况")] = None,
    note: o.Note = None,
    scan: o.Scan = None,
    scan_pages: o.ScanPages = None,
    scan_place: o.ScanPlace = None,
) -> None:
    """Service of the paper of one record."""
    call = Call.of(context)
    words, number = parsing.with_number(which)
    id = selection.one(call, words)
    plain = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(_questions(call), plain, call.screen, call.ask)
    original, originals = scanned(call, scan, scan_pages, scan_place)
    request = ServeRequest(
        number=number,
        on=answers["--on"],
        method=answers["--method"],
        by=parsing.words(by or ""),
        witness=answers.get("--witness") or (),
        refusal=refusal,
        tracking=answers.get("--tracking"),
        sent_on=parsing.maybe("--sent-on", sent_on, parsing.day(call.today)),
        agent=answers.get("--agent"),
        why=answers.get("--why"),
        note=parsing.joined(note),
        scan=original.sha256 if original else None,
        pages=original.pages if original else None,
        place=original.place if original else None,
    )
    call.record(
        lambda tx: service.serve(tx.enterprise(id), request, tx.policy, call.today),
        beside=originals,
    )


def _questions(call: Call) -> list[Question]:
    """What every service says, and what each method asks for besides."""
    return [
        Question(option="--on", title="送达日期", reader=parsing.day(call.today), default="今天"),
        Question(
            option="--method",
            title="送达方式",
            reader=parsing.choice(SERVICE_METHODS, "送达方式"),
            choices=SERVICE_METHODS,
        ),
        _of(LEFT, "--witness", f"见证人（{DECLINED}，几人用顿号隔开）", parsing.words),
        _of(POSTED, "--tracking", "挂号信或快递的单号"),
        _of(ENTRUSTED, "--agent", "受委托的单位或个人"),
        _of(ANNOUNCED, "--why", "其他方式无法送达的情况"),
    ]


def _of(method: str, option: str, title: str, reader: parsing.Reader[Any] = str.strip) -> Question:
    """A question that only one method asks; the verb refuses where nobody can be asked."""

    def matters(answers: Mapping[str, Any]) -> bool:
        return answers.get("--method") == method

    return Question(option=option, title=title, reader=reader, by_rule=True, when=matters)
