"""`list` and `find`: filters, the state on a day, and where a word occurs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from swm.reports.lists import Wanted, find, listing
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.filed import day, delisted, firm, order, registered, visit

TODAY = date(2026, 10, 20)
RENAMED = {
    "类型": "变更", "日期": day("04-01"), "项目": "名称", "原值": "老旺铁艺", "新值": "x",
    "性质": "变更登记",
}  # fmt: skip
FILES = (
    firm(
        "BK-0001",
        registered("03-02"),
        order("03-05", "09-20", "03-05"),
        经营者="赵大",
        电话="13800000001",
        包保=[
            {"角色": "包保领导", "姓名": "孟带班", "自": day("01-01"), "至": day("06-30")},
            {"角色": "包保领导", "姓名": "丁四", "自": day("07-01")},
        ],
    )
    | firm(
        "BK-0002",
        registered("03-03", "关停取缔"),
        delisted("05-05", "待整治", "已取缔"),
        村="白庙村",
    )
    | firm("BK-0003", registered("04-01", None, "群众举报"), RENAMED, 地址="路南ＡＢ12号")
    | firm("BK-10000", visit("05-01"), registered("05-02"), 村="小白庙村", 名称="河东木器")
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    root: Path = tmp_path_factory.mktemp("ledger")
    return Facts.of(Committed(root, histories.settings_text()).commit(FILES))


def ids(facts: Facts, **wanted: object) -> list[str]:
    return [each.id for each in listing(facts, Wanted(**wanted), TODAY)]  # type: ignore[arg-type]


def test_all_of_them_in_the_order_of_their_numbers(facts: Facts) -> None:
    assert ids(facts) == ["BK-0001", "BK-0002", "BK-0003", "BK-10000"]


def test_filters(facts: Facts) -> None:
    assert ids(facts, category="关停取缔") == ["BK-0002"]
    assert ids(facts, state="待核查") == ["BK-0003"]
    assert ids(facts, overdue=True) == ["BK-0001"]
    assert ids(facts, village="俵口村", overdue=True) == ["BK-0001"]
    assert ids(facts, village="没有的村") == []


def test_a_merged_village_is_found_under_both_names(facts: Facts) -> None:
    assert ids(facts, village="白庙村") == ["BK-0002", "BK-10000"]
    assert ids(facts, village="小白庙村") == ["BK-10000"]


def test_the_state_on_a_day_as_known_now(facts: Facts) -> None:
    then = listing(facts, Wanted(on=date(2026, 4, 1)), TODAY)
    assert [(e.id, e.state) for e in then] == [
        ("BK-0001", "搬迁中"),
        ("BK-0002", "待整治"),
        ("BK-0003", "待核查"),
    ]
    assert [e.overdue for e in then] == [False, False, False]
    assert ids(facts, on=date(2026, 5, 1)) == ["BK-0001", "BK-0002", "BK-0003"]
    assert ids(facts, on=date(2026, 9, 21), overdue=True) == ["BK-0001"]
    assert ids(facts, on=date(2026, 9, 20), overdue=True) == []


def test_who_answers_for_it_on_that_day(facts: Facts) -> None:
    assert ids(facts, person="丁四") == ["BK-0001"]
    assert ids(facts, person="孟带班") == []
    assert ids(facts, person="孟带班", on=date(2026, 6, 30)) == ["BK-0001"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("兴旺", [("BK-0001", ""), ("BK-0002", ""), ("BK-0003", "")]),
        ("bk-0002", [("BK-0002", "")]),
        ("铁艺", [("BK-0003", "曾用名：老旺铁艺")]),
        ("赵大", [("BK-0001", "经营者：赵大")]),
        ("1380000", [("BK-0001", "电话：13800000001")]),
        ("ab12", [("BK-0003", "地址：路南ＡＢ12号")]),
        ("hdmq", [("BK-10000", "拼音首字母")]),
        ("%", []),
        ("  ", []),
    ],
)
def test_find_says_where_it_occurs(facts: Facts, text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.id, each.why) for each in find(facts, text, TODAY)] == found
