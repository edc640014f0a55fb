"""The trend chart: one scale for SVG and Word, its numbers in the picture and in the workbook."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from swm.render import charts, templates, villagecharts, wordchart, wordvillages, zipped
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, find
from swm.reports.values import Point, VillageBar
from swm.reports.villagebars import village_bars
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


def test_line_and_bars_stand_on_one_scale() -> None:
    svg = ElementTree.fromstring(charts.trend_svg(TREND, "趋势"))
    ticks = [t.text for t in svg.iter("text") if t.get("text-anchor") == "end"]
    assert ticks == [str(value) for value in charts.common_scale(TREND).ticks]
    root = ElementTree.fromstring(wordchart.trend_part(TREND, "rId1"))
    (axis,) = root.iter(f"{CHART}valAx")
    highest = axis.find(f"{CHART}scaling/{CHART}max")
    assert highest is not None and highest.get("val") == str(charts.common_scale(TREND).top)


CROWDED = tuple(
    Point(f"{month}月", *numbers)
    for month, numbers in enumerate(
        [(1, 0, 0), (2, 0, 1), (1, 2, 1), (3, 0, 2), (2, 1, 0), (2, 3, 3), (2, 2, 2), (3, 4, 5),
         (3, 1, 2), (4, 2, 3), (7, 1, 5), (11, 3, 5)], start=1)
)  # fmt: skip
"""Where numbers, line and bars are all of a size."""
HIGH = tuple(Point(f"{month}月", 9870 + month, 9880 - month, 9875) for month in range(1, 13))


@pytest.mark.parametrize("points", [TREND, CROWDED, HIGH, CROWDED[:2]])
def test_no_number_lies_on_another_or_on_the_line(points: tuple[Point, ...]) -> None:
    root = ElementTree.fromstring(charts.trend_svg(points, "趋势"))
    told = [t for t in root.iter("text") if t.text and t.text.isdecimal()]
    boxes = [around(t) for t in told if t.get("text-anchor") == "middle"]
    assert boxes
    for at, box in enumerate(boxes):
        assert not [other for other in boxes[at + 1 :] if meet(box, other)]
    path = next(root.iter("polyline")).get("points", "")
    spots = [tuple(map(float, spot.split(","))) for spot in path.split()]
    bars = [around(t) for t in told if t.get("font-size") == "11"]
    for (x1, y1), (x2, y2) in pairwise(spots):
        for part in range(101):
            x, y = x1 + (x2 - x1) * part / 100, y1 + (y2 - y1) * part / 100
            assert not [box for box in bars if meet(box, (x, x, y, y))]


def around(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a number, as narrow as fonts set it."""
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    half = 3 * len(text.text or "")
    return x - half, x + half, y - 8.5, y


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def test_a_number_for_which_there_is_no_room_is_left_out_in_word() -> None:
    root = ElementTree.fromstring(wordchart.trend_part(HIGH, "rId1"))
    new = [s for s in root.iter(f"{CHART}ser") if s.findtext(f"{CHART}tx//{CHART}v") == "当月新增"]
    labels = list(new[0].iter(f"{CHART}dLbl"))
    assert len(labels) == len(HIGH)
    assert any(label.find(f"{CHART}delete") is not None for label in labels)


def test_zeros_have_no_number() -> None:
    none = [Point("1月", 0, 0, 3), Point("2月", 0, 3, 0)]
    root = ElementTree.fromstring(charts.trend_svg(none, "趋势"))
    told = [t.text for t in root.iter("text") if t.get("text-anchor") == "middle"]
    assert "0" not in told and told.count("3") == 2


def test_what_was_nothing_all_along_is_no_chart() -> None:
    assert charts.telling([Point("10月", 0, 0, 0)]) == ()
    assert charts.telling(TREND) == TREND
    report = replace(samples.typical(), trend=(Point("10月", 0, 0, 0),))
    page = render_html(report, find(MONTHLY_HTML).decode())
    assert "趋势图" not in page and "见图1" in page, "the village chart is the first"


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
    top = charts.common_scale(TREND).top
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


