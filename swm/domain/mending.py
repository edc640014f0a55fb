"""更正 of one record, as far as it is the same in every file whose records only grow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from swm.domain import fields
from swm.domain.corrections import corrected, fixed, in_force, mends
from swm.domain.entries import refuse_unhappened
from swm.domain.fields import BadValue
from swm.domain.kinds import ENTERPRISE, kind_of
from swm.domain.records import Approval, Correction, Record, Service
from swm.errors import NotFound, Refused
from swm.frozen import declared


@declared
class CorrectRequest:
    """Which record is mended, its new values by Chinese key, and why."""

    number: int
    values: Mapping[str, str]
    reason: str
    approval: Approval | None = None
    by: tuple[str, ...] = ()


class Growing(Protocol):
    """An enterprise, or a file that is nothing but its records."""

    @property
    def id(self) -> str: ...

    @property
    def records(self) -> tuple[Record, ...]: ...

    @property
    def next_number(self) -> int: ...


def target_of(file: Growing, request: CorrectRequest) -> Record:
    """The record that is to be mended. Raises `NotFound`, and `Refused` for a withdrawn one or
    when no values are given."""
    target = next((r for r in file.records if r.number == request.number), None)
    if target is None:
        top = file.next_number - 1
        raise NotFound(f"{file.id} 没有第{request.number}条记录", f"现有第1条至第{top}条")
    if not request.values:
        pinned = fixed(type(target))
        free = "、".join(k for k in fields.by_key(type(target)) if k not in pinned)
        raise Refused("没有说要改什么", hint=f"加上 --set 键=值，可以更正：{free}")
    if target not in in_force(file.records):
        raise Refused(
            f"第{target.number}条已经撤销，不能再更正", hint="实际情况另行登记，或更正仍有效的记录"
        )
    return target


def correction_of(file: Growing, request: CorrectRequest, today: date) -> Correction:
    """The new record that names what it mends."""
    return Correction(
        number=file.next_number,
        type="更正",
        on=today,
        by=request.by,
        of=request.number,
        values=dict(request.values),
        reason=request.reason,
        approval=request.approval,
    )


def mended_by(
    file: Growing, target: Record, correction: Correction, today: date
) -> tuple[Record, Record]:
    """The record as it reads now, and as it will. Raises `Refused` where the values do not fit,
    nothing would change, or a day would come after the entry of it."""
    head = f"第{target.number}条不能这样更正"
    was = corrected(target, mends(file.records))
    try:
        mended = corrected(was, [correction])
    except BadValue as bad:
        raise Refused(f"{head}：{bad.message}", hint=bad.hint) from None
    if mended == was:
        seen = "show" if kind_of(file.id) is ENTERPRISE else "log"
        hint = f"现状见 swm {seen} {file.id}"
        raise Refused(f"第{target.number}条本来就是这样，没有变化", hint=hint)
    refuse_unhappened(mended, today)
    deemed = isinstance(mended, Service) and mended.announced_on is not None
    if mended.on > target.entered_on and not deemed:
        raise Refused(
            f"{head}：日期 {mended.on} 晚于录入的日期 {target.entered_on}",
            hint="录入以后才发生的事另行登记",
        )
    return was, mended
