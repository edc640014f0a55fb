"""（十）村级考核 of a report: what had been announced by its last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from swm.domain.periods import MONTH, Period
from swm.domain.points import shown
from swm.reports.answers import Answers, as_day
from swm.reports.values import Assessment

_ANNOUNCED = """
SELECT a.id, a.number, a.edition, a.on_day, a.village, a.points FROM announced a
WHERE a.period = :period
  AND a.edition = (SELECT MAX(b.edition) FROM announced b WHERE b.id = a.id AND b.on_day <= :end)
ORDER BY a.place
"""
_GRADES = """
SELECT grade, villages FROM announced_grade WHERE id = :id AND number = :number ORDER BY place
"""


def assessment(facts: Answers, period: Period, begun: date | None) -> Assessment | None:
    """The result of the quarter that ended last, else that of the month before, as they had been
    announced by the period's last day. None where the ledger began after that quarter."""
    quarter = _last_quarter(period)
    before = (period.previous(),) if period.kind == MONTH else ()
    for ended in (quarter, *before):
        asked = {"period": ended.code, "end": period.end.isoformat()}
        if rows := facts.query(_ANNOUNCED, asked):
            return _told(facts, ended, rows)
    kept = begun is not None and begun <= quarter.end
    return Assessment(quarter.title) if kept else None


def _last_quarter(period: Period) -> Period:
    """The quarter that ended last, on the period's last day or before."""
    month = Period.month_of(period.end, period.cutoff)
    if month.end > period.end:
        month = month.previous()
    while month.end.month % 3:
        month = month.previous()
    return Period.quarter(month.end.year, month.end.month // 3, period.cutoff)


def _told(facts: Answers, ended: Period, rows: Sequence[Any]) -> Assessment:
    first = rows[0]
    named = {"id": first["id"], "number": first["number"]}
    scored = {row["village"]: row["points"] for row in rows if row["points"] is not None}
    best, least = max(scored.values()), min(scored.values())
    return Assessment(
        title=ended.title,
        on=as_day(first["on_day"]),
        edition=first["edition"],
        grades=tuple((row["grade"], row["villages"]) for row in facts.query(_GRADES, named)),
        best=tuple(village for village, points in scored.items() if points == best),
        best_points=shown(best),
        least=tuple(village for village, points in scored.items() if points == least),
        least_points=shown(least),
        left_out=len(rows) - len(scored),
    )
