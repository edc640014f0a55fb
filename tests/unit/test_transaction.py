"""One command, one commit; a person's work untouched; every refusal before anything is done."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from swm.errors import (
    Busy,
    NoIdentity,
    NotYours,
    RecordedPending,
    Refused,
    Surroundings,
    Uncommitted,
    WrongBranch,
)
from swm.store import files, journal
from swm.store.identity import Identity, Person, Signing, identify, tidy
from swm.store.lock import Fence
from swm.store.message import message, one_line
from swm.store.recording import Receipt
from swm.store.repo import personal_settings
from swm.store.transaction import Moved, create, retrying, store_identity, writing
from tests.small_ledger import FILES, FIRST, SECOND, WHO, WORDS, append, commits, git, make

PROJECT = Path(__file__).parents[2]
NEW = "厂房/CF-00/CF-0001.yaml"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("original") / "ledger")


@pytest.fixture
def ledger(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "台账", symlinks=True))


def clean(root: Path) -> bool:
    status = git(root, "status", "--porcelain", "--untracked-files=all")
    return status == "" and not list((root / ".git").rglob("*.lock"))


# One commit


def test_the_first_commit_and_what_it_leaves(original: Path) -> None:
    assert len(commits(original)) == 1
    assert {each: (original / each).read_bytes() for each in FILES} == FILES
    assert clean(original)
    assert sorted(os.listdir(original / ".git/swm")) == ["fence", "lock", "tmp"]
    assert not (original / ".git/hooks").exists()
    git(original, "fsck", "--full", "--strict")


def test_two_files_in_one_commit_and_nothing_else(ledger: Path) -> None:
    (before,) = commits(ledger)
    receipt = append(ledger, FIRST, SECOND)
    assert commits(ledger) == [receipt.commit, before]
    assert receipt.parent == before and set(receipt.paths) == {FIRST, SECOND}
    changed = git(ledger, "diff-tree", "-r", "--name-only", "--no-commit-id", receipt.commit)
    assert changed.split() == [FIRST, SECOND]
    assert clean(ledger)
    assert git(ledger, "diff-files") == "", "the index has the files' sizes and times"


def test_new_file_in_a_new_folder_and_removal(ledger: Path) -> None:
    append(ledger, NEW)
    assert (ledger / NEW).read_text("utf-8") == "备注: 一行\n"
    with writing(ledger, WHO) as tx:
        tx.base(NEW)
        tx.commit({NEW: None}, WORDS)
    assert not (ledger / NEW).exists() and clean(ledger)
    assert git(ledger, "ls-files", "--", NEW) == ""


def test_author_committer_time_and_message(ledger: Path) -> None:
    who = Identity(Person("甲", "a@x.cn"), Person("乙", "b@x.cn"))
    when = datetime(2026, 10, 3, 21, 30, tzinfo=timezone(timedelta(hours=8)))
    with writing(ledger, who) as tx:
        receipt = tx.commit({NEW: b"x: 1\n"}, WORDS, when=when)
    shown = git(ledger, "log", "-1", "--format=%an %ae %cn %ce %aI %cI%n%B", receipt.commit)
    time_ = "2026-10-03T21:30:00+08:00"
    assert shown.startswith(f"甲 a@x.cn 乙 b@x.cn {time_} {time_}\n{WORDS}")
    assert "swm: 夜查 BK-0001" in (ledger / ".git/logs/HEAD").read_text("utf-8")


def test_a_clock_that_went_back_is_said_and_recorded(ledger: Path) -> None:
    with writing(ledger, WHO) as tx:
        receipt = tx.commit({NEW: b"x: 1\n"}, WORDS, when=datetime(1970, 1, 2, tzinfo=UTC))
    assert "1970-01-02" in receipt.notes[0]
    assert git(ledger, "log", "-1", "--format=%ct").strip() == "86400"
    assert append(ledger, FIRST).notes == ()


def test_no_change_makes_no_commit_unless_asked(ledger: Path) -> None:
    with pytest.raises(Refused, match="没有任何变化"), writing(ledger, WHO) as tx:
        tx.commit({FIRST: tx.base(FIRST)}, WORDS)
    assert len(commits(ledger)) == 1
    with writing(ledger, WHO) as tx:
        tx.commit({}, WORDS, empty=True)
    assert len(commits(ledger)) == 2 and clean(ledger)


def test_a_commit_of_two_parents(ledger: Path) -> None:
    other = git(ledger, "commit-tree", "-p", "main", "-m", "theirs", "main^{tree}").strip()
    with writing(ledger, WHO) as tx:
        receipt = tx.commit({NEW: b"x: 1\n"}, WORDS, also=[other])
    assert git(ledger, "log", "-1", "--format=%P").split() == [receipt.parent, other]


def test_an_attachment_already_there_is_no_change(ledger: Path) -> None:
    photo = "附件/ab/abcd.jpg"
    with writing(ledger, WHO) as tx:
        tx.commit({photo: b"\xff\xd8\r\n\0"}, WORDS)
    with writing(ledger, WHO) as tx:
        receipt = tx.commit({photo: b"\xff\xd8\r\n\0", NEW: b"x: 1\n"}, WORDS)
    assert receipt.paths == (NEW,)
    assert (ledger / photo).read_bytes() == b"\xff\xd8\r\n\0"


def test_what_was_not_read_is_not_overwritten(ledger: Path) -> None:
    with pytest.raises(ValueError, match="was not read"), writing(ledger, WHO) as tx:
        tx.commit({FIRST: b"blind: 1\n"}, WORDS)
    assert (ledger / FIRST).read_bytes() == FILES[FIRST] and clean(ledger)


def test_a_transaction_commits_once(ledger: Path) -> None:
    with pytest.raises(RecordedPending) as caught, writing(ledger, WHO) as tx:
        tx.commit({NEW: b"x: 1\n"}, WORDS)
        tx.commit({FIRST: b"x: 2\n"}, WORDS)
    assert caught.value.commit == commits(ledger)[0] and clean(ledger)


def test_permissions_of_a_file_survive(ledger: Path) -> None:
    os.chmod(ledger / FIRST, 0o640)
    append(ledger, FIRST)
    assert (ledger / FIRST).stat().st_mode & 0o777 == 0o640 and clean(ledger)


def test_a_thousand_files_in_one_commit(ledger: Path) -> None:
    many = {f"企业/BK-{n // 100:02}/BK-{n:04}.yaml": b"x: %d\n" % n for n in range(100, 700)}
    with writing(ledger, WHO) as tx:
        tx.commit(dict(many), WORDS)
    assert len(git(ledger, "ls-files").split()) == len(FILES) + 600 and clean(ledger)


def test_an_error_after_the_commit_never_says_it_failed(ledger: Path) -> None:
    def broken_pipe(receipt: Receipt) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(RecordedPending) as caught, writing(ledger, WHO) as tx:
        tx.commit({FIRST: (tx.base(FIRST) or b"") + b"x: 1\n"}, WORDS, announce=broken_pipe)
    assert caught.value.exit_code == 3 and caught.value.commit == commits(ledger)[0]
    assert "已经记录" in caught.value.message and "不要再录一遍" in caught.value.hint
    assert "index.lock" in git(ledger, "commit", "-am", "人工", fine=False), "the fence stays up"
    with writing(ledger, WHO) as tx:
        assert tx.recovered and tx.recovered.commit == caught.value.commit
        assert "现已补完" in str(tx.recovered)
    assert (ledger / FIRST).read_bytes().endswith(b"x: 1\n") and clean(ledger)


def test_ctrl_c_between_journal_and_end_does_not_tear_it(ledger: Path) -> None:
    """Also when another thread (a progress bar's) is there to take the signal."""
    script = (
        "import os, signal, sys, threading; from pathlib import Path\n"
        "from tests.small_ledger import *\n"
        "threading.Thread(target=threading.Event().wait, args=[30], daemon=True).start()\n"
        "with writing(Path(sys.argv[1]), WHO) as tx:\n"
        "    stop = lambda _: os.kill(os.getpid(), signal.SIGINT)\n"
        "    tx.commit({'x.yaml': b'x: 1\\n'}, WORDS, announce=stop)\n"
        "try: signal.raise_signal(signal.SIGINT)\n"
        "except KeyboardInterrupt: print('later ones count again')\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", script, str(ledger)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "later ones count again\n", done.stderr
    assert clean(ledger) and (ledger / "x.yaml").exists()


# A person's work


@pytest.mark.parametrize("how", ["edit", "delete", "stage", "stage and revert", "unstage"])
def test_an_uncommitted_edit_of_a_touched_file_stops_the_write(ledger: Path, how: str) -> None:
    place = ledger / FIRST
    if how == "delete":
        place.unlink()
    elif how == "unstage":
        git(ledger, "rm", "-q", "--cached", FIRST)
    else:
        place.write_text("编号: BK-0001\n电话: 改了\n", "utf-8")
    if how.startswith("stage"):
        git(ledger, "add", FIRST)
    if how == "stage and revert":
        place.write_bytes(FILES[FIRST])
    before = git(ledger, "status", "--porcelain"), git(ledger, "diff", "HEAD")
    with pytest.raises(Uncommitted, match=r"BK-0001.yaml") as caught:
        append(ledger, FIRST, SECOND)
    assert caught.value.exit_code == 4 and "git restore -SW" in caught.value.hint
    assert (git(ledger, "status", "--porcelain"), git(ledger, "diff", "HEAD")) == before
    assert len(commits(ledger)) == 1 and (ledger / SECOND).read_bytes() == FILES[SECOND]


def test_an_untracked_file_in_the_way_stops_the_write(ledger: Path) -> None:
    (ledger / "厂房/CF-00").mkdir(parents=True)
    (ledger / NEW).write_text("我自己写的\n", "utf-8")
    with pytest.raises(Uncommitted):
        append(ledger, NEW)
    assert (ledger / NEW).read_text("utf-8") == "我自己写的\n"


def test_edits_elsewhere_neither_stop_a_write_nor_ride_along(ledger: Path) -> None:
    (ledger / SECOND).write_text("编号: BK-0002\n备注: 我改的\n", "utf-8")
    (ledger / "草稿.txt").write_text("草稿\n", "utf-8")
    git(ledger, "add", "草稿.txt")
    (ledger / "swm.yaml").write_text("格式: 1\n镇名: 俵口镇\n", "utf-8")
    git(ledger, "add", "swm.yaml")
    before = (
        git(ledger, "status", "--porcelain"),
        git(ledger, "diff"),
        git(ledger, "diff", "--cached"),
    )
    receipt = append(ledger, FIRST)
    after = (
        git(ledger, "status", "--porcelain"),
        git(ledger, "diff"),
        git(ledger, "diff", "--cached"),
    )
    assert after == before
    assert git(ledger, "show", "--format=", "--name-only", receipt.commit).split() == [FIRST]


def test_reading_does_not_stop_at_an_edit_but_committing_does(ledger: Path) -> None:
    (ledger / SECOND).write_text("编号: BK-0002\n备注: 我改的\n", "utf-8")
    with writing(ledger, WHO) as tx:
        assert tx.committed(SECOND) == FILES[SECOND]
        tx.commit({NEW: b"x: 1\n"}, WORDS)
    with pytest.raises(Uncommitted), writing(ledger, WHO) as tx:
        tx.commit({SECOND: (tx.committed(SECOND) or b"") + b"x: 1\n"}, WORDS)
    assert "我改的" in (ledger / SECOND).read_text("utf-8")


def test_an_edit_made_while_the_verb_was_thinking(ledger: Path) -> None:
    with pytest.raises(Uncommitted), writing(ledger, WHO) as tx:
        text = tx.base(FIRST) or b""
        (ledger / FIRST).write_text("编号: BK-0001\n备注: 抢先改的\n", "utf-8")
        tx.commit({FIRST: text + b"x: 1\n"}, WORDS)
    assert "抢先改的" in (ledger / FIRST).read_text("utf-8") and len(commits(ledger)) == 1


def test_an_edit_in_the_very_moment_is_kept_and_named(ledger: Path) -> None:
    mine = "编号: BK-0001\n备注: 同时改的\n"

    def edit(receipt: Receipt) -> None:
        (ledger / FIRST).write_text(mine, "utf-8")
        (ledger / "厂房/CF-00").mkdir(parents=True)
        (ledger / NEW).write_text(mine, "utf-8")

    with writing(ledger, WHO) as tx:
        contents = {FIRST: (tx.base(FIRST) or b"") + b"x: 1\n", NEW: b"x: 1\n", SECOND: b"y: 1\n"}
        tx.base(SECOND)
        receipt = tx.commit(dict(contents), WORDS, announce=edit)
    assert receipt.kept == (FIRST, NEW)
    assert (ledger / FIRST).read_text("utf-8") == (ledger / NEW).read_text("utf-8") == mine
    assert (ledger / SECOND).read_bytes() == b"y: 1\n"
    assert git(ledger, "show", f"main:{FIRST}").endswith("x: 1\n")
    assert git(ledger, "status", "--porcelain").split("\n")[:2] == [f" M {FIRST}", f" M {NEW}"]


def test_adopting_takes_exactly_the_bytes_that_lie_there(ledger: Path) -> None:
    (ledger / FIRST).write_bytes("编号: BK-0001\n# 我的注释\n".encode())
    (ledger / SECOND).unlink()
    git(ledger, "add", FIRST)
    with writing(ledger, WHO) as tx:
        contents = {FIRST: tx.adopt(FIRST), SECOND: tx.adopt(SECOND)}
        tx.commit(contents, WORDS)
    assert clean(ledger) and git(ledger, "show", f"main:{FIRST}").endswith("# 我的注释\n")
    assert git(ledger, "ls-tree", "main", "--", SECOND) == ""


def test_commit_a_in_the_middle_is_fenced_off(ledger: Path) -> None:
    said = []

    def person(receipt: Receipt) -> None:
        said.append(git(ledger, "commit", "-am", "人工提交", fine=False))

    with writing(ledger, WHO) as tx:
        tx.commit({FIRST: (tx.base(FIRST) or b"") + b"x: 1\n"}, WORDS, announce=person)
    assert "index.lock" in said[0]
    assert git(ledger, "show", f"main:{FIRST}").endswith("x: 1\n") and clean(ledger)


def test_a_person_who_moves_the_branch_wins_and_we_try_again(ledger: Path) -> None:
    tries = []

    def work() -> Receipt:
        with writing(ledger, WHO) as tx:
            text = tx.base(FIRST) or b""
            if not tries:
                new = git(ledger, "commit-tree", "-p", "main", "-m", "人工", "main^{tree}")
                git(ledger, "update-ref", "refs/heads/main", new.strip())
            tries.append(1)
            return tx.commit({FIRST: text + b"x: 1\n"}, WORDS)

    with pytest.raises(Moved, match=r"再运行一次|提交了别的"):
        work()
    assert len(commits(ledger)) == 2 and clean(ledger)
    assert not journal.path(ledger / ".git/swm").exists()
    tries.clear()
    assert retrying(work).commit == commits(ledger)[0]
    assert len(tries) == 2 and len(commits(ledger)) == 4 and clean(ledger)


# The surroundings


def test_busy_when_another_writer_does_not_finish(ledger: Path) -> None:
    with writing(ledger, WHO):
        start = time.monotonic()
        with pytest.raises(Busy, match="另一个 swm") as caught, writing(ledger, WHO, patience=0.2):
            pass
        assert 0.2 <= time.monotonic() - start < 2 and caught.value.exit_code == 4
    assert append(ledger, FIRST).paths == (FIRST,)


def test_git_at_work_is_waited_for(ledger: Path) -> None:
    lock = ledger / ".git/index.lock"
    lock.write_bytes(b"")
    with pytest.raises(Busy, match=r"index.lock"):
        append(ledger, FIRST)
    assert lock.exists(), "a lock that may be somebody's is not ours to remove"
    threading.Timer(0.3, lock.unlink).start()
    assert append(ledger, FIRST).paths == (FIRST,) and clean(ledger)


def test_a_copied_ledger_knows_its_fence(ledger: Path) -> None:
    """Two files where there was one: a copy to a stick breaks the hard link."""
    shutil.copyfile(ledger / ".git/swm/fence", ledger / ".git/index.lock")
    assert Fence(ledger / ".git").stands()
    append(ledger, FIRST)
    assert clean(ledger)


def test_without_hard_links_the_fence_still_stands(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    said = []
    with writing(ledger, WHO) as tx:
        tx.commit(
            {NEW: b"x: 1\n"},
            WORDS,
            announce=lambda _: said.append(git(ledger, "commit", "-am", "人工", fine=False)),
        )
    assert "index.lock" in said[0] and (ledger / NEW).exists() and clean(ledger)


def test_a_lock_that_holds_nobody_back_is_no_lock(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    with pytest.raises(Surroundings, match="不支持文件锁"):
        append(ledger, FIRST)
    assert len(commits(ledger)) == 1


def test_a_ref_lock_of_unknown_origin_stays(ledger: Path) -> None:
    lock = ledger / ".git/refs/heads/main.lock"
    lock.write_bytes(b"")
    with pytest.raises(Surroundings, match=r"main.lock"):
        append(ledger, FIRST)
    assert lock.exists() and len(commits(ledger)) == 1
    lock.unlink()
    append(ledger, FIRST)
    assert clean(ledger)


def test_too_little_space_is_seen_before_anything_is_touched(ledger: Path) -> None:
    free = shutil.disk_usage(ledger).free
    writer = writing(ledger, WHO, spare=free * 2)
    with pytest.raises(Surroundings, match=r"磁盘空间不足.*需要"), writer:
        pass
    assert clean(ledger)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("cannot mount a tmpfs here: THE FULL-DISK TEST DID NOT RUN")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_really_full(tiny_disk: Path) -> None:
    root = tiny_disk / "ledger"
    root.mkdir()
    create(root)
    with writing(root, WHO, spare=0) as tx:
        tx.commit(dict(FILES), WORDS)
    ballast = tiny_disk / "ballast"
    outcomes = set()
    for free in range(0, 120 * 1024, 4096):
        ballast.unlink(missing_ok=True)
        ballast.write_bytes(b"\0" * max(0, shutil.disk_usage(tiny_disk).free - free))
        before = commits(root)
        try:
            with writing(root, WHO, spare=0) as tx:
                content = (tx.base(FIRST) or b"") + b"x: %d\n" % free
                tx.commit({FIRST: content}, WORDS)
            outcomes.add("recorded")
        except RecordedPending as pending:
            outcomes.add("pending")
            assert commits(root) == [pending.commit, *before]
        except Surroundings as refusal:
            assert commits(root) == before and "磁盘" in refusal.message
            outcomes.add("refused")
        ballast.unlink()
        with writing(root, WHO, spare=0):
            pass
        assert clean(root)
    assert {"recorded", "refused"} <= outcomes


@pytest.mark.parametrize(
    ("limit", "said"), [(2048, "什么也没有记录"), (20_000, "收尾没有做完")], ids=["ours", "git's"]
)
def test_a_file_size_limit_is_named(ledger: Path, limit: int, said: str) -> None:
    """2048 stops our own file; 20,000 stops the person's index, and git dies without a word:
    by then it is recorded, and the next write puts the index right."""
    many = {f"企业/BK-{n // 100:02}/BK-{n:04}.yaml": b"x: %d\n" % n for n in range(100, 400)}
    with writing(ledger, WHO) as tx:
        tx.commit(dict(many), WORDS)
    before = commits(ledger)
    script = (
        "import sys; from pathlib import Path; from swm.errors import SwmError\n"
        "from tests.small_ledger import *\n"
        "try: append(Path(sys.argv[1]), FIRST, line='x' * 3000)\n"
        "except SwmError as told: print(told.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(ledger)],
        cwd=PROJECT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
    )
    assert "文件超过了系统允许的大小" in done.stdout and said in done.stdout, done.stderr
    recorded = limit > 2048
    assert len(commits(ledger)) == len(before) + recorded
    with writing(ledger, WHO):
        pass
    assert clean(ledger)


def test_a_read_only_disk_is_readable(original: Path, tmp_path: Path) -> None:
    place = tmp_path / "readonly"
    place.mkdir()
    command = ["mount", "--bind", "-o", "ro", str(original), str(place)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("cannot mount here: THE READ-ONLY TEST DID NOT RUN")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
    try:
        with pytest.raises(Surroundings, match=r"只读|没有.*权限"):
            append(place, FIRST)
        assert git(place, "show", f"main:{FIRST}").encode() == FILES[FIRST]
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


# Which repositories are written


def test_another_owner_s_ledger_is_not_written(ledger: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away: THE OWNERSHIP TEST DID NOT RUN")
    os.chown(ledger / ".git", 1234, 1234)
    with pytest.raises(NotYours, match="另一个系统用户") as caught:
        append(ledger, FIRST)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "place", [".git", "企业", "企业/BK-00", FIRST, ".git/objects", ".git/swm", ".git/logs"]
)
def test_symbolic_links_lead_nowhere(ledger: Path, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    (ledger / place).rename(outside)
    (ledger / place).symlink_to(outside)
    content = {p: p.read_bytes() for p in [outside, *outside.rglob("*")] if p.is_file()}
    with pytest.raises((NotYours, Uncommitted)) as caught:
        append(ledger, FIRST)
    assert "符号链接" in caught.value.message
    after = {p: p.read_bytes() for p in [outside, *outside.rglob("*")] if p.is_file()}
    assert after == content


def test_a_link_in_the_history_is_not_written_through(ledger: Path) -> None:
    (ledger / "链接").symlink_to("/etc/passwd")
    git(ledger, "add", "链接")
    git(ledger, "commit", "-qm", "link")
    with pytest.raises(Surroundings, match="120000"), writing(ledger, WHO) as tx:
        tx.base("链接")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["switch", "-qc", "other"], "分支 other"),
        (["switch", "-q", "--detach"], "没有分支"),
        (["bisect", "start"], "二分查找"),
    ],
)
def test_wrong_branch_or_unfinished_business(ledger: Path, words: list[str], error: str) -> None:
    git(ledger, *words)
    with pytest.raises(WrongBranch, match=error) as caught:
        append(ledger, FIRST)
    assert caught.value.exit_code == 4


def test_a_merge_in_progress(ledger: Path) -> None:
    git(ledger, "switch", "-qc", "other")
    (ledger / FIRST).write_text("编号: 乙\n", "utf-8")
    git(ledger, "commit", "-qam", "other")
    git(ledger, "switch", "-q", "main")
    (ledger / FIRST).write_text("编号: 甲\n", "utf-8")
    git(ledger, "commit", "-qam", "mine")
    git(ledger, "merge", "other", fine=False)
    with pytest.raises(WrongBranch, match="合并"):
        append(ledger, SECOND)


def test_other_layouts_can_be_read_but_not_written(ledger: Path, tmp_path: Path) -> None:
    inner = ledger / "sub"
    inner.mkdir()
    with pytest.raises(NotYours, match="最上层") as caught:
        append(inner, FIRST)
    assert "swm demo" in caught.value.hint and "swm init" in caught.value.hint
    git(ledger, "worktree", "add", "-q", "-b", "w", str(tmp_path / "tree"))
    with pytest.raises(NotYours, match="附属工作树"):
        append(tmp_path / "tree", FIRST)
    git(tmp_path, "clone", "-q", "--bare", str(ledger), "bare")
    with pytest.raises(NotYours, match="最上层"):
        append(tmp_path / "bare", FIRST)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{ledger}", "shallow")
    append(ledger, FIRST)
    (tmp_path / "shallow/.git/shallow").write_text(commits(ledger)[0], "ascii")
    with pytest.raises(NotYours, match="截短"):
        append(tmp_path / "shallow", FIRST)
    git(tmp_path, "clone", "-q", "--shared", str(ledger), "shared")
    with pytest.raises(NotYours, match="alternates"):
        append(tmp_path / "shared", FIRST)


def test_replaced_or_grafted_history(ledger: Path) -> None:
    append(ledger, FIRST)
    new, old = commits(ledger)
    git(ledger, "replace", new, old)
    for prepare in ([], ["pack-refs", "--all"]):
        if prepare:
            git(ledger, *prepare)
        with pytest.raises(NotYours, match="替换"):
            append(ledger, FIRST)
    git(ledger, "replace", "-d", new)
    (ledger / ".git/info").mkdir(exist_ok=True)
    (ledger / ".git/info/grafts").write_text(f"{new}\n", "ascii")
    with pytest.raises(NotYours, match="嫁接"):
        append(ledger, FIRST)


# Who


def test_identity_from_environment_then_ledger_then_home(
    ledger: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Person("严录入", "luru@example.cn")
    assert identify(ledger, personal_settings()) == Identity(home, home)
    store_identity(ledger, " 许<值>班\n", "xu@example.cn")
    here = Person("许值班", "xu@example.cn")
    assert identify(ledger, personal_settings()) == Identity(here, here)
    assert git(ledger, "config", "user.name").strip() == "许值班"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "代填人")
    expected = Identity(Person("代填人", "xu@example.cn"), here)
    assert identify(ledger, personal_settings()) == expected
    with writing(ledger) as tx:
        tx.commit({NEW: b"x: 1\n"}, WORDS)
    assert git(ledger, "log", "-1", "--format=%an %cn").strip() == "代填人 许值班"
    assert os.environ["GIT_AUTHOR_NAME"] == "代填人", "the environment is given back"


def test_nobody_named(ledger: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(NoIdentity) as caught, writing(ledger):
        pass
    assert caught.value.exit_code == 4
    assert "user.name" in caught.value.hint and "user.email" in caught.value.hint


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("甲\n乙", "甲 乙"),
        ("<>", ""),
        ("  ", ""),
        ("a <b@c> d", "a b@c d"),
        ("\x1b[31m甲", "U+001B[31m甲"),
    ],
)
def test_names_that_would_break_a_commit(given: str, kept: str) -> None:
    assert tidy(given) == kept


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen: SIGNING NOT TESTED")
def test_signed_with_the_person_s_own_key(ledger: Path, tmp_path: Path, sealed: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signing = Signing(str(key), ("gpg.format=ssh", "gpg.ssh.program=ssh-keygen"))
    with writing(ledger, Identity(WHO.author, WHO.committer, signing)) as tx:
        receipt = tx.commit({NEW: b"x: 1\n"}, WORDS)
    assert "BEGIN SSH SIGNATURE" in git(ledger, "cat-file", "commit", receipt.commit)
    append(ledger, FIRST)
    assert "SIGNATURE" not in git(ledger, "cat-file", "commit", "main")


# The journal


def test_a_damaged_journal_stops_only_where_something_differs(ledger: Path) -> None:
    place = journal.path(ledger / ".git/swm")
    place.write_bytes(b'{"version": 1, "ref"')
    (ledger / FIRST).write_text("编号: 改了\n", "utf-8")
    with pytest.raises(Surroundings, match=r"已损坏.*BK-0001"):
        append(ledger, SECOND)
    git(ledger, "restore", FIRST)
    append(ledger, SECOND)
    assert place.with_suffix(".damaged").exists() and not place.exists()


def test_a_later_commit_wins_over_the_journal(ledger: Path) -> None:
    """Somebody removed the fence by hand and committed on top: HEAD counts, not the journal."""

    def stop(receipt: Receipt) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(RecordedPending), writing(ledger, WHO) as tx:
        contents = {p: (tx.base(p) or b"") + b"x: 1\n" for p in (FIRST, SECOND)}
        tx.commit(dict(contents), WORDS, announce=stop)
    (ledger / ".git/index.lock").unlink()
    git(ledger, "checkout", "-q", "-f", "main", "--", ".")
    (ledger / FIRST).write_bytes(b"later: 1\n")
    git(ledger, "commit", "-qam", "later")
    with writing(ledger, WHO) as tx:
        assert tx.recovered and tx.recovered.kept == ()
    assert (ledger / FIRST).read_bytes() == b"later: 1\n" and clean(ledger)


def test_history_taken_back_by_a_person_stays_taken_back(ledger: Path) -> None:
    def stop(receipt: Receipt) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(RecordedPending), writing(ledger, WHO) as tx:
        tx.commit({FIRST: (tx.base(FIRST) or b"") + b"x: 1\n"}, WORDS, announce=stop)
    (ledger / ".git/index.lock").unlink()
    git(ledger, "reset", "-q", "--hard", "HEAD~1")
    with writing(ledger, WHO) as tx:
        assert str(tx.recovered).startswith("上一次写入中途断了，没有留下任何记录")
    assert (ledger / FIRST).read_bytes() == FILES[FIRST] and clean(ledger)


# Words


def test_free_text_forges_no_trailer(ledger: Path) -> None:
    evil = "正常\n\nSwm-Verb: delist\nSwm-Adopts: all"
    words = message(evil, [evil, "---", "Swm-Actor: boss", ""], {"Swm-Verb": "inspect"})
    with writing(ledger, WHO) as tx:
        tx.commit({NEW: b"x: 1\n"}, words)
    parsed = git(ledger, "log", "-1", "--format=%(trailers:only,unfold)")
    assert parsed.strip() == "Swm-Verb: inspect"
    own = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=words, capture_output=True, text=True
    )
    assert own.stdout.strip() == "Swm-Verb: inspect"


def test_messages_hold_nothing_that_commands_a_terminal() -> None:
    text = one_line("夜查\x1b[31m \x9b2J \u202e倒\u200b 尾\x85行\ud800")
    assert text == "夜查<U+001B>[31m <U+009B>2J <U+202E>倒<U+200B> 尾<U+0085>行<U+D800>"
    with pytest.raises(ValueError):
        message("夜查", ["Swm-Verb: x"], {})
    with pytest.raises(ValueError):
        message(" \n", [], {"Swm-Verb": "inspect"})


def test_attachments_are_what_their_name_says(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"jpeg")
    taken = files.attachment(photo, ".jpg")
    assert taken.path == f"附件/{taken.sha256[:2]}/{taken.sha256}.jpg" and taken.content == b"jpeg"
    link = tmp_path / "link.jpg"
    link.symlink_to(photo)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for odd in (link, fifo, tmp_path):
        with pytest.raises(Refused):
            files.attachment(odd, ".jpg")
