"""Which days are worked, when a term ends, and the periods that reports cover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import NamedTuple

from swm.domain.holidays import MAKEUP, STATUTORY, Holidays
from swm.domain.periods import Period, parse_period
from swm.errors import Refused
from swm.frozen import frozen

__all__ = ["Calendar", "Deadline", "Mark", "Period", "day_named", "parse_period"]

NATURAL, WORKING = "自然日", "工作日"
LONGEST = 3650
"""The longest term, in days: ten years. Anything above is a slip of the finger."""
_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5


class Mark(NamedTuple):
    """What the notice says about one day, and for which festival."""

    kind: str
    festival: str


@frozen
class Deadline:
    """The last day of a term, the arithmetic in one line, and what makes it uncertain."""

    day: date
    arithmetic: str
    warnings: tuple[str, ...] = ()


@frozen
class Calendar:
    """The years whose holidays are known. Elsewhere only Saturdays and Sundays are off."""

    holidays: Holidays = field(default_factory=Holidays)
    marks: Mapping[date, Mark] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        marks = {
            day: Mark(kind, festival.name)
            for year in self.holidays.years
            for festival in year.festivals
            for day, kind in festival.days
        }
        object.__setattr__(self, "marks", marks)

    def known(self, year: int) -> bool:
        """Whether the year's notice has been entered."""
        return any(known.year == year for known in self.holidays.years)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`: 调休 counted, in an unknown year Monday to Friday."""
        mark = self.marks.get(day)
        return mark.kind == MAKEUP if mark else day.weekday() < _SATURDAY

    def is_off(self, day: date) -> bool:
        """Whether `day` is a day of rest: weekend, 法定 or 调休放假."""
        return not self.is_workday(day)

    def is_statutory_holiday(self, day: date) -> bool:
        """法定节假日 proper (行政强制法 43): the festival's own days, not the days around them.

        In an unknown year this is False for every day: ask `known` first where it matters.
        """
        mark = self.marks.get(day)
        return mark is not None and mark.kind == STATUTORY

    def next_workday(self, day: date) -> date:
        """The first working day on or after `day`."""
        while self.is_off(day):
            day += _DAY
        return day

    def deadline(
        self,
        start: date,
        days: int,
        unit: str = NATURAL,
        roll: bool = False,
        event: str = "送达",
    ) -> Deadline:
        """The last day of a term of `days`, counted from the day after `start`.

        `unit` is 自然日 or 工作日; with `roll`, a last day of rest moves to the next working day.
        `event` says what happened on `start`. Raises `Refused` for a term of no days or of more
        than ten years.
        """
        if not 1 <= days <= LONGEST:
            raise Refused(f"期限{days}日不合理", hint=f"期限应在1至{LONGEST}日之间")
        since = f"{start}{event}，次日起算{days}个{unit}"
        if unit == WORKING:
            return self._in_workdays(start, days, since)
        return self._in_natural_days(start + days * _DAY, roll, since)

    def _in_natural_days(self, last: date, roll: bool, since: str) -> Deadline:
        ends = f"{since}，届满{day_named(last)}"
        if not roll:
            return Deadline(last, f"{ends}，不顺延")
        day = self.next_workday(last)
        warnings = self._warnings(_days(last, day))
        if day != last:
            moved = f"{ends}，{self._why_off(last)}，顺延至{day_named(day)}"
            return Deadline(day, moved, warnings)
        worked = "为调休上班日" if last in self.marks else "为工作日"
        return Deadline(day, f"{ends}，{worked}，不顺延", warnings)

    def _in_workdays(self, start: date, count: int, since: str) -> Deadline:
        day = start
        while count:
            day += _DAY
            count -= self.is_workday(day)
        passed = _days(start + _DAY, day)
        parts = (since, *self._skipped(passed), *self._made_up(passed), f"届满{day_named(day)}")
        return Deadline(day, "，".join(parts), self._warnings(passed))

    def _skipped(self, passed: list[date]) -> Iterable[str]:
        off = [day for day in passed if self.is_off(day)]
        if off:
            names = dict.fromkeys(self.marks[day].festival for day in off if day in self.marks)
            within = f"（含{'、'.join(names)}放假）" if names else ""
            yield f"其间休息日{len(off)}天不计{within}"

    def _made_up(self, passed: list[date]) -> Iterable[str]:
        worked = [str(day) for day in passed if day in self.marks and self.is_workday(day)]
        if worked:
            yield f"{'、'.join(worked)}调休上班计入"

    def _why_off(self, day: date) -> str:
        mark = self.marks.get(day)
        if mark is None:
            return "为休息日"
        if mark.kind == STATUTORY:
            return f"为法定节假日（{mark.festival}）"
        return f"为{mark.festival}放假"

    def _warnings(self, consulted: Iterable[date]) -> tuple[str, ...]:
        """One warning for each unknown year in which a day had to be judged."""
        years = {d.year for d in consulted if d not in self.marks and not self.known(d.year)}
        return tuple(
            f"{year}年的放假安排还没有录入（制度/节假日.yaml），该年暂按周六、周日休息推算，"
            "通知发布、录入后请核对"
            for year in sorted(years)
        )


def day_named(day: date) -> str:
    """2026-10-20（星期二）."""
    return f"{day}（星期{_WEEKDAYS[day.weekday()]}）"


def _days(first: date, last: date) -> list[date]:
    return [first + n * _DAY for n in range((last - first).days + 1)]
