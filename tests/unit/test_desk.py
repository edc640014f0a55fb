"""The desk: what waits, most urgent first, each line with a command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from swm.reports.desk import SECTIONS, Desk, desk
from swm.store.facts import Facts
from swm.store.yamltext import dump
from tests import histories
from tests.committed import Committed
from tests.filed import (
    Doc,
    Files,
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

TODAY = date(2026, 10, 20)


class Morning:
    """The desk of files committed in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.ledger = Committed(root, histories.settings_text())

    def desk(self, files: Files, today: date = TODAY) -> Desk:
        snapshot = self.ledger.commit(files)
        return desk(Facts.of(snapshot), snapshot.policy, snapshot.settings, today)

    def lines(self, section: str, files: Files) -> list[tuple[str, str, str]]:
        found = dict(self.desk(files).sections).get(section, [])
        return [(line.id, line.text, line.command) for line in found]


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path)


def one(*records: Doc, **profile: object) -> Files:
    return firm("BK-0001", *records, **profile)


def test_overdue_comes_with_the_act_that_follows(morning: Morning) -> None:
    files = one(registered("03-02"), order("09-05", "10-19", "09-05"))
    files |= firm("BK-0002", registered("03-02"), order("09-05", "10-20", "09-05"))
    assert morning.lines("超期", files) == [
        ("BK-0001", "搬迁中，超期1天（期限 2026-10-19）", "swm advance BK-0001 转取缔")
    ]
    found = morning.lines("七日内到期", files)
    assert [text for _, text, _ in found] == ["搬迁中，今天到期（期限 2026-10-20）"]


@pytest.mark.parametrize(
    ("deadline", "section"),
    [("10-27", "七日内到期"), ("10-28", "三十日内到期"), ("11-19", "三十日内到期"), ("11-20", "")],
)
def test_due_within_seven_and_thirty_days(morning: Morning, deadline: str, section: str) -> None:
    files = one(registered("03-02"), order("09-05", deadline, "09-05"), visit("10-01"))
    found = [line.section for line in morning.desk(files).lines if line.id == "BK-0001"]
    assert found == ([section] if section else [])


def test_a_paper_not_served_waits_with_its_command(morning: Morning) -> None:
    files = one(registered("03-02"), order("10-05", None), visit("10-01"))
    assert morning.lines("待送达", files) == [
        (
            "BK-0001",
            "第2条限期搬迁的文书（2026-10-05作出）尚未送达",
            "swm serve BK-0001 2 --on 2026-10-20 --method 直接",
        )
    ]


def test_an_act_without_its_approval_waits(morning: Morning) -> None:
    closing = {**delisted("10-05", "待整治")}
    closing.pop("批准")
    found = morning.lines("待补批", one(registered("03-02"), closing))
    assert found[0][1] == "第2条销号（2026-10-05）尚无批准"
    assert found[0][2].startswith("swm correct BK-0001 2 --why 补批 --set 批准.人=")


def test_unlawful_production_of_which_nobody_was_told(morning: Morning) -> None:
    told = {"通知派出所": "2026-10-10 22:10", "报告主要领导": "2026-10-10 22:20"}
    files = one(
        registered("03-02"),
        order("09-05", "12-31", "09-05"),
        visit("10-10", "夜查", "在产", **told),
        visit("10-11", "夜查", "在产", 通知派出所="2026-10-11 22:10"),
    )
    assert morning.lines("违法生产未报告", files) == [
        (
            "BK-0001",
            "第4条夜查（2026-10-11）发现在产，没有记报告主要领导的时间",
            'swm correct BK-0001 4 --why 补记 --set "报告主要领导=2026-10-11 时刻"',
        )
    ]


