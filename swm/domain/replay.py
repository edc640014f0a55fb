"""Re-checking past acts: each act's guards under the records that stood before it."""

from __future__ import annotations

from dataclasses import dataclass

from swm.domain.fold import Standing, Step, fold
from swm.domain.guards import GUARDS, Case, Proof
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Enterprise
from swm.errors import Missing


@dataclass(frozen=True, slots=True)
class Violation:
    """An act whose guards do not hold, and what is missing."""

    act: Act
    missing: tuple[Missing, ...]


def row_for(policy: Policy, act: Act, before: Standing) -> Action | None:
    """The workflow's row by which the act went from its state to the next, or None."""
    for row in policy.workflow.actions:
        if row.name == act.action and before.state in row.sources:
            if act.after == row.target(before.state):
                return row
    return None


def prove(case: Case) -> Proof:
    """All guards of the act at once: everything missing, everything relied on."""
    proofs = [GUARDS[name](case) for name in case.row.guards]
    missing = tuple(m for proof in proofs for m in proof.missing)
    return Proof(missing, tuple(sorted({n for proof in proofs for n in proof.relied})))


def violations(enterprise: Enterprise, policy: Policy) -> list[Violation]:
    """Every act of the enterprise that the rules would refuse, oldest first."""
    found = []
    for step in fold(enterprise.records, policy):
        if isinstance(step.record, Act):
            missing = _missing(enterprise, step, step.record, policy)
            if missing:
                found.append(Violation(step.record, missing))
    return found


def _missing(enterprise: Enterprise, step: Step, act: Act, policy: Policy) -> tuple[Missing, ...]:
    row = row_for(policy, act, step.before)
    if row is None or act.before != step.before.state:
        text = f"当时的状态是{step.before.state or '未登记'}，不能由{act.before}到{act.after}"
        return (Missing(text),)
    return prove(Case(enterprise.id, act, row, step.before, policy)).missing
