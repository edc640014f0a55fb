"""The desk's lines about 回头看 and 包保 (方案五2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from swm.domain.settings import Settings
from swm.reports.desk import Case, Line
from swm.reports.dues import Asked, look_backs

FEW = 6
"""Up to so many enterprises are named in a command, more are named by their village."""
_UNCOVERED = """
SELECT e.id, COALESCE(v.counted_as, e.village) AS village, u.roles
FROM uncovered u
JOIN enterprise e ON e.id = u.id AND e.is_listed = 1
LEFT JOIN village v ON v.name = e.village AND v.since <= :today AND :today <= v.until
WHERE u.since <= :today AND :today <= u.until
ORDER BY village, e.serial, e.id
"""
HOLDING = """
SELECT a.person, COUNT(DISTINCT a.id) AS firms
FROM assignment a
JOIN enterprise e ON e.id = a.id AND e.is_listed = 1
WHERE a.since <= :today AND :today <= a.until
GROUP BY a.person
"""


def look_back_lines(case: Case, settings: Settings) -> Iterator[Line]:
    """Look-backs that are late or fall due within the days of 临近期限."""
    last = date.fromisoformat(case.ahead("临近期限"))
    for each in look_backs(Asked(case.facts, case.policy, settings, case.today, last)):
        yield Line("回头看", each.id, each.name, each.village, each.text, each.on, each.command)


def uncovered_lines(case: Case) -> Iterator[Line]:
    """Enterprises for which a required role is filled by nobody, village by village."""
    for village, group in groupby(case.rows(_UNCOVERED), lambda row: row["village"]):
        rows = list(group)
        roles = dict.fromkeys(role for row in rows for role in row["roles"].split("、"))
        first = next(iter(roles))
        ids = [row["id"] for row in rows if first in row["roles"].split("、")]
        which = ",".join(ids) if len(ids) <= FEW else f"--village {village}"
        text = f"{village}有{len(rows)}家没有落实{'、'.join(roles)}"
        command = f"swm assign {which} --role {first} --name 姓名"
        yield Line("无包保责任人", "", "", village, text, None, command)


def departed_lines(case: Case, settings: Settings) -> Iterator[Line]:
    """People who have left office and still answer for enterprises."""
    left = {p.name: p.until for p in settings.people if p.until and p.until < case.today}
    here = {p.name for p in settings.people_on(case.today)}
    for row in case.rows(HOLDING):
        until = left.get(row["person"])
        if until and row["person"] not in here:
            text = f"{row['person']}已于{until}离任，名下还有{row['firms']}家"
            command = f"swm assign --from-person {row['person']} --name 接任人"
            yield Line("包保人已离任", "", "", "", text, until, command)
