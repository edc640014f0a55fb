"""What can be done while the ledger is held: read what is committed, and commit once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from swm.errors import Busy, Refused, Surroundings, Uncommitted
from swm.frozen import frozen
from swm.store import files, identity, journal, paths, rollforward, waysout
from swm.store.identity import Identity
from swm.store.journal import Journal, Move
from swm.store.objects import FILE, REGULAR, Entry, Objects, blob_id
from swm.store.plumbing import WritableRepository
from swm.store.refs import REF
from swm.store.repo import GitFailed
from swm.store.rollforward import Recovered
from swm.store.trees import regrown

Contents = Mapping[str, bytes | None]
"""What each path shall hold; None: it is taken out of the ledger."""


class Moved(Busy):
    """The branch moved under us: somebody committed. Nothing was recorded; read and try again."""


@frozen
class Receipt:
    """It is in history. `kept` are files that somebody edited in the same moment: their edits
    lie in the working copy untouched, and git shows them against the recorded bytes."""

    commit: str
    parent: str | None
    when: datetime
    paths: tuple[str, ...]
    kept: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@frozen
class Base:
    """One file as it was read: its entry in HEAD, and what the working copy has to hold."""

    entry: Entry | None
    present: bytes | None

    @property
    def id(self) -> str | None:
        """The committed blob."""
        return self.entry.id if self.entry else None


@dataclass(slots=True)
class Transaction:
    """Made by `transaction.writing`. `head` is the commit everything rests on (None: the first)."""

    repo: WritableRepository
    objects: Objects
    identity: Identity
    head: str | None
    spare: int
    recovered: Recovered | None = None
    receipt: Receipt | None = None
    _bases: dict[str, Base] = field(default_factory=dict)

    def committed(self, path: str) -> bytes | None:
        """The committed bytes of `path`, None where there is no such file.

        `commit` then refuses if it is to change a file whose working copy holds anything else.
        """
        entry = self._entry(path)
        content = self.objects.blob(entry.id) if entry else None
        self._bases[path] = Base(entry, content)
        return content

    def base(self, path: str) -> bytes | None:
        """The same, refusing at once. Raises Uncommitted."""
        content = self.committed(path)
        if files.read(self.repo.root, path) != content:
            raise self._uncommitted(path)
        return content

    def adopt(self, path: str) -> bytes | None:
        """The bytes in the working copy instead, for `commit` to take in exactly as they are."""
        base = Base(self._entry(path), files.read(self.repo.root, path))
        self._bases[path] = base
        return base.present

    def commit(
        self,
        contents: Contents,
        message: str,
        *,
        when: datetime | None = None,
        also: Sequence[str] = (),
        empty: bool = False,
        announce: Callable[[Receipt], None] | None = None,
    ) -> Receipt:
        """One commit that gives each path these bytes, and changes nothing else.

        A path that exists must have been read by `committed`, `base` or `adopt`. `when` is the
        real clock unless given. `also` are further parents. `empty` allows a commit that changes
        no file. `announce` is called as soon as the fact is in history for good.

        Raises Refused when nothing changes; Uncommitted, Moved, Surroundings: not recorded.
        What fails after that leaves `writing` as RecordedPending.
        """
        if self.receipt is not None:
            raise ValueError("one command, one commit: this transaction has made its own")
        changes = self._changes(contents)
        if not changes and not empty:
            raise Refused("没有任何变化，什么也没有记录")
        self._require_room(changes)
        with self.repo.asking_index_entries(changes) as entries:
            self.repo.load()  # git looks while this takes its time
            index = entries()
        self._require_untouched(changes, index)
        when = when or identity.now()
        written, staged = self._prepare(changes, message, when, also)
        notes = self._clock_notes(when)
        with _undisturbed():
            journal.write(self.repo.area, written)
            self._move(written, message)
            self.receipt = Receipt(written.new, self.head, when, tuple(changes), (), notes)
            rollforward.make_branch_durable(self.repo)
            if announce is not None:
                announce(self.receipt)
            kept = rollforward.roll_forward(self.repo, self.objects, written, staged, index)
            self._finish(written)
        self.receipt = replace(self.receipt, kept=kept)
        return self.receipt

    def _entry(self, path: str) -> Entry | None:
        entry = self.objects.entry(self.head, paths.check(path))
        if entry is not None and entry.mode not in REGULAR:
            raise Surroundings(
                f"{path} 在台账的历史里不是普通文件（{entry.mode}），不能写",
                hint=f"请查清它的来历：git log -- {path}",
            )
        return entry

    def _changes(self, contents: Contents) -> Contents:
        """Those that differ from what is committed."""
        changes = {}
        for path, content in contents.items():
            if path not in self._bases and self.base(path) not in (None, content):
                raise ValueError(f"{path} exists but was not read in this transaction")
            if self._bases[path].id != _id(content):
                changes[path] = content
        return changes

    def _require_room(self, changes: Contents) -> None:
        payload = sum(len(content or b"") for content in changes.values())
        files.require_space(self.repo.root, 3 * payload + self.spare)
        for path in changes:
            files.require_same_device(self.repo.scratch, self.repo.root / path)

    def _require_untouched(self, changes: Contents, staged: Mapping[str, str]) -> None:
        """The person may have edited or staged since we read: their work is not ours to take.

        `staged` is what the index holds for these paths; the fence keeps it so.
        """
        indexed = self.repo.index.exists()
        for path, content in changes.items():
            base = self._bases[path]
            if files.read(self.repo.root, path) != base.present:
                raise self._uncommitted(path)
            adopted = [_id(content)] if content == base.present else []
            if indexed and staged.get(path) not in [base.id, *adopted]:
                raise self._uncommitted(path, "在暂存区里")

    def _uncommitted(self, path: str, where: str = "") -> Uncommitted:
        """The refusal, with what a person can do about the file."""
        there = (self.repo.root / path).exists()
        if self._bases[path].entry is None and there:
            return Uncommitted(
                f"{path} 是没有登记过的新文件，为了不覆盖它，什么也没有记录",
                hint=f"先把它{waysout.AWAY}，再运行一次",
            )
        ways = waysout.about(path, committed=True, there=there)
        return Uncommitted(
            f"{path} {where}有还没有提交的改动，为了不覆盖它，什么也没有记录",
            hint=f"看改了什么：git diff HEAD -- {path}；{ways}",
        )

    def _prepare(
        self, changes: Contents, message: str, when: datetime, also: Sequence[str]
    ) -> tuple[Journal, dict[str, Path]]:
        """Blobs, tree and commit, checked and on disk, with nothing pointing at them yet."""
        repo = self.repo
        staged = {p: files.stage(repo.scratch, c) for p, c in changes.items() if c is not None}
        ids = dict(zip(staged, repo.write_blobs(list(staged.values())), strict=True))
        updates = {p: self._new_entry(p, ids.get(p)) for p in changes}
        tree = repo.write_tree(regrown(self.objects, self.head, updates))
        parents = [*([self.head] if self.head else []), *also]
        new = repo.write_commit(tree, parents, message, self.identity, when)
        moves = {path: Move(self._bases[path].id, ids.get(path)) for path in changes}
        written = Journal(REF, self.head, new, moves)
        self._require_exactly(new, changes)
        rollforward.make_objects_durable(repo, self.objects, written)
        return written, staged

    def _new_entry(self, path: str, id: str | None) -> Entry | None:
        before = self._bases[path].entry
        return Entry(before.mode if before else FILE, id) if id else None

    def _require_exactly(self, commit: str, changes: Contents) -> None:
        """Read back what git stored, by our own hashes: these bytes, under this commit.

        Also catches objects that somebody's `git gc --prune=now` swept away meanwhile.
        """
        for path, content in changes.items():
            entry = self.objects.entry(commit, path)
            if (entry.id if entry else None) != _id(content):
                raise Surroundings(f"写进仓库的 {path} 和要写的不一致，什么也没有记录")
            if entry is not None:
                self.objects.blob(entry.id)

    def _move(self, written: Journal, message: str) -> None:
        """The commit point. What git says does not count, only where the branch stands after."""
        subject = "swm: " + message.partition("\n")[0]
        try:
            self.repo.move(REF, written.new, self.head, subject)
        except GitFailed as failure:
            if rollforward.has_happened(self.repo, written):
                return
            if self.repo.tip(REF) != self.head:
                raise Moved(
                    "写入的同时有人在台账里提交了别的内容，这一条还没有记录", hint="请再运行一次"
                ) from failure
            raise

    def _finish(self, written: Journal) -> None:
        rollforward.clear_ref_locks(self.repo, written, proven=True)
        journal.remove(self.repo.area)

    def _clock_notes(self, when: datetime) -> tuple[str, ...]:
        before = self.objects.commit(self.head).committed if self.head else when
        if when >= before:
            return ()
        clock, last = (f"{each:%Y-%m-%d %H:%M}" for each in (when, before))
        return (f"电脑的时钟（{clock}）比上一条记录（{last}）还早，请校准",)


def _id(content: bytes | None) -> str | None:
    return None if content is None else blob_id(content)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C off from the journal to the end: a few dozen milliseconds. It is dropped, since
    what it wanted to stop has been recorded by then. Git's processes inherit the mask (POSIX)."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python never interrupts any other thread
        return
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    masking = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masking else set()
    try:
        yield
    finally:
        if masking:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, signal.SIG_DFL if handler is None else handler)
