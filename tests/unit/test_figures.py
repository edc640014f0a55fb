"""The figures: what each counts, on the days on which it matters."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from swm.domain.periods import Period
from swm.errors import NotFound
from swm.reports import definitions, figures
from swm.reports.inquiry import parameters_of
from swm.reports.values import Figure
from swm.store.facts import Facts
from swm.store.factschema import TABLES
from tests import histories
from tests.committed import Committed
from tests.filed import (
    TERM,
    Doc,
    Files,
    act,
    day,
    delisted,
    firm,
    letter,
    opening,
    order,
    registered,
    visit,
    yard,
)
from tests.policy_fixture import policy

OCTOBER = Period.month(2026, 10)
PROMISED = [
    "底数",
    "本月新增",
    "本月回潮",
    "原址再生",
    "异地转移",
    "本月核减",
    "本月销号",
    "本月销号·已取缔",
    "本月销号·已搬迁",
    "本月销号·已整改",
    "已销号",
    "未销号",
    "到期应完成",
    "按期完成",
    "超期",
    "下月到期",
    "列入满30日未下达期限",
    "已作出未送达",
    "本月延期",
    "累计延期",
    "转取缔",
    "联合执法次数",
    "联合执法家数",
    "巡查次数",
    "巡查家次",
    "巡查人次",
    "夜查次数",
    "夜查家次",
    "夜查人次",
    "违法生产",
    "违法生产·通知派出所",
    "违法生产·报告主要领导",
    "违法生产·派出所到场",
    "违法生产·执法人员到场",
    "成组巡查",
    "厂房巡查",
    "点位巡查",
    "外围查看",
    "行政检查",
    "应巡查",
    "巡查覆盖",
    "仅外围查看",
    "应查未查",
    "回头看家次",
    "反弹",
    "厂房",
    "应签",
    "有效",
    "本月签订",
    "30日内到期",
    "补录",
    "待整治",
    "清理中",
    "搬迁中",
    "整改中",
    "执法中",
    "移送",
    "反馈",
    "处置",
    "处置超期",
    "联合执法人次",
    "联合执法部门次",
    "本月文书",
    "本月送达",
    "公告送达",
    "本月报区验收",
    "区验收退回",
    "上级直接销号",
    "举报收到",
    "举报收到·重复",
    "上级交办",
    "举报涉及企业",
    "举报未核查",
    "举报属实",
    "举报答复",
    "举报办结",
    "举报到期应办结",
    "举报按期办结",
    "举报超期",
]
"""What the contract's section 5 and the templates ask for, of what these records can answer."""


