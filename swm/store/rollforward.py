"""After the branch has moved: bring the working copy and the index to it, now or after a crash.

Everything here may be cut short at any call and started again. A file whose bytes are neither
the old nor the new ones carries a person's edit: it is left as it is and reported.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from swm.errors import Busy, NotYours, Refused, Surroundings
from swm.frozen import frozen
from swm.store import files, journal, paths
from swm.store.journal import Damaged, Journal, Move
from swm.store.objects import Entry, Objects, blob_id
from swm.store.plumbing import WritableRepository
from swm.store.refs import REF

GRACE = 0.5
"""Seconds a ref lock must lie untouched before it counts as left behind, not as in use."""


@frozen
class Recovered:
    """What the start of a write found of an earlier one that was cut short.

    `commit` is None when that one had not been recorded. `kept` are the files in which somebody
    has changed something since; their edits are untouched.
    """

    commit: str | None
    kept: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.commit is None:
            return "上一次写入中途断了，没有留下任何记录；已清理干净，请重新录入那一条"
        kept = f"；{'、'.join(self.kept)} 后来有人改过，改动原样保留" if self.kept else ""
        return f"上一次写入中途断了，但已经记录（{self.commit[:12]}），现已补完{kept}"


def recover(repo: WritableRepository, fence_stood: bool) -> Recovered | None:
    """Finish or forget what a crash interrupted; None when nothing had been interrupted.

    `fence_stood`: our fence was up before we came, so a crash happened while it was.
    Raises Surroundings when that cannot be decided safely.
    """
    files.empty(repo.scratch)
    try:
        found = journal.read(repo.area)
    except Damaged as damage:
        _set_aside(repo, damage)
        return None
    if found is None:
        return None
    if found.ref != REF:
        raise NotYours(f"{journal.path(repo.area)} 说的是 {found.ref}，不是这本台账的记录")
    clear_ref_locks(repo, found, fence_stood)
    if not has_happened(repo, found):
        journal.remove(repo.area)
        return Recovered(None)
    with repo.objects() as objects:
        make_objects_durable(repo, objects, found)
        make_branch_durable(repo)
        kept = roll_forward(repo, objects, found, {})
    journal.remove(repo.area)
    return Recovered(found.new, kept)


def _set_aside(repo: WritableRepository, damage: Damaged) -> None:
    """Damage, not a crash: go on only if nothing in the working copy is in doubt."""
    differing = repo.dirty()
    place = journal.path(repo.area)
    if differing:
        raise Surroundings(
            f"写入日志 {place} 已损坏（{damage}），又有文件和最后一次记录不同："
            f"{'、'.join(differing[:5])}",
            hint="请先看清这些文件的差别（git diff），处理好以后删除这个日志",
        ) from damage
    os.replace(place, place.with_suffix(".damaged"))
    files.sync_folder(repo.area)


def has_happened(repo: WritableRepository, found: Journal) -> bool:
    """Whether the branch holds the journal's commit, at its tip or further down."""
    tip = repo.tip(found.ref)
    return tip is not None and (tip == found.new or repo.is_ancestor(found.new, tip))


def forget(repo: WritableRepository) -> None:
    """Drop the journal of a write that failed before the branch moved; keep it if it has moved."""
    found = journal.read(repo.area)
    if found is not None and not has_happened(repo, found):
        clear_ref_locks(repo, found, proven=True)
        journal.remove(repo.area)


def clear_ref_locks(repo: WritableRepository, found: Journal, proven: bool) -> None:
    """Remove the locks that our own interrupted `update-ref` left; git would trip over them.

    Ours is: younger than the journal, made while our fence was up (`proven`), and holding nothing
    or a part of the id we were writing. Raises Busy about any other.
    """
    for place in (repo.git_dir / "HEAD.lock", repo.git_dir / f"{found.ref}.lock"):
        left = left_behind(place)
        if left is None:
            continue
        made, content = left
        ours = f"{found.new}\n".encode().startswith(content)
        if not (proven and ours and made >= journal.path(repo.area).stat().st_mtime_ns):
            raise Busy(
                f"git 的锁 {place} 挡着，不能确定它是谁留下的，什么也没有记录",
                hint=f"如果确实没有 git 在运行，删除 {place} 后再试",
            )
        files.remove(place)


