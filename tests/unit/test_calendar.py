"""Working days, terms and periods against the 2026 notice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from swm.domain.calendar import Calendar, Period, parse_period
from swm.domain.fields import BadValue, read
from swm.domain.holidays import Holidays
from swm.domain.policyfiles import HOLIDAYS
from swm.errors import Refused
from swm.store.yamltext import parse

TABLE = Path(__file__).parents[2] / "ledger" / HOLIDAYS
CALENDAR = Calendar(read(Holidays, parse(TABLE.read_bytes(), HOLIDAYS), HOLIDAYS))
UNKNOWN = (
    "2027年的放假安排还没有录入（制度/节假日.yaml），该年暂按周六、周日休息推算，"
    "通知发布、录入后请核对"
)


def d(text: str) -> date:
    return date.fromisoformat(text)


def between(first: str, last: str) -> list[date]:
    return [d(first) + timedelta(n) for n in range((d(last) - d(first)).days + 1)]


def test_2026_is_as_the_notice_has_it() -> None:
    """国办发明电〔2025〕7号, written out again from its seven paragraphs."""
    off = (
        between("2026-01-01", "2026-01-03")
        + between("2026-02-15", "2026-02-23")
        + between("2026-04-04", "2026-04-06")
        + between("2026-05-01", "2026-05-05")
        + between("2026-06-19", "2026-06-21")
        + between("2026-09-25", "2026-09-27")
        + between("2026-10-01", "2026-10-07")
    )
    worked = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
    makeup = {d(f"2026-{day}") for day in worked}
    for day in between("2026-01-01", "2026-12-31"):
        rest = day in off or (day.weekday() >= 5 and day not in makeup)
        assert CALENDAR.is_off(day) is rest, day


def test_2026_has_thirteen_statutory_holidays() -> None:
    statutory = "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03"
    year = between("2026-01-01", "2026-12-31")
    found = [day for day in year if CALENDAR.is_statutory_holiday(day)]
    assert found == [d(f"2026-{day}") for day in statutory.split()]


def test_2025_works_on_its_five_weekends() -> None:
    weekends = [x for x in between("2025-01-01", "2025-12-31") if x.weekday() >= 5]
    worked = [str(x)[5:] for x in weekends if CALENDAR.is_workday(x)]
    assert worked == ["01-26", "02-08", "04-27", "09-28", "10-11"]
    assert CALENDAR.is_statutory_holiday(d("2025-10-06"))


def test_an_unknown_year_rests_at_weekends_only() -> None:
    assert CALENDAR.known(2026)
    assert not CALENDAR.known(2027)
    assert CALENDAR.is_workday(d("2027-10-01"))
    assert not CALENDAR.is_statutory_holiday(d("2027-10-01"))
    assert Calendar().is_off(d("2026-02-14"))


# fmt: off
ARITHMETIC = [
    ("2026-09-20", 30, "自然日", True, "2026-09-20送达，次日起算30个自然日，"
     "届满2026-10-20（星期二），为工作日，不顺延"),
    ("2026-09-04", 30, "自然日", True, "2026-09-04送达，次日起算30个自然日，"
     "届满2026-10-04（星期日），为国庆节放假，顺延至2026-10-08（星期四）"),
    ("2026-09-04", 28, "自然日", True, "2026-09-04送达，次日起算28个自然日，"
     "届满2026-10-02（星期五），为法定节假日（国庆节），顺延至2026-10-08（星期四）"),
    ("2026-09-04", 30, "自然日", False, "2026-09-04送达，次日起算30个自然日，"
     "届满2026-10-04（星期日），不顺延"),
    ("2026-09-05", 15, "自然日", True, "2026-09-05送达，次日起算15个自然日，"
     "届满2026-09-20（星期日），为调休上班日，不顺延"),
    ("2026-07-10", 15, "自然日", True, "2026-07-10送达，次日起算15个自然日，"
     "届满2026-07-25（星期六），为休息日，顺延至2026-07-27（星期一）"),
    ("2026-07-06", 3, "工作日", True, "2026-07-06送达，次日起算3个工作日，"
     "届满2026-07-09（星期四）"),
    ("2026-09-18", 10, "工作日", False, "2026-09-18送达，次日起算10个工作日，"
     "其间休息日11天不计（含中秋节、国庆节放假），2026-09-20调休上班计入，届满2026-10-09（星期五）"),
]
# fmt: on


@pytest.mark.parametrize(("start", "days", "unit", "roll", "line"), ARITHMETIC)
def test_the_arithmetic_can_be_read_aloud(
    start: str, days: int, unit: str, roll: bool, line: str
) -> None:
    found = CALENDAR.deadline(d(start), days, unit, roll)
    assert found.arithmetic == line
    assert str(found.day) == line[: line.rindex("（星期")][-10:]
    assert found.warnings == ()


def test_an_unknown_year_warns_only_where_a_day_had_to_be_judged() -> None:
    december = d("2026-12-20")
    assert CALENDAR.deadline(december, 20, "自然日", roll=False).warnings == ()
    assert CALENDAR.deadline(december, 5, "工作日").warnings == ()
    assert CALENDAR.deadline(december, 11, "自然日", roll=True).warnings == ()
    assert CALENDAR.deadline(december, 20, "自然日", roll=True).warnings == (UNKNOWN,)
    assert CALENDAR.deadline(december, 20, "工作日").warnings == (UNKNOWN,)
    assert CALENDAR.deadline(d("2027-12-30"), 9, "工作日").warnings == (
        UNKNOWN,
        UNKNOWN.replace("2027", "2028"),
    )
    assert CALENDAR.deadline(d("2024-12-20"), 30, "自然日", roll=True).warnings == ()


def test_the_event_may_be_another_than_service() -> None:
    found = CALENDAR.deadline(d("2026-07-06"), 1, event="原期限届满")
    assert found.arithmetic.startswith("2026-07-06原期限届满，次日起算1个自然日")


@pytest.mark.parametrize("days", [0, -1, 3651, 999_999_999])
def test_an_unreasonable_term_is_refused(days: int) -> None:
    for unit in ("自然日", "工作日"):
        with pytest.raises(Refused, match="不合理"):
            CALENDAR.deadline(d("2026-07-06"), days, unit)


# --- periods ----------------------------------------------------------------------------------

# fmt: off
SPANS = [
    ("2026-10", None, "2026-10-01", "2026-10-31", "2026年10月", "10月"),
    ("2026-2", None, "2026-02-01", "2026-02-28", "2026年2月", "2月"),
    ("２０２６年２月", None, "2026-02-01", "2026-02-28", "2026年2月", "2月"),
    ("2026-10", 25, "2026-09-26", "2026-10-25", "2026年10月", "10月"),
    ("2026-01", 25, "2025-12-26", "2026-01-25", "2026年1月", "1月"),
    ("2026-03", 28, "2026-03-01", "2026-03-28", "2026年3月", "3月"),
    ("2026-Q3", None, "2026-07-01", "2026-09-30", "2026年第三季度", "第三季度"),
    ("2026年第1季度", 25, "2025-12-26", "2026-03-25", "2026年第一季度", "第一季度"),
    ("2026年四季度", None, "2026-10-01", "2026-12-31", "2026年第四季度", "第四季度"),
    ("2026", None, "2026-01-01", "2026-12-31", "2026年", "2026年"),
    ("2026", 25, "2025-12-26", "2026-12-25", "2026年", "2026年"),
    ("2026-W41", None, "2026-10-05", "2026-10-11",
     "2026年第41周（2026年10月5日至10月11日）", "第41周"),
    ("2026-10-01..2026-10-15", None, "2026-10-01", "2026-10-15", "2026年10月1日至10月15日",
     "2026年10月1日至10月15日"),
]
# fmt: on


@pytest.mark.parametrize(("text", "cutoff", "start", "end", "title", "label"), SPANS)
def test_periods_by_name(
    text: str, cutoff: int | None, start: str, end: str, title: str, label: str
) -> None:
    period = parse_period(text, cutoff)
    assert (str(period.start), str(period.end)) == (start, end)
    assert (period.title, period.label) == (title, label)
    assert parse_period(period.code, cutoff) == period


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-13", "“2026-13”这一期间不存在"),
        ("2026-00", "“2026-00”这一期间不存在"),
        ("2026-W54", "“2026-W54”这一期间不存在"),
        ("2026-11-31..2026-12-01", "这一期间不存在"),
        ("2026-10-15..2026-10-01", "结束日期 2026-10-01 早于开始日期 2026-10-15"),
        ("2026-Q5", "“2026-Q5”不是期间"),
        ("0026", "“0026”的年份不合理"),
        ("1949-12", "“1949-12”的年份不合理"),
        ("2101", "“2101”的年份不合理"),
        ("9999-W52", "“9999-W52”这一期间不存在"),
        ("0001-01-01..2026-10-31", "的年份不合理"),
        ("1000-01-01..2026-10-31", "的年份不合理"),
        ("上月", "“上月”不是期间"),
    ],
)
def test_periods_that_are_none(text: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        parse_period(text)


# fmt: off
NEIGHBOURS = [
    ("2026-01", None, "2025-12", "2025-01", "2026-01-01", "2026-02-28"),
    ("2026-01", 25, "2025-12", "2025-01", "2025-12-26", "2026-02-25"),
    ("2026-Q1", None, "2025-Q4", "2025-Q1", "2026-01-01", "2026-04-30"),
    ("2026-Q3", 25, "2026-Q2", "2025-Q3", "2025-12-26", "2026-10-25"),
    ("2026", None, "2025", "2025", "2026-01-01", "2027-01-31"),
    ("2026-W53", None, "2026-W52", "2025-W52", "2025-12-29", "2027-02-28"),
    ("2024-02-15..2024-02-29", None, "2024-01-31..2024-02-14", "2023-02-15..2023-02-28",
     "2024-01-01", "2024-03-31"),
]
# fmt: on


@pytest.mark.parametrize(
    ("text", "cutoff", "previous", "last_year", "year_start", "next_end"), NEIGHBOURS
)
def test_what_stands_beside_a_period(
    text: str, cutoff: int | None, previous: str, last_year: str, year_start: str, next_end: str
) -> None:
    period = parse_period(text, cutoff)
    assert period.previous().code == previous
    assert period.same_last_year().code == last_year
    assert (str(period.year_start), str(period.next_end)) == (year_start, next_end)


@pytest.mark.parametrize("cutoff", [None, 1, 28])
@pytest.mark.parametrize(
    "text", ["1950-01", "1950-Q1", "1950", "1950-W01", "1950-01-01..2100-12-31", "2100", "2100-W51"]
)
def test_every_period_that_can_be_named_has_neighbours(text: str, cutoff: int | None) -> None:
    period = parse_period(text, cutoff)
    for other in (period.previous(), period.same_last_year()):
        assert other.start <= other.end < period.end
    assert period.year_start <= period.end < period.next_end or period.kind == "区间"


def test_a_day_lies_in_the_month_that_the_cutoff_gives_it() -> None:
    assert Period.month_of(d("2026-10-25"), 25).code == "2026-10"
    assert Period.month_of(d("2026-10-26"), 25).code == "2026-11"
    assert Period.month_of(d("2026-12-26"), 25).code == "2027-01"
    assert d("2026-10-26") not in Period.month(2026, 10, 25)


def test_a_cutoff_after_the_28th_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="29"):
        Period.month(2026, 10, 29)
