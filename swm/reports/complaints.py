"""`complaint list`: the complaints as they stand on a day."""

from __future__ import annotations

from datetime import date

from swm.frozen import frozen
from swm.reports.answers import Answers, as_day

OPEN, LATE, UNCHECKED, UNLISTED, UNANSWERED = "未办结", "超期", "未核查", "属实未列入", "未答复"
PICKS = (OPEN, LATE, UNCHECKED, UNLISTED, UNANSWERED)
"""What a list can be narrowed to."""
WAITING = """
SELECT c.id, c.closed_on, MIN(e.id) AS enterprise, MIN(e.state) AS enterprise_state
FROM complaint c
LEFT JOIN complaint_about a ON a.id = c.id
LEFT JOIN enterprise e ON e.id = a.enterprise AND e.is_listed = 0 AND e.state <> '已核减'
WHERE c.is_true = 1 AND c.duplicate_of IS NULL
  AND NOT EXISTS (SELECT 1 FROM complaint_about o JOIN enterprise x ON x.id = o.enterprise
                  WHERE o.id = c.id AND (x.is_listed = 1 OR x.state = '已核减'))
GROUP BY c.id
"""
"""True, and none of the enterprises that it is about is on the list. A repeated one goes with the
first."""
_LIST = """
SELECT c.*, (SELECT GROUP_CONCAT(enterprise, '、') FROM complaint_about a WHERE a.id = c.id) AS about
FROM complaint c
LEFT JOIN village v ON v.name = c.village AND v.since <= :today AND :today <= v.until
WHERE :village IS NULL OR c.village = :village OR v.counted_as = :village
ORDER BY c.on_day, c.id
"""
"""A complaint keeps the village that it came from; a merged or renamed one answers for it too."""


@frozen
class Case:
    """One complaint of a list. The source's number and who reported are not among it."""

    id: str
    village: str
    source: str
    on: date
    state: str
    conclusion: str
    deadline: date | None
    overdue: bool
    handler: str
    summary: str
    about: str
    duplicate_of: str
    unanswered: bool
    unlisted: bool


def cases(
    facts: Answers, today: date, village: str | None = None, pick: str | None = None
) -> list[Case]:
    """The complaints, the oldest first."""
    unlisted = {row["id"] for row in facts.query(WAITING)}
    found = []
    for row in facts.query(_LIST, {"village": village, "today": today.isoformat()}):
        deadline = as_day(row["deadline"])
        open_ = row["closed_on"] is None
        found.append(
            Case(
                id=row["id"],
                village=row["village"],
                source=row["source"],
                on=date.fromisoformat(row["on_day"]),
                state=row["state"],
                conclusion=row["conclusion"] or "",
                deadline=deadline,
                overdue=bool(open_ and deadline and deadline < today),
                handler=row["handler"] or "",
                summary=row["summary"],
                about=row["about"] or "",
                duplicate_of=row["duplicate_of"] or "",
                unanswered=bool(row["answerable"] and row["checked_on"] and not row["answered_on"]),
                unlisted=row["id"] in unlisted,
            )
        )
    return [case for case in found if pick is None or _fits(case, pick)]


def _fits(case: Case, pick: str) -> bool:
    return {
        OPEN: case.state != "已办结",
        LATE: case.overdue,
        UNCHECKED: case.state == "待核查",
        UNLISTED: case.unlisted,
        UNANSWERED: case.unanswered,
    }[pick]