# --- The village chart ------------------------------------------------------------------------

BARS = samples.village_bars(12)


def numbers(open: int, delisted: int) -> dict[str, int]:
    return {"未完成": open, "累计完成": delisted}


def test_villages_stand_in_the_order_of_what_is_left_to_do() -> None:
    bars, others = village_bars(
        {"甲村": numbers(1, 2), "乙村": numbers(3, 0), "丙村": numbers(0, 0), "丁村": numbers(1, 5)}
    )
    assert bars == (
        VillageBar("乙村", open=3, delisted=0),
        VillageBar("丁村", open=1, delisted=5),
        VillageBar("甲村", open=1, delisted=2),
    )
    assert others is None


def test_villages_without_room_are_added_up_and_nothing_is_lost() -> None:
    table = {f"第{at}村": numbers(41 - at, 2) for at in range(40)}
    bars, others = village_bars(table)
    assert [bar.village for bar in bars] == list(table)[:20]
    assert others is not None and others.villages == 20
    assert sum(bar.open for bar in bars) + others.open == sum(n["未完成"] for n in table.values())
    assert sum(bar.delisted for bar in bars) + others.delisted == 80


def test_village_chart_in_word_caches_what_its_workbook_holds_where_its_formulas_point() -> None:
    root = ElementTree.fromstring(wordvillages.village_part(BARS, "rId1"))
    rows = read_sheet(wordvillages.village_book(BARS, samples.OCTOBER.end))
    assert rows[0] == ["村", "未销号", "已销号"]
    assert rows[1:] == [[b.village, str(b.open), str(b.delisted)] for b in BARS]
    references = [*root.iter(f"{CHART}strRef"), *root.iter(f"{CHART}numRef")]
    assert len(references) == 6
    for reference in references:
        column, first, last = parse_range(reference.findtext(f"{CHART}f") or "")
        assert [row[column] for row in rows[first - 1 : last]] == [
            value.text for value in reference.iter(f"{CHART}v")
        ]


@pytest.mark.parametrize("name", [*samples.HOSTILE, *samples.UNSEEN])
def test_a_hostile_village_reads_the_same_in_chart_and_workbook(name: str) -> None:
    bars = (VillageBar(name, 3, 1),)
    root = ElementTree.fromstring(wordvillages.village_part(bars, "rId1"))
    shown = templates.visible(name)
    assert root.findtext(f".//{CHART}cat//{CHART}v") == shown
    assert read_sheet(wordvillages.village_book(bars, samples.OCTOBER.end))[1][0] == shown


@pytest.mark.parametrize("count", [1, 4, 12, 20])
def test_village_bars_in_svg_are_as_long_as_their_numbers(count: int) -> None:
    bars = samples.village_bars(count)
    root = ElementTree.fromstring(villagecharts.village_svg(bars, "各村"))
    top = charts.scale(villagecharts.highest(bars), room=1).top
    drawn = [r for r in root.iter("rect") if r.get("height") == str(villagecharts.THICK)]
    lengths = [float(rect.get("width", "0")) for rect in drawn]
    plot = villagecharts.X1 - villagecharts.X0
    numbers = [n for bar in bars for n in (bar.open, bar.delisted) if n]
    assert lengths == pytest.approx([plot * n / top for n in numbers], abs=0.1)
    assert all(
        float(r.get("x", "0")) + n <= villagecharts.WIDTH
        for r, n in zip(drawn, lengths, strict=True)
    )
    assert root.findtext("desc") == villagecharts.describe(bars)


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
    found = re.fullmatch(r"(?:趋势|各村)!\$([A-D])\$(\d+)(?::\$\1\$(\d+))?", formula)
    assert found is not None, formula
    first = int(found[2])
    return "ABCD".index(found[1]), first, int(found[3] or first)
