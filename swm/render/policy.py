"""The rules in force on one day, as a clerk reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from swm.domain.policy import Action, Policy, Power, Rule
from swm.domain.scoring import Scheme
from swm.render.scheme import scheme_lines
from swm.render.text import commas, visible, wrap


def policy_page(
    policy: Policy, on: date, room: int, level: str = "镇", scheme: Scheme | None = None
) -> list[str]:
    """Categories, states, acts with their guards, quantities, standards, powers, and the scoring.

    Acts of a ledger whose enterprises another `level` delists are left out.
    """
    lines: list[str] = []
    for title, rows in (
        ("类别", _categories(policy)),
        ("状态", _states(policy)),
        ("动作", (_action(a) for a in policy.workflow.actions if a.level in (None, level))),
        ("验收标准", _standards(policy)),
        ("取缔情形", (f"{g.code}  {g.text}（{g.clause}）" for g in policy.standards.grounds)),
        ("禁入红线", (f"{x.word}（{x.clause}）" for x in policy.standards.red_lines)),
        (f"期限和次数（{on}）", _rules(policy, on)),
        (f"回头看（{on}）", _look_backs(policy, on)),
        (f"必须落实的包保责任人（{on}）", _roles(policy, on)),
        (f"职权（{on}）", _powers(policy, on)),
        (f"村级考核（{on}）", _scoring(scheme)),
    ):
        told = [line for row in rows for line in wrap(f"  {visible(row)}", room, "      ")]
        lines += ["", title, *told] if told else []
    return lines[1:]


def _categories(policy: Policy) -> Iterator[str]:
    for c in policy.workflow.categories:
        yield f"{c.name}（上报名称{c.upward}），销号后为{c.goal}（{c.clause}）"


def _states(policy: Policy) -> Iterator[str]:
    for s in policy.workflow.states:
        marks = [
            name
            for name, holds in (
                ("计入底数", s.listed),
                ("已销号", s.delisted),
                ("应停产", s.must_stop),
            )
            if holds
        ]
        yield f"{s.name}  {s.meaning or ''}" + (f"（{commas(marks)}）" if marks else "")


def _action(action: Action) -> str:
    approval = "，要有批准" if action.approval else ""
    goes = "、".join(action.targets)
    return (
        f"{action.name}（{action.clause}）：{'、'.join(action.sources)} → {goes}；"
        f"前提：{commas(action.guards)}{approval}"
    )


def _standards(policy: Policy) -> Iterator[str]:
    for s in policy.standards.standards:
        items = commas(item.name for item in s.items) or "写明的问题逐条整改到位"
        yield f"{s.goal}  {s.name}：{items}（{s.clause}）"


def _rules(policy: Policy, on: date) -> Iterator[str]:
    for rule in policy.rules.rules:
        if told := _rule(rule, on):
            yield told


def _rule(rule: Rule, on: date) -> str:
    for value in rule.values:
        if value.since <= on and (value.until is None or on <= value.until):
            roll = "，届满遇休息日顺延" if value.roll else ""
            return f"{rule.name}  {value.days}{roll}（{rule.meaning}；{value.clause}）"
    return ""


def _look_backs(policy: Policy, on: date) -> Iterator[str]:
    for plan in policy.rules.look_backs:
        if plan.since <= on and (plan.until is None or on <= plan.until):
            who = "、".join(plan.goals) or "销号"
            days = "、".join(f"第{days}日" for days in plan.days)
            months = "、".join(f"{month}月" for month in plan.months)
            monthly = f"；{months}每月一次" if months else ""
            yield f"{who}以后{days}以前各一次，以后每{plan.every}日一次{monthly}（{plan.clause}）"


def _roles(policy: Policy, on: date) -> Iterator[str]:
    for rule in policy.rules.required_roles:
        if rule.since <= on and (rule.until is None or on <= rule.until):
            yield f"{commas(rule.roles)}（{rule.clause}）"


def _powers(policy: Policy, on: date) -> Iterator[str]:
    for p in policy.powers.powers:
        if _held(p, on):
            yield f"{p.authority}：{p.matter}（{p.basis}）"


def _scoring(scheme: Scheme | None) -> Iterator[str]:
    if scheme is not None:
        yield f"满分{scheme.full}分（{scheme.clause}）"
        yield from scheme_lines(scheme)


def _held(power: Power, on: date) -> bool:
    return power.since <= on and (power.until is None or on <= power.until)
