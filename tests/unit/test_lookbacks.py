"""回头看: when they fall due, which visit does which, and from when on none is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.lookbacks import LookBack, due_days, matched, watch_now, watches
from swm.domain.policy import LookBackPlan, Rules
from tests.office import APPROVED, Office
from tests.policy_fixture import policy


def dues(start: str, until: str = "2027-12-31", state: str = "已取缔") -> list[str]:
    day = date.fromisoformat
    return [str(x.due) for x in due_days(day(start), state, policy().rules, day(until))]


def test_thirty_ninety_a_hundred_and_eighty_days_then_twice_a_year_and_monthly_in_winter() -> None:
    assert dues("2026-04-01", "2027-10-31") == [
        "2026-05-01",
        "2026-06-30",
        "2026-09-28",
        "2026-10-31",
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-09-27",
        "2027-10-31",
    ]


def test_in_the_month_in_which_winter_finds_it_the_earlier_day_holds() -> None:
    assert dues("2026-09-20", "2026-12-31") == ["2026-10-20", "2026-11-30", "2026-12-31"]


def test_the_month_of_the_delisting_itself_has_no_look_back() -> None:
    assert dues("2026-12-03", "2027-03-31") == ["2027-01-02", "2027-02-28", "2027-03-31"]


def test_a_shorter_view_shows_the_same_days() -> None:
    whole = dues("2026-10-05", "2028-06-30")
    for until in ("2026-11-29", "2027-01-20", "2027-04-03", "2028-01-02"):
        assert dues("2026-10-05", until) == [day for day in whole if day <= until]


def plan(since: str, days: tuple[int, ...], **more: object) -> LookBackPlan:
    values: dict[str, object] = {"every": 200, "months": (), "clause": "方案五2", **more}
    return LookBackPlan(since=date.fromisoformat(since), days=days, **values)  # type: ignore[arg-type]


def test_each_plan_governs_the_days_on_which_it_is_in_force() -> None:
    old = plan("2020-01-01", (30, 90), until=date(2026, 2, 28))
    new = plan("2026-03-01", (20, 60, 100))
    rules = Rules(rules=(), look_backs=(old, new))
    found = [x.due for x in due_days(date(2026, 1, 10), "已取缔", rules, date(2026, 6, 30))]
    assert found == [date(2026, 2, 9), date(2026, 3, 11), date(2026, 4, 20)]


def test_a_state_may_have_a_plan_of_its_own() -> None:
    rules = Rules(
        rules=(),
        look_backs=(plan("2020-01-01", (30,)), plan("2020-01-01", (10,), goals=("已整改",))),
    )
    start, until = date(2026, 1, 10), date(2026, 3, 1)
    assert [x.due for x in due_days(start, "已整改", rules, until)] == [date(2026, 1, 20)]
    assert [x.due for x in due_days(start, "已搬迁", rules, until)] == [date(2026, 2, 9)]
    assert list(due_days(start, "已搬迁", Rules(rules=()), until)) == []


# --- which visit does which ---------------------------------------------------------------------


def done(visits: list[str], *due: str) -> list[str | None]:
    day = date.fromisoformat
    rows = [LookBack(day(d), "") for d in due]
    seen = [(day(on), n) for n, on in enumerate(visits, 1)]
    return [x.done and str(x.done) for x in matched(day("2026-01-01"), rows, seen)]


THREE = ("2026-01-31", "2026-04-01", "2026-06-30")


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        ([], [None, None, None]),
        (["2026-01-31"], ["2026-01-31", None, None]),
        (["2026-01-05", "2026-01-10", "2026-01-20"], ["2026-01-05", None, None]),
        (["2026-02-01"], ["2026-02-01", None, None]),
        (["2026-02-01", "2026-02-02"], ["2026-02-01", "2026-02-02", None]),
        (["2026-02-01", "2026-02-01"], ["2026-02-01", None, None]),
        (["2026-04-01"], ["2026-04-01", None, None]),
        (["2026-04-02"], ["2026-04-02", "2026-04-02", None]),
        (["2027-01-01"], ["2027-01-01"] * 3),
    ],
)
def test_a_visit_makes_up_for_what_was_missed_or_counts_for_the_next(
    visits: list[str], found: list[str | None]
) -> None:
    assert done(visits, *THREE) == found


@given(
    st.integers(0, 700),
    st.lists(st.integers(0, 900), max_size=25),
    st.integers(0, 900),
)
def test_what_was_done_in_time_lies_in_its_own_time_and_a_late_visit_changes_nothing_before(
    offset: int, visits: list[int], extra: int
) -> None:
    start = date(2026, 1, 1) + timedelta(days=offset)
    rows = list(due_days(start, "已取缔", policy().rules, start + timedelta(days=800)))
    seen = [(start + timedelta(days=n), n) for n in visits]
    found = list(matched(start, rows, seen))
    assert [x.due for x in found] == [x.due for x in rows]
    before = start
    for each in found:
        if each.done:
            assert before <= each.done, each
            assert each.done in {on for on, _ in seen}
        before = each.due + timedelta(days=1)
    days = [x.done for x in found if x.done]
    assert days == sorted(days)
    undone = [x for x in found if x.done is None]
    assert found[len(found) - len(undone) :] == undone  # what is done comes first
    more = list(matched(start, rows, [*seen, (start + timedelta(days=extra), -1)]))
    assert sum(x.done is None for x in more) <= len(undone)


# --- from the records ---------------------------------------------------------------------------


def closed_in_april() -> Office:
    office = Office(category="限期整改")
    office.on(1, 6).visit("核查", "在产", problems=("粉尘外逸",))
    office.on(1, 10).act("限期整改", days=30, doc_name="限期整改告知书", served=date(2026, 1, 10))
    office.on(4, 1).visit("验收", "在产", solved=("粉尘外逸",), verdict="通过")
    office.act("销号", method="整改到位", approval=replace(APPROVED, on=date(2026, 4, 1)))
    return office


def test_delisting_tells_the_first_and_each_look_back_the_next() -> None:
    office = closed_in_april()
    assert (watch := watch_now(office.enterprise, office.policy, None)) and watch.next
    assert (watch.start, str(watch.next.due)) == (date(2026, 4, 1), "2026-05-01")
    told = office.on(4, 20).visit("回头看", "在产")
    assert "BK-0001 下一次回头看应在 2026-06-30 以前（第二次）" in told.notes
    told = office.on(10, 5).visit("回头看", "在产")
    assert "BK-0001 下一次回头看应在 2026-10-31 以前（10月）" in told.notes
    [now] = watches(office.enterprise, office.policy, None)
    assert [(str(x.due), x.late) for x in now.look_backs[:3]] == [
        ("2026-05-01", False),
        ("2026-06-30", True),
        ("2026-09-28", True),
    ]


def test_a_look_back_that_finds_a_relapse_speaks_of_no_next_one() -> None:
    office = closed_in_april()
    told = office.on(4, 20).visit("回头看", "在产", problems=("粉尘外逸",))
    assert not [note for note in told.notes if "下一次回头看" in note]


def test_after_a_relapse_nothing_more_is_owed_and_the_next_delisting_begins_anew() -> None:
    office = closed_in_april()
    office.on(5, 20).visit("回头看", "在产", problems=("粉尘外逸",))
    office.on(5, 25).act("回潮", category="限期整改")
    [watch] = watches(office.enterprise, office.policy, None)
    assert watch.left == date(2026, 5, 25)
    assert [str(x.due) for x in watch.look_backs] == ["2026-05-01"]
    assert watch_now(office.enterprise, office.policy, None) is None


def test_an_old_case_counts_from_the_opening_of_the_ledger() -> None:
    told = {"状态": "已取缔", "销号日期": date(2018, 5, 1)}
    office = Office(opening=told, on=date(2026, 1, 5))
    for opening_date, start in (
        (None, date(2026, 1, 5)),
        (date(2026, 2, 1), date(2026, 2, 1)),
        (date(2025, 2, 1), date(2026, 1, 5)),
    ):
        watch = watch_now(office.enterprise, office.policy, opening_date)
        assert watch and watch.start == start
        assert watch.look_backs[0].due == start + timedelta(days=30)
