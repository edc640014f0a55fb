"""Which records name an original, found by the key 原件 in any file of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.kinds import kind_at
from swm.domain.tree import Map, Node, Seq
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.store.originals import SHA256
from swm.store.snapshot import Snapshot
from swm.store.yamlread import parse

KEY = "原件"


@frozen
class Reference:
    """One place in the ledger that names an original."""

    where: str
    sha: str
    pages: int | None
    place: str


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
        id = blob.path.rpartition("/")[2].removesuffix(".yaml")
        found += _in(tree, id)
    return found


def _in(node: Node, where: str) -> Iterator[Reference]:
    if isinstance(node, Seq):
        for child in node:
            yield from _in(child, where)
    if not isinstance(node, Map):
        return
    here = _named(node, where)
    sha = str(node.get(KEY) or "")
    if SHA256.fullmatch(sha):
        pages = str(node.get("原件页数") or "")
        place = str(node.get("原件存放") or "")
        yield Reference(here, sha, int(pages) if pages.isdecimal() else None, place)
    for child in node.values():
        yield from _in(child, here)


def _named(node: Map, where: str) -> str:
    """BK-0001第5条, or CF-0001 BZ-2026-0001."""
    if node.get("序号"):
        return f"{where}第{node['序号']}条"
    own = str(node.get("编号") or "")
    return f"{where} {own}" if own and own != where else where
