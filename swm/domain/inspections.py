"""巡查: one visit, one record for each enterprise. It says what people found, and judges nothing.

A visit is never refused because a later act would be; only `workflow.advance` judges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from swm.domain.edits import Attachment, Change, Edit
from swm.domain.entries import append, entered, late, refuse_future
from swm.domain.fold import Standing, shows_relapse, standing, unlawful
from swm.domain.lookbacks import KIND as LOOK_BACK
from swm.domain.lookbacks import Watch, watch_now
from swm.domain.policy import Policy
from swm.domain.records import OFFICIAL, Approval, Enterprise, Visit
from swm.domain.sightings import NIGHT, faults
from swm.errors import Refused
from swm.frozen import declared, frozen

__all__ = ["NIGHT", "InspectRequest", "Reported", "inspect", "report", "told_otherwise"]


@declared
class InspectRequest:
    """What a team reports of one visit. `done` maps an item to the measure used, or None."""

    on: date
    kind: str
    result: str
    people: tuple[str, ...]
    leader: str | None = None
    time: str | None = None
    nature: str | None = None
    agency: str | None = None
    licences: Mapping[str, str] = field(default_factory=dict)
    warrant: Approval | None = None
    outside: bool = False
    found: str | None = None
    problems: tuple[str, ...] = ()
    solved: tuple[str, ...] = ()
    done: Mapping[str, str | None] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[str, ...] = ()
    verdict: str | None = None
    again_on: date | None = None
    police_at: datetime | None = None
    police_came: datetime | None = None
    reported_at: datetime | None = None
    officers_came: datetime | None = None
    kept_order: str | None = None
    patrol: str | None = None
    photos: tuple[Attachment, ...] = ()
    note: str | None = None
    by: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """What the visit is called in words that leave the house (巡查 against 检查)."""
        return OFFICIAL if self.nature == OFFICIAL else self.kind


@frozen
class Reported:
    """One visit to one enterprise: the record, the enterprise with it, the edits, what to tell."""

    visit: Visit
    enterprise: Enterprise
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]


def inspect(
    enterprises: Sequence[Enterprise],
    request: InspectRequest,
    policy: Policy,
    today: date,
    rostered: str | None = None,
    *,
    opening_date: date | None = None,
) -> Change:
    """One visit to each of `enterprises`, one commit. Raises `Refused` with all that is wrong.

    `rostered` is who the duty roster says leads that night; somebody else is only pointed out.
    `opening_date` is the 建账基准日, from which look-backs at old cases count.
    """
    firms = {e.id: e for e in enterprises}
    reported = report([(e, request) for e in firms.values()], policy, today)
    notes = [*told_otherwise(request.leader, rostered, request.on)]
    numbers: list[dict[str, str | int]] = []
    for id, told in reported.items():
        notes += told.notes
        numbers.append({"编号": id, "序号": told.visit.number})
    if request.kind == LOOK_BACK:
        seen = [told.enterprise for told in reported.values()]
        notes += _next_look_backs(seen, policy, opening_date)
    return Change(
        verb="inspect",
        subject=_subject(list(firms.values()), request),
        files={firms[id].path: told.edits for id, told in reported.items()},
        body=_body(request, today),
        attachments=request.photos,
        notes=tuple(notes),
        recorded=dict(numbers[0]) if len(numbers) == 1 else {"记录": [dict(n) for n in numbers]},
    )


def report(
    calls: Sequence[tuple[Enterprise, InspectRequest]], policy: Policy, today: date
) -> dict[str, Reported]:
    """What each enterprise's file gains, by id. Raises `Refused` with all that is wrong."""
    for _, request in calls:
        refuse_future(request.on, today)
    visits = [(e, _visit(e, request, policy, today)) for e, request in calls]
    missing = [m for e, visit in visits for m in faults(visit, e, policy)]
    if missing:
        raise Refused(f"这次{calls[0][1].named}还不能登记", dict.fromkeys(missing))
    found = {}
    for enterprise, visit in visits:
        entry = append(enterprise, [visit], policy)
        notes = tuple(_notes(enterprise, visit, policy))
        found[enterprise.id] = Reported(visit, entry.enterprise, entry.edits, notes)
    return found


def told_otherwise(leader: str | None, rostered: str | None, on: date) -> list[str]:
    """A 提醒 where somebody else led than the duty roster says (方案五2)."""
    if leader is None or rostered is None or leader == rostered:
        return []
    return [f"提醒：值班表上 {on} 的带班领导是{rostered}，这次由{leader}带队"]


