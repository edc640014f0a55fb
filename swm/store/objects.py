"""Git's objects as values: pure readings of their bytes, and the id git gives to a blob."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from swm.store.message import one_line, visible

FILE, PROGRAM, LINK, FOLDER, GITLINK = "100644", "100755", "120000", "040000", "160000"
REGULAR = (FILE, PROGRAM)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tree says about one name: six octal digits, and the object's id."""

    mode: str
    id: str


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a commit."""

    path: str
    mode: str
    id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One path that differs between two commits; None where it does not exist."""

    path: str
    old: str | None
    new: str | None
    old_mode: str
    new_mode: str


@dataclass(frozen=True, slots=True)
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


_PERSON = re.compile(r"(?P<name>.*?) ?<(?P<email>[^>]*)> ?(?P<at>-?\d+) (?P<sign>[+-])(?P<zone>\d{4})")


def _read_person(text: str) -> tuple[str, str, datetime]:
    found = _PERSON.fullmatch(text)
    if found is None:
        return one_line(text), "", datetime.fromtimestamp(0, timezone.utc)
    hours, minutes = divmod(int(found["zone"]), 100)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found["sign"] == "-" else 1)
    zone = timezone(offset) if abs(offset) < timedelta(hours=24) else timezone.utc
    # Adding to the epoch, not fromtimestamp(): a forged year 9999 or -1 must not stop a reader.
    seconds = max(-62_000_000_000, min(int(found["at"]), 253_000_000_000))
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
    return one_line(found["name"]), one_line(found["email"]), moment.astimezone(zone)
