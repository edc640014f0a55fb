"""应报未报: a village owes its word about every month, in a month's report and in a year's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from swm.domain.periods import Period
from swm.reports import figures
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.filed import Files, firm, registered, visit
from tests.policy_fixture import policy


def played() -> Files:
    """俵口村 said something in January, July and September of 2026, the others never did; the last
    entry is of 12 October."""
    return firm("BK-0001", registered("01-01"), visit("07-05", "村级排查")) | firm(
        "BK-0002", registered("09-20"), visit("10-12")
    )


def owed(root: Path, period: Period) -> list[tuple[str, str]]:
    """Each village with what the record says of it, those of 俵口村 alone."""
    facts = Facts.of(Committed(root, histories.settings_text()).commit(played()))
    found = figures.figure(facts, "应报未报", period, policy())
    assert found.text == f"{len(found.entries)}村次"
    return [(e.village, e.note) for e in found.entries if e.village == "俵口村"]


NOTHING = "没有零报告，也没有登记和排查"


@pytest.mark.parametrize(
    ("period", "missed"),
    [
        (Period.quarter(2026, 3), ["2026年8月"]),
        (Period.year(2026), [f"2026年{month}月" for month in (2, 3, 4, 5, 6, 8)]),
        (Period.quarter(2026, 4), []),
        (Period.range(date(2026, 7, 15), date(2026, 9, 15)), [""]),
        (Period.range(date(2026, 8, 2), date(2026, 8, 31)), []),
        (Period.week(date(2026, 8, 12)), []),
        (Period.month(2026, 8), [""]),
        (Period.month(2026, 7), []),
        (Period.month(2025, 12), []),
    ],
    ids=str,
)
def test_every_month_that_is_over_is_owed_and_named(
    tmp_path: Path, period: Period, missed: list[str]
) -> None:
    assert owed(tmp_path, period) == [("俵口村", month + NOTHING) for month in missed]


def test_the_months_of_a_quarter_add_up_to_it(tmp_path: Path) -> None:
    facts = Facts.of(Committed(tmp_path, histories.settings_text()).commit(played()))

    def number(period: Period) -> int:
        return figures.figure(facts, "应报未报", period, policy()).value

    months = [number(Period.month(2026, month)) for month in (7, 8, 9)]
    assert months == [3, 4, 3]
    assert number(Period.quarter(2026, 3)) == sum(months)
