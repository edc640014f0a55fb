"""What swm writes and clears away beside the history never leaves the ledger, links or not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from swm.cli import lastused
from swm.errors import NotYours
from swm.store import files
from swm.store.digests import digests
from swm.store.ledger import find
from swm.store.originals import Originals
from swm.store.remembered import Remembered
from swm.store.safety import objections
from tests.issued import Town

TODAY = "2026-10-08"
INSPECT = "swm inspect 1 --kind 日常 --by 甲一、乙二 --result 停产"


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("九月"))


@pytest.fixture
def town(september: Town, tmp_path: Path) -> Town:
    return september.copied(tmp_path / "台账")


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """Somebody's folder; whatever happens, it must stay as it is."""
    folder = tmp_path / "别人的"
    (folder / "tmp").mkdir(parents=True)
    for name in ("稿子.txt", "facts-2024.db", "answers", "known", "last-error.log"):
        (folder / name).write_text("别人的东西", "utf-8")
    before = _below(folder)
    yield folder
    assert _below(folder) == before, "SOMETHING WAS WRITTEN OR REMOVED OUTSIDE THE LEDGER"


def _below(folder: Path) -> dict[str, str | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") if path.is_file() else None
        for path in folder.rglob("*")
    }


def link(place: Path, target: Path) -> None:
    """Let `place` be a link, whatever lay there before."""
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def git_folder_elsewhere(town: Town, tmp_path: Path) -> None:
    """All of .git lies elsewhere: that is read, but nothing is kept there."""
    (town.root / ".git").rename(tmp_path / "git")
    (town.root / ".git").symlink_to(tmp_path / "git")


# --- the cache --------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [".git/swm/cache", ".git/swm"])
@pytest.mark.parametrize("command", ["swm find 兴旺", "swm list", "swm"])
def test_a_reader_goes_without_a_cache_that_leads_out(
    town: Town, outside: Path, place: str, command: str
) -> None:
    right = town.lines(TODAY, command)
    link(town.root / place, outside)
    assert town.lines(TODAY, command) == right


def test_where_git_itself_lies_elsewhere_nothing_is_kept_there(town: Town, tmp_path: Path) -> None:
    right = town.say(TODAY, "swm list")
    shutil.rmtree(town.root / ".git/swm/cache")
    git_folder_elsewhere(town, tmp_path)
    assert town.say(TODAY, "swm list") == right
    assert not (tmp_path / "git/swm/cache").exists()


@pytest.mark.parametrize("kind", ["answers", "digests"])
def test_what_is_remembered_of_commits_is_not_kept_outside(
    town: Town, outside: Path, kind: str
) -> None:
    repo = find(town.root, town.root).repo
    head = repo.head()
    assert head is not None
    right = digests(repo, head)
    link(town.root / ".git/swm/cache" / {"answers": "history"}.get(kind, kind), outside)
    assert Remembered(repo).ask("问", lambda _: 1) == 1
    assert digests(repo, head, fresh=False) == right


@pytest.mark.parametrize("name", ["answers", "known"])
def test_a_link_in_the_place_of_what_is_remembered_is_not_read(
    town: Town, outside: Path, name: str
) -> None:
    repo = find(town.root, town.root).repo
    head = repo.head()
    assert head is not None
    right = digests(repo, head)
    Remembered(repo).ask("问", lambda _: 1)
    place = town.root / ".git/swm/cache" / {"answers": "history", "known": "digests"}[name] / name
    moved = place.rename(town.root / "旧")
    place.symlink_to(moved)
    before = moved.read_bytes()
    asked: list[int] = []
    Remembered(repo).ask("问", lambda _: asked.append(1))
    assert digests(repo, head, fresh=False) == right
    assert asked == ([1] if name == "answers" else [])
    assert moved.read_bytes() == before and not place.is_symlink()


def test_a_half_written_file_that_is_a_link_is_not_written_through(
    town: Town, outside: Path
) -> None:
    """The name under which a process writes can be foretold by whoever made the copy."""
    repo = find(town.root, town.root).repo
    folder = town.root / ".git/swm/cache/history"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"answers.{os.getpid()}.part").symlink_to(outside / "稿子.txt")
    Remembered(repo).ask("问", lambda _: 1)
    assert Remembered(repo).known()["问"] == 1


def test_only_files_of_ours_are_cleared_from_the_cache(town: Town) -> None:
    cache = town.root / ".git/swm/cache"
    ours = sorted(each.name for each in cache.glob("facts-*.db"))
    for name in ("稿子.txt", "facts-2024.db", f"{ours[0]}.bak", "facts-near.part"):
        (cache / name).write_text("别人的东西", "utf-8")
    half = cache / f"{ours[0]}.4711.part"
    half.write_bytes(b"half")
    town.say(TODAY, INSPECT)
    town.say(TODAY, "swm list")
    left = {each.name for each in cache.iterdir() if each.is_file()}
    assert {"稿子.txt", "facts-2024.db", f"{ours[0]}.bak", "facts-near.part"} <= left
    assert half.name not in left and not left & set(ours)


# --- the log, what was typed last, the scratch folder -------------------------------------------


