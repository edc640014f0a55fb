"""处置 of production found on the spot: what was ordered, until when, and that it was done (方案五2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from swm.domain.corrections import effective, place
from swm.domain.edits import Change
from swm.domain.entries import append, entered, refuse_future
from swm.domain.fold import Step, fold, unlawful
from swm.domain.policy import Policy
from swm.domain.records import Disposal, DisposalDone, Enterprise, Visit
from swm.errors import NotFound, Refused
from swm.frozen import declared

DISPOSED_WITHIN = "现场处置"
"""The rule of 期限.yaml: how soon unlawful production found has to be dealt with."""


@declared
class DisposeRequest:
    """What was done about the production that visit `of` found; None: the newest such visit."""

    measure: str
    on: date
    of: int | None = None
    by: tuple[str, ...] = ()
    deadline: date | None = None
    days: int | None = None
    done_on: date | None = None
    note: str | None = None


def dispose(enterprise: Enterprise, request: DisposeRequest, policy: Policy, today: date) -> Change:
    """A 处置. Raises `Refused` where no unlawful production was found, or days make no sense."""
    refuse_future(request.on, today)
    visit = _found(enterprise, request, policy)
    deadline = request.deadline
    told: tuple[str, ...] = ()
    if request.deadline is None and request.days:
        counted = policy.calendar.deadline(request.on, request.days, event="处置")
        deadline, told = counted.day, (counted.arithmetic, *counted.warnings)
    for what, day in (("期限", deadline), ("完成日期", request.done_on)):
        if day is not None and day < request.on:
            raise Refused(f"{what} {day} 早于处置的日期 {request.on}", hint="核对日期")
    record = Disposal(
        number=enterprise.next_number,
        type="处置",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        of=visit.number,
        measure=request.measure,
        deadline=deadline,
        done_on=request.done_on,
        note=request.note,
    )
    entry = append(enterprise, [record], policy)
    done = f"swm dispose done {enterprise.id} {record.number} --on 日期"
    return Change(
        verb="dispose",
        subject=f"处置 {enterprise.id} {enterprise.name}："
        f"第{visit.number}条发现的{visit.result}（第{record.number}条）",
        files={enterprise.path: entry.edits},
        body=(f"发生：{request.on}", f"录入：{today}"),
        notes=(*told, *(() if request.done_on else (f"完成以后登记：{done}",))),
        recorded={"编号": enterprise.id, "序号": record.number, "期限": deadline},
    )


def finish(
    enterprise: Enterprise,
    number: int,
    on: date,
    by: tuple[str, ...],
    note: str | None,
    policy: Policy,
    today: date,
) -> Change:
    """处置完成, once, not before the disposal. Raises `Refused`, `NotFound`."""
    refuse_future(on, today)
    ordered = [r for r in effective(enterprise.records) if isinstance(r, Disposal)]
    disposal = next((r for r in ordered if r.number == number), None)
    if disposal is None:
        known = "、".join(f"第{r.number}条" for r in ordered) or "没有处置过"
        raise NotFound(f"{enterprise.id} 第{number}条不是处置", f"处置的记录：{known}")
    done = done_on(disposal, enterprise)
    if done is not None:
        raise Refused(
            f"{enterprise.id} 第{number}条处置已于 {done} 完成",
            hint="日期有误的用 swm correct 更正",
        )
    if on < disposal.on:
        raise Refused(f"完成日期 {on} 早于处置的日期 {disposal.on}", hint="核对 --on")
    record = DisposalDone(
        number=enterprise.next_number,
        type="处置完成",
        on=on,
        entered=entered(on, today),
        by=by,
        of=number,
        note=note,
    )
    entry = append(enterprise, [record], policy)
    return Change(
        verb="dispose done",
        subject=f"处置完成 {enterprise.id} {enterprise.name}："
        f"第{number}条的处置（第{record.number}条）",
        files={enterprise.path: entry.edits},
        body=(f"发生：{on}", f"录入：{today}"),
        recorded={"编号": enterprise.id, "序号": record.number},
    )


def done_on(disposal: Disposal, enterprise: Enterprise) -> date | None:
    """The day on which a disposal was done, by its own words or by a 处置完成."""
    days = [
        r.on
        for r in effective(enterprise.records)
        if isinstance(r, DisposalDone) and r.of == disposal.number
    ]
    return min([*days, *([disposal.done_on] if disposal.done_on else [])], default=None)


def undisposed(steps: Sequence[Step], policy: Policy) -> Iterator[Visit]:
    """The visits that found unlawful production, and of which no disposal says what was done.

    A disposal speaks for the visit that it names and for those before it; one that names none,
    for everything found up to its day.
    """
    visits = {s.record.number: s.record for s in steps if isinstance(s.record, Visit)}
    disposals = [s.record for s in steps if isinstance(s.record, Disposal)]
    named = [place(visits[d.of]) for d in disposals if d.of in visits]
    spoken = max([*named, *((d.on, d.number) for d in disposals if d.of is None)], default=None)
    for step in steps:
        visit = step.record
        if isinstance(visit, Visit) and unlawful(visit, step.before, policy):
            if spoken is None or place(visit) > spoken:
                yield visit


def _found(enterprise: Enterprise, request: DisposeRequest, policy: Policy) -> Visit:
    """The visit whose finding is dealt with."""
    steps = fold(enterprise.records, policy)
    visits = [
        s.record
        for s in steps
        if isinstance(s.record, Visit) and unlawful(s.record, s.before, policy)
    ]
    found = [v for v in visits if request.of in (None, v.number) and v.on <= request.on]
    if found:
        return found[-1]
    known = "、".join(f"第{v.number}条（{v.on}）" for v in visits)
    what = f"第{request.of}条没有" if request.of else f"{request.on} 以前没有"
    inspect = f"swm inspect {enterprise.id} --kind 日常 --by 甲,乙 --result 在产"
    hint = f"发现违法生产的记录：{known}" if known else f"现场发现的先登记：{inspect}"
    raise Refused(f"{enterprise.id} {what}发现违法生产，无从处置", hint=hint)
