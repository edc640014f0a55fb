"""The last rows of a table stay together in Word."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from swm.render.templates import MONTHLY_WORD, find
from swm.render.word import render_word
from swm.render.wordrows import LAST, last_rows_together
from tests.data import monthly as samples


def tied(count: int) -> list[bool]:
    """Of each row of the list of `count` enterprises whether it is tied to the next."""
    data = render_word(samples.busy(count), find(MONTHLY_WORD))
    table = docx.Document(BytesIO(data)).tables[1]
    return [
        all(bool(p.paragraph_format.keep_with_next) for cell in row.cells for p in cell.paragraphs)
        for row in table.rows
    ][1:]


@pytest.mark.parametrize("count", [5, 60, 301])
def test_the_last_rows_are_tied_and_the_very_last_is_free(count: int) -> None:
    assert tied(count) == [False] * (count - LAST) + [True] * (LAST - 1) + [False]


def test_a_short_table_and_plain_text_stay_as_they_are() -> None:
    row = '<w:tr><w:pPr><w:pStyle w:val="x"/></w:pPr></w:tr>'
    short = f"<w:p/><w:tbl>{row}</w:tbl><w:tbl>{row}{row}</w:tbl>"
    assert last_rows_together(short.encode()) == short.encode()
    assert last_rows_together(b"<w:p/>") == b"<w:p/>"


def test_each_table_is_looked_at_by_itself() -> None:
    row = '<w:tr w:x="1"><w:pPr><w:pStyle w:val="x"/></w:pPr></w:tr>'
    text = f"<w:tbl>{row * 4}</w:tbl><w:p/><w:tbl>{row * 3}</w:tbl>"
    done = last_rows_together(text.encode()).decode()
    assert [part.count("<w:keepNext/>") for part in done.split("</w:tbl>")] == [2, 2, 0]
