"""`swm show`, `swm list`, `swm find`: what is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.errors import Unreadable, WrongUsage
from swm.render.lists import listed_document, listed_table, totals
from swm.render.text import visible
from swm.reports import lists
from swm.reports.lists import Listed, Wanted

if TYPE_CHECKING:
    from swm.store.facts import Facts

app = verbs()


@app.command("show", cls=Command, help="一企一档：基本情况、整治状态、每一条记录。")
def show(context: typer.Context, which: o.Which = None, at: o.At = None) -> None:
    """One enterprise."""
    from swm.domain import fields
    from swm.render.dossier import dossier

    call = Call.of(context)
    id = selection.one(call, which)
    snapshot = call.ledger.snapshot(None if at is None else call.resolve(at))
    found = snapshot.enterprise(id)
    if at is None:
        call.mention_edit(found.path, snapshot.text(found.path))
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    today = call.judged_on(at)
    page = dossier(found, snapshot.policy, today, call.screen.room)
    call.screen.result([*page, *_successors(call.ledger.facts(snapshot.commit), id)])


def _successors(facts: Facts, id: str) -> list[str]:
    """Later enterprises that were registered as come from this one."""
    sql = """
        SELECT k.kind, e.id, e.name, e.village, e.state
        FROM link k JOIN enterprise e ON e.id = k.id WHERE k.related = :id ORDER BY e.serial
    """
    rows = facts.query(sql, {"id": id})
    told = [
        f"  {r['kind']}：{r['id']} {visible(r['name'])}（{r['village']}，{r['state']}）"
        for r in rows
    ]
    return ["", "关联企业", *told] if told else []


@app.command("list", cls=Command, help="企业清单，可按村、类别、状态、责任人、超期筛选。")
def list_enterprises(
    context: typer.Context,
    village: o.InVillage = None,
    category: Annotated[o.Text, o.text("--category", "类别", "只要这一类")] = None,
    state: Annotated[o.Text, o.text("--state", "状态", "只要这个状态的")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只要超期的")] = False,
    person: Annotated[o.Text, o.text("--person", "姓名", "只要这个人包保的")] = None,
    on: Annotated[o.Text, o.text("--on", "日期", "那一天的状态，按现在所知")] = None,
    at: o.At = None,
) -> None:
    """The enterprises, one a line."""
    call = Call.of(context)
    facts, today = call.facts(at, mention=False), call.judged_on(at)
    then = parsing.maybe("--on", on, parsing.day(call.today))
    wanted = Wanted(
        village=_known(call, facts, "--village", village, "SELECT name FROM village"),
        category=_known(call, facts, "--category", category, _CATEGORIES),
        state=_known(call, facts, "--state", state, _STATES),
        overdue=overdue,
        person=person,
        on=then,
    )
    _show(call, facts, lists.listing(facts, wanted, today), then or today)


_STATES = "SELECT DISTINCT state FROM standing WHERE state <> ''"
_CATEGORIES = "SELECT DISTINCT category FROM standing WHERE category IS NOT NULL"


def _known(call: Call, facts: Facts, option: str, typed: str | None, names: str) -> str | None:
    """The name that was meant: in full, by prefix or initials, of those that occur or exist.

    A name that exists in the rules and occurs nowhere gives an empty list, not an error.
    """
    if typed is None:
        return None
    known = list(dict.fromkeys(row[0] for row in facts.query(names)))
    found = parsing.matching(known, typed)
    if len(found) == 1:
        return found[0]
    if option == "--village":
        return parsing.read(option, typed, parsing.choice(known, "村"))
    workflow = call.ledger.snapshot(facts.commit).policy.workflow
    rows = workflow.states if option == "--state" else workflow.categories
    what = "状态" if option == "--state" else "类别"
    return parsing.read(option, typed, parsing.choice([row.name for row in rows], what))


@app.command(
    "find", cls=Command, help="按编号、名称（含曾用名）、经营者、电话、地址、拼音首字母查找。"
)
def find(
    context: typer.Context,
    text: Annotated[o.Many, typer.Argument(metavar="文字", help="要找的文字")] = None,
    at: o.At = None,
) -> None:
    """Where a word occurs."""
    call = Call.of(context)
    if not text:
        raise WrongUsage("没有写明要找什么", hint="例如 swm find 兴旺")
    facts, today = call.facts(at, mention=False), call.judged_on(at)
    _show(call, facts, lists.find(facts, " ".join(text), today), today)


def _show(call: Call, facts: Facts, found: Sequence[Listed], today: date) -> None:
    """The lines, the totals, and what could not be read: then the exit code is 5."""
    table = [] if call.json else listed_table(found, call.screen.columns, today)
    if call.edits:
        call.mention_edits()
    if call.json:
        document: dict[str, Any] = {
            "企业": [listed_document(each) for each in found],
            "台账版本": facts.commit,
        }
        call.screen.document(document)
    elif found:
        call.screen.result(table)
    if not call.json:
        call.screen.say([totals(found)])
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有列在里面", facts.unreadable, "检查：swm check")
