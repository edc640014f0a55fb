"""Databases kept as files that are never changed: a file's name says what it is and its checksum.

`facts-near-head-<commit>-<signature>-<crc>.db`. A writer writes a new file under another name and
moves it into place; a reader compares every byte with the name before it asks anything. So a kill, a
full disk, a flipped bit or another program's tables leave a file that is not taken, and nobody
ever waits for a lock or sees half of an update. Nothing here is the truth: any file may go.
"""

from __future__ import annotations

import mmap
import os
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from swm.store import places

HEAD, PAST = "head", "past"
"""What everybody reads, and the commit last asked for with --at: the files of each are kept."""
NEAR_FILE, FAR_FILE = "near", "far"
"""The two files that one commit's tables lie in (factschema.NEAR)."""
_NAME = re.compile(
    r"facts-(?P<part>near|far)-(?P<kind>head|past)-(?P<commit>[0-9a-f]{40})"
    r"-(?P<signature>[0-9a-f]{8})-(?P<crc>[0-9a-f]{8})\.db(?P<half>\.\d+\.part)?"
)


class Kept(NamedTuple):
    """One file of the cache, by what its name says."""

    path: Path
    part: str
    commit: str
    kind: str
    crc: int

    def is_sound(self) -> bool:
        """Whether every byte is as it was written; 40 MB take a hundredth of a second."""
        try:
            with (
                self.path.open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
            ):
                return zlib.crc32(data) == self.crc
        except (OSError, ValueError):  # ValueError: nothing to map in an empty file
            return False

    def read(self) -> bytes | None:
        """The database's bytes; None when they are not what was written."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return None
        return data if zlib.crc32(data) == self.crc else None


def kept(folder: Path | None, signature: str, part: str) -> list[Kept]:
    """The files of that part that this program's tables fit, HEAD's first. Links are none."""
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            names = sorted(e.name for e in entries if e.is_file(follow_symlinks=False))
    except OSError:
        return []
    found = []
    for name in names:
        match = _NAME.fullmatch(name)
        if not match or match["half"]:
            continue
        if match["signature"] == signature and match["part"] == part:
            crc = int(match["crc"], 16)
            found.append(Kept(folder / name, part, match["commit"], match["kind"], crc))
    return found


def keep(
    folder: Path | None, commit: str, kind: str, signature: str, parts: Mapping[str, bytes]
) -> None:
    """Keep the bytes of each part, in place of the files of that kind. A disk that can't is no
    harm."""
    if folder is None:
        return
    names = set()
    for part, data in parts.items():
        name = f"facts-{part}-{kind}-{commit}-{signature}-{zlib.crc32(data):08x}.db"
        try:
            places.put(folder, name, data)
        except OSError:
            return
        names.add(name)
    _prune(folder, kind, signature, names)


def _prune(folder: Path, kind: str, signature: str, newest: set[str]) -> None:
    """Drop what the new files replace, other programs' facts, and what a kill left half written.
    What bears no name of ours is not ours to drop."""
    for name in os.listdir(folder):
        match = _NAME.fullmatch(name)
        if match is None or name in newest:
            continue
        other, same_program = match["kind"] != kind, match["signature"] == signature
        if match["half"] or not (other and same_program):
            places.remove(folder / name)
