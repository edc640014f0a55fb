"""A ledger as readers see it: where it is, what one commit says, what that adds up to.

`swm.store.writing` records in it. Whatever only some readers need is loaded when they ask.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from swm.errors import NotFound, Unreadable
from swm.store.facts import Facts
from swm.store.repo import Repository

if TYPE_CHECKING:
    from swm.store.objects import Commit
    from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
SETTINGS_PATH = "swm.yaml"
"""What makes a folder a ledger (domain.settings.PATH)."""


class Ledger:
    """A ledger: a git repository whose top folder holds swm.yaml."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.repo = Repository(root) if (root / ".git").exists() else _folder(root)

    # --- reading ---------------------------------------------------------------------------

    def head(self) -> str:
        """The commit everybody reads. Raises Unreadable before the first one."""
        head = self.repo.head()
        if head is None:
            raise Unreadable("台账里还没有任何提交", hint="新建台账：swm init 目录 --town 镇名")
        return head

    def resolve(self, at: str | date) -> str:
        """The commit that `--at` names: a revision, or a day and then its last commit."""
        if isinstance(at, date):
            return self.repo.last_commit_of(at, self.snapshot().settings.zone)
        return self.repo.resolve(at)

    def day_of(self, commit: str) -> date:
        """The day on which a commit was entered, in the office's zone."""
        zone = self.snapshot(commit).settings.zone
        with self.repo.objects() as objects:
            return objects.commit(commit).committed.astimezone(zone).date()

    def snapshot(self, commit: str | None = None) -> Snapshot:
        """What `commit` (else HEAD) says, read as it is asked for."""
        from swm.store.snapshot import Snapshot

        return Snapshot(self.repo, commit or self.head())

    def facts(
        self, commit: str | None = None, progress: Progress | None = None, *, anew: bool = False
    ) -> Facts:
        """The facts of `commit` (else HEAD), from the cache where it holds them; with `anew` from
        git alone, whatever somebody wrote into the cache."""
        head = self.head()
        commit = commit or head
        if anew:
            return Facts.anew(self.snapshot(commit), progress)
        return Facts.of(self.snapshot(commit), keep=commit == head, progress=progress)

    def dirty(self) -> list[str]:
        """Files whose bytes differ from HEAD, and files git does not know."""
        return self.repo.dirty()

    def differs(self, path: str, committed: bytes | None) -> bool:
        """Whether one file of the working copy holds other bytes than those committed."""
        from swm.store import files

        return files.read(self.root, path) != committed

    def look_for_edits(self) -> Callable[[], list[str]]:
        """Start looking for what `dirty` says, to be collected while something else is done."""
        return self.repo.look_for_edits()

    def history(self, path: str | None = None) -> list[Commit]:
        """The commits that led to HEAD, newest first; with `path`, those that touched it."""
        return self.repo.history(path)


def _folder(root: Path) -> Repository:
    from swm.store.folder import Folder

    return Folder(root)


def find(explicit: Path | None, start: Path) -> Ledger:
    """The ledger at `explicit`, else the first folder from `start` upward with a swm.yaml."""
    if explicit is not None:
        if not (explicit / SETTINGS_PATH).is_file():
            raise NotFound(
                f"{explicit} 不是台账（没有 swm.yaml）", "新建：swm init 目录 --town 镇名"
            )
        return Ledger(explicit.absolute())
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / SETTINGS_PATH).is_file():
            return Ledger(folder)
    raise NotFound(
        "这里不是台账（从当前目录往上都没有 swm.yaml）",
        "先进入台账的目录，或加 --ledger 目录；新建：swm init 目录 --town 镇名；演示：swm demo 目录",
    )
