"""What commits made outside the tool did to what is append-only: a finding for good.

The tool itself never changes a record, so only those commits are looked at: with none there is
nothing to read. All of them take three processes, however many they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from swm.domain.appendonly import WHOLE, Loss, losses
from swm.domain.contents import ATTACHMENTS
from swm.domain.kinds import kind_at
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.store.chronicle import Handmade, last_readable, read_bytes
from swm.store.objects import REGULAR, Changed
from swm.store.repo import Repository

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile

Reader = Callable[[str, str], "AnyFile | None"]
Lost = dict[str, dict[str, list[Any]]]
"""By path and place what stood there before somebody changed it or took it out."""


@frozen
class Breach:
    """One thing that a commit made outside the tool took away, and where."""

    made: Handmade
    path: str
    loss: Loss


def breaches(repo: Repository, strangers: Sequence[Handmade]) -> list[Breach]:
    """Everything append-only that these commits (newest first) changed or took out, the oldest
    first. One that puts back what an earlier one took away is none."""
    found: list[Breach] = []
    lost, told = lost_by(found), set()
    changes = _changes(repo, strangers)
    read = _reader(repo, [file for _, _, files in changes for file in files])
    for made, parent, files in changes:
        for file in files:
            for loss in _losses(repo, parent, file, read, lost[file.path][WHOLE]):
                there = lost[file.path][loss.where]
                once = (made.commit.id, file.path, loss.where, loss.text)
                if once not in told and (loss.now is None or loss.now not in there):
                    told.add(once)  # a merge is compared with each of its parents
                    there.append(loss.was)
                    found.append(Breach(made, file.path, loss))
    return found


def lost_by(found: Iterable[Breach]) -> Lost:
    """What these took away."""
    lost: Lost = defaultdict(lambda: defaultdict(list))
    for breach in found:
        lost[breach.path][breach.loss.where].append(breach.loss.was)
    return lost


def _changes(
    repo: Repository, strangers: Sequence[Handmade]
) -> list[tuple[Handmade, str, list[Changed]]]:
    """Each commit, oldest first, with each of its parents and the files of ours that differ."""
    parents = {id for made in strangers for id in made.commit.parents}
    trees = {commit.id: commit.tree for commit in repo.commits(sorted(parents))}
    differing = repo.differences(
        sorted({(trees[id], made.commit.tree) for made in strangers for id in made.commit.parents})
    )
    return [
        (made, id, [f for f in differing.get((trees[id], made.commit.tree), ()) if _ours(f.path)])
        for made in reversed(strangers)
        for id in made.commit.parents
    ]


def _ours(path: str) -> bool:
    return kind_at(path) is not None or path.startswith(ATTACHMENTS)


def _reader(repo: Repository, files: Iterable[Changed]) -> Reader:
    """How to read one version of a file; all versions are fetched at once."""
    ids = {id for f in files if kind_at(f.path) for id in (f.old, f.new) if id}
    blobs = dict(repo.blobs(sorted(ids)))

    @cache
    def read(path: str, id: str) -> AnyFile | None:
        return read_bytes(path, blobs[id])

    return read


def _losses(
    repo: Repository, parent: str, file: Changed, read: Reader, removed: Sequence[AnyFile]
) -> list[Loss]:
    """What one changed file says no more. A version that cannot be read hides nothing: the next
    one that can is compared with the last one that could; nor does one that was taken out."""
    there = file.new if file.new_mode in REGULAR else None
    if file.path.startswith(ATTACHMENTS):
        text = "附件被改动" if there else "附件被删去"
        return [Loss(where=WHOLE, text=text, was=file.old, now=there)] if file.old else []
    old = removed[-1] if removed else None
    if file.old:
        try:
            old = read(file.path, file.old)
        except Unreadable:
            old = last_readable(repo, parent, file.path)
    with suppress(Unreadable):
        return losses(old, read(file.path, there) if there else None)
    return []
