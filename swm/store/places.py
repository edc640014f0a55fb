"""Where swm keeps what is no part of the history: `.git/swm/`, and the originals in 原件/.

A ledger may have been copied from anybody, links and all. What we write there, and what we clear
away, must not end up elsewhere: so every such place is asked for here, and is None where a link
leads to it. A cache, a log or a hint is then done without; an original is refused.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

ORIGINALS = "原件"
_AREA = (".git", "swm")


def cache(root: Path, *below: str) -> Path | None:
    """A folder for what may go at any time, there or not yet."""
    return _in_area(root, "cache", *below)


def originals(root: Path, *below: str) -> Path | None:
    """The folder of the originals, or one in it, there or not yet."""
    return _below(root, ORIGINALS, *below)


def note(root: Path, name: str, data: bytes) -> Path:
    """Let the file of that name in `.git/swm/` hold these bytes; where it lies.

    Written in the scratch folder, which the next write empties: a process that dies in between
    leaves nothing behind. Raises OSError, also where a link leads there.
    """
    area, scratch = _in_area(root), _in_area(root, "tmp")
    if area is None or scratch is None:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(root.joinpath(*_AREA)))
    put(area, name, data, by=scratch)
    return area / name


def put(folder: Path, name: str, data: bytes, *, by: Path | None = None) -> None:
    """Let the file of that name hold these bytes, under a new inode: no reader sees half of it,
    and a link that lies there is replaced, not followed.

    Written in the folder itself, or in `by`; both are made where they are missing. Raises OSError.
    """
    by = by or folder
    part = by / f"{name}.{os.getpid()}.part"
    by.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    remove(part)
    try:
        with part.open("xb") as file:  # x: made anew, so that it is no link
            file.write(data)
        part.replace(folder / name)
    except OSError:
        remove(part)
        raise


def read(place: Path) -> bytes | None:
    """The bytes of a file; None where there is none, or something else lies there."""
    try:
        return place.read_bytes() if kind(place) == stat.S_IFREG else None
    except OSError:
        return None


def remove(place: Path) -> None:
    """Unlink a file, if that can be done."""
    with suppress(OSError):
        place.unlink()


def kind(place: Path) -> int | None:
    """What lies there, a link as what it is: `stat.S_IFLNK` and so on. None: nothing."""
    try:
        return stat.S_IFMT(os.lstat(place).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _in_area(root: Path, *below: str) -> Path | None:
    """Only where there is a repository: none is begun in a folder that merely lies there."""
    there = kind(root / _AREA[0]) == stat.S_IFDIR
    return _below(root, *_AREA, *below) if there else None


def _below(root: Path, *names: str) -> Path | None:
    """The folder by these names; None where on the way, or in its place, something else lies, or
    nobody lets us look."""
    place = root
    for name in names:
        place = place / name
        try:
            if kind(place) not in (None, stat.S_IFDIR):
                return None
        except OSError:
            return None
    return place
