"""The periods that reports cover: months, cut off where the town cuts them, and the others."""

from __future__ import annotations

import calendar as gregorian
import re
from dataclasses import replace
from datetime import date, timedelta

from swm.domain.days import EARLIEST, LATEST, half_width
from swm.domain.fields import BadValue
from swm.frozen import frozen

MONTH, QUARTER, YEAR, WEEK, RANGE = "月", "季", "年", "周", "区间"
_DAY = timedelta(days=1)
_ORDINALS = "一二三四"


@frozen
class Period:
    """A stretch of days, both ends included. Made by its class methods.

    `cutoff` is the town's 月报周期: with 25, October is 26 September to 25 October, and quarters
    and years are sums of such months; None is the natural month.
    """

    start: date
    end: date
    kind: str
    cutoff: int | None = None
    full: date | None = None
    """Its last day, where it is told only up to `end` because it is not over."""

    @classmethod
    def month(cls, year: int, month: int, cutoff: int | None = None) -> Period:
        """One month; raises ValueError for a month or a cut-off day (1 to 28) that can't be."""
        if cutoff is None:
            last = gregorian.monthrange(year, month)[1]
            return cls(date(year, month, 1), date(year, month, last), MONTH)
        if not 1 <= cutoff <= 28:
            raise ValueError(f"cut-off day {cutoff}")
        end = date(year, month, cutoff)
        before = date(*_shifted(year, month, -1), cutoff)
        return cls(before + _DAY, end, MONTH, cutoff)

    @classmethod
    def month_of(cls, day: date, cutoff: int | None = None) -> Period:
        """The month in which `day` lies."""
        later = cutoff is not None and day.day > cutoff
        return cls.month(*_shifted(day.year, day.month, int(later)), cutoff)

    @classmethod
    def quarter(cls, year: int, number: int, cutoff: int | None = None) -> Period:
        """One quarter, 1 to 4."""
        first = cls.month(year, 3 * number - 2, cutoff)
        return cls(first.start, cls.month(year, 3 * number, cutoff).end, QUARTER, cutoff)

    @classmethod
    def year(cls, year: int, cutoff: int | None = None) -> Period:
        """One year: its twelve months."""
        return cls(cls.month(year, 1, cutoff).start, cls.month(year, 12, cutoff).end, YEAR, cutoff)

    @classmethod
    def week(cls, day: date) -> Period:
        """The week, Monday to Sunday, in which `day` lies."""
        monday = day - day.weekday() * _DAY
        return cls(monday, monday + 6 * _DAY, WEEK)

    @classmethod
    def range(cls, start: date, end: date) -> Period:
        """Any stretch of days. Raises `BadValue` when it ends before it starts."""
        if end < start:
            raise BadValue(f"结束日期 {end} 早于开始日期 {start}", "请核对起止日期")
        return cls(start, end, RANGE)

    def up_to(self, day: date) -> Period:
        """As far as `day`: itself where it is over by then. Named and compared as the whole is; of a
        range there is no whole."""
        if self.kind == RANGE:
            return replace(self, end=max(self.start, min(self.end, day)))
        return self if day >= self.end else replace(self, end=day, full=self.full or self.end)

    @property
    def whole(self) -> Period:
        """The period to its last day."""
        return replace(self, end=self.full, full=None) if self.full else self

    @property
    def over(self) -> bool:
        """Whether it is told to its last day."""
        return self.full is None

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def code(self) -> str:
        """What a clerk types and files are named by: 2026-10, 2026-Q3, 2026, 2026-W41."""
        end = self.full or self.end
        year, month = end.year, end.month
        if self.kind == MONTH:
            return f"{year}-{month:02}"
        if self.kind == QUARTER:
            return f"{year}-Q{month // 3}"
        if self.kind == WEEK:
            iso = end.isocalendar()
            return f"{iso.year}-W{iso.week:02}"
        return str(year) if self.kind == YEAR else f"{self.start}..{end}"

    @property
    def title(self) -> str:
        """As it stands in a heading: 2026年10月, 2026年第三季度, 2026年."""
        if self.full:
            return self.whole.title
        if self.kind == WEEK:
            return f"{self.end.isocalendar().year}年{self.label}（{self.span}）"
        if self.kind in (MONTH, QUARTER):
            return f"{self.end.year}年{self.label}"
        return self.label if self.kind == YEAR else self.span

    @property
    def label(self) -> str:
        """As short as a chart's axis wants it: 10月, 第三季度, 2026年, 第41周."""
        if self.full:
            return self.whole.label
        if self.kind == MONTH:
            return f"{self.end.month}月"
        if self.kind == QUARTER:
            return f"第{_ORDINALS[self.end.month // 3 - 1]}季度"
        if self.kind == WEEK:
            return f"第{self.end.isocalendar().week}周"
        return f"{self.end.year}年" if self.kind == YEAR else self.span

    @property
    def span(self) -> str:
        """The days it covers: 2026年9月26日至10月25日."""
        first, last = _spoken(self.start), _spoken(self.end)
        if self.start == self.end:
            return first
        return f"{first}至{last[5:] if self.start.year == self.end.year else last}"

    @property
    def year_start(self) -> date:
        """Where 本年累计 starts, so that it is the sum of the year's periods."""
        if self.full:
            return self.whole.year_start
        if self.kind == WEEK:
            return date.fromisocalendar(self.end.isocalendar().year, 1, 1)
        last = Period.month_of(self.end, self.cutoff)
        return Period.month(last.end.year, 1, self.cutoff).start

    @property
    def next_end(self) -> date:
        """The end of the month after the one in which the period ends (下月到期)."""
        return _month_on(Period.month_of(self.full or self.end, self.cutoff), 1).end

    def previous(self) -> Period:
        """上期: the period of the same kind, or the same length, that ends just before."""
        if self.full:
            return self.whole.previous()
        if self.kind == MONTH:
            return _month_on(self, -1)
        if self.kind == QUARTER:
            year, month = _shifted(self.end.year, self.end.month, -3)
            return Period.quarter(year, month // 3, self.cutoff)
        if self.kind == YEAR:
            return Period.year(self.end.year - 1, self.cutoff)
        length = self.end - self.start + _DAY
        return Period(self.start - length, self.start - _DAY, self.kind)

    def same_last_year(self) -> Period:
        """上年同期: a 53rd week answers to the 52nd, 29 February to the 28th."""
        if self.full:
            return self.whole.same_last_year()
        if self.kind == MONTH:
            return _month_on(self, -12)
        if self.kind == QUARTER:
            return Period.quarter(self.end.year - 1, self.end.month // 3, self.cutoff)
        if self.kind == YEAR:
            return self.previous()
        if self.kind == WEEK:
            iso = self.start.isocalendar()
            last = date(iso.year - 1, 12, 28).isocalendar().week
            return Period.week(date.fromisocalendar(iso.year - 1, min(iso.week, last), 1))
        return Period(_a_year_before(self.start), _a_year_before(self.end), RANGE)


def _month_on(month: Period, by: int) -> Period:
    return Period.month(*_shifted(month.end.year, month.end.month, by), month.cutoff)


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1


def _a_year_before(day: date) -> date:
    last = gregorian.monthrange(day.year - 1, day.month)[1]
    return date(day.year - 1, day.month, min(day.day, last))


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_MONTH = re.compile(r"(\d{4})(?:-|年)(\d{1,2})月?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|年第?([1-4一二三四])季度)", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})", re.ASCII)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.|至)(\d{4}-\d{2}-\d{2})", re.ASCII)
_HINT = "写作 2026-10（月）、2026-Q3（季度）、2026（年）、2026-W41（周）或 2026-10-01..2026-10-15"


