"""Files that a report is written to: whole or not at all, and never through a link."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from swm.errors import Surroundings
from swm.store.systemwords import reason

FOLDER = "输出"
"""Where files go when nothing else is said: below the ledger, and no part of it."""


def folder_for(told: str | None, ledger: Path) -> Path:
    """Where reports go: as told, else FOLDER of the ledger, made where it is missing.

    Raises `Surroundings` where it is a link or cannot be made.
    """
    folder = Path(told).expanduser() if told else ledger / FOLDER
    if not told and folder.is_symlink():
        raise Surroundings(f"{folder} 是符号链接，不往那里写", hint="用 --out 写明文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Surroundings(f"{folder} 建不了：{reason(failed)}") from None
    return folder


def write(place: Path, data: bytes) -> None:
    """Put the bytes there under a new inode: a reader sees the old file or the new one.

    A link that lies at `place` is replaced, not followed. Raises `Surroundings`.
    """
    move(stage(place, data), place)


def stage(place: Path, data: bytes) -> Path:
    """The bytes on disk beside `place`, to be moved there. Raises `Surroundings`, also where what
    lies at `place` is a folder."""
    try:
        if place.is_dir() and not place.is_symlink():
            raise OSError(errno.EISDIR, "")
        handle, name = tempfile.mkstemp(prefix=".swm-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as fresh:
                fresh.write(data)
                fresh.flush()
                os.fsync(fresh.fileno())
            os.chmod(name, 0o666 & ~_umask())
        except OSError:
            os.unlink(name)
            raise
    except OSError as failed:
        raise _unwritable(place, failed) from None
    return Path(name)


def move(staged: Path, place: Path) -> None:
    """What was staged, at its place. Raises `Surroundings`."""
    try:
        os.replace(staged, place)
    except OSError as failed:
        staged.unlink(missing_ok=True)
        raise _unwritable(place, failed) from None


def _unwritable(place: Path, failed: OSError) -> Surroundings:
    hint = "文件若正打开着，先关上；磁盘满的先腾地方"
    return Surroundings(f"{place} 写不了：{reason(failed)}", hint=hint)


def from_here(place: Path) -> Path:
    """`place` as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
