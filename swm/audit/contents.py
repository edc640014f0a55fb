"""What a report's file says: its tables and paragraphs, the cells of its sheets.

The file may come from anybody. Nothing in it is followed, and reading it takes time and memory in
proportion to its size, whatever is nested in what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import zipped

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_MARKS = 1_500_000
"""Tags and attributes, or values of JSON: twice as many as a town of 10,000 enterprises needs."""
READ_AGAIN = 4
"""How often the text of a page may be read: a paragraph in a cell is read twice."""
A_PIECE = 32
"""What reading a row, a cell or a paragraph counts for, in characters."""
TORN = "这个文件损坏，读不了"


@frozen
class Table:
    """One table: the heading before it, its rows of text, the row of headings first."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    beyond: frozenset[str] = frozenset()
    """What it shows or hides that is no plain text, in Chinese: 修订, 域, 图形."""


@frozen
class Contents:
    """What a file says: its tables and its other text, in order."""

    tables: tuple[Table, ...]
    paragraphs: tuple[str, ...]
    margins: tuple[str, ...] = ()
    """What stands in headers, footers and notes."""
    lines: tuple[str, ...] = ()
    """Every row of every table wherever it stands, with what is hidden in it, without blanks."""
    foreign: bool = False
    """Whether it brings another document, which is shown with it and was not read."""


def page_contents(data: bytes) -> Contents:
    """The tables and paragraphs of an HTML report. Raises `Unreadable`."""
    from lxml import etree, html

    refuse_crowded(data)
    try:
        root = html.document_fromstring(data.decode())
    except (UnicodeDecodeError, etree.LxmlError, ValueError) as error:
        raise Unreadable("这个网页读不了") from error
    page = _Page(len(data))
    tables: list[Table] = []
    paragraphs: list[str] = []
    headings: list[str] = []
    for node in root.iter("h1", "h2", "h3", "h4", "p", "summary", "table"):
        if node.tag == "table":
            tables.append(Table(headings[-1] if headings else "", page.rows(node)))
        elif text := page.text(node):
            paragraphs.append(text)
            if node.tag != "p":
                headings.append(text)
    return Contents(told_apart(tables), tuple(paragraphs))


class _Page:
    """Reads the pieces of a page, those within others again, but not without end."""

    def __init__(self, size: int) -> None:
        self._left = READ_AGAIN * size + A_PIECE

    def rows(self, table: Any) -> tuple[tuple[str, ...], ...]:
        """The rows of a table."""
        return tuple(self._row(row) for row in table.iter("tr"))

    def _row(self, row: Any) -> tuple[str, ...]:
        self._take("")
        return tuple(self.text(cell) for cell in row if cell.tag in ("td", "th"))

    def text(self, node: Any) -> str:
        """All the text within a node, as one line."""
        found = str(node.text_content())
        self._take(found)
        return re.sub(r"\s+", " ", found).strip()

    def _take(self, text: str) -> None:
        self._left -= len(text) + A_PIECE
        if self._left < 0:
            raise Unreadable("这个网页层层嵌套，读不了", hint="swm 生成的网页不会这样；请另要一份")


def told_apart(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables under one heading get a number."""
    found: list[Table] = []
    same: Counter[str] = Counter()
    for table in tables:
        number = same[table.name] + 1
        name = table.name if number == 1 else f"{table.name}（第{number}张）"
        found.append(Table(name, table.rows, table.beyond))
        same[name.partition("（第")[0]] += 1
    return tuple(found)


def sheets(data: bytes) -> dict[str, dict[str, str]]:
    """The cells of each sheet of a workbook, by their places: {趋势: {B2: 33}}."""
    parts = zipped.unpack(data)
    shared = [
        "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
        for item in parsed(parts.get("xl/sharedStrings.xml", b"<sst/>"))
    ]
    names = [s.get("name", "") for s in parsed(parts["xl/workbook.xml"]).iter(f"{SHEET}sheet")]
    found: dict[str, dict[str, str]] = {}
    for place, name in enumerate(names, start=1):
        sheet = parts.get(f"xl/worksheets/sheet{place}.xml")
        found[name] = {} if sheet is None else dict(_cells(parsed(sheet), shared))
    return found


def _cells(sheet: Any, shared: Sequence[str]) -> Iterator[tuple[str, str]]:
    for cell in sheet.iterfind(f"{SHEET}sheetData/{SHEET}row/{SHEET}c"):
        texts = (*cell.iterfind(f"{SHEET}v"), *cell.iterfind(f"{SHEET}is/{SHEET}t"))
        value = "".join(each.text or "" for each in texts)
        if cell.get("t") == "s":
            try:
                value = shared[int(value)]
            except (ValueError, IndexError) as error:
                raise Unreadable(TORN) from error
        yield cell.get("r", ""), value


def parsed(part: bytes) -> Any:
    """The root of a part of an Office file, without comments, so that no text is in pieces.

    No entity is followed: the file may come from anybody. Raises `Unreadable`.
    """
    from lxml import etree

    refuse_crowded(part)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(TORN) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("这个文件里夹带了 DTD，读不了", hint="Word、WPS 和 swm 存的文件没有 DTD")
    return root


def refuse_crowded(*parts: bytes) -> None:
    """Raise `Unreadable` where reading these would fill the memory."""
    if sum(part.count(b"<") + part.count(b"=") for part in parts) > MOST_MARKS:
        raise Unreadable("这个文件的内容太多，读不了", hint="swm 生成的报告没有这么大；请另要一份")
