"""Village scoring: exact points, ties, vetoes, hand entries, announcements that can be checked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain import points, scores
from swm.domain.fields import BadValue
from swm.domain.periods import Period
from swm.domain.points import share, shown, tenths
from swm.domain.records import Approval
from swm.domain.scorerecords import Announced, Deducted, ItemScore, Score, VillageScore
from swm.domain.scores import AnnounceRequest, EnterRequest
from swm.domain.scoring import SCORING, Scheme, Scoring, read_scoring
from swm.domain.scoringproof import prove_scoring
from swm.errors import Refused
from swm.reports.scorecard import Scorecard, scorecard
from swm.store.facts import Facts
from swm.store.yamlread import parse
from tests.committed import Committed
from tests.filed import Doc, delisted, firm, letter, opening, order, registered, visit, yard
from tests.policy_fixture import LEDGER, policy, settings
from tests.scenario.transcript import screen

TODAY = date(2026, 10, 12)
Q3 = Period.quarter(2026, 3)
APPROVED = Approval(person="孟签批", on=TODAY)
TOWN = """格式: 1
台账编号: 0f6c1d2e
镇名: 俵口镇
编号前缀: BK
村: [{名称: 俵口村}, {名称: 兴家坨村}, {名称: 白庙村}, {名称: 小白庙村, 至: 2026-08-31, 并入: 白庙村}]
""".encode()


def shipped() -> Scoring:
    return read_scoring(parse((LEDGER / SCORING).read_bytes(), SCORING))


def scheme(**changes: Any) -> Scheme:
    return replace(shipped().schemes[0], **changes)


# --- points ---------------------------------------------------------------------------------------


@given(st.integers(-99_999, 99_999))
def test_points_are_exact_to_the_tenth(value: int) -> None:
    assert tenths(shown(value)) == value


@pytest.mark.parametrize("text", ["1.25", "五", "", "1e3", "--2", "１", "nan"])
def test_what_is_no_number_of_points_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        tenths(text)


def test_points_are_read_as_people_write_them() -> None:
    assert [tenths(t) for t in ("5", "-2.5", "+1", "－3", "1.50", "2分")] == [
        50,
        -25,
        10,
        -30,
        15,
        20,
    ]
    assert [points.signed(v) for v in (-25, 0, 10)] == ["-2.5", "0", "+1"]


@given(st.integers(1, 1000), st.integers(1, 400), st.data())
def test_a_share_is_rounded_never_all_unless_all_is_done(value: int, whole: int, data: Any) -> None:
    part = data.draw(st.integers(0, whole))
    got = share(value, part, whole)
    assert 0 <= got <= value
    assert (got == value) == (part == whole)
    assert abs(got * whole - value * part) * 2 <= whole or got == value - 1


# --- the scheme -----------------------------------------------------------------------------------


def test_the_scheme_that_ships_hangs_together() -> None:
    assert list(prove_scoring(shipped(), policy(), TODAY)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("名称: 没有超期, 分值: 10", "名称: 没有超期, 分值: 12", "各项分值之和是 102"),
        ("名称: 零报告, 分值", "名称: 宣传发动, 分值", "“宣传发动”写了2次"),
        ("数字: 反弹, 每条扣: 10,", "数字: 反弹,", "缺少“每条扣”"),
        ("名称: 良好, 不低于: 80", "名称: 良好, 不低于: 95", "应低于“优秀”"),
        ("名称: 不合格, 不低于: 0", "名称: 不合格, 不低于: 10", "最后一等应从 0 分起"),
        ("结果: 零分", "结果: 除名", "没有“除名”"),
        ("满: 3, ", "", "应同时写"),
        ("依据: 方案六5、本镇暂定}\n    加分", "依据: 方案六99}\n    加分", "依据里没有“方案六99”"),
        ("方式: 手工, 说明: 村有", "方式: 手工, 数字: 超期, 说明: 村有", "不写“数字”"),
    ],
)
def test_what_does_not_hang_together_is_named(old: str, new: str, told: str) -> None:
    text = (LEDGER / SCORING).read_text("utf-8")
    assert old in text
    bad = read_scoring(parse(text.replace(old, new).encode(), SCORING))
    said = [str(finding) for finding in prove_scoring(bad, policy(), TODAY)]
    assert any(told in each for each in said), said


def test_schemes_follow_one_another_without_overlap() -> None:
    first = scheme(until=date(2026, 6, 30))
    two = Scoring(schemes=(first, scheme(since=date(2026, 6, 30))))
    assert any("重叠" in str(f) for f in prove_scoring(two, policy(), TODAY))
    good = Scoring(schemes=(first, scheme(since=date(2026, 7, 1), full="100")))
    assert good.on(Q3.end).since == date(2026, 7, 1)
    assert good.on(date(2026, 6, 30)) is first


# --- what a village scores ------------------------------------------------------------------------


def card(
    tmp_path: Path,
    *files: dict[str, bytes],
    period: Period = Q3,
    today: date = TODAY,
    **changes: Any,
) -> Scorecard:
    everything: dict[str, bytes] = {}
    for each in files:
        everything |= each
    snapshot = Committed(tmp_path, TOWN).commit(everything)
    held = scheme(**changes)
    return scorecard(Facts.of(snapshot), snapshot.settings, snapshot.policy, held, period, today)


def item(result: VillageScore | None, name: str) -> ItemScore:
    assert result is not None
    return next(each for each in result.items if each.item == name)


def entry(number: int, village: str, name: str, points: str | None, why: str = "抽查") -> Doc:
    told = {"序号": number, "类型": "评分", "日期": date(2026, 10, 8), "村": village, "项目": name}
    return told | ({"分值": points} if points else {}) | {"原因": why}


def entered(*records: Doc) -> dict[str, bytes]:
    from swm.store.yamltext import dump

    return {
        "考核/2026/KH-2026-Q3.yaml": dump({"编号": "KH-2026-Q3", "记录": list(records)}).encode()
    }


OVERDUE = (registered("05-04"), order("05-06", "08-20", "05-06"), visit("09-28"))
BACK = (opening("已取缔"), visit("08-05", "回头看", "在产"))


def test_an_item_names_the_records_that_cost_points_and_stops_at_nought(tmp_path: Path) -> None:
    files = [firm(f"BK-{n:04d}", *OVERDUE) for n in range(1, 8)]
    found = item(card(tmp_path, *files).of("俵口村"), "没有超期")
    assert (found.points, found.most, found.basis) == ("0", "10", "超期7家，扣完为止")
    assert [(x.id, x.points) for x in found.because] == [(f"BK-{n:04d}", "-2") for n in range(1, 6)]


def test_rates_bonuses_and_quotas_are_reckoned_exactly(tmp_path: Path) -> None:
    signed = letter(1, "08-01", "2027-08-01")
    files = [yard("CF-0001", signed), yard("CF-0002"), yard("CF-0003")]
    lead = firm("BK-0001", registered("08-04", source="村级上报"), visit("09-20"))
    before = firm("BK-0002", registered("06-01"), 村="白庙村")
    result = card(tmp_path, *files, lead, before).of("俵口村")
    letters = item(result, "房东保证书")
    assert (letters.points, letters.basis) == ("3.3", "已签1，应签3，33.3%")
    assert [x.id for x in letters.because] == ["CF-0002", "CF-0003"]
    bonus = item(result, "主动上报")
    assert (bonus.points, bonus.most, [x.id for x in bonus.because]) == ("1", "5", ["BK-0001"])
    assert item(result, "宣传发动").points == "0"
    silent = item(result, "零报告")
    assert (silent.points, silent.basis) == ("1", "应报未报2次")
    assert [x.why for x in silent.because] == [
        "7月，没有零报告，也没有登记和排查",
        "9月，没有零报告，也没有登记和排查",
    ]


def test_the_same_points_share_a_rank_and_bare_villages_stay_out(tmp_path: Path) -> None:
    one = firm("BK-0001", *OVERDUE)
    two = firm("BK-0002", opening("已取缔"), 村="白庙村")
    three = firm("BK-0003", opening("已取缔"), 村="兴家坨村")
    found = card(tmp_path, one, two, three)
    assert [(r.village, r.rank) for r in found.results] == [
        ("兴家坨村", 1),
        ("白庙村", 1),
        ("俵口村", 3),
    ]
    alone = card(tmp_path / "x" if (tmp_path / "x").mkdir() is None else tmp_path, one)
    assert [(r.village, r.takes_part) for r in alone.results] == [
        ("俵口村", True),
        ("兴家坨村", False),
        ("白庙村", False),
    ]
    assert sum(alone.grades.values()) == 1


def test_bare_villages_take_part_where_the_policy_says_so(tmp_path: Path) -> None:
    found = card(tmp_path, firm("BK-0001", *OVERDUE), bare="参评")
    assert all(result.takes_part for result in found.results)


def test_a_merged_village_counts_under_its_new_name(tmp_path: Path) -> None:
    found = card(tmp_path, firm("BK-0001", *OVERDUE, 村="小白庙村"), entered(
        entry(1, "小白庙村", "排查不漏", "-5")))  # fmt: skip
    result = found.of("白庙村")
    assert item(result, "没有超期").points == "8"
    assert item(result, "排查不漏").points == "10"
    assert found.of("小白庙村") is None


def test_hand_entries_add_up_within_the_item(tmp_path: Path) -> None:
    files = entered(
        entry(1, "俵口村", "排查不漏", "-10"),
        entry(2, "俵口村", "排查不漏", "-10"),
        entry(3, "俵口村", "表彰", "4.5"),
        entry(4, "无名村", "排查不漏", "-5"),
    )
    found = card(tmp_path, firm("BK-0001", opening("已取缔")), files)
    result = found.of("俵口村")
    assert item(result, "排查不漏").points == "0"
    assert [x.points for x in item(result, "排查不漏").because] == ["-10", "-10"]
    assert item(result, "表彰").points == "4.5"
    assert any("KH-2026-Q3 第4条" in notice for notice in found.notices)


def test_a_veto_makes_it_nought_or_lowers_the_grade(tmp_path: Path) -> None:
    three = [firm(f"BK-{n:04d}", *BACK) for n in (1, 2, 3)]
    other = firm("BK-0004", opening("已取缔"), 村="白庙村")
    lied = entered(entry(1, "白庙村", "瞒报虚报", None))
    found = card(tmp_path, *three, other, lied)
    one, two = found.of("俵口村"), found.of("白庙村")
    assert one and two
    assert (one.grade, one.vetoes) == ("不合格", ("集中反弹（不合格；反弹3家）",))
    assert tenths(one.points or "0") > 0
    assert [r.village for r in found.results if r.takes_part] == ["俵口村", "白庙村"]
    assert (two.points, two.grade) == ("0", "不合格")
    assert two.vetoes == ("瞒报虚报（零分；KH-2026-Q3 第1条）",)


def test_a_lowered_grade_ranks_below_every_better_one(tmp_path: Path) -> None:
    three = [firm(f"BK-{n:04d}", *BACK) for n in (1, 2, 3)]
    late = [firm(f"BK-{n:04d}", *OVERDUE, 村="白庙村") for n in range(4, 8)]
    letters = [yard(f"CF-{n:04d}", 村="白庙村") for n in (1, 2)]
    found = card(tmp_path, *three, *late, *letters)
    one, two = found.of("俵口村"), found.of("白庙村")
    assert one and two and tenths(one.points or "0") > tenths(two.points or "0")
    assert ((one.grade, one.rank), (two.grade, two.rank)) == (("不合格", 2), ("合格", 1))


def test_months_still_to_come_cost_nothing(tmp_path: Path) -> None:
    lead = firm("BK-0001", registered("07-04"))
    early = card(tmp_path, lead, today=date(2026, 8, 20)).of("俵口村")
    assert item(early, "零报告").points == "3"
    (tmp_path / "late").mkdir()
    late = card(tmp_path / "late", lead, today=date(2026, 9, 1)).of("俵口村")
    assert item(late, "零报告").points == "2"
    (tmp_path / "month").mkdir()
    month = card(tmp_path / "month", lead, period=Period.month(2026, 9)).of("俵口村")
    assert [x.why for x in item(month, "零报告").because] == ["没有零报告，也没有登记和排查"]


def test_before_its_end_a_period_stands_as_of_today(tmp_path: Path) -> None:
    coming = firm("BK-0001", registered("09-04"), order("09-05", "09-20", "09-05"))
    early = card(tmp_path, coming, today=date(2026, 9, 18)).of("俵口村")
    assert item(early, "没有超期").points == "10"
    (tmp_path / "late").mkdir()
    late = card(tmp_path / "late", coming, today=date(2026, 9, 21)).of("俵口村")
    assert item(late, "没有超期").points == "8"


def test_a_figure_that_the_program_lacks_is_told_and_costs_nothing(tmp_path: Path) -> None:
    items = tuple(
        replace(each, figure="没有这个数") if each.name == "没有超期" else each
        for each in shipped().schemes[0].items
    )
    found = card(tmp_path, firm("BK-0001", *OVERDUE), items=items)
    assert item(found.of("俵口村"), "没有超期").points == "10"
    assert "“没有超期”未计：本程序没有数字“没有这个数”，按满分" in found.notices


def test_the_total_is_the_sum_of_the_items(tmp_path: Path) -> None:
    files = [firm(f"BK-{n:04d}", *BACK) for n in (1, 2)]
    more = [firm(f"BK-{n:04d}", *OVERDUE) for n in (3, 4)]
    gone = firm("BK-0005", registered("07-01"), order("07-03", "08-01", "07-03"), delisted("07-20"))
    for result in card(tmp_path, *files, *more, gone, yard("CF-0001")).results:
        if result.points is not None and not result.vetoes:
            assert tenths(result.points) == sum(tenths(each.points) for each in result.items)


# --- entering and announcing ----------------------------------------------------------------------


def enter(item: str = "排查不漏", points: int | None = -50, **more: Any) -> EnterRequest:
    told = {"period": Q3, "village": "俵口村", "item": item, "points": points, "reason": "漏报一家",
            "on": TODAY, **more}  # fmt: skip
    return EnterRequest(**told)


def missing(request: EnterRequest) -> list[str]:
    with pytest.raises(Refused) as refused:
        scores.enter(None, request, scheme(), policy(), settings(), TODAY)
    return [each.text for each in refused.value.missing]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (enter("没有反弹"), ["“没有反弹”由数字“反弹”计算，不能手工加减"]),
        (enter("没有这项"), ["考核办法里没有“没有这项”"]),
        (enter(points=None), ["加几分或扣几分"]),
        (enter(points=0), ["加几分或扣几分"]),
        (enter(points=-160), ["“排查不漏”共 15 分，-16 分超出"]),
        (enter("瞒报虚报"), ["“瞒报虚报”是一票否决，不写分值"]),
        (enter(reason=""), ["加减分的原因"]),
        (enter(period=Period.quarter(2027, 1)), ["2027年第一季度还没有开始"]),
        (enter(period=Period.week(TODAY)), ["2026年第42周（2026年10月12日至10月18日）不是月、季度或年，不作考核"]),
        (enter("什么", 0, village="无名村"),
         ["2026-09-30 的村名册里没有“无名村”", "考核办法里没有“什么”"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_an_entry_is_told(request_: EnterRequest, told: list[str]) -> None:
    assert missing(request_) == told


def result(village: str, points: str | None, rank: int | None = 1) -> VillageScore:
    because = (Deducted(id="BK-0001", number=3, points="-2"),)
    items = (ItemScore(item="没有超期", points="8", most="10", because=because),)
    grade = "优秀" if points else None
    return VillageScore(village=village, points=points, grade=grade, rank=rank, items=items)


def announcing(*results: VillageScore, **more: Any) -> AnnounceRequest:
    told = {"period": Q3, "version": "3" * 40, "policy": "a" * 64, "results": results, "notices": (),
            "grades": {"优秀": 1}, "by": ("甲一",), "approval": APPROVED, "on": TODAY, **more}  # fmt: skip
    return AnnounceRequest(**told)


def test_an_announcement_needs_its_people_and_a_period_that_has_ended() -> None:
    bad = announcing(
        result("俵口村", None, None), by=(), approval=None, period=Period.quarter(2026, 4)
    )
    with pytest.raises(Refused) as refused:
        scores.announce(None, bad, policy(), TODAY)
    assert [m.text for m in refused.value.missing] == [
        "2026年第四季度还没有过完（到 2026-12-31），结果会变",
        "没有一个村参评",
        "由谁公布",
        "由谁批准公布",
    ]


def kept(*records: Any) -> Score:
    return Score(id="KH-2026-Q3", records=records)


def announced(*results: VillageScore, edition: int = 1) -> Announced:
    return Announced(
        number=edition, type="公布", on=date(2026, 10, 8), by=("甲一",), edition=edition,
        version="3" * 40, policy="a" * 64, ends=Q3.end, approval=APPROVED, results=results,
    )  # fmt: skip


def test_a_second_announcement_is_a_corrected_edition_with_its_reason() -> None:
    old = kept(announced(result("俵口村", "96")))
    with pytest.raises(Refused) as same:
        scores.announce(old, announcing(result("俵口村", "96"), reason="再看看"), policy(), TODAY)
    assert "一致" in same.value.message
    with pytest.raises(Refused) as bare:
        scores.announce(old, announcing(result("俵口村", "91")), policy(), TODAY)
    assert [m.command for m in bare.value.missing] == ["--why 原因"]
    change = scores.announce(
        old, announcing(result("俵口村", "91"), reason="漏算"), policy(), TODAY
    )
    assert "更正版第1次" in change.subject


def test_differences_name_village_and_item() -> None:
    one = result("俵口村", "96")
    other = replace(one, points="94", items=(replace(one.items[0], points="6"),))
    assert scores.differences((one,), (other,)) == [
        "俵口村 得分：96 → 94",
        "俵口村“没有超期”：8分 → 6分",
    ]
    moved = replace(one, items=(replace(one.items[0], because=()),))
    assert scores.differences((one,), (moved,)) == ["俵口村“没有超期”：得分相同，所凭的记录不同"]
    assert scores.differences((one,), ()) == ["俵口村：原来有，现在没有"]
    assert scores.same((one,), (result("俵口村", "96"),))


# --- from the clerk's chair -----------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    say(tmp_path, "swm init . --town 俵口镇 --villages 俵口村、兴家坨村")
    say(tmp_path, "swm add --name 兴旺厂 --village 俵口村 --category 搬迁改造 --on 2026-08-03")
    return tmp_path


def say(ledger: Path, command: str) -> str:
    return "\n".join(screen(command, TODAY.isoformat(), ledger))


ANNOUNCE = "swm score 2026-Q3 --announce --by 甲一 --approver 孟签批"


def test_what_was_announced_is_recomputed_from_its_commit(ledger: Path) -> None:
    say(ledger, "swm score enter 2026-Q3 --village 俵口村 --item 排查 --points -5 --why 漏报一家")
    assert "公布 KH-2026-Q3" in say(ledger, ANNOUNCE)
    assert "完全一致" in say(ledger, "swm score check 2026-Q3")
    say(ledger, "swm score enter 2026-Q3 --village 俵口村 --item 表彰 --points 2 --why 全区交流")
    told = say(ledger, "swm score check 2026-Q3")
    assert "完全一致" in told and "公布后变化" in told and "“表彰”：原来没有这一项" in told
    assert "更正版第1次" in say(ledger, f"{ANNOUNCE} --why 漏记表彰")
    assert "公布以后没有变化" in say(ledger, "swm score check 2026-Q3")


def test_a_frozen_result_that_was_tampered_with_is_found(ledger: Path) -> None:
    say(ledger, ANNOUNCE)
    place = ledger / "考核/2026/KH-2026-Q3.yaml"
    text = place.read_text("utf-8")
    place.write_text(text.replace('得分: "15"', '得分: "12"', 1), "utf-8")
    say(ledger, "git -c user.name=x -c user.email=x@e.invalid commit -qam 改一改")
    told = say(ledger, "swm score check 2026-Q3")
    assert "不符" in told and "俵口村“排查不漏”：12分 → 15分" in told and told.endswith("[1]")


def test_an_announcement_cannot_be_corrected_by_hand(ledger: Path) -> None:
    say(ledger, ANNOUNCE)
    assert "不能更正" in say(ledger, "swm correct KH-2026-Q3 1 --why 改 --set 台账版本=1234")
    assert "撤销 KH-2026-Q3" in say(ledger, "swm undo --why 没有批下来")
    assert "没有公布过" in say(ledger, "swm score check 2026-Q3")
    assert "尚未公布" in say(ledger, "swm score 2026-Q3")


def test_entries_are_corrected_and_withdrawn_like_any_record(ledger: Path) -> None:
    enter = "swm score enter 2026-Q3 --village 俵口村 --item 排查不漏 --points -5 --why 漏报"
    say(ledger, enter)
    say(ledger, "swm correct KH-2026-Q3 1 --set 分值=-2.5 --why 算错")
    assert "12.5/15分" in say(ledger, "swm score 2026-Q3 --village 俵口村")
    assert "不是分数" in say(ledger, "swm correct KH-2026-Q3 1 --set 分值=很多 --why 试")
    say(ledger, "swm undo")
    assert "10/15分" in say(ledger, "swm score 2026-Q3 --village 俵口村")
    say(ledger, "swm check")


def test_json_is_one_document_with_exact_points(ledger: Path) -> None:
    document = json.loads(say(ledger, "swm score 2026-Q3 --json -q"))
    first = document["村"][0]
    assert (first["村"], document["期间"], document["公布"]) == ("俵口村", "2026-Q3", None)
    assert sum(tenths(each["得分"]) for each in first["各项"]) == tenths(first["得分"])


def test_a_ledger_without_the_scheme_is_told_what_to_do(ledger: Path) -> None:
    say(ledger, f"git rm -q {SCORING}")
    say(ledger, "git -c user.name=x -c user.email=x@e.invalid commit -qam 去掉")
    told = say(ledger, "swm score 2026-Q3")
    assert "还没有考核办法（制度/考核.yaml）" in told and "Traceback" not in told
    assert "BK-0001" in say(ledger, "swm list")
    assert "没有发现问题" in say(ledger, "swm check 制度")


def test_a_bad_scheme_is_found_and_not_adopted(ledger: Path) -> None:
    place = ledger / SCORING
    place.write_text(place.read_text("utf-8").replace("满分: 100", "满分: 90"), "utf-8")
    assert "满分写的是 90" in say(ledger, "swm check 制度")
    assert "满分写的是 90" in say(ledger, "swm adopt --why 改满分")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("swm score", "要写明是哪个期间"),
        ("swm score 随便", "不是期间"),
        ("swm score 2026-W41", "不作考核"),
        ("swm score 2027", "还没有开始"),
        ("swm score check 2026-Q3", "没有公布过"),
        ("swm score enter 2026-Q3", "缺少"),
        ("swm score 2026-Q3 --village 无名村", "没有“无名村”这种村"),
        (
            "swm score enter 2026-Q3 --village 俵口村 --item 排查 --points 1.25 --why 试",
            "最多一位小数",
        ),
    ],
)
def test_bad_input_gets_one_clear_message(ledger: Path, command: str, told: str) -> None:
    assert told in say(ledger, command)
