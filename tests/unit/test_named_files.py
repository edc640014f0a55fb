"""Which file a command means: by its id or this year's number, each kind in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issued import Town

TODAY = "2026-10-20"
SET_UP = (
    "swm premises add --village 俵口村 --address 俵口村工业路9号 --landlord 房东甲 --phone 13800000009",
    "swm admit --kind 入驻 --name 新来的厂 --village 俵口村 --premises 1",
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town.begun(tmp_path_factory.mktemp("town")).october()
    for command in SET_UP:
        town.say(TODAY, command)
    return town


@pytest.fixture
def town(begun: Town, tmp_path: Path) -> Town:
    return begun.copied(tmp_path)


@pytest.mark.parametrize("which", ["1", "zr-2026-0001", "ZR-2026-0001"])
def test_an_application_is_named_by_its_number_of_the_year(town: Town, which: str) -> None:
    assert "新来的厂" in town.say(TODAY, f"swm admit show {which}")
    town.say(TODAY, f"swm admit supplement {which} --materials 齐全")
    town.say(
        TODAY, f"swm admit decide {which} --decision 不予准入 --why 群众反对 --approver 李镇长"
    )


@pytest.mark.parametrize(
    ("command", "title", "listing"),
    [
        ("swm admit show 2", "准入", "swm admit list"),
        ("swm admit supplement 2 --materials 齐全", "准入", "swm admit list"),
        ("swm complaint show 99", "举报", "swm complaint list"),
        ("swm patrol show 99", "巡查", "swm patrol list"),
        ("swm activity show 99", "活动", "swm activity list"),
        ("swm premises show 99", "厂房", "swm premises list"),
        ("swm form 保证书 CF-0099", "厂房", "swm premises list"),
        ("swm form 准入审查表 9", "准入", "swm admit list"),
        ("swm correct XC-2026-0099 1 --why x --set 备注=y", "巡查", "swm patrol list"),
    ],
)
def test_a_file_that_is_not_there_names_the_list_of_its_kind(
    town: Town, command: str, title: str, listing: str
) -> None:
    told = town.refused(TODAY, command)
    assert "没有编号为" in told and title in told
    assert told.splitlines()[-2] == f"查看全部：{listing}"


def test_an_enterprise_that_is_not_there_is_searched_for(town: Town) -> None:
    assert "查找：swm find 名称" in town.refused(TODAY, "swm show 99")


@pytest.mark.parametrize("command", ["swm admit show", "swm patrol show", "swm activity show"])
@pytest.mark.parametrize("which", ["甲厂", "BK-0001", "1-1"])
def test_what_is_no_number_of_the_kind_is_told(town: Town, command: str, which: str) -> None:
    told = town.refused(TODAY, f"{command} {which}", 2)
    assert f"“{which}”不是" in told and "或本年的序号 1" in told


@pytest.mark.parametrize("which", ["1", "CF-0001", "cf-0001", "工业路9号"])
def test_premises_are_named_alike_by_every_command(town: Town, which: str) -> None:
    town.say(TODAY, f"swm add --name 另一家厂 --village 俵口村 --premises {which}")
    assert "厂房  CF-0001" in town.say(TODAY, "swm show 4")
    town.say(TODAY, f"swm edit 1 --set 厂房={which}")
    assert "厂房  CF-0001" in town.say(TODAY, "swm show 1")
    town.say(TODAY, "swm edit 1 --set 厂房=")
    assert "厂房  CF-0001" not in town.say(TODAY, "swm show 1")


def test_premises_that_are_not_there_are_still_told(town: Town) -> None:
    assert "没有编号为 CF-0007 的厂房" in town.refused(TODAY, "swm edit 1 --set 厂房=7")
    add = "swm add --name 另一家厂 --village 俵口村 --premises 7"
    assert "没有编号为 CF-0007 的厂房" in town.refused(TODAY, add)
