"""What the steps of 清退 add up to: whose tenant is where, and what is due by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from swm.domain.policy import Policy
from swm.domain.records import (
    CLEARED,
    NOTICE,
    REPORTED,
    TAKEN_BACK,
    Clearing,
    Enterprise,
    Premises,
)
from swm.domain.settings import holds
from swm.frozen import frozen

TERMS = {NOTICE: "停租告知期限", CLEARED: "清退期限", REPORTED: "清退报送期限"}
"""The rule by which each step is due."""


@frozen
class Case:
    """One tenant's clearing: its steps as far as they have been taken."""

    tenant: str
    notice: Clearing
    cleared: Clearing | None = None
    reported: Clearing | None = None

    @property
    def next(self) -> str | None:
        """The step that is still to be taken."""
        if self.cleared is None:
            return CLEARED
        return REPORTED if self.reported is None else None

    @property
    def last_on(self) -> date:
        """The day of the last step taken."""
        return (self.reported or self.cleared or self.notice).on


def in_force(clearings: Iterable[Clearing]) -> list[Clearing]:
    """The steps without the withdrawn; a withdrawal that is itself withdrawn has no effect."""
    gone: set[int] = set()
    kept = list(clearings)
    for each in sorted(kept, key=lambda c: c.number, reverse=True):
        if each.step == TAKEN_BACK and each.number not in gone and each.of is not None:
            gone.add(each.of)
    return [c for c in kept if c.number not in gone and c.step != TAKEN_BACK]


def cases(premises: Premises) -> list[Case]:
    """Every clearing of the premises, the earliest first; steps without a 告知 are none."""
    found: list[Case] = []
    for step in sorted(in_force(premises.clearings), key=lambda c: (c.on, c.number)):
        at = next(
            (i for i, c in enumerate(found) if c.tenant == step.tenant and c.next == step.step),
            None,
        )
        if step.step == NOTICE:
            found.append(Case(step.tenant or "", step))
        elif at is not None and step.step == CLEARED:
            found[at] = replace(found[at], cleared=step)
        elif at is not None:
            found[at] = replace(found[at], reported=step)
    return found


def due(case: Case, policy: Policy) -> date | None:
    """By when the next step is to be taken; None when all is done, or no rule says."""
    rule = policy.optional(TERMS[case.next], case.last_on) if case.next else None
    if rule is None:
        return None
    return policy.calendar.deadline(case.last_on, rule.days, rule.unit, rule.roll).day


def unfinished(premises: Premises, on: date) -> list[Case]:
    """Cases begun by that day whose tenant is not out, or which have not been reported, by then."""
    return [c for c in cases(replace(premises, clearings=_until(premises, on))) if c.next]


def last_cleared(premises: Premises, on: date) -> Case | None:
    """The case by which a tenant was last cleared out by that day."""
    done = [c for c in cases(premises) if c.cleared and c.cleared.on <= on]
    return max(done, key=lambda c: (c.cleared.on, c.cleared.number), default=None)  # type: ignore[union-attr]


def _until(premises: Premises, on: date) -> tuple[Clearing, ...]:
    return tuple(c for c in in_force(premises.clearings) if c.on <= on)


def occupies(enterprise: Enterprise, premises: Premises, on: date) -> bool:
    """Whether the enterprise uses the premises on that day: by its lease, or by its own file."""
    named = [t for t in premises.tenants if t.name in (enterprise.id, enterprise.name)]
    if named:
        return any(holds(t, on) for t in named)
    return enterprise.premises == premises.id
