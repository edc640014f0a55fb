"""The QR of an anchor: the same modules in SVG and in EMF, and it reads back from paper."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
import segno

from swm.audit.anchors import Anchor
from swm.render import qr

TEXT = Anchor("2026-10", 1712, "ccfb0c457cd446d04c71ebf8bcf382ff246b0916", "Q7" * 13).text
TOOLS = ("soffice", "pdftoppm", "zbarimg")

Modules = set[tuple[int, int]]


def dark() -> Modules:
    """The modules that have to be black, by the library's own matrix."""
    rows = segno.make(TEXT, error="m", boost_error=False, micro=False).matrix
    return {
        (x + qr.QUIET, y + qr.QUIET)
        for y, row in enumerate(rows)
        for x, bit in enumerate(row)
        if bit
    }


def test_the_page_draws_every_dark_module_and_no_other() -> None:
    drawn = qr.svg(qr.code(TEXT), "锚")
    found: Modules = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn):
        found |= {(int(x) + n, int(y)) for n in range(int(width))}
    assert found == dark()
    assert "<image" not in drawn and "data:" not in drawn


def test_the_metafile_draws_the_same() -> None:
    drawn = qr.code(TEXT)
    data = qr.emf(drawn)
    kind, size, *_ = struct.unpack_from("<II", data)
    assert (kind, size) == (1, 88)
    signature, _, whole, records = struct.unpack_from("<4sIII", data, 40)
    assert (signature, whole) == (b" EMF", len(data))
    at, count, sets = 0, 0, []
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if kind == qr.POLYGONS:
            sets.append(polygons(data[at : at + size]))
        at, count = at + size, count + 1
    assert (at, count, kind) == (len(data), records, qr.END)
    white, black = sets
    assert white == {(x, y) for x in range(drawn.side) for y in range(drawn.side)}
    assert black == dark()


def polygons(record: bytes) -> Modules:
    """The modules that one record's rectangles cover."""
    number, points = struct.unpack_from("<II", record, 24)
    assert points == 4 * number
    corners = struct.unpack_from(f"<{points * 2}h", record, 32 + 4 * number)
    found: Modules = set()
    for n in range(number):
        xs, ys = corners[n * 8 : n * 8 + 8 : 2], corners[n * 8 + 1 : n * 8 + 8 : 2]
        assert all(value % qr.UNIT == 0 for value in (*xs, *ys))
        found |= {
            (x, y)
            for x in range(min(xs) // qr.UNIT, max(xs) // qr.UNIT)
            for y in range(min(ys) // qr.UNIT, max(ys) // qr.UNIT)
        }
    return found


def test_it_is_the_same_drawing_each_time() -> None:
    assert qr.emf(qr.code(TEXT)) == qr.emf(qr.code(TEXT))
    assert qr.code(TEXT) != qr.code(TEXT[:-1] + "7")


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS),
    reason="THE PRINTED QR WAS NOT READ BACK: it needs LibreOffice, poppler and zbar",
)
def test_the_printed_page_reads_back(tmp_path: Path) -> None:
    from dataclasses import replace

    from swm.render.templates import MONTHLY_WORD, find
    from swm.render.word import render_word
    from swm.reports.values import Provenance
    from tests.data import monthly as samples

    report = replace(samples.typical(), provenance=Provenance(anchor=TEXT))
    (tmp_path / "月报.docx").write_bytes(render_word(report, find(MONTHLY_WORD)))
    settings = f"-env:UserInstallation=file://{tmp_path}/office"
    for command in (
        ["soffice", "--headless", settings, "--convert-to", "pdf", "月报.docx"],
        ["pdftoppm", "-r", "100", "-png", "月报.pdf", "page"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    last = max(tmp_path.glob("page-*.png"))
    read = subprocess.run(["zbarimg", "-q", str(last)], capture_output=True, text=True)
    assert read.stdout.strip() == f"QR-Code:{TEXT}"
