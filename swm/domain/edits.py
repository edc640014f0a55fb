"""What a verb wants done to the ledger's files, as values. The store turns them into one commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from swm.frozen import frozen

Plain = str | int | date | datetime | list["Plain"] | dict[str, "Plain"] | None
"""What a fragment of YAML is made of. A str is always text (quoted wherever a YAML 1.1 or 1.2
reader would take it for something else); dates, datetimes (to the minute) and ints stay bare."""

Path = tuple[str | int, ...]
"""Keys, and positions in sequences: ("整治", "状态"), ("厂房", 0, "至")."""


@frozen
class Set:
    """Give the value at `path`; a key that is not there yet is put before `before`, else last."""

    path: Path
    value: Plain
    before: str | None = None


@frozen
class Append:
    """Add one item at the end of the sequence at `path`; the sequence is made if it is missing."""

    path: Path
    value: Plain


@frozen
class Create:
    """A new file. `value` becomes the whole document, or `text` does, to the letter."""

    value: dict[str, Plain] | None = None
    text: str | None = None


Edit = Set | Append | Create


@frozen
class Attachment:
    """Bytes to be stored under their own SHA-256 in 附件/."""

    sha256: str
    suffix: str
    content: bytes

    @property
    def path(self) -> str:
        return f"附件/{self.sha256[:2]}/{self.sha256}{self.suffix}"


@frozen
class Change:
    """One command's whole effect: one commit.

    `subject` and `body` are for people and hold no personal data. `notes` are told to the clerk
    and not stored: what comes next, what looks odd. `recorded` is what `--json` prints.
    """

    verb: str
    subject: str
    files: Mapping[str, tuple[Edit, ...]]
    body: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    recorded: Mapping[str, Plain] = field(default_factory=dict)
    adopts: str | None = None
