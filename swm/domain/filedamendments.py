"""更正 and 撤销 in files that are nothing but their records: the same rules as an enterprise's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from swm.domain import fields
from swm.domain.corrections import corrected, fixed, in_force, mends
from swm.domain.edits import Change, Edit
from swm.domain.entries import refuse_unhappened
from swm.domain.fields import BadValue
from swm.domain.filed import Filed, grown
from swm.domain.policy import Policy
from swm.domain.records import Approval, Correction, Record, Withdrawal
from swm.errors import NotFound, Refused

if TYPE_CHECKING:
    from swm.domain.amendments import CorrectRequest


def correct_filed(file: Filed, request: CorrectRequest, policy: Policy, today: date) -> Change:
    """A 更正 of one record. Raises `Refused` if it does not fit or says what cannot be."""
    target = _record(file, request.number)
    if not request.values:
        free = "、".join(k for k in fields.by_key(type(target)) if k not in fixed(type(target)))
        raise Refused("没有说要改什么", hint=f"加上 --set 键=值，可以更正：{free}")
    if target not in in_force(file.records):
        raise Refused(f"第{target.number}条已经撤销，不能再更正", hint="实际情况另行登记")
    correction = Correction(
        number=file.next_number,
        type="更正",
        on=today,
        by=request.by,
        of=request.number,
        values=dict(request.values),
        reason=request.reason,
        approval=request.approval,
    )
    head = f"第{target.number}条不能这样更正"
    was = corrected(target, mends(file.records))
    try:
        mended = corrected(was, [correction])
    except BadValue as bad:
        raise Refused(f"{head}：{bad.message}", hint=bad.hint) from None
    if mended == was:
        raise Refused(f"第{target.number}条本来就是这样，没有变化")
    refuse_unhappened(mended, today)
    if mended.on > target.entered_on:
        raise Refused(
            f"{head}：日期 {mended.on} 晚于录入的日期 {target.entered_on}",
            hint="录入以后才发生的事另行登记",
        )
    _, edits = grown(file, [correction], policy, today, head)
    keys = "、".join(request.values)
    return Change(
        verb="correct",
        subject=f"更正 {file.id}：第{request.number}条{keys}（第{correction.number}条）",
        files={file.path: edits},
        body=(f"录入：{today}", f"原因：{request.reason}"),
        recorded={"编号": file.id, "序号": correction.number},
    )


def undone_filed(
    was: Filed | None,
    now: Filed,
    reason: str | None,
    approval: Approval | None,
    policy: Policy,
    today: date,
) -> tuple[Edit, ...]:
    """撤销 of what one command added to the file; all of it when the command made the file."""
    old = {r.number for r in was.records} if was else set[int]()
    added = tuple(r.number for r in now.records if r.number not in old)
    if not added:
        return ()
    withdrawal = Withdrawal(
        number=now.next_number, type="撤销", on=today, of=added, reason=reason, approval=approval
    )
    _, edits = grown(now, [withdrawal], policy, today, f"{now.id} 的上一次登记不能撤销")
    return edits


def _record(file: Filed, number: int) -> Record:
    for record in file.records:
        if record.number == number:
            return record
    top = file.next_number - 1
    raise NotFound(f"{file.id} 没有第{number}条记录", f"现有第1条至第{top}条")