class Room:
    """Figures of files committed in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.ledger = Committed(root, histories.settings_text())

    def figure(self, name: str, *files: Files, period: Period = OCTOBER) -> Figure:
        everything: Files = {}
        for some in files:
            everything |= some
        snapshot = self.ledger.commit(everything)
        facts = Facts.of(snapshot)
        assert facts.unreadable == []
        return figures.figure(facts, name, period, snapshot.policy)

    def value(self, name: str, *files: Files, period: Period = OCTOBER) -> int:
        return self.figure(name, *files, period=period).value


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def one(*records: Doc, **profile: object) -> Files:
    return firm("BK-0001", *records, **profile)


# --- the files ----------------------------------------------------------------------------------


def test_every_promised_figure_is_there_with_a_unit_and_a_definition() -> None:
    known = figures.figures(policy())
    assert set(PROMISED) <= set(known)
    for definition in known.values():
        units = ("家", "家次", "人次", "次", "份", "件", "条", "处", "场", "村次")
        assert definition.unit in units
        assert definition.kind in (definitions.STOCK, definitions.FLOW)
        assert definition.definition


def test_no_file_lies_about_unlisted() -> None:
    stems = {path.stem for path in definitions.ROOM.glob("*.sql")}
    assert stems == set(definitions.ORDER)


@pytest.mark.parametrize("path", sorted(definitions.ROOM.rglob("*.sql")), ids=lambda p: p.stem)
def test_the_sql_stays_plain(path: Path) -> None:
    """Nothing that only one engine has; Chinese only in values."""
    sql = re.sub(r"--.*", "", path.read_text("utf-8"))
    own = r"\b(strftime|julianday|date|ifnull|iif|group_concat|printf|glob|rowid|json_\w+|instr)\b"
    assert not re.search(own + r"\s*\(", sql, re.IGNORECASE)
    assert "sqlite" not in sql.lower()
    assert not re.search(r"[一-鿿]", re.sub(r"'[^']*'", "", sql))


def test_an_unknown_figure_is_refused_with_the_names_that_are_near() -> None:
    with pytest.raises(NotFound) as refused:
        figures.defined("销号", policy())
    assert "本月销号" in refused.value.hint


# --- stocks and flows ---------------------------------------------------------------------------


def test_a_suspect_is_not_in_the_stock_until_it_is_listed(room: Room) -> None:
    lead = one(
        registered("09-20", None, "群众举报"),
        act("10-05", "列入", "待核查", "待整治", 类别="关停取缔"),
    )
    september = Period.month(2026, 9)
    assert room.value("底数", lead, period=september) == 0
    assert room.value("待核查", lead, period=september) == 1
    assert room.value("底数", lead) == room.value("本月新增", lead) == 1


def test_the_opening_list_counts_in_stocks_and_never_as_new_or_delisted(room: Room) -> None:
    files = one(opening("已取缔", on="10-01", 销号日期=day("2018-05-01")))
    files |= firm("BK-0002", opening("清理中", on="10-01"))
    assert room.value("底数", files) == 2
    assert room.value("已销号", files) == 1
    assert room.value("本月新增", files) == room.value("本月销号", files) == 0
    assert room.value("期初建账", files) == 2
    assert all(entry.opening for entry in room.figure("底数", files).entries)


def test_a_relapse_is_not_new(room: Room) -> None:
    files = one(
        registered("03-02"),
        delisted("05-05", "待整治"),
        act("10-08", "回潮", "已搬迁", "待整治", 类别="关停取缔"),
    )
    assert room.value("本月新增", files) == 0
    assert [e.category for e in room.figure("本月回潮", files).entries] == ["关停取缔"]
    assert room.value("未销号", files) == 1


def test_what_is_removed_leaves_the_stock_on_that_day(room: Room) -> None:
    gone = one(registered("03-02"), act("10-31", "核减", "待整治", "已核减", 事由="误登记"))
    lead = firm(
        "BK-0002",
        registered("09-02", None, "群众举报"),
        act("10-08", "核减", "待核查", "已核减", 事由="误登记"),
    )
    assert room.value("底数", gone | lead) == 0
    assert [e.id for e in room.figure("本月核减", gone | lead).entries] == ["BK-0001"]
    assert room.value("底数", gone | lead, period=Period.month(2026, 9)) == 1


def test_delisted_by_goal_and_method_the_last_time_in_the_month_counts(room: Room) -> None:
    files = one(
        registered("03-02"),
        delisted("10-02", "待整治"),
        act("10-10", "回潮", "已搬迁", "待整治", 类别="关停取缔"),
        delisted("10-20", "待整治", "已取缔"),
    )
    found = room.figure("本月销号", files)
    assert [(e.state, e.note) for e in found.entries] == [("已取缔", "自行搬离")]
    assert room.value("本月销号·已取缔", files) == 1
    assert room.value("本月销号·已搬迁", files) == 0
    assert room.value("本月回潮", files) == 1


# --- deadlines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("deadline", "overdue", "next_month"), [
    ("10-30", 1, 0), ("10-31", 0, 1), ("11-30", 0, 1), ("12-01", 0, 0),
])  # fmt: skip
def test_the_day_of_the_deadline_is_not_overdue_the_next_is(
    room: Room, deadline: str, overdue: int, next_month: int
) -> None:
    files = one(registered("03-02"), order("09-05", deadline, "09-05"))
    assert room.value("超期", files) == overdue
    assert room.value("下月到期", files) == next_month


def test_what_is_not_served_is_not_overdue(room: Room) -> None:
    unserved = one(registered("03-02"), order("09-05", "09-20"))
    in_days = firm("BK-0002", registered("03-02"), order("09-05", None))
    assert room.value("超期", unserved | in_days) == 0
    assert room.value("已作出未送达", unserved | in_days) == 2
    served = one(
        registered("03-02"),
        order("09-05", None),
        {"类型": "送达", "日期": day("09-08"), "送达记录": 2, "送达方式": "直接",
         "期限": day("09-23")},
    )  # fmt: skip
    assert [e.deadline for e in room.figure("超期", served).entries] == [day("09-23")]


def test_due_in_the_month_and_done_in_time(room: Room) -> None:
    ordered = (registered("03-02"), order("09-05", "10-15", "09-05"))
    on_the_day = one(*ordered, delisted("10-15"))
    a_day_late = firm("BK-0002", *ordered, delisted("10-16"))
    early = firm("BK-0003", *ordered, delisted("09-20"))
    still_open = firm("BK-0004", *ordered)
    longer = {"期限": day("11-15"), "事由": "设备多"}
    extended = firm("BK-0005", *ordered, act("10-10", "延期", "搬迁中", "搬迁中", **longer))
    removed = firm("BK-0006", *ordered, act("10-10", "核减", "搬迁中", "已核减", 事由="误登记"))
    unserved = firm("BK-0007", registered("03-02"), order("09-05", "10-15"))
    files = on_the_day | a_day_late | early | still_open | extended | removed | unserved
    due = [entry.id for entry in room.figure("到期应完成", files).entries]
    assert due == ["BK-0001", "BK-0002", "BK-0003", "BK-0004"]
    met = [entry.id for entry in room.figure("按期完成", files).entries]
    assert met == ["BK-0001", "BK-0003"]
    assert room.value("到期应完成", files, period=Period.month(2026, 9)) == 0


def test_listed_thirty_days_without_a_deadline(room: Room) -> None:
    full, short = one(registered("10-01")), firm("BK-0002", registered("10-02"))
    ordered = firm("BK-0003", registered("09-01"), order("10-20", None))
    again = firm(
        "BK-0004",
        registered("03-02"),
        delisted("05-05", "待整治"),
        act("10-02", "回潮", "已搬迁", "待整治", 类别="关停取缔"),
    )
    found = room.figure("列入满30日未下达期限", full | short | ordered | again)
    assert [entry.id for entry in found.entries] == ["BK-0001"]


# --- visits -------------------------------------------------------------------------------------


def test_one_outing_is_one_day_one_kind_one_team(room: Room) -> None:
    files = one(
        registered("03-02"),
        visit("10-05", "夜查", "停产", "甲一", "乙二", 带班领导="孟带班"),
        visit("10-05", "日常", "停产", "甲一", "乙二"),
    )
    files |= firm(
        "BK-0002",
        registered("03-02"),
        visit("10-05", "夜查", "停产", "乙二", "甲一", 带班领导="孟带班"),
        visit("10-06", "夜查", "停产", "甲一", "乙二", 带班领导="孟带班"),
    )
    assert room.value("夜查次数", files) == 2
    assert room.value("夜查家次", files) == 3
    assert room.value("夜查人次", files) == 6
    assert (room.value("巡查次数", files), room.value("巡查人次", files)) == (3, 8)


def test_a_patrol_is_one_outing_however_many_places(room: Room) -> None:
    files = one(
        registered("03-02"), visit("10-05", "日常", "停产", "甲一", 巡查编号="XC-2026-0001")
    )
    files |= firm(
        "BK-0002",
        registered("03-02"),
        visit("10-05", "夜查", "停产", "甲一", "乙二", 巡查编号="XC-2026-0001"),
    )
    assert (room.value("巡查次数", files), room.value("巡查人次", files)) == (1, 2)


def test_unlawful_production_is_judged_by_the_state_at_the_time(room: Room) -> None:
    files = one(
        registered("03-02"),
        visit("10-01", "日常", "在产"),
        order("10-02", "12-31", "10-02"),
        visit("10-05", "夜查", "有生产迹象", 通知派出所="2026-10-05 22:10"),
        visit("10-06", "日常", "停产"),
    )
    files |= firm("BK-0002", registered("09-02", None, "群众举报"), visit("10-07", "日常", "在产"))
    found = room.figure("违法生产", files)
    assert [(entry.id, entry.state) for entry in found.entries] == [
        ("BK-0001", "搬迁中"),
        ("BK-0002", "待核查"),
    ]
    assert room.value("违法生产·通知派出所", files) == 1
    assert room.value("违法生产·报告主要领导", files) == 0


def test_a_rebound_is_not_lawful_production_after_mending(room: Room) -> None:
    mended = one(
        registered("03-02", "限期整改"),
        delisted("05-05", "待整治", "已整改"),
        visit("10-05", "回头看", "在产"),
    )
    assert room.value("反弹", mended) == 0
    assert room.value("违法生产", mended) == 0
    moved = firm(
        "BK-0002",
        registered("03-02"),
        delisted("05-05", "待整治"),
        visit("10-05", "回头看", "设备回迁"),
    )
    assert [e.id for e in room.figure("反弹", mended | moved).entries] == ["BK-0002"]
    assert room.value("回头看家次", mended | moved) == 2


def test_who_should_have_been_visited_and_was_not(room: Room) -> None:
    never = one(registered("03-02"))
    seen = firm("BK-0002", registered("03-02"), visit("10-01"))
    long_ago = firm("BK-0003", registered("03-02"), visit("09-30"))
    new = firm("BK-0004", registered("10-01"))
    found = room.figure("应查未查", never | seen | long_ago | new)
    assert [(e.id, e.note) for e in found.entries] == [
        ("BK-0001", "没有巡查记录"),
        ("BK-0003", "最近巡查2026-09-30"),
    ]


# --- neighbours, premises, late entries ---------------------------------------------------------


def test_another_operator_on_a_cleared_site_and_the_same_one_elsewhere(room: Room) -> None:
    closed = one(registered("03-02"), delisted("05-05", "待整治"), 经营者="赵大", 厂房="CF-0001")
    here = firm("BK-0002", registered("10-02"), 经营者="钱二", 厂房="CF-0001")
    there = firm("BK-0003", registered("10-03"), 经营者="赵大", 厂房="CF-0002", 村="白庙村")
    files = closed | here | there
    assert [e.id for e in room.figure("原址再生", files).entries] == ["BK-0002"]
    assert [e.id for e in room.figure("异地转移", files).entries] == ["BK-0003"]
    assert room.value("本月新增", files) == 2


def test_letters_in_force_doubtful_and_about_to_end(room: Room) -> None:
    signed = yard("CF-0001", letter(1, "03-01", "11-20"))
    renewed = yard("CF-0002", letter(2, "03-01", "11-20"), letter(3, "10-05", "2027-10-05"))
    changed = {"承租": [{"名称": "外来户", "自": day("09-01")}]}
    doubtful = yard("CF-0003", letter(4, "03-01", "12-31"), **changed)
    own_use = yard("CF-0004", 用途="自用")
    expired = yard("CF-0005", letter(5, "03-01", "10-30"))
    files = signed | renewed | doubtful | own_use | expired
    assert (room.value("厂房", files), room.value("应签", files)) == (5, 4)
    assert [e.id for e in room.figure("已签", files).entries] == ["CF-0001", "CF-0002"]
    assert [e.id for e in room.figure("应签未签", files).entries] == ["CF-0003", "CF-0005"]
    assert room.value("有效", files) == 3
    assert [e.id for e in room.figure("30日内到期", files).entries] == ["BZ-2026-0001"]
    assert [e.id for e in room.figure("本月签订", files).entries] == ["BZ-2026-0003"]


def test_a_letter_for_two_premises_is_one_letter(room: Room) -> None:
    both = yard("CF-0001", letter(1, "10-01", "2027-10-01"))
    both |= yard("CF-0002", letter(1, "10-01", "2027-10-01"))
    assert (room.value("已签", both), room.value("有效", both)) == (2, 1)
    assert room.figure("有效", both).entries[0].note == "2处厂房"


def test_entered_this_month_for_an_earlier_one(room: Room) -> None:
    files = one(
        registered("03-02"),
        visit("09-30", 录入=day("10-01")),
        visit("10-02", 录入=day("10-06")),
    )
    found = room.figure("补录", files)
    assert [(e.number, e.on) for e in found.entries] == [(2, day("09-30"))]
    late = firm("BK-0002", registered("09-20") | {"录入": day("10-08")})
    assert [e.id for e in room.figure("往月补录列入", files | late).entries] == ["BK-0002"]


def test_transfers_and_their_answers(room: Room) -> None:
    transfer = {"类型": "移送", "移送机关": "生态环境局", "事项": "无证排污"}
    files = one(
        registered("03-02"),
        {**transfer, "日期": day("10-02"), "反馈日期": day("11-02")},
        {**transfer, "日期": day("09-02"), "反馈日期": day("10-12")},
    )
    assert (room.value("移送", files), room.value("反馈", files)) == (1, 1)


def test_joint_operations_by_day_and_departments(room: Room) -> None:
    joint = {"部门": ["综合执法队", "供电所"], "结果": "部分完成"}
    other = {"部门": ["供电所", "综合执法队"], "结果": "完成"}
    records = (
        registered("03-02", "关停取缔"),
        act("09-01", "限期清理", "待整治", "清理中", 期限日数=TERM),
    )
    files = one(*records, act("10-08", "联合执法", "清理中", "执法中", **joint))
    files |= firm("BK-0002", *records, act("10-08", "联合执法", "清理中", "执法中", **other))
    files |= firm("BK-0003", *records, act("10-09", "联合执法", "清理中", "执法中", **joint))
    assert (room.value("联合执法次数", files), room.value("联合执法家数", files)) == (2, 3)


def test_a_correction_and_a_withdrawal_change_the_month_they_speak_of(room: Room) -> None:
    moved = {"类型": "更正", "日期": day("11-02"), "更正记录": 2, "改为": {"日期": "2026-09-30"},
             "原因": "日期有误"}  # fmt: skip
    void = {"类型": "撤销", "日期": day("11-03"), "撤销记录": [3]}
    files = one(registered("03-02"), visit("10-05"), visit("10-06"), moved, void)
    assert room.value("巡查家次", files) == 0
    assert room.value("巡查家次", files, period=Period.month(2026, 9)) == 1


def test_a_village_that_was_merged_is_counted_where_it_went(room: Room) -> None:
    files = one(registered("03-02"), 村="小白庙村")
    march, april = Period.month(2026, 3), Period.month(2026, 4)
    assert [e.village for e in room.figure("底数", files, period=march).entries] == ["小白庙村"]
    assert [e.village for e in room.figure("底数", files, period=april).entries] == ["白庙村"]


def test_every_figure_has_the_columns_of_an_entry_in_their_order() -> None:
    names = [
        "id",
        "name",
        "village",
        "category",
        "state",
        "on_day",
        "deadline",
        "number",
        "note",
        "people",
        "opening",
    ]
    asked = parameters_of(Period.month(2026, 1), policy())
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(TABLES)
        for definition in definitions.FIGURES.values():
            found = database.execute(definitions.with_sets(definition.sql), asked)
            assert [column[0] for column in found.description] == names, definition.name