def left_behind(place: Path) -> tuple[int, bytes] | None:
    """(time made in ns, content) of a lock nobody has let go of within GRACE."""
    until = time.monotonic() + GRACE
    while True:
        try:
            with open(place, "rb") as stream:
                made = os.fstat(stream.fileno()).st_mtime_ns
                content = stream.read(128)
        except FileNotFoundError:
            return None
        if time.time() - made / 1e9 >= GRACE or time.monotonic() >= until:
            return made, content
        time.sleep(0.02)


def make_objects_durable(repo: WritableRepository, objects: Objects, found: Journal) -> None:
    """Every object the commit brought, and the folders they lie in, reach the disk.

    Git 2.36 syncs the objects themselves if told to, older ones do not; no git syncs folders.
    """
    ids = {found.new}
    for path in found.moves:
        ids.update(entry.id for entry in objects.walk(found.new, path))
    store = repo.git_dir / "objects"
    loose = [store / id[:2] / id[2:] for id in sorted(ids)]
    for place in loose:
        files.sync_file(place)
    files.sync_folders([store, *(each.parent for each in loose if each.parent.is_dir())])


def make_branch_durable(repo: WritableRepository) -> None:
    """The branch, its log, and the folders they lie in reach the disk."""
    for name in (REF, f"logs/{REF}", "logs/HEAD"):
        place = repo.git_dir / name
        files.sync_file(place)
        if place.parent.is_dir():
            files.sync_folder(place.parent)
    files.sync_folder(repo.git_dir)


def roll_forward(
    repo: WritableRepository,
    objects: Objects,
    found: Journal,
    staged: Mapping[str, Path],
    index: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Bring the journal's files and the index to HEAD; the paths where a person's edit was kept.

    HEAD, not the journal's commit: somebody may have committed on top of it since. `staged` are
    files that hold the new bytes already, `index` what the index is known to hold.
    """
    head = repo.head()
    targets = {path: objects.entry(head, path) for path in found.moves}
    kept = tuple(
        path
        for path, move in found.moves.items()
        if not _place(repo, objects, path, move, targets[path], staged.get(path))
    )
    folders = [(repo.root / path).parent for path in found.moves]
    files.sync_folders(each for each in folders if each.is_dir())
    _restage(repo, found.moves, targets, index)
    return kept


def _place(
    repo: WritableRepository,
    objects: Objects,
    path: str,
    move: Move,
    target: Entry | None,
    staged: Path | None,
) -> bool:
    """Bring one working file to its committed bytes; False if it holds somebody's edit."""
    try:
        place = paths.locate(repo.root, path)
        present = files.read(repo.root, path)
    except (NotYours, Refused):  # by now a link or a folder has taken its place
        return False
    current = None if present is None else blob_id(present)
    wanted = target.id if target else None
    if current == wanted:
        files.sync_file(place)
        return True
    if current not in (move.old, move.new):
        return False
    if target is None:
        # Ours to delete only if we were the ones to take it out of the ledger.
        if move.new is None:
            files.remove(place)
        return True
    if staged is None or wanted != move.new:
        staged = files.stage(repo.scratch, objects.blob(target.id))
    if current is not None:
        files.put(staged, place)
        return True
    files.make_folders(place.parent)
    try:
        files.add(staged, place)
    except FileExistsError:
        return False
    return True


def _restage(
    repo: WritableRepository,
    moves: Mapping[str, Move],
    targets: Mapping[str, Entry | None],
    index: Mapping[str, str] | None,
) -> None:
    """Our paths only, and of these only where the person has staged nothing else."""
    head = repo.head()
    if head is None or not targets:
        return
    if not repo.index.exists():
        repo.restage({}, head)
        return
    present = repo.index_entries(moves) if index is None else index
    updates = {
        path: target
        for path, target in targets.items()
        if present.get(path) in (moves[path].old, moves[path].new, target.id if target else None)
    }
    if updates:
        repo.restage(updates, head)
