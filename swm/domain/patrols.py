"""巡查: one patrol over several places becomes one commit over several files.

Each enterprise gets a record by the same rules as a single visit (`inspections.report`); the
patrol's file says who went and names those records. Both sides are mended together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from swm.domain.amendments import OF_PATROL, CorrectRequest, correct
from swm.domain.edits import Change, Edit, Plain
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import next_filed, opened
from swm.domain.filedamendments import correct_filed
from swm.domain.inspections import InspectRequest, Reported, report, told_otherwise
from swm.domain.kinds import PATROL
from swm.domain.patrolrecords import Called, Drawn, Outing, Patrol, Spot
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_village
from swm.domain.records import OFFICIAL, PRODUCING, Approval, Enterprise, Premises
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import declared, frozen

ACCEPTANCE = "验收"


@frozen
class Seen:
    """What was seen at one enterprise."""

    enterprise: Enterprise
    result: str
    found: str | None = None
    time: str | None = None
    outside: bool = False


@frozen
class SpotSeen:
    """What was seen at premises of the ledger, or at a free point by its name."""

    place: Premises | str
    result: str
    found: str | None = None
    time: str | None = None
    village: str | None = None


@declared
class PatrolRequest:
    """Who went when. The times of 违法生产 go to the enterprises where production was seen."""

    start: datetime
    end: datetime
    kind: str
    people: tuple[str, ...]
    leader: str | None = None
    nature: str | None = None
    agency: str | None = None
    licences: Mapping[str, str] = field(default_factory=dict)
    warrant: Approval | None = None
    route: tuple[str, ...] = ()
    police_at: datetime | None = None
    police_came: datetime | None = None
    reported_at: datetime | None = None
    officers_came: datetime | None = None
    kept_order: str | None = None
    drawn: Drawn | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


def add(
    existing: Collection[str],
    request: PatrolRequest,
    seen: Sequence[Seen],
    spots: Sequence[SpotSeen],
    policy: Policy,
    settings: Settings,
    today: date,
    rostered: str | None = None,
) -> Change:
    """A new patrol, its id the next of its year. Raises `Refused` with everything wrong.

    `rostered` is who the duty roster says leads; somebody else is only pointed out.
    """
    on = request.start.date()
    refuse_future(on, today)
    _refuse_places(request, seen, spots, settings)
    id = next_filed(PATROL, on.year, existing)
    new = _patrol(id, request, seen, spots, today)
    edits = opened(new, policy, today)
    calls = [(s.enterprise, _visit(request, s, id)) for s in seen]
    reported = report(calls, policy, today) if calls else {}
    visits: list[dict[str, Plain]] = [
        {"编号": each, "序号": told.visit.number} for each, told in reported.items()
    ]
    return Change(
        verb="patrol add",
        subject=f"巡查 {id} {new.title}",
        files={new.path: edits, **_files(seen, reported)},
        body=_body(request, today),
        notes=tuple(_notes(request, seen, spots, reported, rostered)),
        recorded={"编号": id, "序号": 1, "记录": [*visits]},
    )


def _refuse_places(
    request: PatrolRequest, seen: Sequence[Seen], spots: Sequence[SpotSeen], settings: Settings
) -> None:
    """Raise `Refused` for what a patrol cannot be, a place named twice, a strange village."""
    wrong: list[Missing] = []
    if request.kind == ACCEPTANCE:
        command = "swm inspect 企业 --kind 验收 --pass --by 甲,乙 --result 已清空"
        wrong.append(Missing("验收要逐家写明结论，不成组登记", "方案三", command))
    named = [s.enterprise.id for s in seen] + [_place(s) for s in spots]
    for place in dict.fromkeys(p for p in named if named.count(p) > 1):
        wrong.append(Missing(f"{place} 写了两次", "方案五2", "一次巡查每处只写一条"))
    for village in dict.fromkeys((*request.route, *(s.village for s in spots if s.village))):
        wrong += unknown_village(village, settings, request.start.date())
    if wrong:
        raise Refused("这次巡查还不能登记", wrong)


def _place(spot: SpotSeen) -> str:
    return spot.place.id if isinstance(spot.place, Premises) else spot.place


def _patrol(
    id: str,
    request: PatrolRequest,
    seen: Sequence[Seen],
    spots: Sequence[SpotSeen],
    today: date,
) -> Patrol:
    on = request.start.date()
    told = entered(on, today)
    found = [_spot(n, s, request, on, told) for n, s in enumerate(spots, start=2)]
    passed = (s.enterprise.village for s in seen), (s.village for s in found if s.village)
    outing = Outing(
        number=1,
        type="出巡",
        on=on,
        entered=told,
        by=request.by,
        kind=request.kind,
        start=request.start,
        end=request.end,
        people=tuple(p for p in dict.fromkeys(request.people) if p != request.leader),
        leader=request.leader,
        nature=OFFICIAL if request.nature == OFFICIAL else None,
        agency=request.agency,
        licences=dict(request.licences),
        warrant=request.warrant,
        villages=tuple(dict.fromkeys((*request.route, *passed[0], *passed[1]))),
        calls=tuple(
            Called(enterprise=s.enterprise.id, number=s.enterprise.next_number) for s in seen
        ),
        drawn=request.drawn,
        note=request.note,
    )
    return Patrol(id=id, records=(outing, *found))


def _spot(number: int, seen: SpotSeen, request: PatrolRequest, on: date, told: date | None) -> Spot:
    alone = request.route[0] if len(request.route) == 1 else None
    home = seen.place.village if isinstance(seen.place, Premises) else seen.village or alone
    return Spot(
        number=number,
        type="点位",
        on=on,
        entered=told,
        place=_place(seen),
        village=home,
        time=seen.time,
        result=seen.result,
        found=seen.found,
    )


def _visit(request: PatrolRequest, seen: Seen, id: str) -> InspectRequest:
    """The visit to one enterprise, as if it had been entered by itself."""
    producing = seen.result in PRODUCING
    return InspectRequest(
        on=request.start.date(),
        time=seen.time,
        kind=request.kind,
        result=seen.result,
        people=request.people,
        leader=request.leader,
        nature=request.nature,
        agency=request.agency,
        licences=request.licences,
        warrant=request.warrant,
        outside=seen.outside,
        found=seen.found,
        police_at=request.police_at if producing else None,
        police_came=request.police_came if producing else None,
        reported_at=request.reported_at if producing else None,
        officers_came=request.officers_came if producing else None,
        kept_order=request.kept_order if producing else None,
        patrol=id,
        by=request.by,
    )


def _files(seen: Sequence[Seen], reported: Mapping[str, Reported]) -> dict[str, tuple[Edit, ...]]:
    paths = {s.enterprise.id: s.enterprise.path for s in seen}
    return {paths[id]: told.edits for id, told in reported.items()}


def _body(request: PatrolRequest, today: date) -> tuple[str, ...]:
    lines = [
        f"发生：{request.start:%Y-%m-%d %H:%M} 至 {request.end:%Y-%m-%d %H:%M}",
        f"录入：{today}",
    ]
    if request.agency:
        lines.append(f"检查机关：{request.agency}")
    if request.leader:
        lines.append(f"带班领导：{request.leader}")
    if request.people:
        lines.append("人员：" + "、".join(request.people))
    return tuple(lines)


def _notes(
    request: PatrolRequest,
    seen: Sequence[Seen],
    spots: Sequence[SpotSeen],
    reported: Mapping[str, Reported],
    rostered: str | None,
) -> Iterator[str]:
    yield from told_otherwise(request.leader, rostered, request.start.date())
    for told in reported.values():
        yield from told.notes
    unlawful = any(note.startswith("违法生产") for told in reported.values() for note in told.notes)
    if (request.police_at or request.reported_at) and not unlawful:
        yield "提醒：写了通知派出所或报告主要领导的时间，但这次没有违法生产的企业"
    for spot in spots:
        if spot.result in ("有生产迹象", "发现问题") and not isinstance(spot.place, Premises):
            village = spot.village or "村"
            yield (
                f"点位“{spot.place}”{spot.result}，是新的企业的先登记："
                f"swm add --name 企业名称 --village {village} --source 巡查发现"
            )


# --- mending ------------------------------------------------------------------------------------


def correct_patrol(
    patrol: Patrol,
    enterprises: Mapping[str, Enterprise],
    request: CorrectRequest,
    policy: Policy,
    today: date,
) -> Change:
    """更正 of a patrol; what its visits say too (day, kind, team) is mended in them as well.

    `enterprises` are those that it called at. Raises `Refused` with what does not fit.
    """
    target = next((r for r in patrol.records if r.number == request.number), None)
    if isinstance(target, Spot) and "日期" in request.values:
        hint = f"swm correct {patrol.id} 1 --why 原因 --set 日期=日期 --set 起=时间"
        raise Refused("点位的日期就是出巡的日期，随出巡一起更正", hint=hint)
    change = correct_filed(patrol, request, policy, today)
    shared = {k: v for k, v in request.values.items() if k.partition(".")[0] in OF_PATROL}
    if not isinstance(target, Outing) or not shared:
        return change
    files, notes = dict(change.files), list(change.notes)
    for called in patrol.calls:
        firm = enterprises[called.enterprise]
        alike = replace(request, number=called.number, values=shared)
        mended = correct(firm, alike, policy, today, with_patrol=True)
        files |= mended.files
        notes += mended.notes
    if len(files) > 1:
        notes.append(f"{len(files) - 1} 家企业的巡查记录一并更正")
    return replace(change, files=files, notes=tuple(notes))
