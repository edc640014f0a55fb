"""Re-checking past acts: each act's guards under the records that stood before it."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.fold import Standing, Step, fold
from swm.domain.guards import ALWAYS, GUARDS, Case, Proof
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Enterprise, Service
from swm.domain.settings import LEVELS
from swm.errors import Missing
from swm.frozen import frozen

TOWN = LEVELS[0]
"""Who delists where nothing else is said. An act keeps the level by which it was made."""


@frozen
class Violation:
    """An act whose guards do not hold, and what is missing."""

    act: Act
    missing: tuple[Missing, ...]


def rows_from(policy: Policy, before: Standing, level: str = TOWN) -> list[Action]:
    """The rows that leave the present state; of 销号's, the one of the present category.

    `level` is who delists: rows made for the other level are not among them.
    """
    actions = policy.workflow.actions
    rows = [r for r in actions if before.state in r.sources and r.level in (None, level)]
    return [r for r in rows if not _elsewhere(r, rows, before)]


def _elsewhere(row: Action, rows: list[Action], before: Standing) -> bool:
    """Whether a twin row of the same name fits the category better."""
    twins = [r for r in rows if r.name == row.name]
    fitting = [r for r in twins if r.category == before.category] or twins[:1]
    return len(twins) > 1 and row not in fitting


def row_for(policy: Policy, act: Act, before: Standing) -> Action | None:
    """The workflow's row by which the act went from its state to the next, or None."""
    for row in rows_from(policy, before, act.level or TOWN):
        if row.name == act.action and act.after == row.target(before.state):
            return row
    return None


def prove(case: Case) -> Proof:
    """All guards of the act at once: everything missing, everything relied on."""
    unknown = [name for name in case.row.guards if name not in GUARDS]
    named = (GUARDS[name] for name in case.row.guards if name in GUARDS)
    guards = dict.fromkeys((*named, *ALWAYS))
    proofs = [Proof(missing=tuple(map(_no_such_guard, unknown))), *(g(case) for g in guards)]
    missing = tuple(m for proof in proofs for m in proof.missing)
    return Proof(missing, tuple(sorted({n for proof in proofs for n in proof.relied})))


def _no_such_guard(name: str) -> Missing:
    """A guard that the program does not have can't be taken for fulfilled."""
    text = f"流程.yaml 写了程序没有的前提“{name}”，无从判断"
    return Missing(text, "制度/流程.yaml", "swm check 制度")


def violations(enterprise: Enterprise, policy: Policy) -> list[Violation]:
    """Every act of the enterprise that the rules would refuse, oldest first.

    An act whose paper is on record as served before it was made is among them.
    """
    steps = fold(enterprise.records, policy)
    early = dict(_served_early(enterprise.id, steps))
    found = []
    for step in steps:
        if isinstance(step.record, Act):
            act = step.record
            missing = (*_missing(enterprise, step, act, policy), *early.get(act.number, ()))
            if missing:
                found.append(Violation(act, missing))
    return found


def _missing(enterprise: Enterprise, step: Step, act: Act, policy: Policy) -> tuple[Missing, ...]:
    row = row_for(policy, act, step.before)
    if row is None or act.before != step.before.state:
        text = f"当时的状态是{step.before.state or '未登记'}，不能由{act.before}到{act.after}"
        return (Missing(text, "制度/流程.yaml", f"swm show {enterprise.id}"),)
    case = Case(enterprise.id, act, row, step.before, policy, enterprise.shared_supply)
    return prove(case).missing


def _served_early(id: str, steps: tuple[Step, ...]) -> Iterator[tuple[int, tuple[Missing, ...]]]:
    acts = {s.record.number: s.record for s in steps if isinstance(s.record, Act)}
    for service in (s.record for s in steps if isinstance(s.record, Service)):
        act = acts.get(service.of)
        if act is not None and service.on < act.on:
            text = f"不早于文书作出日期（{act.on}）的送达（第{service.number}条为 {service.on}）"
            command = f"swm correct {id} {service.number} --why 原因 --set 日期=日期"
            yield act.number, (Missing(text, act.clause or "", command),)
