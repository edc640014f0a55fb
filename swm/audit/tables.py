"""The tables and paragraphs of a report's file, by name, and where two files differ.

A table is known by the heading before it, a row by what names it (its first cells), a column by
its heading: so a difference can be told to a person with the paper in hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import zipped

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT = "word/document.xml"
NAMING = 3
"""The cells of a row that may name it: 序号, 编号, 名称."""
NONE = "（没有）"
AROUND = 10
"""How much of what two texts have in common is shown around what differs."""


@frozen
class Table:
    """One table: the heading before it, its rows of text, the row of headings first."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@frozen
class Contents:
    """What a file says: its tables and its other text, in order."""

    tables: tuple[Table, ...]
    paragraphs: tuple[str, ...]


@frozen
class Difference:
    """One place where two files differ: `there` is the file's, `here` what was made again."""

    place: str
    there: str
    here: str


# --- reading ----------------------------------------------------------------------------------


def word_contents(data: bytes) -> Contents:
    """The tables and paragraphs of a docx, accepted changes and all. Raises `Unreadable`."""
    body = _xml(_part(data, DOCUMENT)).find(f"{WORD}body")
    tables: list[Table] = []
    paragraphs: list[str] = []
    for child in body if body is not None else ():
        if child.tag == f"{WORD}p":
            if text := _word_text(child):
                paragraphs.append(text)
        elif child.tag == f"{WORD}tbl":
            rows = tuple(_word_row(row) for row in child.iter(f"{WORD}tr"))
            tables.append(Table(paragraphs[-1] if paragraphs else "", rows))
    return Contents(_told_apart(tables), tuple(paragraphs))


def _word_row(row: Any) -> tuple[str, ...]:
    return tuple(
        "\n".join(_word_text(p) for p in cell.iter(f"{WORD}p")) for cell in row.iter(f"{WORD}tc")
    )


def _word_text(paragraph: Any) -> str:
    """The text of a paragraph, without what was struck out while changes were tracked."""
    pieces = []
    for node in paragraph.iter(f"{WORD}t", f"{WORD}br", f"{WORD}tab"):
        if not any(parent.tag == f"{WORD}del" for parent in node.iterancestors()):
            pieces.append(node.text or "" if node.tag == f"{WORD}t" else " ")
    return "".join(pieces).strip()


def page_contents(data: bytes) -> Contents:
    """The tables and paragraphs of an HTML report. Raises `Unreadable`."""
    from lxml import etree, html

    try:
        root = html.fromstring(data.decode())
    except (UnicodeDecodeError, etree.ParserError, ValueError) as error:
        raise Unreadable("这个网页读不了") from error
    tables: list[Table] = []
    paragraphs: list[str] = []
    headings: list[str] = []
    for node in root.iter("h1", "h2", "h3", "h4", "p", "summary", "table"):
        if node.tag == "table":
            rows = tuple(
                tuple(_plain(cell) for cell in row if cell.tag in ("td", "th"))
                for row in node.iter("tr")
            )
            tables.append(Table(headings[-1] if headings else "", rows))
        elif text := _plain(node):
            paragraphs.append(text)
            if node.tag != "p":
                headings.append(text)
    return Contents(_told_apart(tables), tuple(paragraphs))


def _plain(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip()


def _told_apart(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables under one heading get a number."""
    found: list[Table] = []
    for table in tables:
        same = sum(each.name.partition("（第")[0] == table.name for each in found)
        found.append(Table(f"{table.name}（第{same + 1}张）", table.rows) if same else table)
    return tuple(found)


def sheets(data: bytes) -> dict[str, dict[str, str]]:
    """The cells of each sheet of a workbook, by their places: {趋势: {B2: 33}}."""
    parts = zipped.unpack(data)
    shared = [
        "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
        for item in _xml(parts.get("xl/sharedStrings.xml", b"<sst/>"))
    ]
    names = [str(s.get("name")) for s in _xml(parts["xl/workbook.xml"]).iter(f"{SHEET}sheet")]
    return {
        name: dict(_cells(_xml(parts.get(f"xl/worksheets/sheet{place}.xml", b"<x/>")), shared))
        for place, name in enumerate(names, start=1)
    }


def _cells(sheet: Any, shared: Sequence[str]) -> Iterator[tuple[str, str]]:
    for cell in sheet.iter(f"{SHEET}c"):
        value = "".join(v.text or "" for v in cell.iter(f"{SHEET}v", f"{SHEET}t"))
        if cell.get("t") == "s":
            try:
                value = shared[int(value)]
            except (ValueError, IndexError) as error:
                raise Unreadable("这个文件损坏，读不了") from error
        yield str(cell.get("r")), value


def _part(data: bytes, name: str) -> bytes:
    from zipfile import BadZipFile

    try:
        return zipped.unpack(data)[name]
    except (BadZipFile, KeyError) as error:
        raise Unreadable("这个文件不是 Word 文档（docx）") from error


def _xml(data: bytes) -> Any:
    """The root of a part. No entity is followed: the file may come from anybody."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("这个文件损坏，读不了") from error


# --- comparing --------------------------------------------------------------------------------


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
