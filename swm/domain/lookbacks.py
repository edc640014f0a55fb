"""回头看 (方案五2): when a delisted enterprise has to be seen again, and whether it was.

The days on which look-backs are due follow from the day of 销号 and 期限.yaml alone. A look-back
made after one has fallen due makes up for all that were missed until then, all of them late;
otherwise it counts for the one that comes next, if the one before has fallen due already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from swm.domain.fold import Step, fold
from swm.domain.policy import LookBackPlan, Policy, Rules
from swm.domain.records import Enterprise, Opening, Visit

KIND = "回头看"
REACH = timedelta(days=1096)
"""How far beyond an enterprise's last record its look-backs are worked out: three years."""
_DAY, _MONTH = timedelta(days=1), timedelta(days=31)
_ORDINALS = "一二三四五六七八九"


class LookBack(NamedTuple):
    """One look-back that falls due: 第一次, 每182日一次, 11月; `number` is the visit's record."""

    due: date
    name: str
    done: date | None = None
    number: int | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its day."""
        return self.done is not None and self.done > self.due


class Watch(NamedTuple):
    """The time from a 销号 until 回潮 or 核减, and the look-backs that fall due in it."""

    start: date
    """The day from which they count."""
    left: date | None
    """The day on which it ended; look-backs due from then on are owed no more."""
    step: Step
    """The record that delisted it, with the standing after it."""
    look_backs: tuple[LookBack, ...]

    @property
    def next(self) -> LookBack | None:
        """The first that has not been done."""
        return next((each for each in self.look_backs if each.done is None), None)


def watches(enterprise: Enterprise, policy: Policy, opening_date: date | None) -> list[Watch]:
    """Every time that the enterprise was delisted, the oldest first."""
    return watches_from(fold(enterprise.records, policy), policy, opening_date)


def watch_now(enterprise: Enterprise, policy: Policy, opening_date: date | None) -> Watch | None:
    """The present one; None for an enterprise that is not delisted."""
    found = watches(enterprise, policy, opening_date)
    return found[-1] if found and found[-1].left is None else None


def watches_from(steps: Sequence[Step], policy: Policy, opening_date: date | None) -> list[Watch]:
    """The same from the folded records."""
    last = steps[-1].record.on if steps else date.min
    return [
        _watch(steps[first], steps[first + 1 : end], steps[end] if end < len(steps) else None,
               policy.rules, opening_date, last)
        for first, end in _stretches(steps, policy)
    ]  # fmt: skip


def _stretches(steps: Sequence[Step], policy: Policy) -> Iterator[tuple[int, int]]:
    """(place of the record that delisted it, place of the one that ended that)."""
    delisted = [bool(s.after.state) and policy.state(s.after.state).delisted for s in steps]
    begun: int | None = None
    for place, now in enumerate([*delisted, False]):
        if now and begun is None:
            begun = place
        elif not now and begun is not None:
            yield begun, place
            begun = None


def _watch(
    begun: Step,
    during: Sequence[Step],
    ended: Step | None,
    rules: Rules,
    opening_date: date | None,
    last: date,
) -> Watch:
    record = begun.record
    start = max(record.on, begun.after.delisted_on or record.on)
    if isinstance(record, Opening) and opening_date:
        start = max(start, opening_date)
    left = ended.record.on if ended else None
    horizon = max(start, last) + REACH
    dues = list(due_days(start, begun.after.state, rules, left - _DAY if left else horizon))
    seen = [
        (s.record.on, s.record.number)
        for s in during
        if isinstance(s.record, Visit) and s.record.kind == KIND and s.record.on >= start
    ]
    return Watch(start, left, begun, tuple(matched(start, dues, seen)))


def due_days(start: date, state: str, rules: Rules, until: date) -> Iterator[LookBack]:
    """The look-backs due after a 销号 on `start` and not later than `until`, in order.

    Each plan governs the days on which it is in force. A month that has its own look-back has no
    second one: where the month before had its own too, the last day of the month is the limit,
    else the day that counts from 销号.
    """
    found: dict[date, LookBack] = {}
    for plan in rules.look_backs_of(state):
        last = min(until, plan.until) if plan.until else until
        monthly = {_month(x.due): x for x in _monthly(start, plan, last + _MONTH)}
        chosen = dict(monthly)
        for each in _counted(start, plan, last):
            month = _month(each.due)
            if month not in monthly or month - 1 not in monthly:
                chosen.pop(month, None)
                found |= {each.due: each} if each.due >= plan.since else {}
        within = (each for each in chosen.values() if plan.since <= each.due <= last)
        found |= {each.due: each for each in within}
    return iter(sorted(found.values()))


def _month(day: date) -> int:
    """Months counted through the years."""
    return day.year * 12 + day.month


def _counted(start: date, plan: LookBackPlan, last: date) -> Iterator[LookBack]:
    """Those that count from 销号."""
    due = start
    for place, days in enumerate(plan.days):
        due = start + timedelta(days=days)
        if due <= last:
            nth = _ORDINALS[place] if place < len(_ORDINALS) else str(place + 1)
            yield LookBack(due, f"第{nth}次")
    due += timedelta(days=plan.every)
    while due <= last:
        yield LookBack(due, f"每{plan.every}日一次")
        due += timedelta(days=plan.every)


def _monthly(start: date, plan: LookBackPlan, last: date) -> Iterator[LookBack]:
    """The last days of the months that have their own, from the month after 销号 on."""
    month = _next_month(start)
    while plan.months and (end := _next_month(month) - _DAY) <= last:
        if end.month in plan.months:
            yield LookBack(end, f"{end.month}月")
        month = _next_month(month)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def matched(
    start: date, dues: Sequence[LookBack], visits: Sequence[tuple[date, int]]
) -> Iterator[LookBack]:
    """The look-backs with the visit that did each; `visits` by day, each with its number."""
    opens = [start, *(before.due + _DAY for before, _ in pairwise(dues))]
    first_of_day = {on: number for on, number in reversed(visits)}
    waiting = 0
    for on, number in sorted(first_of_day.items()):
        missed = waiting
        while missed < len(dues) and dues[missed].due < on:
            missed += 1
        if missed == waiting and missed < len(dues) and opens[missed] <= on:
            missed += 1  # none is missed: it is the next one's, once its time has begun
        for each in dues[waiting:missed]:
            yield each._replace(done=on, number=number)
        waiting = missed
    yield from dues[waiting:]
