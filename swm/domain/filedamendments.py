"""更正 and 撤销 in files that are nothing but their records: the same rules as an enterprise's."""

from __future__ import annotations

from datetime import date

from swm.domain.edits import Change, Edit
from swm.domain.filed import Filed, grown
from swm.domain.mending import CorrectRequest, correction_of, mended_by, target_of
from swm.domain.policy import Policy
from swm.domain.records import Approval, Withdrawal
from swm.errors import Refused


def correct_filed(file: Filed, request: CorrectRequest, policy: Policy, today: date) -> Change:
    """A 更正 of one record. Raises `Refused` if it does not fit or says what cannot be."""
    target = target_of(file, request)
    correction = correction_of(file, request, today)
    mended_by(file, target, correction, today)
    head = f"第{target.number}条不能这样更正"
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
    if now.LASTING:
        raise Refused(f"{now.title}的登记不能撤销", hint=now.LASTING)
    withdrawal = Withdrawal(
        number=now.next_number, type="撤销", on=today, of=added, reason=reason, approval=approval
    )
    _, edits = grown(now, [withdrawal], policy, today, f"{now.id} 的上一次登记不能撤销")
    return edits
