"""What is about to happen, on disk before it happens: it makes any later state decidable."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from swm.frozen import frozen
from swm.store import files

_ID = re.compile(r"[0-9a-f]{40}")


@frozen
class Move:
    """One file's blob before and after; None where it does not exist."""

    old: str | None
    new: str | None


@frozen
class Journal:
    """The branch goes from `old` (None: unborn) to `new`, and these files with it."""

    ref: str
    old: str | None
    new: str
    moves: Mapping[str, Move]


class Damaged(Exception):
    """A journal that cannot be read. No crash of ours leaves one: it is renamed when whole."""


def path(area: Path) -> Path:
    """Where the journal of a ledger lies."""
    return area / "journal.json"


def write(area: Path, journal: Journal) -> None:
    """Put the journal in place, whole, and on disk."""
    content = {
        "version": 1,
        "ref": journal.ref,
        "old": journal.old,
        "new": journal.new,
        "paths": {path: [move.old, move.new] for path, move in journal.moves.items()},
    }
    staged = files.stage(area / "tmp", json.dumps(content, ensure_ascii=False).encode())
    os.replace(staged, path(area))
    files.sync_folder(area)


def read(area: Path) -> Journal | None:
    """The journal of a write that did not finish; None after a clean end. Raises Damaged."""
    try:
        content = json.loads(path(area).read_bytes())
        moves = {each: Move(_id(old), _id(new)) for each, (old, new) in content["paths"].items()}
        new = _id(content["new"])
        if content["version"] != 1 or new is None or not content["ref"].startswith("refs/heads/"):
            raise Damaged("unknown version")
        return Journal(content["ref"], _id(content["old"]), new, moves)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise Damaged(str(failure)) from failure


def remove(area: Path) -> None:
    """The write is over, one way or the other."""
    files.remove(path(area))
    files.sync_folder(area)


def _id(value: object) -> str | None:
    if value is None or (isinstance(value, str) and _ID.fullmatch(value)):
        return value
    raise ValueError(f"not an object id: {value!r}")
