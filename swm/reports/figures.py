"""The figures: each a query that returns records. The number printed is how many.

`figures/*.sql` hold one figure each, with its name, unit, kind and definition in the head;
`figures/shared/*.sql` hold the sets that several figures start from and are put before a figure
as `WITH name AS (…)` wherever it names them. No SQL folds: it picks what the fold left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from swm.errors import Finding, NotFound
from swm.reports.values import Entry, Figure

if TYPE_CHECKING:
    from swm.domain.periods import Period
    from swm.domain.policy import Policy, State

STOCK, FLOW = "存量", "流量"
"""Whether a figure says how things stand on the last day, or what happened in the period."""
BEGINNING = date(1, 1, 1)
MONTH = 30
"""The 30 days that 列入满30日未下达期限 and 30日内到期 have in their names."""
COVERAGE = "巡查间隔"
HELD = re.compile(r"-- 留存(?:: (?P<column>\w+))?\n")
"""Marks a shared set that is worth computing once for all figures of a period."""
ROOM = Path(__file__).with_name("figures")

ORDER = [
    "examined",
    "suspects",
    "stock",
    "listed",
    "relapsed",
    "reborn",
    "moved",
    "opened",
    "entered_late",
    "removed",
    "delisted",
    "delisted_stock",
    "unfinished",
    "due",
    "met",
    "overdue",
    "due_next",
    "undated",
    "unserved",
    "extended",
    "extended_ever",
    "escalated",
    "joint_operations",
    "joint_firms",
    "trips",
    "visited",
    "people",
    "night_trips",
    "night_visited",
    "night_people",
    "unlawful",
    "police",
    "reported",
    "unvisited",
    "looked_back",
    "rebounds",
    "premises",
    "owing",
    "signed",
    "unsigned",
    "letters",
    "letters_signed",
    "letters_expiring",
    "transfers",
    "answers",
    "supplements",
]
"""The figures in the order in which they are listed."""


class Answers(Protocol):
    """What reports ask of the facts of one commit."""

    @property
    def commit(self) -> str:
        """The commit that the facts were drawn from."""

    @property
    def unreadable(self) -> Sequence[Finding]:
        """What is wrong with the files that were left out."""

    def query(self, sql: str, parameters: Mapping[str, object] = ...) -> Sequence[Any]:
        """The rows that answer; columns by name or place."""

    def query_all(
        self,
        sets: Sequence[tuple[str, str, str]],
        queries: Mapping[str, str],
        parameters: Mapping[str, object],
    ) -> Mapping[str, Sequence[Any]]:
        """The rows that answer each query, by its name. `sets` (name, statement, column to
        index) are what they start from, computed once for all."""


@dataclass(frozen=True)
class Definition:
    """A figure as its file defines it; `part` narrows it to one state."""

    name: str
    unit: str
    kind: str
    definition: str
    sql: str
    counts_people: bool = False
    parts: str = ""
    part: str = ""

    @property
    def is_flow(self) -> bool:
        """Whether it can be added up over a longer period."""
        return self.kind == FLOW

    def value(self, rows: Iterable[Any]) -> int:
        """The number: how many rows, for 人次 alone how many people."""
        return sum(row["people"] if self.counts_people else 1 for row in rows)


def figures(policy: Policy) -> dict[str, Definition]:
    """Every figure by name, those with parts followed by one for each state of the policy."""
    found: dict[str, Definition] = {}
    for whole in FIGURES.values():
        found[whole.name] = whole
        found |= {part.name: part for part in parts(whole, policy.workflow.states)}
    return found


def parts(whole: Definition, states: Iterable[State]) -> list[Definition]:
    """The figure's parts by state, those without any record too."""
    if not whole.parts:
        return []
    which, _, pattern = whole.parts.removeprefix("state ").partition(" ")
    return [
        replace(
            whole,
            name=pattern.format(state.name),
            definition=f"{whole.name}中状态为{state.name}的",
            parts="",
            part=state.name,
        )
        for state in states
        if (state.open if which == "open" else state.delisted)
    ]


def defined(name: str, policy: Policy) -> Definition:
    """The figure of that name. Raises `NotFound` with what is near."""
    known = figures(policy)
    if name in known:
        return known[name]
    near = [other for other in known if name in other] or list(known)
    raise NotFound(f"没有“{name}”这个数字", "可用：" + "、".join(near))


def figure(
    facts: Answers, name: str, period: Period, policy: Policy, village: str | None = None
) -> Figure:
    """One figure with its records. Raises `NotFound` for a name that is none."""
    definition = defined(name, policy)
    rows = gather(facts, [definition], period, policy)[name]
    if village is not None:
        rows = [row for row in rows if row["village"] == village]
    return as_figure(definition, rows)


def gather(
    facts: Answers, definitions: Iterable[Definition], period: Period, policy: Policy
) -> dict[str, Sequence[Any]]:
    """The rows that each figure is, by its name."""
    asked = list(definitions)
    found = _asked(facts, {d.name: d.sql for d in asked}, period, policy)
    return {d.name: part_of(found[d.name], d) for d in asked}


