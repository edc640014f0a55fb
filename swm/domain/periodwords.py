"""What a report calls its period, and the ones before and after: 本月 or 本季度, 上月 or 上年.

The one source of these words: drafts, templates, tables and file names all take them from here.
"""

from __future__ import annotations

from datetime import date

from swm.domain.periods import MONTH, QUARTER, RANGE, WEEK, YEAR, Period
from swm.frozen import frozen

THIS_MONTH, EARLIER_MONTHS, DUE_NEXT = "本月", "往月", "下月到期"
"""Words in the names of figures; a report on another period shows them with its own."""

BY_THE_MONTH = frozenset({"零报告", "应报未报"})
"""What is owed once a month, and says nothing about a week."""


@frozen
class PeriodWords:
    """The words of one kind of period."""

    this: str
    """本月, 本季度, 本年, 本周, 本期."""
    last: str
    """上月, 上季度, 上年, 上周, 上期."""
    close: str
    """月末, 季末, 年末; 期末 for the others (周末 would be a Sunday)."""
    earlier: str
    """往月, 往期."""
    coming: str
    """下月, or 下月底前 where the period does not end with a month."""
    paper: str
    """月报, 季报, 年报, 周报, 专报."""
    verb: str
    """What follows `swm report`: month, quarter, year, week, range."""

    def told(self, text: str) -> str:
        """A name or definition of ours as this report shows it: 本季度新增 for 本月新增."""
        shown = text.replace(DUE_NEXT, f"{self.coming}到期")
        return shown.replace(THIS_MONTH, self.this).replace(EARLIER_MONTHS, self.earlier)


PAPERS = {MONTH: "月报", QUARTER: "季报", YEAR: "年报", WEEK: "周报", RANGE: "专报"}
"""What a report on each kind of period is called."""
VERBS = {MONTH: "month", QUARTER: "quarter", YEAR: "year", WEEK: "week", RANGE: "range"}
_UNITS = {MONTH: "月", QUARTER: "季度", YEAR: "年", WEEK: "周", RANGE: "期"}
_CLOSES = {MONTH: "月末", QUARTER: "季末", YEAR: "年末"}


def words_of(period: Period) -> PeriodWords:
    """The words of this period."""
    unit = _UNITS[period.kind]
    return PeriodWords(
        this=f"本{unit}",
        last=f"上{unit}",
        close=_CLOSES.get(period.kind, "期末"),
        earlier="往月" if period.kind == MONTH else "往期",
        coming="下月" if ends_a_month(period) else "下月底前",
        paper=PAPERS[period.kind],
        verb=VERBS[period.kind],
    )


def whole_months(period: Period) -> bool:
    """Whether it is made of months: only then has what every village owes a month a meaning."""
    return period.kind != WEEK and starts_a_month(period) and ends_a_month(period)


def starts_a_month(period: Period) -> bool:
    """Whether the period's first day is also the first of a month, as the town cuts them."""
    return Period.month_of(period.start, period.cutoff).start == period.start


def ends_a_month(period: Period) -> bool:
    """Whether the period's last day is also the last of a month, as the town cuts them."""
    return Period.month_of(period.end, period.cutoff).end == period.end


def heading_of(period: Period) -> str:
    """The period in a title: as `Period.title`, the days of a week left to the line below."""
    if period.kind == WEEK:
        return f"{period.end.isocalendar().year}年{period.label}"
    return period.title


def days_of(period: Period) -> str:
    """The days to be put under a title that does not tell them; empty where it does."""
    cut = period.cutoff or not period.over
    return period.span if period.kind == WEEK or (cut and period.kind != RANGE) else ""


def last_finished(kind: str, today: date, cutoff: int | None) -> Period:
    """The last period of the kind that is over before `today`; there is none for a range."""
    if kind == WEEK:
        return Period.week(today).previous()
    month = Period.month_of(today, cutoff)
    if kind == MONTH:
        return month.previous()
    if kind == QUARTER:
        quarter = (month.end.month + 2) // 3
        return Period.quarter(month.end.year, quarter, cutoff).previous()
    if kind == YEAR:
        return Period.year(month.end.year - 1, cutoff)
    raise ValueError(kind)
