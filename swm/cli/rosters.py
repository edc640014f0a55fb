"""`swm duty`: who leads and who is on duty, day by day."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.domain import dutyroster
from swm.domain.dutyrecords import Duty, Shift, duty_id
from swm.domain.edits import Change
from swm.domain.fields import BadValue, plain
from swm.domain.kinds import DUTY
from swm.errors import WrongUsage
from swm.store.writing import Writing as Committed

app = noun("duty", "值班表：带班领导和组员。")

_RANGE = re.compile(r"\s*(?P<first>.+?)\s*(?:\.\.|～|~|至)\s*(?P<last>.+?)\s*")
_MOST = 366
Days = Annotated[
    o.Many,
    typer.Argument(metavar="日期", help="一天、几天或 2026-11-03..2026-11-09；不写就读标准输入"),
]
Month = Annotated[o.Many, typer.Argument(metavar="月份", help="2026-11；不写就是本月")]


@app.command(
    "set", cls=Writing, help="排班：某天由谁带班、谁值班。不写日期就从标准输入读，一天一行。"
)
def set_duty(
    context: typer.Context,
    days: Days = None,
    leader: Annotated[o.Text, o.text("--leader", "姓名", "带班领导")] = None,
    by: Annotated[o.Text, o.text("--by", "人员", "值班组员，不含带班领导")] = None,
) -> None:
    """Set shifts, by options for some days or by lines for many."""
    call = Call.of(context)
    if days:
        if leader is None:
            raise WrongUsage(
                "缺少 --leader（带班领导）",
                hint="写作 swm duty set 2026-11-03 --leader 甲 --by 乙,丙",
            )
        named = [day for text in days for day in _days(call.today, text)]
        people = parsing.words(by or "")
        shifts = [_shift(day, leader.strip(), people) for day in named]
    else:
        if leader is not None or by is not None:
            raise WrongUsage(
                "没有写是哪天", hint="写作 swm duty set 2026-11-03 --leader 甲 --by 乙,丙"
            )
        if call.interactive:
            call.screen.say(["一天一行：日期 带班领导 组员（组员用顿号隔开）；写完按 Ctrl-D"])
        lines = sys.stdin.read().splitlines()
        shifts = [_line(call.today, n, line) for n, line in enumerate(lines, 1) if line.strip()]

    def decide(tx: Committed) -> Change:
        there = set(tx.ids(DUTY))
        ids = dict.fromkeys(duty_id(s.on) for s in shifts)
        rosters = {id: tx.filed(Duty, id) for id in ids if id in there}
        return dutyroster.set_duty(rosters, shifts, tx.policy, tx.settings, call.today)

    call.record(decide)


def _shift(on: date, leader: str, people: tuple[str, ...]) -> Shift:
    others = tuple(p for p in dict.fromkeys(people) if p != leader)
    return Shift(on=on, leader=leader, people=others)


def _days(today: date, text: str) -> list[date]:
    """The days that a word names: one, or all of a range."""
    read = parsing.day(today)
    found = []
    for part in parsing.words(text):
        bounds = _RANGE.fullmatch(part)
        if bounds is None:
            found.append(parsing.read("日期", part, read))
            continue
        first = parsing.read("日期", bounds["first"], read)
        last = parsing.read("日期", bounds["last"], read)
        if not 0 <= (last - first).days < _MOST:
            raise WrongUsage(f"日期：“{part}”的起止不对", hint="起在前、止在后，至多一年")
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def _line(today: date, number: int, line: str) -> Shift:
    """`2026-11-03 甲 乙、丙`."""
    first, *rest = line.replace("\t", " ").split(maxsplit=2)
    if not rest:
        raise WrongUsage(
            f"第{number}行“{line.strip()}”缺带班领导", hint="一行写作 2026-11-03 甲 乙、丙"
        )
    on = parsing.read(f"第{number}行", first, parsing.day(today))
    people = parsing.words("、".join(rest[1].split())) if len(rest) > 1 else ()
    return _shift(on, rest[0], people)


@app.command("list", cls=Command, help="一个月的值班表。")
def list_duty(context: typer.Context, month: Month = None, at: o.At = None) -> None:
    """The shifts of one month."""
    from swm.render.patrols import roster_table

    call = Call.of(context)
    day = call.judged_on(at)
    wanted = parsing.read("月份", " ".join(month), _month) if month else f"{day:%Y-%m}"
    snapshot = call.snapshot(at)
    id = f"{DUTY.prefix}-{wanted}"
    shifts = list(snapshot.filed(Duty, id).shifts.values()) if id in snapshot.ids(DUTY) else []
    if call.json:
        rows = [{"日期": s.on, "带班领导": s.leader, "组员": list(s.people)} for s in shifts]
        call.screen.document(plain({"月份": wanted, "值班": rows, "台账版本": snapshot.commit}))
        return
    if shifts:
        call.screen.result(roster_table(shifts, call.screen.columns))
    call.screen.say([f"{wanted} 排了 {len(shifts)} 天" if shifts else f"{wanted} 没有值班表"])


def _month(text: str) -> str:
    found = re.fullmatch(r"\s*(\d{4})[-年./](\d{1,2})月?\s*", text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadValue(f"“{text}”不是月份", "写作 2026-11")
    return f"{found[1]}-{int(found[2]):02d}"
