"""The trend chart as Word keeps it: a chart part, and the workbook that "编辑数据" opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape

from swm.frozen import frozen
from swm.render import charts, chartxml
from swm.render.charts import BLUE, DELISTED, GRID, NEW, OPEN, PALE, RED, Scale
from swm.render.chartxml import INK, axes, fill, font, stroke
from swm.reports.values import Point

SHEET = "趋势"
NOT_ZERO = "#,##0;;"
"""A label under a bar that is not there would only litter the axis."""
MONTH_AXIS, LINE_AXIS, BAR_MONTH_AXIS, BAR_AXIS = 1, 2, 3, 4

CHART_SIZE = (5_580_000, 2_016_000)
"""155 mm by 56 mm in English metric units: as wide as the text, and low enough that it stands
on the first page of an ordinary month."""


@frozen
class Chart:
    """A native chart: its part, the workbook inside, and what says it in words."""

    name: str
    words: str
    book: bytes
    part: Callable[[str], bytes]
    """The chart part, given the relationship id of its workbook."""
    size: tuple[int, int] = CHART_SIZE
    """Width and height in English metric units."""


def trend_chart(points: Sequence[Point], on: date) -> Chart:
    """未销号, 当月销号 and 当月新增 over the months; the file inside is dated `on`."""
    book, part = trend_book(points, on), partial(trend_part, points)
    return Chart(name="趋势图", words=charts.describe(points), book=book, part=part)


def trend_book(points: Sequence[Point], on: date) -> bytes:
    """The chart's numbers as a workbook, dated `on`."""
    rows = [(point.label, point.open, point.delisted, point.new) for point in points]
    return chartxml.workbook(SHEET, ("月份", OPEN, DELISTED, NEW), rows, on)


def trend_part(points: Sequence[Point], book: str) -> bytes:
    """The chart part; `book` is the relationship id of its workbook."""
    left, right = charts.line_scale(points), charts.bar_scale(points)
    labels, told = [p.label for p in points], chartxml.numbers("outEnd", NOT_ZERO)

    def bar(column: int, name: str, values: Sequence[int], colour: str) -> str:
        return chartxml.series(SHEET, column, name, labels, values, fill(colour), told)

    bars = bar(2, DELISTED, [p.delisted for p in points], BLUE)
    bars += bar(3, NEW, [p.new for p in points], PALE)
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{bars}<c:gapWidth val="85"/>{axes(BAR_MONTH_AXIS, BAR_AXIS)}</c:barChart>'
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{_line(points)}<c:marker val="1"/>{axes(MONTH_AXIS, LINE_AXIS)}</c:lineChart>'
        f"{_months(MONTH_AXIS, LINE_AXIS, hidden=False)}"
        f"{_values(LINE_AXIS, MONTH_AXIS, left, charts.LEFT_TITLE, 'l')}"
        f"{_months(BAR_MONTH_AXIS, BAR_AXIS, hidden=True)}"
        f"{_values(BAR_AXIS, BAR_MONTH_AXIS, right, charts.RIGHT_TITLE, 'r')}"
    )
    return chartxml.space(plot, book)


def _line(points: Sequence[Point]) -> str:
    """未销号, a line with markers."""
    shape = f"<c:spPr>{fill(RED)}{stroke(RED, 9525)}</c:spPr>"
    marker = f'<c:marker><c:symbol val="circle"/><c:size val="6"/>{shape}</c:marker>'
    return chartxml.series(
        SHEET,
        1,
        OPEN,
        [p.label for p in points],
        [p.open for p in points],
        stroke(RED),
        chartxml.numbers("t", "#,##0", RED),
        kind=marker,
        end='<c:smooth val="0"/>',
    )


def _title(text: str, turned: int) -> str:
    """An axis title; `turned` in 1/60000 degrees."""
    properties = (
        f'sz="900" b="0" lang="zh-CN">{fill(INK)}'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr rot="{turned}" vert="horz"/><a:lstStyle/><a:p><a:r>'
        f"<a:rPr {properties}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _months(axis: int, crosses: int, *, hidden: bool) -> str:
    return (
        f'<c:catAx><c:axId val="{axis}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{font(900)}'
        f'<c:crossAx val="{crosses}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _values(axis: int, crosses: int, span: Scale, title: str, side: str) -> str:
    grid = f"<c:majorGridlines><c:spPr>{stroke(GRID, 6350)}</c:spPr></c:majorGridlines>"
    place = "autoZero" if side == "l" else "max"
    return (
        f'<c:valAx><c:axId val="{axis}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{span.top}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>{grid if side == "l" else ""}{_title(title, -5400000)}'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{font(900)}<c:crossAx val="{crosses}"/>'
        f'<c:crosses val="{place}"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{span.step}"/></c:valAx>'
    )