def parse_period(text: str, cutoff: int | None = None) -> Period:
    """The period that `text` names: 2026-10, 2026-Q3, 2026, 2026-W41, 2026-10-01..2026-10-15.

    `cutoff` is the town's 月报周期. Every period that is accepted has a `previous` and a
    `same_last_year`. Raises `BadValue`.
    """
    typed = half_width(text)
    try:
        period = _parsed(typed, cutoff)
    except (ValueError, OverflowError):
        raise BadValue(f"“{text}”这一期间不存在", _HINT) from None
    if period is None:
        raise BadValue(f"“{text}”不是期间", _HINT)
    first = period.start if period.kind == RANGE else period.end
    if not EARLIEST <= first.year <= period.end.year <= LATEST:
        raise BadValue(f"“{text}”的年份不合理", f"年份应在{EARLIEST}至{LATEST}之间")
    return period


def _parsed(typed: str, cutoff: int | None) -> Period | None:
    """The period, None when no form fits; raises ValueError for one that can't be."""
    if m := _YEAR.fullmatch(typed):
        return Period.year(int(m[1]), cutoff)
    if m := _MONTH.fullmatch(typed):
        return Period.month(int(m[1]), int(m[2]), cutoff)
    if m := _QUARTER.fullmatch(typed):
        named = m[2] or m[3]
        number = _ORDINALS.index(named) + 1 if named in _ORDINALS else int(named)
        return Period.quarter(int(m[1]), number, cutoff)
    if m := _WEEK.fullmatch(typed):
        return Period.week(date.fromisocalendar(int(m[1]), int(m[2]), 1))
    if m := _RANGE.fullmatch(typed):
        return Period.range(date.fromisoformat(m[1]), date.fromisoformat(m[2]))
    return None
