"""Which period a report is on: as typed, or the last one that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swm.cli import parsing
from swm.cli.call import Call
from swm.domain.days import parse_day
from swm.domain.fields import BadValue
from swm.domain.periods import MONTH, QUARTER, RANGE, WEEK, YEAR, Period, parse_period
from swm.domain.periodwords import last_finished
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.snapshot import Snapshot

KINDS = {
    MONTH: ("月份", "一个月", "哪个月", "2026-10"),
    WEEK: ("周", "一周", "哪一周", "2026-W41，或其中的一天 2026-10-08"),
    QUARTER: ("季度", "一个季度", "哪个季度", "2026-Q3"),
    YEAR: ("年份", "一年", "哪一年", "2026"),
    RANGE: ("起止日期", "一段日期", "起止日期", "2026-10-01..2026-10-15"),
}
"""What an argument of each kind is called, has to be, is asked for as, and how it is written."""


def chosen_period(call: Call, when: str | None, at: str | None, kind: str) -> Period:
    """The period told, cut off as the ledger at `at` cuts its months."""
    commit = None if at is None else call.resolve(at)
    return period_told(call, kind, when, call.ledger.snapshot(commit).settings.cutoff)


def period_told(call: Call, kind: str, when: str | None, cutoff: int | None) -> Period:
    """The period that `when` names, as far as today, or the last one of the kind that is over.

    Raises `WrongUsage` for another kind of period, one that has not begun, a range left out.
    """
    name, one, which, example = KINDS[kind]
    if when is None:
        if kind == RANGE:
            raise WrongUsage("要写明起止日期", hint=f"例如 swm report range {example}")
        period = last_finished(kind, call.today, cutoff)
        call.screen.say([f"没有写明{which}，按最近过完的{one}：{period.title}"])
        return period
    period = parsing.read(name, when, lambda text: _typed(call, kind, text, cutoff))
    refuse_other(period, kind, when)
    refuse_unbegun(call, period)
    return period.up_to(call.today)


def month_named(snapshot: Snapshot, when: str | None, verb: str = "report check") -> Period:
    """The month that a command about issued reports is given; it may lie in the future.

    Raises `WrongUsage` for what is no month, and for none.
    """
    name, _, which, example = KINDS[MONTH]
    if when is None:
        raise WrongUsage(f"要写明是{which}", hint=f"例如 swm {verb} {example}")
    cutoff = snapshot.settings.cutoff
    period = parsing.read(name, when, lambda text: parse_period(text, cutoff))
    refuse_other(period, MONTH, when)
    return period


def period_named(snapshot: Snapshot, when: str | None, verb: str) -> Period:
    """The period of any kind that a command about public notices is given.

    Raises `WrongUsage` for what is no period, and for none.
    """
    if when is None:
        raise WrongUsage("要写明是哪一期", hint=f"例如 swm {verb} 2026-10 --audience 公示")
    cutoff = snapshot.settings.cutoff
    return parsing.read("期间", when, lambda text: parse_period(text, cutoff))


def refuse_other(period: Period, kind: str, when: str) -> None:
    """Raise `WrongUsage` for a period of another kind than is asked for."""
    if period.kind != kind:
        _, one, _, example = KINDS[kind]
        raise WrongUsage(f"“{when}”不是{one}", hint=f"写作 {example}")


def refuse_unbegun(call: Call, period: Period) -> None:
    """Raise `WrongUsage` for a period that has not begun."""
    if period.start > call.today:
        raise WrongUsage(f"{period.title}还没有开始", hint=f"今天是 {call.today}")


def _typed(call: Call, kind: str, text: str, cutoff: int | None) -> Period:
    """The period as typed; a week may be named by one of its days."""
    try:
        return parse_period(text, cutoff)
    except BadValue:
        if kind != WEEK:
            raise
        try:
            return Period.week(parse_day(text, call.today))
        except BadValue:
            pass
        raise
