"""The proof that the rules hang together, before anybody relies on them.

Each check is a rule, a function and an entry in `CHECKS`; all of them run and every mistake is
listed, each where a clerk would mend it.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import combinations

from swm.domain.fold import LISTED, SUSPECT
from swm.domain.policy import Action, Policy
from swm.domain.policydates import prove_calendar, prove_clauses, prove_dates
from swm.domain.policyduties import prove_duties
from swm.domain.policyfiles import (
    CLAUSES,
    HOLIDAYS,
    POWERS,
    RULES,
    STANDARDS,
    WORKFLOW,
)
from swm.domain.records import ADMISSION_KINDS, OFFICIAL, OWNER_KINDS
from swm.domain.settings import LEVELS
from swm.errors import ERROR, REMINDER, Finding
from swm.frozen import frozen

NEEDED_RULES = (
    "延期次数",
    "补录界限",
    "列入后下达期限",
    "临近期限",
    "到期预告",
    "巡查间隔",
    "夜查每月次数",
    "夜间开始",
    "夜间结束",
    "保证书有效期",
)
"""Rules that the program asks for by name; the others (限期清理 …) are optional."""
SUPPLIES = ("水", "电")


def prove(policy: Policy, guard_names: Collection[str], on: date) -> list[Finding]:
    """Everything that does not hang together; an empty list is the proof.

    `guard_names` are the guards that the program has. A clause or rule that holds no longer on
    the day `on` is a 提醒, every other mistake an 错误.
    """
    subject = _Subject(policy, frozenset(guard_names))
    findings = [finding for check in CHECKS for finding in check(subject)]
    return [
        *findings,
        *prove_duties(policy),
        *prove_dates(policy),
        *prove_clauses(policy, on),
        *prove_calendar(policy),
    ]


def prove_level(policy: Policy, level: str) -> Iterator[Finding]:
    """A ledger whose enterprises the county delists has rows for it: 报区验收 and what follows."""
    if level == LEVELS[0] or any(a.level == level for a in policy.workflow.actions):
        return
    text = f"swm.yaml 的销号层级是{level}，流程里没有“层级: {level}”的动作"
    hint = "从附送的默认制度中补上报区验收、区验收退回、销号、上级直接销号各行"
    yield Finding("层级", REMINDER, WORKFLOW, None, "动作", text, hint)


@frozen
class _Subject:
    """What is proven: the rules, and the guards that the program has."""

    policy: Policy
    guards: frozenset[str]

    @property
    def states(self) -> list[str]:
        return [s.name for s in self.policy.workflow.states]

    @property
    def categories(self) -> list[str]:
        return [c.name for c in self.policy.workflow.categories]

    @property
    def matters(self) -> list[str]:
        """What an authority may be empowered to do: the acts' 事项, 执法性质, 行政检查."""
        named = [a.matter for a in self.policy.workflow.actions if a.matter]
        return [*dict.fromkeys(named), *self.policy.standards.natures, OFFICIAL]


def _bad(code: str, path: str, field: str, message: str, hint: str) -> Finding:
    return Finding(code, ERROR, path, None, field, message, hint)


def _unknown(path: str, field: str, name: str, known: Collection[str], what: str) -> Finding:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"是不是“{near[0]}”？" if near else f"可用的{what}：" + "、".join(known)
    return _bad("引用", path, field, f"没有“{name}”这个{what}", hint)


def _row(action: Action, key: str) -> str:
    return f"动作[{action.name}].{key}"


