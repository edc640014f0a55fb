"""What is done with a 举报 or 交办 after it came in: handed on, linked, extended, answered, closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any

from swm.domain.complaintrecords import (
    Answered,
    Closed,
    Complaint,
    Handed,
    Linked,
    Prolonged,
    proof_of,
)
from swm.domain.complaints import SPOKEN, body, leads
from swm.domain.corrections import effective
from swm.domain.edits import Change
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown
from swm.domain.fold import UNFOUNDED
from swm.domain.policy import Policy
from swm.domain.records import Approval, Enterprise, Record, Withdrawal
from swm.errors import Missing, Refused
from swm.frozen import declared


@declared
class StepRequest:
    """What any later step says: when, who entered it, a remark, which enterprise records prove it.

    `enterprises` are those that it names, by id.
    """

    on: date
    by: tuple[str, ...] = ()
    note: str | None = None
    proof: tuple[str, ...] = ()
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)


def hand(
    complaint: Complaint, handler: str, request: StepRequest, policy: Policy, today: date
) -> Change:
    """转办: who has it from now on."""
    record = Handed(**_common(complaint, request, today), type="转办", handler=handler)
    return _step("hand", complaint, record, request, policy, today, "转办")


def link(
    complaint: Complaint,
    about: Sequence[Enterprise],
    request: StepRequest,
    policy: Policy,
    today: date,
) -> Change:
    """关联: it turned out to be about these enterprises too. Each gets its 线索."""
    new = {e.id: e for e in about if e.id not in complaint.about}
    if not new:
        raise Refused(f"{complaint.id} 已经关联这些企业", hint=f"swm complaint show {complaint.id}")
    _refuse_strange_proof(complaint, request)
    record = linked(complaint, tuple(new), request, today)
    change = _step("link", complaint, record, request, policy, today, f"关联{len(new)}家企业")
    files = {**change.files, **leads(complaint.id, new.values(), request.on, policy, today)}
    return replace(change, files=files)


def linked(
    complaint: Complaint, about: tuple[str, ...], request: StepRequest, today: date
) -> Linked:
    """The record of 关联."""
    return Linked(
        **_common(complaint, request, today), type="关联", about=about, proof=request.proof
    )


def registered_from(
    complaint: Complaint, change: Change, on: date, policy: Policy, today: date
) -> Change:
    """登记 of an enterprise that a complaint led to, and the complaint's 关联, in one commit."""
    id = str(change.recorded["编号"])
    request = StepRequest(on=max(on, _alive(complaint).received.on))
    record = linked(complaint, (id,), request, today)
    step = _step("link", complaint, record, request, policy, today, f"登记为 {id}")
    notes = [*change.notes]
    if complaint.true and complaint.verified:
        seen = complaint.verified
        team = "、".join(seen.people)
        notes.append(
            f"{complaint.id} 已于 {seen.on} 核查{seen.conclusion}，把核查记进它的档案："
            f"swm inspect {id} --kind 核查 --on {seen.on} --by {team} --result 在产 --problem 问题"
        )
    return replace(change, files={**change.files, **step.files}, notes=tuple(notes))


def extend(
    complaint: Complaint,
    until: date | None,
    days: int | None,
    reason: str,
    approval: Approval | None,
    request: StepRequest,
    policy: Policy,
    today: date,
) -> Change:
    """延期, approved not later than the deadline: to a day, or by so many days."""
    current = _alive(complaint).deadline
    missing = []
    if approval is None:
        text = "批准人（期限届满以前批准）"
        missing.append(
            Missing(text, "方案六5", f"swm complaint extend {complaint.id} --approver 姓名")
        )
    if until is None and days is None:
        missing.append(Missing("延到哪一天", "方案六5", "--until 日期 或 --days 日数"))
    if current is None:
        missing.append(Missing("现有的期限", "方案六5", f"swm complaint show {complaint.id}"))
    if missing or approval is None or current is None:
        raise Refused(f"{complaint.id} 还不能延期", missing)
    notes: tuple[str, ...] = ()
    if until is None:
        end = policy.calendar.deadline(current, days or 0, roll=True, event="原期限届满")
        until, notes = end.day, (end.arithmetic, *end.warnings)
    record = Prolonged(
        **_common(complaint, request, today),
        type="延期",
        deadline=until,
        reason=reason,
        approval=approval,
    )
    what = f"延期至{until}"
    change = _step("extend", complaint, record, request, policy, today, what, "还不能延期")
    return replace(
        change, notes=(*notes, *change.notes), body=(*change.body, f"批准：{approval.person}")
    )


