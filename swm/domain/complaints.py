"""What is done with a 举报 or 交办: taken in, handed on, linked, extended, answered, closed.

The summary that a clerk types stays in the file. Nothing of it, nor the source, nor its number,
goes into a commit's message: messages travel further than files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    Received,
    proof_of,
    verify_command,
)
from swm.domain.corrections import effective
from swm.domain.edits import Change, Edit
from swm.domain.entries import append, entered, refuse_future
from swm.domain.filed import grown, next_filed, opened
from swm.domain.fold import UNFOUNDED
from swm.domain.kinds import COMPLAINT
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_village
from swm.domain.records import Approval, Enterprise, Lead, Record, Term, Withdrawal
from swm.domain.settings import Settings
from swm.errors import Missing, NotFound, Refused
from swm.frozen import declared

SPOKEN = "交办事项"
"""What a complaint is called where it must not show that somebody complained."""
RULE = "{}办理"
"""The rule of 期限.yaml for complaints of one source."""


@declared
class Scan:
    """A paper that was scanned: the SHA-256 of the scan, its pages, where the paper is kept."""

    sha256: str
    pages: int | None = None
    place: str | None = None


NOTHING = Scan(sha256="")


@declared
class ReceiveRequest:
    """What came in. `token` names the vault's entry, `contact` says whether it can be answered."""

    source: str
    village: str
    text: str
    on: date
    source_number: str | None = None
    due: date | None = None
    about: Sequence[Enterprise] = ()
    duplicate_of: Complaint | None = None
    handler: str | None = None
    token: str | None = None
    contact: bool | None = None
    named: bool | None = None
    scan: Scan | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


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


def receive(
    existing: Collection[str],
    request: ReceiveRequest,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Change:
    """收件 (方案五2、六5): a new file, and a 线索 in the file of every enterprise it is about."""
    refuse_future(request.on, today)
    about = {e.id: e for e in request.about}
    wrong = [*unknown_village(request.village, settings, request.on), *_twice(request)]
    received, notes = _received(request, policy, today, wrong)
    new = Complaint(id=next_filed(COMPLAINT, request.on.year, existing), records=(received,))
    try:
        edits = opened(new, policy, today)
    except Refused as refused:
        raise Refused("还不能登记", dict.fromkeys((*wrong, *refused.missing))) from None
    if wrong:
        raise Refused("还不能登记", wrong)
    return Change(
        verb="complaint add",
        subject=f"{SPOKEN} {new.id} {request.village}：收件",
        files={new.path: edits, **leads(new.id, about.values(), request.on, policy, today)},
        body=(*_body(request.on, today, request.by), *_due_line(received.deadline)),
        notes=(*notes, *_what_to_do(new, about)),
        recorded={"编号": new.id, "序号": 1, "期限": received.deadline},
    )


def leads(
    id: str, enterprises: Collection[Enterprise], on: date, policy: Policy, today: date
) -> dict[str, tuple[Edit, ...]]:
    """The 线索 that each enterprise's file gets: a later event for 重新核查 (方案五2)."""
    found: dict[str, tuple[Edit, ...]] = {}
    for enterprise in enterprises:
        lead = Lead(
            number=enterprise.next_number,
            type="线索",
            on=on,
            entered=entered(on, today),
            complaint=id,
        )
        found[enterprise.path] = append(enterprise, [lead], policy).edits
    return found


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
        body=_body(request.on, today, request.by),
        recorded={"编号": new.id, "序号": record.number, "状态": new.state},
    )


def _body(on: date, today: date, by: Sequence[str]) -> tuple[str, ...]:
    named = ("经办：" + "、".join(by),) if by else ()
    return (f"发生：{on}", f"录入：{today}", *named, "依据：方案五2、方案六5")


def _due_line(deadline: date | None) -> tuple[str, ...]:
    return (f"期限：{deadline}",) if deadline else ()


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


# --- 收件 ------------------------------------------------------------------------------------------


def _received(
    request: ReceiveRequest, policy: Policy, today: date, wrong: list[Missing]
) -> tuple[Received, tuple[str, ...]]:
    """The record, and the arithmetic of its deadline; a lacking rule joins what is `wrong`."""
    deadline, term = request.due, None
    notes: tuple[str, ...] = ()
    if deadline is None:
        try:
            rule = policy.rule(RULE.format(request.source), request.on)
        except NotFound as lacking:
            command = f"--due 日期，或在 制度/期限.yaml 补上“{RULE.format(request.source)}”"
            wrong.append(Missing(lacking.message, "制度/期限.yaml", command))
        else:
            term = Term(days=rule.days, unit=rule.unit, roll=rule.roll)
            end = policy.calendar.deadline(request.on, rule.days, rule.unit, rule.roll, "收件")
            deadline = end.day
            notes = (
                f"办结期限按“{RULE.format(request.source)}”推算：{end.arithmetic}",
                *end.warnings,
            )
    scan = request.scan or NOTHING
    return Received(
        number=1,
        type="收件",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        source=request.source,
        source_number=request.source_number,
        village=request.village,
        text=request.text,
        about=tuple(dict.fromkeys(e.id for e in request.about)),
        duplicate_of=request.duplicate_of.id if request.duplicate_of else None,
        deadline=deadline,
        term=term,
        handler=request.handler,
        token=request.token,
        contact=request.contact,
        named=request.named,
        scan=scan.sha256 or None,
        pages=scan.pages,
        place=scan.place,
        note=request.note,
    ), notes


def _twice(request: ReceiveRequest) -> Iterator[Missing]:
    first = request.duplicate_of
    if first is None:
        return
    if first.withdrawn:
        yield Missing(
            f"{first.id} 的登记已经撤销，不能作为被重复的一件", "方案六5", "核对 --duplicate-of"
        )
    elif first.received.duplicate_of:
        origin = first.received.duplicate_of
        text = f"{first.id} 本身就是 {origin} 的重复件"
        yield Missing(text, "方案六5", f"--duplicate-of {origin}")
    elif first.received.on > request.on:
        yield Missing(f"{first.id} 收到在后（{first.received.on}）", "方案六5", "核对 --on 和编号")


def _what_to_do(new: Complaint, about: Mapping[str, Enterprise]) -> Iterator[str]:
    received = new.received
    if received.deadline and received.term is None:
        yield f"办结期限 {received.deadline}，以交办单所写为准"
    if received.duplicate_of:
        yield f"重复件，与 {received.duplicate_of} 一并核查，仍要分别答复、办结"
    yield f"由至少两人核查：{verify_command(new.id)}"
    for enterprise in about.values():
        if enterprise.remediation.state == UNFOUNDED:
            yield f"{enterprise.id} 曾查否，凭这条线索重新核查：swm advance {enterprise.id} 重新核查"


# --- 办结 ------------------------------------------------------------------------------------------


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
