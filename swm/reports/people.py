"""包保 by person: who answers for how many enterprises, and in which role (方案五2)."""

from __future__ import annotations

from datetime import date

from swm.domain.records import ROLES
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports.answers import Answers

_LOADS = """
SELECT a.person, a.role, MIN(a.department) AS department, COUNT(DISTINCT a.id) AS firms,
  COUNT(DISTINCT CASE WHEN e.is_delisted = 1 THEN a.id END) AS delisted,
  COUNT(DISTINCT CASE WHEN e.is_delisted = 0 AND e.awaiting IS NULL AND e.deadline < :today
                      THEN a.id END) AS overdue
FROM assignment a
JOIN enterprise e ON e.id = a.id AND e.is_listed = 1
LEFT JOIN village v ON v.name = e.village AND v.since <= :today AND :today <= v.until
WHERE a.since <= :today AND :today <= a.until
  AND (:village IS NULL OR COALESCE(v.counted_as, e.village) = :village)
  AND (:role IS NULL OR a.role = :role)
GROUP BY a.person, a.role
"""
_HELD = """
SELECT DISTINCT a.id, a.role FROM assignment a
JOIN enterprise e ON e.id = a.id AND e.is_listed = 1
WHERE a.person = :person AND a.since <= :today AND :today <= a.until
ORDER BY a.id
"""
_OPEN = """
SELECT DISTINCT a.id, e.serial FROM assignment a
JOIN enterprise e ON e.id = a.id AND e.is_listed = 1
WHERE a.person = :person AND a.until = '9999-12-31' AND (:role IS NULL OR a.role = :role)
ORDER BY e.serial, a.id
"""


@frozen
class Load:
    """What one person answers for in one role; `left` is the last day in office of who has left."""

    person: str
    department: str
    role: str
    firms: int
    delisted: int
    overdue: int
    left: date | None

    @property
    def unfinished(self) -> int:
        """未销号."""
        return self.firms - self.delisted


def loads(
    facts: Answers,
    settings: Settings,
    today: date,
    village: str | None = None,
    role: str | None = None,
) -> list[Load]:
    """Everybody who answers for anything, role by role, those with most first."""
    days = {"today": today.isoformat(), "village": village, "role": role}
    found = [
        Load(
            person=row["person"],
            department=row["department"] or "",
            role=row["role"],
            firms=row["firms"],
            delisted=row["delisted"],
            overdue=row["overdue"],
            left=left_office(settings, row["person"], today),
        )
        for row in facts.query(_LOADS, days)
    ]
    places = {name: place for place, name in enumerate(ROLES)}
    return sorted(found, key=lambda x: (places.get(x.role, len(ROLES)), -x.firms, x.person))


def left_office(settings: Settings, person: str, today: date) -> date | None:
    """The last day in office of somebody of the roster who has left; None for everybody else."""
    ends = [p.until for p in settings.people if p.name == person]
    past = [until for until in ends if until and until < today]
    return max(past) if past and len(past) == len(ends) else None


def roles_of(facts: Answers, person: str, today: date) -> dict[str, str]:
    """For each enterprise that the person answers for, the roles."""
    found: dict[str, str] = {}
    for row in facts.query(_HELD, {"person": person, "today": today.isoformat()}):
        found[row["id"]] = (
            f"{found[row['id']]}、{row['role']}" if row["id"] in found else row["role"]
        )
    return found


def held_without_end(facts: Answers, person: str, role: str | None) -> list[str]:
    """The enterprises still on the books whose holder the person is, whoever comes next."""
    return [row["id"] for row in facts.query(_OPEN, {"person": person, "role": role})]
