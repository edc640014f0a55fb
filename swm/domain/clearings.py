"""清退: a 散乱污 tenant is cleared out step by step: 停租告知, 清退, 报送 (方案五1).

The steps stand in the premises' file and are only added to; one entered in error is withdrawn by
a further one. What has to be done by when is a rule of 期限.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from swm.domain import fields
from swm.domain.clearingcases import TERMS, Case, cases, due, occupies
from swm.domain.edits import Append, Change, Edit, Set
from swm.domain.entries import entered, refuse_future
from swm.domain.policy import Policy
from swm.domain.profiles import unfit
from swm.domain.records import (
    CLEARED,
    NOTICE,
    REPORTED,
    TAKEN_BACK,
    Clearing,
    Enterprise,
    Premises,
    Tenant,
)
from swm.domain.settings import holds
from swm.errors import Missing, Refused
from swm.frozen import declared

CLAUSE = "方案五1"
OFFICE = "“散乱污”企业专项整治工作办公室"
VERBS = {NOTICE: "notice", CLEARED: "clear", REPORTED: "reported"}


@declared
class ClearingRequest:
    """One step. `tenant` is the enterprise's id; None: the only one that it can be."""

    on: date
    tenant: str | None = None
    told: str | None = None
    document: str | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


# --- the steps ------------------------------------------------------------------------------------


def notice(
    premises: Premises,
    enterprise: Enterprise,
    request: ClearingRequest,
    policy: Policy,
    today: date,
) -> Change:
    """停租告知: who lets the premises is told to stop letting to the enterprise."""
    refuse_future(request.on, today)
    running = [c for c in cases(premises) if c.tenant == enterprise.id and c.cleared is None]
    if running:
        raise Refused(
            f"{enterprise.id} 已于 {running[0].notice.on} 告知停租，没有变化",
            hint=f"清退以后：swm premises clear {premises.id} --tenant {enterprise.id}",
        )
    landlords = [o.name for o in premises.owners if holds(o, request.on)]
    told = request.told or (landlords[0] if landlords else None)
    missing = [
        *_not_there(premises, enterprise, request.on),
        *_not_listed(enterprise, policy),
        *_strange(premises, told, landlords),
    ]
    step = _step(premises, NOTICE, enterprise.id, replace(request, told=told), today)
    return _taken(premises, step, missing, policy, today)


def clear(
    premises: Premises,
    request: ClearingRequest,
    names: Sequence[str],
    policy: Policy,
    today: date,
) -> Change:
    """清退: the tenant is out; the day is the last of the lease. `names` are how it is called.

    Ends the lease, and leaves the premises empty for rent when nobody else uses them. A tenant
    known only by its own file is entered with the day on which it left.
    """
    refuse_future(request.on, today)
    tenant = _tenant(premises, request, CLEARED)
    case = _case(premises, tenant, CLEARED)
    step = _step(premises, CLEARED, tenant, request, today)
    missing = list(_too_early(step, case.notice))
    rows = [
        (i, t)
        for i, t in enumerate(premises.tenants)
        if t.until is None and t.name in (tenant, *names)
    ]
    missing += [
        Missing(f"承租自 {t.since} 开始，清退日期 {step.on} 更早", CLAUSE, "核对 --on")
        for _, t in rows
        if t.since and t.since > step.on
    ]
    others = [t for t in premises.tenants if t.until is None and t not in [t for _, t in rows]]
    ends: list[Edit] = [Set(("承租", i, "至"), step.on) for i, _ in rows]
    if not any(t.name in (tenant, *names) for t in premises.tenants):
        ends.append(_left(premises, Tenant(name=tenant, until=step.on)))
    if not others and premises.use in ("出租", "转租"):
        ends.insert(0, Set(("用途",), "空置待租"))
    return _taken(premises, step, missing, policy, today, ends)


def _left(premises: Premises, tenant: Tenant) -> Edit:
    if premises.tenants:
        return Append(("承租",), fields.fragment(tenant))
    following = "保证书" if premises.letters else "清退"
    return Set(("承租",), [fields.fragment(tenant)], before=following)


def report(premises: Premises, request: ClearingRequest, policy: Policy, today: date) -> Change:
    """报送: the office for the special action has been told that the tenant is out."""
    refuse_future(request.on, today)
    tenant = _tenant(premises, request, REPORTED)
    case = _case(premises, tenant, REPORTED)
    assert case.cleared is not None
    told = replace(request, told=request.told or OFFICE)
    step = _step(premises, REPORTED, tenant, told, today)
    return _taken(premises, step, list(_too_early(step, case.cleared)), policy, today)


def taken_back(was: Premises, now: Premises, reason: str | None, today: date) -> tuple[Edit, ...]:
    """撤销 of the steps that one command added; the lease that it ended runs on."""
    edits: list[Edit] = []
    known = {c.number for c in was.clearings}
    number = max((c.number for c in now.clearings), default=0)
    for step in (c for c in now.clearings if c.number not in known):
        number += 1
        back = Clearing(
            number=number, step=TAKEN_BACK, on=today, tenant=step.tenant, of=step.number,
            note=reason,
        )  # fmt: skip
        edits.append(Append(("清退",), fields.fragment(back)))
    if not edits:
        return ()
    if was.use != now.use:
        edits.insert(0, Set(("用途",), was.use))
    for i, (old, new) in enumerate(zip(was.tenants, now.tenants, strict=False)):
        if old.until != new.until:
            edits.insert(0, Set(("承租", i, "至"), old.until))
    for i in range(len(was.tenants), len(now.tenants)):
        edits.insert(0, Set(("承租", i, "至"), None))
    return tuple(edits)


