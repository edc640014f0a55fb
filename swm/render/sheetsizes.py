"""How wide the columns of a sheet are and how high its rows, a Chinese character taking two digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from swm.domain.tablesources import NUMBER, SHARE
from swm.render.sheets import Cell, Head, Sheet
from swm.render.templates import visible
from swm.render.text import width

NARROWEST, WIDEST = 5, 30
"""Column widths, in digits."""
A4_FULL = 125
"""Digits that stand beside each other on A4 across without being made smaller."""
TITLE_DIGIT = 1.6
"""How much wider the title's letters are."""
SQUEEZED, A4_FITS = 13, 200
"""Texts of a wide table are broken down to so narrow a column, until the sheet is so wide that it
can be read on A4 across; one that stays wider is printed on A3."""
LINE = 15
PADDING = 4
"""The height of one line of text, and what a row is higher than its lines, in points."""


def widths(sheet: Sheet) -> list[float]:
    """The columns' widths, in digits: what the paper leaves goes to the longest texts, what it
    lacks is taken from them."""
    wanted = [_column_width(head, cells) for head, cells in _columns(sheet)]
    title = width(sheet.title) * TITLE_DIGIT
    return _squeezed(_spread([min(size, WIDEST) for size in wanted], wanted, title))


def _columns(sheet: Sheet) -> Iterator[tuple[Head, list[Cell]]]:
    rows = [*sheet.rows, *([sheet.total] if sheet.total is not None else [])]
    for place, head in enumerate(sheet.columns):
        yield head, [row[place] for row in rows]


def _column_width(head: Head, cells: Sequence[Cell]) -> float:
    """Wide enough for most of what is in it; a title may take two lines, long texts several."""
    known = {cell for cell in cells if cell is not None}
    texts = [line for cell in known for line in _printed(cell).split("\n")]
    widest = max(map(width, texts), default=0)
    title = width(head.title)
    if title > 8 or (head.sort in (NUMBER, SHARE) and title > 4):
        title = 2 * -(-title // 4)  # in two lines, a Chinese character being two digits wide
    return max(NARROWEST, max(widest, title) + 2)


@lru_cache(maxsize=1 << 15)  # villages, states and names come again and again
def lines(text: str, size: float) -> int:
    """How many lines the text takes in a column of that width."""
    room = max(int(size), 2)
    return sum(max(1, -(-width(line) // room)) for line in visible(text).split("\n"))


def _spread(widths: list[float], wanted: list[float], title: float) -> list[float]:
    """The widths, those of long texts made wider while the sheet has room at full size, and the
    last one if the title needs it."""
    widths = list(widths)
    while sum(widths) < A4_FULL and (short := [w - h for w, h in zip(wanted, widths, strict=True)]):
        if max(short) <= 0:
            break
        widths[short.index(max(short))] += 1
    widths[-1] += max(0, round(title - sum(widths)))
    return widths


def _squeezed(widths: list[float]) -> list[float]:
    """The widths, the widest made narrower as long as the sheet does not fit the paper."""
    widths = list(widths)
    while sum(widths) > A4_FITS and max(widths) > SQUEEZED:
        widths[widths.index(max(widths))] -= 1
    return widths


def _printed(cell: Cell) -> str:
    return visible(cell) if isinstance(cell, str) else str(cell)
