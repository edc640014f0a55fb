"""The proof of 期限.yaml's 回头看 and 包保: what has to be done again and again, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from swm.domain.policy import LookBackPlan, Policy
from swm.domain.policyfiles import RULES
from swm.domain.records import ROLES
from swm.errors import ERROR, REMINDER, Finding

SUPPLY = "从附送的默认制度中补上"


def prove_duties(policy: Policy) -> Iterator[Finding]:
    """The plans of 回头看 make sense and fit every 销号 state; the roles of 包保 exist."""
    yield from _look_backs(policy)
    yield from _roles(policy)


def _look_backs(policy: Policy) -> Iterator[Finding]:
    if not policy.rules.look_backs:
        yield _finding("回头看", "没有写销号以后多久回头看，不能推算应查", SUPPLY, REMINDER)
        return
    states = [state.name for state in policy.workflow.states if state.delisted]
    for plan in policy.rules.look_backs:
        for message, hint in _odd(plan, states):
            yield _finding(f"回头看[{plan.since}]", message, hint)
    for state in states:
        if not policy.rules.look_backs_of(state):
            hint = f"写上“状态: [{state}]”的一段，或一段不写状态的"
            yield _finding("回头看", f"没有适用于“{state}”的回头看", hint)


def _odd(plan: LookBackPlan, states: list[str]) -> Iterator[tuple[str, str]]:
    for state in plan.goals:
        if state not in states:
            yield f"“{state}”不是销号的状态", f"可用：{'、'.join(states)}"
    if not plan.days or any(later <= earlier for earlier, later in pairwise((0, *plan.days))):
        yield "“各次”应从小到大，至少一次，都大于零", "例如 [30, 90, 180]"
    if plan.every < 1:
        yield "“以后每隔”应大于零", "每半年一次写 182"
    if any(not 1 <= month <= 12 for month in plan.months) or _twice(plan.months):
        yield "“每月一次”应是1至12的月份，各写一次", "秋冬季写 [10, 11, 12, 1, 2, 3]"


def _roles(policy: Policy) -> Iterator[Finding]:
    for rule in policy.rules.required_roles:
        field = f"包保[{rule.since}].角色"
        for role in rule.roles:
            if role not in ROLES:
                hint = "可用：" + "、".join(ROLES)
                yield _finding(field, f"没有“{role}”这个包保角色", hint)
        if _twice(rule.roles):
            yield _finding(field, "同一个角色写了两次", "只留一个")


def _twice(values: tuple[object, ...]) -> bool:
    return len(set(values)) < len(values)


def _finding(field: str, message: str, hint: str, level: str = ERROR) -> Finding:
    return Finding("规则", level, RULES, None, field, message, hint)
