"""送达: the paper reached the enterprise; from the next day its deadline counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from swm.domain.edits import Change
from swm.domain.entries import append, entered, refuse_future
from swm.domain.fold import effective, standing
from swm.domain.policy import Policy
from swm.domain.records import Act, Enterprise, Service, Withdrawal
from swm.domain.servicefaults import ANNOUNCED, LEFT, deemed_on, service_faults
from swm.domain.terms import deadline_of
from swm.errors import NotFound, Refused
from swm.frozen import declared

DECLINED = "拒绝签收"
"""What is written of a paper that was left, where nothing else is said."""


@declared
class ServeRequest:
    """How the paper of record `number` was served."""

    number: int
    on: date
    method: str
    by: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    refusal: str | None = None
    tracking: str | None = None
    sent_on: date | None = None
    agent: str | None = None
    why: str | None = None
    note: str | None = None
    scan: str | None = None
    pages: int | None = None
    place: str | None = None


def serve(enterprise: Enterprise, request: ServeRequest, policy: Policy, today: date) -> Change:
    """Service of a paper, once. Raises `Refused`, or `NotFound` for a number without a paper."""
    refuse_future(request.on, today)
    act = _act_with_paper(enterprise, request.number)
    _refuse_twice(enterprise, act)
    if request.on < act.on:
        raise Refused(
            f"送达日期 {request.on} 早于文书作出的日期 {act.on}",
            hint=f"核对 --on；第{act.number}条日期有误的用 swm correct 更正",
        )
    _refuse_withdrawn(enterprise, act, request.on)
    service, told = _service(enterprise, act, request, policy, today)
    if missing := list(service_faults(service, policy)):
        raise Refused(f"{request.method}送达还不能登记", missing)
    deadline, notes = _starts(enterprise, act, service.on, policy)
    service = replace(service, deadline=deadline)
    entry = append(enterprise, [service], policy)
    paper = act.paper.name if act.paper else "文书"
    return Change(
        verb="serve",
        subject=f"送达 {enterprise.id} {enterprise.name}：{paper}（第{service.number}条）",
        files={enterprise.path: entry.edits},
        body=(
            f"发生：{request.on}",
            f"录入：{today}",
            f"送达方式：{request.method}",
            *(("经办：" + "、".join(request.by),) if request.by else ()),
        ),
        notes=(*told, *notes),
        recorded={
            "编号": enterprise.id,
            "序号": service.number,
            "送达日期": service.on,
            "期限": deadline,
        },
    )


def _service(
    enterprise: Enterprise, act: Act, request: ServeRequest, policy: Policy, today: date
) -> tuple[Service, tuple[str, ...]]:
    """The record. A public notice is deemed served on its last day, which may lie ahead."""
    on = request.on
    told: tuple[str, ...] = ()
    if request.method == ANNOUNCED:
        on, arithmetic, warnings = deemed_on(request.on, policy)
        told = (f"{arithmetic}，当日视为送达", *warnings)
    refusal = request.refusal or (DECLINED if request.method == LEFT else None)
    service = Service(
        number=enterprise.next_number,
        type="送达",
        on=on,
        entered=entered(on, today),
        by=request.by,
        of=act.number,
        method=request.method,
        witness=request.witness,
        refusal=refusal,
        tracking=request.tracking,
        sent_on=request.sent_on,
        agent=request.agent,
        announced_on=request.on if request.method == ANNOUNCED else None,
        why=request.why,
        note=request.note,
        scan=request.scan,
        pages=request.pages,
        place=request.place,
    )
    return service, told


def _starts(
    enterprise: Enterprise, act: Act, on: date, policy: Policy
) -> tuple[date | None, tuple[str, ...]]:
    """The deadline that starts to count with this service, and the arithmetic."""
    at = standing(enterprise, policy, on)
    if at.awaiting_service != act.number:
        return None, ("这份文书没有待起算的期限，送达只作记录",)
    if at.deadline is None and act.term is not None:
        day, arithmetic, warnings = deadline_of(on, act.term, policy)
        return day, (arithmetic, *warnings)
    if at.deadline is not None and on > at.deadline:
        return at.deadline, (f"提醒：送达已晚于文书所写的期限 {at.deadline}",)
    return at.deadline, (f"期限 {at.deadline}，以文书所写为准",)


def _act_with_paper(enterprise: Enterprise, number: int) -> Act:
    papers = [r for r in effective(enterprise.records) if isinstance(r, Act) and r.paper]
    for act in papers:
        if act.number == number:
            return act
    written = {r.number: r for r in enterprise.records}
    gone = {n: w.number for w in enterprise.records if isinstance(w, Withdrawal) for n in w.of}
    if isinstance(written.get(number), Act) and number in gone:
        raise Refused(
            f"{enterprise.id} 第{number}条已由第{gone[number]}条撤销，它的文书不再送达",
            hint="重新作出的文书，按新的一条登记送达",
        )
    known = "、".join(f"第{a.number}条{a.action}" for a in papers) or "没有发过文书"
    raise NotFound(f"{enterprise.id} 第{number}条没有文书", f"有文书的记录：{known}")


def _refuse_withdrawn(enterprise: Enterprise, act: Act, on: date) -> None:
    """A paper that 调整类别 or 转取缔 has withdrawn is served no more."""
    for later in effective(enterprise.records):
        if isinstance(later, Act) and act.number in later.withdrawn_papers and on > later.on:
            raise Refused(
                f"{enterprise.id} 第{act.number}条的文书已由第{later.number}条“{later.action}”撤回",
                hint=f"{later.on} 以前已经送达的，--on 写实际送达的日期",
            )


def _refuse_twice(enterprise: Enterprise, act: Act) -> None:
    served = act.paper.served_on if act.paper else None
    for record in effective(enterprise.records):
        if isinstance(record, Service) and record.of == act.number:
            served = record.on
            if record.announced_on is not None:
                raise Refused(
                    f"{enterprise.id} 第{act.number}条的文书已于 {record.announced_on} 公告，"
                    f"{record.on} 视为送达",
                    hint=f"公告期间已经直接送达的，先撤销或更正第{record.number}条",
                )
    if served:
        raise Refused(
            f"{enterprise.id} 第{act.number}条的文书已于 {served} 送达",
            hint="日期有误的用 swm correct 更正",
        )
