"""The figures: each a query that returns records. The number printed is how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from swm.reports.answers import Answers as Answers
from swm.reports.answers import as_day as as_day
from swm.reports.definitions import FIGURES as FIGURES
from swm.reports.definitions import Definition as Definition
from swm.reports.definitions import defined as defined
from swm.reports.definitions import figures as figures
from swm.reports.definitions import held_column, needed, shared, with_sets
from swm.reports.definitions import parts as parts
from swm.reports.values import Entry, Figure

if TYPE_CHECKING:
    from swm.domain.periods import Period
    from swm.domain.policy import Policy

BEGINNING = date(1, 1, 1)
MONTH = 30
"""The 30 days that 列入满30日未下达期限 and 30日内到期 have in their names."""
COVERAGE = "巡查间隔"

_COUNTED = """
SELECT {state}, COUNT(*) AS all_rows, SUM(people) AS all_people,
       SUM(CASE WHEN on_day >= '{since}' THEN 1 ELSE 0 END) AS new_rows,
       SUM(CASE WHEN on_day >= '{since}' THEN people ELSE 0 END) AS new_people
FROM ({sql}) counted {group}
"""


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
    facts: Answers,
    definitions: Iterable[Definition],
    period: Period,
    policy: Policy,
    *,
    hold: bool = True,
) -> dict[str, int]:
    """Each figure's number and those of its parts, counted by the database and not by us.

    Without `hold` no set is kept for the others: cheaper for a few figures of which hardly two
    look at the whole of one.
    """
    return tally_from(facts, definitions, period, period.start, policy, hold=hold)[0]


def tally_from(
    facts: Answers,
    definitions: Iterable[Definition],
    period: Period,
    since: date,
    policy: Policy,
    *,
    hold: bool = True,
) -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of the period, and those of its last stretch, from the day `since` on.

    The second are the numbers of a period of their own only for flows that go by their own day:
    an enterprise that such a flow counts once is counted on the last of its days.
    """
    asked = list(definitions)
    queries = {d.name: _counting(d, since) for d in asked}
    found = _asked(facts, queries, period, policy, hold=hold)
    whole: dict[str, int] = {}
    recent: dict[str, int] = {}
    for definition in asked:
        unit = "people" if definition.counts_people else "rows"
        for numbers, column in ((whole, f"all_{unit}"), (recent, f"new_{unit}")):
            by_state = {row["state"]: row[column] or 0 for row in found[definition.name]}
            numbers[definition.name] = sum(by_state.values())
            for part in parts(definition, policy.workflow.states):
                numbers[part.name] = by_state.get(part.part, 0)
    return whole, recent


def _counting(definition: Definition, since: date) -> str:
    """The statement that counts a figure's records: by state only where it has parts by state."""
    split = bool(definition.parts)
    return _COUNTED.format(
        state="state" if split else "'' AS state",
        group="GROUP BY state" if split else "",
        sql=unordered(definition.sql),
        since=since,
    )


def unordered(sql: str) -> str:
    """A figure's statement without its order, which nobody sees who only counts."""
    return sql.rpartition("\nORDER BY ")[0] or sql


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
    facts: Answers,
    queries: Mapping[str, str],
    period: Period,
    policy: Policy,
    *,
    hold: bool = True,
) -> Mapping[str, Sequence[Any]]:
    """The rows that answer each query; the sets that several of them need are computed once."""
    uses = Counter(name for sql in queries.values() for name in needed(sql))
    held = {
        name: column
        for name in uses
        if (column := held_column(name)) is not None and hold and uses[name] > 1
    }
    sets = [(name, with_sets(shared(name), held), column) for name, column in held.items()]
    whole = {name: with_sets(sql, held) for name, sql in queries.items()}
    return facts.query_all(sets, whole, parameters_of(period, policy))


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
    """One record behind a number: every figure has the same columns, in this order."""
    id, name, village, category, state, on, deadline, number, note, people, opening = row
    return Entry(
        id,
        name,
        village,
        category,
        state,
        as_day(on),
        as_day(deadline),
        number,
        note,
        people,
        bool(opening),
    )
