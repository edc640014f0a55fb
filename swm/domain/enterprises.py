"""登记 and 期初 of an enterprise: the verbs that make a new file, and what they warn of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from swm.domain import fields
from swm.domain.alterations import edit
from swm.domain.assignments import assign
from swm.domain.cautions import cautions
from swm.domain.edits import Change, Create
from swm.domain.entries import entered, late, refuse_future
from swm.domain.fold import LISTED, SUSPECT, fold, last
from swm.domain.likeness import Known
from swm.domain.policy import Policy
from swm.domain.profiles import next_id, unfit, unknown_premises, unknown_village
from swm.domain.records import (
    Approval,
    Enterprise,
    Opening,
    Record,
    Registration,
    Remediation,
)
from swm.domain.settings import Settings
from swm.errors import Missing, Refused

__all__ = [
    "Known",
    "OpeningRequest",
    "RegisterRequest",
    "assign",
    "edit",
    "register",
    "register_opening",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRequest:
    """What is known of an enterprise when it enters the ledger."""

    name: str
    village: str
    on: date
    source: str = "巡查发现"
    category: str | None = None
    operator: str | None = None
    phone: str | None = None
    address: str | None = None
    uscc: str | None = None
    unlicensed: bool = False
    industry: str | None = None
    product: str | None = None
    traits: tuple[str, ...] = ()
    premises: str | None = None
    position: str | None = None
    grid: str | None = None
    found_on: date | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRequest(RegisterRequest):
    """The state that an old list gives; 来源 is 历史清单 unless the list says otherwise."""

    source: str = "历史清单"
    state: str
    deadline: date | None = None
    delisted_on: date | None = None
    approval: Approval | None = None
    reason: str | None = None
    list_hash: str | None = None
    row: int | None = None


def register(
    existing: Sequence[Known],
    request: RegisterRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    *,
    premises: Collection[str] = (),
) -> Change:
    """登记 (方案五2): a new file, its id the next after the highest of `existing`.

    `premises` are the ids of all 厂房. Raises `Refused` with everything that is wrong.
    """
    refuse_future(request.on, today)
    registration = Registration(
        number=1,
        type="登记",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        source=request.source,
        category=request.category,
        found_on=request.found_on,
        note=request.note,
    )
    missing = [*_impossible(request, policy, settings, premises), *_found_late(request)]
    made = _made(existing, request, registration, policy, settings, missing)
    return Change(
        verb="add",
        subject=f"登记 {made.id} {made.name}（{made.village}）",
        files={made.path: (Create(value=fields.fragment(made)),)},
        body=_body(request, today),
        notes=(
            *_next_steps(made, registration, policy),
            *cautions(made, existing, policy, settings),
        ),
        recorded={"编号": made.id, "序号": 1, "状态": made.remediation.state},
    )


def register_opening(
    existing: Sequence[Known],
    request: OpeningRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    *,
    premises: Collection[str] = (),
) -> Change:
    """期初: the state of an old list, exempt from guards and shown as 期初 wherever it matters.

    Free up to the 建账基准日; entered or dated later it needs an approver and a reason. Raises
    `Refused` with everything that is wrong.
    """
    refuse_future(request.on, today)
    opening = Opening(
        number=1,
        type="期初",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        category=request.category or "",
        state=request.state,
        deadline=request.deadline,
        delisted_on=request.delisted_on,
        list_hash=request.list_hash,
        row=request.row,
        approval=request.approval,
        reason=request.reason,
        note=request.note,
    )
    missing = [
        *_impossible(request, policy, settings, premises),
        *_opening_impossible(request, policy),
        *_too_late(request, settings, today),
    ]
    made = _made(existing, request, opening, policy, settings, missing)
    return Change(
        verb="add",
        subject=f"期初 {made.id} {made.name}（{made.village}）：{request.state}",
        files={made.path: (Create(value=fields.fragment(made)),)},
        body=_body(request, today),
        notes=(
            f"{made.id} 按期初登记为{request.state}，不经前提审查，各处标明“期初”",
            *_odd_goal(request, policy),
            *cautions(made, existing, policy, settings),
        ),
        recorded={"编号": made.id, "序号": 1, "状态": made.remediation.state},
    )


# --- the new file -----------------------------------------------------------------------------


def _made(
    existing: Sequence[Known],
    request: RegisterRequest,
    record: Record,
    policy: Policy,
    settings: Settings,
    missing: list[Missing],
) -> Enterprise:
    """The enterprise with its first record; raises `Refused` if anything is `missing`."""
    profile = Enterprise(
        id=next_id(settings.prefix, (k.id for k in existing)),
        name=request.name,
        licence="无照" if request.unlicensed else None,
        uscc=request.uscc or None,
        operator=request.operator or None,
        phone=request.phone or None,
        village=request.village,
        grid=request.grid or None,
        address=request.address or None,
        position=request.position or None,
        premises=request.premises or None,
        industry=request.industry or None,
        product=request.product or None,
        traits=tuple(dict.fromkeys(request.traits)),
        source=request.source,
        remediation=Remediation(state=SUSPECT),
        records=(record,),
    )
    told = dict.fromkeys((*unfit(profile), *missing))
    if told:
        raise Refused(f"“{request.name}”还不能登记", told)
    standing = last(fold(profile.records, policy))
    return replace(profile, remediation=standing.remediation())


# --- what makes it impossible -----------------------------------------------------------------


def _impossible(
    request: RegisterRequest, policy: Policy, settings: Settings, premises: Collection[str]
) -> Iterator[Missing]:
    yield from unknown_village(request.village, settings, request.on)
    yield from unknown_premises(request.premises or None, premises)
    names = [c.name for c in policy.workflow.categories]
    if request.category and request.category not in names:
        choice = "加上 --category " + "/".join(names)
        yield Missing(f"没有“{request.category}”这个类别", "方案三", choice)
    if request.uscc and request.unlicensed:
        text = "既有统一社会信用代码，又说无照"
        yield Missing(text, "方案三（一）3", "--uscc 和 --unlicensed 只用一个")


def _found_late(request: RegisterRequest) -> Iterator[Missing]:
    if request.found_on and request.found_on > request.on:
        text = f"发现日期 {request.found_on} 晚于登记日期 {request.on}"
        yield Missing(text, "", "核对 --found-on 和 --on")


def _opening_impossible(request: OpeningRequest, policy: Policy) -> Iterator[Missing]:
    if not request.category:
        names = "/".join(c.name for c in policy.workflow.categories)
        yield Missing("清单所载的整治类别", "方案三", f"加上 --category {names}")
    states = {s.name: s for s in policy.workflow.states}
    state = states.get(request.state)
    if state is None:
        text = f"没有“{request.state}”这个状态"
        yield Missing(text, "制度/流程.yaml", "加上 --state " + "/".join(states))
        return
    if request.deadline and not state.open:
        yield Missing(f"{state.name}没有期限", "方案三", "去掉 --deadline")
    if request.delisted_on and not state.delisted:
        yield Missing(f"{state.name}没有销号日期", "方案三", "去掉销号日期，或改正 --state")
    if request.delisted_on and request.delisted_on > request.on:
        text = f"销号日期 {request.delisted_on} 晚于期初日期 {request.on}"
        yield Missing(text, "", "核对两个日期")


def _too_late(request: OpeningRequest, settings: Settings, today: date) -> Iterator[Missing]:
    base = settings.opening_date
    if base is not None and max(request.on, today) <= base:
        return
    when = f"建账基准日 {base} 以后补记期初" if base else "swm.yaml 没有写建账基准日，补记期初"
    if request.approval is None:
        command = "加上 --approver 某某 --approved-on 日期 --approval 签批单"
        yield Missing(f"{when}须经批准：批准人", "", command)
    if not request.reason:
        yield Missing(f"{when}须写明原因", "", '加上 --reason "原因"')


def _odd_goal(request: OpeningRequest, policy: Policy) -> Iterator[str]:
    category = policy.category(request.category or "")
    if policy.state(request.state).delisted and category.goal != request.state:
        yield f"提醒：{category.name}类销号后应为{category.goal}，清单上是{request.state}，照录"


# --- what is told -----------------------------------------------------------------------------


def _body(request: RegisterRequest, today: date) -> tuple[str, ...]:
    lines = [f"发生：{request.on}", f"录入：{today}", f"来源：{request.source}"]
    if request.category:
        lines.append(f"类别：{request.category}")
    if request.by:
        lines.append("经办：" + "、".join(request.by))
    if isinstance(request, OpeningRequest):
        if request.approval:
            lines.append(f"批准：{request.approval.person} {request.approval.on or ''}".rstrip())
        if request.reason:
            lines.append(f"原因：{request.reason}")
    else:
        lines.append("依据：方案五2")
    return tuple(lines)


def _next_steps(made: Enterprise, record: Record, policy: Policy) -> Iterator[str]:
    if late(record, policy):
        yield f"{made.id} 第1条按补录登记（{record.on} 的事）"
    state, category = made.remediation.state, made.remediation.category
    if state == SUSPECT:
        yield (
            f"登记为{SUSPECT}，由两人核查：swm inspect {made.id} --kind 核查 --by 甲,乙 "
            '--result 在产 --problem "所发现的问题"'
        )
        yield f"核查属实的：swm advance {made.id} 列入；不属实的：swm advance {made.id} 查否"
        return
    for row in policy.workflow.actions:
        if LISTED in row.sources and row.category == category and row.paper:
            yield f"登记为{state}，下达期限：swm advance {made.id} {row.name}"
