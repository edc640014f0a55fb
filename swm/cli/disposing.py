"""`swm dispose`: what was done on the spot about unlawful production."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Doing, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import disposals
from swm.domain.disposals import DisposeRequest

app = noun("dispose", "处置：swm dispose 企业 [第几条] --measure 处置；完成后 done。", Doing)

WhichFound = Annotated[
    o.Many,
    typer.Argument(
        metavar="企业 [第几条]", help="企业，和发现违法生产的巡查的序号；不写就是最近一次"
    ),
]


@app.command("add", cls=Writing, help="登记对违法生产的现场处置（add 可以省去）。")
def add(
    context: typer.Context,
    which: WhichFound = None,
    measure: Annotated[o.Text, o.text("--measure", "文字", "采取的处置")] = None,
    on: o.On = None,
    by: o.By = None,
    deadline: Annotated[o.Text, o.text("--deadline", "日期", "处置完成的期限")] = None,
    days: Annotated[o.Text, o.text("--days", "日数", "期限，自处置次日起的自然日数")] = None,
    done_on: Annotated[o.Text, o.text("--done-on", "日期", "已经完成的，完成日期")] = None,
    note: o.Note = None,
) -> None:
    """Record a disposal."""
    call = Call.of(context)
    parsing.refuse_both(call.typed, "--deadline", "--days")
    words = list(which or ())
    numbered = len(words) > 1
    typed, number = parsing.with_number(words) if numbered else (words, None)
    id = selection.one(call, typed)
    day = parsing.day(call.today)
    asked = [Question(option="--measure", title="采取的处置", reader=str.strip)]
    answers = complete(asked, {"--measure": measure}, call.screen, call.ask)
    request = DisposeRequest(
        measure=answers["--measure"],
        on=parsing.maybe("--on", on, day) or call.today,
        of=number,
        by=parsing.words(by or ""),
        deadline=parsing.maybe("--deadline", deadline, day),
        days=parsing.maybe("--days", days, parsing.number),
        done_on=parsing.maybe("--done-on", done_on, day),
        note=parsing.joined(note),
    )
    call.record(lambda tx: disposals.dispose(tx.enterprise(id), request, tx.policy, call.today))


@app.command("done", cls=Writing, help="处置已经完成：企业、处置记录的序号。")
def done(
    context: typer.Context,
    which: o.WhichRecord = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """Record that a disposal was done."""
    call = Call.of(context)
    words, number = parsing.with_number(which)
    id = selection.one(call, words)
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.today
    people, told = parsing.words(by or ""), parsing.joined(note)
    call.record(
        lambda tx: disposals.finish(
            tx.enterprise(id), number, day, people, told, tx.policy, call.today
        )
    )