def names_are_unique(subject: _Subject) -> Iterator[Finding]:
    """A name stands for one thing only."""
    flow, standards = subject.policy.workflow, subject.policy.standards
    clauses = subject.policy.clauses.clauses
    years = subject.policy.calendar.holidays.years
    lists: tuple[tuple[str, str, Iterable[str]], ...] = (
        (WORKFLOW, "类别", subject.categories),
        (WORKFLOW, "状态", subject.states),
        (STANDARDS, "验收标准", (s.goal for s in standards.standards)),
        (STANDARDS, "取缔情形", (g.code for g in standards.grounds)),
        (STANDARDS, "禁入红线", (r.word for r in standards.red_lines)),
        (RULES, "规则", (r.name for r in subject.policy.rules.rules)),
        (CLAUSES, "依据", (c.code for c in clauses)),
        (HOLIDAYS, "年度", (str(y.year) for y in years)),
        *(
            (STANDARDS, f"验收标准[{s.goal}].各项", (i.name for i in s.items))
            for s in standards.standards
        ),
        *((WORKFLOW, _row(a, "前提"), a.guards) for a in flow.actions),
    )
    for path, field, names in lists:
        for name, times in Counter(names).items():
            if times > 1:
                yield _bad("重复", path, field, f"“{name}”写了{times}次", "只留一项，或改名")


def workflow_names_exist(subject: _Subject) -> Iterator[Finding]:
    """由, 至, 类别 and 目标 name states and categories that exist; so do the two first states."""
    states, categories = subject.states, subject.categories
    for name in (SUSPECT, LISTED):
        if name not in states:
            yield _bad("引用", WORKFLOW, "状态", f"缺少状态“{name}”", "登记以此为起点，请补上")
    for action in subject.policy.workflow.actions:
        for key, names in (("由", action.sources), ("至", action.targets)):
            for name in names:
                if name not in states:
                    yield _unknown(WORKFLOW, _row(action, key), name, states, "状态")
        if action.category and action.category not in categories:
            yield _unknown(WORKFLOW, _row(action, "类别"), action.category, categories, "类别")
    for category in subject.policy.workflow.categories:
        if category.goal not in states:
            yield _unknown(WORKFLOW, f"类别[{category.name}].目标", category.goal, states, "状态")


def goals_have_standards(subject: _Subject) -> Iterator[Finding]:
    """The goal of each category is a 销号 state, and a standard says when it is reached."""
    delisted = {s.name for s in subject.policy.workflow.states if s.delisted}
    goals = [s.goal for s in subject.policy.standards.standards]
    for category in subject.policy.workflow.categories:
        if category.goal in subject.states and category.goal not in delisted:
            field, hint = f"类别[{category.name}].目标", "写上“销号: 是”，或改目标"
            yield _bad("目标", WORKFLOW, field, f"“{category.goal}”不是销号的状态", hint)
        if category.goal not in goals:
            message = f"“{category.goal}”没有验收标准"
            yield _bad("目标", STANDARDS, "验收标准", message, "补上标准；没有各项的只写名称和依据")
    for goal in goals:
        if goal not in delisted:
            yield _unknown(STANDARDS, f"验收标准[{goal}].目标", goal, sorted(delisted), "销号状态")


def standards_name_what_exists(subject: _Subject) -> Iterator[Finding]:
    """涉及 is a supply and goes with 合用时; 逾期于 is a state; a rule or power names an act."""
    for standard in subject.policy.standards.standards:
        for item in standard.items:
            field = f"验收标准[{standard.goal}].各项[{item.name}]"
            if item.supply and item.supply not in SUPPLIES:
                yield _unknown(STANDARDS, f"{field}.涉及", item.supply, SUPPLIES, "供应")
            if bool(item.supply) != bool(item.shared_measure):
                hint = "与居民合用的水、电不得切断（行政强制法43），请写明允许的措施"
                yield _bad("引用", STANDARDS, field, "“涉及”和“合用时”应同时写", hint)
    for ground in subject.policy.standards.grounds:
        if ground.after and ground.after not in subject.states:
            field = f"取缔情形[{ground.code}].逾期于"
            yield _unknown(STANDARDS, field, ground.after, subject.states, "状态")
    for power in subject.policy.powers.powers:
        if power.matter not in subject.matters:
            field = f"职权[{power.authority}].事项"
            yield _unknown(POWERS, field, power.matter, subject.matters, "事项")