def answer(
    complaint: Complaint,
    way: str,
    text: str | None,
    satisfied: bool | None,
    request: StepRequest,
    policy: Policy,
    today: date,
) -> Change:
    """答复: never who was answered."""
    record = Answered(
        **_common(complaint, request, today),
        type="答复",
        way=way,
        text=text,
        satisfied=satisfied,
        note=request.note,
    )
    return _step("answer", complaint, record, request, policy, today, "答复", "还不能答复")


def close(
    complaint: Complaint,
    result: str,
    measure: str | None,
    request: StepRequest,
    policy: Policy,
    today: date,
) -> Change:
    """办结: never without a 核查, and what is true never without a measure."""
    _refuse_strange_proof(complaint, request)
    record = Closed(
        **_common(complaint, request, today),
        type="办结",
        result=result,
        measure=measure,
        proof=request.proof,
        note=request.note,
    )
    change = _step("close", complaint, record, request, policy, today, "办结", "还不能办结")
    return replace(change, notes=(*change.notes, *_closing_notes(complaint, request)))


# --- what the steps share -------------------------------------------------------------------------


def _alive(complaint: Complaint) -> Complaint:
    if complaint.withdrawn:
        raise Refused(
            f"{complaint.id} 的登记已经撤销", hint="实际收到的另行登记：swm complaint add"
        )
    return complaint


def _common(complaint: Complaint, request: StepRequest, today: date) -> dict[str, Any]:
    refuse_future(request.on, today)
    _alive(complaint)
    return {
        "number": complaint.next_number,
        "on": request.on,
        "entered": entered(request.on, today),
        "by": request.by,
    }


def _step(
    verb: str,
    complaint: Complaint,
    record: Record,
    request: StepRequest,
    policy: Policy,
    today: date,
    what: str,
    head: str = "这一步还不能登记",
) -> Change:
    new, edits = grown(complaint, [record], policy, today, f"{complaint.id} {head}")
    return Change(
        verb=f"complaint {verb}",
        subject=f"{SPOKEN} {new.id} {new.received.village}：{what}（第{record.number}条）",
        files={new.path: edits},
        body=body(request.on, today, request.by),
        recorded={"编号": new.id, "序号": record.number, "状态": new.state},
    )


def _refuse_strange_proof(complaint: Complaint, request: StepRequest) -> None:
    wrong = list(strange_proof(request))
    if wrong:
        raise Refused(f"{complaint.id} 所凭的记录不成立", wrong)


def strange_proof(request: StepRequest) -> Iterator[Missing]:
    """Records that the request relies on and that are not there, or count no more."""
    for text in request.proof:
        id, number = proof_of(text)
        records = effective(request.enterprises[id].records)
        if not any(r.number == number for r in records if not isinstance(r, Withdrawal)):
            yield Missing(f"{id} 没有有效的第{number}条记录", "方案五2", f"swm show {id}")


def _closing_notes(complaint: Complaint, request: StepRequest) -> Iterator[str]:
    deadline = complaint.deadline
    if deadline and request.on > deadline:
        yield f"超过期限 {deadline} {(request.on - deadline).days} 日办结"
    if complaint.received.contact and not complaint.answers:
        yield f"举报人留有联系方式，还没有答复：swm complaint answer {complaint.id} --way 电话"
    if complaint.true:
        yield from unlisted(complaint, request.enterprises)


def unlisted(complaint: Complaint, enterprises: Mapping[str, Enterprise]) -> Iterator[str]:
    """True, and not on the list yet: what lists it (方案五2). A repeated one goes with the first."""
    if complaint.received.duplicate_of and not complaint.about:
        return
    if not complaint.about:
        yield (f"属实而尚未列入台账：swm add --from-complaint {complaint.id} --name 企业名称")
    for id in complaint.about:
        state = enterprises[id].remediation.state if id in enterprises else ""
        if state == "待核查":
            yield f"{id} 属实而尚未列入：swm advance {id} 列入 --category 类别"
        elif state == UNFOUNDED:
            yield f"{id} 曾查否，现已属实：swm advance {id} 重新核查"
        elif state in ("已取缔", "已搬迁", "已整改"):
            yield f"{id} {state}，属实的重新纳入：swm advance {id} 回潮"
