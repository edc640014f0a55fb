"""The trend chart: one scale for SVG and Word, its numbers in the picture and in the workbook."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from swm.render import charts, wordchart, zipped
from swm.reports.values import Point
from tests.data import monthly as samples

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TREND = samples.typical().trend


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 9, 18, 31, 99, 100, 101, 487, 1999, 10_000])
def test_a_scale_holds_its_highest_value_in_whole_round_steps(highest: int) -> None:
    scale = charts.scale(highest)
    assert scale.top >= highest
    assert scale.top == scale.step * charts.STEPS == scale.ticks[-1]
    assert scale.top <= max(5, 2 * highest), "most of the picture would be empty"


def test_a_scale_leaves_room_for_the_label_above_the_highest_point() -> None:
    assert charts.scale(40).top > 40


def test_bars_stay_in_the_lower_half_where_the_line_is_not() -> None:
    highest = max(max(p.delisted, p.new) for p in TREND)
    assert charts.bar_scale(TREND).top >= 2 * highest


def test_svg_shows_every_number_and_tells_it_in_words() -> None:
    root = ElementTree.fromstring(charts.trend_svg(TREND, "趋势"))
    words = [text.text for text in root.iter("text")]
    assert [p.label for p in TREND] == [w for w in words if w and w.endswith("月")]
    bold = [t.text for t in root.iter("text") if t.get("font-weight") == "bold"]
    assert bold == [str(p.open) for p in TREND]
    assert root.findtext("title") == "趋势"
    assert root.findtext("desc") == charts.describe(TREND)
    assert "10月未销号18家、当月销号0家、当月新增2家" in charts.describe(TREND)


def test_svg_bars_are_as_high_as_their_values() -> None:
    root = ElementTree.fromstring(charts.trend_svg(TREND, "趋势"))
    plot = charts.Y1 - charts.Y0
    bars = [r for r in root.iter("rect") if float(r.get("height", "0")) != 12]
    heights = [float(bar.get("height", "0")) for bar in bars]
    top = charts.bar_scale(TREND).top
    values = [value for p in TREND for value in (p.delisted, p.new) if value]
    assert heights == pytest.approx([plot * value / top for value in values], abs=0.1)


def test_svg_keeps_everything_inside_its_box() -> None:
    busy = [Point("12月", 9999, 0, 9999)] * 12
    root = ElementTree.fromstring(charts.trend_svg(busy, "趋势"))
    for shape in root.iter("rect"):
        x, width = float(shape.get("x", "0")), float(shape.get("width", "0"))
        assert x >= 0
        assert x + width <= charts.WIDTH
    for _, y in re.findall(r"([\d.]+),([\d.]+)", next(root.iter("polyline")).get("points", "")):
        assert charts.Y0 < float(y) <= charts.Y1


def test_svg_escapes_what_a_label_holds() -> None:
    svg = charts.trend_svg([Point("<b>&月", 1, 1, 1)], "甲&乙")
    assert "<b>" not in svg
    root = ElementTree.fromstring(svg)
    assert "<b>&月" in [text.text for text in root.iter("text")]


@pytest.mark.parametrize("points", [(), TREND[:1]])
def test_a_young_ledger_has_a_chart_too(points: tuple[Point, ...]) -> None:
    ElementTree.fromstring(charts.trend_svg(points, "趋势"))
    ElementTree.fromstring(wordchart.trend_part(points, "rId1"))


def test_word_chart_caches_the_same_numbers_as_its_workbook() -> None:
    root = ElementTree.fromstring(wordchart.trend_part(TREND, "rId1"))
    drawn = {
        series.findtext(f"{CHART}tx//{CHART}v"): [
            int(value.text or "") for value in series.iterfind(f"{CHART}val//{CHART}v")
        ]
        for series in root.iter(f"{CHART}ser")
    }
    assert drawn == {
        "未销号": [p.open for p in TREND],
        "当月销号": [p.delisted for p in TREND],
        "当月新增": [p.new for p in TREND],
    }
    rows = read_sheet(wordchart.trend_book(TREND, samples.OCTOBER.end))
    assert rows[0] == ["月份", "未销号", "当月销号", "当月新增"]
    assert rows[1:] == [[p.label, *map(str, (p.open, p.delisted, p.new))] for p in TREND]


def test_word_chart_formulas_point_at_the_cells_that_hold_its_numbers() -> None:
    root = ElementTree.fromstring(wordchart.trend_part(TREND, "rId1"))
    rows = read_sheet(wordchart.trend_book(TREND, samples.OCTOBER.end))
    for reference in (*root.iter(f"{CHART}strRef"), *root.iter(f"{CHART}numRef")):
        column, first, last = parse_range(reference.findtext(f"{CHART}f") or "")
        cells = [row[column] for row in rows[first - 1 : last]]
        assert cells == [value.text for value in reference.iter(f"{CHART}v")]


def test_the_workbook_is_the_same_bytes_each_time_and_nothing_is_deflated() -> None:
    book = wordchart.trend_book(TREND, samples.OCTOBER.end)
    assert book == wordchart.trend_book(TREND, samples.OCTOBER.end)
    with zipfile.ZipFile(BytesIO(book)) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert b"2026-10-31T00:00:00Z" in zipped.unpack(book)["docProps/core.xml"]


def read_sheet(book: bytes) -> list[list[str]]:
    """The cells of the workbook's one sheet as text."""
    parts = zipped.unpack(book)
    shared = [
        "".join(item.itertext()) for item in ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    ]
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = [(cell.get("t"), cell.findtext(f"{SHEET}v") or "") for cell in row]
        rows.append([shared[int(value)] if kind == "s" else value for kind, value in cells])
    return rows


def parse_range(formula: str) -> tuple[int, int, int]:
    """趋势!$B$2:$B$13 as column 1, rows 2 to 13."""
    found = re.fullmatch(r"趋势!\$([A-D])\$(\d+)(?::\$\1\$(\d+))?", formula)
    assert found is not None, formula
    first = int(found[2])
    return "ABCD".index(found[1]), first, int(found[3] or first)