def _visit(enterprise: Enterprise, request: InspectRequest, policy: Policy, today: date) -> Visit:
    then = standing(enterprise, policy, request.on)
    return Visit(
        number=enterprise.next_number,
        type="巡查",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=request.kind,
        time=request.time,
        people=tuple(p for p in dict.fromkeys(request.people) if p != request.leader),
        leader=request.leader,
        nature=OFFICIAL if request.nature == OFFICIAL else None,
        agency=request.agency,
        licences=dict(request.licences),
        warrant=request.warrant,
        result=request.result,
        outside=True if request.outside else None,
        found=request.found,
        problems=request.problems,
        solved=tuple(_open_problem(enterprise, text, then) for text in request.solved),
        done=tuple(request.done),
        measures={name: how for name, how in request.done.items() if how},
        not_applicable=dict(request.not_applicable),
        undone=request.undone,
        verdict=request.verdict,
        again_on=request.again_on,
        police_at=request.police_at,
        police_came=request.police_came,
        reported_at=request.reported_at,
        officers_came=request.officers_came,
        kept_order=request.kept_order,
        patrol=request.patrol,
        photos=tuple(photo.sha256 for photo in request.photos),
        note=request.note,
    )


def _open_problem(enterprise: Enterprise, text: str, then: Standing) -> str:
    """The problem open on the day that `text` names, whole or by a part that fits only one."""
    if text in then.problems:
        return text
    fitting = [problem for problem in then.problems if text in problem]
    if len(fitting) == 1:
        return fitting[0]
    known = "；".join(then.problems) or "没有尚未整改的问题"
    raise Refused(
        f"{enterprise.id} 没有与“{text}”对应的未整改问题",
        hint=f"尚未整改：{known}",
    )


def _subject(enterprises: Sequence[Enterprise], request: InspectRequest) -> str:
    first = enterprises[0]
    if len(enterprises) > 1:
        return f"{request.named} {first.id} 等{len(enterprises)}家：{request.result}"
    verdict = f"，{request.verdict}" if request.verdict else ""
    return (
        f"{request.named} {first.id} {first.name}："
        f"{request.result}{verdict}（第{first.next_number}条）"
    )


def _body(request: InspectRequest, today: date) -> tuple[str, ...]:
    when = f"{request.on} {request.time}" if request.time else f"{request.on}"
    lines = [f"发生：{when}", f"录入：{today}"]
    if request.agency:
        lines.append(f"检查机关：{request.agency}")
    if request.leader:
        lines.append(f"带班领导：{request.leader}")
    lines.append("人员：" + "、".join(request.people))
    return tuple(lines)


def _notes(enterprise: Enterprise, visit: Visit, policy: Policy) -> list[str]:
    notes = []
    if late(visit, policy):
        notes.append(f"{enterprise.id} 第{visit.number}条按补录登记（{visit.on} 的事）")
    before = standing(enterprise, policy, visit.on)
    if unlawful(visit, before, policy):
        notes += _unlawful_notes(enterprise, visit, before)
    if visit.verdict == "不通过":
        notes.append(f"{enterprise.id} 未通过：{'、'.join((*visit.undone, *visit.problems))}")
    return notes


def _next_look_backs(
    seen: Sequence[Enterprise], policy: Policy, opening_date: date | None
) -> Iterator[str]:
    """When each of those looked back at is to be seen again (方案五2), the same day told once."""
    firms: dict[str, list[str]] = defaultdict(list)
    for enterprise in seen:
        watch = watch_now(enterprise, policy, opening_date)
        visit = enterprise.records[-1]
        if watch is None or not isinstance(visit, Visit) or _relapsed(visit, watch, policy):
            continue
        if watch.next:
            firms[f"应在 {watch.next.due} 以前（{watch.next.name}）"].append(enterprise.id)
    for when, ids in firms.items():
        who = ids[0] if len(ids) == 1 else f"{ids[0]} 等{len(ids)}家"
        yield f"{who} 下一次回头看{when}"


def _relapsed(visit: Visit, watch: Watch, policy: Policy) -> bool:
    return shows_relapse(visit, policy.state(watch.step.after.state).must_stop)


def _unlawful_notes(enterprise: Enterprise, visit: Visit, before: Standing) -> list[str]:
    """What the plan asks for at once: the police post, the principal leaders (方案五2)."""
    notes = [f"违法生产：{enterprise.id} {before.state}期间发现{visit.result}"]
    waiting = []
    if visit.police_at is None:
        waiting.append(("通知派出所", '--set "通知派出所=日期 时刻"'))
    if visit.reported_at is None:
        waiting.append(("报告主要领导", '--set "报告主要领导=日期 时刻"'))
    for what, option in waiting:
        notes.append(
            f"尚未记{what}的时间：swm correct {enterprise.id} {visit.number} --why 补记 {option}"
        )
    if before.delisted_on:
        notes.append(f"销号后恢复生产的，重新纳入：swm advance {enterprise.id} 回潮")
    return notes
