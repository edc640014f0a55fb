"""Recording in a ledger: a decision on what is committed, turned into one commit by the protocol."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from swm import __version__
from swm.domain import fields
from swm.domain.edits import Change
from swm.domain.kinds import kind_at
from swm.domain.personaldata import refuse_identity_numbers, refuse_in_texts
from swm.domain.settings import FORMAT, Settings, read_settings
from swm.domain.settings import PATH as SETTINGS
from swm.errors import Missing, NotYours, Refused, Unreadable
from swm.frozen import frozen
from swm.store import transaction, yamltext
from swm.store.facts import Facts
from swm.store.files import make_empty
from swm.store.identity import Identity
from swm.store.ledger import Ledger
from swm.store.message import message
from swm.store.refs import UNTAGGED
from swm.store.repo import GitFailed, Repository
from swm.store.snapshot import Snapshot
from swm.store.transaction import Receipt, Transaction

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile

Decision = Callable[["Writing"], Change]
"""A verb applied to what is committed. It may be called again when HEAD moved meanwhile."""


@frozen
class Recorded:
    """What a write command did: the change, the commit that holds it, what else to say."""

    change: Change
    commit: str
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    recovered: str = ""

    @property
    def short(self) -> str:
        """The commit as people quote it."""
        return self.commit[:10]


@frozen
class Rehearsal:
    """What a write command would do: each file's text before (None: new) and after."""

    change: Change
    texts: Mapping[str, tuple[str | None, str]]

    def diff(self) -> str:
        """The change as a unified diff, file by file."""
        parts: list[str] = []
        for path, (old, new) in self.texts.items():
            before = (old or "").splitlines(keepends=True)
            parts += difflib.unified_diff(before, new.splitlines(keepends=True), path, path)
        return "".join(parts)


