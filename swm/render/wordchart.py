"""The trend chart as Word keeps it: a chart part, and the workbook that "编辑数据" opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from swm.frozen import frozen
from swm.render import charts, chartxml
from swm.render.chartlabels import ABOVE, FOOT, WITHIN, Type, bar_places
from swm.render.charts import BLUE, DELISTED, GRID, NEW, OPEN, PALE, RED, WHITE, Scale
from swm.render.chartxml import INK, axes, fill, font, stroke
from swm.reports.values import Point

SHEET = "趋势"
NOT_ZERO = "#,##0;;"
"""A zero beside a bar that is not there would only litter the axis."""
MONTH_AXIS, COUNT_AXIS = 1, 2

CHART_SIZE = (5_580_000, 2_016_000)
"""155 mm by 56 mm in English metric units: as wide as the text, and low enough that it stands
on the first page of an ordinary month."""
TYPE = Type(height=0.12, digit=0.15)
"""The room of a number of 9 points in a chart of that size."""
GAP = 85
"""Between the bars of two months, in hundredths of a bar: a bar is 1/2.85 of a month wide."""


@frozen
class Look:
    """The colour of a bar, and of a number within it."""

    colour: str
    ink: str


DARK, LIGHT = Look(BLUE, WHITE), Look(PALE, INK)


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
    axis, labels = charts.common_scale(points), [p.label for p in points]
    places = bar_places(points, axis.top, TYPE)

    def bar(
        column: int, name: str, values: Sequence[int], at: Sequence[str | None], look: Look
    ) -> str:
        told = chartxml.placed(at, NOT_ZERO, {ABOVE: INK, WITHIN: look.ink, FOOT: look.ink})
        return chartxml.series(SHEET, column, name, labels, values, fill(look.colour), told)

    bars = bar(2, DELISTED, [p.delisted for p in points], [p.delisted for p in places], DARK)
    bars += bar(3, NEW, [p.new for p in points], [p.new for p in places], LIGHT)
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{bars}<c:gapWidth val="{GAP}"/>{axes(MONTH_AXIS, COUNT_AXIS)}</c:barChart>'
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{_line(points)}<c:marker val="1"/>{axes(MONTH_AXIS, COUNT_AXIS)}</c:lineChart>'
        f"{_months()}{_counts(axis)}"
    )
    return chartxml.space(plot, book)


def _line(points: Sequence[Point]) -> str:
    """未销号, a line with markers; its numbers on white, so that a bar behind does not hide them."""
    shape = f"<c:spPr>{fill(RED)}{stroke(RED, 9525)}</c:spPr>"
    marker = f'<c:marker><c:symbol val="circle"/><c:size val="6"/>{shape}</c:marker>'
    return chartxml.series(
        SHEET,
        1,
        OPEN,
        [p.label for p in points],
        [p.open for p in points],
        stroke(RED),
        chartxml.numbers("t", NOT_ZERO, RED, behind=WHITE),
        kind=marker,
        end='<c:smooth val="0"/>',
    )


def _months() -> str:
    return (
        f'<c:catAx><c:axId val="{MONTH_AXIS}"/>'
        '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{font(900)}<c:crossAx val="{COUNT_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _counts(span: Scale) -> str:
    grid = f"<c:majorGridlines><c:spPr>{stroke(GRID, 6350)}</c:spPr></c:majorGridlines>"
    return (
        f'<c:valAx><c:axId val="{COUNT_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{span.top}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/>{grid}<c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{font(900)}<c:crossAx val="{MONTH_AXIS}"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{span.step}"/></c:valAx>'
    )
