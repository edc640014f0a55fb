"""adopt takes in nothing that the check would call wrong; what was wrong before keeps nothing out."""

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


def test_adopt_takes_in_nothing_that_the_check_calls_wrong(town: Town) -> None:
    change(town, FILE, "村: 俵口村", "村: 北京村\n厂房: CF-0099\n坐标: abc")
    change(town, PLACE, "用途: 出租", "面积: -5\n用途: 出租")
    told = town.refused(DAY, "swm adopt --why 试")
    assert f"{FILE} 第6行“村”：村名册里没有“北京村”" in told
    assert "第7行“厂房”：没有编号为 CF-0099 的厂房" in told
    assert "坐标“abc”不是经度和纬度" in told and "面积“-5”不是大于零的数" in told
    assert town.git("status", "--short").count("M ") == 2
    change(town, FILE, "村: 北京村\n厂房: CF-0099\n坐标: abc", "村: 俵口村\n厂房: CF-0001")
    change(town, PLACE, "面积: -5\n", "面积: 860.5\n")
    town.say(DAY, "swm adopt --why 改好")
    assert "没有发现问题" in town.say(DAY, "swm check 引用 字段")


def test_what_was_wrong_elsewhere_before_keeps_no_edit_out(town: Town) -> None:
    change(town, "企业/BK-00/BK-0002.yaml", "村: 俵口村", "村: 北京村")
    change(town, FILE, "序号: 3", "序号: 4")
    town.git("commit", "-qam", "手工")
    change(town, FILE, "电话:", "# 已核\n电话:")
    town.say(DAY, "swm adopt --why 注")
    change(town, "企业/BK-00/BK-0002.yaml", "村: 北京村", "村: 北京村  # 注")
    assert "北京村" in town.refused(DAY, "swm adopt --why 注")


def test_a_village_in_use_does_not_leave_the_roster(town: Town) -> None:
    change(town, "swm.yaml", "俵口村", "别口村")
    told = town.refused(DAY, "swm adopt --why 改名")
    assert "村名册里没有“俵口村”" in told and FILE in told and PLACE in told
