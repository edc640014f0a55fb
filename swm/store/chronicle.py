"""Questions about the history itself: what the last command changed, what came from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from swm.errors import Refused, Unreadable
from swm.frozen import frozen
from swm.store.ledger import Ledger
from swm.store.objects import Commit
from swm.store.repo import Repository
from swm.store.snapshot import Snapshot
from swm.store.writing import read_file
from swm.store.yamlread import parse

REASON = "原因："
"""How the line of a message begins in which `adopt` says why."""

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


@frozen
class Handmade:
    """A commit made outside the tool, and why it was adopted; None while it was not."""

    commit: Commit
    reason: str | None


def adopted(commit: Commit) -> str | None:
    """The commit from outside that this one owns, None where it owns none."""
    found = _ENVELOPE.search(commit.body)
    return found["id"] if found else None


def handmade(commits: Iterable[Commit]) -> list[Handmade]:
    """Those of a whole history that were made outside the tool, in the same order."""
    strangers, reasons = [], {}
    for commit in commits:
        envelope = _ENVELOPE.search(commit.body)
        if envelope is None:
            strangers.append(commit)
        elif envelope["id"]:
            reasons[envelope["id"]] = _reason(commit)
    return [Handmade(commit, reasons.get(commit.id)) for commit in strangers]


def _reason(adoption: Commit) -> str:
    """Why a commit was adopted, in the words that `adopt` wrote into its message."""
    lines = (line for line in adoption.body.split("\n") if line.startswith(REASON))
    return next(lines, "").removeprefix(REASON)


def outside(ledger: Ledger) -> list[Commit]:
    """Commits made outside the tool that no later commit has adopted, newest first."""
    return [made.commit for made in handmade(ledger.history()) if made.reason is None]


def last_readable(repo: Repository, commit: str, path: str) -> AnyFile | None:
    """The newest version of a file that can be read, on the way to a commit."""
    for earlier in repo.history(path, commit):
        data = repo.show(earlier.id, path)
        with suppress(Unreadable):
            return None if data is None else read_bytes(path, data)
    return None


def read_bytes(path: str, data: bytes) -> AnyFile | None:
    """The record that a file of these bytes holds, if it is one. Raises Unreadable."""
    parse(data, path)
    return read_file(path, data.decode())
