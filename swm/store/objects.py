"""Git's objects as values: read from their bytes, or one by one from an open `cat-file`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import IO

from swm.errors import Unreadable
from swm.frozen import frozen
from swm.store.message import one_line, visible

FILE, PROGRAM, LINK, FOLDER, GITLINK = "100644", "100755", "120000", "040000", "160000"
REGULAR = (FILE, PROGRAM)

RESTORE = "请从备份恢复：swm restore"


@frozen
class Entry:
    """What a tree says about one name: six octal digits, and the object's id."""

    mode: str
    id: str


@frozen
class Blob:
    """One file of a commit."""

    path: str
    mode: str
    id: str


@frozen
class Changed:
    """One path that differs between two commits; None where it does not exist."""

    path: str
    old: str | None
    new: str | None
    old_mode: str
    new_mode: str


@frozen
class Commit:
    """One entry of the history, fit to be shown: controls and bidi marks are made visible."""

    id: str
    parents: tuple[str, ...]
    tree: str
    author: str
    author_email: str
    authored: datetime
    committer: str
    committer_email: str
    committed: datetime
    subject: str
    body: str


def blob_id(content: bytes) -> str:
    """The id git gives to these bytes (SHA-1, as git names objects; it protects nothing here)."""
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def decode(name: bytes) -> str:
    """A path as text; bytes that are not UTF-8 survive as surrogates."""
    return name.decode("utf-8", "surrogateescape")


def read_tree(raw: bytes) -> dict[str, Entry]:
    """Names of one folder and what they hold."""
    entries, at = {}, 0
    while at < len(raw):
        space, end = raw.index(b" ", at), raw.index(b"\0", at)
        mode = raw[at:space].decode("ascii").zfill(6)
        entries[decode(raw[space + 1 : end])] = Entry(mode, raw[end + 1 : end + 21].hex())
        at = end + 21
    return entries


def read_commit(id: str, raw: bytes) -> Commit:
    """A commit from its raw bytes; whatever is not UTF-8 in it is shown as U+FFFD."""
    head, _, message = raw.decode("utf-8", "replace").partition("\n\n")
    fields = [line.partition(" ")[::2] for line in head.split("\n")]
    first = dict(reversed(fields))
    author, author_email, authored = _read_person(first.get("author", ""))
    committer, committer_email, committed = _read_person(first.get("committer", ""))
    subject, _, body = message.strip("\n").partition("\n")
    return Commit(
        id,
        tuple(value for key, value in fields if key == "parent"),
        first.get("tree", ""),
        author,
        author_email,
        authored,
        committer,
        committer_email,
        committed,
        one_line(subject),
        visible(body.strip("\n")),
    )


_PERSON = re.compile(
    r"(?P<name>.*?) ?<(?P<email>[^>]*)> ?(?P<at>-?\d+) (?P<sign>[+-])(?P<zone>\d{4})"
)


def _read_person(text: str) -> tuple[str, str, datetime]:
    found = _PERSON.fullmatch(text)
    if found is None:
        return one_line(text), "", datetime.fromtimestamp(0, UTC)
    hours, minutes = divmod(int(found["zone"]), 100)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found["sign"] == "-" else 1)
    zone = timezone(offset) if abs(offset) < timedelta(hours=24) else UTC
    # Adding to the epoch, not fromtimestamp(): a forged year 9999 or -1 must not stop a reader.
    seconds = max(-62_000_000_000, min(int(found["at"]), 253_000_000_000))
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return one_line(found["name"]), one_line(found["email"]), moment.astimezone(zone)


class Objects:
    """One `git cat-file --batch` kept open: trees, blobs and commits by id, a fraction of a
    millisecond each. Also sees objects written after it was opened."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions, self._answers = questions, answers
        self._trees: dict[str, dict[str, Entry]] = {}

    def read(self, name: str) -> tuple[str, str, bytes] | None:
        """(id, type, bytes) of the object git knows by `name`; None when it has none.

        Raises Unreadable when the object is damaged.
        """
        try:
            self._questions.write(name.encode() + b"\n")
            self._questions.flush()
            header = self._answers.readline().split()
        except BrokenPipeError:
            header = []
        if header[-1:] in ([b"missing"], [b"ambiguous"]):
            return None
        if len(header) != 3:
            raise Unreadable(f"台账的仓库损坏：读不出对象 {name}", hint=RESTORE)
        content = self._answers.read(int(header[2]) + 1)[:-1]
        return header[0].decode(), header[1].decode(), content

    def blob(self, id: str) -> bytes:
        """The bytes of a blob, compared with its own id. Raises Unreadable."""
        found = self.read(id)
        if found is None or found[1] != "blob" or blob_id(found[2]) != id:
            raise Unreadable(f"台账的仓库损坏：文件内容 {id} 缺失或不对", hint=RESTORE)
        return found[2]

    def tree(self, id: str) -> dict[str, Entry]:
        """The entries of one folder. Raises Unreadable."""
        if id not in self._trees:
            found = self.read(id)
            if found is None or found[1] != "tree":
                raise Unreadable(f"台账的仓库损坏：目录 {id} 缺失", hint=RESTORE)
            self._trees[id] = read_tree(found[2])
        return self._trees[id]

    def commit(self, id: str) -> Commit:
        """One commit. Raises Unreadable."""
        found = self.read(id)
        if found is None or found[1] != "commit":
            raise Unreadable(f"台账的仓库损坏：版本 {id} 缺失", hint=RESTORE)
        return read_commit(found[0], found[2])

    def walk(self, commit: str, path: str) -> Iterator[Entry]:
        """The entries from the top folder down to `path`, as far as they exist."""
        at = Entry("040000", self.commit(commit).tree)
        yield at
        for name in path.split("/"):
            below = self.tree(at.id).get(name) if at.mode == "040000" else None
            if below is None:
                return
            at = below
            yield at

    def entry(self, commit: str | None, path: str) -> Entry | None:
        """What `path` is in that commit; None where it is not, or there is no commit yet."""
        if commit is None:
            return None
        found = list(self.walk(commit, path))
        return found[-1] if len(found) == path.count("/") + 2 else None
