"""A standard table filled: one frozen value, from one commit, that screen and files both print."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.domain.tables import Table
from swm.domain.tablesources import (
    CATEGORY,
    EACH_CATEGORY,
    EVERYTHING,
    NUMBER,
    ROW,
    SHARE,
    STATE,
    Datum,
    Source,
)
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.reports import figures
from swm.reports.audiences import INTERNAL, PUBLIC, people_named
from swm.reports.definitions import with_sets
from swm.reports.figures import Answers
from swm.reports.frame import framed
from swm.reports.inquiry import parameters_of
from swm.reports.public import result
from swm.reports.tablefirms import Ask, Values, asker, firms
from swm.reports.tablerows import ROWS
from swm.reports.values import Row
from swm.reports.villages import ADDED_UP, DIVIDED, RATE, SPLIT, village_table

Cell = str | int | date | None
LEADS = ("群众举报", "上级交办")
LEAD = "线索核查"
"""How an enterprise's source is told outside the office: that somebody complained stays inside."""
_KEYS = {"到访": ("id", "number"), "回头看": ("id", "due_on")}
"""By what a row is one of a figure's records, where it is not by the id alone."""


@frozen
class Heading:
    """One column as it is printed."""

    datum: Datum
    title: str
    group: str = ""


@frozen
class Filled:
    """A table of one period for one audience. Nothing is veiled yet: that is the renderers'."""

    town: str
    table: Table
    period: Period
    audience: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None
    village: str | None
    version: str
    program: str
    people: frozenset[str] = frozenset()
    """Whose names are veiled in free text; nobody's where the table stays inside."""

    @property
    def count(self) -> str:
        """共12家."""
        return f"共{len(self.rows)}{self.table.source.unit}"


def filled(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    table: Table,
    period: Period,
    audience: str,
    program: str,
    village: str | None = None,
) -> Filled:
    """The table on the facts' commit. Raises `Unreadable` when a file was left out of the facts."""
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能出表", facts.unreadable, "先改好：swm check")
    columns = tuple(_headings(table, policy, audience))
    total: tuple[Cell, ...] | None = None
    if table.rows == "村":
        found, whole = _villages(facts, settings, policy, period, audience)
        total = _cells(columns, whole, None) if table.total and village is None else None
    else:
        found = _rows(facts, policy, table, period, {c.datum.key for c in columns})
    chosen = [row for row in found if village is None or row["village"] == village]
    told = partial(_told, policy=policy, audience=audience)
    return Filled(
        town=settings.town,
        table=table,
        period=period,
        audience=audience,
        columns=columns,
        rows=tuple(_cells(columns, told(row), n) for n, row in enumerate(chosen, start=1)),
        total=total,
        village=village,
        version=facts.commit,
        program=program,
        people=frozenset() if audience == INTERNAL else people_named(facts, settings),
    )


def _headings(table: Table, policy: Policy, audience: str) -> Iterator[Heading]:
    """The columns that the audience may see; 各类别 becomes three of each category."""
    for column in table.columns:
        datum = table.source.datum(column.source)
        if datum is None or _kept_back(datum, audience):
            continue
        if datum.name != EACH_CATEGORY:
            yield Heading(datum, column.heading, column.group or "")
            continue
        for category in policy.workflow.categories:
            title = category.name if audience == INTERNAL else category.upward
            for key in (*SPLIT, RATE):
                name = f"{category.name}·{key}"
                yield Heading(Datum(name, name, SHARE if key == RATE else NUMBER), key, title)


def _kept_back(datum: Datum, audience: str) -> bool:
    return (datum.inside and audience != INTERNAL) or (audience == PUBLIC and not datum.public)


def _category_names(policy: Policy, audience: str) -> Mapping[str, str]:
    """What a category is called outside the office; nothing is renamed inside."""
    if audience == INTERNAL:
        return {}
    return {category.name: category.upward for category in policy.workflow.categories}


def _told(values: Values, policy: Policy, audience: str) -> Values:
    """The row as the audience is told of it."""
    told, names = dict(values), _category_names(policy, audience)
    for key in (CATEGORY.key, "former_category"):
        if key in told:
            told[key] = names.get(told[key], told[key])
    if audience == PUBLIC and told.get(STATE.key):
        told[STATE.key] = result(told[STATE.key], policy)
    if audience != INTERNAL and told.get("source") in LEADS:
        told["source"] = LEAD
    return told


def _cells(columns: Sequence[Heading], values: Values, number: int | None) -> tuple[Cell, ...]:
    """The row's cells; `number` is which row it is, None for the total."""
    return tuple(number if c.datum is ROW else values.get(c.datum.key) for c in columns)


def _villages(
    facts: Answers, settings: Settings, policy: Policy, period: Period, audience: str
) -> tuple[list[Values], Values]:
    """The village table's rows and its total, as the monthly report has them."""
    frame = framed(facts, settings, policy, period, ADDED_UP, DIVIDED)
    made = village_table(frame, upward=audience != INTERNAL)
    return [_numbers(row) for row in made.rows], _numbers(made.total)


def _numbers(row: Row) -> Values:
    """The cells by column, whole numbers as such."""
    numbers = {k: int(text) if text.isdecimal() else text for k, text in row.cells.items()}
    return {**numbers, "village": row.cells["村"], "categories": None}


def _rows(
    facts: Answers, policy: Policy, table: Table, period: Period, wanted: Collection[str]
) -> list[Values]:
    """The rows of the table: all there are, or those that are the records of a figure."""
    asked = parameters_of(period, policy)
    ask: Ask = asker(facts, asked, with_sets)
    source = table.source
    found = (
        firms(ask, period.end, wanted)
        if table.rows == "企业"
        else ROWS[table.rows](ask, period.end)
    )
    if table.pick == EVERYTHING:
        return found
    return list(_picked(found, source, figures.figure(facts, table.pick, period, policy).entries))


def _picked(found: Sequence[Values], source: Source, entries: Sequence[Any]) -> Iterator[Values]:
    """The rows that are the figure's records, in the order of the rows, with their 说明."""
    keys = _KEYS.get(source.name, ("id",))
    of = {"number": "number", "due_on": "on"}
    records = {tuple(getattr(e, of.get(k, "id")) for k in keys): e.note for e in entries}
    for values in found:
        place = tuple(values[key] for key in keys)
        if place in records:
            yield {**values, "remark": records[place]}
