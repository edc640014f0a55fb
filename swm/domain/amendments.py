"""更正: a new record that names what it mends. Nothing is ever removed; for 撤销 see `undo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from swm.domain.approvals import waiting_notes
from swm.domain.corrections import effective
from swm.domain.edits import Change
from swm.domain.entries import append
from swm.domain.mending import CorrectRequest, correction_of, mended_by, target_of
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Correction,
    Enterprise,
    Record,
    Service,
    Visit,
)
from swm.domain.servicefaults import service_faults
from swm.domain.sightings import faults
from swm.domain.terms import moved
from swm.domain.vocabulary import unknown_words
from swm.domain.withdrawals import undo
from swm.errors import Missing, Refused

__all__ = ["CorrectRequest", "correct", "undo"]

DEADLINE = "期限"
OF_PATROL = frozenset(
    {"日期", "方式", "人员", "带班领导", "性质", "检查机关", "执法证号", "检查批准"}
)
"""What a visit has from its patrol: both say the same, so it is mended in the patrol."""


def correct(
    enterprise: Enterprise,
    request: CorrectRequest,
    policy: Policy,
    today: date,
    *,
    with_patrol: bool = False,
) -> Change:
    """A 更正 of one record, and of the deadlines in days that move with it.

    `with_patrol`: the patrol that the visit belongs to is corrected alike, in the same commit.
    Raises `Refused` if it does not fit, says what cannot be, or upsets an earlier act.
    """
    target = target_of(enterprise, request)
    if not with_patrol:
        _refuse_apart(target, request)
    correction = correction_of(enterprise, request, today)
    _refuse_unfit(enterprise, target, correction, policy, today)
    added = _with_deadlines(enterprise, correction, policy)
    entry = append(enterprise, added, policy)
    keys = "、".join(request.values)
    return Change(
        verb="correct",
        subject=f"更正 {enterprise.id} {enterprise.name}："
        f"第{request.number}条{keys}（第{correction.number}条）",
        files={enterprise.path: entry.edits},
        body=(f"录入：{today}", f"原因：{request.reason}"),
        notes=tuple(_correction_notes(enterprise, request, added)),
        recorded={"编号": enterprise.id, "序号": correction.number},
    )


def _refuse_apart(target: Record, request: CorrectRequest) -> None:
    """The team and the day of a patrol's visit are mended in the patrol, for all its visits."""
    shared = [key for key in request.values if key.partition(".")[0] in OF_PATROL]
    if isinstance(target, Visit) and target.patrol and shared:
        sets = " ".join(f'--set "{key}={request.values[key]}"' for key in shared)
        raise Refused(
            f"第{target.number}条属于巡查 {target.patrol}，{'、'.join(shared)}随巡查一起更正",
            hint=f"swm correct {target.patrol} 1 --why 原因 {sets}",
        )


def _refuse_unfit(
    enterprise: Enterprise, target: Record, correction: Correction, policy: Policy, today: date
) -> None:
    """Raise `Refused` unless the record would read otherwise, and as it could have been made."""
    was, mended = mended_by(enterprise, target, correction, today)
    _refuse_second_service(enterprise, was, mended)
    known_faults = set(_faults(enterprise, was, policy))
    worse = [m for m in _faults(enterprise, mended, policy) if m not in known_faults]
    if worse:
        raise Refused(f"第{target.number}条不能这样更正", worse)


def _faults(enterprise: Enterprise, record: Record, policy: Policy) -> Iterator[Missing]:
    """What a record says that cannot be, by the words and the standards of 制度/."""
    yield from unknown_words(record, policy)
    if isinstance(record, Visit):
        yield from faults(record, enterprise, policy)
    if isinstance(record, Service):
        yield from service_faults(record, policy)


def _refuse_second_service(enterprise: Enterprise, was: Record, mended: Record) -> None:
    """A paper is served once: by its own words or by a 送达 record."""
    if not (isinstance(was, Act) and isinstance(mended, Act) and mended.paper):
        return
    if mended.paper.served_on is None or (was.paper and was.paper.served_on):
        return
    for service in effective(enterprise.records):
        if isinstance(service, Service) and service.of == was.number:
            raise Refused(
                f"第{was.number}条的文书已有第{service.number}条送达（{service.on}）",
                hint=f"swm correct {enterprise.id} {service.number} --why 原因 --set 日期=日期",
            )


def _with_deadlines(
    enterprise: Enterprise, correction: Correction, policy: Policy
) -> list[Correction]:
    """The correction, and those of every deadline in days that no longer follows from its start.

    A deadline that the clerk corrects in the same breath stands as given.
    """
    records, added = enterprise.records, [correction]
    given = {correction.of} if DEADLINE in correction.values else set()
    while left := [m for m in moved(records, (*records, *added), policy) if m[0] not in given]:
        number, day = left[0]
        given.add(number)
        values = {DEADLINE: str(day or "")}
        if number == correction.of:
            added[0] = replace(added[0], values={**added[0].values, **values})
        else:
            reason = f"随第{correction.number}条更正重新推算"
            new = replace(added[0], of=number, values=values, reason=reason)
            added.append(replace(new, number=correction.number + len(added)))
    return added


def _correction_notes(
    enterprise: Enterprise, request: CorrectRequest, added: Sequence[Correction]
) -> Iterator[str]:
    for record in added:
        day = record.values.get(DEADLINE)
        if day is not None and DEADLINE not in request.values:
            yield f"第{record.of}条的期限随之改为 {day or '待送达后起算'}"
    for record in added:
        yield from waiting_notes(enterprise, record)
