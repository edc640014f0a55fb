"""What is owed again and again for one enterprise, as rows: 回头看, and who answers for it (包保)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from swm.domain.assignments import lacking
from swm.domain.fold import Step
from swm.domain.lookbacks import watches_from
from swm.domain.policy import Policy
from swm.domain.records import Enterprise
from swm.store.factrecords import Cells, day
from swm.store.factschema import FOREVER
from swm.store.stretches import stretches

_DAY = timedelta(days=1)


def look_back_rows(
    id: str, steps: Sequence[Step], policy: Policy, opening_date: date | None
) -> Iterator[Cells]:
    """One row for each look-back that falls due."""
    for watch in watches_from(steps, policy, opening_date):
        after = watch.step.after
        left = watch.left.isoformat() if watch.left else FOREVER
        for each in watch.look_backs:
            yield (
                id,
                each.due.isoformat(),
                each.name,
                day(each.done),
                each.number,
                each.late,
                after.state,
                after.category,
                after.round,
                after.opening,
                left,
            )


def uncovered_rows(enterprise: Enterprise, policy: Policy) -> Iterator[Cells]:
    """One row for each stretch of days on which a required role was filled by nobody."""
    days: set[date] = set()
    for held in enterprise.assignments:
        days |= {d for d in (held.since, held.until and held.until + _DAY) if d}
    for rule in policy.rules.required_roles:
        days |= {d for d in (rule.since, rule.until and rule.until + _DAY) if d}
    for first, last, roles in stretches(days, lambda on: lacking(enterprise, policy, on)):
        if roles:
            yield (enterprise.id, first, last, "、".join(roles))