def test_what_was_found_waits_three_days_to_be_dealt_with(morning: Morning) -> None:
    """Also for older disposals: one speaks for what was found up to it."""
    records = (registered("03-02"), order("09-05", "10-30", "09-05"))
    found = visit("10-17", "日常", "在产")
    files = one(*records, found)
    files |= firm("BK-0002", *records, visit("10-18", "日常", "在产"))
    ((id, text, command),) = morning.lines("违法生产未处置", files)
    assert (id, text) == ("BK-0001", "第3条日常（2026-10-17）发现在产，没有处置记录")
    assert command == "swm dispose BK-0001 3 --measure 处置 --by 甲,乙"
    disposal: Doc = {"类型": "处置", "日期": day("10-18"), "处置": "停机", "处置记录": 3}
    late = one(*records, found, {**disposal, "期限": day("10-19")})
    assert morning.lines("违法生产未处置", late) == []
    assert morning.lines("处置超期", late) == [
        (
            "BK-0001",
            "第4条处置“停机”超期1天（期限 2026-10-19）",
            "swm dispose done BK-0001 4 --on 2026-10-20",
        )
    ]
    done: Doc = {"类型": "处置完成", "日期": day("10-20"), "处置记录": 4}
    assert (
        morning.lines("处置超期", one(*records, found, {**disposal, "期限": day("10-19")}, done))
        == []
    )


def test_a_transfer_waits_fifteen_days_for_its_answer(morning: Morning) -> None:
    sent: Doc = {"类型": "移送", "日期": day("10-05"), "移送机关": "生态环境局", "事项": "排污"}
    signed: Doc = {
        "类型": "移送反馈",
        "日期": day("10-09"),
        "移送记录": 2,
        "签收日期": day("10-09"),
    }
    answered: Doc = {"类型": "移送反馈", "日期": day("10-19"), "移送记录": 2, "反馈": "已立案"}
    late = {**sent, "日期": day("10-06")}
    assert morning.lines("移送未反馈", one(registered("03-02"), late)) == []
    ((_, text, command),) = morning.lines("移送未反馈", one(registered("03-02"), sent))
    assert text == "2026-10-05 移送生态环境局：排污，已15天，没有签收，也没有反馈"
    assert command == "swm transfer answer BK-0001 2 --text 反馈内容"
    ((_, text, _),) = morning.lines("移送未反馈", one(registered("03-02"), sent, signed))
    assert text.endswith("已15天，尚未反馈")
    assert morning.lines("移送未反馈", one(registered("03-02"), sent, signed, answered)) == []


def test_what_lies_with_the_county_for_a_month_waits(morning: Morning) -> None:
    records = (registered("03-02"), order("09-05", "10-30", "09-05"))
    told: Doc = {"动作": "报区验收", "由": "搬迁中", "至": "搬迁中", "层级": "区"}
    sent: Doc = {"类型": "动作", "日期": day("09-20"), **told}
    back: Doc = {**sent, "动作": "区验收退回", "日期": day("09-28"), "未完成": ["清设备"]}
    ((_, text, _),) = morning.lines("区级验收未复", one(*records, sent))
    assert text == "2026-09-20 报区验收，已30天没有批复或退回"
    assert morning.lines("区级验收未复", one(*records, sent, back)) == []


def test_a_rebound_waits_until_it_is_taken_up_again(morning: Morning) -> None:
    records = (registered("03-02"), delisted("09-05", "待整治"))
    files = one(*records, visit("10-05", "回头看", "设备回迁"))
    assert morning.lines("反弹未纳入", files) == [
        (
            "BK-0001",
            "已搬迁，2026-10-05 回头看发现设备回迁，尚未重新纳入",
            "swm advance BK-0001 回潮",
        )
    ]


def test_a_lead_nobody_has_checked_and_a_listing_without_deadline(morning: Morning) -> None:
    files = one(registered("10-10", None, "群众举报"))
    files |= firm("BK-0002", registered("09-20", "限期整改"), visit("10-19"))
    files |= firm("BK-0003", registered("09-21", "限期整改"), visit("10-19"))
    assert morning.lines("待核查", files)[0][1] == "群众举报，待核查已10天"
    assert morning.lines("未下达期限", files) == [
        ("BK-0002", "限期整改，列入已30天，没有下达期限", "swm advance BK-0002 限期整改")
    ]


