"""Files for one person's eyes: 0700 folders, 0600 files, whole or not there at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from swm.errors import Surroundings
from swm.store import files
from swm.store.systemwords import explain


def make_folder(folder: Path) -> None:
    """`folder` and what is missing above it, the missing ones closed to others."""
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    with told(folder):
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
            files.sync_folder(each.parent)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)


def put(place: Path, content: bytes) -> None:
    """Let `place` hold these bytes, on disk when this returns; half a file is never seen."""
    make_folder(place.parent)
    with told(place):
        staged = files.stage(place.parent, content, 0o600)
        try:
            os.replace(staged, place)
        except OSError:
            files.remove(staged)
            raise
        files.sync_folder(place.parent)


def append(place: Path, line: str) -> None:
    """One more line at the end of a log, on disk when this returns."""
    make_folder(place.parent)
    with told(place):
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            files.write_all(handle, f"{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def drop(place: Path) -> None:
    """Unlink it for good; one that is gone already is no fault."""
    with told(place):
        files.remove(place)
        if place.parent.is_dir():
            files.sync_folder(place.parent)


@contextmanager
def told(place: Path) -> Iterator[None]:
    """What the system refuses is told with the reason: nothing was recorded."""
    try:
        yield
    except OSError as failure:
        raise Surroundings(
            f"{place} 写不了：{explain(failure)}，什么也没有记录",
            hint="检查磁盘空间和这个文件夹的权限，再试一次",
        ) from None
