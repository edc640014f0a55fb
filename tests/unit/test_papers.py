"""文书: numbers in sequence and never twice; service by each method; who may say 责令."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.papers import (
    Numbered,
    Used,
    as_written,
    following,
    gaps,
    numbered,
    parsed,
    taken,
)
from swm.domain.records import Act, Paper, Service
from swm.errors import NotFound, Refused
from tests.office import Office
from tests.policy_fixture import policy, settings
from tests.scenario.transcript import SURROUNDINGS, screen

OURS = settings(agency_code="俵整")
ORDER = {"days": 15, "criteria": ("2",), "doc_name": "限期清理告知书"}


def used(*serials: int, year: int = 2026, whole: bool = True) -> Used:
    where = {Numbered("俵整", year, n): f"BK-0009 第{n}条" for n in serials}
    return Used(where=where, whole=whole)


def ordered(**paper: object) -> Act:
    made = Paper(**{"name": "限期清理告知书", "issuer": "俵口镇人民政府", **paper})
    return Act(
        number=2,
        type="动作",
        on=date(2026, 3, 5),
        action="限期清理",
        before="待整治",
        after="清理中",
        paper=made,
    )


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "俵整〔2026〕3号",
        "俵整[2026]3号",
        "俵整（2026）第003号",
        " 俵整【2026】3 ",
        "俵整［2026］3号",
    ],
)
def test_a_number_is_known_whatever_its_brackets(typed: str) -> None:
    assert parsed(typed) == Numbered("俵整", 2026, 3)
    assert as_written(typed, OURS) == "俵整〔2026〕3号"


def test_other_numbers_stay_as_they_were_typed() -> None:
    assert as_written("宁政[2026]8号", OURS) == "宁政[2026]8号"
    assert as_written("3号", OURS) == "3号"
    assert as_written(None, OURS) is None
    assert parsed("3号") is None and parsed("〔2026〕3号") is None


@given(st.sets(st.integers(1, 400), max_size=30))
def test_the_next_number_is_above_every_one_before(serials: set[int]) -> None:
    known = used(*serials)
    after = following("俵整", 2026, known)
    assert after not in known.where and all(after.serial > n for n in serials)
    assert following("俵整", 2027, known).serial == 1


@given(st.sets(st.integers(1, 60), min_size=1))
def test_the_gaps_fill_the_series(serials: set[int]) -> None:
    assert sorted({*serials, *gaps(serials)}) == list(range(min(serials), max(serials) + 1))


def test_only_a_paper_of_the_town_without_a_number_gets_one() -> None:
    def number(act: Act, **known: object) -> str | None:
        found = numbered(act, replace(OURS, **known), lambda: used(1, 7))
        return found.paper.number if found.paper else None

    assert number(ordered()) == "俵整〔2026〕8号"
    assert number(ordered(number="俵整〔2026〕3号")) == "俵整〔2026〕3号"
    assert number(ordered(issuer="宁河区人民政府")) is None
    assert number(ordered(), agency_code=None) is None
    assert number(replace(ordered(), paper=None)) is None


def test_with_an_unreadable_file_no_number_is_given() -> None:
    with pytest.raises(Refused, match="有文件读不了"):
        numbered(ordered(), OURS, lambda: used(1, whole=False))


def test_a_number_that_is_borne_is_refused_naming_the_record() -> None:
    (missing,) = taken("俵整[2026]7号", OURS, lambda: used(1, 7), "--doc-no")
    assert "BK-0009 第7条" in missing.text and "俵整〔2026〕8号" in missing.command
    assert list(taken("俵整〔2026〕2号", OURS, lambda: used(1, 7), "--doc-no")) == []
    assert list(taken("宁政〔2026〕7号", OURS, lambda: used(7), "--doc-no")) == []


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    say(tmp_path, "swm init . --town 俵口镇 --county 宁河区 --agency 俵整 --villages 俵口村")
    for name in ("甲乙金属厂", "丙丁木器厂", "戊己塑料厂"):
        say(tmp_path, f"swm add --name {name} --village 俵口村 --category 搬迁改造")
    return tmp_path


def say(ledger: Path, command: str, today: str = "2026-03-10") -> str:
    return "\n".join(screen(command, today, ledger))


def issue(ledger: Path, id: int, more: str = "--doc-name 限期搬迁告知书") -> str:
    return say(ledger, f"swm advance {id} 限期搬迁 --days 30 {more}")


def test_a_withdrawn_paper_keeps_its_number(ledger: Path) -> None:
    assert "编为 俵整〔2026〕1号" in issue(ledger, 1)
    say(ledger, "swm undo --why 打错")
    assert "编为 俵整〔2026〕2号" in issue(ledger, 1)
    assert "已用于 BK-0001 第2条" in issue(ledger, 2, "--doc-no 俵整〔2026〕1号")
    listed = json.loads(say(ledger, "swm paper list --json"))["文书"]
    assert [(p["文号"], p["撤销"]) for p in listed] == [
        ("俵整〔2026〕1号", True),
        ("俵整〔2026〕2号", False),
    ]


def test_a_correction_cannot_take_another_papers_number(ledger: Path) -> None:
    issue(ledger, 1)
    issue(ledger, 2)
    told = say(ledger, "swm correct 2 2 --why 打错 --set 文书.文号=俵整（2026）1号")
    assert "俵整〔2026〕1号 已用于 BK-0001 第2条" in told and told.endswith("[1]")
    assert "更正" in say(ledger, "swm correct 2 2 --why 打错 --set 文书.文号=俵整〔2026〕5号")
    assert "缺 2号、3号、4号" in say(ledger, "swm check 文号")
    assert "编为 俵整〔2026〕6号" in issue(ledger, 3)


def test_the_check_finds_a_number_written_twice(ledger: Path) -> None:
    issue(ledger, 1)
    issue(ledger, 2)
    file = ledger / "企业/BK-00/BK-0002.yaml"
    file.write_text(file.read_text("utf-8").replace("〕2号", "〕1号"), "utf-8")
    told = say(ledger, "swm check 文号")
    assert "与 BK-0001 第2条 重复" in told and told.startswith("错误")


def test_a_notice_to_a_landlord_takes_a_number_of_the_same_series(ledger: Path) -> None:
    """停租告知 cannot take an act's number; the next act does not take the notice's."""
    issue(ledger, 1)
    for n in (1, 2):
        say(ledger, f"swm premises add --village 俵口村 --address 工业路{n}号 --landlord 房大有")
        say(ledger, f"swm premises tenant {n} --name BK-000{n}")
    told = say(ledger, "swm premises notice 1 --doc-no 俵整（2026）1号")
    assert "俵整〔2026〕1号 已用于 BK-0001 第2条" in told and told.endswith("[1]")
    assert "由程序编为" not in told, "it gives no number here"
    assert "已记录" in say(ledger, "swm premises notice 1 --doc-no 俵整（2026）2号")
    assert "已记录" in say(ledger, "swm premises notice 2 --doc-no 俵整〔2026〕2号"), "one paper"
    assert "文号: 俵整〔2026〕2号" in (ledger / "厂房/CF-00/CF-0001.yaml").read_text("utf-8")
    assert "没有发现问题" in say(ledger, "swm check 文号"), "2号 is not missing"
    say(ledger, "swm undo --why 打错")
    taken = issue(ledger, 2, "--doc-no 俵整〔2026〕2号")
    assert "已用于 CF-0002 清退第1步" in taken or "已用于 CF-0001 清退第1步" in taken
    assert "编为 俵整〔2026〕3号" in issue(ledger, 2)
    file = ledger / "厂房/CF-00/CF-0001.yaml"
    file.write_text(file.read_text("utf-8").replace("〕2号", "〕1号"), "utf-8")
    found = "".join(say(ledger, "swm check 文号").split())
    assert "清退第1步的俵整〔2026〕1号与BK-0001第2条重复" in found


def test_a_county_paper_for_several_enterprises_may_bear_one_number(ledger: Path) -> None:
    for id in (1, 2):
        told = issue(ledger, id, "--issuer 宁河区生态环境局 --doc-no 宁环〔2026〕8号")
        assert "已记录" in told
    assert "没有发现问题" in say(ledger, "swm check 文号")


def test_two_processes_never_get_the_same_number(ledger: Path) -> None:
    """The number is chosen inside the write protocol: whoever comes second sees the first."""
    command = "advance {} 限期搬迁 --days 30 --doc-name 限期搬迁告知书 --json"
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "swm", *command.format(id).split()],
            cwd=ledger,
            env={**os.environ, **SURROUNDINGS, "SWM_TODAY": "2026-03-10"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for id in (1, 2, 3)
    ]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in started]
    numbers = sorted(each["文号"] for each in told)
    assert numbers == ["俵整〔2026〕1号", "俵整〔2026〕2号", "俵整〔2026〕3号"]


# --- service ------------------------------------------------------------------------------------


def served(method: str, **told: object) -> Service:
    office = Office()
    office.act("限期清理", **ORDER)
    office.on(1, 20).serve(2, method=method, **told)
    record = office.enterprise.records[-1]
    assert isinstance(record, Service)
    return record


def lacking(method: str, **told: object) -> str:
    with pytest.raises(Refused) as refused:
        served(method, **told)
    return "；".join(m.text for m in refused.value.missing)


def test_each_method_asks_for_its_own() -> None:
    assert served("直接").witness == ()
    assert lacking("留置") == "见证人"
    assert served("留置", witness=("李见证",)).refusal == "拒绝签收"
    assert "邮件号" in lacking("邮寄")
    assert served("邮寄", tracking="EMS1", sent_on=date(2026, 1, 18)).on == date(2026, 1, 20)
    assert "晚于收件日期" in lacking("邮寄", tracking="EMS1", sent_on=date(2026, 1, 21))
    assert "受委托" in lacking("委托")
    assert served("委托", agent="俵口村民委员会").agent == "俵口村民委员会"
    assert "其他方式无法送达" in lacking("公告")
    assert lacking("直接", tracking="EMS1") == "邮件号只用于邮寄送达"


def test_a_public_notice_is_deemed_served_on_its_last_day() -> None:
    record = served("公告", why="两次上门无人")
    assert record.announced_on == date(2026, 1, 20)
    assert record.on == date(2026, 2, 19)
    assert record.deadline == date(2026, 3, 6)


def test_until_its_last_day_the_paper_is_not_served() -> None:
    office = Office()
    office.act("限期清理", **ORDER)
    office.on(1, 20).serve(2, method="公告", why="两次上门无人")
    from swm.domain.fold import standing

    before = standing(office.enterprise, office.policy, date(2026, 2, 18))
    after = standing(office.enterprise, office.policy, date(2026, 2, 19))
    assert (before.awaiting_service, before.deadline) == (2, None)
    assert (after.awaiting_service, after.deadline) == (None, date(2026, 3, 6))
    with pytest.raises(Refused, match="2026-02-19 视为送达"):
        office.serve(2)


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_the_days_of_a_notice_are_those_of_the_law_on_that_day(day: date) -> None:
    from swm.domain.servicefaults import deemed_on

    if day < date(2017, 1, 1):
        with pytest.raises(NotFound):
            deemed_on(day, policy())
        return
    days = 60 if day < date(2022, 1, 1) else 30
    assert deemed_on(day, policy())[0] == day + timedelta(days=days)


def test_a_withdrawn_act_is_served_no_more() -> None:
    office = Office()
    office.act("限期清理", **ORDER)
    office.undo()
    with pytest.raises(Refused, match="第2条已由第3条撤销"):
        office.serve(2)


# --- powers ---------------------------------------------------------------------------------------


def test_the_town_gives_notice_and_an_authority_may_order() -> None:
    office = Office()
    for name in ("责令限期清理通知书", "责 令清理通知书", "关闭决定书"):
        with pytest.raises(Refused, match="还不能办") as refused:
            office.act("限期清理", **{**ORDER, "doc_name": name})
        assert "无权" in refused.value.missing[0].text
    county = {"issuer": "宁河区生态环境局", "doc_no": "宁环责〔2026〕1号"}
    office.act("限期清理", **{**ORDER, "doc_name": "责令限期清理通知书", **county})
    act = office.enterprise.records[-1]
    assert isinstance(act, Act) and act.paper and act.paper.nature == "责令"
