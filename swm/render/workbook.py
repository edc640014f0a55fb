"""An Excel workbook from plain sheets: text stays text, and nothing in the data is ever a formula.

The same sheets give the same bytes. What Excel cannot hold is said in the cell or refused; it is
never dropped.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from swm.domain.tablesources import DAY, NUMBER, SHARE
from swm.errors import Refused
from swm.render import zipped
from swm.render.sheets import Cell, Head, Sheet, share, tabs, told
from swm.render.sheetsizes import A4_FITS, LINE, PADDING, lines, widths
from swm.render.templates import visible

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_000
"""Rows that a sheet holds, less those of its head and foot."""
AS_TEXT = 255
"""Beyond so many characters a cell in the format “text” shows ##### instead of what it holds."""
A3, A4 = 8, 9
HIGHEST = 409
"""The greatest height that Excel gives a row, in points."""
TITLE_FONT, HEAD_FONT, FONT = "黑体", "黑体", "仿宋_GB2312"
TITLE_SIZE, SIZE = 16, 10.5


def workbook(
    sheets: Sequence[Sheet], title: str, on: date, about: Mapping[str, str] | None = None
) -> bytes:
    """The sheets as xlsx, dated `on`; `about` becomes properties of the file's own. Raises `Refused` for more rows than a sheet holds."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": visible(title)[:255], "created": datetime.combine(on, time())})
    for name, value in (about or {}).items():
        book.set_custom_property(name, visible(value)[:255], "text")
    styles = _Styles(book)
    for sheet, name in zip(sheets, tabs([sheet.name for sheet in sheets]), strict=True):
        if len(sheet.rows) > MOST_ROWS:
            hint = "分村开出（--village），或用 --format csv"
            raise Refused(f"“{sheet.name}”有{len(sheet.rows)}行，Excel 一张表放不下", hint=hint)
        _Page(book.add_worksheet(name), styles, sheet).write()
    book.close()
    return zipped.canonical(out.getvalue())


class _Styles:
    """The cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        body = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", "text_wrap": True}
        self._book, self._body = book, body
        self.title = book.add_format(
            {
                "font_name": TITLE_FONT,
                "font_size": TITLE_SIZE,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self.subtitle = book.add_format({**body, "align": "center"})
        self.mark = book.add_format({"font_name": HEAD_FONT, "font_size": SIZE, "text_wrap": True})
        self.none = book.add_format({**body, "align": "center", "border": 1, "num_format": "@"})
        self.foot = book.add_format({**body, "align": "left"})
        self.head = book.add_format(
            {**body, "font_name": HEAD_FONT, "align": "center", "border": 1, "bg_color": "#EDEDED"}
        )
        self._made: dict[tuple[str, bool], Any] = {}

    def body(self, form: str, *, total: bool) -> Any:
        """The format of a cell: 文本, 长文本, 日期, 数, 比率 or 居中文本."""
        if (form, total) not in self._made:
            of = {
                "文本": {"num_format": "@"},
                "居中文本": {"num_format": "@", "align": "center"},
                "长文本": {},
                "日期": {"num_format": "yyyy-mm-dd", "align": "center"},
                "数": {"num_format": "0", "align": "center"},
                "比率": {"num_format": "0.0%", "align": "center"},
            }[form]
            bold = {"font_name": HEAD_FONT} if total else {}
            self._made[form, total] = self._book.add_format(
                {**self._body, "border": 1, **of, **bold}
            )
        return self._made[form, total]


class _Page:
    """One sheet while it is written."""

    def __init__(self, to: Worksheet, styles: _Styles, sheet: Sheet) -> None:
        self.to, self.styles, self.sheet = to, styles, sheet
        self.last = max(len(sheet.columns) - 1, 0)
        self.widths = widths(sheet)

    def write(self) -> None:
        """The whole sheet, from above to below."""
        self.to.set_default_row(LINE + PADDING)
        row = self._above()
        first = self._head(row)
        row = self._rows(first)
        if self.sheet.rows:
            self.to.autofilter(first - 1, 0, row - 1, self.last)
            texts = {"number_stored_as_text": self._span(first, row)}
            self.to.ignore_errors(texts)
        elif self.sheet.none:
            self._across(row, self.sheet.none, self.styles.none)
            row += 1
        if self.sheet.total is not None:
            self._row(row, self.sheet.total, total=True)
            row += 1
        for line in self.sheet.foot:
            self._across(row, line, self.styles.foot)
            row += 1
        self._sizes(first)
        self._print(first, row)

    def _above(self) -> int:
        """Mark, title and subtitle; returns the row below them."""
        row = 0
        if self.sheet.mark:
            self._across(row, self.sheet.mark, self.styles.mark)
            row += 1
        self._across(row, self.sheet.title, self.styles.title, height=30)
        if self.sheet.subtitle:
            row += 1
            self._across(row, self.sheet.subtitle, self.styles.subtitle)
        return row + 1

    def _across(self, row: int, text: str, style: Any, height: float | None = None) -> None:
        """One text over all columns, as high as it needs."""
        needed = lines(text, sum(self.widths))
        self.to.set_row(row, height or min(LINE * needed + PADDING, HIGHEST))
        if self.last:
            self.to.merge_range(row, 0, row, self.last, "", style)
        self.to.write_string(row, 0, told(text), style)

    def _head(self, row: int) -> int:
        """The heading; returns the row below it."""
        style, columns = self.styles.head, self.sheet.columns
        deep = 1 if self.sheet.grouped else 0
        place = 0
        for group, members in groupby(columns, key=lambda head: head.group):
            span = len(list(members))
            if group and span > 1:
                self.to.merge_range(row, place, row, place + span - 1, "", style)
            if group:
                self.to.write_string(row, place, told(group), style)
            for at in range(place, place + span):
                if not group and deep:
                    self.to.merge_range(row, at, row + deep, at, "", style)
                under = row + (deep if group else 0)
                self.to.write_string(under, at, told(columns[at].title), style)
            place += span
        titles = zip(columns, self.widths, strict=True)
        needed = max((lines(head.title, size) for head, size in titles), default=1)
        for at in range(row, row + deep + 1):
            self.to.set_row(at, LINE * (needed if at == row + deep else 1) + PADDING)
        return row + deep + 1

    def _rows(self, row: int) -> int:
        for cells in self.sheet.rows:
            self._row(row, cells)
            row += 1
        return row

    def _row(self, row: int, cells: Sequence[Cell], *, total: bool = False) -> None:
        needed = 1
        for cell, size in zip(cells, self.widths, strict=True):
            if isinstance(cell, str) and (len(cell) * 2 > size or "\n" in cell):
                needed = max(needed, lines(cell, size))
        if needed > 1:
            self.to.set_row(row, min(LINE * needed + PADDING, HIGHEST))
        for column, (cell, head) in enumerate(zip(cells, self.sheet.columns, strict=True)):
            self._cell(row, column, cell, head, total=total)

    def _cell(self, row: int, column: int, cell: Cell, head: Head, *, total: bool) -> None:
        styled = self.styles.body
        if isinstance(cell, date):
            self.to.write_datetime(
                row, column, datetime.combine(cell, time()), styled("日期", total=total)
            )
        elif isinstance(cell, int):
            self.to.write_number(row, column, cell, styled("数", total=total))
        elif cell is None or cell == "":
            self.to.write_blank(row, column, None, styled(_form(head, ""), total=total))
        elif head.sort == SHARE and (part := share(cell)) is not None:
            self.to.write_number(row, column, part, styled("比率", total=total))
        else:
            shown = told(cell)
            self.to.write_string(row, column, shown, styled(_form(head, shown), total=total))

    def _sizes(self, first: int) -> None:
        for column, size in enumerate(self.widths):
            self.to.set_column(column, column, size)
        self.to.freeze_panes(first, self.sheet.fixed)

    def _print(self, first: int, end: int) -> None:
        """Across, as wide as the paper, the heading on every page, pages numbered."""
        heads = first - (2 if self.sheet.grouped else 1)
        self.to.set_landscape()
        self.to.set_paper(A4 if sum(self.widths) <= A4_FITS else A3)
        self.to.fit_to_pages(1, 0)
        self.to.repeat_rows(heads, first - 1)
        self.to.print_area(0, 0, end - 1, self.last)
        self.to.center_horizontally()
        self.to.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        beside = self.sheet.print_foot.replace("&", "&&")
        self.to.set_footer(f"&L&8 {beside}&R&9第 &P 页　共 &N 页")

    def _span(self, first: int, end: int) -> str:
        from xlsxwriter.utility import xl_range

        return str(xl_range(first, 0, end - 1, self.last))


def _form(head: Head, text: str) -> str:
    """How a text cell is set: short ones of numbers and days in the middle."""
    if len(text) > AS_TEXT:
        return "长文本"
    return "居中文本" if head.sort in (DAY, NUMBER, SHARE) else "文本"