def tally(
    facts: Answers, definitions: Iterable[Definition], period: Period, policy: Policy
) -> dict[str, int]:
    """Each figure's number and those of its parts, counted by the database and not by us."""
    asked = list(definitions)
    sql = "SELECT state, COUNT(*), SUM(people) FROM ({}) counted GROUP BY state"
    found = _asked(facts, {d.name: sql.format(d.sql) for d in asked}, period, policy)
    numbers = {}
    for whole in asked:
        by_state = {row[0]: row[2 if whole.counts_people else 1] for row in found[whole.name]}
        numbers[whole.name] = sum(by_state.values())
        for part in parts(whole, policy.workflow.states):
            numbers[part.name] = by_state.get(part.part, 0)
    return numbers


def grouped(
    facts: Answers, definition: Definition, column: str, period: Period, policy: Policy
) -> dict[str, int]:
    """How many of the figure's records there are for each value of `column`."""
    sql = f"SELECT {column}, COUNT(*) FROM ({definition.sql}) whole GROUP BY {column}"
    rows = _asked(facts, {"": sql}, period, policy)[""]
    return {row[0]: row[1] for row in rows}


def part_of(rows: Sequence[Any], definition: Definition) -> Sequence[Any]:
    """Of a figure's rows those that its part is."""
    if not definition.part:
        return rows
    return [row for row in rows if row["state"] == definition.part]


def _asked(
    facts: Answers, queries: Mapping[str, str], period: Period, policy: Policy
) -> Mapping[str, Sequence[Any]]:
    """The rows that answer each query; the sets that several of them need are computed once."""
    uses = Counter(name for sql in queries.values() for name in _needed(sql))
    held = {name: column for name in uses if (column := _held(name)) is not None and uses[name] > 1}
    sets = [(name, with_sets(_shared(name), held), column) for name, column in held.items()]
    whole = {name: with_sets(sql, held) for name, sql in queries.items()}
    return facts.query_all(sets, whole, parameters_of(period, policy))


def with_sets(sql: str, known: Collection[str] = ()) -> str:
    """The statement with every shared set that it names put before it, but those `known`."""
    needed = [name for name in _needed(sql, known) if name not in known]
    sets = ",\n".join(f"{name} AS (\n{_shared(name)})" for name in needed)
    return f"WITH {sets}\n{sql}" if needed else sql


def parameters_of(period: Period, policy: Policy) -> dict[str, object]:
    """What the figures' SQL may ask about the period, days as text."""
    end = period.end
    interval = timedelta(days=policy.rule(COVERAGE, end).days)
    days = {
        "start": period.start,
        "end": end,
        "next_end": period.next_end,
        "days_ago_30": end - timedelta(days=MONTH),
        "days_on_30": end + timedelta(days=MONTH),
        "visited_since": end - interval,
    }
    return {name: day.isoformat() for name, day in days.items()}


def as_figure(definition: Definition, rows: Sequence[Any]) -> Figure:
    """The figure as a value, without its comparisons."""
    entries = tuple(as_entry(row) for row in rows)
    return Figure(definition.name, definition.unit, entries, definition.value(rows))


def as_entry(row: Any) -> Entry:
    """One record behind a number."""
    return Entry(
        id=row["id"],
        name=row["name"],
        village=row["village"],
        category=row["category"],
        state=row["state"],
        on=as_day(row["on_day"]),
        deadline=as_day(row["deadline"]),
        number=row["number"],
        note=row["note"],
        people=row["people"],
        opening=bool(row["opening"]),
    )


def as_day(text: str | None) -> date | None:
    """A day of the fact tables; None stays None."""
    return date.fromisoformat(text) if text else None


@cache
def _shared(name: str) -> str:
    return (ROOM / "shared" / f"{name}.sql").read_text("utf-8")


def _held(name: str) -> str | None:
    """The column to index (or none) of a set worth computing once; None for other sets."""
    marked = HELD.match(_shared(name))
    return marked["column"] or "" if marked else None


@cache
def _sets() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOM / "shared").glob("*.sql")))


def _needed(sql: str, known: Collection[str] = ()) -> list[str]:
    """The shared sets that `sql` names, each after those it starts from; none behind `known`."""
    found: list[str] = []
    for name in _sets():
        if re.search(rf"\b(?:FROM|JOIN) {name}\b", sql):
            found += [name] if name in known else [*_needed(_shared(name), known), name]
    return list(dict.fromkeys(found))


def _read(stem: str) -> Definition:
    text = (ROOM / f"{stem}.sql").read_text("utf-8")
    head = dict(re.findall(r"^-- (\S+): (.+)$", text, re.MULTILINE))
    return Definition(
        name=head["名称"],
        unit=head["单位"],
        kind=head["口径"],
        definition=head["定义"],
        sql=re.sub(r"^--.*\n", "", text, flags=re.MULTILINE),
        counts_people=head.get("计数") == "人数",
        parts=head.get("分项", ""),
    )


FIGURES: dict[str, Definition] = {d.name: d for d in map(_read, ORDER)}
"""Every figure by its Chinese name."""