def lettings_name_what_exists(subject: _Subject) -> Iterator[Finding]:
    """保证书适用 and 转租签订 name kinds, 房东身份 and rules that exist; 准入材料 a way of entry."""
    standards = subject.policy.standards
    rules = [r.name for r in subject.policy.rules.rules]
    for use in standards.letter_uses:
        field = f"保证书适用[{use.kind}]"
        if use.kind not in standards.letter_kinds:
            yield _unknown(STANDARDS, field, use.kind, standards.letter_kinds, "保证书类型")
        if use.term not in rules:
            yield _unknown(STANDARDS, f"{field}.有效期", use.term, rules, "规则")
        for who in use.signers:
            if who not in OWNER_KINDS:
                yield _unknown(STANDARDS, f"{field}.签订人", who, OWNER_KINDS, "房东身份")
    for who in standards.sublet_signers:
        if who not in OWNER_KINDS:
            yield _unknown(STANDARDS, "转租签订", who, OWNER_KINDS, "房东身份")
    for row in standards.materials:
        field = f"准入材料[{row.kind}]"
        if row.kind not in ADMISSION_KINDS:
            yield _unknown(STANDARDS, field, row.kind, ADMISSION_KINDS, "准入方式")


def guards_are_known(subject: _Subject) -> Iterator[Finding]:
    """Every 前提 is a guard that the program has."""
    for action in subject.policy.workflow.actions:
        for name in action.guards:
            if name not in subject.guards:
                known = sorted(subject.guards)
                yield _unknown(WORKFLOW, _row(action, "前提"), name, known, "前提")


def states_are_reached(subject: _Subject) -> Iterator[Finding]:
    """Every state can be reached from where a registration starts."""
    reached = {SUSPECT, LISTED}
    steps = list(_steps(subject))
    while new := {after for before, after in steps if before in reached} - reached:
        reached |= new
    for state in subject.states:
        if state not in reached:
            hint = "补上到达它的动作，或删去这个状态"
            yield _bad("流程", WORKFLOW, f"状态[{state}]", "没有动作能够到达", hint)


def states_are_left(subject: _Subject) -> Iterator[Finding]:
    """Every state can be left, or is 终结."""
    left = {before for before, after in _steps(subject) if before != after}
    for state in subject.policy.workflow.states:
        if state.name not in left and not state.final:
            hint = "补上离开它的动作，或写上“终结: 是”"
            yield _bad("流程", WORKFLOW, f"状态[{state.name}]", "没有动作能够离开", hint)


def _steps(subject: _Subject) -> Iterator[tuple[str, str]]:
    for action in subject.policy.workflow.actions:
        for source in action.sources:
            if action.targets:
                yield source, action.target(source)


def rows_do_not_overlap(subject: _Subject) -> Iterator[Finding]:
    """Rows of one name differ by state or by category: there is one answer to what an act does."""
    for one, other in combinations(subject.policy.workflow.actions, 2):
        shared = [state for state in one.sources if state in other.sources]
        told_apart = one.category and other.category and one.category != other.category
        levels = one.level and other.level and one.level != other.level
        if one.name == other.name and shared and not (told_apart or levels):
            message = f"两行“{one.name}”都从“{'、'.join(shared)}”出发，分不出用哪一行"
            yield _bad(
                "重叠", WORKFLOW, _row(one, "由"), message, "用“类别”或“层级”区分，或合为一行"
            )


def rows_are_complete(subject: _Subject) -> Iterator[Finding]:
    """An act goes from somewhere to somewhere."""
    for action in subject.policy.workflow.actions:
        for key, names in (("由", action.sources), ("至", action.targets)):
            if not names:
                yield _bad("流程", WORKFLOW, _row(action, key), "不能为空", "至少写一个状态")


def rules_are_there(subject: _Subject) -> Iterator[Finding]:
    """The rules that the program asks for exist."""
    names = {r.name for r in subject.policy.rules.rules}
    for name in NEEDED_RULES:
        if name not in names:
            yield _bad("规则", RULES, "规则", f"缺少规则“{name}”", "从附送的默认制度中补上")


CHECKS: tuple[Callable[[_Subject], Iterator[Finding]], ...] = (
    names_are_unique,
    workflow_names_exist,
    goals_have_standards,
    standards_name_what_exists,
    lettings_name_what_exists,
    guards_are_known,
    states_are_reached,
    states_are_left,
    rows_do_not_overlap,
    rows_are_complete,
    rules_are_there,
)
