"""The trend chart as Word keeps it: a chart part, and the workbook that "编辑数据" opens."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from html import escape

from swm.frozen import frozen
from swm.render import charts, zipped
from swm.render.charts import BLUE, DELISTED, GRID, NEW, OPEN, PALE, RED, Scale
from swm.reports.values import Point

SHEET = "趋势"
NOT_ZERO = "#,##0;;"
"""A label under a bar that is not there would only litter the axis."""
MONTH_AXIS, LINE_AXIS, BAR_MONTH_AXIS, BAR_AXIS = 1, 2, 3, 4
NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


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
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime.combine(on, time())})
    sheet = book.add_worksheet(SHEET)
    for column, title in enumerate(("月份", OPEN, DELISTED, NEW)):
        sheet.write_string(0, column, title)
    for row, point in enumerate(points, start=1):
        sheet.write_string(row, 0, point.label)
        for column, value in enumerate((point.open, point.delisted, point.new), start=1):
            sheet.write_number(row, column, value)
    book.close()
    return zipped.canonical(out.getvalue())


def trend_part(points: Sequence[Point], book: str) -> bytes:
    """The chart part; `book` is the relationship id of its workbook."""
    left, right = charts.line_scale(points), charts.bar_scale(points)
    bars = _series(points, 2, DELISTED, [p.delisted for p in points], _fill(BLUE), "outEnd")
    bars += _series(points, 3, NEW, [p.new for p in points], _fill(PALE), "outEnd")
    line = _series(points, 1, OPEN, [p.open for p in points], _stroke(RED), "t", marker=True)
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{bars}<c:gapWidth val="85"/>{_axes(BAR_MONTH_AXIS, BAR_AXIS)}</c:barChart>'
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{line}<c:marker val="1"/>{_axes(MONTH_AXIS, LINE_AXIS)}</c:lineChart>'
        f"{_months(MONTH_AXIS, LINE_AXIS, hidden=False)}"
        f"{_values(LINE_AXIS, MONTH_AXIS, left, charts.LEFT_TITLE, 'l')}"
        f"{_months(BAR_MONTH_AXIS, BAR_AXIS, hidden=True)}"
        f"{_values(BAR_AXIS, BAR_MONTH_AXIS, right, charts.RIGHT_TITLE, 'r')}"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {NAMESPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_font(1000)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _series(
    points: Sequence[Point],
    column: int,
    name: str,
    values: Sequence[int],
    shape: str,
    label: str,
    *,
    marker: bool = False,
) -> str:
    """One row of numbers, drawn; `column` is its place in the workbook (A is the month)."""
    last, letter = len(points) + 1, "ABCD"[column]
    title = f"<c:f>{SHEET}!${letter}$1</c:f>{_cache('str', [name])}"
    months = f"<c:f>{SHEET}!$A$2:$A${last}</c:f>{_cache('str', [p.label for p in points])}"
    numbers = f"<c:f>{SHEET}!${letter}$2:${letter}${last}</c:f>{_cache('num', values)}"
    colour = RED if marker else "404040"
    kind = _marker() if marker else '<c:invertIfNegative val="0"/>'
    smooth = '<c:smooth val="0"/>' if marker else ""
    shown = "#,##0" if marker else NOT_ZERO
    return (
        f'<c:ser><c:idx val="{column - 1}"/><c:order val="{column - 1}"/>'
        f"<c:tx><c:strRef>{title}</c:strRef></c:tx><c:spPr>{shape}</c:spPr>{kind}"
        f'<c:dLbls><c:numFmt formatCode="{shown}" sourceLinked="0"/>{_font(900, colour)}'
        f'<c:dLblPos val="{label}"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef>{months}</c:strRef></c:cat>"
        f"<c:val><c:numRef>{numbers}</c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _cache(kind: str, values: Sequence[object]) -> str:
    """What Word shows without opening the workbook."""
    format_code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    cells = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(str(value))}</c:v></c:pt>'
        for index, value in enumerate(values)
    )
    return f'<c:{kind}Cache>{format_code}<c:ptCount val="{len(values)}"/>{cells}</c:{kind}Cache>'


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _stroke(colour: str, width: int = 25400) -> str:
    return f'<a:ln w="{width}">{_fill(colour)}</a:ln>'


def _marker() -> str:
    shape = f"<c:spPr>{_fill(RED)}{_stroke(RED, 9525)}</c:spPr>"
    return f'<c:marker><c:symbol val="circle"/><c:size val="6"/>{shape}</c:marker>'


def _font(size: int, colour: str = "404040") -> str:
    """Text properties; `size` in hundredths of a point."""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{_fill(colour)}'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _title(text: str, turned: int) -> str:
    """An axis title; `turned` in 1/60000 degrees."""
    properties = (
        f'sz="900" b="0" lang="zh-CN">{_fill("404040")}'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'
    )
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr rot="{turned}" vert="horz"/><a:lstStyle/><a:p><a:r>'
        f"<a:rPr {properties}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _axes(first: int, second: int) -> str:
    return f'<c:axId val="{first}"/><c:axId val="{second}"/>'


def _months(axis: int, crosses: int, *, hidden: bool) -> str:
    return (
        f'<c:catAx><c:axId val="{axis}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="{int(hidden)}"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_font(900)}'
        f'<c:crossAx val="{crosses}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _values(axis: int, crosses: int, span: Scale, title: str, side: str) -> str:
    grid = f"<c:majorGridlines><c:spPr>{_stroke(GRID, 6350)}</c:spPr></c:majorGridlines>"
    place = "autoZero" if side == "l" else "max"
    return (
        f'<c:valAx><c:axId val="{axis}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{span.top}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>{grid if side == "l" else ""}{_title(title, -5400000)}'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_font(900)}<c:crossAx val="{crosses}"/>'
        f'<c:crosses val="{place}"/>'
        f'<c:crossBetween val="between"/><c:majorUnit val="{span.step}"/></c:valAx>'
    )
