"""What each figure is: `figures/*.sql`, one a file, with its name, unit, kind and definition.

`figures/shared/*.sql` hold the sets that several figures start from; they are put before a figure
as `WITH name AS (…)` wherever it names them. No SQL folds: it picks what the fold left.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swm.errors import NotFound
from swm.frozen import frozen

if TYPE_CHECKING:
    from swm.domain.policy import Policy, State

STOCK, FLOW = "存量", "流量"
"""Whether a figure says how things stand on the last day, or what happened in the period."""
HELD = re.compile(r"-- 留存(?:: (?P<column>\w+))?\n")
"""Marks a shared set that is worth computing once for all figures of a period."""
_SOURCE = re.compile(r"\b(?:FROM|JOIN) (\w+)\b")
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
    "joint_people",
    "joint_departments",
    "court",
    "trips",
    "visited",
    "people",
    "patrols",
    "spots",
    "yards_seen",
    "outside",
    "official",
    "night_trips",
    "night_visited",
    "night_people",
    "unlawful",
    "police",
    "reported",
    "police_came",
    "officers_came",
    "cover_due",
    "covered",
    "outside_only",
    "unvisited",
    "look_backs_due",
    "look_backs_met",
    "look_backs_late",
    "looked_back",
    "rebounds",
    "answered",
    "unanswered",
    "wardens",
    "premises",
    "owing",
    "signed",
    "unsigned",
    "letters",
    "letters_signed",
    "letters_expiring",
    "disposals",
    "disposals_overdue",
    "vacant",
    "sublet",
    "breaches",
    "stop_notices",
    "clearings",
    "unreported",
    "admissions",
    "admitted",
    "admission_refused",
    "admission_waiting",
    "transfers",
    "answers",
    "publicity",
    "handouts",
    "notices",
    "trainings",
    "trained",
    "meetings",
    "exposed",
    "zero_reports",
    "silent",
    "reported_by_village",
    "incomplete",
    "transfers_open",
    "papers",
    "served",
    "served_publicly",
    "submitted",
    "returned",
    "accepted_town",
    "accepted_county",
    "accepted_above",
    "complaints",
    "complaints_again",
    "complaints_assigned",
    "complaints_about",
    "complaints_unchecked",
    "complaints_true",
    "complaints_answered",
    "complaints_closed",
    "complaints_due",
    "complaints_met",
    "complaints_overdue",
    "supplements",
]
"""The figures in the order in which they are listed."""


@frozen
class Definition:
    """A figure as its file defines it; `part` narrows it to one state."""

    name: str
    unit: str
    kind: str
    definition: str
    sql: str
    counts_people: bool = False
    by_entry: bool = False
    """Whether a record falls into a period by the day it was entered, not by its own day."""
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


def with_sets(sql: str, known: Collection[str] = ()) -> str:
    """The statement with every shared set that it names put before it, but those `known`."""
    before = [name for name in needed(sql, known) if name not in known]
    sets = ",\n".join(f"{name} AS (\n{shared(name)})" for name in before)
    return f"WITH {sets}\n{sql}" if before else sql


@cache
def shared(name: str) -> str:
    return (ROOM / "shared" / f"{name}.sql").read_text("utf-8")


@cache
def held_column(name: str) -> str | None:
    """The column to index (or none) of a set worth computing once; None for other sets."""
    marked = HELD.match(shared(name))
    return marked["column"] or "" if marked else None


@cache
def _sets() -> frozenset[str]:
    return frozenset(path.stem for path in (ROOM / "shared").glob("*.sql"))


@cache
def _named(sql: str) -> tuple[str, ...]:
    """The shared sets that stand in `sql` itself, by name."""
    return tuple(sorted(_sets().intersection(_SOURCE.findall(sql))))


def needed(sql: str, known: Collection[str] = ()) -> list[str]:
    """The shared sets that `sql` names, each after those it starts from; none behind `known`."""
    found: list[str] = []
    for name in _named(sql):
        found += [name] if name in known else [*needed(shared(name), known), name]
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
        by_entry=head.get("归期") == "录入",
        parts=head.get("分项", ""),
    )


FIGURES: dict[str, Definition] = {d.name: d for d in map(_read, ORDER)}
"""Every figure by its Chinese name."""
