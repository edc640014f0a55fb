"""What makes the record of a visit sound in itself. It never asks what an act would need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Protocol

from swm.domain.policy import Item, Policy
from swm.domain.records import OFFICIAL, Act, Approval, Enterprise, Visit
from swm.errors import Missing

NIGHT = "夜查"
NIGHT_TEAM = 2
"""Besides the leader on duty at least two (方案五2)."""
ACCEPTANCE = "验收"
VERDICT_KINDS = (ACCEPTANCE, "复查")
SHARED = "与居民合用"
INSPECTORS = 2
"""Inspectors of a lawful body come at least two together (行政处罚法 42)."""
INSPECTING = OFFICIAL
"""The 事项 of 职权.yaml that a lawful body needs for an inspection."""


class Party(Protocol):
    """Who went where, as what: a visit, or a whole patrol."""

    @property
    def on(self) -> date: ...

    @property
    def kind(self) -> str: ...

    @property
    def people(self) -> tuple[str, ...]: ...

    @property
    def leader(self) -> str | None: ...

    @property
    def team(self) -> tuple[str, ...]: ...

    @property
    def nature(self) -> str | None: ...

    @property
    def agency(self) -> str | None: ...

    @property
    def licences(self) -> Mapping[str, str]: ...

    @property
    def warrant(self) -> Approval | None: ...


def faults(visit: Visit, enterprise: Enterprise, policy: Policy) -> Iterator[Missing]:
    """Everything that is missing or contradicts itself, each with what mends it."""
    items = {i.name: i for s in policy.standards.standards for i in s.items}
    yield from party_faults(visit, policy)
    yield from _verdict(visit)
    yield from _times(visit)
    yield from item_faults(visit, items)
    yield from _photographs(visit, items)
    yield from supply_faults(visit, enterprise.id, enterprise.shared_supply, items)


def party_faults(party: Party, policy: Policy) -> Iterator[Missing]:
    """What is wrong with who went: the rules are the same for a visit and a whole patrol."""
    yield from _team(party)
    yield from _nature(party, policy)


def _nature(party: Party, policy: Policy) -> Iterator[Missing]:
    """The town goes round; only a lawful body inspects, by two with licences, and approved."""
    if party.nature != OFFICIAL:
        if party.agency or party.licences or party.warrant:
            text = "检查机关、执法证号和检查的批准只用于行政检查"
            yield Missing(text, "行政处罚法55", "加上 --nature 行政检查，或去掉这几项")
        return
    if not party.agency:
        yield Missing("检查机关", "行政处罚法55", "加上 --agency 机关全称")
    elif policy.power(party.agency, INSPECTING, party.on) is None:
        text = f"{party.agency}在 {party.on} 没有行政检查的职权"
        yield Missing(text, "制度/职权.yaml", _lawful(policy, party.on))
    licensed = {number for number in party.licences.values() if number}
    if len(licensed) < INSPECTORS:
        text = f"至少 {INSPECTORS} 名检查人员的执法证号（现有 {len(licensed)} 名）"
        yield Missing(text, "行政处罚法42", '加上 --licence "甲=证号" --licence "乙=证号"')
    for name in party.licences:
        if name not in party.team:
            yield Missing(f"{name}有执法证号而不在到场人员里", "行政处罚法42", "写进 --by")
    if party.warrant is None:
        text = "检查之前的批准"
        yield Missing(text, "涉企行政检查意见", "加上 --approver 批准人 --approval 检查通知书文号")


def _lawful(policy: Policy, on: date) -> str:
    holders = [
        p.authority
        for p in policy.powers.powers
        if p.matter == INSPECTING and p.since <= on and (p.until is None or on <= p.until)
    ]
    named = f"有职权的：{'、'.join(dict.fromkeys(holders))}；" if holders else ""
    return f"{named}镇里的到访用 --nature 属地巡查"


def _team(visit: Party) -> Iterator[Missing]:
    others = [p for p in visit.people if p != visit.leader]
    if visit.kind != NIGHT:
        if not visit.team:
            yield Missing("到场人员", "方案五2", "加上 --by 甲,乙")
        return
    if not visit.leader:
        yield Missing("当天值班的带班领导", "方案五2", "加上 --leader 某某")
    if len(set(others)) < NIGHT_TEAM:
        text = f"带班领导以外至少 {NIGHT_TEAM} 名组员（现有 {len(set(others))} 名）"
        yield Missing(text, "方案五2", "加上 --by 甲,乙")


def _verdict(visit: Visit) -> Iterator[Missing]:
    unmet = visit.undone or visit.problems
    if visit.verdict and visit.kind not in VERDICT_KINDS:
        text = f"{visit.kind}不作通过与否的结论"
        yield Missing(text, "方案三", "去掉 --pass/--fail，或改用 --kind 验收")
    elif visit.kind != ACCEPTANCE:
        return
    elif visit.verdict is None:
        yield Missing("验收的结论", "方案三", "加上 --pass 或 --fail")
    elif visit.verdict == "不通过" and not unmet:
        command = '加上 --undone 断电 或 --problem "未完成的内容"'
        yield Missing("没有通过的是哪些项", "方案三", command)
    elif visit.verdict == "通过" and unmet:
        text = f"结论为通过，又写了没有完成的：{'、'.join((*visit.undone, *visit.problems))}"
        yield Missing(text, "方案三", "改用 --fail，或去掉 --undone、--problem")


def _times(visit: Visit) -> Iterator[Missing]:
    for name, option, at in (
        ("通知派出所", "--police-at", visit.police_at),
        ("派出所到场", "--police-came", visit.police_came),
        ("报告主要领导", "--reported-at", visit.reported_at),
        ("执法人员到场", "--officers-came", visit.officers_came),
    ):
        if at is not None and at.date() < visit.on:
            text = f"{name}的时间 {at:%Y-%m-%d %H:%M} 早于到场日期"
            yield Missing(text, "方案五2", f"核对 {option}")
    if visit.police_at and visit.police_came and visit.police_came < visit.police_at:
        text = f"派出所到场的时间 {visit.police_came:%H:%M} 早于通知的时间 {visit.police_at:%H:%M}"
        yield Missing(text, "方案五2", "核对 --police-at、--police-came")
    if visit.again_on is not None and visit.again_on < visit.on:
        yield Missing(f"再次验收的日期 {visit.again_on} 早于到场日期", "方案三", "核对 --again")


def item_faults(visit: Visit | Act, items: Mapping[str, Item]) -> Iterator[Missing]:
    """Items of the standard that are unknown, told twice, or lack what they should come with."""
    named = [*visit.done, *visit.not_applicable, *visit.undone]
    known = "、".join(items)
    for name in named:
        if name not in items:
            yield Missing(f"没有“{name}”这一项", "制度/标准.yaml", f"可用：{known}")
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield Missing(f"“{name}”同时记了几种结果", "方案三", "只保留一种")
    for name in visit.measures:
        if name not in visit.done:
            yield Missing(f"“{name}”写了措施而没有记为已完成", "方案三", f"加上 --done {name}")
    for name, why in visit.not_applicable.items():
        if not why:
            yield Missing(f"“{name}”不涉及的理由", "方案三", f'写作 --na "{name}=理由"')


def _photographs(visit: Visit, items: Mapping[str, Item]) -> Iterator[Missing]:
    for name in visit.done:
        if name in items and items[name].photo and not visit.photos:
            yield Missing(f"“{name}”的完成照片", "制度/标准.yaml", "加上 --photo 照片文件")


def supply_faults(
    visit: Visit | Act, id: str, shared_supply: Collection[str], items: Mapping[str, Item]
) -> Iterator[Missing]:
    """Water and power of residents are never cut (行政强制法 43)."""
    clause = "行政强制法43"
    for name in visit.done:
        item = items.get(name)
        if item is None or item.supply not in shared_supply:
            continue
        if visit.measures.get(name) != item.shared_measure:
            text = f"{id} 的{item.supply}与居民合用，不得切断，只能{item.shared_measure}"
            yield Missing(text, clause, f'--done "{name}={item.shared_measure}"')
    for name, why in visit.not_applicable.items():
        item = items.get(name)
        shared = item is not None and item.supply in shared_supply
        if item and item.shared_measure and (shared or SHARED in why):
            text = f"与居民合用不是“不涉及{name}”，应当{item.shared_measure}"
            yield Missing(text, clause, f'--done "{name}={item.shared_measure}"')
