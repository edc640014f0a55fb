"""What is done with a 举报 or 交办: taken in, handed on, linked, extended, answered, closed.

The summary that a clerk types stays in the file. Nothing of it, nor the source, nor its number,
goes into a commit's message: messages travel further than files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from swm.domain.complaintrecords import (
    Complaint,
    Received,
    verify_command,
)
from swm.domain.edits import Change, Edit
from swm.domain.entries import append, entered, refuse_future
from swm.domain.filed import next_filed, opened
from swm.domain.fold import UNFOUNDED
from swm.domain.kinds import COMPLAINT
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_village
from swm.domain.records import Enterprise, Lead, Term
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
        body=(*body(request.on, today, request.by), *_due_line(received.deadline)),
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


def body(on: date, today: date, by: Sequence[str]) -> tuple[str, ...]:
    named = ("经办：" + "、".join(by),) if by else ()
    return (f"发生：{on}", f"录入：{today}", *named, "依据：方案五2、方案六5")


def _due_line(deadline: date | None) -> tuple[str, ...]:
    return (f"期限：{deadline}",) if deadline else ()


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
