"""Lettings and admissions from the command line: what is shown, kept, refused and rehearsed."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.transcript import screen

TODAY = "2026-03-10"
HOSTILE = "甲&<b>{{7*7}}[red]厂"
ADMIT = "swm admit --kind 接电 --village 俵口村 --materials 齐全 --name "


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    for command in (
        "swm init . --town 俵口镇 --villages 俵口村",
        "swm premises add --village 俵口村 --address 老粮库 --landlord 俵口村委会 --kind 村集体",
        "swm premises add --village 俵口村 --address 工业路3号 --landlord 郑房东",
        "swm premises add --village 俵口村 --address 工业路5号 --landlord 郑房东",
        "swm letter add --premises 2,3 --landlord 郑房东 --on 2026-03-02",
        "swm add --name 俵口旺盛家具厂 --village 俵口村 --premises CF-0002 --category 搬迁改造",
    ):
        screen(command, TODAY, tmp_path)
    return tmp_path


def say(ledger: Path, command: str) -> str:
    return "\n".join(screen(command, TODAY, ledger))


def document(ledger: Path, command: str) -> Any:
    return json.loads(say(ledger, command))


def test_a_landlord_with_several_premises_and_what_he_broke(ledger: Path) -> None:
    found = document(ledger, "swm premises landlord 郑 --json")
    assert [p["编号"] for p in found["厂房"]] == ["CF-0002", "CF-0003"]
    assert [x["编号"] for x in found["保证书"]] == ["BZ-2026-0001"]
    assert [e["编号"] for e in found["在租的台账企业"]] == ["BK-0001"]
    assert [(b["保证书"], b["企业"], b["序号"]) for b in found["违反保证"]] == [
        ("BZ-2026-0001", "BK-0001", 1)
    ]
    assert document(ledger, "swm letter breached --json")["违反保证"] == found["违反保证"]
    assert "没有找到房东" in say(ledger, "swm premises landlord 无此人")


def test_a_rehearsal_records_nothing(ledger: Path) -> None:
    told = say(ledger, f"{ADMIT}俵口豆坊 --dry-run")
    assert "将记录：准入 ZR-2026-0001" in told and "未写入" in told
    assert document(ledger, "swm admit list --json")["准入"] == []
    assert "未写入" in say(ledger, "swm premises notice 2 --dry-run")
    assert "清退" not in say(ledger, "swm premises show 2")


def test_what_was_recorded_is_told_as_json(ledger: Path) -> None:
    told = document(ledger, f"{ADMIT}俵口旺盛家具厂 --json")
    assert (told["编号"], told["结论"], len(told["理由"])) == ("ZR-2026-0001", "不予准入", 1)
    step = document(ledger, "swm premises notice 2 --json")
    assert (step["编号"], step["步骤"], step["承租人"]) == ("CF-0002", "停租告知", "BK-0001")
    (row,) = document(ledger, "swm admit list --json")["准入"]
    assert row["结论"] == row["建议"] == "不予准入" and row["补齐期限"] is None


def test_hostile_names_are_text_and_nothing_else(ledger: Path) -> None:
    told = say(ledger, ADMIT + shlex.quote(HOSTILE))
    assert HOSTILE in told and "准入" in told
    assert HOSTILE in say(ledger, "swm admit show ZR-2026-0001")
    assert "不允许的字符" in say(ledger, ADMIT + shlex.quote("甲\u202e厂"))
    say(ledger, f"swm premises owner 3 --name {shlex.quote(HOSTILE)}")
    assert HOSTILE in say(ledger, f"swm premises landlord {shlex.quote(HOSTILE)}")
    say(ledger, "swm report month 2026-03 --format html --out r")
    assert "<b>{{7*7}}" not in (ledger / "r/2026-03月报.html").read_text("utf-8")


def test_the_report_names_no_citizen(ledger: Path) -> None:
    say(ledger, f"{ADMIT}俵口旺盛家具厂 --operator 王小二")
    say(ledger, "swm premises notice 2")
    say(ledger, "swm report month 2026-03 --format html,json --out r")
    for name in ("2026-03月报.html", "2026-03月报.json"):
        text = (ledger / "r" / name).read_text("utf-8")
        assert "郑房东" not in text and "王小二" not in text
        assert "违反保证" in text and "准入审查" in text


def test_an_older_ledger_without_the_new_rules_goes_on(ledger: Path) -> None:
    place = ledger / "制度/期限.yaml"
    text = place.read_text("utf-8")
    place.write_text(text[: text.index("  - 名称: 转租保证书有效期")], "utf-8")
    rules = ledger / "制度/标准.yaml"
    lines = rules.read_text("utf-8")
    kept = lines[: lines.index("# 各类保证书由谁签订")]
    rules.write_text(kept.replace("转租（二手房东）保证书, ", ""), "utf-8")
    assert "已记录" in say(ledger, "swm adopt --why 旧制度")
    assert "没有规则“清退期限”" in say(ledger, "swm premises notice 2")
    assert "尽快办理" in say(ledger, "swm")
    assert "标准.yaml 没有接电的“准入材料”" in say(ledger, f"{ADMIT}俵口豆坊")
    assert "错误 0 条" in say(ledger, "swm check")
    signed = say(ledger, "swm letter add --premises 1 --landlord 俵口村委会 --on 2026-03-09")
    assert "BZ-2026-0002" in signed


def test_only_who_was_admitted_to_these_premises_moves_in(ledger: Path) -> None:
    for command in (
        "swm premises notice 2 --on 2026-03-08",
        "swm premises clear 2 --on 2026-03-09",
        "swm premises reported 2 --on 2026-03-10",
        "swm letter add --premises 2 --landlord 郑房东 --tenant 便民店 --on 2026-03-10",
        "swm admit --kind 出租 --name 便民店 --village 俵口村 --premises 3 --materials 齐全",
    ):
        say(ledger, command)
    refused = say(ledger, "swm premises tenant 2 --name 便民店 --from 2026-03-10")
    assert "先经准入" in refused and "保证书" not in refused.partition("\n")[2].partition("2.")[2]
    say(
        ledger, "swm admit --kind 出租 --name 便民店 --village 俵口村 --premises 2 --materials 齐全"
    )
    say(ledger, "swm admit supplement ZR-2026-0002 --settle BK-0001=现场核实，与原企业无关")
    assert "已记录" in say(ledger, "swm premises tenant 2 --name 便民店 --from 2026-03-10")
