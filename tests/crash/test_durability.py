"""G2: what is acknowledged has reached the disk, and in an order that a power cut cannot reverse.

Not a power cut itself: every call is traced, and a model of a disk that keeps nothing but what
was fsynced says, at the two moments that matter, what would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join

import pytest

from tests.crash.cases import Subject


@dataclass
class Disk:
    """Which files' bytes, and which folders' entries, are only in memory."""

    bytes: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)

    def apply(self, kind: str, path: str, second: str) -> None:
        if kind in "wt":
            self.bytes.add(path)
        elif kind == "f":
            self.bytes.discard(path)
            self.entries.discard(path)
        else:
            self.entries.add(dirname(path))
        if kind in "rl":
            self.entries.add(dirname(second))
            (self.bytes.add if path in self.bytes else self.bytes.discard)(second)
        if kind in "ru":
            self.bytes.discard(path)

    def unsafe(self, *but: str) -> set[str]:
        """What a power cut would take back now, scratch and lock files left aside."""
        lost = self.bytes | self.entries
        return {each for each in lost if not each.startswith(but) and not each.endswith(".lock")}


def events(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """(kind, path, second path) of an undisturbed command, relative to the ledger."""
    ledger = subject.lab.copy(subject.base)
    trace = subject.lab.folder / "trace"
    trace.write_bytes(b"")
    assert subject.lab.run(ledger, subject.operation, 1, trace=str(trace)).status == 0
    for line in trace.read_text("utf-8").splitlines():
        path, _, second = line[1:].partition("\t")
        yield line[0], relative(ledger, path), relative(ledger, second) if second else ""
    subject.lab.discard(ledger)


def relative(ledger: Path, path: str) -> str:
    return join("", path.removeprefix(f"{ledger}").removeprefix("/"))


@pytest.mark.parametrize("operation", ["two", "create"])
def test_on_disk_before_the_branch_moves_and_before_the_journal_goes(
    subjects: dict[str, Subject], operation: str
) -> None:
    disk, moments = Disk(), []
    scratch = ".git/swm/tmp"
    for kind, path, second in events(subjects[operation]):
        if kind == "r" and second == ".git/refs/heads/main":
            # Objects, the journal and the fence are safe; the branch's own log and folder follow.
            assert disk.unsafe(scratch, ".git/logs", ".git/refs") <= {".git", ""}
            moments.append("moved")
        if kind == "u" and path == ".git/swm/journal.json":
            assert disk.unsafe(scratch) == set()
            moments.append("done")
        if kind == "r" and not path.endswith(".lock"):
            assert path not in disk.bytes, f"{path} takes the place of {second} before it is safe"
        disk.apply(kind, path, second)
    assert moments == ["moved", "done"]
    assert disk.unsafe(scratch) <= {".git"}, "only the fence's removal may be lost"
