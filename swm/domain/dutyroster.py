"""值班表: setting who leads and who is on duty, for a day, several, or a whole month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.dutyrecords import Duty, Rostered, Shift, duty_id
from swm.domain.edits import Change, Edit
from swm.domain.filed import grown, opened
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.domain.sightings import NIGHT_TEAM
from swm.errors import Missing, Refused


def set_duty(
    rosters: Mapping[str, Duty],
    shifts: Sequence[Shift],
    policy: Policy,
    settings: Settings,
    today: date,
    by: tuple[str, ...] = (),
) -> Change:
    """The shifts, each into the roster of its month; one commit. Raises `Refused`.

    `rosters` are those there are of these months, by id. A team of fewer than the rule asks for
    at night is pointed out: the patrol itself will be refused, the roster may grow.
    """
    _refuse_odd(shifts)
    files: dict[str, tuple[Edit, ...]] = {}
    months: dict[str, list[Shift]] = {}
    for shift in sorted(shifts, key=lambda s: s.on):
        months.setdefault(duty_id(shift.on), []).append(shift)
    for id, own in months.items():
        old = rosters.get(id)
        number = old.next_number if old else 1
        record = Rostered(number=number, type="排班", on=today, by=by, shifts=tuple(own))
        if old is None:
            new = Duty(id=id, records=(record,))
            files[new.path] = opened(new, policy, today)
        else:
            _, edits = grown(old, [record], policy, today, f"{id} 不能这样排班")
            files[old.path] = edits
    days = [s.on for s in sorted(shifts, key=lambda s: s.on)]
    span = f"{days[0]}" if len(days) == 1 else f"{days[0]} 至 {days[-1]} 共{len(days)}天"
    return Change(
        verb="duty set",
        subject=f"值班 {'、'.join(months)} {span}",
        files=files,
        body=(f"录入：{today}",),
        notes=tuple(_notes(rosters, shifts, settings)),
        recorded={"编号": next(iter(months)), "天数": len(days)},
    )


def shift_on(day: date, read: Callable[[str], Duty | None]) -> Shift | None:
    """The shift of that day, if there is a roster and it holds one; `read` gives a roster."""
    roster = read(duty_id(day))
    return roster.shifts.get(day) if roster else None


def _refuse_odd(shifts: Sequence[Shift]) -> None:
    wrong: list[Missing] = []
    days = [s.on for s in shifts]
    if not shifts:
        wrong.append(
            Missing("没有一天的值班", "方案五2", "写作 swm duty set 2026-11-03 --leader 甲")
        )
    for day in dict.fromkeys(d for d in days if days.count(d) > 1):
        wrong.append(Missing(f"{day} 写了两次", "方案五2", "一天只写一行"))
    for shift in shifts:
        if not shift.leader:
            wrong.append(Missing(f"{shift.on} 的带班领导", "方案五2", "加上 --leader 某某"))
        for name in (shift.leader, *shift.people):
            if fields.unfit_character(name):
                wrong.append(Missing(f"{shift.on} 的姓名含有不能保存的字符", "", "重新填写姓名"))
    if wrong:
        raise Refused("值班表还不能登记", dict.fromkeys(wrong))


def _notes(
    rosters: Mapping[str, Duty], shifts: Sequence[Shift], settings: Settings
) -> Iterator[str]:
    for shift in sorted(shifts, key=lambda s: s.on):
        others = {p for p in shift.people if p != shift.leader}
        if len(others) < NIGHT_TEAM:
            yield (
                f"提醒：{shift.on} 组员只有{len(others)}名，"
                f"夜查在带班领导以外至少 {NIGHT_TEAM} 名（方案五2）"
            )
        old = rosters.get(duty_id(shift.on))
        was = old.shifts.get(shift.on) if old else None
        if was and was != shift:
            yield f"{shift.on} 原由{was.leader}带班，改由{shift.leader}带班"
    known = {p.name for p in settings.people}
    strangers = dict.fromkeys(
        name for s in shifts for name in (s.leader, *s.people) if known and name not in known
    )
    if strangers:
        yield f"提醒：swm.yaml 的人员里没有：{'、'.join(strangers)}"
