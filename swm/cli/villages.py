"""`swm village`: the roster of villages; a village that is merged or renamed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import villages as verbs
from swm.domain.fields import split

app = noun("village", "村名册：增加、撤并、更名。改的是 swm.yaml，以前各月的报表仍列旧名。")

Name = Annotated[o.Text, typer.Argument(metavar="村", help="村名")]
Grids = Annotated[o.Text, o.text("--grid", "网格", "网格的名称，几个用顿号隔开")]
Since = Annotated[o.Text, o.text("--from", "日期", "从哪一日起")]


@app.command("add", cls=Writing, help="名册里增加一个村。")
def add(
    context: typer.Context, name: Name = None, grids: Grids = None, since: Since = None
) -> None:
    """A village enters the roster."""
    call = Call.of(context)
    asked = [Question(option="村", title="村名", reader=str.strip)]
    new = complete(asked, {"村": name}, call.screen, call.ask)["村"]
    start = parsing.maybe("--from", since, parsing.day(call.today))
    call.record(lambda tx: verbs.add(new, split(grids or ""), start, tx.settings, call.today))


@app.command("merge", cls=Writing, help="撤并：一个村自某日起并入另一个村。")
def merge(
    context: typer.Context,
    name: Name = None,
    into: Annotated[o.Text, o.text("--into", "村", "并入后的村")] = None,
    since: Since = None,
) -> None:
    """A village is counted under another from a day on."""
    call = Call.of(context)
    asked = (
        *_which(call, name),
        Question(option="--into", title="并入哪个村", reader=_reader(call)),
        Question(option="--from", title="从哪一日起", reader=parsing.day(call.today)),
    )
    told = complete(asked, {**call.typed, "村": name}, call.screen, call.ask)
    call.record(
        lambda tx: verbs.merge(told["村"], told["--into"], told["--from"], tx.settings, call.today)
    )


@app.command("rename", cls=Writing, help="更名：一个村自某日起改用新名。")
def rename(
    context: typer.Context,
    name: Name = None,
    to: Annotated[o.Text, o.text("--to", "村", "新的村名")] = None,
    since: Since = None,
    grids: Grids = None,
) -> None:
    """A village is called otherwise from a day on."""
    call = Call.of(context)
    asked = (
        *_which(call, name),
        Question(option="--to", title="新的村名", reader=str.strip),
        Question(option="--from", title="从哪一日起", reader=parsing.day(call.today)),
    )
    told = complete(asked, {**call.typed, "村": name}, call.screen, call.ask)
    call.record(
        lambda tx: verbs.rename(
            told["村"],
            told["--to"],
            split(grids or ""),
            told["--from"],
            tx.settings,
            call.today,
        )
    )


@app.command("list", cls=Command, help="村名册：自、至、并入、网格，今天计入的企业家数。")
def list_villages(context: typer.Context, at: o.At = None) -> None:
    """The roster."""
    from swm.render.terminal import Column, table
    from swm.reports.rosters import roster

    call = Call.of(context)
    facts = call.facts(at)
    day = call.judged_on(at)
    found = roster(facts, call.ledger.snapshot(facts.commit).settings, day)
    if call.json:
        rows: list[dict[str, Any]] = [each.document for each in found]
        call.screen.document({"村": rows, "台账版本": facts.commit})
        return
    columns = (
        Column("村"),
        Column("自"),
        Column("至"),
        Column("并入"),
        Column("网格", shrink=True),
        Column("企业", right=True),
        Column("厂房", right=True),
    )
    call.screen.result(table(columns, [each.cells for each in found], call.screen.columns))
    here = sum(each.here for each in found)
    call.screen.say(
        [f"共 {here} 个村" + (f"，另有旧名 {len(found) - here} 个" if here < len(found) else "")]
    )


def _which(call: Call, name: str | None) -> tuple[Question, ...]:
    return (Question(option="村", title="哪个村", reader=_reader(call)),)


def _reader(call: Call) -> parsing.Reader[str]:
    """A village by prefix or initials; the verb refuses one that is none."""
    return parsing.village([v.name for v in call.ledger.snapshot().settings.villages])
