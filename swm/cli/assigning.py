"""`swm assign`: who answers for which enterprises; change of person; who has how many (方案五2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.duties import asked_for, refuse_unread
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Question, complete
from swm.domain.edits import Change
from swm.domain.records import ROLES
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.reports import people
    from swm.reports.dues import Asked
    from swm.store.writing import Writing as Committed

app = verbs()

LIST = "list"
"""The word after `assign` that asks who has how many."""
_NAME = Question(option="--name", title="责任人姓名", reader=str.strip)


@app.command(
    "assign",
    cls=Writing,
    help="登记包保责任人；可以一次写几家、一个村。换人：--from-person 原责任人 --name 接任人。"
    "没有接任人的：--until 最后一日。谁包保多少家：swm assign list。",
)
def assign(
    context: typer.Context,
    which: Annotated[
        o.Many,
        typer.Argument(
            metavar="企业", help="编号、序号、名称的一部分或拼音首字母；写 list 则列出谁包保多少家"
        ),
    ] = None,
    village: o.InVillage = None,
    premises: o.InPremises = None,
    role: Annotated[o.Text, o.text("--role", "角色", "、".join(ROLES))] = None,
    name: Annotated[o.Text, o.text("--name", "姓名", "责任人；换人的写接任人")] = None,
    dept: Annotated[o.Text, o.text("--dept", "部门", "所在部门")] = None,
    since: Annotated[o.Text, o.text("--from", "日期", "开始日期；不写就是今天")] = None,
    from_person: Annotated[
        o.Text, o.text("--from-person", "姓名", "原责任人；不写企业就是名下的全部")
    ] = None,
    until: Annotated[o.Text, o.text("--until", "日期", "到哪一日为止，没有接任人")] = None,
    person: Annotated[o.Text, o.text("--person", "姓名", "list：只看这个人的名单")] = None,
) -> None:
    """Who answers for these enterprises. Some options are read from `call.typed`."""
    call = Call.of(context)
    if which == [LIST]:
        _show(call, village, role, person)
        return
    if person is not None:
        raise WrongUsage("--person 只用于 swm assign list", hint="换人用 --from-person 原责任人")
    if until is not None and (name is not None or since is not None):
        raise WrongUsage("--until 是没有接任人的，不和 --name、--from 一起写")
    as_role = parsing.maybe("--role", role, parsing.choice(ROLES, "包保角色"))
    filtered = bool(which) or village is not None or premises is not None
    if from_person is None and until is None:
        _assign(call, selection.several(call, which, village, premises))
        return
    if from_person is None and not (filtered and as_role):
        raise WrongUsage("没有写明结束谁的包保", hint="写 --from-person 姓名，或企业和 --role 角色")
    ids = selection.several(call, which, village, premises) if filtered else None
    if until is not None:
        _relieve(call, ids, from_person, as_role, until)
    else:
        _hand_over(call, ids, from_person or "", as_role)


def _assign(call: Call, ids: Sequence[str]) -> None:
    from swm.domain import assignments

    asked = (
        Question(
            option="--role",
            title="包保角色",
            reader=parsing.choice(ROLES, "包保角色"),
            choices=ROLES,
        ),
        _NAME,
        Question(option="--dept", title="所在部门", reader=str.strip, required=False),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    day = parsing.day(call.today)
    start = parsing.maybe("--from", call.typed["--from"], day) or call.today
    call.record(
        lambda tx: assignments.assign(
            [tx.enterprise(id) for id in ids],
            answers["--role"],
            answers["--name"],
            answers.get("--dept"),
            start,
            tx.settings,
            call.today,
        )
    )


def _hand_over(call: Call, ids: Sequence[str] | None, leaving: str, role: str | None) -> None:
    from swm.domain.handovers import hand_over

    name = complete([_NAME], call.typed, call.screen, call.ask)["--name"]
    day = parsing.day(call.today)
    start = parsing.maybe("--from", call.typed["--from"], day) or call.today

    def decide(tx: Committed) -> Change:
        firms = [tx.enterprise(id) for id in _meant(tx, ids, leaving, role)]
        dept = call.typed["--dept"]
        return hand_over(firms, leaving, name, role, dept, start, tx.settings, call.today)

    call.record(decide)


def _relieve(
    call: Call, ids: Sequence[str] | None, leaving: str | None, role: str | None, until: str
) -> None:
    from swm.domain.handovers import relieve

    last = parsing.read("--until", until, parsing.day(call.today))

    def decide(tx: Committed) -> Change:
        firms = [tx.enterprise(id) for id in _meant(tx, ids, leaving, role)]
        return relieve(firms, leaving, role, last, tx.policy, call.today)

    call.record(decide)


def _meant(
    tx: Committed, ids: Sequence[str] | None, leaving: str | None, role: str | None
) -> Sequence[str]:
    """The enterprises named, else everything that the person holds."""
    from swm.reports.people import held_without_end

    return ids if ids is not None else held_without_end(tx.facts, leaving or "", role)


def _show(call: Call, village: str | None, role: str | None, person: str | None) -> None:
    """Who has how many; with a person, which."""
    from swm.render.people import load_document, loads_table
    from swm.reports import people

    asked = asked_for(call, 0, village, None)
    as_role = parsing.maybe("--role", role, parsing.choice(ROLES, "包保角色"))
    found = people.loads(asked.facts, asked.settings, call.today, asked.village, as_role)
    if person is not None:
        found = [each for each in found if each.person == person]
        _show_one(call, found, asked, person)
    elif call.json:
        document = {"包保": [load_document(x) for x in found], "台账版本": asked.facts.commit}
        call.screen.document(document)
    else:
        call.screen.result(loads_table(found, call.screen.columns) if found else [])
        call.screen.say([f"共 {len({each.person for each in found})} 人"])
    refuse_unread(asked.facts)


def _show_one(call: Call, found: Sequence[people.Load], asked: Asked, person: str) -> None:
    """The enterprises of one person, each with the roles."""
    from swm.render.lists import listed_document, listed_table, totals
    from swm.reports import lists, people

    roles = people.roles_of(asked.facts, person, call.today)
    wanted = lists.Wanted(village=asked.village, person=person)
    as_role = {each.role for each in found}
    firms = [
        each._replace(why=roles[each.id])
        for each in lists.listing(asked.facts, wanted, call.today)
        if as_role & set(roles.get(each.id, "").split("、"))
    ]
    if call.json:
        listed = [listed_document(x, "角色") for x in firms]
        call.screen.document({"企业": listed, "台账版本": asked.facts.commit})
        return
    if firms:
        call.screen.result(listed_table(firms, call.screen.columns, call.today, "角色"))
    left = {each.left for each in found if each.left}
    call.screen.say([totals(firms), *(f"{person}已于 {day} 离任" for day in left)])
