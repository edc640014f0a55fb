"""`activity list` and `activity missing`: what was held, and which villages said nothing."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.reports import figures
from swm.reports.answers import Answers, as_day

_ACTIVITIES = """
SELECT a.id, a.on_day, a.kind, a.title, a.form, COALESCE(v.counted_as, a.village) AS village,
  a.people, a.copies, a.pieces, a.period,
  (SELECT COUNT(*) FROM exposure x WHERE x.activity = a.id) AS cases
FROM activity a
LEFT JOIN village v ON v.name = a.village AND v.since <= :today AND :today <= v.until
WHERE (:kind IS NULL OR a.kind = :kind)
  AND (:village IS NULL OR a.village = :village OR v.counted_as = :village)
  AND (:start IS NULL OR (a.counted_day >= :start AND a.counted_day <= :end))
ORDER BY a.on_day, a.serial, a.id
"""
_REPORTED = """
SELECT id FROM activity WHERE kind = '零报告' AND village = :village AND period = :period
ORDER BY serial LIMIT 1
"""

_REGISTERED = """
SELECT COUNT(*) FROM step s JOIN enterprise e ON e.id = s.id
LEFT JOIN village v ON v.name = e.village AND v.since <= :end AND :end <= v.until
WHERE s.type = '登记' AND s.on_day >= :start AND s.on_day <= :end
  AND COALESCE(v.counted_as, e.village) = :village
"""


class Listed(NamedTuple):
    """One activity of a list."""

    id: str
    on: date | None
    kind: str
    title: str
    form: str
    village: str
    people: int
    copies: int
    pieces: int
    cases: int
    period: str

    @property
    def amounts(self) -> str:
        """38人次、120份: what there was of it, each in its own unit."""
        counted = (
            (self.people, "人次"),
            (self.copies, "份"),
            (self.pieces, "条"),
            (self.cases, "件"),
        )
        return "、".join(f"{number}{unit}" for number, unit in counted if number)


def listing(
    facts: Answers, today: date, kind: str | None, village: str | None, period: Period | None
) -> list[Listed]:
    """The activities that fit, oldest first; each with the village as it is counted `today`."""
    asked = {
        "today": today.isoformat(),
        "kind": kind,
        "village": village,
        "start": period.start.isoformat() if period else None,
        "end": period.end.isoformat() if period else None,
    }
    return [
        Listed(
            row["id"],
            as_day(row["on_day"]),
            row["kind"],
            row["title"],
            row["form"] or "",
            row["village"] or "",
            row["people"] or 0,
            row["copies"] or 0,
            row["pieces"] or 0,
            row["cases"],
            row["period"] or "",
        )
        for row in facts.query(_ACTIVITIES, asked)
    ]


def reported(facts: Answers, village: str, period: Period) -> str | None:
    """The village's 零报告 of that month, if there is one."""
    rows = facts.query(_REPORTED, {"village": village, "period": period.code})
    return str(rows[0][0]) if rows else None


def registered(facts: Answers, village: str, period: Period) -> int:
    """How many enterprises of the village were entered as found in that month."""
    asked = {"village": village, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return int(facts.query(_REGISTERED, asked)[0][0])


def silent(facts: Answers, policy: Policy, settings: Settings, period: Period) -> list[str]:
    """应报未报: villages without a 零报告 that registered and looked for nothing either."""
    found = {entry.village for entry in figures.figure(facts, "应报未报", period, policy).entries}
    return [village for village in settings.village_names(period.end) if village in found]
