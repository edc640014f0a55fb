"""G5 to G7: several clerks at once, and a person's own git and editor in the middle of it all."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from tests.crash.cases import Subject
from tests.crash.driver import FIRST, NEW, SECOND
from tests.crash.harness import PROJECT, git, head, require_clean, require_lines
from tests.small_ledger import make

CLERKS, WRITES = ("甲", "乙", "丙"), 25


def test_three_clerks_lose_nothing(tmp_path: Path) -> None:
    """Acknowledged = commits in history = lines in the files, each once."""
    root = make(tmp_path / "ledger")
    command = [sys.executable, "-X", "utf8", "-m", "tests.crash.clerk", str(root)]
    processes = [
        subprocess.Popen(
            [*command, clerk, str(WRITES)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        for clerk in CLERKS
    ]
    acknowledged = [process.communicate()[0].split() for process in processes]
    assert [len(each) for each in acknowledged] == [WRITES] * len(CLERKS)
    history = git(root, "rev-list", "main").split()[:-1]
    assert sorted(history) == sorted(chain.from_iterable(acknowledged))
    lines = (root / FIRST).read_text("utf-8").splitlines()[1:]
    expected = [f"{clerk}: {number}" for clerk in CLERKS for number in range(WRITES)]
    assert sorted(lines) == sorted(expected)
    for clerk, commits in zip(CLERKS, acknowledged, strict=True):
        own = (root / f"巡查/2026/{clerk}.yaml").read_text("utf-8").splitlines()
        assert own == [line for line in lines if line.startswith(clerk)]
        authors = git(root, "log", "--format=%an", f"--author={clerk}", "main").split()
        assert authors == [clerk] * len(commits)
    require_clean(root)


def after_the_move(subject: Subject) -> list[int]:
    """Every second step from the journal on: there the branch has moved, or is about to."""
    return list(range(subject.brink + 1, len(subject.kinds) + 1, 2))


def try_to_commit(ledger: Path) -> None:
    """A person, annoyed, commits whatever is there."""
    person = ("-c", "user.name=许手快", "-c", "user.email=xu@example.cn")
    subprocess.run(["git", *person, "commit", "-qam", "人工提交"], cwd=ledger, capture_output=True)


def test_commit_a_after_a_crash_cannot_undo_a_record(subjects: dict[str, Subject]) -> None:
    subject = subjects["two"]
    recorded = 0
    for at in after_the_move(subject):
        ledger = subject.strike("kill", at)
        recorded += head(ledger) != subject.before
        tip = head(ledger)
        try_to_commit(ledger)
        assert head(ledger) == tip, f"step {at}: the person's git was not fenced off"
        subject.require_recovery(ledger)
    assert recorded > 10


def test_commit_a_after_a_failure_cannot_undo_a_record(subjects: dict[str, Subject]) -> None:
    """The same while swm lives: it said RECORDED, and leaves the fence up behind it."""
    subject = subjects["two"]
    pending = 0
    for at in after_the_move(subject):
        ledger = subject.lab.copy(subject.base)
        outcome = subject.lab.run(ledger, "two", 1, "eio", at)
        if outcome.status == 3:
            pending += 1
            assert "已经记录" in outcome.output
            try_to_commit(ledger)
            for path in (FIRST, SECOND):
                assert "记录: 第1次" in git(ledger, "show", f"main:{path}"), f"step {at}"
            assert subject.lab.run(ledger, "two", 2).status == 0
            require_clean(ledger)
            require_lines(ledger, "two", [1, 2])
        subject.lab.discard(ledger)
    assert pending > 10


@pytest.mark.parametrize("staged", [False, True])
def test_an_edit_between_crash_and_recovery_is_kept(
    subjects: dict[str, Subject], staged: bool
) -> None:
    """Whatever step the crash was at: the person's bytes survive, and nobody else commits them."""
    subject = subjects["create"]
    mine = "编号: BK-0001\n电话: 我改的\n"
    for at in after_the_move(subject)[:: 2 if staged else 1]:
        ledger = subject.strike("kill", at)
        (ledger / FIRST).write_text(mine, "utf-8")
        (ledger / "草稿.txt").write_text("草稿\n", "utf-8")
        if staged:  # as somebody does who removes the lock by hand, because git says so
            (ledger / ".git/index.lock").unlink(missing_ok=True)
            git(ledger, "add", FIRST, "草稿.txt")
        outcome = subject.lab.run(ledger, "recover", 0)
        locks = list((ledger / ".git").rglob("*.lock"))  # no fence, no proof: it says so
        assert outcome.status == (4 if locks else 0), outcome.output
        assert (ledger / FIRST).read_text("utf-8") == mine
        assert (ledger / "草稿.txt").exists()
        if staged:
            assert git(ledger, "show", f":{FIRST}") == mine
        if not locks:
            refused = subject.lab.run(ledger, "two", 2)
            assert refused.status == 4 and "BK-0001" in refused.output
        assert (ledger / FIRST).read_text("utf-8") == mine
        assert "我改的" not in git(ledger, "log", "-p", "main")
        subject.lab.discard(ledger)


def test_residue_of_a_crash_never_rides_along(subjects: dict[str, Subject]) -> None:
    """G7: after any crash the next commit holds exactly its own paths."""
    subject = subjects["create"]
    for at in subject.steps("kill")[3::9]:
        ledger = subject.strike("kill", at)
        outcome = subject.lab.run(ledger, "two", 2)
        assert outcome.status == 0, outcome.output
        changed = git(ledger, "diff-tree", "-r", "--name-only", "--no-commit-id", "main")
        assert changed.split() == [FIRST, SECOND]
        assert (ledger / NEW).exists() == (git(ledger, "ls-tree", "main", "--", NEW) != "")
        subject.lab.discard(ledger)
