"""Why the system refused: in Chinese, whatever it was."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from swm.store.systemwords import explain, reason
from tests.issued import Town

TODAY = "2026-10-20"
ENGLISH = re.compile("[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_number_has_chinese_words(number: int) -> None:
    told = reason(OSError(number, "No such thing"))
    assert told and not re.search("No such", told)


def test_what_nobody_foresaw_is_told_with_its_number() -> None:
    assert reason(OSError(9999, "Unheard of")) == "系统没有允许（错误号 9999）"
    assert reason(OSError("odd")) == "系统没有允许（OSError）"
    assert explain(OSError(errno.ENOSPC, "x", "甲.yaml")) == "磁盘已满（甲.yaml）"


@pytest.mark.parametrize(
    "command",
    [
        "swm report month 2026-09 --out /proc/x",
        "swm report issue 2026-09 --why 急 --out /proc/x",
        "swm form 一企一档 1 --out /proc/x",
        "swm table 台账 --format xlsx --out /proc/x",
        "swm site /proc/x --audience 内部",
        "swm patrol route --out /proc/x/y",
    ],
)
def test_a_folder_that_cannot_be_made_is_told_in_chinese(town: Town, command: str) -> None:
    told = town.refused(TODAY, command, 4)
    assert "/proc/x" in told
    assert not ENGLISH.search(re.sub(r"/proc\S*|--out", "", told)), told


@pytest.mark.parametrize("where", ["文件", "文件/甲镇"])
@pytest.mark.parametrize("command", ["swm init {} --town 甲镇", "swm demo {} --enterprises 3"])
def test_a_ledger_is_not_made_where_a_file_lies(tmp_path: Path, where: str, command: str) -> None:
    (tmp_path / "文件").write_text("我自己写的\n", "utf-8")
    told = Town(tmp_path).refused(TODAY, command.format(where), 4)
    assert where in told and "文件夹" in told
    assert (tmp_path / "文件").read_text("utf-8") == "我自己写的\n"