def broken(*_: object) -> list[str]:
    raise KeyError("坏了")


@pytest.mark.parametrize("place", [".git/swm/last-error.log", ".git/swm", ".git/swm/tmp"])
def test_the_log_of_an_error_is_not_written_through_a_link(
    town: Town, outside: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = outside / "稿子.txt" if place.endswith(".log") else outside
    link(town.root / place, target)
    monkeypatch.setattr("swm.render.dossier.dossier", broken)
    told = town.refused(TODAY, "swm show 1", 70)
    where = Path(told.splitlines()[0].rpartition("详情已写入 ")[2])
    assert "KeyError" in where.read_text("utf-8")


def test_a_file_that_shares_its_bytes_with_the_log_keeps_them(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "稿子.txt").write_text("别人的东西", "utf-8")
    os.link(tmp_path / "稿子.txt", town.root / ".git/swm/last-error.log")
    monkeypatch.setattr("swm.render.dossier.dossier", broken)
    town.refused(TODAY, "swm show 1", 70)
    assert (tmp_path / "稿子.txt").read_text("utf-8") == "别人的东西"
    assert "KeyError" in (town.root / ".git/swm/last-error.log").read_text("utf-8")


@pytest.mark.parametrize("place", [".git/swm", ".git/swm/tmp", ".git/swm/last-used.json"])
def test_what_was_typed_last_is_not_kept_outside(town: Town, outside: Path, place: str) -> None:
    link(town.root / place, outside / "稿子.txt" if place.endswith("json") else outside)
    lastused.remember(town.root, {"人员": "甲一"})


def test_a_draft_of_what_was_typed_last_is_not_written_through(town: Town, outside: Path) -> None:
    for name in (f"last-used.json.{os.getpid()}", f"last-used.json.{os.getpid()}.part"):
        (town.root / ".git/swm/tmp" / name).symlink_to(outside / "稿子.txt")
    lastused.remember(town.root, {"人员": "甲一"})
    assert lastused.recall(town.root)["人员"] == "甲一"


def test_a_scratch_file_that_is_gone_already_stops_no_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only remembers something stages it there without holding the ledger."""
    for name in ("甲", "乙"):
        (tmp_path / name).touch()
    seen = list(os.scandir(tmp_path))
    (tmp_path / "甲").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", lambda _: nullcontext(seen))
        files.empty(tmp_path)
    assert list(tmp_path.iterdir()) == []


# --- where a write looks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        *("refs/tags", "refs/tags/月报", "refs/tags/月报/2026-09"),
        *("logs/refs/tags", "logs/refs/tags/月报", "logs/refs/tags/月报/2026-09"),
        *("swm/cache", "swm/cache/history", "swm/tmp", "swm/untagged", "swm/last-used.json"),
        *("swm/last-error.log", "swm/journal.json", "objects/ab"),
    ],
)
def test_a_write_is_refused_where_any_place_of_ours_is_a_link(
    town: Town, outside: Path, place: str
) -> None:
    link(town.root / ".git" / place, outside)
    told = "".join(town.refused(TODAY, INSPECT, 4).split())
    assert f"{place}是符号链接" in told and "只删链接" in told
    repo = find(town.root, town.root).repo
    assert [type(each) for each in objections(repo)] == [NotYours]


@pytest.mark.parametrize("place", ["refs/tags", "refs/tags/月报"])
def test_no_tag_is_made_outside(town: Town, outside: Path, place: str) -> None:
    link(town.root / ".git" / place, outside)
    town.refused(TODAY, "swm report issue 2026-09 --signer 孟镇长 --approver 孟镇长", 4)


# --- 原件/ ----------------------------------------------------------------------------------------


@pytest.fixture
def scanned(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """One original lies in 原件/."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "交办单.pdf").write_bytes(b"%PDF-1.7\n2 0 obj <</Type /Page>>")
    town.say(TODAY, _complaint("交办单.pdf"))
    return town


def _complaint(scan: str) -> str:
    return f"swm complaint add --source 上级交办 --village 俵口村 --text 夜间喷漆 --scan ../{scan}"


@pytest.mark.parametrize("below", [False, True])
def test_no_scan_is_put_outside(scanned: Town, outside: Path, tmp_path: Path, below: bool) -> None:
    data = b"%PDF-1.7\n3 0 obj <</Type /Page>>"
    (tmp_path / "第二份.pdf").write_bytes(data)
    sha = Originals.digest(data)
    link(scanned.root / "原件" / sha[:2] if below else scanned.root / "原件", outside)
    head = scanned.git("rev-parse", "HEAD")
    told = scanned.refused(TODAY, _complaint("第二份.pdf"), 4)
    assert "是符号链接" in told and scanned.git("rev-parse", "HEAD") == head


def test_an_original_behind_a_link_is_not_here(scanned: Town, tmp_path: Path) -> None:
    (scanned.root / "原件").rename(tmp_path / "别处")
    (scanned.root / "原件").symlink_to(tmp_path / "别处")
    assert "缺扫描件 1 份" in scanned.say(TODAY, "swm original list")
    assert "是符号链接" in scanned.refused(TODAY, "swm original check")
    assert Originals(scanned.root, None).all() == []
