"""宣传、培训、会议、零报告: what each kind asks for, in what unit it counts, who said nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from swm.domain import activities
from swm.domain.activities import ActivityRequest, ZeroRequest
from swm.domain.periods import Period
from swm.errors import Refused
from swm.reports import desk, figures
from swm.reports.assessment import assessment
from swm.store.ledger import find
from tests.policy_fixture import enterprise, policy, settings
from tests.scenario.transcript import screen

TODAY = date(2026, 3, 10)
OCTOBER = Period.month(2026, 10)


def held(kind: str, **more: Any) -> ActivityRequest:
    return ActivityRequest(**{"kind": kind, "title": "主题", "on": date(2026, 3, 9), **more})


def lacking(request: ActivityRequest, **cases: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        activities.add([], request, policy(), settings(), TODAY, cases.get("cases"))
    return [missing.text for missing in refused.value.missing]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (held("培训"), ["培训了多少人", "培训的内容"]),
        (held("培训", people=9, topics=("安全",), form="微信"), ["培训没有“微信”这种形式"]),
        (held("宣传", form="典型案例曝光"), ["曝光的是哪些企业"]),
        (held("宣传", topics=("安全",)), ["宣传不写培训内容"]),
        (held("宣传", decisions=("议定",)), ["宣传不写议定事项"]),
        (held("零报告"), ["零报告要写明村和期间"]),
        (held("培训", village="无名村"),
         ["2026-03-09 的村名册里没有“无名村”", "培训了多少人", "培训的内容"]),
    ],
)  # fmt: skip
def test_all_that_a_kind_asks_for_is_told(request_: ActivityRequest, told: list[str]) -> None:
    assert lacking(request_) == told


@pytest.mark.parametrize(
    "request_",
    [
        held("宣传"),
        held("会议", decisions=("对超期的联合执法",)),
        held("培训", people=30, topics=("安全", "消防", "环保"), audience="网格员"),
        held("宣传", form="条幅", pieces=4, village="俵口村"),
    ],
)
def test_little_is_asked_for(request_: ActivityRequest) -> None:
    change = activities.add([], request_, policy(), settings(), TODAY)
    assert change.recorded["编号"] == "HD-2026-0001"


def test_only_what_was_confirmed_can_be_exposed() -> None:
    from dataclasses import replace

    listed = enterprise()
    suspect = replace(listed, id="BK-0002", records=(replace(listed.records[0], category=None),))
    told = held("宣传", form="典型案例曝光", cases=("BK-0001", "BK-0002"))
    assert lacking(told, cases={"BK-0001": listed, "BK-0002": suspect}) == [
        "BK-0002 那一天是待核查，没有查实列入的不能作为典型案例曝光"
    ]
    early = held("宣传", form="典型案例曝光", cases=("BK-0001",), on=date(2026, 1, 4))
    assert "那一天还没有登记" in lacking(early, cases={"BK-0001": listed})[0]


def test_one_report_a_village_and_month_and_none_ahead() -> None:
    request = ZeroRequest(village="俵口村", period=OCTOBER, on=date(2026, 9, 30))
    with pytest.raises(Refused) as refused:
        activities.zero([], request, "HD-2026-0007", policy(), settings(), date(2026, 9, 30))
    assert [m.text for m in refused.value.missing] == [
        "2026年10月还没有开始，2026-09-30 不能报",
        "俵口村2026年10月已经报过（HD-2026-0007），一村一期只报一次",
        "谁报的",
    ]


# --- from the clerk's chair -----------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    say(tmp_path, "swm init . --town 俵口镇 --villages 俵口村、兴家坨村、白庙村", "2026-10-01")
    for name, village in (("兴旺厂", "俵口村"), ("宏达厂", "兴家坨村")):
        add = f"swm add --name {name} --village {village} --category 关停取缔 --on 2026-09-10"
        say(tmp_path, add, "2026-09-10")
    return tmp_path


def say(ledger: Path, command: str, today: str = "2026-11-04") -> str:
    return "\n".join(screen(command, today, ledger))


def number(ledger: Path, name: str, period: Period = OCTOBER) -> int:
    found = find(ledger, ledger)
    return figures.figure(found.facts(), name, period, found.snapshot().policy).value


def test_each_unit_is_counted_apart(ledger: Path) -> None:
    on = "--on 2026-10-08"
    say(ledger, f"swm activity add --kind 宣传 --title 明白纸 --form 明白纸 --copies 120 {on}")
    say(ledger, f"swm activity add --kind 宣传 --title 条幅 --form tf --pieces 6 {on}")
    say(ledger, f"swm activity add --kind 培训 --title 业务 --people 38 --topics 安全,消防 {on}")
    say(
        ledger,
        f"swm activity add --kind 会议 --title 调度 --decision 联合执法 --decision 夜查 {on}",
    )
    say(ledger, f"swm activity add --kind 宣传 --title 曝光 --form 典型 --cases 1,2 {on}")
    wanted = {"宣传": 3, "宣传材料": 120, "标语推送": 6, "培训": 1, "培训人次": 38, "会议": 1,
              "典型案例曝光": 2, "零报告": 0}  # fmt: skip
    assert {name: number(ledger, name) for name in wanted} == wanted
    assert number(ledger, "宣传", OCTOBER.previous()) == 0
    told = say(ledger, "swm activity list --month 2026-10 --kind 宣传")
    assert "120份" in told and "6条" in told and "2件" in told and "共 3 项：宣传 3 场" in told
    assert "1. 联合执法" in say(ledger, "swm activity show 4")
    assert "议定事项.2=加密夜查" not in say(
        ledger, "swm correct HD-2026-0004 1 --set 议定事项.2=加密夜查 --why 记错"
    )
    assert "2. 加密夜查" in say(ledger, "swm activity show HD-2026-0004")
    assert json.loads(say(ledger, "swm activity show 4 --json -q"))["编号"] == "HD-2026-0004"


def test_who_said_nothing_is_found_and_a_late_report_belongs_to_its_month(ledger: Path) -> None:
    missing = "swm activity missing 2026-10"
    assert say(ledger, missing).startswith("俵口村\n兴家坨村\n白庙村\n")
    say(ledger, "swm activity zero --village 俵口村 --by 王支书 --period 2026-10")
    assert say(ledger, missing).startswith("兴家坨村\n白庙村\n2026年10月应报未报的村 2 个")
    see = "swm inspect 2 --kind 村级排查 --by 甲,乙 --result 停产 --on 2026-10-20"
    say(ledger, see)
    assert say(ledger, missing).startswith("白庙村\n")
    assert (number(ledger, "零报告"), number(ledger, "零报告", Period.month(2026, 11))) == (1, 0)
    again = say(ledger, "swm activity zero --village 俵口村 --by 王支书 --period 2026-10")
    assert "已经报过（HD-2026-0001）" in again
    say(ledger, "swm undo")
    assert "HD-2026-0002" not in say(ledger, missing)


def test_the_desk_names_the_silent_villages_only_where_the_policy_asks(ledger: Path) -> None:
    def lines(today: str) -> list[str]:
        found = find(ledger, ledger)
        snapshot = found.snapshot()
        day = date.fromisoformat(today)
        seen = desk.desk(found.facts(), snapshot.policy, snapshot.settings, day)
        return [line.text for line in seen.lines if line.section == "零报告"]

    assert lines("2026-11-04") == [
        "俵口村、兴家坨村、白庙村10月没有登记、排查，也没有零报告，应在11月5日前报"
    ]
    assert "已过应报的11月5日3天" in lines("2026-11-08")[0]
    assert lines("2026-09-20") == [], "the ledger was not kept in August"
    place = ledger / "制度/期限.yaml"
    text = place.read_text("utf-8")
    place.write_text(re.sub(r"  - 名称: 零报告\n(?:    .*\n)+", "", text), "utf-8")
    say(ledger, "swm adopt --why 不作要求")
    assert lines("2026-11-04") == []


def test_a_zero_report_beside_a_registration_is_recorded_and_told(ledger: Path) -> None:
    told = say(ledger, "swm activity zero --village 俵口村 --by 王支书 --period 2026-09 --on 09-30")
    assert "提醒：俵口村2026年9月登记了1家企业" in told and "已记录" in told


def test_the_month_and_last_day_of_a_zero_report_are_not_corrected(ledger: Path) -> None:
    say(ledger, "swm activity zero --village 俵口村 --by 王支书 --period 2026-10")
    assert "不能更正" in say(ledger, "swm correct HD-2026-0001 1 --set 期间=2026-09 --why 试")


def test_a_photograph_is_kept_without_its_place_and_checked(ledger: Path) -> None:
    from PIL import Image

    Image.new("RGB", (40, 30), "white").save(ledger / "现场.jpg")
    say(ledger, "swm activity add --kind 宣传 --title 广播 --photo 现场.jpg")
    (kept,) = (ledger / "附件").rglob("*.jpg")
    assert "照片  1张" in say(ledger, "swm activity show 1")
    kept.unlink()
    assert "附件里没有照片" in say(ledger, "swm check 附件")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("swm activity show", "要写明是哪次活动"),
        ("swm activity show 99", "没有编号为 HD-2026-0099 的活动"),
        ("swm activity show BK-0001", "“BK-0001”不是活动的编号"),
        ("swm activity missing", "要写明是哪个月"),
        ("swm activity missing 今年", "不是期间"),
        ("swm activity zero --village 俵口村", "缺少 --by"),
        ("swm activity add --kind 宣传 --title 甲 --copies 很多", "不是正整数"),
        ("swm activity add --kind 宣传 --title 甲 --cases 99", "没有编号为 BK-0099 的企业"),
        ("swm activity add --kind 开会 --title 甲", "没有“开会”这种活动"),
    ],
)
def test_bad_input_gets_one_clear_message(ledger: Path, command: str, told: str) -> None:
    said = say(ledger, command)
    assert told in said and "内部错误" not in said


# --- the report's paragraph on scores -------------------------------------------------------------


def test_the_report_prints_what_had_been_announced_by_its_last_day(ledger: Path) -> None:
    def told(month: int) -> Any:
        facts = find(ledger, ledger).facts()
        return assessment(facts, Period.month(2026, month), date(2026, 1, 1))

    assert (told(11).title, told(11).on) == ("2026年第三季度", None)
    say(ledger, "swm score 2026-10 --announce --by 甲一 --approver 孟签批")
    assert (told(11).title, told(10).title) == ("2026年10月", "2026年第三季度")
    say(ledger, "swm score 2026-Q3 --announce --by 甲一 --approver 孟签批")
    found = told(11)
    assert (found.title, found.on, found.edition) == ("2026年第三季度", date(2026, 11, 4), 1)
    assert found.villages == 2 and found.left_out == 1
    assert [name for name, _ in found.grades] == ["优秀", "良好", "合格", "不合格"]
    assert told(10).on is None, "it was announced in November"
    assert told(8).on is None, "in August the second quarter was the last to end"
    enter = "swm score enter 2026-Q3 --village 俵口村 --item 排查不漏 --points -5 --why 漏报"
    say(ledger, enter)
    assert told(11).least_points == found.least_points
    say(ledger, "swm score 2026-Q3 --announce --by 甲一 --approver 孟签批 --why 漏算")
    assert told(11).edition == 2 and told(11).least == ("俵口村",)


def test_check_finds_a_second_report_and_a_case_that_is_none(ledger: Path) -> None:
    say(ledger, "swm activity zero --village 俵口村 --by 王支书 --period 2026-10")
    say(ledger, "swm activity zero --village 兴家坨村 --by 李支书 --period 2026-10")
    say(ledger, "swm correct HD-2026-0002 1 --set 村=俵口村 --why 写错村")
    told = say(ledger, "swm check 活动和考核")
    assert "提醒" in told and "俵口村2026-10的零报告已有HD-2026-0001" in "".join(told.split())
    say(ledger, "swm activity add --kind 宣传 --title 曝光 --form 典型案例曝光 --cases 1")
    say(ledger, "swm correct HD-2026-0003 1 --set 曝光企业=BK-0077 --why 试")
    told = say(ledger, "swm check 活动和考核")
    assert "没有编号为 BK-0077 的企业" in told and told.endswith("[1]")


def test_check_finds_entries_that_do_not_count(ledger: Path) -> None:
    enter = "swm score enter 2026-Q3 --village 俵口村 --item 排查不漏 --points -5 --why 漏报"
    say(ledger, enter)
    assert "没有发现问题" in say(ledger, "swm check 活动和考核")
    say(ledger, "swm correct KH-2026-Q3 1 --set 村=无名村 --set 项目=随便 --why 试")
    told = say(ledger, "swm check 活动和考核")
    assert "村名册里没有“无名村”" in told and "“随便”不是手工评分的项目" in told
