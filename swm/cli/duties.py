"""`swm due`: everything that has a day, what is overdue first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.errors import Unreadable
from swm.render.lists import listed_document, listed_table
from swm.render.text import visible, wrap
from swm.reports import dues, lists
from swm.reports.answers import Answers
from swm.reports.dues import Asked, Upcoming
from swm.reports.lists import Listed, Wanted

app = verbs()

DAYS = "30"
"""How far ahead is looked where nothing else is said."""


@app.command("due", cls=Command, help="期限：已经超期的，和几日内到期的；回头看、保证书等也在内。")
def due(
    context: typer.Context,
    within: Annotated[o.Text, o.text("--within", "日数", "几日内到期；不写就是 30")] = None,
    village: o.InVillage = None,
    person: Annotated[o.Text, o.text("--person", "姓名", "只要这个人包保的")] = None,
) -> None:
    """Enterprises by deadline, the earliest first, then whatever else has a day."""
    call = Call.of(context)
    days = parsing.read("--within", within or DAYS, parsing.number)
    asked = asked_for(call, days, village, person)
    found = _deadlines(asked, person)
    others = dues.upcoming(asked)
    if call.json:
        document = {
            "企业": [listed_document(each) for each in found],
            **{title: [upcoming_document(x) for x in rest] for title, rest in others.items()},
            "台账版本": asked.facts.commit,
        }
        call.screen.document(document)
    else:
        if found:
            call.screen.result(listed_table(found, call.screen.columns, call.today))
        late = sum(each.overdue for each in found)
        call.screen.say([f"超期 {late} 家，{days}日内到期 {len(found) - late} 家"])
        for title, rest in others.items():
            call.screen.result(["", f"{title}（{len(rest)}）"])
            call.screen.result(upcoming_lines(rest, call.screen.room))
    refuse_unread(asked.facts)


def _deadlines(asked: Asked, person: str | None) -> list[Listed]:
    """The enterprises' own deadlines."""
    wanted = Wanted(village=asked.village, person=person)
    found = [
        each
        for each in lists.listing(asked.facts, wanted, asked.today)
        if each.deadline is not None and not each.awaiting and each.deadline <= asked.last
    ]
    return sorted(found, key=lambda each: (each.deadline or asked.last, each.id))


def asked_for(call: Call, days: int, village: str | None, person: str | None) -> Asked:
    """What the options ask for. Raises `WrongUsage` for a village that nobody knows."""
    facts = call.facts()
    snapshot = call.ledger.snapshot(facts.commit)
    names = [v.name for v in snapshot.settings.villages]
    names += [row[0] for row in facts.query("SELECT DISTINCT village FROM enterprise")]
    chosen = parsing.maybe("--village", village, parsing.choice(dict.fromkeys(names), "村"))
    firms = None
    if person is not None:
        found = lists.listing(facts, Wanted(person=person), call.today)
        firms = frozenset(each.id for each in found)
    return Asked(
        facts=facts,
        policy=snapshot.policy,
        settings=snapshot.settings,
        today=call.today,
        last=call.today + timedelta(days=days),
        village=snapshot.settings.village_at(chosen, call.today) if chosen else None,
        firms=firms,
    )


def upcoming_lines(found: Sequence[Upcoming], room: int) -> Iterator[str]:
    """Each with its command below it."""
    for each in found:
        who = f"{each.id} {visible(each.name)}".rstrip()
        head = f"  {who}（{visible(each.village)}）：{visible(each.text)}"
        yield from wrap(head, room, "    ")
        yield f"    {visible(each.command)}"


def upcoming_document(each: Upcoming) -> dict[str, Any]:
    """One of them as JSON."""
    return {
        "编号": each.id,
        "名称": each.name,
        "村": each.village,
        "内容": each.text,
        "日期": each.on,
        "命令": each.command,
    }


def refuse_unread(facts: Answers) -> None:
    """Files that cannot be read are named; then the exit code is 5."""
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有列在里面", facts.unreadable, "检查：swm check")
