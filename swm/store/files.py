"""Files, written whole or not at all, and read without being led astray."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from swm.domain.edits import Attachment
from swm.errors import NotFound, Refused, Surroundings
from swm.store import paths
from swm.store.systemwords import reason

PHOTO_LIMIT = 20 << 20
"""Bytes an attachment may have."""

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_UNLINKABLE = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def read(root: Path, path: str) -> bytes | None:
    """The bytes of a ledger's file as they lie in the working copy; None when there is none."""
    try:
        return _read_regular(paths.locate(root, path))
    except FileNotFoundError:
        return None


def attachment(source: Path, suffix: str) -> Attachment:
    """The file at `source` as an attachment named by the SHA-256 of these very bytes.

    Opened once: what is hashed is what is kept, whatever happens to the name meanwhile.
    Raises NotFound when it is missing, Refused when it is no ordinary file or over PHOTO_LIMIT.
    """
    try:
        content = _read_regular(source, PHOTO_LIMIT)
    except FileNotFoundError:
        raise NotFound(f"找不到文件 {source}") from None
    return Attachment(hashlib.sha256(content).hexdigest(), suffix, content)


def _read_regular(place: Path, limit: int | None = None) -> bytes:
    try:
        handle = os.open(place, os.O_RDONLY | _NOFOLLOW | _BINARY | _CLOEXEC | _NONBLOCK)
    except OSError as failure:
        if failure.errno == errno.ELOOP:
            raise Refused(f"{place} 是符号链接，不能当作文件读取") from None
        raise
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Refused(f"{place} 不是普通文件")
        if limit is not None and about.st_size > limit:
            raise Refused(f"{place} 有 {about.st_size} 字节，超过上限 {limit} 字节")
        with open(handle, "rb", closefd=False) as stream:
            return stream.read()
    finally:
        os.close(handle)


def stage(folder: Path, content: bytes, mode: int = 0o666) -> Path:
    """A new file in `folder` that holds `content` and has reached the disk.

    Its name is random and it must not exist before. A short write (what a nearly full disk
    does) is continued until the rest is written or the system says why not.
    """
    place = folder / secrets.token_hex(12)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY | _CLOEXEC
    handle = os.open(place, flags, mode)
    try:
        with _naming(place):
            write_all(handle, content)
            os.fsync(handle)
            if os.fstat(handle).st_size != len(content):
                raise OSError(errno.EIO, "写入的长度不对")
    finally:
        os.close(handle)
    return place


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """What fails on an open file is told with the file's name."""
    try:
        yield
    except OSError as failure:
        failure.filename = failure.filename or str(place)
        raise


def copy(source: Path, place: Path) -> None:
    """A copy that may be half written if we die: for scratch files only."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NOFOLLOW | _BINARY | _CLOEXEC
    handle = os.open(place, flags, 0o666)
    try:
        with _naming(place):
            write_all(handle, source.read_bytes())
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes) -> None:
    """Every byte, however many calls it takes."""
    rest = memoryview(content)
    while rest:
        written = os.write(handle, rest)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def put(staged: Path, place: Path) -> None:
    """Let a staged file take the place of an existing one, keeping that one's permissions."""
    os.chmod(staged, stat.S_IMODE(os.stat(place).st_mode))
    os.replace(staged, place)


def add(staged: Path, place: Path) -> None:
    """Let a staged file appear at `place`. Raises FileExistsError if somebody was faster."""
    try:
        os.link(staged, place)
    except OSError as failure:
        if failure.errno not in _UNLINKABLE:
            raise
        # No hard links here (FAT, some shares): leaves a gap of one call between look and rename.
        if place.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        os.replace(staged, place)
    else:
        os.unlink(staged)


def make_folders(folder: Path) -> None:
    """Make `folder` and what is missing above it, each on disk before the next."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def make_empty(folder: Path) -> None:
    """Make `folder` for a new ledger. Raises Refused where something lies in it already, and
    Surroundings where it cannot be."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise Refused(f"{folder} 不是空目录，没有动它", hint="换一个新目录")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise Surroundings(
            f"{folder} 建不了：{reason(failure)}", hint="换一个空的或不存在的文件夹"
        ) from None


def sync_file(place: Path) -> None:
    """Make a file's bytes reach the disk, if it exists; git before 2.36 does not."""
    try:
        handle = os.open(place, (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | _CLOEXEC)
    except FileNotFoundError:
        return
    try:
        with _naming(place):
            os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries reach the disk. Windows has no such call and journals them."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _CLOEXEC)
    try:
        with _naming(folder):
            os.fsync(handle)
    except OSError as failure:
        if failure.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems
            raise
    finally:
        os.close(handle)


def sync_folders(folders: Iterable[Path]) -> None:
    """Each of these folders once."""
    for folder in sorted(set(folders)):
        sync_folder(folder)


def empty(folder: Path) -> None:
    """Remove every file in `folder`, which holds no folders. One may go by itself meanwhile: a
    note (places.note) is staged there without holding the ledger."""
    with os.scandir(folder) as entries:
        for entry in entries:
            remove(Path(entry.path))


def remove(place: Path) -> None:
    """Unlink a file that may be gone already."""
    place.unlink(missing_ok=True)


def require_space(root: Path, needed: int) -> None:
    """Raises Surroundings, before anything is touched, unless `needed` bytes are free."""
    free = shutil.disk_usage(root).free
    if free < needed:
        raise Surroundings(
            f"磁盘空间不足，什么也没有记录：{root} 所在的磁盘剩 {free} 字节，需要 {needed} 字节",
            hint="请腾出空间后再试",
        )


def require_same_device(folder: Path, place: Path) -> None:
    """Raises Surroundings when a rename from `folder` to `place` would cross file systems."""
    above = next(each for each in place.parents if each.is_dir())
    if os.stat(above).st_dev != os.stat(folder).st_dev:
        raise Surroundings(
            f"{above} 和台账的 .git 不在同一个磁盘上，不能保证写入完整，什么也没有记录",
            hint="请把台账整个放在一个磁盘上",
        )
