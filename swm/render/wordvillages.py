"""The village chart as Word keeps it: stacked bars, 未销号 before 已销号, and their workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from swm.render import charts, chartxml, villagecharts
from swm.render.charts import GRID, OPEN, PALE, RED, WHITE
from swm.render.chartxml import axes, fill, font, stroke
from swm.render.villagecharts import DONE
from swm.render.wordchart import NOT_ZERO, Chart
from swm.reports.values import VillageBar

SHEET = "各村"
MILLIMETRE = 36_000
WIDTH = 155 * MILLIMETRE
BAR, AROUND = 5 * MILLIMETRE, 15 * MILLIMETRE
"""What one bar takes, and what legend and edges take."""
VILLAGE_AXIS, COUNT_AXIS = 1, 2


def village_chart(bars: Sequence[VillageBar], on: date) -> Chart:
    """未销号 and 已销号 by village, as high as it has bars; the file inside is dated `on`."""
    return Chart(
        name="各村进展图",
        words=villagecharts.describe(bars),
        book=village_book(bars, on),
        part=partial(village_part, bars),
        size=(WIDTH, AROUND + BAR * max(len(bars), 3)),
    )


def village_book(bars: Sequence[VillageBar], on: date) -> bytes:
    """The chart's numbers as a workbook, dated `on`."""
    rows = [(bar.village, bar.open, bar.delisted) for bar in bars]
    return chartxml.workbook(SHEET, ("村", OPEN, DONE), rows, on)


def village_part(bars: Sequence[VillageBar], book: str) -> bytes:
    """The chart part; `book` is the relationship id of its workbook."""
    labels = [bar.village for bar in bars]
    waiting, done = [bar.open for bar in bars], [bar.delisted for bar in bars]
    white, ink = (chartxml.numbers("ctr", NOT_ZERO, colour) for colour in (WHITE, chartxml.INK))
    drawn = chartxml.series(SHEET, 1, OPEN, labels, waiting, fill(RED), white)
    drawn += chartxml.series(SHEET, 2, DONE, labels, done, fill(PALE), ink)
    scale = charts.scale(villagecharts.highest(bars), room=1)
    plot = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="45"/><c:overlap val="100"/>{axes(VILLAGE_AXIS, COUNT_AXIS)}'
        f"</c:barChart>{_villages()}{_counts(scale)}"
    )
    return chartxml.space(plot, book)


def _villages() -> str:
    """Top down, in the order of the bars."""
    return (
        f'<c:catAx><c:axId val="{VILLAGE_AXIS}"/>'
        '<c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{font(900)}<c:crossAx val="{COUNT_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _counts(scale: charts.Scale) -> str:
    """Below the last bar: the villages run from top to bottom, so the axis crosses at their end."""
    grid = f"<c:majorGridlines><c:spPr>{stroke(GRID, 6350)}</c:spPr></c:majorGridlines>"
    return (
        f'<c:valAx><c:axId val="{COUNT_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{scale.top}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="b"/>{grid}<c:numFmt formatCode="#,##0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{font(900)}<c:crossAx val="{VILLAGE_AXIS}"/>'
        '<c:crosses val="max"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{scale.step}"/></c:valAx>'
    )
