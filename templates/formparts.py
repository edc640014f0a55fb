"""What the forms are made of besides the parts of `gbt9704.py`: tables of labels and values, lines
to sign on, and the styles that they wear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gbt9704 import (
    FANGSONG,
    HEITI,
    LINE,
    XIAOBIAOSONG,
    body,
    cell,
    paragraph,
    section,
    style,
)

NARROW = section().replace(
    'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="850" w:footer="1417"',
    'w:top="1134" w:right="1531" w:bottom="1134" w:left="1531" w:header="567" w:footer="567"',
)
"""The page of a table that is filled in: 20 mm at the top and the bottom, the width as it was."""
NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
STYLES = (
    style("表单标题", XIAOBIAOSONG, 40, 620, "center", before=60, after=120, keep=True),
    style("标识行", HEITI, 28, 440, "right", keep=True),
    style("编号行", FANGSONG, 24, 400, "right", keep=True),
    style("文号行", FANGSONG, 32, LINE, "center", after=LINE // 2, keep=True),
    style("档案标题", HEITI, 30, 520, "left", before=240, after=80, keep=True, outline=0),
    style("格名", HEITI, 24, 360, "center"),
    style("格文", FANGSONG, 24, 360, "left"),
    style("格中", FANGSONG, 24, 360, "center"),
    style("签名行", FANGSONG, 28, 640, "left"),
    style("小注", FANGSONG, 21, 340, "left", before=80),
    style("经过文", FANGSONG, 24, 400, "both", indent='<w:ind w:left="480" w:hanging="480"/>', after=40),
    style("照片缺", FANGSONG, 24, 400, "center", before=240, keep=True),
    body("主送", align="left", indent=NO_INDENT, keep=True),
    body("条目", indent='<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
)  # fmt: skip


class Cell(NamedTuple):
    """One cell of a form: its style, its text, how many columns it spans."""

    style: str
    text: str
    span: int = 1


def label(text: str, span: int = 1) -> Cell:
    """What is asked for."""
    return Cell("格名", text, span)


def value(text: str, span: int = 1) -> Cell:
    """What is told."""
    return Cell("格文", text, span)


def middle(text: str, span: int = 1) -> Cell:
    """What is told, in the middle of its cell."""
    return Cell("格中", text, span)


def tagged(code: str) -> str:
    """A row that is only a template's tag and leaves no row behind."""
    return "{%tr " + code + " %}"


class Tall(NamedTuple):
    """A row that is at least so many twips high, for writing and signing."""

    height: int
    cells: Sequence[Cell]


Row = Sequence[Cell] | Tall | str
"""A row of cells, or a tag."""


_STYLED = re.compile("<w:pStyle [^>]*/>")


def grid(
    widths: Sequence[int], rows: Sequence[Row], *, least: int = 480, together: bool = False
) -> str:
    """A form's table: the columns' widths in twips, its rows, each at least so high.

    `together`: where the page has no room for all rows, all of them go to the next.
    """
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(_line(widths, row, least) for row in rows)
    if together:
        head, last, tail = lines.rpartition("<w:tr>")
        lines = _STYLED.sub(r"\g<0><w:keepNext/>", head) + last + tail
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="公文表"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _line(widths: Sequence[int], row: Row, least: int) -> str:
    if isinstance(row, str):
        return _cells(widths, [Cell("格文", row, len(widths))], 0)
    if isinstance(row, Tall):
        return _cells(widths, row.cells, row.height)
    return _cells(widths, row, least)


def _cells(widths: Sequence[int], row: Sequence[Cell], least: int) -> str:
    cells, at = [], 0
    for each in row:
        span = f'<w:gridSpan w:val="{each.span}"/>' if each.span > 1 else ""
        cells.append(cell(sum(widths[at : at + each.span]), each.style, each.text, span))
        at += each.span
    if at != len(widths):
        raise ValueError([c.text for c in row])
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"


def signature(*lines: str) -> tuple[str, ...]:
    """Lines to sign on, at the end of a letter."""
    return tuple(paragraph("签名行", line, "<w:keepNext/>") for line in lines)


def page_break() -> str:
    """What follows begins on a new page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def gap() -> str:
    """A narrow space between two tables that would else grow together."""
    return paragraph(
        "小注", "", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    )


def blank_line() -> str:
    """One empty line of no style's height, between two tables that would else grow together."""
    return paragraph("小注", "")
