"""Where two files of a report differ, told to a person with the paper in hand.

A table is known by the heading before it, a row by what names it (its first cells), a column by
its heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from swm.audit.contents import Contents, Table, sheets
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import zipped

NAMING = 3
"""The cells of a row that may name it: 序号, 编号, 名称."""
NONE = "（没有）"
AROUND = 10
"""How much of what two texts have in common is shown around what differs."""


@frozen
class Difference:
    """One place where two files differ: `there` is the file's, `here` what was made again."""

    place: str
    there: str
    here: str


def table_differences(there: Contents, here: Contents) -> list[Difference]:
    """Every cell that differs; tables are compared in their order."""
    return [
        difference
        for one, other in zip_longest(there.tables, here.tables)
        for difference in _in_table(one, other)
    ]


def _in_table(there: Table | None, here: Table | None) -> Iterator[Difference]:
    if there is None or here is None:
        whole = there or here
        name = f"表“{whole.name if whole else ''}”"
        yield Difference(name, _counted(there), _counted(here))
        return
    titles = here.rows[0] if here.rows else ()
    for line, (one, other) in enumerate(zip_longest(there.rows, here.rows)):
        if one is None or other is None:
            place = f"表“{here.name}”第{line}行"
            yield Difference(place, _row_said(one), _row_said(other))
            continue
        for at, (old, new) in enumerate(zip_longest(one, other)):
            if old != new:
                place = f"表“{here.name}”第{line}行{_named(other)}第{at + 1}列{_titled(titles, at)}"
                yield Difference(place, NONE if old is None else old, NONE if new is None else new)


def _counted(table: Table | None) -> str:
    return NONE if table is None else f"{len(table.rows)}行"


def _row_said(row: Sequence[str] | None) -> str:
    return NONE if row is None else "、".join(cell for cell in row if cell)


def _named(row: Sequence[str]) -> str:
    """What names a row: the longest of its first cells."""
    told = max(row[:NAMING], key=len, default="")
    return f"“{told}”" if told else ""


def _titled(titles: Sequence[str], at: int) -> str:
    return f"“{titles[at]}”" if at < len(titles) and titles[at] else ""


def paragraph_differences(there: Contents, here: Contents) -> list[Difference]:
    """Paragraphs that one has and the other has not, in order."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, there.paragraphs, here.paragraphs, autojunk=False)
    return [
        Difference(
            f"第{start + 1}段",
            *_apart("／".join(there.paragraphs[start:end]), "／".join(here.paragraphs[first:last])),
        )
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    ]


def _apart(there: str, here: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they part to shortly after they meet again."""
    if not there or not here:
        return there or NONE, here or NONE
    shorter = min(len(there), len(here))
    start = next((n for n in range(shorter) if there[n] != here[n]), shorter)
    same = next((n for n in range(shorter - start) if there[-1 - n] != here[-1 - n]), None)
    tail = shorter - start if same is None else same
    first = max(0, start - AROUND)

    def cut(text: str) -> str:
        end = min(len(text), len(text) - tail + AROUND)
        return f"{'…' if first else ''}{text[first:end]}{'…' if end < len(text) else ''}"

    return cut(there), cut(here)


def document_differences(there: bytes, here: bytes) -> list[Difference]:
    """Where two JSON reports differ, key by key."""
    try:
        return list(_values("", json.loads(there), json.loads(here)))
    except ValueError as error:
        raise Unreadable("这个文件不是 JSON，读不了") from error


def _values(place: str, there: Any, here: Any) -> Iterator[Difference]:
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys((*here, *there)):
            below = f"{place} → {key}" if place else str(key)
            yield from _values(below, there.get(key, NONE), here.get(key, NONE))
    elif isinstance(there, list) and isinstance(here, list):
        for at, (one, other) in enumerate(zip_longest(there, here, fillvalue=NONE), start=1):
            yield from _values(f"{place} 第{at}项", one, other)
    elif there != here:
        yield Difference(place, _shown(there), _shown(here))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sheet_differences(there: bytes, here: bytes) -> list[Difference]:
    """Every cell of a workbook that differs, by sheet and place."""
    one, other = sheets(there), sheets(here)
    return [
        Difference(f"表“{name}”{place}", old or NONE, new or NONE)
        for name in dict.fromkeys((*other, *one))
        for place, old, new in _places(one.get(name, {}), other.get(name, {}))
        if old != new
    ]


def _places(
    there: Mapping[str, str], here: Mapping[str, str]
) -> Iterator[tuple[str, str | None, str | None]]:
    for place in dict.fromkeys((*here, *there)):
        yield place, there.get(place), here.get(place)


def same_parts(there: bytes, here: bytes) -> bool:
    """Whether two Office files hold the same parts, however they are packed."""
    return zipped.unpack(there) == zipped.unpack(here)


def part_differences(there: bytes, here: bytes) -> list[Difference]:
    """The parts of an Office file whose bytes differ, by name."""
    one, other = zipped.unpack(there), zipped.unpack(here)
    return [
        Difference(f"部件 {name}", _size(one.get(name)), _size(other.get(name)))
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]


def _size(part: bytes | None) -> str:
    return NONE if part is None else f"{len(part)}字节"
