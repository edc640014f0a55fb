"""The rows of a standard table that has one row an enterprise, as it stood on the last day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from swm.reports.answers import Answers, as_day

Values = dict[str, Any]
"""What one row can show, by the keys of `domain.tablesources`."""
Asked = Mapping[str, object]
"""The parameters of the figures' SQL: :start, :end and the others, days as text."""

_FIRMS = """
SELECT s.id, e.serial, p.name, e.former_names, e.licence, e.uscc, e.operator, e.phone, p.village,
       e.grid, e.address, e.position, e.premises, e.industry, e.product, e.traits, e.meter,
       e.source, e.note, COALESCE(s.category, '待定') AS category, s.former_category, s.state,
       s.round, s.round_day, s.listed_on, s.deadline, s.awaiting, s.delisted_on, s.opening,
       s.extensions, s.is_listed, s.is_delisted
FROM standing s
JOIN enterprise e ON e.id = s.id
JOIN place p ON p.id = s.id
WHERE s.on_day <= :end AND :end < s.until_day AND s.state <> ''
ORDER BY e.serial, s.id
"""
_WARDENS = """
SELECT id, role, person, department FROM assignment
WHERE since <= :end AND :end <= until ORDER BY id, since, role, person
"""
_PAPERS = """
SELECT id, on_day, name, paper_number, served_on FROM paper
WHERE of_act = 1 AND withdrawn = 0 AND upward = 0 AND on_day <= :end
  AND (revoked_on IS NULL OR revoked_on > :end)
ORDER BY id, on_day, number
"""
_LAST_VISITS = """
SELECT id, on_day, result FROM (
  SELECT id, on_day, result, ROW_NUMBER() OVER (PARTITION BY id ORDER BY on_day DESC, seq DESC) AS place
  FROM visit WHERE on_day <= :end) v
WHERE place = 1
"""
_ACCEPTANCES = """
SELECT id, on_day, round, team FROM visit
WHERE kind = '验收' AND verdict = '通过' AND on_day <= :end ORDER BY id, seq
"""
_CLOSINGS = """
SELECT id, round, method, moved_to FROM act
WHERE was_delisted = 0 AND now_delisted = 1 AND on_day <= :end ORDER BY id, seq
"""
_REMOVALS = """
SELECT id, on_day, reason, related FROM act
WHERE action = '核减' AND on_day <= :end ORDER BY id, seq
"""

WARDENS = frozenset({"wardens", "departments", "镇包保领导", "村责任人", "网格员"})
"""What is told of 包保: everybody, the departments, and three of the roles by themselves."""

Ask = Callable[[str], Iterable[Any]]


def firms(ask: Ask, end: date, wanted: Collection[str]) -> list[Values]:
    """Every enterprise that had been registered by the last day, by id.

    What needs a query of its own is fetched only where one of the keys `wanted` shows it.
    """
    found = {row["id"]: _profile(row, end) for row in ask(_FIRMS)}
    for keys, add in _MORE.items():
        if not keys.isdisjoint(wanted):
            add(found, ask)
    return list(found.values())


def _profile(row: Any, end: date) -> Values:
    deadline = as_day(row["deadline"])
    running = row["is_listed"] and not row["is_delisted"] and row["awaiting"] is None
    late = running and deadline is not None and deadline < end
    return {
        **dict(zip(row.keys(), row, strict=True)),
        "former_names": (row["former_names"] or "").replace("\n", "、"),
        "listed_on": as_day(row["listed_on"]),
        "deadline": deadline,
        "delisted_on": as_day(row["delisted_on"]),
        "extensions": row["extensions"] or None,
        "days_late": (end - deadline).days if late and deadline else None,
        "opening": "是" if row["opening"] else "",
    }


def _wardens(found: Mapping[str, Values], ask: Ask) -> None:
    """Who answers for it on the last day, in all and by role."""
    for id, role, person, department in ask(_WARDENS):
        values = found.get(id)
        for key, name in (("wardens", person), (role, person), ("departments", department)):
            if values is not None and name and key in WARDENS:
                told = values.get(key, "")
                names = told.split("、") if told else []
                values[key] = told if name in names else "、".join([*names, name])


def _papers(found: Mapping[str, Values], ask: Ask) -> None:
    """The paper of the present round that was made out last."""
    for row in ask(_PAPERS):
        values = found.get(row["id"])
        if values is not None and row["on_day"] >= (values["round_day"] or ""):
            values |= {
                "paper": row["name"],
                "paper_number": row["paper_number"],
                "served_on": as_day(row["served_on"]),
            }


def _last_visits(found: Mapping[str, Values], ask: Ask) -> None:
    for id, on, result in ask(_LAST_VISITS):
        if id in found:
            found[id] |= {"visited_on": as_day(on), "visited_result": result}


def _closings(found: Mapping[str, Values], ask: Ask) -> None:
    """How the present round was closed: the 验收 that passed, and the 销号."""
    for row in ask(_ACCEPTANCES):
        values = found.get(row["id"])
        if values and values["is_delisted"] and values["round"] == row["round"]:
            values |= {"accepted_on": as_day(row["on_day"]), "accepted_by": row["team"]}
    for row in ask(_CLOSINGS):
        values = found.get(row["id"])
        if values and values["is_delisted"] and values["round"] == row["round"]:
            values |= {"method": row["method"], "moved_to": row["moved_to"]}


def _removals(found: Mapping[str, Values], ask: Ask) -> None:
    for id, on, reason, related in ask(_REMOVALS):
        if id in found and found[id]["state"] == "已核减":
            found[id] |= {"removed_on": as_day(on), "reason": reason, "related": related}


_MORE: dict[frozenset[str], Callable[[Mapping[str, Values], Ask], None]] = {
    WARDENS: _wardens,
    frozenset({"paper", "paper_number", "served_on"}): _papers,
    frozenset({"visited_on", "visited_result"}): _last_visits,
    frozenset({"accepted_on", "accepted_by", "method", "moved_to"}): _closings,
    frozenset({"removed_on", "reason", "related"}): _removals,
}
"""The keys that a query of their own brings, and what adds them."""


def asker(facts: Answers, asked: Asked, complete: Callable[[str], str]) -> Ask:
    """Questions over one period; `complete` puts the shared sets before a statement."""
    return lambda sql: facts.query(complete(sql), asked)