# --- what a step lacks ----------------------------------------------------------------------------


def _tenant(premises: Premises, request: ClearingRequest, step: str) -> str:
    """Whom it is about. Raises `Refused` when there is nobody, or several and none is named."""
    waiting = [c.tenant for c in cases(premises) if c.next == step]
    if request.tenant or len(waiting) == 1:
        return request.tenant or waiting[0]
    if not waiting:
        raise Refused(f"{premises.id} 还不能登记{step}", _before(premises, step, "企业编号"))
    raise Refused(
        f"{premises.id} 有几家等待{step}：{'、'.join(waiting)}",
        hint=f"写明是哪一家：--tenant {waiting[0]}",
    )


def _case(premises: Premises, tenant: str, step: str) -> Case:
    for case in cases(premises):
        if case.tenant == tenant and case.next == step:
            return case
    raise Refused(f"{premises.id} 还不能登记{tenant}的{step}", _before(premises, step, tenant))


def _before(premises: Premises, step: str, tenant: str) -> Iterator[Missing]:
    earlier = {CLEARED: NOTICE, REPORTED: CLEARED}[step]
    command = f"swm premises {VERBS[earlier]} {premises.id} --tenant {tenant} --on 日期"
    yield Missing(f"{earlier}的记录（顺序：停租告知、清退、报送）", CLAUSE, command)


def _not_there(premises: Premises, enterprise: Enterprise, on: date) -> Iterator[Missing]:
    if not occupies(enterprise, premises, on):
        text = f"{enterprise.id} 在 {on} 不是 {premises.id} 的承租人"
        command = f"swm premises tenant {premises.id} --name {enterprise.id} --from 日期"
        yield Missing(text, CLAUSE, command)


def _not_listed(enterprise: Enterprise, policy: Policy) -> Iterator[Missing]:
    state = enterprise.remediation.state
    if not policy.state(state).listed:
        text = f"{enterprise.id} 现在是{state}，没有列入“散乱污”企业台账"
        yield Missing(text, CLAUSE, f"swm advance {enterprise.id} 列入")


def _strange(premises: Premises, told: str | None, landlords: list[str]) -> Iterator[Missing]:
    if told not in landlords:
        known = "、".join(landlords) or "没有记载"
        text = f"{told or '被告知的人'}不是 {premises.id} 的房东（当日房东：{known}）"
        yield Missing(text, CLAUSE, f"swm premises owner {premises.id} --name 姓名 --from 日期")


def _too_early(step: Clearing, before: Clearing) -> Iterator[Missing]:
    if step.on < before.on:
        text = f"{step.step}日期 {step.on} 早于{before.step}的 {before.on}"
        yield Missing(text, CLAUSE, f"--on 不早于 {before.on}")


# --- the edits ------------------------------------------------------------------------------------


def _step(
    premises: Premises, step: str, tenant: str, request: ClearingRequest, today: date
) -> Clearing:
    return Clearing(
        number=max((c.number for c in premises.clearings), default=0) + 1,
        step=step,
        on=request.on,
        entered=entered(request.on, today),
        tenant=tenant,
        told=request.told or None,
        document=request.document or None,
        by=request.by,
        note=request.note,
    )


def _taken(
    premises: Premises,
    step: Clearing,
    missing: list[Missing],
    policy: Policy,
    today: date,
    ends: Sequence[Edit] = (),
) -> Change:
    wrong = [*unfit(step), *missing]
    if wrong:
        raise Refused(f"{premises.id} 还不能登记{step.step}", dict.fromkeys(wrong))
    grown = replace(premises, clearings=(*premises.clearings, step))
    return Change(
        verb=f"premises {VERBS[step.step]}",
        subject=f"{step.step} {premises.id} {premises.address}（{premises.village}）：{step.tenant}",
        files={premises.path: (*ends, Append(("清退",), fields.fragment(step)))},
        body=(f"发生：{step.on}", f"录入：{today}", f"依据：{CLAUSE}"),
        notes=tuple(_next(grown, step, policy)),
        recorded={
            "编号": premises.id,
            "步骤": step.step,
            "承租人": step.tenant,
            "序号": step.number,
        },
    )


def _next(premises: Premises, step: Clearing, policy: Policy) -> Iterator[str]:
    for case in cases(premises):
        if case.tenant != step.tenant or not case.next:
            continue
        day, name = due(case, policy), TERMS[case.next]
        if day is None:
            yield f"提醒：制度/期限.yaml 没有规则“{name}”，请从附送的默认制度中补上"
        until = f"应在 {day} 前（“{name}”）" if day else "尽快办理"
        yield (
            f"{case.next}{until}：swm premises "
            f"{VERBS[case.next]} {premises.id} --tenant {case.tenant} --on 日期"
        )
    if step.step == CLEARED:
        yield (
            "再出租的，新承租人先经准入并签订新的保证书（方案五1）：swm admit --kind 出租 "
            f"--premises {premises.id} --name 名称 --village {premises.village}"
        )
    if step.step == REPORTED:
        yield f"{step.tenant}的清退已办结"
