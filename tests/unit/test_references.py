"""What names something that is not there, or a place that can't be: refused, and found by check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issued import Town

FILE = "企业/BK-00/BK-0001.yaml"
PLACE = "厂房/CF-00/CF-0001.yaml"
DAY = "2026-09-20"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """September with one 厂房, once."""
    town = Town.begun(tmp_path_factory.mktemp("镇"))
    town.say("2026-09-10", "swm premises add --village 俵口村 --address 村东 --landlord 房某")
    return town


@pytest.fixture
def town(made: Town, tmp_path: Path) -> Town:
    """A copy of it to be spoilt."""
    return made.copied(tmp_path / "镇")


def change(town: Town, path: str, old: str, new: str) -> None:
    """A person edits a file."""
    text = (town.root / path).read_text("utf-8")
    assert old in text
    (town.root / path).write_text(text.replace(old, new, 1), "utf-8")


# --- references -----------------------------------------------------------------------------------


def test_the_twin_of_a_removal_is_in_the_ledger(town: Town) -> None:
    act = "swm advance 1 核减 --reason '重复登记 99' --by 甲,乙 --approver 丁 --approved-on 2026-09-20 --approval 签批单"
    assert "没有编号为 BK-0099 的企业" in town.refused(DAY, act)
    town.say(DAY, act.replace("99", "2"))
    change(town, FILE, "关联: BK-0002", "关联: BK-0099")
    told = town.refused(DAY, "swm check 引用")
    assert "“第4条.关联”：BK-0099 不是另一家在册企业" in told


def test_a_corrected_reference_is_judged_as_corrected(town: Town) -> None:
    act = "swm advance 1 核减 --reason '重复登记 2' --by 甲,乙 --approver 丁 --approved-on 2026-09-20 --approval 签批单"
    town.say(DAY, act)
    mend = "swm correct 1 4 --why 误 --set 关联=BK-0099 --approver 丁 --approved-on 2026-09-20"
    town.say(DAY, f"{mend} --approval 签批单")
    assert "BK-0099" in town.refused(DAY, "swm check 引用")


def test_tenants_written_by_id_are_in_the_ledger(town: Town) -> None:
    for command in (
        "swm premises tenant 1 --name BK-0099",
        "swm premises add --village 俵口村 --address 村西 --landlord 房某 --tenant BK-0099",
        "swm letter add --premises 1 --landlord 房某 --on 2026-09-19 --tenant BK-0099",
    ):
        assert "没有编号为 BK-0099 的企业" in town.refused(DAY, command)
    town.say(DAY, "swm premises tenant 1 --name BK-0001")
    town.say(DAY, "swm premises tenant 1 --name 外来户 --beside")


@pytest.mark.parametrize("area", ["-5", "很大", "0", "1e3"])
def test_an_area_is_a_number_above_zero(town: Town, area: str) -> None:
    add = "swm premises add --village 俵口村 --address 村西 --landlord 房某 --area"
    assert f"面积“{area}”不是大于零的数" in town.refused(DAY, f"{add} {area}")
    town.say(DAY, f"{add} 860.5")


def test_edit_knows_the_premises(town: Town) -> None:
    town.say(DAY, "swm edit 1 --set 厂房=CF-0001")
    assert "没有编号为 CF-0009 的厂房" in town.refused(DAY, "swm edit 1 --set 厂房=CF-0009")


# --- 坐标 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed, why",
    [
        ("39,117", "写反了"),
        ("500,39", "不在我国范围内"),
        ("999,999", "不在我国范围内"),
        ("117,-39", ""),
    ],
)
def test_one_rule_for_coordinates_however_they_come(town: Town, typed: str, why: str) -> None:
    longitude, latitude = typed.split(",")
    both = f"--lon {longitude} --lat={latitude}"
    for command in (
        f"swm add --name 新厂 --village 俵口村 --category 关停取缔 {both}",
        f"swm premises add --village 俵口村 --address 村西 --landlord 房某 {both}",
        f"swm admit --kind 入驻 --name 来厂 --village 俵口村 {both}",
    ):
        assert why in town.refused(DAY, command, 2)
    assert why in town.refused(DAY, f"swm edit 1 --set 坐标={typed}")
    change(town, FILE, "村: 俵口村", f'村: 俵口村\n坐标: "{typed}"')
    told = town.refused(DAY, "swm check 字段")
    assert f"{FILE} 第7行“坐标”" in told and why in told


def test_coordinates_that_are_none_are_refused_and_good_ones_taken(town: Town) -> None:
    assert "不是经度和纬度" in town.refused(DAY, "swm edit 1 --set 坐标=abc")
    town.say(DAY, "swm edit 1 --set 坐标=117.6612,39.3310")
    town.say(DAY, "swm add --name 新厂 --village 俵口村 --category 关停取缔 --lon 117.5 --lat 39")
    assert "没有发现问题" in town.say(DAY, "swm check 字段")
