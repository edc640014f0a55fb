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
SELECT id, on_day, kind, name, village, premises, advice, decision, due_on FROM admission
WHERE (:decision IS NULL OR decision = :decision) AND (:kind IS NULL OR kind = :kind)
ORDER BY on_day, serial, id
"""


def listing(facts: Answers, decision: str | None, kind: str | None) -> list[Applied]:
    """The applications that fit, the oldest first."""
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
        for r in facts.query(_LISTING, {"decision": decision, "kind": kind})
    ]


def totals(found: Sequence[Applied]) -> str:
    """How many, and of which decisions."""
    counts = Counter(each.decision for each in found)
    parts = "，".join(f"{name} {count}" for name, count in counts.items())
    return f"共 {len(found)} 件" + (f"：{parts}" if parts else "")
