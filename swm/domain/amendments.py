"""更正 and 撤销: new records that name what they mend or withdraw. Nothing is ever removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from swm.domain import fields
from swm.domain.corrections import FIXED, corrected
from swm.domain.edits import Change, Edit, Set
from swm.domain.entries import append
from swm.domain.fields import BadValue
from swm.domain.policy import Policy
from swm.domain.records import (
    Approval,
    Correction,
    Enterprise,
    Opening,
    Premises,
    Record,
    Registration,
    Withdrawal,
)
from swm.errors import NotFound, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectRequest:
    """Which record is mended, its new values by Chinese key, and why."""

    number: int
    values: Mapping[str, str]
    reason: str
    approval: Approval | None = None
    by: tuple[str, ...] = ()


def correct(enterprise: Enterprise, request: CorrectRequest, policy: Policy, today: date) -> Change:
    """A 更正 of one record. Raises `Refused` if it does not fit or upsets an earlier act."""
    target = _record(enterprise, request.number)
    if not request.values:
        free = "、".join(k for k in fields.by_key(type(target)) if k not in FIXED)
        raise Refused("没有说要改什么", hint=f"加上 --set 键=值，可以更正：{free}")
    correction = Correction(
        number=enterprise.next_number,
        type="更正",
        on=today,
        by=request.by,
        of=request.number,
        values=dict(request.values),
        reason=request.reason,
        approval=request.approval,
    )
    earlier = [r for r in enterprise.records if isinstance(r, Correction)]
    try:
        mended = corrected(target, [*earlier, correction])
    except BadValue as bad:
        raise Refused(f"第{request.number}条不能这样更正：{bad.message}", hint=bad.hint) from None
    if mended.on > today:
        raise Refused(f"更正后的日期 {mended.on} 晚于今天（{today}）")
    if mended == corrected(target, earlier):
        raise Refused(f"第{request.number}条本来就是这样，没有变化")
    entry = append(enterprise, [correction], policy)
    keys = "、".join(request.values)
    return Change(
        verb="correct",
        subject=f"更正 {enterprise.id} {enterprise.name}："
        f"第{request.number}条{keys}（第{correction.number}条）",
        files={enterprise.path: entry.edits},
        body=(f"录入：{today}", f"原因：{request.reason}"),
        notes=_pending(enterprise, correction),
        recorded={"编号": enterprise.id, "序号": correction.number},
    )


def undo(
    before: Mapping[str, Enterprise | Premises | None],
    after: Mapping[str, Enterprise | Premises],
    reason: str | None,
    approval: Approval | None,
    policy: Policy,
    today: date,
) -> Change:
    """撤销 of one command: what it appended is withdrawn, what it set is set back.

    `before` and `after` are the files that its commit touched. Raises `Refused` for what has to
    be ended another way: a registration (核减), the owners and tenants of premises.
    """
    files: dict[str, tuple[Edit, ...]] = {}
    named, notes = [], []
    for path, now in after.items():
        was = before.get(path)
        if isinstance(now, Enterprise):
            if was is None or not isinstance(was, Enterprise):
                raise Refused(
                    f"{now.id} 的登记不能撤销，编号不重复使用",
                    hint=f"登记有误的：swm advance {now.id} 核减 --reason 误登记 --by 甲,乙",
                )
            files[path], told = _undone(was, now, reason, approval, policy, today)
            notes += told
        else:
            files[path] = _letters_voided(was, now, reason, today)
        named.append(now.id)
    if not files:
        raise Refused("上一次提交没有可以撤销的记录")
    head = named[0] if len(named) == 1 else f"{named[0]} 等{len(named)}份"
    return Change(
        verb="undo",
        subject=f"撤销 {head}：上一次登记",
        files=files,
        body=(f"录入：{today}", *((f"原因：{reason}",) if reason else ())),
        notes=tuple(notes),
        recorded={"撤销": list(named)},
    )


def _undone(
    was: Enterprise,
    now: Enterprise,
    reason: str | None,
    approval: Approval | None,
    policy: Policy,
    today: date,
) -> tuple[tuple[Edit, ...], list[str]]:
    old_numbers = {r.number for r in was.records}
    added = [r for r in now.records if r.number not in old_numbers]
    _refuse_foundations(now, added)
    restored = replace(was, records=now.records, remediation=now.remediation)
    edits = _profile_edits(now, restored)
    if not added:
        return edits, []
    withdrawal = Withdrawal(
        number=now.next_number,
        type="撤销",
        on=today,
        of=tuple(r.number for r in added),
        reason=reason,
        approval=approval,
    )
    entry = append(restored, [withdrawal], policy)
    return (*edits, *entry.edits), list(_pending(now, withdrawal))


def _refuse_foundations(now: Enterprise, added: list[Record]) -> None:
    if any(isinstance(r, Registration | Opening) for r in added):
        raise Refused(
            f"{now.id} 的登记不能撤销",
            hint=f"swm advance {now.id} 核减 --reason 误登记 --by 甲,乙",
        )


def _profile_edits(now: Enterprise, old: Enterprise) -> tuple[Edit, ...]:
    """The lines that give the profile its earlier values again."""
    edits: list[Edit] = []
    rows = fields.table(Enterprise)
    for i, row in enumerate(rows):
        earlier = getattr(old, row.attribute)
        if earlier != getattr(now, row.attribute):
            following = rows[i + 1].key if i + 1 < len(rows) else None
            edits.append(Set((row.key,), fields.plain(earlier) or None, before=following))
    return tuple(edits)


def _letters_voided(
    was: Enterprise | Premises | None, now: Premises, reason: str | None, today: date
) -> tuple[Edit, ...]:
    old = len(was.letters) if isinstance(was, Premises) else 0
    if not isinstance(was, Premises) or len(now.letters) == old:
        raise Refused(
            f"{now.id} 的登记和房东、承租变动不能撤销",
            hint="用 swm premises owner / tenant 按实际情况再登记一次",
        )
    edits: list[Edit] = []
    for i in range(old, len(now.letters)):
        edits.append(Set(("保证书", i, "作废日期"), today))
        edits.append(Set(("保证书", i, "作废原因"), reason or "登记有误"))
    return tuple(edits)


def _record(enterprise: Enterprise, number: int) -> Record:
    for record in enterprise.records:
        if record.number == number:
            return record
    top = enterprise.next_number - 1
    raise NotFound(f"{enterprise.id} 没有第{number}条记录", f"现有第1条至第{top}条")


def _pending(enterprise: Enterprise, record: Correction | Withdrawal) -> tuple[str, ...]:
    if record.approval is not None:
        return ()
    return (f"待补批：{record.type}（{enterprise.id} 第{record.number}条）尚无批准",)
