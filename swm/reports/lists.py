"""`list` and `find`: which enterprises, as they stand now or on a day, and where a word occurs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from swm.frozen import frozen
from swm.reports.answers import Answers, as_day


@frozen
class Wanted:
    """Which enterprises to list; what is None does not matter.

    `on` asks for the state on that day as known now; `person` is who answers for it then (包保).
    """

    village: str | None = None
    category: str | None = None
    state: str | None = None
    overdue: bool = False
    person: str | None = None
    on: date | None = None


class Listed(NamedTuple):
    """One enterprise of a list; `why` says what `find` found it by."""

    id: str
    name: str
    village: str
    category: str
    state: str
    round: int
    deadline: date | None
    awaiting: bool
    overdue: bool
    opening: bool
    why: str = ""


_COLUMNS = """
e.id, e.name, COALESCE(v.counted_as, e.village) AS village, COALESCE({s}.category, '') AS category,
{s}.state, {s}.round, {s}.deadline, {s}.awaiting, {s}.opening,
{s}.is_listed = 1 AND {s}.is_delisted = 0 AND {s}.awaiting IS NULL AND {s}.deadline < :day AS late
"""
_VILLAGE = "LEFT JOIN village v ON v.name = e.village AND v.since <= :day AND :day <= v.until"
_NOW = f"SELECT {_COLUMNS.format(s='e')} FROM enterprise e {_VILLAGE} WHERE 1 = 1"
_THEN = f"""
SELECT {_COLUMNS.format(s="s")} FROM enterprise e
JOIN standing s ON s.id = e.id AND s.on_day <= :day AND :day < s.until_day
{_VILLAGE} WHERE s.state <> ''
"""
_ANSWERS_FOR = """EXISTS (SELECT 1 FROM assignment a WHERE a.id = e.id AND a.person = :person
  AND a.since <= :day AND :day <= a.until)"""


def listing(facts: Answers, wanted: Wanted, today: date) -> list[Listed]:
    """The enterprises that fit, by id."""
    standing = "s" if wanted.on else "e"
    conditions = {
        "village": "(e.village = :village OR v.counted_as = :village)",
        "category": f"{standing}.category = :category",
        "state": f"{standing}.state = :state",
        "person": _ANSWERS_FOR,
    }
    asked = {name: getattr(wanted, name) for name in conditions}
    chosen = [conditions[name] for name, value in asked.items() if value is not None]
    if wanted.overdue:
        chosen.append("late = 1")
    sql = " AND ".join([_THEN if wanted.on else _NOW, *chosen]) + " ORDER BY e.serial, e.id"
    day = (wanted.on or today).isoformat()
    return list(map(_listed, facts.query(sql, {**asked, "day": day})))


def find(facts: Answers, text: str, today: date) -> list[Listed]:
    """The enterprises in which `text` occurs: id, names past and present, operator, phone,
    code, address, premises, product, pinyin initials. Each says by what."""
    sql = _NOW.replace(
        "SELECT",
        "SELECT e.former_names, e.initials, e.operator, e.phone, e.uscc, e.address, e.premises,"
        " e.product, e.industry, e.meter,",
        1,
    )
    rows = facts.query(f"{sql} ORDER BY e.serial, e.id", {"day": today.isoformat()})
    typed = unicodedata.normalize("NFKC", text).strip().casefold()
    found = []
    for row in rows if typed else ():
        why = next(_occurrences(row, typed), None)
        if why is not None:
            found.append(_listed(row, why))
    return found


_SEARCHED = {
    "经营者": "operator",
    "电话": "phone",
    "统一社会信用代码": "uscc",
    "地址": "address",
    "厂房": "premises",
    "产品与工艺": "product",
    "行业": "industry",
    "用电户号": "meter",
}


def _occurrences(row: Any, typed: str) -> Iterator[str]:
    """Where it occurs, the best place first; empty for the id and the present name."""
    if typed in row["id"].casefold() or typed in _folded(row["name"]):
        yield ""
    for former in (row["former_names"] or "").split("\n"):
        if typed in _folded(former):
            yield f"曾用名：{former}"
    for label, column in _SEARCHED.items():
        if typed in _folded(row[column] or ""):
            yield f"{label}：{row[column]}"
    if typed.isascii() and typed in row["initials"]:
        yield "拼音首字母"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _listed(row: Any, why: str = "") -> Listed:
    *profile, deadline, awaiting, opening, late = tuple(row)[-10:]
    flags = (awaiting is not None, bool(late), bool(opening))
    return Listed._make((*profile, as_day(deadline), *flags, why))
