"""What every native Word chart of ours is made of: series, axes, fonts, and the workbook inside."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import escape

from swm.render import zipped
from swm.render.templates import visible

INK = "404040"
NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def workbook(
    sheet: str, head: Sequence[str], rows: Sequence[Sequence[str | int]], on: date
) -> bytes:
    """The chart's numbers as a workbook of one sheet, dated `on`: text first, then whole numbers."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime.combine(on, time())})
    page = book.add_worksheet(sheet)
    for column, title in enumerate(head):
        page.write_string(0, column, title)
    for row, (label, *values) in enumerate(rows, start=1):
        page.write_string(row, 0, visible(str(label)))
        for column, value in enumerate(values, start=1):
            page.write_number(row, column, value)
    book.close()
    return zipped.canonical(out.getvalue())


def space(plot: str, book: str) -> bytes:
    """The chart part around its plot; `book` is the relationship id of its workbook."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {NAMESPACES}>'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea>"
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{font(1000)}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def series(
    sheet: str,
    column: int,
    name: str,
    labels: Sequence[str],
    values: Sequence[int],
    shape: str,
    told: str,
    *,
    kind: str = '<c:invertIfNegative val="0"/>',
    end: str = "",
) -> str:
    """One row of numbers, drawn. `column` is its place in the workbook (A holds the labels), `told`
    what `numbers` says of the numbers beside it, `kind` and `end` what its sort of chart adds."""
    last, letter = len(labels) + 1, "ABCD"[column]
    title = f"<c:f>{sheet}!${letter}$1</c:f>{cache('str', [name])}"
    along = f"<c:f>{sheet}!$A$2:$A${last}</c:f>{cache('str', labels)}"
    counted = f"<c:f>{sheet}!${letter}$2:${letter}${last}</c:f>{cache('num', values)}"
    return (
        f'<c:ser><c:idx val="{column - 1}"/><c:order val="{column - 1}"/>'
        f"<c:tx><c:strRef>{title}</c:strRef></c:tx><c:spPr>{shape}</c:spPr>{kind}{told}"
        f"<c:cat><c:strRef>{along}</c:strRef></c:cat>"
        f"<c:val><c:numRef>{counted}</c:numRef></c:val>{end}</c:ser>"
    )


def numbers(place: str, shown: str, colour: str = INK, behind: str = "") -> str:
    """The numbers of a series at `place` (outEnd, ctr, t), in the number format `shown`, on a
    surface of the colour `behind`."""
    return f"<c:dLbls>{_label(place, shown, colour, behind)}</c:dLbls>"


def placed(places: Sequence[str | None], shown: str, colours: Mapping[str, str]) -> str:
    """The numbers of a series each at its own place, in the colour for that place; None: left
    out."""
    each = "".join(
        f'<c:dLbl><c:idx val="{at}"/>'
        + (_label(place, shown, colours[place]) if place else '<c:delete val="1"/>')
        + "</c:dLbl>"
        for at, place in enumerate(places)
    )
    return f"<c:dLbls>{each}{_label('outEnd', shown, INK)}</c:dLbls>"


def _label(place: str, shown: str, colour: str, behind: str = "") -> str:
    surface = f"<c:spPr>{fill(behind)}</c:spPr>" if behind else ""
    return (
        f'<c:numFmt formatCode="{shown}" sourceLinked="0"/>{surface}{font(900, colour)}'
        f'<c:dLblPos val="{place}"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def cache(kind: str, values: Sequence[object]) -> str:
    """What Word shows without opening the workbook."""
    format_code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    cells = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(visible(str(value)))}</c:v></c:pt>'
        for index, value in enumerate(values)
    )
    return f'<c:{kind}Cache>{format_code}<c:ptCount val="{len(values)}"/>{cells}</c:{kind}Cache>'


def fill(colour: str) -> str:
    """A plain surface."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def stroke(colour: str, width: int = 25400) -> str:
    """A plain line; `width` in English metric units."""
    return f'<a:ln w="{width}">{fill(colour)}</a:ln>'


def font(size: int, colour: str = INK) -> str:
    """Text properties; `size` in hundredths of a point."""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{fill(colour)}'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def axes(first: int, second: int) -> str:
    """The axes that a group of series stands on."""
    return f'<c:axId val="{first}"/><c:axId val="{second}"/>'
