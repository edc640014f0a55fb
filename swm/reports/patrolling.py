"""What the facts say of patrols: the list, how well the town is covered, where to go tonight."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from swm.domain.policy import Policy
from swm.frozen import frozen
from swm.reports.figures import Answers, as_day

LATELY = 30
"""How many days back production found counts as lately."""


@frozen
class Listed:
    """One patrol of the list."""

    id: str
    on: str
    kind: str
    team: str
    title: str
    firms: int
    spots: int


_LISTED = """
SELECT id, on_day, CASE WHEN official = 1 THEN '行政检查' ELSE kind END AS kind, team, title,
       firms, spots
FROM patrol
WHERE (:month IS NULL OR substr(on_day, 1, 7) = :month)
  AND (:village IS NULL OR '、' || villages || '、' LIKE '%、' || :village || '、%')
ORDER BY on_day, serial
"""


def listed(facts: Answers, month: str | None, village: str | None) -> list[Listed]:
    """The patrols of a month or of all time, in the order of their days."""
    rows = facts.query(_LISTED, {"month": month, "village": village})
    return [
        Listed(r["id"], r["on_day"], r["kind"], r["team"], r["title"], r["firms"], r["spots"])
        for r in rows
    ]


# --- coverage -----------------------------------------------------------------------------------


@frozen
class Cover:
    """One enterprise that has to be visited within the interval, and when it last was."""

    id: str
    name: str
    village: str
    state: str
    last: date | None
    """The last visit of any sort."""
    inside: date | None
    """The last visit that got in."""
    seen: bool
    only_outside: bool


@frozen
class Coverage:
    """Which were visited within the interval (期限.yaml 巡查间隔) before `today`."""

    today: date
    since: date
    days: int
    rows: tuple[Cover, ...]

    def by_village(self) -> dict[str, tuple[int, int, int]]:
        """For each village: to be visited, visited, of these only from outside."""
        found: dict[str, tuple[int, int, int]] = {}
        for row in self.rows:
            due, seen, outside = found.get(row.village, (0, 0, 0))
            found[row.village] = (due + 1, seen + row.seen, outside + row.only_outside)
        return found


_COVERAGE = """
SELECT e.id, e.name, COALESCE(r.counted_as, e.village) AS village, e.state,
       MAX(v.on_day) AS last_on, MAX(CASE WHEN v.outside = 0 THEN v.on_day END) AS inside_on
FROM enterprise e
LEFT JOIN visit v ON v.id = e.id AND v.on_day <= :today
LEFT JOIN village r ON r.name = e.village AND r.since <= :today AND :today <= r.until
WHERE e.is_listed = 1 AND e.is_delisted = 0 AND e.round_day < :since
GROUP BY e.id
ORDER BY e.serial
"""


def coverage(
    facts: Answers,
    policy: Policy,
    today: date,
    roster: Sequence[str],
    village: str | None = None,
) -> Coverage:
    """Every enterprise that has to be visited, in the order of the villages' roster."""
    days = policy.rule("巡查间隔", today).days
    since = today - timedelta(days=days)
    rows = facts.query(_COVERAGE, {"today": today.isoformat(), "since": since.isoformat()})
    found = [_cover(row, since) for row in rows if village in (None, row["village"])]
    place = {name: i for i, name in enumerate(roster)}
    found.sort(key=lambda row: place.get(row.village, len(place)))
    return Coverage(today, since, days, tuple(found))


def _cover(row: Any, since: date) -> Cover:
    last, inside = as_day(row["last_on"]), as_day(row["inside_on"])
    seen = last is not None and last >= since
    got_in = inside is not None and inside >= since
    return Cover(
        row["id"],
        row["name"],
        row["village"],
        row["state"],
        last,
        inside,
        seen,
        seen and not got_in,
    )


# --- tonight ------------------------------------------------------------------------------------


@frozen
class Target:
    """One place to go to, and why."""

    id: str
    name: str
    village: str
    address: str
    state: str
    why: str


_TARGETS = """
SELECT e.id, e.serial, e.name, COALESCE(r.counted_as, e.village) AS village,
       COALESCE(e.address, '') AS address, e.state, e.is_delisted,
       CASE WHEN e.is_delisted = 0 AND e.awaiting IS NULL THEN e.deadline END AS deadline,
       MAX(CASE WHEN v.kind = '夜查' THEN v.on_day END) AS night_on,
       MAX(CASE WHEN v.unlawful = 1 THEN v.on_day END) AS unlawful_on
FROM enterprise e
LEFT JOIN visit v ON v.id = e.id AND v.on_day <= :today
LEFT JOIN village r ON r.name = e.village AND r.since <= :today AND :today <= r.until
WHERE e.is_listed = 1 AND e.must_stop = 1
GROUP BY e.id
"""


_COMPLAINED_ABOUT = """
SELECT DISTINCT a.enterprise FROM complaint_about a JOIN complaint c ON c.id = a.id
WHERE c.closed_on IS NULL
"""


def route(
    facts: Answers,
    today: date,
    count: int,
    roster: Sequence[str],
    villages: Sequence[str] = (),
) -> list[Target]:
    """Where to go tonight: `count` places, ordered by village and address.

    Chosen among those that must have stopped: production found lately first, then those that an
    open complaint is about, then those whose deadline has passed, then those still open, then those
    that no night patrol has seen longest. A route never says that somebody complained.
    """
    rows = [
        row
        for row in facts.query(_TARGETS, {"today": today.isoformat()})
        if not villages or row["village"] in villages
    ]
    lately = (today - timedelta(days=LATELY)).isoformat()
    asked = {row["enterprise"] for row in facts.query(_COMPLAINED_ABOUT)}

    def urgency(row: Any) -> tuple[object, ...]:
        return (
            (row["unlawful_on"] or "") < lately,
            row["id"] not in asked,
            not _overdue(row, today),
            row["is_delisted"],
            row["night_on"] or "",
            row["serial"],
        )

    chosen = sorted(rows, key=urgency)[:count]
    place = {name: i for i, name in enumerate(roster)}
    chosen.sort(key=lambda r: (place.get(r["village"], len(place)), r["address"], r["serial"]))
    return [_target(row, today, lately, asked) for row in chosen]


def _overdue(row: Any, today: date) -> bool:
    return row["deadline"] is not None and row["deadline"] < today.isoformat()


def _target(row: Any, today: date, lately: str, asked: Collection[str]) -> Target:
    reasons = []
    if row["unlawful_on"] and row["unlawful_on"] >= lately:
        reasons.append(f"{row['unlawful_on']} 发现违法生产")
    if row["id"] in asked:
        reasons.append("重点查看")
    if _overdue(row, today):
        late = (today - date.fromisoformat(row["deadline"])).days
        reasons.append(f"超期{late}天")
    night = row["night_on"]
    reasons.append(f"上次夜查 {night}" if night else "没有夜查过")
    return Target(
        row["id"], row["name"], row["village"], row["address"], row["state"], "，".join(reasons)
    )
