"""Guards about what follows 销号, and about leaving the list (方案五2、方案三)."""

from __future__ import annotations

from datetime import date

from swm.domain.corrections import place
from swm.domain.fold import shows_relapse
from swm.domain.guards.case import TEAM, Case, Proof, guard, lacks, require

TWIN_REASONS = ("并入", "重复登记")
"""Reasons of 核减 that name another enterprise."""


@guard("销号后发现回潮")
def relapsed(case: Case) -> Proof:
    """After 销号: production, equipment or power back; for 已整改 the old problem back. 方案五2."""
    closing = case.before.last_act.number if case.before.last_act else 0
    closed = (case.before.delisted_on or date.max, closing)
    stopped = case.policy.state(case.before.state).must_stop
    later = [v for v in case.visits() if place(v) > closed]
    visit = next((v for v in later if shows_relapse(v, stopped)), None)
    if visit:
        return Proof(relied=(visit.number,))
    if stopped:
        text = "销号以后发现恢复生产、设备回迁或恢复供电的记录"
        return lacks(text, "方案五2", case.inspect("回头看", "--result 在产"))
    text = "销号以后发现老问题反弹的记录（合法生产不算回潮）"
    return lacks(text, "方案五2", case.inspect("回头看", '--result 在产 --problem "反弹的问题"'))


@guard("核减事由")
def has_removal_reason(case: Case) -> Proof:
    """One of the named reasons; 并入 and 重复登记 name the other enterprise. 方案三."""
    reasons, act = case.policy.standards.reasons, case.act
    if act.reason not in reasons:
        text = "核减事由：" + "、".join(reasons)
        return lacks(text, case.row.clause, case.advance("--reason " + "/".join(reasons)))
    command = case.advance(f'--reason "{act.reason} 另一企业的编号"')
    holds = act.related != case.id and (act.related or act.reason not in TWIN_REASONS)
    return require(holds, "另一企业的编号", case.row.clause, command)


@guard("两人经办")
def handled_by_two(case: Case) -> Proof:
    """Two people handle a removal from the list. 方案三."""
    command = case.advance("--by 甲,乙")
    return require(len(set(case.act.by)) >= TEAM, "两名经办人", case.row.clause, command)
