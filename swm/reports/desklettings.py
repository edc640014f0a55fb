"""The desk's lines about lettings: 清退 steps due, 补充材料 waiting, 违反保证 (方案五1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from swm.domain.records import CLEARED, REPORTED
from swm.reports.answers import as_day
from swm.reports.definitions import with_sets

if TYPE_CHECKING:
    from swm.reports.desk import Case, Line

NOTICE_RULE = "停租告知期限"
_VERBS = {CLEARED: "clear", REPORTED: "reported"}
_RECENT = "到期预告"
"""So many days a broken letter stays on the desk."""

_STEPS = """
SELECT c.premises AS id, p.address AS name, p.village, c.tenant, e.name AS firm, c.next_step,
  c.due_on, c.noticed_on, c.cleared_on
FROM clearing c
JOIN premises p ON p.id = c.premises
LEFT JOIN enterprise e ON e.id = c.tenant
WHERE c.next_step IS NOT NULL
"""
_COLLECTIVE = """
SELECT p.id, p.address AS name, p.village, e.id AS tenant, e.name AS firm, e.round_day
FROM occupied u
JOIN enterprise e ON e.id = u.id AND e.is_listed = 1 AND e.is_delisted = 0 AND e.opening = 0
JOIN premises p ON p.id = u.premises
WHERE u.since <= :today AND :today <= u.until
  AND EXISTS (SELECT 1 FROM owner o WHERE o.premises = p.id AND o.kind = '村集体'
                AND o.since <= :today AND :today <= o.until)
  AND NOT EXISTS (SELECT 1 FROM clearing c WHERE c.premises = p.id AND c.tenant = e.id
                    AND c.noticed_on >= e.round_day)
"""
_WAITING = """
SELECT id, name, village, kind, due_on, decided_on FROM admission WHERE decision = '补充材料'
"""
_BROKEN = """
SELECT b.premises AS id, p.address AS name, p.village, MIN(b.letter) AS letter,
  COUNT(DISTINCT b.letter) AS letters, b.id AS tenant, e.name AS firm, MIN(b.what) AS what,
  MAX(b.on_day) AS on_day, MAX(b.number) AS number
FROM breach b
JOIN premises p ON p.id = b.premises
JOIN enterprise e ON e.id = b.id AND e.is_listed = 1 AND e.is_delisted = 0
JOIN occupied u ON u.premises = b.premises AND u.id = b.id
  AND u.since <= :today AND :today <= u.until
WHERE b.place = 1
  AND NOT EXISTS (SELECT 1 FROM owner o WHERE o.premises = p.id AND o.kind = '村集体'
                    AND o.since <= :today AND :today <= o.until)
  AND NOT EXISTS (SELECT 1 FROM clearing c WHERE c.premises = p.id AND c.tenant = b.id
                    AND c.noticed_on >= b.on_day)
GROUP BY b.premises, p.address, p.village, b.id, e.name
"""


def drawn(case: Case) -> Mapping[str, Iterator[Line]]:
    """The sections of this module."""
    return {"清退": _clearings(case), "准入补充材料": _waiting(case), "违反保证": _broken(case)}


def _line(section: str, row: Any, text: str, on: date | None, command: str) -> Line:
    from swm.reports.desk import Line

    return Line(section, row["id"], row["name"], row["village"], text, on, command)


def _clearings(case: Case) -> Iterator[Line]:
    for row in case.rows(with_sets(_COLLECTIVE)):
        listed = date.fromisoformat(row["round_day"])
        rule = case.policy.optional(NOTICE_RULE, listed)
        if rule is None:  # the policy does not ask for it
            continue
        due = case.policy.calendar.deadline(listed, rule.days, rule.unit, rule.roll).day
        text = f"村集体厂房里的 {row['tenant']} {row['firm']} {listed} 列入，停租告知{_when(due, case)}"
        command = f"swm premises notice {row['id']} --tenant {row['tenant']} --on {case.today}"
        yield _line("清退", row, text, due, command)
    for row in case.rows(_STEPS):
        limit, step = as_day(row["due_on"]), row["next_step"]
        done = f"{row['cleared_on']} 清退" if row["cleared_on"] else f"{row['noticed_on']} 停租告知"
        text = f"{row['tenant']} {row['firm'] or ''}已于 {done}，{step}{_when(limit, case)}"
        command = (
            f"swm premises {_VERBS[step]} {row['id']} --tenant {row['tenant']} --on {case.today}"
        )
        yield _line("清退", row, text, limit, command)


def _waiting(case: Case) -> Iterator[Line]:
    for row in case.rows(_WAITING):
        due = as_day(row["due_on"])
        text = f"{row['kind']}申请要求补充材料，{_when(due, case)}"
        command = f"swm admit supplement {row['id']} --materials 齐全"
        yield _line("准入补充材料", row, text, due, command)


def _broken(case: Case) -> Iterator[Line]:
    since = case.today - timedelta(days=case.rule(_RECENT))
    told = {"start": since.isoformat(), "end": case.today.isoformat()}
    for row in case.rows(with_sets(_BROKEN), **told):
        on = date.fromisoformat(row["on_day"])
        several = f" 等{row['letters']}份" if row["letters"] > 1 else ""
        text = (
            f"{row['letter']}{several} 签订以后，{row['tenant']} {row['firm']}于 {on} "
            f"{row['what']}（第{row['number']}条）"
        )
        command = f"swm premises notice {row['id']} --tenant {row['tenant']} --on {case.today}"
        yield _line("违反保证", row, text, on, command)


def _when(due: date | None, case: Case) -> str:
    if due is None:
        return "尽快办理"
    days = (case.today - due).days
    return f"已超期{days}天（应在 {due} 前）" if days > 0 else f"应在 {due} 前"
