"""期初: what an old list says of an enterprise on the day the ledger begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.cautions import cautions
from swm.domain.edits import Change, Create
from swm.domain.entries import entered, refuse_future
from swm.domain.likeness import Known
from swm.domain.policy import Policy
from swm.domain.records import Approval, Opening
from swm.domain.registrations import RegisterRequest, body, impossible, made
from swm.domain.settings import Settings
from swm.errors import Missing
from swm.frozen import declared


@declared
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


def register_opening(
    existing: Sequence[Known],
    request: OpeningRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    *,
    premises: Collection[str] = (),
    given: Collection[str] = (),
) -> Change:
    """期初: the state of an old list, exempt from guards and shown as 期初 wherever it matters.

    Free up to the 建账基准日; entered or dated later it needs an approver and a reason. The ids are
    those of `register`. Raises `Refused` with everything that is wrong.
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
        *impossible(request, policy, settings, premises),
        *_opening_impossible(request, policy),
        *_too_late(request, settings, today),
    ]
    ids = (*given, *(known.id for known in existing))
    new = made(ids, request, opening, policy, settings, missing)
    return Change(
        verb="add",
        subject=f"期初 {new.id} {new.name}（{new.village}）：{request.state}",
        files={new.path: (Create(value=fields.fragment(new)),)},
        body=(*body(request, today), *_approved(request)),
        notes=(
            f"{new.id} 按期初登记为{request.state}，不经前提审查，各处标明“期初”",
            *_odd_goal(request, policy),
            *cautions(new, existing, policy, settings),
        ),
        recorded={"编号": new.id, "序号": 1, "状态": new.remediation.state},
    )


# --- what makes it impossible -----------------------------------------------------------------


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


# --- what is told -----------------------------------------------------------------------------


def _approved(request: OpeningRequest) -> Iterator[str]:
    if request.approval:
        yield f"批准：{request.approval.person} {request.approval.on or ''}".rstrip()
    if request.reason:
        yield f"原因：{request.reason}"


def _odd_goal(request: OpeningRequest, policy: Policy) -> Iterator[str]:
    category = policy.category(request.category or "")
    if policy.state(request.state).delisted and category.goal != request.state:
        yield f"提醒：{category.name}类销号后应为{category.goal}，清单上是{request.state}，照录"
