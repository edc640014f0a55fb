"""Which records name an original: found by the key 原件 in any file of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from swm.domain.tree import Map, Node, Seq
from swm.frozen import frozen

KEY = "原件"
SHA256 = re.compile(r"[0-9a-f]{64}")


@frozen
class Reference:
    """One place in the ledger that names an original."""

    where: str
    sha: str
    pages: int | None
    place: str
    line: int | None


def named_in(node: Node, where: str) -> Iterator[Reference]:
    """Every original that a file's tree names; `where` is the file's id."""
    if isinstance(node, Seq):
        for child in node:
            yield from named_in(child, where)
    if not isinstance(node, Map):
        return
    here = _named(node, where)
    sha = str(node.get(KEY) or "")
    if SHA256.fullmatch(sha):
        pages = str(node.get("原件页数") or "")
        place = str(node.get("原件存放") or "")
        told = int(pages) if pages.isdecimal() else None
        yield Reference(here, sha, told, place, node.lines.get(KEY))
    for child in node.values():
        yield from named_in(child, here)


def _named(node: Map, where: str) -> str:
    """BK-0001第5条, or CF-0001 BZ-2026-0001."""
    if node.get("序号"):
        return f"{where}第{node['序号']}条"
    own = str(node.get("编号") or "")
    return f"{where} {own}" if own and own != where else where
