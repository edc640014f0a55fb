"""The rows of the standard tables that are not one row an enterprise: 到访, 出动, 厂房, 举报, 回头看."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from swm.reports.answers import as_day
from swm.reports.tablefirms import Ask, Values

FOREVER = "9999-12-31"
"""An open end in the fact tables."""
BOUNDS = ("0001-01-01", FOREVER)

_VISITS = """
SELECT v.id, v.number, v.on_day, v.clock, v.kind, p.name, p.village,
       COALESCE(v.category, '待定') AS category, v.state, v.result, v.verdict, v.unlawful,
       v.police_at, v.police_came, v.reported_at, v.leader, v.team, v.people, v.outside,
       v.official, v.patrol, NULL AS found, p.serial, v.seq
FROM visit v JOIN place p ON p.id = v.id
WHERE v.on_day >= :start AND v.on_day <= :end
"""
_SPOTS = """
SELECT CASE WHEN s.kind = '厂房' THEN s.place END AS id, s.number, s.on_day, s.clock, t.kind,
       CASE WHEN s.kind = '厂房' THEN COALESCE(y.address, s.place) ELSE s.place END AS name,
       COALESCE(w.counted_as, s.village) AS village, NULL AS category, NULL AS state, s.result,
       NULL AS verdict, 0 AS unlawful, NULL AS police_at, NULL AS police_came,
       NULL AS reported_at, t.leader, t.team, t.people, 0 AS outside, t.official,
       s.patrol, s.found, t.serial, s.number AS seq
FROM spot s
JOIN patrol t ON t.id = s.patrol
LEFT JOIN yard y ON y.id = s.place
LEFT JOIN village w ON w.name = s.village AND w.since <= :end AND :end <= w.until
WHERE s.on_day >= :start AND s.on_day <= :end
"""
_OUTINGS = """
SELECT t.trip, t.id, t.on_day, t.kind, t.firms, t.people,
       COALESCE(w.counted_as, NULLIF(t.home, ''), '多个村') AS village,
       COALESCE(x.spots, t.spots) AS spots, x.id AS patrol,
       COALESCE(x.leader, (SELECT MIN(v.leader) FROM visit v WHERE v.trip = t.trip)) AS leader,
       COALESCE(x.team, (SELECT MIN(v.team) FROM visit v WHERE v.trip = t.trip)) AS team
FROM outing_total t
LEFT JOIN patrol x ON x.trip = t.trip
LEFT JOIN village w ON w.name = t.home AND w.since <= :end AND :end <= w.until
WHERE t.on_day >= :start AND t.on_day <= :end
ORDER BY t.on_day, t.id, t.trip
"""
_YARDS = """
SELECT y.id, y.village, p.address, p.area, p.use, p.meter, p.note,
       EXISTS (SELECT 1 FROM owing o WHERE o.id = y.id) AS owes
FROM yard y JOIN premises p ON p.id = y.id ORDER BY y.serial, y.id
"""
_OWNERS = """
SELECT premises, name, phone FROM owner
WHERE since <= :end AND :end <= until ORDER BY premises, since, name
"""
_TENANTS = """
SELECT t.premises, COALESCE(e.name, t.name) AS name FROM tenant t
LEFT JOIN enterprise e ON e.id = t.name
WHERE t.since <= :end AND :end <= t.until ORDER BY t.premises, t.since, t.name
"""
_LETTERS = """
SELECT l.premises, l.number, l.on_day, l.until_day, s.status FROM letter_status s
JOIN letter l ON l.premises = s.premises AND l.number = s.number
WHERE s.since <= :end AND :end <= s.until
ORDER BY l.premises, CASE s.status WHEN '有效' THEN 1 ELSE 0 END, l.on_day, l.number
"""
_CASES = """
SELECT g.id, g.on_day, g.village, g.deadline, g.state, g.checked_on, g.answered_on, g.closed_on,
       g.duplicate_of, c.source, c.summary, c.handler, c.extensions, k.conclusion
FROM grievance g
JOIN complaint c ON c.id = g.id
LEFT JOIN complaint_check k ON k.id = g.id AND k.on_day <= :end AND :end <= k.until_day
ORDER BY g.on_day, g.id
"""
_ABOUT = """
SELECT a.id, e.name FROM complaint_about a JOIN enterprise e ON e.id = a.enterprise
ORDER BY a.id, e.serial
"""
_LOOK_BACKS = """
SELECT l.id, f.name, f.village, COALESCE(l.category, '待定') AS category, l.state, l.due_on,
       l.name AS name_of, l.done_on, l.late, l.opening, s.delisted_on, v.result
