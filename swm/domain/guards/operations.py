"""What an act may tell of the items of the standard, and of how a joint enforcement went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from swm.domain.guards.case import Case, Proof
from swm.domain.guards.enforcement import COURT
from swm.domain.records import Act
from swm.domain.sightings import item_faults, supply_faults
from swm.errors import Missing

JOINT = "执法性质与结果"
"""The guard by which a row of 流程.yaml is a joint enforcement."""
APPLIED = "已申请法院"
RETURNING = "写明退回内容"
"""The guard by which a row is a return by the county: it takes items back."""


def tells_items_rightly(case: Case) -> Proof:
    """Items are told by a joint enforcement as a visit tells them, or taken back by a return.

    方案三（一）; water and power of residents are never cut (行政强制法 43).
    """
    act, policy = case.act, case.policy
    items = {item.name: item for s in policy.standards.standards for item in s.items}
    return Proof(
        missing=(
            *_out_of_place(case),
            *item_faults(act, items),
            *supply_faults(act, case.id, case.shared_supply, items),
        )
    )


def _out_of_place(case: Case) -> Iterator[Missing]:
    act, guards = case.act, case.row.guards
    done = act.done or act.measures or act.done_by or act.not_applicable
    taken_back = act.undone or act.problems
    if (done and JOINT not in guards) or (taken_back and not {JOINT, RETURNING} & set(guards)):
        command = case.inspect("复查", "--result 停产 --done 断电")
        text = f"{case.row.name}不记标准项的完成情况（另行登记复查）"
        yield Missing(text, case.row.clause, command)
    for name in act.done_by:
        if name not in act.done:
            text = f"“{name}”写了由谁实施而没有记为已完成"
            yield Missing(text, case.row.clause, f"加上 --done {name}")


def tells_operation_rightly(case: Case) -> Proof:
    """How a joint enforcement ended, when it goes on, and how many were there. 方案三（一）."""
    act, row = case.act, case.row
    missing = []
    told = act.people or act.head_count or act.again_on or act.lead or act.leader or act.until
    if told and JOINT not in row.guards:
        text = f"{row.name}不是联合执法，不记部门人员和改期"
        command = "去掉 --lead、--leader、--until、--people、--again"
        missing.append(Missing(text, row.clause, command))
    if act.outcome == APPLIED and act.nature != COURT:
        text = f"结果为{APPLIED}的，性质应为{COURT}"
        missing.append(Missing(text, "行政强制法53", case.advance(f"--nature {COURT}")))
    if act.outcome == "完成" and act.undone:
        text = f"结果为完成，又写了没有完成的：{'、'.join(act.undone)}"
        missing.append(Missing(text, row.clause, "改用 --outcome 部分完成，或去掉 --undone"))
    if act.again_on is not None and act.again_on < act.on:
        text = f"不早于执法日期的改期日期（写的是 {act.again_on}）"
        missing.append(Missing(text, row.clause, case.advance("--again 日期")))
    if act.head_count and act.head_count < counted(act.people):
        text = f"总人数（{act.head_count}）不少于各部门人数之和（{counted(act.people)}）"
        missing.append(Missing(text, row.clause, "核对 --people"))
    return Proof(missing=tuple(missing))


def counted(people: Mapping[str, str]) -> int:
    """How many people the departments sent, each named or counted: 甲、乙 is two, 4人 is four."""
    return sum(_heads(told) for told in people.values())


def _heads(told: str) -> int:
    number = told.strip().removesuffix("人").removesuffix("名")
    if number.isascii() and number.isdecimal():
        return int(number)
    parts = told.replace("，", "、").replace(",", "、").split("、")
    return len([part for part in parts if part.strip()])


def heads(act: Act) -> int:
    """How many people took part in a joint enforcement, as far as the record says so."""
    return act.head_count or counted(act.people)
