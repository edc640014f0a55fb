"""A standard table as an Excel sheet, on the screen, as CSV and as JSON: all veiled alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from swm.domain.periods import RANGE
from swm.domain.periodwords import words_of
from swm.domain.tablesources import DAY, FREE, NUMBER, PERSON, PHONE, SHARE, Datum
from swm.frozen import frozen
from swm.render import terminal
from swm.render.discretion import Veil, veil_for
from swm.render.letterhead import chinese_date
from swm.render.sheets import INTERNAL_MARK, Cell, Head, Sheet
from swm.render.templates import visible
from swm.render.workbook import workbook
from swm.reports.audiences import INTERNAL, PUBLIC
from swm.reports.tablerows import Words
from swm.reports.tables import Filled

KEPT_IN_SIGHT = frozenset({"row", "id", "name", "village"})
"""Columns that stay in sight, as long as they stand first."""
ALWAYS_SHOWN = 8
"""So many columns, the first ones, a narrow window does not leave out."""
COUNTS_SHOWN = frozenset({"底数", "本期新增", "完成", "累计完成", "未完成", "完成率", "超期"})
"""Of a village's many numbers those that it does not leave out either."""
OBEYED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be obeyed by a spreadsheet that opens the CSV."""
BOM = "\ufeff"
"""Without it Excel takes a CSV for GBK."""


@frozen
class Signatures:
    """Who filled the table in and who looked it through; blank where it is signed by hand."""

    filler: str = ""
    reviewer: str = ""


def shown(filled: Filled) -> list[tuple[Cell, ...]]:
    """The rows as the audience may see them."""
    veil = veil_for(filled.audience, filled.people)
    data = [heading.datum for heading in filled.columns]
    return [
        tuple(_veiled(cell, datum, veil) for cell, datum in zip(row, data, strict=True))
        for row in filled.rows
    ]


def _veiled(cell: Cell, datum: Datum, veil: Veil) -> Cell:
    if not isinstance(cell, str):
        return cell
    if datum.sort == PERSON:
        return veil.person(cell)
    if datum.sort == PHONE:
        return "、".join(veil.phone(each) for each in cell.split("、"))
    return veil.text(str(cell)) if datum.sort == FREE or isinstance(cell, Words) else cell


def title(filled: Filled) -> str:
    """俵口镇“散乱污”企业整治台账."""
    return f"{filled.town}{filled.table.title}"


def subtitle(filled: Filled) -> str:
    """The period, the village, how many rows."""
    period = filled.period
    over = (
        period.span if period.kind == RANGE else f"{period.title}，截至{chinese_date(period.end)}"
    )
    where = (filled.village,) if filled.village else ()
    return "　".join((over, *where, *(() if filled.total else (filled.count,))))


def version(filled: Filled) -> str:
    """From which commit and by which program it was made."""
    return f"台账版本 {filled.version[:10]}，程序 {filled.program}"


def sheet(filled: Filled, signed: Signatures) -> Sheet:
    """The table as a sheet."""
    note = (filled.table.note,) if filled.table.note else ()
    return Sheet(
        name=filled.table.name,
        mark=INTERNAL_MARK if filled.audience == INTERNAL else "",
        title=title(filled),
        subtitle=subtitle(filled),
        columns=[Head(h.title, h.group, h.datum.sort) for h in filled.columns],
        rows=shown(filled),
        none=_nothing(filled),
        total=filled.total,
        foot=(*note, *_signed(filled, signed)),
        fixed=_fixed(filled),
        print_foot=version(filled),
    )


def _nothing(filled: Filled) -> str:
    what = "企业" if filled.table.rows == "企业" else "记录"
    return f"{words_of(filled.period).this}没有应列入本表的{what}。"


def _fixed(filled: Filled) -> int:
    keys = [heading.datum.key for heading in filled.columns]
    return next((n for n, key in enumerate(keys) if key not in KEPT_IN_SIGHT), 0)


def _signed(filled: Filled, signed: Signatures) -> Iterator[str]:
    """填报单位, 填表人, 审核人, 填报日期; what goes up on a wall names only the office."""
    office = f"{filled.town}“散乱污”企业专项整治工作领导小组办公室"
    if not filled.table.signed:
        return
    if filled.audience == PUBLIC:
        yield f"公示单位：{office}"
        return
    blank = "＿＿＿＿＿＿"
    parts = (
        f"填报单位（盖章）：{office}",
        f"填表人：{signed.filler or blank}",
        f"审核人：{signed.reviewer or blank}",
        "填报日期：＿＿＿＿年＿＿月＿＿日",
    )
    yield "　　".join(parts)


def excel(filled: Filled, signed: Signatures) -> bytes:
    """The table as an xlsx file."""
    return workbook([sheet(filled, signed)], title(filled), filled.period.end)


def screen(filled: Filled, room: int | None) -> tuple[list[str], list[str]]:
    """The table on the screen: title, period, rows; what is empty throughout is left out.

    Beside it the titles of the columns for which the window has no room.
    """
    rows = [*shown(filled), *([filled.total] if filled.total else [])]
    texts = [[_text(cell) for cell in row] for row in rows]
    kept = [n for n in range(len(filled.columns)) if any(row[n] for row in texts)]
    head = [title(filled), subtitle(filled)]
    if not kept or not rows:
        return head, []
    columns = [_column(filled, n) for n in kept]
    cells = [[row[n] for n in kept] for row in texts]
    lines = terminal.table(columns, cells, room)
    return [*head, "", *lines], terminal.left_out(columns, cells, room)


def _column(filled: Filled, place: int) -> terminal.Column:
    heading = filled.columns[place]
    sort = heading.datum.sort
    named = f"{heading.group}·{heading.title}" if sort in (NUMBER, SHARE) else heading.title
    return terminal.Column(
        named.removeprefix("·"),
        right=sort in (NUMBER, SHARE),
        shrink=sort not in (NUMBER, SHARE, DAY),
        spare=_spare(heading.datum, place, village=filled.table.rows == "村"),
    )


def _spare(datum: Datum, place: int, *, village: bool) -> bool:
    """Whether a narrow window may do without the column."""
    if village:
        return datum.sort in (NUMBER, SHARE) and datum.key not in COUNTS_SHOWN
    return place >= ALWAYS_SHOWN


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def comma_separated(filled: Filled) -> bytes:
    """The table as CSV for spreadsheets: UTF-8 with its mark; the heading is one row.

    A text that a spreadsheet would obey gets a ' before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(keys(filled))
    for row in (*shown(filled), *([filled.total] if filled.total else [])):
        writer.writerow([_harmless(cell) for cell in row])
    return (BOM + out.getvalue()).encode()


