"""What a report's file says: its tables and paragraphs, the cells of its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import zipped

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT = "word/document.xml"


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