def test_look_backs_thirty_ninety_and_a_hundred_and_eighty_days_after(morning: Morning) -> None:
    records = (registered("03-02"), delisted("09-20", "待整治"))
    never = one(*records)
    once = firm("BK-0002", *records, visit("10-01", "回头看", "已清空"))
    soon = firm("BK-0003", registered("03-02"), delisted("09-27", "待整治"))
    later = firm("BK-0004", registered("03-02"), delisted("09-28", "待整治"))
    found = morning.lines("回头看", never | once | soon | later)
    assert [(id, text) for id, text, _ in found] == [
        ("BK-0001", "已搬迁，第一次回头看应在2026-10-20前"),
        ("BK-0003", "已搬迁，第一次回头看应在2026-10-27前"),
    ]


def test_a_firm_closed_in_2018_is_looked_back_at_from_the_opening_on(morning: Morning) -> None:
    files = one(opening("已取缔", on="10-01", 销号日期=day("2018-05-01")))
    assert morning.lines("回头看", files) == []


def test_night_patrols_against_the_rule(morning: Morning) -> None:
    files = one(registered("03-02"), visit("10-05", "夜查", "停产", 带班领导="孟带班"))
    found = morning.desk(files)
    assert (found.nights, found.nights_wanted) == (1, 4)
    assert [line.text for line in found.lines if line.section == "夜查"] == [
        "10月夜查1次，要求4次，还差3次"
    ]


def test_letters_missing_doubtful_and_ending(morning: Morning) -> None:
    missing = yard("CF-0001")
    doubtful = yard(
        "CF-0002",
        letter(1, "03-01", "12-31"),
        承租=[{"名称": "外来户", "自": day("09-01")}],
    )
    ending = yard("CF-0003", letter(2, "03-01", "11-19"))
    renewed = yard("CF-0004", letter(3, "03-01", "11-19"), letter(4, "10-01", "2027-10-01"))
    files = missing | doubtful | ending | renewed | yard("CF-0005", 用途="闲置")
    assert [(id, text) for id, text, _ in morning.lines("应签保证书", files)] == [
        ("CF-0001", "出租，没有有效的保证书"),
        ("CF-0002", "出租，保证书存疑（房东或承租人已变动）"),
    ]
    assert morning.lines("保证书到期", files) == [
        (
            "CF-0003",
            "保证书 BZ-2026-0002 有效期至 2026-11-19",
            "swm letter add --premises CF-0003 --landlord 房大有 --on 2026-10-20",
        )
    ]


def test_the_most_urgent_comes_first_and_the_town_is_summed_up(morning: Morning) -> None:
    files = one(registered("03-02"), order("09-05", "10-01", "09-05"), visit("10-19"))
    files |= firm("BK-0002", registered("03-02"), order("09-05", "09-10", "09-05"), visit("10-19"))
    files |= firm("BK-0003", registered("03-02"), delisted("10-05", "待整治"))
    files |= firm("BK-0004", registered("10-10", None, "群众举报"))
    found = morning.desk(files)
    assert (found.stock, found.delisted, found.unfinished) == (3, 1, 2)
    places = [SECTIONS.index(name) for name, _ in found.sections]
    assert places == sorted(places)
    assert [line.id for line in found.lines[:2]] == ["BK-0002", "BK-0001"]
    assert all(line.command.startswith("swm ") for line in found.lines)


def test_a_broken_file_is_named_and_the_rest_is_shown(morning: Morning) -> None:
    files = one(registered("03-02"), order("09-05", "10-01", "09-05"))
    found = morning.desk(files | {"企业/BK-00/BK-0002.yaml": b"a: [\n"})
    assert [finding.path for finding in found.unreadable] == ["企业/BK-00/BK-0002.yaml"]
    assert [line.id for line in found.lines if line.section == "超期"] == ["BK-0001"]


def test_an_empty_desk(morning: Morning) -> None:
    found = morning.desk({})
    assert (found.stock, found.unreadable) == (0, ())
    assert [line.section for line in found.lines] == ["夜查"]


# --- lettings and admissions ----------------------------------------------------------------------


def steps(*taken: tuple[str, str]) -> Doc:
    return {
        "清退": [
            {"序号": n, "步骤": what, "日期": day(on), "承租人": "BK-0001"}
            for n, (what, on) in enumerate(taken, start=1)
        ],
        "承租": [{"名称": "BK-0001", "自": day("01-05")}],
    }


