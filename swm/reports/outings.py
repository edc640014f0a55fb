"""巡查 as they were walked: every outing with the enterprises and points that it came to.

Only what people have recorded of a day: a route proposed, a sample drawn or a duty roster is none.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from swm.frozen import frozen
from swm.reports.answers import Answers


class Call(NamedTuple):
    """One enterprise that an outing came to, and what was seen there."""

    id: str
    name: str
    village: str
    number: int
    result: str
    unlawful: bool


class Sight(NamedTuple):
    """One 厂房 or other point that a patrol looked at."""

    place: str
    village: str
    result: str
    found: str


@frozen
class Outing:
    """One outing (次): a patrol over several places, or visits of one day, kind and team."""

    trip: int
    on: date
    kind: str
    team: str
    patrol: str
    """The patrol's id; empty for single visits."""
    hours: str
    """21:30—23:10 of a patrol."""
    calls: tuple[Call, ...]
    sights: tuple[Sight, ...]

    @property
    def night(self) -> bool:
        """Whether it was a 夜查."""
        return self.kind == "夜查"


_VISITS = """
SELECT t.trip, t.id, e.name, COALESCE(v.counted_as, e.village) AS village, t.number, t.on_day,
       CASE WHEN t.official = 1 THEN '行政检查' ELSE t.kind END AS kind, t.result, t.unlawful, t.team
FROM visit t JOIN enterprise e ON e.id = t.id
LEFT JOIN village v ON v.name = e.village AND v.since <= :today AND :today <= v.until
WHERE t.on_day <= :today
ORDER BY t.on_day, t.trip, e.serial, t.seq
"""
_PATROLS = """
SELECT trip, id, on_day, CASE WHEN official = 1 THEN '行政检查' ELSE kind END AS kind, team,
       started, ended
FROM patrol WHERE on_day <= :today
"""
_SPOTS = """
SELECT p.trip, s.place, COALESCE(v.counted_as, s.village, '') AS village, s.result,
       COALESCE(s.found, '') AS found
FROM spot s JOIN patrol p ON p.id = s.patrol
LEFT JOIN village v ON v.name = s.village AND v.since <= :today AND :today <= v.until
WHERE p.on_day <= :today ORDER BY p.serial, s.number
"""


def outings(facts: Answers, today: date) -> list[Outing]:
    """Every outing up to that day, the latest first."""
    asked = {"today": today.isoformat()}
    calls: dict[int, list[Call]] = {}
    about: dict[int, Any] = {}
    for row in facts.query(_VISITS, asked):
        about.setdefault(row["trip"], row)
        calls.setdefault(row["trip"], []).append(
            Call(
                row["id"],
                row["name"],
                row["village"],
                row["number"],
                row["result"],
                bool(row["unlawful"]),
            )
        )
    patrols = {row["trip"]: row for row in facts.query(_PATROLS, asked)}
    sights: dict[int, list[Sight]] = {}
    for trip, place, village, result, found in facts.query(_SPOTS, asked):
        sights.setdefault(trip, []).append(Sight(place, village, result, found))
    walked = [
        _outing(trip, row, patrols.get(trip), calls.get(trip, ()), sights.get(trip, ()))
        for trip, row in {**about, **patrols}.items()
    ]
    return sorted(
        walked, key=lambda each: (-each.on.toordinal(), each.patrol, each.kind, each.trip)
    )


def _outing(trip: int, row: Any, patrol: Any, calls: Any, sights: Any) -> Outing:
    hours = f"{patrol['started'][11:16]}—{patrol['ended'][11:16]}" if patrol else ""
    return Outing(
        trip=trip,
        on=date.fromisoformat(row["on_day"]),
        kind=row["kind"],
        team=row["team"],
        patrol=patrol["id"] if patrol else "",
        hours=hours,
        calls=tuple(calls),
        sights=tuple(sights),
    )
