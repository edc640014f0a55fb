"""Deadlines given in days: which rule they follow, when they end, and what moves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from swm.domain.corrections import effective
from swm.domain.fold import EXTENSION, fold
from swm.domain.policy import Action, DatedValue, Policy
from swm.domain.records import Act, Record, Service, Term

FROM_OLD_DEADLINE = "原期限届满"
"""Where an extension given in days starts to count."""


def deadline_of(
    start: date, term: Term, policy: Policy, event: str = "送达"
) -> tuple[date, str, tuple[str, ...]]:
    """The last day of a term that starts with `event` on `start`, the arithmetic, warnings."""
    found = policy.calendar.deadline(start, term.days, term.unit, term.roll, event)
    return found.day, found.arithmetic, found.warnings


def usual(policy: Policy, row: Action, state: str, day: date) -> DatedValue | None:
    """The rule of 期限.yaml for an act's deadline: its own, or that of the order to its state.

    So 转取缔 follows 限期清理, and 延期 follows the order that it extends.
    """
    target = row.target(state)
    if not policy.state(target).open:
        return None
    orders = [a.name for a in policy.workflow.actions if a.orders and target in a.targets]
    rules = {rule.name for rule in policy.rules.rules}
    for name in (row.name, *orders):
        if name in rules:
            return policy.rule(name, day)
    return None


def by_days(records: Sequence[Record], policy: Policy) -> dict[int, date]:
    """The deadline of each record that counted it in days, by the records as they now stand."""
    found: dict[int, date] = {}
    terms: dict[int, Term] = {}
    for step in fold(records, policy):
        match step.record:
            case Act(term=Term() as term) as act:
                terms[act.number] = term
                served = act.paper.served_on if act.paper else None
                start = step.before.deadline if act.action == EXTENSION else served
                if start:
                    found[act.number] = deadline_of(start, term, policy)[0]
            case Service() as service if service.of == step.before.awaiting_service:
                if service.of in terms and step.before.deadline is None:
                    found[service.number] = deadline_of(service.on, terms[service.of], policy)[0]
    return found


def moved(
    old: Sequence[Record], new: Sequence[Record], policy: Policy
) -> list[tuple[int, date | None]]:
    """The records of `new` whose deadline in days is no longer what it was among `old`.

    What a new holiday table alone would change is not among them: that is for a check to tell.
    """
    was, now = by_days(old, policy), by_days(new, policy)
    counted = (r for r in effective(new) if isinstance(r, Act | Service))
    return [
        (r.number, now.get(r.number))
        for r in counted
        if was.get(r.number) != now.get(r.number) and r.deadline != now.get(r.number)
    ]
