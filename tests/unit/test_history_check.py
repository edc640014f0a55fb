"""What somebody changed with git alone: a finding for good, adopted or not; no id given twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issued import Town

FILE = "企业/BK-00/BK-0001.yaml"
SECOND = "企业/BK-00/BK-0002.yaml"
DAY = "2026-09-20"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """September, once."""
    return Town.begun(tmp_path_factory.mktemp("镇"))


@pytest.fixture
def town(made: Town, tmp_path: Path) -> Town:
    """A copy of it to be spoilt."""
    return made.copied(tmp_path / "镇")


def change(town: Town, path: str, old: str, new: str) -> None:
    """A person edits a file."""
    text = (town.root / path).read_text("utf-8")
    assert old in text
    (town.root / path).write_text(text.replace(old, new, 1), "utf-8")


def by_hand(town: Town, path: str, old: str, new: str) -> None:
    """A person edits a file and commits it with git."""
    change(town, path, old, new)
    town.git("commit", "-qam", "手工")


def test_a_changed_record_stays_a_finding_after_it_was_adopted(town: Town) -> None:
    by_hand(town, FILE, "送达方式: 直接", "送达方式: 邮寄")
    told = town.refused(DAY, "swm check 历史")
    assert f"{FILE}“第3条”" in told and "被改动（文书.送达方式）" in told
    assert "（提交 0000000000，" in told and "甲，" in told  # the transcript hides the id
    town.say(DAY, "swm adopt --why 知道了")
    kept = town.say(DAY, "swm check 历史")
    assert "被改动（文书.送达方式）" in kept and "已知悉：知道了" in kept
    assert "错误 0 条，提醒 1 条" in kept and "不是 swm 作出的" not in kept
    town.say("2026-09-21", "swm inspect 1 --kind 日常 --by 甲一 --result 停产")
    assert "已知悉：知道了" in town.say("2026-09-21", "swm check 历史")


def test_removed_renumbered_and_reordered_records_are_told_apart(town: Town) -> None:
    text = (town.root / FILE).read_text("utf-8")
    third = text.index("  - 序号: 3")
    (town.root / FILE).write_text(text[:third], "utf-8")
    town.git("commit", "-qam", "手工")
    by_hand(town, FILE, "序号: 2", "序号: 5")
    told = town.refused(DAY, "swm check 历史")
    assert "“第3条”：被删去" in told and "“第2条”：被改成了第5条" in told


def test_what_may_be_edited_by_hand_breaks_nothing(town: Town) -> None:
    by_hand(town, FILE, "电话:", "网格: 俵口村-1\n电话:")
    told = town.say(DAY, "swm check 历史")
    assert "不是 swm 作出的" in told and "错误 0 条，提醒 1 条" in told


def test_an_id_is_never_given_again(town: Town) -> None:
    town.git("rm", "-q", SECOND)
    town.git("commit", "-qm", "删了")
    assert f"{SECOND}：文件被删去" in town.refused(DAY, "swm check 历史")
    town.say(DAY, "swm adopt --why 重复")
    told = town.say(DAY, "swm check 历史")
    assert "文件被删去" in told and "已知悉：重复" in told
    new = "swm add --name 新厂 --village 俵口村 --category 关停取缔"
    assert town.say(DAY, new).splitlines()[-1].startswith("BK-0003 ")
    assert town.say(DAY, new.replace("新厂", "又一厂")).splitlines()[-1].startswith("BK-0004 ")


def test_no_kind_of_file_gets_an_id_again(town: Town) -> None:
    commands = (
        "swm premises add --village 俵口村 --address 村东 --landlord 房某",
        "swm letter add --premises 1 --landlord 房某 --on 2026-09-20",
        "swm activity add --kind 宣传 --on 2026-09-20 --title 明白纸 --copies 10",
        "swm patrol add --on '2026-09-19 21:00' --until 22:00 --kind 日常 --leader 丙领导"
        " --by 甲一、乙二 --visit 1:停产",
        "swm complaint add --source 上级交办 --on 2026-09-20 --village 俵口村 --text 有异味",
        "swm admit --kind 入驻 --name 来厂 --village 俵口村",
    )
    first = [town.say(DAY, command).splitlines()[-1].split(" ")[0] for command in commands]
    for folder in ("厂房", "活动", "巡查", "举报", "准入"):
        town.git("rm", "-rq", folder)
    text = (town.root / FILE).read_text("utf-8")
    (town.root / FILE).write_text(text[: text.index("  - 序号: 4")], "utf-8")
    town.git("commit", "-qam", "都删了")
    again = [
        town.say(DAY, command.replace("--premises 1", "--premises 2")).splitlines()[-1]
        for command in commands
    ]
    assert [line.split(" ")[0] for line in again] == [
        f"{id[:-4]}{int(id[-4:]) + 1:04d}" for id in first
    ]


def test_a_record_put_back_is_no_second_finding(town: Town) -> None:
    by_hand(town, FILE, "送达方式: 直接", "送达方式: 邮寄")
    change(town, FILE, "送达方式: 邮寄", "送达方式: 直接")
    town.say(DAY, "swm adopt --why 改回")
    by_hand(town, FILE, "送达方式: 直接", "送达方式: 邮寄")
    by_hand(town, FILE, "送达方式: 邮寄", "送达方式: 直接")
    told = town.refused(DAY, "swm check 历史")
    assert told.count("被改动（文书.送达方式）") == 2


def test_a_removed_file_put_back_is_taken_in_as_it_was(town: Town) -> None:
    town.git("rm", "-q", SECOND)
    town.git("commit", "-qm", "删了")
    town.git("checkout", "HEAD~1", "--", SECOND)
    change(town, SECOND, "日期: 2026-09-03", "日期: 2026-09-02")
    assert "与删去以前的不同" in town.refused(DAY, "swm adopt --why 找回")
    change(town, SECOND, "日期: 2026-09-02", "日期: 2026-09-03")
    town.say(DAY, "swm adopt --why 找回")
    assert "俵口振兴塑料厂" in town.say(DAY, "swm show 2")


def test_an_unreadable_version_between_hides_no_changed_record(town: Town) -> None:
    good = (town.root / FILE).read_text("utf-8")
    (town.root / FILE).write_text("坏了\n", "utf-8")
    town.git("commit", "-qam", "手工")
    (town.root / FILE).write_text(good.replace("送达方式: 直接", "送达方式: 邮寄"), "utf-8")
    town.git("commit", "-qam", "手工")
    assert "被改动（文书.送达方式）" in town.refused(DAY, "swm check 历史")


def test_a_merge_that_drops_a_record_is_found(town: Town) -> None:
    town.git("branch", "old")
    town.say(DAY, "swm inspect 1 --kind 日常 --by 甲一 --result 停产")
    town.git("checkout", "-q", "old")
    by_hand(town, FILE, "电话:", "网格: 俵口村-1\n电话:")
    town.git("checkout", "-q", "main")
    town.git("merge", "-q", "-X", "theirs", "-s", "ort", "--no-edit", "old")
    town.git("checkout", "old", "--", FILE)
    town.git("commit", "-q", "--amend", "--no-edit")
    assert "“第4条”：被删去" in town.refused(DAY, "swm check 历史")


def test_an_issued_report_is_watched_too(town: Town) -> None:
    town.say("2026-10-02", "swm report month 2026-09 --out .git/out")
    town.say(
        "2026-10-02",
        "swm report issue 2026-09 --approver 丁 --approved-on 2026-10-01 --approval 签批单"
        " --why 测试 --out .git/out",
    )
    by_hand(town, "月报/2026/09.yaml", "人: 丁", "人: 戊")
    assert "月报/2026/09.yaml“第1条”" in town.refused("2026-10-03", "swm check 历史")
