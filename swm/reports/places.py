"""`premises list` and `letter list/missing/expiring`: 厂房 and 保证书 as they stand on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from swm.frozen import frozen
from swm.reports import deskqueries as queries
from swm.reports.answers import Answers, as_day


@frozen
class Place:
    """One 厂房 of a list: who owns and who uses it on the day, and how its letter stands."""

    id: str
    village: str
    address: str
    use: str
    owners: str
    tenants: str
    owes: bool
    letter: str
    """Until when it holds, 存疑, 无, or empty where none is owed."""
    signed: bool


@frozen
class Signed:
    """One letter of a list; one that covers several 厂房 names them all."""

    number: str
    kind: str
    landlord: str
    premises: tuple[str, ...]
    on: date
    until: date | None
    status: str


@frozen
class Due:
    """A 厂房 whose landlord has to sign, or to sign again."""

    id: str
    village: str
    address: str
    landlord: str
    text: str
    until: date | None = None


FOREVER = "9999-12-31"
"""An open end in the fact tables."""
_ON = "since <= :today AND :today <= until"
_PLACES = f"""
SELECT p.id, COALESCE(v.counted_as, p.village) AS village, p.address, p.use,
  (SELECT GROUP_CONCAT(name, '、') FROM owner WHERE premises = p.id AND {_ON}) AS owners,
  (SELECT GROUP_CONCAT(name, '、') FROM tenant WHERE premises = p.id AND {_ON}) AS tenants,
  EXISTS (SELECT 1 FROM owes WHERE premises = p.id AND {_ON}) AS owes,
  (SELECT MAX(l.until_day) FROM letter l JOIN letter_status s USING (premises, number)
     WHERE l.premises = p.id AND s.status = '有效' AND s.since <= :today AND :today <= s.until) AS held,
  EXISTS (SELECT 1 FROM letter_status WHERE premises = p.id AND status = '存疑' AND {_ON}) AS odd
FROM premises p
LEFT JOIN village v ON v.name = p.village AND v.since <= :today AND :today <= v.until
WHERE :village IS NULL OR p.village = :village OR v.counted_as = :village ORDER BY p.serial, p.id
"""
_LETTERS = """
SELECT l.number, l.kind, l.landlord, l.on_day, l.until_day, MAX(l.voided_on) AS voided,
  GROUP_CONCAT(l.premises, '、') AS premises,
  MIN(COALESCE((SELECT status FROM letter_status s
     WHERE s.premises = l.premises AND s.number = l.number
       AND s.since <= :today AND :today <= s.until), '')) AS status
FROM letter l GROUP BY l.number ORDER BY l.on_day, l.number
"""


def villages_now(facts: Answers, today: date) -> dict[str, str]:
    """What each village of the roster is counted as on the day: a merged one under its new name."""
    sql = f"SELECT name, counted_as FROM village WHERE {_ON}"
    return dict(map(tuple, facts.query(sql, {"today": today.isoformat()})))


def places(facts: Answers, today: date, village: str | None = None) -> list[Place]:
    """Every 厂房, by id."""
    rows = facts.query(_PLACES, {"today": today.isoformat(), "village": village})
    return [
        Place(
            id=r["id"],
            village=r["village"],
            address=r["address"],
            use=r["use"],
            owners=r["owners"] or "",
            tenants=r["tenants"] or "",
            owes=bool(r["owes"]),
            letter=_standing(r["held"], bool(r["odd"]), bool(r["owes"])),
            signed=r["held"] is not None,
        )
        for r in rows
    ]


def _standing(held: str | None, odd: bool, owes: bool) -> str:
    if held:
        return f"至 {held}" if held < FOREVER else "长期"
    if not owes:
        return ""
    return "存疑" if odd else "无"


def letters(facts: Answers, today: date) -> list[Signed]:
    """Every letter, the oldest first."""
    return [
        Signed(
            number=r["number"],
            kind=r["kind"],
            landlord=r["landlord"],
            premises=tuple(r["premises"].split("、")),
            on=date.fromisoformat(r["on_day"]),
            until=as_day(r["until_day"]) if r["until_day"] < FOREVER else None,
            status=_status(r["voided"], r["status"], today),
        )
        for r in facts.query(_LETTERS, {"today": today.isoformat()})
    ]


def _status(voided: str | None, status: str, today: date) -> str:
    if voided and voided <= today.isoformat():
        return "作废"
    return status or "过期"


def unsigned(facts: Answers, today: date) -> list[Due]:
    """应签 without a letter in force today."""
    now = villages_now(facts, today)
    rows = facts.query(queries.UNSIGNED, {"today": today.isoformat()})
    found = [
        Due(
            r["id"],
            now.get(r["village"], r["village"]),
            r["name"],
            r["landlord"] or "",
            f"{r['use']}，{'保证书存疑' if r['doubtful'] else '没有有效的保证书'}",
        )
        for r in rows
    ]
    return sorted(found, key=lambda due: due.id)


def half_signed(facts: Answers, signers: Collection[str], today: date) -> list[Due]:
    """Of sublet premises those that let them too, owe a letter of their own and have none."""
    now = villages_now(facts, today)
    rows = facts.query(queries.HALF_SIGNED, {"today": today.isoformat()})
    return [
        Due(
            r["id"],
            now.get(r["village"], r["village"]),
            r["name"],
            r["landlord"],
            f"{r['use']}，{r['kind']}没有有效的保证书",
        )
        for r in sorted(rows, key=lambda r: (r["id"], r["landlord"]))
        if r["kind"] in signers
    ]


def expiring(facts: Answers, today: date, within: int) -> list[Due]:
    """应签 whose last letter in force ends within so many days, soonest first."""
    last = (today + timedelta(days=within)).isoformat()
    now = villages_now(facts, today)
    rows = facts.query(queries.EXPIRING, {"today": today.isoformat(), "last": last})
    found = [
        Due(
            r["id"],
            now.get(r["village"], r["village"]),
            r["name"],
            r["landlord"] or "",
            f"{r['number']} 至 {r['until_day']}",
            as_day(r["until_day"]),
        )
        for r in rows
    ]
    return sorted(found, key=lambda due: (due.until or date.max, due.id))
