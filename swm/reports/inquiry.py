"""The figures of one period, asked of the facts of one commit: as lists and as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from swm.domain.periods import Period
from swm.reports.answers import Answers
from swm.reports.definitions import Definition, held_column, needed, parts, shared, with_sets

if TYPE_CHECKING:
    from swm.domain.policy import Policy

MONTH = 30
"""The 30 days that 列入满30日未下达期限 and 30日内到期 have in their names."""
COVERAGE = "巡查间隔"
LONGEST_MONTH = 31
"""With which day natural months end at the latest."""


class Inquiry:
    """One period's figures. With `hold`, a set that is marked 留存 is computed once, when the
    first figure starts from it; cheaper without for few figures of which hardly two share one.

    Several threads may ask; one is answered at a time, so that none computes a set again that
    another is just computing."""

    def __init__(
        self, facts: Answers, period: Period, policy: Policy, *, hold: bool = True
    ) -> None:
        self._sitting = facts.sitting(parameters_of(period, policy))
        self._states = policy.workflow.states
        self._hold = hold
        self._held: list[str] = []
        self._asking = Lock()
        self._lists: dict[str, Sequence[Any]] = {}

    def rows(self, definition: Definition) -> Sequence[Any]:
        """The records that the figure is, in its order. A figure and its parts are one question."""
        if definition.sql not in self._lists:
            self._lists[definition.sql] = self._ask(definition.sql)
        return part_of(self._lists[definition.sql], definition)

    def tally(
        self, definitions: Iterable[Definition], since: Sequence[date] = ()
    ) -> list[dict[str, int]]:
        """Each figure's number and those of its parts, counted by the database and not by us:
        of the whole period, then of its last stretch from each day of `since` on.

        A stretch's are the numbers of a period of its own only for flows that go by their own
        day: an enterprise that such a flow counts once is counted on the last of its days.
        """
        numbers: list[dict[str, int]] = [{} for _ in range(1 + len(since))]
        for definition in definitions:
            rows = self._ask(_counting(definition, since))
            for place, found in enumerate(numbers, start=1):
                by_state = {row[0]: row[place] or 0 for row in rows}
                found[definition.name] = sum(by_state.values())
                for part in parts(definition, self._states):
                    found[part.name] = by_state.get(part.part, 0)
        return numbers

    def grouped(self, definition: Definition, *columns: str) -> dict[Any, int]:
        """How many of the figure's records there are for each value of the column; of several
        columns, for each tuple of values."""
        named = ", ".join(columns)
        rows = self._ask(
            f"SELECT COUNT(*), {named} FROM ({unordered(definition.sql)}) whole GROUP BY {named}"
        )
        return {row[1] if len(columns) == 1 else tuple(row)[1:]: row[0] for row in rows}

    def close(self) -> None:
        """Nothing more will be asked."""
        self._sitting.close()

    def _ask(self, sql: str) -> Sequence[Any]:
        with self._asking:
            if self._hold:
                for name in needed(sql, self._held):
                    self._keep(name)
            return self._sitting.rows(with_sets(sql, self._held))

    def _keep(self, name: str) -> None:
        column = held_column(name)
        if column is not None and name not in self._held:
            self._sitting.hold(name, with_sets(shared(name), self._held), column)
            self._held.append(name)


def part_of(rows: Sequence[Any], definition: Definition) -> Sequence[Any]:
    """Of a figure's rows those that its part is."""
    if not definition.part:
        return rows
    return [row for row in rows if row["state"] == definition.part]


def parameters_of(period: Period, policy: Policy) -> dict[str, object]:
    """What the figures' SQL may ask about the period: days as text, months as numbers."""
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
    return {**{name: day.isoformat() for name, day in days.items()}, **_months_of(period)}


def _months_of(period: Period) -> dict[str, int]:
    """The months, as numbers, that the period holds whole: from the first to the last, which comes
    before it where there is none; the one that it ends in; and the day with which months end."""
    first, last = (Period.month_of(day, period.cutoff) for day in (period.start, period.end))
    return {
        "first_month": _number(first) + (first.start < period.start),
        "last_month": _number(last) - (last.end > period.end),
        "end_month": _number(last),
        "cutoff": period.cutoff or LONGEST_MONTH,
    }


def _number(month: Period) -> int:
    return month.end.year * 12 + month.end.month - 1


def unordered(sql: str) -> str:
    """A figure's statement without its order, which nobody sees who only counts."""
    return sql.rpartition("\nORDER BY ")[0] or sql


def _counting(definition: Definition, since: Sequence[date]) -> str:
    """The statement that counts a figure's records: by state only where it has parts by state."""
    one = "people" if definition.counts_people else "1"
    numbers = [f"SUM({one})" if definition.counts_people else "COUNT(*)"]
    numbers += [f"SUM(CASE WHEN on_day >= '{day}' THEN {one} ELSE 0 END)" for day in since]
    state, group = ("state", " GROUP BY state") if definition.parts else ("''", "")
    return f"SELECT {state}, {', '.join(numbers)} FROM ({unordered(definition.sql)}) counted{group}"
