"""Laws that every term and every period obeys, whatever the dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from swm.domain.calendar import Calendar, Period, parse_period
from swm.domain.fields import read
from swm.domain.holidays import Holidays
from swm.domain.policyfiles import HOLIDAYS
from swm.store.yamltext import parse

TABLE = Path(__file__).parents[2] / "ledger" / HOLIDAYS
CALENDAR = Calendar(read(Holidays, parse(TABLE.read_bytes(), HOLIDAYS), HOLIDAYS))
DAY = timedelta(days=1)

starts = st.dates(date(2024, 1, 1), date(2028, 12, 31))
terms = st.integers(1, 200)
cutoffs = st.none() | st.integers(1, 28)
kinds = st.sampled_from(["month", "quarter", "year", "week", "range"])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    day, cutoff = draw(starts), draw(cutoffs)
    match draw(kinds):
        case "month":
            return Period.month_of(day, cutoff)
        case "quarter":
            return Period.quarter(day.year, (day.month + 2) // 3, cutoff)
        case "year":
            return Period.year(day.year, cutoff)
        case "week":
            return Period.week(day)
        case _:
            return Period.range(day, day + draw(st.integers(0, 400)) * DAY)


@given(starts, terms)
def test_a_term_in_workdays_holds_that_many_of_them(start: date, days: int) -> None:
    end = CALENDAR.deadline(start, days, "工作日").day
    passed = [start + n * DAY for n in range(1, (end - start).days + 1)]
    assert sum(map(CALENDAR.is_workday, passed)) == days
    assert CALENDAR.is_workday(end)


@given(starts, terms)
def test_rolling_only_ever_skips_days_of_rest(start: date, days: int) -> None:
    plain = CALENDAR.deadline(start, days).day
    rolled = CALENDAR.deadline(start, days, roll=True).day
    assert plain == start + days * DAY
    assert CALENDAR.is_workday(rolled)
    assert all(CALENDAR.is_off(plain + n * DAY) for n in range((rolled - plain).days))


@given(starts, terms, st.sampled_from(["自然日", "工作日"]), st.booleans())
def test_the_arithmetic_names_its_result_and_serving_later_never_shortens(
    start: date, days: int, unit: str, roll: bool
) -> None:
    found = CALENDAR.deadline(start, days, unit, roll)
    assert str(found.day) in found.arithmetic
    assert "\n" not in found.arithmetic
    assert found.day <= CALENDAR.deadline(start + DAY, days, unit, roll).day


@given(starts, terms, st.sampled_from(["自然日", "工作日"]), st.booleans())
def test_a_term_within_known_years_never_warns(
    start: date, days: int, unit: str, roll: bool
) -> None:
    found = CALENDAR.deadline(start, days, unit, roll)
    if CALENDAR.known((start + DAY).year) and CALENDAR.known(found.day.year):
        assert found.warnings == ()
    if unit == "工作日" and not CALENDAR.known(found.day.year):
        assert found.warnings


@given(periods())
def test_the_previous_period_ends_the_day_before(period: Period) -> None:
    before = period.previous()
    assert before.end + DAY == period.start
    assert before.kind == period.kind


@given(periods())
def test_a_code_names_its_period(period: Period) -> None:
    assert parse_period(period.code, period.cutoff) == period


@given(periods())
def test_a_period_lies_after_its_last_year_and_before_the_next_month_ends(period: Period) -> None:
    last_year = period.same_last_year()
    assert last_year.start < period.start
    assert last_year.end < period.end
    assert last_year.kind == period.kind
    assert period.end < period.next_end


@given(st.integers(2000, 2099), cutoffs)
def test_twelve_months_and_four_quarters_are_the_year(year: int, cutoff: int | None) -> None:
    whole = Period.year(year, cutoff)
    for parts in (
        [Period.month(year, n, cutoff) for n in range(1, 13)],
        [Period.quarter(year, n, cutoff) for n in range(1, 5)],
    ):
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert all(a == b.previous() for a, b in pairwise(parts))
        assert all(part.year_start == whole.start for part in parts)


@given(starts, cutoffs)
def test_every_day_lies_in_exactly_its_month(day: date, cutoff: int | None) -> None:
    month = Period.month_of(day, cutoff)
    assert day in month
    assert day not in month.previous()
