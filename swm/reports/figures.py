"""The figures: each a query that returns records. The number printed is how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from swm.reports.answers import Answers as Answers
from swm.reports.answers import as_day as as_day
from swm.reports.definitions import FIGURES as FIGURES
from swm.reports.definitions import Definition as Definition
from swm.reports.definitions import defined as defined
from swm.reports.definitions import figures as figures
from swm.reports.definitions import parts as parts
from swm.reports.inquiry import Inquiry as Inquiry
from swm.reports.inquiry import part_of as part_of
from swm.reports.records import as_entry as as_entry
from swm.reports.values import Figure

if TYPE_CHECKING:
    from swm.domain.periods import Period
    from swm.domain.policy import Policy

BEGINNING = date(1, 1, 1)


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
    with closing(Inquiry(facts, period, policy, hold=len(asked) > 1)) as inquiry:
        return {definition.name: inquiry.rows(definition) for definition in asked}


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
    return tally_since(facts, definitions, period, (), policy, hold=hold)[0]


def tally_since(
    facts: Answers,
    definitions: Iterable[Definition],
    period: Period,
    since: Sequence[date],
    policy: Policy,
    *,
    hold: bool = True,
) -> list[dict[str, int]]:
    """The numbers of the period, then those of its last stretch from each day of `since` on."""
    with closing(Inquiry(facts, period, policy, hold=hold)) as inquiry:
        return inquiry.tally(definitions, since)


def as_figure(definition: Definition, rows: Sequence[Any]) -> Figure:
    """The figure as a value, without its comparisons."""
    entries = tuple(as_entry(row) for row in rows)
    return Figure(definition.name, definition.unit, entries, definition.value(rows))
