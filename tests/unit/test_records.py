"""A figure's list is made when somebody looks at it, and proves the number it was counted to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from swm.domain.periods import Period
from swm.reports import figures
from swm.reports.figures import FIGURES, Inquiry
from swm.reports.monthly import monthly
from swm.reports.records import Records, records_of
from swm.reports.values import Entry, Figure
from swm.store.facts import Facts
from swm.store.sitting import Sitting
from tests import histories
from tests.committed import Committed
from tests.filed import delisted, firm, registered, visit

OCTOBER = Period.month(2026, 10)
ONE, TWO = Entry("BK-0001", "甲厂", "俵口村"), Entry("BK-0002", "乙厂", "白庙村")
FILES = (
    firm("BK-0001", registered("10-03"), visit("10-05", "夜查", "停产"))
    | firm("BK-0002", registered("03-02"), delisted("10-05", "待整治"))
    | firm("BK-0003", registered("09-02"))
)


def drawn_once(*entries: Entry) -> tuple[Records, list[int]]:
    times: list[int] = []

    def draw() -> tuple[Entry, ...]:
        times.append(1)
        return entries

    return Records(draw, len(entries)), times


def test_how_many_there_are_is_known_before_the_list_is_made() -> None:
    records, times = drawn_once(ONE, TWO)
    assert (len(records), bool(records), times) == (2, True, [])
    assert [entry.id for entry in records] == ["BK-0001", "BK-0002"]
    assert (records[1], records[:1], TWO in records) == (TWO, (ONE,), True)
    assert times == [1]


def test_records_are_equal_to_the_tuple_of_their_entries() -> None:
    records, _ = drawn_once(ONE, TWO)
    again, _ = drawn_once(ONE, TWO)
    other, _ = drawn_once(TWO, ONE)
    assert records == again == (ONE, TWO) and hash(records) == hash((ONE, TWO))
    assert records != other and records != [ONE, TWO]
    assert repr(records) == repr((ONE, TWO))
    assert Figure("底数", "家", records, 2) == Figure("底数", "家", (ONE, TWO), 2)


def test_a_list_that_is_not_as_long_as_was_counted_is_refused() -> None:
    records = Records(lambda: (ONE,), 2)
    with pytest.raises(ArithmeticError, match="名单有1条，数出来的却是2"):
        list(records)


@pytest.mark.parametrize("name", ["本月新增", "夜查人次"])
def test_the_sum_over_a_list_has_to_be_the_figures_number(tmp_path: Path, name: str) -> None:
    snapshot = Committed(tmp_path, histories.settings_text()).commit(FILES)
    facts = Facts.of(snapshot)
    right = figures.figure(facts, name, OCTOBER, snapshot.policy)
    inquiry = Inquiry(facts, OCTOBER, snapshot.policy)
    assert right.value > 0
    assert records_of(inquiry, FIGURES[name], right.value) == right.entries
    with pytest.raises(ArithmeticError, match=f"“{name}”的名单合计{right.value}，"):
        list(records_of(inquiry, FIGURES[name], right.value + 1))


def test_a_report_draws_the_lists_it_prints_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = Committed(tmp_path, histories.settings_text()).commit(FILES)
    asked: list[str] = []
    rows = Sitting.rows

    def spy(sitting: Sitting, sql: str) -> Sequence[Any]:
        asked.append(sql)
        return rows(sitting, sql)

    monkeypatch.setattr(Sitting, "rows", spy)
    report = monthly(
        Facts.of(snapshot),
        snapshot.settings,
        snapshot.policy,
        OCTOBER,
        snapshot.commit,
        "1.0",
    )
    listed = FIGURES["巡查家次"].sql
    assert report.figures["巡查家次"].value == 1
    assert FIGURES["未销号"].sql in "".join(asked)
    assert not any(sql.endswith(listed) for sql in asked)
    assert [entry.id for entry in report.figures["巡查家次"].entries] == ["BK-0001"]
    assert sum(sql.endswith(listed) for sql in asked) == 1
    assert list(report.figures["巡查家次"].entries) and sum(s.endswith(listed) for s in asked) == 1


def test_two_threads_that_ask_at_once_hold_a_set_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parts of a report's frame are counted side by side, from the same shared sets."""
    ledger = Committed(tmp_path, histories.settings_text())
    snapshot = ledger.commit(FILES)
    held: list[str] = []
    hold = Sitting.hold

    def slowly(sitting: Sitting, name: str, sql: str, column: str) -> None:
        held.append(name)
        time.sleep(0.05)
        hold(sitting, name, sql, column)

    monkeypatch.setattr(Sitting, "hold", slowly)
    inquiry = Inquiry(Facts.of(snapshot), OCTOBER, snapshot.policy)
    asked = [FIGURES[name] for name in ("底数", "已销号", "未销号")]
    with ThreadPoolExecutor(4) as workers:
        found = [each.result() for each in [workers.submit(inquiry.tally, asked) for _ in range(4)]]
    assert found[0] == found[1] == found[2] == found[3]
    assert held and len(held) == len(set(held))
