"""Guards about an order: its category, its ground, its deadline and its paper (方案三)."""

from __future__ import annotations

from swm.domain.calendar import LONGEST
from swm.domain.guards.case import Case, Proof, guard, lacks, require
from swm.domain.policy import Ground
from swm.domain.terms import usual


@guard("类别相符")
def fits_category(case: Case) -> Proof:
    """The act belongs to the enterprise's category; only 调整类别 changes that. 方案三."""
    category = case.before.category or case.act.category
    text = f"类别应为{case.row.category}（现为{category or '待定'}）"
    command = (
        f"swm advance {case.id} 调整类别 --category {case.row.category} --reason 原因"
        if category
        else case.advance(f"--category {case.row.category}")
    )
    return require(category == case.row.category, text, case.row.clause, command)


@guard("有取缔情形")
def has_ground(case: Case) -> Proof:
    """At least one 取缔情形, and after a lapse not that of another lapse. 方案三（一）."""
    grounds = case.policy.standards.grounds
    foreign = [g for g in grounds if g.code in case.act.criteria and _of_another_lapse(case, g)]
    if foreign:
        text = f"取缔情形“{foreign[0].code}”以外的情形（它适用于{foreign[0].after}逾期）"
        return lacks(text, "方案三（一）", case.advance("--criteria 2"))
    text = f"至少一条取缔情形（{'、'.join(g.code for g in grounds)}）"
    return require(case.act.criteria, text, "方案三（一）", case.advance("--criteria 2"))


def _of_another_lapse(case: Case, ground: Ground) -> bool:
    """Whether the ground arises from the lapse of another state than the one left here."""
    lapses = {g.after for g in case.policy.standards.grounds if g.after}
    left = case.before.state
    return left in lapses and ground.after is not None and ground.after != left


@guard("有具体问题")
def has_named_problem(case: Case) -> Proof:
    """At least one named problem to mend. 方案三（一）6."""
    if case.before.problems:
        return Proof(relied=tuple(sorted(set(case.before.problems.values()))))
    command = case.inspect("核查", '--result 在产 --problem "具体问题"')
    return lacks("至少一个写明的、尚未整改的问题", "方案三（一）6", command)


@guard("有期限")
def has_deadline(case: Case) -> Proof:
    """A deadline, as a day not before the act or as a sensible number of days. 方案三."""
    act, clause = case.act, case.row.clause
    rule = usual(case.policy, case.row, case.before.state, act.on)
    command = case.advance(f"--days {rule.days}" if rule else "--deadline 日期")
    if act.deadline is not None and act.deadline < act.on:
        return lacks("不早于动作日期的期限", clause, case.advance("--deadline 日期"))
    if act.term is not None and not 1 <= act.term.days <= LONGEST:
        return lacks(f"1至{LONGEST}日之间的期限", clause, command)
    return require(act.deadline or act.term, "期限（日数或日期）", clause, command)


@guard("有文书")
def has_paper(case: Case) -> Proof:
    """A paper by its name or number. 方案三."""
    name = case.row.paper or f"{case.row.name}告知书"
    command = case.advance(f"--doc-name {name} --doc-no 文号")
    return require(case.act.paper, "文书（名称或文号）", case.row.clause, command)