class Writing(Snapshot):
    """What a decision sees: the commit that the record will rest on.

    A file that the change touches must lie in the working copy as it is committed; else the
    commit raises `Uncommitted`. An uncommitted edit elsewhere is no obstacle.
    """

    def __init__(
        self, repo: Repository, commit: str, tx: Transaction | None, facts: Callable[[], Facts]
    ) -> None:
        super().__init__(repo, commit)
        self._tx = tx
        self._open_facts = facts

    @cached_property
    def facts(self) -> Facts:
        """The facts of this commit, for verbs that look across the whole ledger."""
        return self._open_facts()

    def texts(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The committed bytes of several files, by the process that the write has open anyway."""
        if self._tx is None:
            return super().texts(paths)
        found = {path: self._tx.committed(path) for path in paths}
        return {path: data for path, data in found.items() if data is not None}

    def text(self, path: str) -> bytes | None:
        """The committed bytes; that a touched file lies as committed is for `commit` to require."""
        return self._tx.committed(path) if self._tx else super().text(path)


def record(
    ledger: Ledger,
    decide: Decision,
    *,
    who: Identity | None = None,
    when: datetime | None = None,
) -> Recorded:
    """Lock, recover, decide, one commit by the write protocol.

    Raises what `decide` raises (nothing is recorded), `Surroundings` (nothing is recorded),
    or `RecordedPending` (it is).
    """

    def attempt() -> Recorded:
        with transaction.writing(ledger.root, who) as tx:
            _mend_tags(ledger)
            writing = _writing(ledger, tx)
            change = decide(writing)
            refuse_identity_numbers(change)
            texts = _texts(writing, change)
            contents = {path: new.encode() for path, (_, new) in texts.items()}
            receipt = _commit(tx, change, contents, when)
        return _recorded(change, receipt, tx)

    return transaction.retrying(attempt)


def _mend_tags(ledger: Ledger) -> None:
    """Make the tag that a process was cut short of. Where git cannot, or what was issued cannot be
    read, the mark stays for the next time: no tag is worth refusing another record for."""
    if (ledger.repo.area / UNTAGGED).exists():
        from swm.store import tags

        with suppress(GitFailed, Unreadable):
            tags.mend(ledger)


def rehearse(ledger: Ledger, decide: Decision) -> Rehearsal:
    """`--dry-run`: what the decision would change. Nothing is locked or written."""
    writing = Writing(ledger.repo, ledger.head(), None, ledger.facts)
    change = decide(writing)
    refuse_identity_numbers(change)
    return Rehearsal(change, _texts(writing, change))


def take_in(ledger: Ledger, prepare: Callable[[Adopting], Change]) -> Recorded:
    """Take the working copy's own bytes in, as `prepare` allows."""
    with transaction.writing(ledger.root) as tx:
        adopting = Adopting(_writing(ledger, tx), tx)
        change = prepare(adopting)
        refuse_identity_numbers(change)
        refuse_in_texts(adopting.taken_texts())
        receipt = _commit(tx, change, adopting.taken, None, empty=change.adopts is not None)
    return _recorded(change, receipt, tx)


class Adopting:
    """A person's uncommitted edits, as the adopting command sees them."""

    def __init__(self, committed: Writing, tx: Transaction) -> None:
        self.committed = Snapshot(committed.repo, committed.commit)
        self._tx = tx
        self._seen: dict[str, bytes | None] = {}
        self.taken: dict[str, bytes | None] = {}

    def working(self, path: str) -> bytes | None:
        """The bytes that lay in the working copy when they were first asked for.

        Read once: what is judged is what is taken in. The commit raises `Uncommitted` where the
        file has been edited since.
        """
        if path not in self._seen:
            self._seen[path] = self._tx.adopt(path)
        return self._seen[path]

    def taken_texts(self) -> dict[str, tuple[str, str]]:
        """What is taken in, by path: the committed text (empty for a new file) and the new one."""
        return {
            path: ((self.committed.text(path) or b"").decode(errors="replace"),
                   (data or b"").decode(errors="replace"))
            for path, data in self.taken.items()
        }  # fmt: skip

    def take(self, path: str) -> None:
        """Let the commit hold these bytes of `path`."""
        self.taken[path] = self.working(path)


def found(
    root: Path,
    files: Mapping[str, bytes],
    subject: str,
    *,
    who: Identity | None = None,
    when: datetime | None = None,
) -> Recorded:
    """A new ledger: the folder, its repository on main, the first commit."""
    make_empty(root)
    transaction.create(root)
    change = Change(verb="init", subject=subject, files={}, recorded={"台账": str(root)})
    with transaction.writing(root, who) as tx:
        receipt = _commit(tx, change, files, when)
    return _recorded(change, receipt, tx)


def trailers(change: Change) -> dict[str, str]:
    """What a commit's last paragraph says of the command that made it."""
    lines = {"Swm-Version": __version__, "Swm-Verb": change.verb}
    if change.adopts:
        lines["Swm-Adopts"] = change.adopts
    return lines


def commit_message(change: Change) -> str:
    """The whole message of the commit that holds `change`."""
    return message(change.subject, change.body, trailers(change))


def _commit(
    tx: Transaction,
    change: Change,
    contents: Mapping[str, bytes | None],
    when: datetime | None,
    *,
    empty: bool = False,
) -> Receipt:
    attachments = {a.path: a.content for a in change.attachments}
    return tx.commit({**contents, **attachments}, commit_message(change), when=when, empty=empty)


def _recorded(change: Change, receipt: Receipt, tx: Transaction) -> Recorded:
    recovered = str(tx.recovered) if tx.recovered else ""
    return Recorded(change, receipt.commit, receipt.notes, receipt.kept, recovered)


def _texts(writing: Writing, change: Change) -> dict[str, tuple[str | None, str]]:
    """Each file's text before and after, read back and typed: what is not fit is not written."""
    texts: dict[str, tuple[str | None, str]] = {}
    for path, edits in change.files.items():
        data = writing.text(path)
        old = None if data is None else data.decode()
        new = yamltext.apply(old or "", edits, path)
        try:
            read_file(path, new)
        except Unreadable as error:
            raise _refused(error, path, old) from None
        texts[path] = (old, new)
    return texts


def _refused(error: Unreadable, path: str, old: str | None) -> Unreadable | Refused:
    """What is wrong with a text to be written: the clerk's own words, when the file was fine."""
    if not error.findings:
        return error
    try:
        read_file(path, old) if old is not None else None
    except Unreadable as before:
        return before
    wrong = [Missing(f"“{f.field.rsplit('.')[-1]}”{f.message}", "", f.hint) for f in error.findings]
    return Refused("写的内容不能保存，什么都没有记录", wrong)


def read_file(path: str, text: str) -> AnyFile | None:
    """The record that a ledger file holds, if it is one. Raises Unreadable with all findings."""
    kind = kind_at(path)
    if path == SETTINGS:
        read_settings(yamltext.parse(text.encode(), path), path)
    if kind is None:
        return None
    value = fields.read(kind.load(), yamltext.parse(text.encode(), path), path)
    if value.path != path:
        raise Unreadable(f"{path} 里的编号是 {value.id}，与文件名不符")
    return value


def require_writable(settings: Settings) -> None:
    """Raise `NotYours` for a ledger whose format is newer than what this program writes."""
    if not settings.writable:
        raise NotYours(
            f"这本台账的格式比本程序新（本程序写格式 {FORMAT}），只能读，不能写",
            "请换用新版本的 swm",
        )


def _writing(ledger: Ledger, tx: Transaction) -> Writing:
    if tx.head is None:
        raise Unreadable("台账里还没有任何提交", hint="新建台账：swm init 目录 --town 镇名")
    head = tx.head
    writing = Writing(ledger.repo, head, tx, lambda: ledger.facts(head))
    require_writable(writing.settings)
    return writing
