"""移送 to another authority, and what comes back: its receipt, its answers (方案五3)."""

from __future__ import annotations

from datetime import date

from swm.domain.corrections import effective, in_force
from swm.domain.edits import Change
from swm.domain.entries import append, entered, refuse_future
from swm.domain.papers import Register, as_written, taken
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Reply, Transfer
from swm.domain.settings import Settings
from swm.errors import NotFound, Refused
from swm.frozen import declared

ANSWER_WITHIN = "移送反馈"
"""The rule of 期限.yaml: after how many days without an answer a transfer is on the desk."""


@declared
class TransferRequest:
    """What is handed to whom."""

    to: str
    matter: str
    on: date
    letter: str | None = None
    problem: str | None = None
    by: tuple[str, ...] = ()


@declared
class ReplyRequest:
    """What the other authority answered about transfer `number`; without words it only signed."""

    number: int
    on: date
    answer: str | None = None
    received_on: date | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


def transfer(
    enterprise: Enterprise,
    request: TransferRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    register: Register | None = None,
) -> Change:
    """A 移送. Raises `Refused` for a day to come, or a letter's number that is taken."""
    refuse_future(request.on, today)
    letter = as_written(request.letter, settings)
    if missing := list(taken(letter, settings, register, "--letter-no")):
        raise Refused("移送还不能登记", missing)
    record = Transfer(
        number=enterprise.next_number,
        type="移送",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        to=request.to,
        matter=request.matter,
        letter=letter,
        note=request.problem,
    )
    entry = append(enterprise, [record], policy)
    answer = f"swm transfer answer {enterprise.id} {record.number} --on 日期 --text 反馈内容"
    return Change(
        verb="transfer",
        subject=f"移送 {enterprise.id} {enterprise.name}：{record.to}（第{record.number}条）",
        files={enterprise.path: entry.edits},
        body=(
            f"发生：{request.on}",
            f"录入：{today}",
            *((f"函号：{letter}",) if letter else ()),
            *(("经办：" + "、".join(request.by),) if request.by else ()),
        ),
        notes=(f"对方签收、反馈以后登记：{answer}",),
        recorded={"编号": enterprise.id, "序号": record.number},
    )


def reply(enterprise: Enterprise, request: ReplyRequest, policy: Policy, today: date) -> Change:
    """The receipt or the answer, as a record of its own that names the transfer.

    Raises `Refused` for a day before the transfer, `NotFound` for a number that is none.
    """
    refuse_future(request.on, today)
    sent = _sent(enterprise, request.number)
    for what, day in (("反馈日期", request.on), ("签收日期", request.received_on)):
        if day is not None and day < sent.on:
            raise Refused(
                f"{what} {day} 早于移送的日期 {sent.on}",
                hint=f"核对日期；第{sent.number}条日期有误的用 swm correct 更正",
            )
    received = request.received_on
    if request.answer is None:
        received = received or request.on
    if received is not None and received > request.on:
        raise Refused(f"签收日期 {received} 晚于反馈日期 {request.on}", hint="核对 --received-on")
    record = Reply(
        number=enterprise.next_number,
        type="移送反馈",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        of=sent.number,
        received_on=received,
        answer=request.answer,
        note=request.note,
    )
    entry = append(enterprise, [record], policy)
    what = "反馈" if request.answer else "签收"
    return Change(
        verb="transfer answer",
        subject=f"移送{what} {enterprise.id} {enterprise.name}："
        f"{sent.to}（第{sent.number}条的移送，第{record.number}条）",
        files={enterprise.path: entry.edits},
        body=(f"发生：{request.on}", f"录入：{today}"),
        notes=() if request.answer else ("尚未反馈，收到反馈以后再登记",),
        recorded={"编号": enterprise.id, "序号": record.number},
    )


def _sent(enterprise: Enterprise, number: int) -> Transfer:
    valid = [r for r in effective(enterprise.records) if isinstance(r, Transfer)]
    for record in valid:
        if record.number == number:
            return record
    written = [r.number for r in enterprise.records if isinstance(r, Transfer)]
    if number in written and number not in [r.number for r in in_force(enterprise.records)]:
        raise Refused(f"{enterprise.id} 第{number}条移送已经撤销", hint="重新移送的另行登记")
    known = "、".join(f"第{r.number}条移送{r.to}" for r in valid) or "没有移送过"
    raise NotFound(f"{enterprise.id} 第{number}条不是移送", f"移送的记录：{known}")