VILLAGE = {"房东": [{"姓名": "村委会", "身份": "村集体"}]}


def test_the_village_is_reminded_to_give_its_tenant_notice(morning: Morning) -> None:
    files = one(registered("10-12"), 厂房="CF-0001") | yard("CF-0001", **VILLAGE, **steps())
    assert morning.lines("清退", files) == [
        (
            "CF-0001",
            "村集体厂房里的 BK-0001 俵口兴旺金属加工厂1 2026-10-12 列入，"
            "停租告知已超期5天（应在 2026-10-15 前）",
            "swm premises notice CF-0001 --tenant BK-0001 --on 2026-10-20",
        )
    ]
    private = one(registered("10-12")) | yard("CF-0001", **steps())
    assert morning.lines("清退", private) == []


@pytest.mark.parametrize(
    ("taken", "waits"),
    [
        ((("停租告知", "10-12"),), "clear"),
        ((("停租告知", "10-12"), ("清退", "10-15")), "reported"),
        ((("停租告知", "10-12"), ("清退", "10-15"), ("报送", "10-16")), None),
    ],
)
def test_each_step_of_a_clearing_waits_until_it_is_taken(
    morning: Morning, taken: tuple[tuple[str, str], ...], waits: str | None
) -> None:
    files = one(registered("10-12")) | yard("CF-0001", **steps(*taken))
    commands = [command.split()[2] for _, _, command in morning.lines("清退", files)]
    assert commands == ([waits] if waits else [])


def test_a_broken_letter_waits_until_notice_is_given(morning: Morning) -> None:
    told = letter(1, "02-01", "12-31")
    files = one(registered("10-12"), 厂房="CF-0001")
    broken = morning.lines("违反保证", files | yard("CF-0001", told))
    assert broken[0][1] == (
        "BZ-2026-0001 签订以后，BK-0001 俵口兴旺金属加工厂1于 2026-10-12 列入（第1条）"
    )
    noticed = yard("CF-0001", told, **steps(("停租告知", "10-13")))
    assert morning.lines("违反保证", files | noticed) == []
    late = yard("CF-0001", letter(1, "10-12", "12-31"))
    assert morning.lines("违反保证", files | late) == [], "signed on the very day"
    ended = yard("CF-0001", letter(1, "02-01", "10-11"))
    assert morning.lines("违反保证", files | ended) == []
    void = yard("CF-0001", told | {"作废日期": day("10-12")})
    assert morning.lines("违反保证", files | void) == []


def test_sublet_premises_wait_for_the_other_signature(morning: Morning) -> None:
    both = {"房东": [{"姓名": "房大有"}, {"姓名": "周二", "身份": "二手房东", "自": day("01-01")}]}
    found = morning.lines("应签保证书", yard("CF-0001", letter(1, "02-01", "12-31"), **both))
    assert [text for _, text, _ in found] == ["出租，二手房东没有有效的保证书"]
    signed = letter(2, "02-01", "12-31", 签订人="周二")
    assert (
        morning.lines("应签保证书", yard("CF-0001", letter(1, "02-01", "12-31"), signed, **both))
        == []
    )


def test_an_application_waits_for_its_material(morning: Morning) -> None:
    ruled = {
        "序号": 1,
        "类型": "审查",
        "日期": day("10-01"),
        "建议": "补充材料",
        "结论": "补充材料",
    }
    about = {"方式": "接电", "名称": "甲厂", "村": "俵口村"}
    document = {"编号": "ZR-2026-0001", "记录": [ruled | about]}
    files = {"准入/2026/ZR-2026-0001.yaml": dump(document).encode()}
    assert morning.lines("准入补充材料", files) == [
        (
            "ZR-2026-0001",
            "接电申请要求补充材料，已超期4天（应在 2026-10-16 前）",
            "swm admit supplement ZR-2026-0001 --materials 齐全",
        )
    ]
    ruled["结论"] = "准入"
    document["记录"] = [ruled | about]
    files = {"准入/2026/ZR-2026-0001.yaml": dump(document).encode()}
    assert morning.lines("准入补充材料", files) == []
