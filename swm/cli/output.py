"""Files that a report is written to: whole or not at all, and never through a link."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from swm.errors import Surroundings
from swm.store.files import explain


def folder_for(told: str | None, ledger: Path) -> Path:
    """Where reports go: as told, else 输出/ of the ledger, made where it is missing.

    Raises `Surroundings` where it is a link or cannot be made.
    """
    folder = Path(told).expanduser() if told else ledger / "输出"
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
    try:
        handle, name = tempfile.mkstemp(prefix=".swm-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as fresh:
                fresh.write(data)
                fresh.flush()
                os.fsync(fresh.fileno())
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, place)
        except OSError:
            os.unlink(name)
            raise
    except OSError as failed:
        raise Surroundings(
            f"{place} 写不了：{reason(failed)}", hint="文件若正打开着，先关上；磁盘满的先腾地方"
        ) from None


def reason(failed: OSError) -> str:
    """Why the system refused, in the clerk's words."""
    own = {
        errno.EEXIST: "那里已经有一个同名的文件",
        errno.ENOTDIR: "路径上有一级不是文件夹",
        errno.EISDIR: "那里是一个文件夹",
        errno.ENOTEMPTY: "那里是一个文件夹",
    }
    return own.get(failed.errno or 0) or explain(OSError(failed.errno, failed.strerror))


def from_here(place: Path) -> Path:
    """`place` as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
