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
