"""Days and moments as clerks type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from swm.domain.days import parse_day, parse_moment
from swm.domain.fields import BadValue

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-03",
        "2026-10-3",
        "2026.10.3",
        "2026/10/3",
        "2026年10月3日",
        "2026年10月03日",
        "20261003",
        "10-03",
        "10.3",
        "10/3",
        "10月3日",
        "10月3号",
        " 2026-10-03 ",
        "２０２６－１０－０３",
        "１０月３日",
    ],
)
def test_one_day_in_every_form(text: str) -> None:
    assert parse_day(text, TODAY) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [("今天", "2026-11-23"), ("昨天", "2026-11-22"), ("前天", "2026-11-21")],
)
def test_days_counted_from_today(text: str, day: str) -> None:
    assert str(parse_day(text, TODAY)) == day


def test_without_a_year_it_is_this_year_even_if_that_lies_ahead() -> None:
    assert parse_day("12-31", TODAY) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-11-31", "“2026-11-31”不存在：2026年11月只有1日至30日"),
        ("2026年2月29日", "“2026年2月29日”不存在：2026年2月只有1日至28日"),
        ("2-29", "“2-29”不存在：2026年2月只有1日至28日"),
        ("2026-13-01", "“2026-13-01”不存在：没有13月"),
        ("2026-10-00", "“2026-10-00”不存在：2026年10月只有1日至31日"),
        ("0206-10-03", "“0206-10-03”的年份 206 不合理"),
        ("26-10-03", "“26-10-03”不是日期"),
        ("2026-10/03", "“2026-10/03”不是日期"),
        ("2026-10", "“2026-10”不是日期"),
        ("明年", "“明年”不是日期"),
        ("", "“”不是日期"),
        ("2026-10-03 21:30", "不是日期"),
        ("²-3", "“²-3”不是日期"),
        ("٢-٣", "“٢-٣”不是日期"),
    ],
)
def test_what_is_no_day_is_said_to_be_none(text: str, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_day(text, TODAY)
    assert why in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-03 21:30", "2026-10-03 21:30"),
        ("2026-10-03T21:30", "2026-10-03 21:30"),
        ("2026-10-03  9:05", "2026-10-03 09:05"),
        ("10月3日 21:30", "2026-10-03 21:30"),
        ("10月3日21时30分", "2026-10-03 21:30"),
        ("2026年10月3日21点", "2026-10-03 21:00"),
        ("昨天21:30", "2026-11-22 21:30"),
        ("今天 8点5分", "2026-11-23 08:05"),
        ("２１：３０", "2026-11-23 21:30"),
        ("21:30", "2026-11-23 21:30"),
        ("0:00", "2026-11-23 00:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert parse_moment(text, TODAY) == datetime.fromisoformat(moment)


def test_a_time_alone_belongs_to_the_day_given() -> None:
    found = parse_moment("21:30", TODAY, date(2026, 10, 3))
    assert found == datetime(2026, 10, 3, 21, 30)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-10-03", "“2026-10-03”缺少时刻"),
        ("昨天", "“昨天”缺少时刻"),
        ("24:00", "“24:00”这一时刻不存在"),
        ("21:60", "“21:60”这一时刻不存在"),
        ("晚上", "“晚上”不是时间"),
        ("", "“”不是时间"),
        ("2026-11-31 21:30", "不存在：2026年11月只有1日至30日"),
    ],
)
def test_what_is_no_moment_is_said_to_be_none(text: str, why: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_moment(text, TODAY)
    assert why in refused.value.message
    assert refused.value.hint
