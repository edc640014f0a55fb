"""Landlords: what each lets, has signed and broken (方案五1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from swm.errors import Ambiguous, NotFound
from swm.frozen import frozen
from swm.reports.answers import Answers
from swm.reports.definitions import with_sets
from swm.reports.places import villages_now

FOREVER = "9999-12-31"
BEGINNING = "0001-01-01"


@frozen
class Breach:
    """One letter that was broken, by which enterprise, shown by which record."""

    number: str
    landlord: str
    premises: str
    village: str
    enterprise: str
    name: str
    state: str
    what: str
    on: date
    record: int


@frozen
class Held:
    """One 厂房 of a landlord: since when, until when, who is in it, which letters hold."""

    id: str
    village: str
    address: str
    use: str
    kind: str
    since: date | None
    until: date | None
    tenants: tuple[str, ...]
    letters: tuple[str, ...]


@frozen
class Landlord:
    """Everything about one landlord."""

    name: str
    places: tuple[Held, ...]
    letters: tuple[tuple[str, str, date, date | None, str], ...]
    """(number, kind, signed on, until, how it stands) of each letter."""
    enterprises: tuple[tuple[str, str, str, str], ...]
    """(id, name, state, premises) of the enterprises in his premises today."""
    breaches: tuple[Breach, ...]


_BREACHES = """
SELECT b.letter, b.landlord, b.premises, p.village, b.id, e.name, e.state, b.what, b.on_day,
       b.number
FROM breach b
JOIN premises p ON p.id = b.premises
JOIN enterprise e ON e.id = b.id
WHERE b.place = 1
ORDER BY b.on_day DESC, b.letter, b.id
"""
_HELD = """
SELECT p.id, p.village, p.address, p.use, o.kind, o.since, o.until
FROM owner o JOIN premises p ON p.id = o.premises
WHERE o.name = :name ORDER BY p.serial, o.since
"""
_TENANTS = """
SELECT t.premises, t.name, e.name AS firm, e.state
FROM tenant t LEFT JOIN enterprise e ON e.id = t.name
WHERE t.since <= :today AND :today <= t.until
  AND t.premises IN (SELECT premises FROM owner WHERE name = :name AND since <= :today
                       AND :today <= until)
ORDER BY t.premises, t.since, t.name
"""
_FIRMS = """
SELECT u.premises, e.id, e.name, e.state
FROM occupied u
JOIN enterprise e ON e.id = u.id
WHERE u.since <= :today AND :today <= u.until
  AND u.premises IN (SELECT premises FROM owner WHERE name = :name AND since <= :today
                       AND :today <= until)
ORDER BY u.premises, e.serial
"""
_LETTERS = """
SELECT l.premises, l.number, l.kind, l.on_day, l.until_day, l.voided_on,
  COALESCE((SELECT s.status FROM letter_status s WHERE s.premises = l.premises
     AND s.number = l.number AND s.since <= :today AND :today <= s.until), '') AS status
FROM letter l WHERE l.landlord = :name ORDER BY l.on_day, l.number, l.premises
"""
_LISTED = """
SELECT u.id FROM occupied u JOIN enterprise e ON e.id = u.id
WHERE u.premises = :id AND u.since <= :today AND :today <= u.until AND e.is_listed = 1
ORDER BY u.id
"""


def breaches(facts: Answers, today: date) -> list[Breach]:
    """Every letter broken by that day, the latest first."""
    asked = {"start": BEGINNING, "end": today.isoformat()}
    now = villages_now(facts, today)
    return [
        Breach(
            number=r["letter"],
            landlord=r["landlord"],
            premises=r["premises"],
            village=now.get(r["village"], r["village"]),
            enterprise=r["id"],
            name=r["name"],
            state=r["state"],
            what=r["what"],
            on=date.fromisoformat(r["on_day"]),
            record=r["number"],
        )
        for r in facts.query(with_sets(_BREACHES), asked)
    ]


def listed_tenants(facts: Answers, premises: str, on: date) -> list[str]:
    """The ids of the listed enterprises that use the premises on that day."""
    asked = {"id": premises, "today": on.isoformat()}
    return [row["id"] for row in facts.query(with_sets(_LISTED), asked)]


def landlord(facts: Answers, typed: str, today: date) -> Landlord:
    """The landlord that is meant. Raises `NotFound`, or `Ambiguous` with those that fit."""
    name = _named(facts, typed)
    asked = {"name": name, "today": today.isoformat()}
    tenants = facts.query(_TENANTS, asked)
    letters = facts.query(_LETTERS, asked)
    now = villages_now(facts, today)
    places = tuple(
        Held(
            id=r["id"],
            village=now.get(r["village"], r["village"]),
            address=r["address"],
            use=r["use"],
            kind=r["kind"],
            since=_day(r["since"]),
            until=_day(r["until"]),
            tenants=tuple(
                f"{t['name']} {t['firm']}" if t["firm"] else t["name"]
                for t in tenants
                if t["premises"] == r["id"]
            ),
            letters=tuple(
                x["number"] for x in letters if x["premises"] == r["id"] and x["status"] == "有效"
            ),
        )
        for r in facts.query(_HELD, asked)
    )
    return Landlord(
        name=name,
        places=places,
        letters=_papers(letters, today),
        enterprises=tuple(
            (e["id"], e["name"], e["state"], e["premises"])
            for e in facts.query(with_sets(_FIRMS), asked)
        ),
        breaches=tuple(b for b in breaches(facts, today) if b.landlord == name),
    )


def _papers(
    rows: Iterable[Any], today: date
) -> tuple[tuple[str, str, date, date | None, str], ...]:
    """Each paper once, however many premises it covers; it holds where one of them is held."""
    found: dict[str, tuple[str, str, date, date | None, str]] = {}
    for r in rows:
        voided = r["voided_on"] and r["voided_on"] <= today.isoformat()
        status = "作废" if voided else r["status"] or "过期"
        if r["number"] not in found or status == "有效":
            found[r["number"]] = (
                r["number"],
                r["kind"],
                date.fromisoformat(r["on_day"]),
                _day(r["until_day"]),
                status,
            )
    return tuple(found.values())


def _named(facts: Answers, typed: str) -> str:
    names = [row["name"] for row in facts.query("SELECT DISTINCT name FROM owner ORDER BY name")]
    found = [n for n in names if n == typed] or [n for n in names if typed in n]
    if not found:
        raise NotFound(f"没有找到房东“{typed}”", "查看厂房和房东：swm premises list")
    if len(found) > 1:
        raise Ambiguous(f"“{typed}”对应 {len(found)} 位房东，要指明哪一位", found[:20])
    return str(found[0])


def _day(text: str) -> date | None:
    return None if text in (FOREVER, BEGINNING) else date.fromisoformat(text)
