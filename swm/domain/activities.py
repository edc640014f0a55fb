"""活动 of the town and its villages: 宣传, 培训, 会议, 零报告 (方案六1、六5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from swm.domain.activityrecords import ZERO, Activity, Held
from swm.domain.edits import Attachment, Change
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import next_filed, opened
from swm.domain.fold import standing
from swm.domain.kinds import ACTIVITY
from swm.domain.periods import MONTH, Period
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_village
from swm.domain.records import Enterprise
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import declared

NOTHING_NEW = "本期没有新发现的“散乱污”企业"


@declared
class ActivityRequest:
    """What was held. `cases` are the enterprises exposed, by id."""

    kind: str
    title: str
    on: date
    form: str | None = None
    village: str | None = None
    place: str | None = None
    people: int | None = None
    copies: int | None = None
    pieces: int | None = None
    topics: tuple[str, ...] = ()
    audience: str | None = None
    chair: str | None = None
    decisions: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    photos: tuple[Attachment, ...] = ()
    by: tuple[str, ...] = ()
    note: str | None = None


def add(
    existing: Collection[str],
    request: ActivityRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    cases: Mapping[str, Enterprise] | None = None,
) -> Change:
    """A new activity, its id the next of its year. Raises `Refused` with everything wrong.

    `cases` are the files of the enterprises that the request exposes.
    """
    refuse_future(request.on, today)
    held = Held(
        number=1,
        type="活动",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=request.kind,
        title=request.title,
        form=request.form,
        village=request.village,
        place=request.place,
        people=request.people,
        copies=request.copies,
        pieces=request.pieces,
        topics=request.topics,
        audience=request.audience,
        chair=request.chair,
        decisions={str(n): text for n, text in enumerate(request.decisions, start=1)},
        cases=request.cases,
        photos=tuple(photo.sha256 for photo in request.photos),
        note=request.note,
    )
    wrong = [
        *unknown_village(request.village or "", settings, request.on),
        *_not_dealt_with(request, cases or {}, policy),
    ]
    change = _recorded(existing, held, policy, today, wrong)
    return replace(change, attachments=request.photos)


def _not_dealt_with(
    request: ActivityRequest, cases: Mapping[str, Enterprise], policy: Policy
) -> Iterator[Missing]:
    """Only what was confirmed and dealt with is exposed: 确认一起，查处一起 (方案六5)."""
    for id in request.cases:
        state = standing(cases[id], policy, request.on).state
        if not state or not policy.state(state).listed:
            told = f"那一天是{state}" if state else "那一天还没有登记"
            text = f"{id} {told}，没有查实列入的不能作为典型案例曝光"
            yield Missing(text, "方案六5", f"swm show {id}")


@declared
class ZeroRequest:
    """A village's report that there was nothing new in a month."""

    village: str
    period: Period
    on: date
    by: tuple[str, ...] = ()
    note: str | None = None


def zero(
    existing: Collection[str],
    request: ZeroRequest,
    earlier: str | None,
    policy: Policy,
    settings: Settings,
    today: date,
    registered: int = 0,
) -> Change:
    """零报告. `earlier` is the village's report of the same month, if there is one; `registered`
    is how many of its enterprises were entered in that month all the same, which is told.

    Raises `Refused`: one report a village and month, of a month that has begun.
    """
    refuse_future(request.on, today)
    period = request.period
    held = Held(
        number=1,
        type="活动",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=ZERO,
        title=NOTHING_NEW,
        village=request.village,
        period=period.code,
        ends=period.end,
        note=request.note,
    )
    wrong = [
        *unknown_village(request.village, settings, min(request.on, period.end)),
        *_wrong_period(request, earlier),
    ]
    change = _recorded(existing, held, policy, today, wrong)
    if not registered:
        return change
    note = (
        f"提醒：{request.village}{period.title}登记了{registered}家企业，零报告与此不一致，请核对"
    )
    return replace(change, notes=(note,))


def _wrong_period(request: ZeroRequest, earlier: str | None) -> Iterator[Missing]:
    period = request.period
    if period.kind != MONTH:
        yield Missing(f"{period.title}不是一个月，零报告按月报", "方案六2", "--period 2026-10")
    if period.start > request.on:
        text = f"{period.title}还没有开始，{request.on} 不能报"
        yield Missing(text, "方案六2", "核对 --period 和 --on")
    if earlier:
        text = f"{request.village}{period.title}已经报过（{earlier}），一村一期只报一次"
        yield Missing(text, "方案六2", f"swm activity show {earlier}")
    if not request.by:
        yield Missing("谁报的", "方案六2", "--by 报告人")


def _recorded(
    existing: Collection[str], held: Held, policy: Policy, today: date, wrong: list[Missing]
) -> Change:
    new = Activity(id=next_filed(ACTIVITY, held.on.year, existing), records=(held,))
    if wrong:
        lacking = (*wrong, *new.objections(policy))
        raise Refused("活动还不能登记", dict.fromkeys(lacking))
    about = f"（{held.village}，{held.period}）" if held.kind == ZERO else ""
    return Change(
        verb="activity zero" if held.kind == ZERO else "activity add",
        subject=f"活动 {new.id} {new.title}{about}",
        files={new.path: opened(new, policy, today)},
        body=(f"发生：{held.on}", f"录入：{today}"),
        recorded={"编号": new.id, "序号": 1},
    )
