"""One command, one commit: the write protocol of a ledger.

    with writing(root) as tx:
        text = tx.base("企业/BK-00/BK-0001.yaml")
        receipt = tx.commit({"企业/BK-00/BK-0001.yaml": changed(text)}, message(...))

Until the branch moves nothing has happened; from then on it has, whatever fails afterwards:

1. safety; lock; fence; recovery of an earlier crash; free space (here)
2. base: working copy and index hold what is committed (recording)
3. blobs, folders, commit, read back and on disk (recording)
4. journal; `update-ref` with compare-and-swap: the single commit point; branch on disk (recording)
5. working files, index, leftover locks, journal gone (rollforward); fence, lock (here)
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from swm.errors import RecordedPending, Refused, Surroundings, SwmError, WrongBranch
from swm.store import files, identity, journal, rollforward
from swm.store.identity import Identity
from swm.store.lock import PATIENCE, Fence, locked
from swm.store.plumbing import WritableRepository
from swm.store.recording import Contents, Moved, Receipt, Transaction
from swm.store.refs import BRANCH
from swm.store.repo import GitFailed, asking_personal_settings
from swm.store.rollforward import Recovered
from swm.store.safety import require_safe
from swm.store.systemwords import explain

__all__ = [
    "Contents",
    "Moved",
    "Receipt",
    "Recovered",
    "Transaction",
    "create",
    "retrying",
    "store_identity",
    "writing",
]

SPARE = 1 << 20
"""Bytes that must be free besides three times what is written: trees, the index, the journal."""

T = TypeVar("T")


class writing:
    """The ledger at `root`, locked, whole again after any crash, and fenced off from git.

    `who` records; left out, it is found as git would (identity.identify). Waits `patience`
    seconds for another writer. On leaving, whatever went wrong after something was recorded is
    told as RecordedPending; the fence then stays up if files are still stale, so that no
    `git commit -a` can take the record back, until the next write completes it.

    Raises NotYours, WrongBranch, Busy, NoIdentity, Surroundings: nothing was done.
    """

    def __init__(
        self,
        root: Path,
        who: Identity | None = None,
        *,
        patience: float = PATIENCE,
        spare: int = SPARE,
    ) -> None:
        self._repo = WritableRepository(root)
        self._who, self._patience, self._spare = who, patience, spare
        self._fence = Fence(self._repo.git_dir)
        self._held = ExitStack()
        self._transaction: Transaction | None = None

    def __enter__(self) -> Transaction:
        with _told_as_surroundings(self._repo.root), ExitStack() as stack:
            transaction = self._begin(stack)
            self._held = stack.pop_all()
        self._transaction = transaction
        return transaction

    def _begin(self, stack: ExitStack) -> Transaction:
        repo = self._repo
        with asking_personal_settings() as personal:  # git reads while we look
            require_safe(repo)
            who = self._who or identity.identify(repo.root, personal())
        until = time.monotonic() + self._patience
        files.make_folders(repo.scratch)
        stack.enter_context(locked(repo.area / "lock", until))
        stood = self._fence.stands()
        if not stood:
            self._fence.raise_up(until)
        stack.callback(self._release, stood)
        recovered = rollforward.recover(repo, stood)
        files.require_space(repo.root, self._spare)
        if repo.branch() != BRANCH:
            raise WrongBranch(f"台账刚刚被切换到别的分支，记录只能写在 {BRANCH} 分支上")
        objects = stack.enter_context(repo.objects())
        return Transaction(repo, objects, who, repo.head(), self._spare, recovered)

    def _release(self, stood: bool) -> None:
        """Leave nothing behind, unless files still have to follow the branch."""
        files.empty(self._repo.scratch)
        if self._transaction and not self._receipt:
            rollforward.forget(self._repo)
        stale = journal.path(self._repo.area).exists() and (stood or self._receipt)
        if not stale:
            self._fence.drop()

    @property
    def _receipt(self) -> Receipt | None:
        return self._transaction.receipt if self._transaction else None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._held.__exit__(kind, error, trace)
        except (OSError, SwmError) as failure:
            error = failure
        if self._receipt is not None and isinstance(error, Exception):
            raise _pending(self._receipt, error) from error
        if error is not None:
            with _told_as_surroundings(self._repo.root):
                raise error


def create(root: Path) -> WritableRepository:
    """Make an empty repository on `main` in the folder `root`, for `writing` to fill."""
    repo = WritableRepository(root)
    repo.initialise()
    return repo


def store_identity(root: Path, name: str, email: str) -> None:
    """Keep who records here in the ledger's own configuration. Raises Refused when unfit."""
    repo = WritableRepository(root)
    require_safe(repo)
    name, email = identity.tidy(name), identity.tidy(email)
    if not name or "@" not in email:
        raise Refused("姓名不能是空的，邮箱里要有 @")
    repo.configure("user.name", name)
    repo.configure("user.email", email)


def retrying(work: Callable[[], T], attempts: int = 3) -> T:
    """Run a whole write again, from its reading on, when the branch moved under it."""
    for _ in range(attempts - 1):
        try:
            return work()
        except Moved:
            continue
    return work()


def _pending(receipt: Receipt, failure: Exception) -> RecordedPending:
    if isinstance(failure, OSError):
        reason = explain(failure)
    else:
        reason = failure.message if isinstance(failure, SwmError) else type(failure).__name__
    return RecordedPending(
        f"已经记录（{receipt.commit[:12]}），但收尾没有做完：{reason}",
        receipt.commit,
        hint="请不要再录一遍；原因消除后，下一条写入的命令会自动补完",
    )


@contextmanager
def _told_as_surroundings(root: Path) -> Iterator[None]:
    """What the system or git refuses before anything is recorded, in the clerk's words."""
    try:
        yield
    except OSError as failure:
        raise Surroundings(f"{explain(failure)}，什么也没有记录") from failure
    except GitFailed as failure:
        free = shutil.disk_usage(root).free  # git does not always say why it could not write
        full = f"（磁盘只剩 {free} 字节）" if free < SPARE else ""
        raise Surroundings(f"{failure.message}{full}，什么也没有记录") from failure
