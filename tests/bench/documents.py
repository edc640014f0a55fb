"""How long the long documents take, in this process: 2,000 rows in Excel, 500 in a Word annex."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from swm.domain.tables import TABLES, read_tables
from swm.domain.tablesources import DAY, FIRM, NUMBER, TEXT, Datum
from swm.render.monthbook import month_workbook
from swm.render.sheets import Cell
from swm.render.tables import Signatures, excel
from swm.render.templates import MONTHLY_WORD, find
from swm.render.word import render_word
from swm.reports.audiences import INTERNAL
from swm.reports.tables import Filled, Heading
from swm.store.yamlread import parse
from tests.data import monthly as samples

LEDGER = Path(__file__).parents[2] / "ledger"
ROUNDS = 5
ROWS, ANNEX = 2000, 500
ALLOWED = 1.0
"""Seconds that each may take."""


def measured() -> Iterator[tuple[str, ...]]:
    """One row a document, as `make bench` prints them."""
    table, book, annex = whole_ledger(ROWS), samples.busy(ROWS), samples.busy(ANNEX)
    template = find(MONTHLY_WORD)
    for what, make in (
        (f"`table 台账`, {ROWS} rows in Excel", lambda: excel(table, Signatures())),
        (f"the month's workbook, a list of {ROWS}", lambda: month_workbook(book)),
        (f"the Word report, an annex of {ANNEX}", lambda: render_word(annex, template)),
    ):
        took = median(make)
        yield what, f"{took:.2f} s", f"{ALLOWED:.0f} s", f"{took / ALLOWED:.2f}", "1.0"


def median(make: Callable[[], bytes]) -> float:
    """Seconds, after one run that is not counted."""
    make()
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        make()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def whole_ledger(rows: int) -> Filled:
    """台账 as it ships, every cell of every row filled."""
    tables = read_tables(parse((LEDGER / TABLES).read_bytes(), TABLES))
    table = tables.named("台账")
    columns = [
        Heading(datum, column.heading, column.group or "")
        for column in table.columns
        if (datum := table.source.datum(column.source))
    ]
    return Filled(
        town="俵口镇",
        table=table,
        period=samples.OCTOBER,
        audience=INTERNAL,
        columns=tuple(columns),
        rows=tuple(tuple(_cell(c.datum, n) for c in columns) for n in range(1, rows + 1)),
        total=None,
        village=None,
        version=samples.COMMIT,
        program="swm",
    )


def _cell(datum: Datum, number: int) -> Cell:
    if datum.sort == NUMBER:
        return number
    if datum.sort == DAY:
        return date(2026, 1 + number % 10, 1 + number % 28)
    repeated = datum.sort == TEXT and datum is not FIRM  # villages, states, results come again
    return f"{datum.name}第{number % 40 if repeated else number}家企业的内容"
