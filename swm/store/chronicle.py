"""Questions about the history itself: what the last command changed, what came from outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from swm.errors import Refused
from swm.store.ledger import Ledger
from swm.store.objects import Commit
from swm.store.snapshot import Snapshot
from swm.store.writing import read_file

_ENVELOPE = re.compile(
    r"^Swm-Version: .+\nSwm-Verb: (?P<verb>[a-z][a-z -]*)(\nSwm-Adopts: (?P<id>\w+))?\Z", re.M
)

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile

Files = dict[str, "AnyFile"]


def last_command(now: Snapshot) -> tuple[Files, Files]:
    """The files that HEAD's commit changed, as they were and as they are.

    Raises Refused when that commit is the first, a merge, or changed no record.
    """
    commit = now.repo.history(start=now.commit)[0]
    if len(commit.parents) != 1:
        raise Refused("最后一次提交是建账或合并，不能撤销")
    earlier = Snapshot(now.repo, commit.parents[0])
    before: Files = {}
    after: Files = {}
    for changed in now.repo.changed(commit.parents[0], commit.id):
        present = _file(now, changed.path)
        if present is not None:
            after[changed.path] = present
            if (past := _file(earlier, changed.path)) is not None:
                before[changed.path] = past
    if not after:
        raise Refused(
            f"最后一次提交（{commit.id[:10]}：{commit.subject}）没有改动台账记录，无可撤销"
        )
    return before, after


def _file(at: Snapshot, path: str) -> AnyFile | None:
    data = at.text(path)
    return None if data is None else read_file(path, data.decode())


def verb(commit: Commit) -> str | None:
    """The command that made the commit, None for one made outside the tool."""
    found = _ENVELOPE.search(commit.body)
    return found["verb"] if found else None


def adopted(commit: Commit) -> str | None:
    """The commit from outside that this one owns, None where it owns none."""
    found = _ENVELOPE.search(commit.body)
    return found["id"] if found else None


def outside(ledger: Ledger) -> list[Commit]:
    """Commits made outside the tool that no later commit has adopted, newest first."""
    commits = ledger.history()
    owned = {adopted(commit) for commit in commits}
    return [c for c in commits if verb(c) is None and c.id not in owned]
