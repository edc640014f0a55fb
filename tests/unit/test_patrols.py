"""One patrol over several places: one commit, two sides that agree, one 次."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.draws import draw
from swm.errors import Refused
from swm.render.patrols import rate
from swm.render.routes import render_route
from swm.store.ledger import find
from tests.scenario.transcript import screen, surroundings

TODAY = "2026-03-10"
NIGHT = (
    'swm patrol add --kind 夜查 --on "2026-03-09 21:30" --until 00:40 --leader 刘明远 --by 甲,乙'
)
DAY = 'swm patrol add --kind 日常 --on "2026-03-10 09:00" --until 10:00 --by 甲,乙'


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    screen("swm init . --town 俵口镇 --villages 俵口村、苇湾村", "2026-02-01", tmp_path)
    for name, village in (("甲木器厂", "俵口村"), ("乙塑料厂", "俵口村"), ("丙铸件厂", "苇湾村")):
        add = f"swm add --name {name} --village {village} --category 关停取缔 -q"
        screen(add, "2026-02-01", tmp_path)
    screen("swm premises add --village 苇湾村 --address 东路1号 --landlord 房大有", TODAY, tmp_path)
    return tmp_path


def say(ledger: Path, command: str, today: str = TODAY) -> str:
    return "\n".join(screen(command, today, ledger))


def git(ledger: Path, *words: str) -> str:
    command = ["git", "-c", "core.quotePath=false", *words]
    return subprocess.run(command, cwd=ledger, capture_output=True, text=True, check=True).stdout


def value(ledger: Path, name: str) -> int:
    found = json.loads(say(ledger, f"swm figure {name} --json"))
    return int(found["值"])


def text(ledger: Path, path: str) -> str:
    return (ledger / path).read_text("utf-8")


FIRST, SECOND = "企业/BK-00/BK-0001.yaml", "企业/BK-00/BK-0002.yaml"
PATROL = "巡查/2026/XC-2026-0001.yaml"


# --- one commit -----------------------------------------------------------------------------------


def test_it_is_one_commit_over_several_files(ledger: Path) -> None:
    told = say(ledger, f'{NIGHT} --visit 1:停产 --visit "CF-0001:未见异常" --visit 3:在产:有人')
    assert "XC-2026-0001 夜查：2家，1处厂房（俵口村、苇湾村） 已记录" in told
    paths = git(ledger, "show", "--name-only", "--format=").split()
    assert sorted(paths) == sorted([FIRST, "企业/BK-00/BK-0003.yaml", PATROL])
    body = git(ledger, "log", "-1", "--format=%b")
    assert "Swm-Verb: patrol add" in body and "带班领导：刘明远" in body


def test_past_midnight_it_belongs_to_the_day_it_began(ledger: Path) -> None:
    say(ledger, f'{NIGHT} --visit "00:20 1:在产:机器运转" --police-at 00:22 --police-came 00:35')
    written = text(ledger, FIRST)
    assert "日期: 2026-03-09" in written and '时间: "00:20"' in written
    assert "通知派出所: 2026-03-10 00:22" in written and "派出所到场: 2026-03-10 00:35" in written
    assert "止: 2026-03-10 00:40" in text(ledger, PATROL)
    assert value(ledger, "夜查次数") == 1


def test_the_times_of_unlawful_production_go_where_it_was_seen(ledger: Path) -> None:
    say(ledger, f"{NIGHT} --visit 1:停产 --visit 2:在产 --police-at 22:00 --kept-order 劝止")
    assert "通知派出所" not in text(ledger, FIRST) and "现场劝止" not in text(ledger, FIRST)
    assert "通知派出所: 2026-03-09 22:00" in text(ledger, SECOND)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("--visit 1:停产 --visit 1:在产", "BK-0001 写了两次"),
        ("--visit 9:停产", "没有编号为 BK-0009 的企业"),
        ("--visit CF-0009:未见异常", "没有编号为 CF-0009 的厂房"),
        ("--visit 1:睡觉", "没有“睡觉”这种现场结果"),
        ("--visit 1", "应写作 处:结果:说明"),
        ("--visit 点位:旧窑@无名村:未见异常", "村名册里没有“无名村”"),
        ("", "没有写明到了哪里"),
        ("--route 无名村 --all 停产", "无名村没有要走的企业"),
        ("--all 停产", "--all 要和 --route 村 一起写"),
        ("--route 俵口村 --all 停产 --except 3:在产", "BK-0003 不在路线上"),
        ("--visit 1:停产 --outside 2", "BK-0002 不在这次巡查里"),
        ("--visit 1:停产 --drawn 随便", "写作 提交:家数"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_recorded(
    ledger: Path, more: str, complaint: str
) -> None:
    before = git(ledger, "rev-parse", "HEAD")
    assert complaint in say(ledger, f"{DAY} {more}")
    assert git(ledger, "rev-parse", "HEAD") == before


def test_everything_wrong_is_named_at_once(ledger: Path) -> None:
    command = NIGHT.replace("00:40", "'2026-03-10 22:00'").replace(
        "--leader 刘明远 --by 甲,乙", "--by 甲"
    )
    told = say(ledger, f"{command} --visit 1:停产")
    assert "当天值班的带班领导" in told and "至少 2 名组员（现有 1 名）" in told
    assert "应在出发以后的 16 小时以内" in told.replace("\n     ", "")


@pytest.mark.parametrize(
    ("start", "until", "fine"),
    [
        ("23:00", "22:00", False),
        ("09:00", "08:30", False),
        ("20:00", "12:01", False),
        ("20:00", "12:00", True),
        ("14:00", "00:30", True),
    ],
)
def test_a_patrol_lasts_a_night_at_most(ledger: Path, start: str, until: str, fine: bool) -> None:
    """An end before the start is the next day's, and no slip of the pen becomes a day's work."""
    command = f'swm patrol add --kind 日常 --on "2026-03-08 {start}" --until {until} --by 甲,乙'
    told = say(ledger, f"{command} --visit 1:停产")
    assert ("已记录" in told) == fine
    assert ("16 小时以内" in told.replace("\n", "").replace("     ", "")) != fine


def test_a_round_of_a_village_takes_who_is_open(ledger: Path) -> None:
    told = say(ledger, f'{DAY} --route 俵口村 --all 停产 --except "2:未到"')
    assert "XC-2026-0001 日常：1家（俵口村）" in told
    assert "巡查编号" in text(ledger, FIRST) and "巡查编号" not in text(ledger, SECOND)
    told = say(ledger, f"{DAY.replace('日常', '回头看')} --route 俵口村 --all 已清空")
    assert "没有要走的企业" in told, "nobody is closed yet"


# --- two sides ------------------------------------------------------------------------------------


def test_undo_withdraws_both_sides_and_the_number_is_not_used_again(ledger: Path) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 2:停产 --visit 点位:旧窑:未见异常")
    assert "等3份" in say(ledger, "swm undo --why 重复")
    for path in (FIRST, SECOND, PATROL):
        assert "类型: 撤销" in text(ledger, path)
    assert [value(ledger, n) for n in ("巡查次数", "巡查家次", "成组巡查", "点位巡查")] == [0] * 4
    assert say(ledger, "swm check 巡查") == "没有发现问题"
    assert say(ledger, f"{DAY} --visit 1:停产").startswith("XC-2026-0002")


def test_the_team_is_mended_on_both_sides(ledger: Path) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 2:停产")
    told = say(ledger, "swm correct 1 2 --why 漏 --set 人员=甲、乙、丙")
    assert "随巡查一起更正" in told and "swm correct XC-2026-0001 1" in told
    say(ledger, "swm correct XC-2026-0001 1 --why 漏 --set 人员=甲、乙、丙")
    assert [value(ledger, n) for n in ("巡查次数", "巡查人次")] == [1, 3]
    assert say(ledger, "swm check 巡查") == "没有发现问题"
    say(ledger, "swm undo --why 没有漏")
    assert value(ledger, "巡查人次") == 2 and say(ledger, "swm check 巡查") == "没有发现问题"


def test_the_day_is_mended_on_both_sides_and_points_follow(ledger: Path) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 点位:旧窑:未见异常")
    alone = say(ledger, "swm correct XC-2026-0001 1 --why 错 --set 日期=2026-03-08")
    assert "不在巡查的日期 2026-03-08" in alone
    moved = '--set "起=2026-03-08 09:00" --set "止=2026-03-08 10:00"'
    say(ledger, f"swm correct XC-2026-0001 1 --why 错 --set 日期=2026-03-08 {moved}")
    assert "随出巡一起更正" in say(
        ledger, "swm correct XC-2026-0001 2 --why 错 --set 日期=2026-03-07"
    )
    facts = find(ledger, ledger).facts()
    days = [r[0] for r in facts.query("SELECT on_day FROM visit UNION ALL SELECT on_day FROM spot")]
    assert days == ["2026-03-08", "2026-03-08"]
    assert say(ledger, "swm check 巡查") == "没有发现问题"


def test_what_was_seen_is_mended_where_it_stands(ledger: Path) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 点位:旧窑:未见异常")
    assert "已记录" in say(ledger, "swm correct 1 2 --why 错 --set 结果=人去厂空")
    assert "已记录" in say(ledger, "swm correct XC-2026-0001 2 --why 错 --set 结果=发现问题")
    assert "不能更正" in say(ledger, "swm correct 1 2 --why 错 --set 巡查编号=XC-2026-0007")
    assert say(ledger, "swm check 巡查") == "没有发现问题"


@pytest.mark.parametrize(
    ("path", "old", "new", "complaint"),
    [
        (FIRST, "巡查编号: XC-2026-0001", "巡查编号: XC-2026-0007", "没有档案"),
        (FIRST, "人员: [甲, 乙]", "人员: [甲, 丙]", "BK-0001 第2条的人员与巡查不一致"),
        (PATROL, "企业: BK-0001", "企业: BK-0003", "BK-0003 第2条不是这次巡查的有效记录"),
        (PATROL, "处所: CF-0001", "处所: CF-0007", "没有编号为 CF-0007 的厂房"),
    ],
)
def test_check_finds_sides_that_disagree(
    ledger: Path, path: str, old: str, new: str, complaint: str
) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 2:停产 --visit CF-0001:未见异常")
    assert say(ledger, "swm check 巡查") == "没有发现问题"
    place = ledger / path
    assert old in text(ledger, path)
    place.write_text(text(ledger, path).replace(old, new), "utf-8")
    assert complaint in say(ledger, "swm check 巡查").replace("\n     ", "")


# --- figures --------------------------------------------------------------------------------------


def test_a_patrol_is_one_outing_however_many_places(ledger: Path) -> None:
    say(ledger, f"{NIGHT} --visit 1:停产 --visit 2:停产 --visit 3:停产")
    say(ledger, f"{DAY} --visit 点位:旧窑:未见异常 --visit CF-0001:未见异常")
    wanted = {
        "巡查次数": 2, "巡查家次": 3, "巡查人次": 5, "夜查次数": 1, "夜查人次": 3,
        "成组巡查": 2, "点位巡查": 1, "厂房巡查": 1,
    }  # fmt: skip
    assert {name: value(ledger, name) for name in wanted} == wanted


def test_a_look_from_outside_covers_and_is_told_apart(ledger: Path) -> None:
    say(ledger, f"{DAY} --visit 1:停产 --visit 2:无法进入 --outside 1")
    wanted = {"外围查看": 2, "应巡查": 3, "巡查覆盖": 2, "仅外围查看": 2, "应查未查": 1}
    assert {name: value(ledger, name) for name in wanted} == wanted
    told = json.loads(say(ledger, "swm patrol coverage --json"))
    assert [v["覆盖率"] for v in told["村"]] == ["100.0%", "0.0%"]
    say(ledger, "swm inspect 1 --kind 日常 --by 甲 --result 停产")
    assert value(ledger, "仅外围查看") == 1


def test_a_rate_shows_all_only_when_all_is_done() -> None:
    assert [rate(0, 0), rate(2, 2), rate(1999, 2000), rate(1, 3)] == [
        "—",
        "100.0%",
        "99.9%",
        "33.3%",
    ]


# --- duty -----------------------------------------------------------------------------------------


def test_a_night_patrol_goes_by_the_roster(ledger: Path) -> None:
    say(ledger, "swm duty set 2026-03-08..2026-03-09 --leader 陈国栋 --by 丙,丁")
    bare = NIGHT.replace(" --leader 刘明远 --by 甲,乙", "")
    told = say(ledger, f"{bare} --visit 1:停产")
    assert "按值班表（2026-03-09）：带班领导 陈国栋，组员 丙、丁" in told
    assert "带班领导: 陈国栋" in text(ledger, PATROL)
    told = say(ledger, f"{NIGHT} --visit 1:停产")
    assert "提醒：值班表上 2026-03-09 的带班领导是陈国栋，这次由刘明远带队" in told
    told = say(ledger, "swm inspect 2 --kind 夜查 --on 2026-03-08 --result 停产")
    assert "按值班表（2026-03-08）" in told and "带班领导: 陈国栋" in text(ledger, SECOND)


def test_a_roster_from_lines_is_replaced_day_by_day(ledger: Path) -> None:
    lines = "2026-03-30 甲 乙、丙\\n2026-04-01\\t丁 戊 己\\n"
    with surroundings(ledger, SWM_TODAY=TODAY):
        subprocess.run(
            f"printf '{lines}' | {sys.executable} -m swm duty set", shell=True, check=True, cwd=ledger,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
    say(ledger, "swm duty set 2026-03-30,2026-03-31 --leader 庚 --by 辛")
    march = json.loads(say(ledger, "swm duty list 2026-03 --json"))["值班"]
    assert [(d["日期"], d["带班领导"], d["组员"]) for d in march] == [
        ("2026-03-30", "庚", ["辛"]),
        ("2026-03-31", "庚", ["辛"]),
    ]
    april = json.loads(say(ledger, "swm duty list 2026年4月 --json"))["值班"]
    assert [(d["带班领导"], d["组员"]) for d in april] == [("丁", ["戊", "己"])]
    assert "组员只有1名" in say(ledger, "swm duty set 2026-03-29 --leader 庚 --by 辛")
    say(ledger, "swm undo --why 错")
    rows = find(ledger, ledger).facts().query("SELECT on_day FROM duty ORDER BY on_day")
    assert [r[0] for r in rows] == ["2026-03-30", "2026-03-31", "2026-04-01"]
    assert say(ledger, "swm check 巡查") == "没有发现问题"


# --- 行政检查, the desk ------------------------------------------------------------------------------


def test_only_a_lawful_body_inspects(ledger: Path) -> None:
    inspect = "swm inspect 1 --kind 日常 --by 甲,乙 --result 停产 --nature 行政检查"
    told = say(ledger, f"{inspect} --agency 俵口镇人民政府 --licence 甲=A,丙=B")
    assert "没有行政检查的职权" in told and "丙有执法证号而不在到场人员里" in told
    assert "检查之前的批准" in told
    lawful = f"{inspect} --agency 宁河区应急管理局 --licence 甲=A,乙=B --approver 局长"
    assert "行政检查 BK-0001 甲木器厂：停产" in say(ledger, lawful)
    assert value(ledger, "行政检查") == 1 and value(ledger, "巡查家次") == 1
    assert "只用于行政检查" in say(
        ledger, "swm inspect 2 --kind 日常 --by 甲 --result 停产 --agency 宁河区应急管理局"
    )


def test_police_called_and_never_come_is_a_line_for_some_weeks(ledger: Path) -> None:
    say(
        ledger,
        "swm advance 1 限期清理 --on 2026-03-01 --days 30 --criteria 2 --doc-no 1号 --served 今天",
    )
    say(ledger, f"{NIGHT} --visit 1:在产 --police-at 22:00 --reported-at 22:10")
    assert "22:00通知了派出所，没有记到场的时间" in say(ledger, "swm").replace("\n    ", "")
    assert "没有记到场的时间" not in say(ledger, "swm", "2026-05-01").replace("\n    ", "")
    say(ledger, 'swm correct 1 3 --why 补记 --set "派出所到场=2026-03-09 22:20"')
    assert "派出所到场未记" not in say(ledger, "swm")
    assert value(ledger, "违法生产·派出所到场") == 1


# --- route and draw -------------------------------------------------------------------------------


def test_the_route_is_by_rule_then_by_village(ledger: Path) -> None:
    for n in (1, 2, 3):
        say(
            ledger,
            f"swm advance {n} 限期清理 --on 2026-03-01 --days 5 --criteria 2 --doc-no {n}号 --served 2026-03-01",
        )
    say(ledger, f"{NIGHT} --visit 1:停产 --visit 2:停产")
    say(ledger, f"{NIGHT.replace('21:30', '23:30')} --visit 2:在产")
    told = json.loads(say(ledger, "swm patrol route --count 2 --json"))
    assert [(p["编号"], p["村"]) for p in told["处所"]] == [
        ("BK-0002", "俵口村"),
        ("BK-0003", "苇湾村"),
    ]
    assert "2026-03-09 发现违法生产" in told["处所"][0]["理由"]
    assert "没有夜查过" in told["处所"][1]["理由"]


def test_an_open_complaint_sends_the_patrol_and_is_not_named(ledger: Path) -> None:
    for n in (1, 2, 3):
        order = f"swm advance {n} 限期清理 --on 2026-03-01 --days 30 --criteria 2 --doc-no {n}号"
        say(ledger, f"{order} --served 2026-03-01")
    say(ledger, f"{NIGHT} --visit 1:停产 --visit 2:停产")
    complain = "swm complaint add --source 12345热线 --village 苇湾村 --text 夜间有机器声"
    assert "已记录" in say(ledger, f"{complain} --about 1 --on 2026-03-09")
    told = json.loads(say(ledger, "swm patrol route --count 1 --json"))
    assert [(p["编号"], p["理由"]) for p in told["处所"]] == [
        ("BK-0001", "重点查看，上次夜查 2026-03-09")
    ]
    assert "举报" not in say(ledger, "swm patrol route") and "JB-" not in say(
        ledger, "swm patrol route"
    )


def test_a_page_that_cannot_be_written_is_told_plainly(ledger: Path) -> None:
    told = say(ledger, "swm patrol route --out 没有/路线.html")
    assert "写不了" in told and told.endswith("[4]")
    say(ledger, "swm patrol route --out 路线.html")
    assert "夜查路线" in text(ledger, "路线.html")


def test_hostile_names_are_harmless_on_the_printed_route(ledger: Path) -> None:
    place = {"序号": 1, "编号": "BK-0001", "名称": "<b>{{ 7*7 }}&\u202e", "村": "俵口村"}
    place |= {"地址": "", "状态": "清理中", "理由": "[red]"}
    route = {"日期": date(2026, 3, 10), "星期": "周二", "带班": "甲", "处所": [place]}
    page = render_route(route, "俵口镇", lambda name: None)
    assert "&lt;b&gt;{{ 7*7 }}&amp;&lt;U+202E&gt;" in page and "<b>" not in page


IDS = st.sets(st.integers(1, 9999), min_size=1, max_size=20).map(
    lambda numbers: [f"BK-{n:04d}" for n in numbers]
)
NAMES = st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=2, unique=True)


@given(IDS, NAMES, st.data())
def test_a_draw_depends_on_nothing_but_the_seed_and_the_sets(
    ids: list[str], names: list[str], data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, len(ids)))
    lots = draw("c0ffee", ids, count, names)
    assert lots == draw(
        "c0ffee", data.draw(st.permutations(ids)), count, data.draw(st.permutations(names))
    )

    def by_hand(*parts: str) -> str:
        return hashlib.sha256("/".join(parts).encode()).hexdigest()

    assert [lot.id for lot in lots] == sorted(ids, key=lambda id: by_hand("c0ffee", id))[:count]
    for lot in lots:
        assert list(lot.people) == sorted(names, key=lambda n: by_hand("c0ffee", lot.id, n))[:2]


def test_another_seed_draws_others_and_too_few_are_refused() -> None:
    ids = [f"BK-{n:04d}" for n in range(1, 200)]
    assert draw("a", ids, 5) != draw("b", ids, 5)
    for bad in (
        lambda: draw("a", ids, 200),
        lambda: draw("a", [], 1),
        lambda: draw("a", ids, 1, ["甲"]),
    ):
        with pytest.raises(Refused):
            bad()


def test_anybody_can_draw_the_same_again_later(ledger: Path) -> None:
    def drawn(options: str) -> dict[str, object]:
        command = f"{sys.executable} -m swm patrol draw --count 2 --from 甲,乙,丙 {options} --json"
        with surroundings(ledger, SWM_TODAY=TODAY):
            environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
            told = subprocess.run(command.split(), cwd=ledger, env=environ, capture_output=True)
        found: dict[str, object] = json.loads(told.stdout)
        return found

    first = drawn("")
    head = git(ledger, "rev-parse", "HEAD").strip()
    assert first["种子"] == head
    say(ledger, "swm add --name 新来的厂 --village 苇湾村 --category 关停取缔")
    assert drawn(f"--seed {head}") == first
    say(ledger, f"{DAY} --visit 1:停产 --drawn {head[:12]}:2:俵口村")
    assert f"种子: {head}" in text(ledger, PATROL).replace('"', "")