FROM lookback l
JOIN place f ON f.id = l.id
LEFT JOIN standing s ON s.id = l.id AND s.on_day <= l.due_on AND l.due_on < s.until_day
LEFT JOIN visit v ON v.id = l.id AND v.number = l.number AND l.done_on <= :end
WHERE l.due_on >= :start AND l.due_on <= :end
ORDER BY l.due_on, f.serial, l.id
"""


class Words(str):
    """A clerk's words for a place, in a column that else has the names of firms."""


def visits(ask: Ask, end: date) -> list[Values]:
    """Every visit of an enterprise, and everything else that a patrol looked at, by day."""
    spots = ({**_visit(row), "name": Words(row["name"])} for row in ask(_SPOTS))
    return sorted((*map(_visit, ask(_VISITS)), *spots), key=_when)


def _when(visit: Values) -> tuple[object, ...]:
    """By day and hour, an unknown hour last; past midnight still belongs to the night that began
    it."""
    clock = visit["clock"] or ""
    past = visit["kind"] == "夜查" and "" < clock < "12:00"
    outing = visit["patrol"] or visit["team"] or ""
    return (visit["on_day"], not clock, past, clock, outing, visit["serial"], visit["seq"])


def _visit(row: Any) -> Values:
    return _values(row) | {
        "on_day": as_day(row["on_day"]),
        **{name: "是" if row[name] else "" for name in ("unlawful", "outside", "official")},
    }


def outings(ask: Ask, end: date) -> list[Values]:
    """Every outing (次), a patrol or visits of one day, kind and team."""
    return [_values(row) | {"on_day": as_day(row["on_day"])} for row in ask(_OUTINGS)]


def yards(ask: Ask, end: date) -> list[Values]:
    """Every 厂房 on the last day: who owns and who uses it, and how its letter stands."""
    owners, tenants, letters = (_by_first(ask(sql)) for sql in (_OWNERS, _TENANTS, _LETTERS))
    found = []
    for row in ask(_YARDS):
        own, use = owners.get(row["id"], ()), tenants.get(row["id"], ())
        found.append(
            _values(row)
            | {
                "owners": _joined(o["name"] for o in own),
                "phones": _joined(o["phone"] for o in own),
                "tenants": _joined(t["name"] for t in use),
                "owes": "是" if row["owes"] else "",
                **_letter(letters.get(row["id"], ()), owed=bool(row["owes"])),
            }
        )
    return found


def _letter(letters: Any, *, owed: bool) -> Values:
    """The letter that counts: the newest in force, else the newest that is in doubt."""
    if not letters:
        return {"standing": "无" if owed else ""}
    last = letters[-1]
    lasting = last["until_day"] in BOUNDS
    return {
        "letters": last["number"],
        "signed_on": as_day(last["on_day"]),
        "until_day": None if lasting else as_day(last["until_day"]),
        "standing": "长期有效" if lasting and last["status"] == "有效" else last["status"],
    }


def cases(ask: Ask, end: date) -> list[Values]:
    """Every 举报 or 上级交办 received by the last day, as it stood then."""
    about = _by_first(ask(_ABOUT))
    return [
        _values(row)
        | {name: _by(row[name], end) for name in ("checked_on", "answered_on", "closed_on")}
        | {
            "on_day": as_day(row["on_day"]),
            "deadline": as_day(row["deadline"]),
            "extensions": row["extensions"] or None,
            "about": _joined(a["name"] for a in about.get(row["id"], ())),
        }
        for row in ask(_CASES)
    ]


def look_backs(ask: Ask, end: date) -> list[Values]:
    """Every 回头看 that fell due in the period, and whether it was done by the last day."""
    return [
        _values(row)
        | {
            "due_on": as_day(row["due_on"]),
            "done_on": _by(row["done_on"], end),
            "delisted_on": as_day(row["delisted_on"]),
            "opening": "是" if row["opening"] else "",
            "standing": _done(row, end),
        }
        for row in ask(_LOOK_BACKS)
    ]


def _done(row: Any, end: date) -> str:
    if _by(row["done_on"], end) is None:
        return "未到期" if row["due_on"] == end.isoformat() else "逾期未做"
    return "逾期补做" if row["late"] else "按期完成"


def _by(text: str | None, end: date) -> date | None:
    """The day, if it had come by the last day."""
    day = as_day(text)
    return day if day is not None and day <= end else None


def _values(row: Any) -> Values:
    return dict(zip(row.keys(), row, strict=True))


def _by_first(rows: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _joined(texts: Any) -> str:
    return "、".join(dict.fromkeys(text for text in texts if text))


ROWS: Mapping[str, Callable[[Ask, date], list[Values]]] = {
    "到访": visits,
    "出动": outings,
    "厂房": yards,
    "举报": cases,
    "回头看": look_backs,
}
"""How the rows of each sort are fetched."""