def _harmless(cell: Cell) -> str:
    if not isinstance(cell, str):
        return _text(cell)
    shown = visible(cell)
    return f"'{shown}" if shown.startswith(OBEYED) else shown


def keys(filled: Filled) -> list[str]:
    """One name a column, none twice: the heading, its group where that tells columns apart."""
    plain = [heading.title for heading in filled.columns]
    return [
        f"{h.group}·{h.title}" if h.group and plain.count(h.title) > 1 else h.title
        for h in filled.columns
    ]


def document(filled: Filled) -> dict[str, Any]:
    """The table for another program."""
    names = keys(filled)

    def line(row: Sequence[Cell]) -> dict[str, Cell]:
        return dict(zip(names, row, strict=True))

    return {
        "名称": filled.table.name,
        "标题": title(filled),
        "期间": filled.period.code,
        "口径": filled.audience,
        **({"村": filled.village} if filled.village else {}),
        "行": [line(row) for row in shown(filled)],
        **({"合计": line(filled.total)} if filled.total else {}),
        "台账版本": filled.version,
        "程序版本": filled.program,
    }


def as_json(filled: Filled) -> bytes:
    """The table as a JSON file."""
    text = json.dumps(document(filled), ensure_ascii=False, indent=2, default=str)
    return (text + "\n").encode("utf-8", "backslashreplace")
