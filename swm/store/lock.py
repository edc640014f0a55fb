"""One writer at a time, and no `git add` or `git commit` in the middle.

The *lock* keeps other swm processes out; the kernel frees it when we die. The *fence* keeps git
out: it is our own file `.git/swm/fence`, linked to `.git/index.lock`. Because both names are one
file, or at least hold one secret, an index.lock that a crash left standing is provably ours.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from swm.errors import Busy, Surroundings
from swm.store import files

PATIENCE = 10.0
"""Seconds to wait for another writer before giving up."""

_PAUSE = 0.02
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def locked(place: Path, until: float) -> Iterator[None]:
    """Hold the lock file at `place`; wait until `until` on time.monotonic()'s clock.

    Raises Busy when somebody else holds it for all that time, and Surroundings on a file system
    where such locks hold nobody back.
    """
    handle = _open(place)
    try:
        while not _try_lock(handle):
            if time.monotonic() >= until:
                raise Busy(
                    "另一个 swm 正在往这本台账里写，等了很久还没有写完，什么也没有记录",
                    hint="请等它写完后再试",
                )
            time.sleep(_PAUSE)
        _require_real(place)
        yield
    finally:
        os.close(handle)


def _open(place: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(place, flags, 0o666)


def _require_real(place: Path) -> None:
    """Some network file systems grant the same lock twice; then nothing here can be promised."""
    second = _open(place)
    try:
        if _try_lock(second):
            raise _unsupported(place)
    finally:
        os.close(second)


def _try_lock(handle: int) -> bool:
    """Take the lock without waiting. (portalocker would do, but costs 80 ms to import.)"""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        if failure.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise _unsupported(Path(".git/swm/lock")) from failure
    return True


def _unsupported(place: Path) -> Surroundings:
    return Surroundings(
        f"台账所在的磁盘不支持文件锁（{place}），几个人同时写会互相覆盖，什么也没有记录",
        hint="请把台账放在本机磁盘上",
    )


class Fence:
    """The one file that stands in the way of git while swm writes. Used under the lock."""

    def __init__(self, git_dir: Path) -> None:
        self._own = git_dir / "swm" / "fence"
        self._lock = git_dir / "index.lock"

    def stands(self) -> bool:
        """Whether index.lock is there and is ours, from now or from a crash."""
        try:
            return os.path.samefile(self._own, self._lock) or self._same_secret()
        except FileNotFoundError:
            return False

    def raise_up(self, until: float) -> None:
        """Put the fence up, or wait for git to finish. Raises Busy."""
        self._make_own()
        while not self._try():
            if time.monotonic() >= until:
                raise Busy(
                    "git 正在修改这本台账（有 .git/index.lock），等了很久还没有完，什么也没有记录",
                    hint="请等它结束后再试；如果确实没有 git 在运行，删除 .git/index.lock",
                )
            time.sleep(_PAUSE)

    def drop(self) -> None:
        """Take the fence away; somebody else's index.lock stays."""
        if self.stands():
            os.unlink(self._lock)

    def _make_own(self) -> None:
        """Once for the life of a ledger: so it is on disk before any index.lock that is linked."""
        if not self._own.exists():
            secret = f"swm {secrets.token_hex(16)}\n".encode()
            os.replace(files.stage(self._own.parent / "tmp", secret), self._own)
            files.sync_folder(self._own.parent)

    def _try(self) -> bool:
        try:
            os.link(self._own, self._lock)
        except FileExistsError:
            return False
        except OSError as failure:
            if failure.errno not in _NO_LINKS:
                raise
            return self._write_secret()
        return True

    def _write_secret(self) -> bool:
        """Without hard links the secret itself is the proof. If we die between the two calls an
        empty index.lock stays, which could be git's: then a person has to remove it."""
        try:
            handle = os.open(self._lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            return False
        try:
            files.write_all(handle, self._own.read_bytes())
        finally:
            os.close(handle)
        return True

    def _same_secret(self) -> bool:
        """A copied ledger has two files where there was one; the secret was copied with them."""
        with open(self._lock, "rb") as stream:
            found = stream.read(64)
        return found.startswith(b"swm ") and found == self._own.read_bytes()
