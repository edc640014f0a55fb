"""The village table for Word. Its columns follow the policy's categories, so no template can
hold them; the styles it wears (窄表头, 窄表文, 公文表) are the template's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any

from swm.frozen import frozen
from swm.render.templates import visible

TEXT_WIDTH = 12756
"""The text area of a landscape page in twips: 225 mm (GB/T 9704-2012 turned on its side)."""
HEAD, BODY = "窄表头", "窄表文"
EM = 180
"""One Chinese character at 9 pt, in twips."""
PADDING = 40
HEAD_CHARACTERS = 2
"""A heading wraps after two characters."""
NARROW = {".": 0.25, "%": 0.85}
LONGEST = 6
"""A column asks for no more than this many characters; longer text wraps."""


@frozen
class Xml:
    """Ready-made WordprocessingML; a template prints it as it is."""

    markup: str

    def __html__(self) -> str:
        return self.markup


def village_table(table: dict[str, Any]) -> Xml:
    """The table of `monthly.village_table`: a two-row heading that repeats, the total first."""
    rows = table["行"]
    widths = _widths(len(table["列"]), [row["格"] for row in rows])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(
        _row(
            [
                _cell(text, width, HEAD if row["合计"] else BODY)
                for text, width in zip(row["格"], widths, strict=True)
            ]
        )
        for row in rows
    )
    return Xml(
        '<w:tbl><w:tblPr><w:tblStyle w:val="公文表"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="15" w:type="dxa"/>'
        '<w:right w:w="15" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_head(table, widths)}{body}</w:tbl>"
    )


def _widths(columns: int, rows: Sequence[Sequence[str]]) -> list[int]:
    """Each column's width in twips: what its longest text asks for, filling the page exactly."""
    asked = [
        PADDING + EM * min(max([HEAD_CHARACTERS, *(_length(row[at]) for row in rows)]), LONGEST)
        for at in range(columns)
    ]
    return [int(TEXT_WIDTH * width / sum(asked)) for width in asked]


def _length(text: str) -> float:
    """How many Chinese characters wide the text is."""
    return sum(NARROW.get(c, 1 if unicodedata.east_asian_width(c) in "WF" else 0.5) for c in text)


def _head(table: dict[str, Any], widths: Sequence[int]) -> str:
    """Columns of one group stand under the group's name; the others take both rows."""
    covered = {
        column["位"]: _cell(column["名称"], widths[column["位"]], HEAD) for column in table["下"]
    }
    upper: list[str] = []
    for head in table["上"]:
        first, span = head["位"], head["跨"]
        if span:
            across = f'<w:gridSpan w:val="{span}"/>'
            upper.append(_cell(head["名称"], sum(widths[first : first + span]), HEAD, across))
        else:
            upper.append(_cell(head["名称"], widths[first], HEAD, '<w:vMerge w:val="restart"/>'))
            covered[first] = _cell("", widths[first], HEAD, "<w:vMerge/>")
    lower = [covered[place] for place in sorted(covered)]
    return _row(upper, head=True) + _row(lower, head=True)


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    height = '<w:trHeight w:val="380" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, style: str = BODY, merge: str = "") -> str:
    words = escape(visible(text), quote=False)
    run = (
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
        f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run if text else ""}</w:p></w:tc>'
    )
