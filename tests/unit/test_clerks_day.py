"""A clerk's slips, and an adversary's tries: refused in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.transcript import screen

TODAY = "2026-03-10"
ESC, BIDI = "\x1b", "\u202e"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("一天")
    for command in (
        "swm init . --town 俵口镇 --villages 俵口村",
        "swm add --name 俵口旺盛家具厂 --village 俵口村 --category 搬迁改造",
        "swm complaint add --source 媒体 --village 俵口村 --text 有异味",
        "swm inspect 1 --kind 核查 --by 甲,乙 --result 停产",
    ):
        screen(command, TODAY, root)
    return root


def say(ledger: Path, command: str) -> str:
    return "\n".join(screen(command, TODAY, ledger))


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (f"swm transfer 1 --to 区应急局 --matter '涉{ESC}嫌'", "事项"),
        (f"swm transfer 1 --to '区{BIDI}局' --matter 涉嫌", "移送机关"),
        (f"swm inspect 1 --kind 日常 --by 甲,乙 --result 停产 --note 'a{ESC}b'", "备注"),
        (f"swm advance 1 限期搬迁 --days 90 --doc-no '{ESC}1号'", "文号"),
        (f"swm correct 1 2 --why 'a{ESC}' --set 备注=甲", "原因"),
    ],
)
def test_a_control_character_is_the_clerks_slip_not_a_broken_file(
    ledger: Path, command: str, field: str
) -> None:
    said = say(ledger, command)
    assert "读不了" not in said
    assert f"“{field}”含有" in said and "请删去该字符后重新填写" in said
    assert said.splitlines()[-1] == "[1]"


@pytest.mark.parametrize("number", ["0", "99"])
@pytest.mark.parametrize(
    "command",
    [
        "swm complaint link 1 --about 1 --proof BK-0001:",
        "swm complaint verify 1 --by 甲,乙 --conclusion 属实 --found 现场 --proof BK-0001:",
    ],
)
def test_a_record_that_is_not_there_proves_nothing(ledger: Path, command: str, number: str) -> None:
    said = say(ledger, command + number)
    assert "没有有效的第99条记录" in said or "写作 BK-0001:5" in said
    assert "程序出错" not in said


def test_a_change_of_owner_dated_before_his_letter_is_refused(tmp_path: Path) -> None:
    for command in (
        "swm init . --town 俵口镇 --villages 俵口村",
        "swm premises add --village 俵口村 --address 工业路3号 --landlord 郑房东",
        "swm letter add --premises 1 --landlord 郑房东 --on 2026-03-02",
    ):
        screen(command, TODAY, tmp_path)
    change = "swm premises owner 1 --name 新房东 --from 2026-03-01"
    said = say(tmp_path, change)
    assert "BZ-2026-0001 由郑房东于 2026-03-02 签订" in said
    void = next(line.strip() for line in said.splitlines() if "swm letter void" in line)
    assert "已记录" in say(tmp_path, void)
    assert "已记录" in say(tmp_path, change)
    assert "错误" not in say(tmp_path, "swm check")


def test_a_subletting_does_not_end_before_its_letter(tmp_path: Path) -> None:
    for command in (
        "swm init . --town 俵口镇 --villages 俵口村",
        "swm premises add --village 俵口村 --address 工业路3号 --landlord 郑房东",
        "swm premises owner 1 --name 转租人 --kind 二手房东 --from 2026-03-01",
        "swm letter add --premises 1 --landlord 转租人 --on 2026-03-05",
    ):
        screen(command, TODAY, tmp_path)
    assert "签订" in say(tmp_path, "swm premises owner 1 --none --kind 二手房东 --from 2026-03-04")
    assert "已记录" in say(
        tmp_path, "swm premises owner 1 --none --kind 二手房东 --from 2026-03-05"
    )
    assert "错误" not in say(tmp_path, "swm check")


def test_lists_name_a_merged_village_as_it_is_now(tmp_path: Path) -> None:
    for command in (
        "swm init . --town 俵口镇 --villages 前埝村,后埝村,雁滩村",
        "swm premises add --village 后埝村 --address 工业路3号 --landlord 郑房东",
        "swm complaint add --source 媒体 --village 后埝村 --text 有异味",
        "swm village merge 后埝村 --into 前埝村 --from 2026-03-10",
    ):
        assert "[" not in screen(command, TODAY, tmp_path)[-1]
    assert "前埝村" in say(tmp_path, "swm letter missing")
    assert "（前埝村，" in say(tmp_path, "swm premises landlord 郑房东")
    assert "JB-2026-0001" in say(tmp_path, "swm complaint list --village 前埝村")
    assert "JB-2026-0001" in say(tmp_path, "swm complaint list --village 后埝村")
    assert say(tmp_path, "swm complaint list --village 雁滩村") == "共 0 件"


def test_no_brief_of_a_month_that_has_not_begun(ledger: Path) -> None:
    said = say(ledger, "swm brief --to 2026-04")
    assert "还没有开始" in said and "今天是 2026-03-10" in said
    assert "截至" in say(ledger, "swm brief --to 2026-02")
