"""Every original that the files of a commit name."""

from __future__ import annotations

from swm.domain.kinds import kind_at
from swm.domain.originals import KEY, Reference, named_in
from swm.errors import Unreadable
from swm.store.snapshot import Snapshot
from swm.store.yamlread import parse


def references(snapshot: Snapshot) -> list[Reference]:
    """Every original that the commit's files name, by file and record."""
    found: list[Reference] = []
    blobs = [b for b in snapshot.repo.tree_of(snapshot.commit) if kind_at(b.path)]
    contents = snapshot.repo.blobs([b.id for b in blobs])
    for blob, (_, data) in zip(blobs, contents, strict=True):
        if f"{KEY}:".encode() not in data:
            continue
        try:
            tree = parse(data, blob.path)
        except Unreadable:
            continue
        found += named_in(tree, blob.path.rpartition("/")[2].removesuffix(".yaml"))
    return found
