"""`swm log` and `swm adopt`: who recorded what, when; what was changed outside the tool."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import BEIJING, SHORT, Call
from swm.cli.grammar import Command, Writing, verbs
from swm.cli.prompts import Question, complete
from swm.domain.kinds import path_of
from swm.render import terminal
from swm.render.text import visible, visible_lines

if TYPE_CHECKING:
    from swm.store.objects import Commit

app = verbs()


@app.command("log", cls=Command, help="谁在什么时候记了什么，新的在前；写上企业则只看这些企业。")
def log(
    context: typer.Context,
    which: o.Which = None,
    village: o.InVillage = None,
    since: Annotated[o.Text, o.text("--since", "日期", "从这一天起")] = None,
) -> None:
    """The history in plain words."""
    call = Call.of(context)
    chosen = which or village is not None
    ids = selection.several(call, which, village) if chosen else []
    start = parsing.maybe("--since", since, parsing.day(call.today))
    commits = [c for c in _commits(call, ids) if start is None or _day(c) >= start]
    if call.json:
        call.screen.document(
            {"提交": [_document(c) for c in commits], "台账版本": call.ledger.head()}
        )
        return
    call.screen.result(line for c in commits for line in _lines(call, c, bool(ids)))
    call.screen.say([f"共 {len(commits)} 次提交"])


def _commits(call: Call, ids: Sequence[str]) -> list[Commit]:
    """The commits that touched these enterprises (all, where none is named), newest first."""
    ledger = call.ledger
    if not ids:
        return ledger.history()
    if len(ids) == 1:
        return ledger.history(path_of(ids[0]))
    touched = {c.id for id in ids for c in ledger.history(path_of(id))}
    return [c for c in ledger.history() if c.id in touched]


def _day(commit: Commit) -> date:
    return commit.committed.astimezone(BEIJING).date()


def _lines(call: Call, commit: Commit, with_body: bool) -> list[str]:
    from swm.store.chronicle import verb

    when = f"{commit.committed.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    strange = "" if verb(commit) else call.screen.tint("（工具以外的提交）", terminal.YELLOW)
    head = f"{when}  {visible(commit.author)}  {visible(commit.subject)}{strange}"
    lines = [f"{call.screen.tint(commit.id[:SHORT], terminal.DIM)}  {head}"]
    return lines + (_body(commit) if with_body else [])


def _body(commit: Commit) -> list[str]:
    """What the message says besides the subject, without the trailers."""
    said = commit.body.split("\n\n")[0].strip()
    if not said or said.startswith("Swm-"):
        return []
    return [f"            {line}" for line in visible_lines(said)]


def _document(commit: Commit) -> dict[str, Any]:
    from swm.store.chronicle import verb

    return {
        "提交": commit.id,
        "时间": commit.committed.isoformat(),
        "提交人": commit.author,
        "内容": commit.subject,
        "命令": verb(commit),
    }


@app.command("adopt", cls=Writing, help="收录直接改在文件里的内容，或认领工具以外的提交。")
def adopt(context: typer.Context, why: o.Why = None) -> None:
    """Take in edits made by hand, after checking."""
    from swm.cli import templating
    from swm.store import adoption

    call = Call.of(context)
    question = Question(option="--why", title="为什么直接改文件", reader=str.strip)
    reason = complete([question], {"--why": why}, call.screen, call.ask)["--why"]
    if call.dry_run:
        dirty = call.ledger.dirty()
        call.screen.result(["将收录：", *(f"  {visible(path)}" for path in dirty)])
        call.screen.say(["未写入（--dry-run）"])
        return
    judge = partial(templating.objections, call.ledger)
    call.show(adoption.adopt(call.ledger, reason, call.today, judge, call.progress("检查文件")))
