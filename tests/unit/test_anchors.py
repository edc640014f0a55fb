"""锚: what it says, that a slip of the pen is seen, that any change of the history changes it."""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from base64 import b32encode
from pathlib import Path

import pytest

from swm.audit.anchors import Anchor, anchor_of, check_characters, read_anchor, tree_digest
from swm.cli.main import run
from swm.domain.fields import BadValue
from swm.store.digests import digests
from swm.store.ledger import Ledger, find
from swm.store.remembered import MOST, Remembered
from tests.scenario.transcript import screen, surroundings

TODAY = "2026-03-10"
SPECIMEN = Anchor("2026-10", 1712, "ccfb0c457cd446d04c71ebf8bcf382ff246b0916", "A" * 26)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    screen("swm init . --town 俵口镇 --villages 俵口村", TODAY, tmp_path)
    return find(tmp_path, tmp_path)


def git(ledger: Ledger, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=甲", "-c", "user.email=a@example.cn", *words],
        cwd=ledger.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_it_is_groups_of_four_and_reads_back() -> None:
    text = SPECIMEN.text
    assert text.startswith("2026 1000 1712 CCFB 0C45")
    assert all(len(group) == 4 for group in text.split(" "))
    assert read_anchor(text) == read_anchor(text.lower().replace(" ", "\n")) == SPECIMEN


def test_the_check_characters_are_those_of_iso_7064() -> None:
    assert check_characters("ISO79") == "3W"  # the standard's own example
    assert check_characters("XS868977863229") == "AU"


def test_no_single_slip_passes() -> None:
    line = SPECIMEN.text.replace(" ", "")
    for at, right in enumerate(line):
        for wrong in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if wrong != right:
                with pytest.raises(BadValue):
                    read_anchor(line[:at] + wrong + line[at + 1 :])


def test_neighbours_exchanged_do_not_pass() -> None:
    line = SPECIMEN.text.replace(" ", "")
    for at in range(len(line) - 1):
        if line[at] != line[at + 1]:
            swapped = line[:at] + line[at + 1] + line[at] + line[at + 2 :]
            with pytest.raises(BadValue):
                read_anchor(swapped)


def test_a_commit_that_begins_with_digits_is_told_from_the_count() -> None:
    for count in (1, 999_999, 123_456_789):
        anchor = Anchor("2026-02", count, "1234567890" * 4, "Q" * 26)
        assert read_anchor(anchor.text) == anchor


def test_the_digest_is_what_anybody_can_compute(ledger: Ledger) -> None:
    lines = b""
    for path in sorted(git(ledger, "-c", "core.quotePath=false", "ls-files").split("\n")):
        content = (ledger.root / path).read_bytes()
        lines += f"{path}\0{hashlib.sha256(content).hexdigest()}\n".encode()
    mine = b32encode(hashlib.sha256(lines).digest()).decode()[:26]
    found = anchor_of(ledger, ledger.head(), "2026-03")
    assert (found.digest, found.count, found.commit) == (mine, 1, ledger.head())


def test_the_digest_depends_on_every_path_and_byte() -> None:
    files = [("a", "0" * 64), ("b", "1" * 64)]
    same = tree_digest(reversed(files))
    assert tree_digest(files) == same
    assert tree_digest([("a", "0" * 64), ("c", "1" * 64)]) != same
    assert tree_digest([("a", "0" * 64), ("b", "2" * 64)]) != same
    assert tree_digest(files[:1]) != same


def test_the_command_prints_it_alone_and_changes_nothing(ledger: Ledger) -> None:
    before = ledger.head()
    with surroundings(ledger.root, SWM_TODAY=TODAY) as shown:
        assert run(["audit", "anchor"]) == 0
    (line,) = shown.getvalue().splitlines()
    assert read_anchor(line).commit == before
    assert ledger.head() == before and git(ledger, "status", "--porcelain") == ""
    (again,) = screen("swm audit anchor 2026-03 --at HEAD", TODAY, ledger.root)[:1]
    assert "只写一个" in again


def test_a_rewritten_history_has_another_anchor(ledger: Ledger) -> None:
    place = ledger.root / "swm.yaml"
    place.write_text(place.read_text("utf-8") + "# 注\n", "utf-8")
    git(ledger, "commit", "-qam", "第二次")
    before = anchor_of(ledger, ledger.head(), "2026-03")
    git(ledger, "commit", "-q", "--amend", "-m", "改写")
    after = anchor_of(ledger, ledger.head(), "2026-03")
    assert after.digest == before.digest and after.count == before.count
    assert after.text != before.text


def test_the_cache_is_dropped_on_any_doubt(ledger: Ledger) -> None:
    head = ledger.head()
    right = digests(ledger.repo, head)
    place = ledger.repo.area / "cache" / "digests" / "known"
    text = place.read_bytes()
    place.write_bytes(text[:-40] + (b"0" if text[-40:-39] != b"0" else b"1") + text[-39:])
    assert digests(ledger.repo, head, fresh=False) == right
    place.unlink()
    assert digests(ledger.repo, head, fresh=False) == right
    place.write_bytes(b"")
    assert digests(ledger.repo, head, fresh=False) == right


def both(ledger: Ledger) -> tuple[Anchor, Anchor]:
    """The anchor as it is read anew, and as the cache knows it."""
    head = ledger.head()
    fresh = anchor_of(ledger, head, "2026-03")
    return fresh, anchor_of(ledger, head, "2026-03", fresh=False)


def test_what_is_remembered_is_what_is_counted(ledger: Ledger) -> None:
    place = ledger.root / "swm.yaml"
    for turn in range(4):
        fresh, kept = both(ledger)
        assert fresh == kept
        place.write_text(place.read_text("utf-8") + f"# 注{turn}\n", "utf-8")
        git(ledger, "commit", "-qam", f"第{turn}次")
    early = ledger.repo.resolve("HEAD~3")
    assert anchor_of(ledger, early, "2026-03", fresh=False).count == 2, "also one further back"
    git(ledger, "checkout", "-q", "-b", "旁枝", early)
    git(ledger, "commit", "-q", "--allow-empty", "-m", "另一支")
    side = ledger.repo.resolve("HEAD")
    assert anchor_of(ledger, side, "2026-03", fresh=False).count == 3, "also beside it"


def test_a_last_count_of_a_commit_that_is_gone_is_no_obstacle(ledger: Ledger) -> None:
    both(ledger)
    git(ledger, "commit", "-q", "--amend", "-m", "改写")
    git(ledger, "reflog", "expire", "--expire=now", "--all")
    git(ledger, "gc", "-q", "--prune=now")
    fresh, kept = both(ledger)
    assert fresh == kept


def test_remembered_answers_are_dropped_on_any_doubt(ledger: Ledger) -> None:
    fresh, _ = both(ledger)
    place = ledger.repo.area / "cache" / "history" / "answers"
    text = place.read_bytes()
    for damaged in (text.replace(b", ", b",", 1) + b" ", text[:9] + b"{}", b"", text[:-1]):
        place.write_bytes(damaged)
        assert both(ledger) == (fresh, fresh)


@pytest.mark.parametrize("answers", ["null", "[]", "3", '"anchor"', "{坏", "[" * 100_000])
def test_what_are_no_answers_is_forgotten(ledger: Ledger, answers: str) -> None:
    fresh, _ = both(ledger)
    text = answers.encode()
    place = ledger.repo.area / "cache" / "history" / "answers"
    place.write_bytes(b"%08x\n%s" % (zlib.crc32(text), text))
    assert Remembered(ledger.repo).known() == {}
    assert both(ledger) == (fresh, fresh)


def test_only_the_latest_answers_are_kept(ledger: Ledger) -> None:
    remembered = Remembered(ledger.repo)
    for number in range(MOST + 5):
        assert remembered.ask(f"问{number}", lambda _, n=number: n) == number  # type: ignore[misc]
    assert list(remembered.known()) == [f"问{n}" for n in range(5, MOST + 5)]
    assert remembered.ask(f"问{MOST}", lambda _: "never asked again") == MOST
