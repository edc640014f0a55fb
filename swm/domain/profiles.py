"""What clerks type into a profile, typed through the field table; and the roster of villages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from swm.domain.fields import AnyKind, BadValue, Field, Kind, ListOf, Many, One, blank, split, table
from swm.domain.settings import Settings
from swm.errors import Missing


def typed(row: Field, text: str) -> Any:
    """The value of one profile field as typed; an empty text is no value. Raises `BadValue`."""
    if isinstance(row.kind, ListOf):
        return tuple(dict.fromkeys(row.kind.item.read(part) for part in split(text)))
    if not isinstance(row.kind, Kind):
        raise BadValue(f"“{row.key}”不是一个值")
    return None if blank(text) else row.kind.read(text)


def unfit(record: Any) -> Iterator[Missing]:
    """What keeps `record` from being read back: required fields left empty, and texts, also of
    nested records, that their fields refuse (control and bidi characters, unknown choices)."""
    for row in table(type(record)):
        value = getattr(record, row.attribute)
        if row.required and (value is None or (isinstance(value, str) and blank(value))):
            yield Missing(f"“{row.key}”必须填写", "", row.meaning)
    yield from _unfit_texts(record)


def _unfit_texts(record: Any) -> Iterator[Missing]:
    for row in table(type(record)):
        value = getattr(record, row.attribute)
        if isinstance(row.kind, One | Many):
            for nested in value if isinstance(value, tuple) else (value,):
                yield from _unfit_texts(nested) if nested is not None else ()
        elif value not in (None, ""):
            for bad in _refused(row.kind, value):
                yield Missing(f"“{row.key}”{bad.message}", "", bad.hint)


def _refused(kind: AnyKind, value: Any) -> Iterator[BadValue]:
    scalar = kind.item if isinstance(kind, ListOf) else kind
    if not isinstance(scalar, Kind):
        return
    for text in value if isinstance(value, tuple) else (value,):
        if isinstance(text, str):
            try:
                scalar.read(text)
            except BadValue as bad:
                yield bad


def unknown_village(name: str, settings: Settings, on: date) -> Iterator[Missing]:
    """Why `name` is not a village of that day; the villages that are, the nearest first."""
    names = settings.village_names(on)
    if not name or name in names:
        return
    now = settings.village_at(name, on)
    merged = f"（已并入{now}）" if now != name else ""
    choice = "、".join(nearest(name, names)) or "名册还是空的，请先写进 swm.yaml 的“村”"
    text = f"{on} 的村名册里没有“{name}”{merged}"
    yield Missing(text, "", f"可用：{choice}" if names else choice)


def nearest(name: str, names: Collection[str]) -> list[str]:
    """`names`, those most like `name` first."""
    like = difflib.SequenceMatcher(b=name)

    def distance(other: str) -> float:
        like.set_seq1(other)
        return -like.ratio()

    return sorted(names, key=distance)


def unknown_premises(id: str | None, ids: Collection[str]) -> Iterator[Missing]:
    """Why the enterprise can't stand in premises `id`, if it can't."""
    if id is not None and id not in ids:
        near = nearest(id, ids)[:5]
        hint = f"可用：{'、'.join(near)}；" if near else ""
        yield Missing(f"没有编号为 {id} 的厂房", "方案五1", f"{hint}登记：swm premises add")


def unknown_firm(name: str | None, settings: Settings, ids: Collection[str]) -> Iterator[Missing]:
    """Why `name` can stand for nobody: it is written like an id of the town's and no enterprise
    has it. Any other name may be somebody's who is not in the ledger."""
    if name and re.fullmatch(rf"{settings.prefix}-\d+", name) and name not in ids:
        hint = "改正编号；不在台账的写名称；登记：swm add"
        yield Missing(f"没有编号为 {name} 的企业", "", hint)


def next_id(prefix: str, ids: Iterable[str]) -> str:
    """The id after the highest ever given: BK-0001, … BK-9999, BK-10000."""
    head = f"{prefix}-"
    tails = (id.removeprefix(head) for id in ids if id.startswith(head))
    top = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{head}{top + 1:04d}"
