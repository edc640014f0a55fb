"""`admit list`: the applications as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from swm.frozen import frozen
from swm.reports.answers import Answers, as_day


@frozen
class Applied:
    """One application of a list."""

    id: str
    on: date
    kind: str
    name: str
    village: str
    premises: str
    advice: str
    decision: str
    due: date | None


_LISTING = """
SELECT a.id, a.on_day, a.kind, a.name, COALESCE(v.counted_as, a.village) AS village, a.premises,
       a.advice, a.decision, a.due_on
FROM admission a
LEFT JOIN village v ON v.name = a.village AND v.since <= :today AND :today <= v.until
WHERE (:decision IS NULL OR a.decision = :decision) AND (:kind IS NULL OR a.kind = :kind)
ORDER BY a.on_day, a.serial, a.id
"""


def listing(facts: Answers, today: date, decision: str | None, kind: str | None) -> list[Applied]:
    """The applications that fit, the oldest first; with the village as it is counted `today`."""
    asked = {"today": today.isoformat(), "decision": decision, "kind": kind}
    return [
        Applied(
            id=r["id"],
            on=date.fromisoformat(r["on_day"]),
            kind=r["kind"],
            name=r["name"],
            village=r["village"],
            premises=r["premises"] or "",
            advice=r["advice"],
            decision=r["decision"],
            due=as_day(r["due_on"]),
        )
        for r in facts.query(_LISTING, asked)
    ]


def totals(found: Sequence[Applied]) -> str:
    """How many, and of which decisions."""
    counts = Counter(each.decision for each in found)
    parts = "，".join(f"{name} {count}" for name, count in counts.items())
    return f"共 {len(found)} 件" + (f"：{parts}" if parts else "")
