"""更正: a record as it reads after the corrections that name it. The record itself stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from swm.domain import fields
from swm.domain.edits import Plain
from swm.domain.fields import BadValue, ListOf, MapOf, One, by_key
from swm.domain.records import Correction, Record
from swm.domain.tree import Map, Node, Seq, Text
from swm.errors import Unreadable

FIXED = frozenset({"序号", "类型", "录入", "动作", "由", "至", "凭", "送达记录", "更正记录"})
"""What a correction may not touch: an act that should not have been is withdrawn instead."""

_SEPARATOR = re.compile(r"[,，、]")


def split(text: str) -> tuple[str, ...]:
    """The parts of a list as people type it, separated by `,` `，` or `、`."""
    return tuple(part.strip() for part in _SEPARATOR.split(text) if part.strip())


def corrected(record: Record, corrections: Iterable[Correction]) -> Record:
    """`record` after the corrections that name it, the latest last.

    Raises `BadValue` where a correction does not fit the record's table.
    """
    for correction in corrections:
        if correction.of == record.number:
            record = _mended(record, correction.values)
    return record


def _mended(record: Record, values: Mapping[str, str]) -> Record:
    node = _node(fields.fragment(record))
    assert isinstance(node, Map)
    for name, text in values.items():
        _set(record, node, name, text)
    try:
        return fields.read(type(record), node, "更正")
    except Unreadable as bad:
        first = bad.findings[0]
        raise BadValue(f"“{first.field}”{first.message}", first.hint) from None


def _set(record: Record, node: Map, name: str, text: str) -> None:
    head, _, rest = name.partition(".")
    row = by_key(type(record)).get(head)
    if row is None or head in FIXED:
        free = "、".join(k for k in by_key(type(record)) if k not in FIXED)
        raise BadValue(f"“{name}”不能更正", f"可以更正：{free}")
    if isinstance(row.kind, One | MapOf):
        if not rest:
            raise BadValue(f"“{head}”要写到下一级", f"例如 {head}.日期=2026-10-03")
        inner = node.get(head)
        if not isinstance(inner, Map):
            inner = node[head] = Map()
        _put(inner, rest, text)
    elif isinstance(row.kind, ListOf):
        items = Seq()
        items.extend(Text(part) for part in split(text))
        node[head] = items if items else None
    else:
        _put(node, head, text)


def _put(node: Map, name: str, text: str) -> None:
    if text:
        node[name] = Text(text)
    else:
        node.pop(name, None)


def _node(value: Plain) -> Node:
    """The tree that a fragment would be read as."""
    if isinstance(value, dict):
        tree = Map()
        for name, child in value.items():
            tree[name] = _node(child)
        return tree
    if isinstance(value, list):
        seq = Seq()
        seq.extend(_node(child) for child in value)
        return seq
    if value is None:
        return None
    if isinstance(value, datetime):
        return Text(value.isoformat(sep=" ", timespec="minutes"))
    return Text(str(value))
