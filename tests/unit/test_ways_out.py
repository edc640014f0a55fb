"""What is suggested about a file that differs from what is committed works when it is typed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.issued import Town

TODAY = "2026-10-20"
FIRM = "企业/BK-00/BK-0001.yaml"
VISIT = "swm inspect 1 --kind 日常 --by 甲一、乙二 --result 停产"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("town")).october()


@pytest.fixture
def town(begun: Town, tmp_path: Path) -> Town:
    return begun.copied(tmp_path)


def restoring(told: str) -> str:
    """The git command that a screen names."""
    found = re.search(r"git (?:restore|checkout) .*", told)
    assert found, told
    return found[0]


def typed(town: Town, command: str) -> None:
    subprocess.run(command, cwd=town.root, shell=True, check=True)


def rewritten(town: Town) -> None:
    place = town.root / FIRM
    place.write_text(place.read_text("utf-8") + "# 手写\n", "utf-8")


def test_an_edited_file_is_adopted_with_a_reason(town: Town) -> None:
    rewritten(town)
    told = town.refused(TODAY, VISIT, 4)
    assert "  swm adopt --why 原因" in told.splitlines()
    assert "swm adopt --why 原因 收录" in "".join(town.lines(TODAY, "swm list"))
    town.say(TODAY, "swm adopt --why 原因")
    town.say(TODAY, VISIT)


@pytest.mark.parametrize("how", ["edit", "stage", "unlink", "rm", "rm --cached"])
def test_the_way_back_works_whatever_was_done_to_the_file(town: Town, how: str) -> None:
    if how in ("edit", "stage"):
        rewritten(town)
    if how == "stage":
        town.git("add", FIRM)
    if how == "unlink":
        (town.root / FIRM).unlink()
    if how.startswith("rm"):
        town.git(*how.split(), "-q", FIRM)
    typed(town, restoring(town.refused(TODAY, VISIT, 4)))
    assert town.git("status", "--porcelain") == ""
    town.say(TODAY, VISIT)


@pytest.mark.parametrize("how", ["unlink", "rm"])
def test_adopt_tells_how_a_removed_file_comes_back(town: Town, how: str) -> None:
    if how == "rm":
        town.git("rm", "-q", FIRM)
    else:
        (town.root / FIRM).unlink()
    told = town.refused(TODAY, "swm adopt --why 没有了")
    assert "档案不能删" in told
    typed(town, restoring(told))
    assert town.git("status", "--porcelain") == ""


@pytest.mark.parametrize("staged", [False, True])
def test_a_stray_file_in_the_way_is_to_be_moved_out(town: Town, staged: bool) -> None:
    stray = town.root / "企业/BK-00/BK-0004.yaml"
    stray.write_text("我自己写的\n", "utf-8")
    if staged:
        town.git("add", str(stray))
    add = "swm add --name 新厂 --village 俵口村"
    told = town.refused(TODAY, add, 4)
    assert "BK-0004.yaml 是没有登记过的新文件" in told and "移出台账文件夹" in told
    assert "git" not in told and "adopt" not in told, "neither would do"
    stray.rename(town.root.parent / "BK-0004.yaml")
    if staged:
        typed(town, restoring(town.refused(TODAY, add, 4)))
    town.say(TODAY, add)


def test_the_points_of_an_issue_tell_new_removed_and_changed_files_apart(town: Town) -> None:
    town.say(TODAY, "swm report text 2026-09")
    rewritten(town)
    (town.root / "企业/BK-00/BK-0002.yaml").unlink()
    (town.root / "企业/BK-00/BK-0009.yaml").write_text("我自己写的\n", "utf-8")
    *told, code = town.lines(TODAY, "swm report check 2026-09 --json")
    document = json.loads("\n".join(line for line in told if not line.startswith("注意")))
    ways = {point["内容"]: point["命令"] for point in document["事项"]}
    assert code == "[1]"
    assert ways[FIRM] == "要留下：swm adopt --why 原因；不要了：git restore -SW 文件"
    assert ways["企业/BK-00/BK-0002.yaml"] == "恢复：git restore -SW 文件"
    assert ways["月报/2026/09-文字.yaml"] == "要留下：swm adopt --why 原因；不要了：移出台账文件夹"
    assert ways["企业/BK-00/BK-0009.yaml"] == "登记要用命令，先把它移出台账文件夹"


def test_a_new_ledger_without_villages_is_told_what_to_type(tmp_path: Path) -> None:
    told = Town(tmp_path).say(TODAY, "swm init . --town 俵口镇")
    assert "再 swm adopt --why 原因" in told
