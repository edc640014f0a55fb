"""The last rows of a table stay together: no page begins with one row and a heading alone."""

from __future__ import annotations

import re

LAST = 3
"""How many rows stand on the last page at least."""
_STYLE = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext)')


def last_rows_together(document: bytes) -> bytes:
    """The document's XML, each of its longer tables with its last rows tied to one another."""
    text = document.decode()
    pieces: list[str] = []
    done = 0
    for table in re.finditer("</w:tbl>", text):
        start = text.rfind("<w:tbl>", done, table.start())
        rows = _last_rows(text, max(start, done), table.start())
        if rows is None:
            continue
        first, last = rows
        pieces += [text[done:first], _STYLE.sub(r"\1<w:keepNext/>", text[first:last])]
        done = last
    return "".join((*pieces, text[done:])).encode()


def _last_rows(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the last LAST rows but the very last begin and end; None for a table too short."""
    places: list[int] = []
    at = end
    while len(places) < LAST:
        at = max(text.rfind("<w:tr>", start, at), text.rfind("<w:tr ", start, at))
        if at < 0:
            return None
        places.append(at)
    return places[-1], places[0]
