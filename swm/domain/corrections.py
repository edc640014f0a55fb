"""更正 and 撤销: the records that count, each as it reads after what mended it.

The mended and the withdrawn stay in the file as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from swm.domain import fields
from swm.domain.edits import Plain
from swm.domain.fields import BadValue, ListOf, MapOf, One, blank, by_key, split
from swm.domain.records import Correction, Record, Withdrawal
from swm.domain.tree import Map, Node, Seq, Text
from swm.errors import Unreadable

R = TypeVar("R", bound=Record)

FIXED = frozenset(
    {"序号", "类型", "录入", "动作", "由", "至", "凭", "撤回文书"}
    | {
        "送达记录",
        "更正记录",
        "改为",
        "撤销记录",
        "巡查编号",
        "到访",
        "抽取",
        "班次",
        "移送记录",
        "层级",
    }
)
"""What a correction may not touch: an act that should not have been is withdrawn instead."""


def fixed(record: type[Record]) -> frozenset[str]:
    """The keys that a correction of such a record may not touch."""
    return FIXED | record.PINNED


Place = tuple[date, int]
"""Where a record stands among the others: its day, then its number."""


def in_force(records: Sequence[Record]) -> list[Record]:
    """The records without the withdrawn. A withdrawal that is itself withdrawn has no effect."""
    gone: set[int] = set()
    for record in sorted(records, key=lambda r: r.number, reverse=True):
        if isinstance(record, Withdrawal) and record.number not in gone:
            gone.update(record.of)
    return [r for r in records if r.number not in gone]


def mends(records: Sequence[Record]) -> list[Correction]:
    """The corrections in force, oldest first, each as later corrections mended it in turn."""
    settled: list[Correction] = []
    found = [r for r in in_force(records) if isinstance(r, Correction)]
    for correction in sorted(found, key=lambda r: r.number, reverse=True):
        settled.insert(0, corrected(correction, settled))
    return settled


def effective(records: Sequence[Record]) -> list[Record]:
    """The records that count: corrected, without the withdrawn, in the order of their days."""
    settled = mends(records)
    facts = [r for r in in_force(records) if not isinstance(r, Correction | Withdrawal)]
    return sorted((corrected(r, settled) for r in facts), key=place)


def place(record: Record) -> Place:
    """Where the record stands among the others."""
    return record.on, record.number


def corrected(record: R, corrections: Iterable[Correction]) -> R:
    """`record` after the corrections that name it, the latest last.

    Raises `BadValue` where a correction does not fit the record's table.
    """
    for correction in corrections:
        if correction.of == record.number:
            record = _mended(record, correction.values)
    return record


def _mended(record: R, values: Mapping[str, str]) -> R:
    """`record` with these values. Another day changes nothing about when it was entered."""
    node = _node(fields.fragment(record))
    assert isinstance(node, Map)
    for name, text in values.items():
        _set(record, node, name, text)
    try:
        mended = fields.read(type(record), node, "更正")
    except Unreadable as bad:
        first = bad.findings[0]
        raise BadValue(f"“{first.field}”{first.message}", first.hint) from None
    moved = mended.on != record.on and mended.entered is None
    return replace(mended, entered=record.on) if moved else mended


def _set(record: Record, node: Map, name: str, text: str) -> None:
    head, _, rest = name.partition(".")
    row = by_key(type(record)).get(head)
    if row is None or head in fixed(type(record)):
        free = "、".join(k for k in by_key(type(record)) if k not in fixed(type(record)))
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
    if not blank(text):
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
