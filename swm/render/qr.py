"""The QR of an anchor, drawn as shapes: SVG for a page, EMF for Word. Never a bitmap, so that it
can be read at any size and prints as sharp as the printer is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from swm.frozen import frozen

QUIET = 4
"""Modules left white around the code, as ISO/IEC 18004 asks."""
UNIT = 20
"""Units of the drawing to a module."""
MILLIMETRES = 30
"""How large it is printed, the quiet zone included."""
LEVEL = "m"
"""15% of the code may be stained or torn."""


@frozen
class Bar:
    """A row of dark modules side by side: its left end, its row, how many."""

    left: int
    top: int
    width: int


@frozen
class Code:
    """The code as dark bars on a white square of `side` modules, the quiet zone included."""

    bars: tuple[Bar, ...]
    side: int


def code(text: str) -> Code:
    """The code that says `text`."""
    import segno

    made = segno.make(text, error=LEVEL, boost_error=False, micro=False)
    rows = [list(row) for row in made.matrix]
    return Code(tuple(_bars(rows)), len(rows) + 2 * QUIET)


def _bars(rows: Sequence[Sequence[int]]) -> Iterator[Bar]:
    for top, row in enumerate(rows, start=QUIET):
        left = 0
        while left < len(row):
            width = next((n for n in range(len(row) - left) if not row[left + n]), len(row) - left)
            if width:
                yield Bar(left + QUIET, top, width)
            left += width or 1


def svg(drawn: Code, words: str) -> str:
    """One path on white; `words` say what it is (safe text, without markup)."""
    path = "".join(f"M{b.left} {b.top}h{b.width}v1h-{b.width}z" for b in drawn.bars)
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.side} {drawn.side}"'
        f' width="{MILLIMETRES}mm" height="{MILLIMETRES}mm" role="img" aria-label="{words}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{drawn.side}v{drawn.side}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


# --- EMF: [MS-EMF] Enhanced Metafile Format ---------------------------------------------------

HEADER, END, WINDOW_SIZE, VIEWPORT_SIZE, MAP_MODE, SELECT, POLYGONS = 1, 14, 9, 11, 17, 37, 91
ANISOTROPIC = 8
BLACK_BRUSH, WHITE_BRUSH, NO_PEN = 0x80000004, 0x80000000, 0x80000008
DEVICE = (1000, 1000, 250, 250)
"""A device of 1000 by 1000 pixels on 250 by 250 mm: one pixel is a quarter of a millimetre."""


def emf(drawn: Code) -> bytes:
    """The same as a metafile: one white square, then all dark bars as one set of polygons."""
    whole = drawn.side * UNIT
    pixels = MILLIMETRES * DEVICE[0] // DEVICE[2]
    records = [
        _record(MAP_MODE, "<I", ANISOTROPIC),
        _record(WINDOW_SIZE, "<ii", whole, whole),
        _record(VIEWPORT_SIZE, "<ii", pixels, pixels),
        _record(SELECT, "<I", NO_PEN),
        _record(SELECT, "<I", WHITE_BRUSH),
        _polygons([Bar(0, 0, drawn.side)], drawn.side, pixels),
        _record(SELECT, "<I", BLACK_BRUSH),
        _polygons(drawn.bars, 1, pixels),
        _record(END, "<III", 0, 16, 20),
    ]
    body = b"".join(records)
    return _header(len(body), len(records), pixels) + body


def _record(kind: int, layout: str, *values: int) -> bytes:
    data = struct.pack(layout, *values)
    return struct.pack("<II", kind, 8 + len(data)) + data


def _polygons(bars: Sequence[Bar], height: int, pixels: int) -> bytes:
    """Every bar as a rectangle of four corners (EMR_POLYPOLYGON16)."""
    corners = [
        (x * UNIT, y * UNIT)
        for bar in bars
        for x, y in (
            (bar.left, bar.top),
            (bar.left + bar.width, bar.top),
            (bar.left + bar.width, bar.top + height),
            (bar.left, bar.top + height),
        )
    ]
    data = struct.pack("<4iII", 0, 0, pixels, pixels, len(bars), len(corners))
    data += struct.pack(f"<{len(bars)}I", *[4] * len(bars))
    data += b"".join(struct.pack("<hh", *corner) for corner in corners)
    return struct.pack("<II", POLYGONS, 8 + len(data)) + data


def _header(size: int, records: int, pixels: int) -> bytes:
    """EMR_HEADER of 88 bytes; its frame is in hundredths of a millimetre."""
    frame = MILLIMETRES * 100
    head = struct.pack("<II4i4i", HEADER, 88, 0, 0, pixels - 1, pixels - 1, 0, 0, frame, frame)
    counts = struct.pack("<4sIIIHHIII", b" EMF", 0x10000, 88 + size, records + 1, 1, 0, 0, 0, 0)
    return head + counts + struct.pack("<4i", *DEVICE)
