"""回头看 and 包保 counted by hand, a day at a time.

The numbers are those of the rules that ship: 30, 90 and 180 days after 销号, then every 182 days;
a look-back in each month from October to March; 镇包保领导 and 村责任人 must be there.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

CLOSED = ("已取缔", "已搬迁", "已整改")
LISTED = ("待整治", "清理中", "搬迁中", "整改中", "执法中", *CLOSED)
WINTER = (10, 11, 12, 1, 2, 3)
REQUIRED = ("镇包保领导", "村责任人")
DAY = timedelta(days=1)


def count(firms: list[Any], base: str, start: str, end: str) -> dict[str, list[str]]:
    """What stands behind each figure of the period."""
    found: dict[str, list[str]] = {
        name: []
        for name in (
            "回头看应查",
            "回头看按期",
            "回头看逾期",
            "已落实包保",
            "无包保责任人",
            "已明确网格员",
        )
    }
    for firm in firms:
        _look_backs(found, firm, base, start, end)
        _assignments(found, firm, end)
    return found


def _look_backs(found: dict[str, list[str]], firm: Any, base: str, start: str, end: str) -> None:
    for begun, left, visits in _closed_times(firm, base):
        last = min(end, (date.fromisoformat(left) - DAY).isoformat()) if left else end
        done = _walk(begun, last, visits)
        for due, day in done.items():
            if start <= due:
                found["回头看应查"].append(firm.id)
                if day and day <= due:
                    found["回头看按期"].append(firm.id)
        if left is None or left > end:
            if any(due < end and not day for due, day in done.items()):
                found["回头看逾期"].append(firm.id)


def _closed_times(firm: Any, base: str) -> list[tuple[str, str | None, list[str]]]:
    """(from when look-backs count, the day it ended, the days of its look-backs)."""
    times: list[tuple[str, str | None, list[str]]] = []
    inside = False
    for record, _, after in firm.walk:
        if inside and after["state"] not in CLOSED:
            times[-1] = (times[-1][0], record["日期"], times[-1][2])
            inside = False
        elif not inside and after["state"] in CLOSED:
            day = record["日期"]
            if record["类型"] == "期初":
                day = max(day, base, record.get("销号日期", day))
            times.append((day, None, []))
            inside = True
        elif inside and record["类型"] == "巡查" and record["方式"] == "回头看":
            if record["日期"] >= times[-1][0]:
                times[-1][2].append(record["日期"])
    return times


def _walk(begun: str, last: str, visits: list[str]) -> dict[str, str | None]:
    """Each look-back due up to the day `last`, and the day on which it was done by then."""
    first = day = date.fromisoformat(begun)
    done: dict[str, str | None] = {}
    due = _next(first, first)
    while day.isoformat() <= last:
        today = day.isoformat()
        if today in visits:
            missed = [d for d, when in done.items() if not when and d < today]
            if missed:
                done.update(dict.fromkeys(missed, today))
            elif not done.get(due.isoformat()):
                done[due.isoformat()] = today
        if day == due:
            done.setdefault(today, None)
            due = _next(first, day + DAY)
        day += DAY
    return {d: when for d, when in done.items() if d <= last}


def _next(first: date, day: date) -> date:
    while not _falls_due(first, day):
        day += DAY
    return day


def _falls_due(first: date, day: date) -> bool:
    ends_month = (day + DAY).day == 1
    counted = _counts(first, day)
    if not _monthly(first, day):
        return counted
    if _monthly(first, day.replace(day=1) - DAY):
        return ends_month
    month = [day.replace(day=n) for n in range(1, 32) if _is_day(day, n)]
    own = [d for d in month if _counts(first, d)]
    return day in own if own else ends_month


def _counts(first: date, day: date) -> bool:
    after = (day - first).days
    return after in (30, 90, 180) or (after > 180 and (after - 180) % 182 == 0)


def _monthly(first: date, day: date) -> bool:
    """Whether the month of `day` has a look-back of its own."""
    return day.month in WINTER and (day.year, day.month) > (first.year, first.month)


def _is_day(day: date, number: int) -> bool:
    try:
        day.replace(day=number)
    except ValueError:
        return False
    return True


def _assignments(found: dict[str, list[str]], firm: Any, end: str) -> None:
    if firm.on(end)["state"] not in LISTED:
        return
    roles = {
        a["角色"]
        for a in firm.document.get("包保", [])
        if a.get("自", "") <= end <= a.get("至", "9999-12-31")
    }
    found["已落实包保" if roles >= set(REQUIRED) else "无包保责任人"].append(firm.id)
    if "网格员" in roles:
        found["已明确网格员"].append(firm.id)
