"""巡查 of the sample beyond single visits: the duty roster, points and premises, one inspection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from swm.domain import patrols
from swm.domain.amendments import CorrectRequest, undo
from swm.domain.draws import draw
from swm.domain.dutyrecords import Duty, Shift, duty_id
from swm.domain.dutyroster import set_duty
from swm.domain.edits import Change
from swm.domain.kinds import DUTY, PATROL
from swm.domain.patrolrecords import Drawn, Patrol
from swm.domain.patrols import PatrolRequest, Seen, SpotSeen, correct_patrol
from swm.domain.records import OFFICIAL, PRODUCING, Approval
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY, Hours
from swm.sample.roster import Roster
from swm.sample.stage import person
from swm.sample.town import Town
from swm.store.identity import Identity
from swm.store.ledger import Ledger
from swm.store.writing import Writing, record

POINTS = ("村东旧窑", "河堤空院", "村北养殖棚", "废弃校舍", "砖厂旧址", "桥下空场")
INSPECTOR = "宁河区应急管理局"
"""Holds the power of 行政检查 in the rules that ship (职权.yaml)."""


def shift_of(roster: Roster, day: date) -> Shift:
    """Who is on duty that day: leaders and officers take turns."""
    turn = day.toordinal()
    leaders = roster.leaders[1:]
    people = (*roster.clerks, *roster.officers)
    team = (people[turn % len(people)], people[(turn + 4) % len(people)])
    return Shift(on=day, leader=leaders[turn % len(leaders)], people=team)


def rosters(town: Town, shelf: Shelf, start: date) -> Course:
    """The roster of each month, set in the days before it; now and then two people change places."""
    hours = Hours(start, town.today, town.calendar, town.rng("duty"))
    month = start
    while True:
        following = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
        days = [month + n * DAY for n in range((following - month).days)]
        yield _set(town, hours, [shift_of(town.roster, day) for day in days])
        if hours.rng.random() < 0.4:
            hours.until(month + 9 * DAY)
            day = hours.day + 3 * DAY
            if day < following:
                yield _set(town, hours, [_changed(town.roster, day)])
        hours.until(following - 3 * DAY)
        month = following
        yield Pause(hours.at)


def _changed(roster: Roster, day: date) -> Shift:
    """A leader asks another to take his place."""
    return Shift(on=day, leader=roster.leaders[0], people=shift_of(roster, day).people)


def _set(town: Town, hours: Hours, shifts: Sequence[Shift]) -> Deed:
    at, clerk = hours.at, town.roster.clerks[0]

    def decide(shelf: Shelf) -> Change:
        there = set(shelf.ids(DUTY))
        ids = dict.fromkeys(duty_id(s.on) for s in shifts)
        known = {id: shelf.filed(Duty, id) for id in ids if id in there}
        return set_duty(known, shifts, shelf.policy, shelf.settings, at.date(), (clerk,))

    return Deed(at, clerk, decide)


def rostered(shelf: Shelf, day: date) -> Shift | None:
    """The shift that the roster holds for that day."""
    id = duty_id(day)
    return shelf.filed(Duty, id).shifts.get(day) if id in shelf.ids(DUTY) else None


def spots(shelf: Shelf, town: Town, village: str, on: date, rng: Random) -> tuple[SpotSeen, ...]:
    """What else a team looks at on its way through a village."""
    found = []
    if rng.random() < 0.35:
        odd = rng.random() < 0.15
        result = "发现问题" if odd else "未见异常"
        what = "有新堆的边角料，已告知村里清走" if odd else None
        here = shelf.settings.village_at(village, on)
        found.append(SpotSeen(rng.choice(POINTS), result, what, village=here))
    ready = town.places.get(village, [])
    if ready and rng.random() < 0.35:
        found.append(SpotSeen(shelf.premises(rng.choice(ready)), "未见异常", "院门上锁，没有设备"))
    return tuple(found)


def by_night(
    town: Town,
    shelf: Shelf,
    begun: datetime,
    entry: datetime,
    places: Sequence[tuple[str, str]],
    clerk: str,
    rng: Random,
) -> Deed:
    """夜查 of these (scene, enterprise) as one patrol, led by whom the roster says, mostly."""
    shift = rostered(shelf, begun.date()) or shift_of(town.roster, begun.date())
    others = [p for p in town.roster.leaders[1:] if p != shift.leader]
    leader = rng.choice(others) if rng.random() < 0.08 else shift.leader
    village = shelf.enterprise(places[0][1]).village
    seen_also = spots(shelf, town, village, begun.date(), rng)
    times = [begun + timedelta(minutes=12 + 17 * n) for n in range(len(places))]
    end = times[-1] + timedelta(minutes=rng.randint(15, 30))
    end = min(end, entry) if entry.date() == begun.date() else end
    producing = any(scene in PRODUCING for scene, _ in places)
    request = PatrolRequest(
        start=begun,
        end=end,
        kind="夜查",
        people=shift.people,
        leader=leader,
        police_at=times[0] if producing else None,
        police_came=times[0] + timedelta(minutes=14) if producing else None,
        reported_at=times[0] + timedelta(minutes=6) if producing else None,
        by=(clerk,),
    )
    today, on_paper = entry.date(), shift.leader
    gates = [rng.random() < 0.12 for _ in places]
    return Deed(
        entry,
        clerk,
        lambda shelf: patrols.add(
            shelf.ids(PATROL),
            request,
            [
                Seen(shelf.enterprise(id), scene, time=f"{at:%H:%M}", outside=shut)
                for (scene, id), at, shut in zip(places, times, gates, strict=True)
            ],
            seen_also,
            shelf.policy,
            shelf.settings,
            today,
            on_paper,
        ),
    )


def points(town: Town, shelf: Shelf, start: date) -> Course:
    """Every month a round of the places that are nobody's, through one village after another."""
    hours = Hours(start, town.today, town.calendar, town.rng("points"))
    villages = town.roster.villages
    hours.wait(12, 20)
    turn = 0
    while True:
        yield Pause(hours.at)
        village = villages[turn % len(villages)]
        turn += 1
        chosen = hours.rng.sample(POINTS, 2)
        here = shelf.settings.village_at(village, hours.day)
        found = [SpotSeen(name, "未见异常", village=here) for name in chosen]
        begun, (clerk, warden) = hours.at, town.roster.team(village, 2, hours.rng)
        request = PatrolRequest(
            start=begun,
            end=begun + timedelta(minutes=70),
            kind="村级排查" if turn % 3 == 0 else "日常",
            people=(clerk, warden),
            route=(here,),
            by=(clerk,),
        )
        hours.at += timedelta(minutes=75)
        change = yield _walked(hours, clerk, request, found)
        assert change is not None
        if turn % 10 == 4:
            hours.minutes(4, 9)
            yield _team_mended(
                hours,
                clerk,
                str(change.recorded["编号"]),
                (*request.people, warden_of(town, villages, turn)),
            )
        elif turn % 10 == 6:
            hours.minutes(2, 3)
            yield _taken_back(hours, clerk, str(change.recorded["编号"]))
        hours.wait(26, 33)


def warden_of(town: Town, villages: Sequence[str], turn: int) -> str:
    """The secretary of the village before, who came along and was forgotten."""
    return town.roster.secretaries[villages[(turn - 1) % len(villages)]]


def _team_mended(hours: Hours, clerk: str, id: str, people: tuple[str, ...]) -> Deed:
    """Somebody was left out of the team: 更正 of the patrol."""
    today, values = hours.day, {"人员": "、".join(people)}
    request = CorrectRequest(number=1, values=values, reason="漏记一人", by=(clerk,))
    return Deed(
        hours.at,
        clerk,
        lambda shelf: correct_patrol(shelf.filed(Patrol, id), {}, request, shelf.policy, today),
    )


def _taken_back(hours: Hours, clerk: str, id: str) -> Deed:
    """It was entered twice: 撤销."""
    today, path = hours.day, PATROL.path(id)
    return Deed(
        hours.at,
        clerk,
        lambda shelf: undo(
            {}, {path: shelf.filed(Patrol, id)}, "与村里登记的重复", None, shelf.policy, today
        ),
        at_once=True,
    )


def _walked(hours: Hours, clerk: str, request: PatrolRequest, found: list[SpotSeen]) -> Deed:
    today = hours.day
    return Deed(
        hours.at,
        clerk,
        lambda shelf: patrols.add(
            shelf.ids(PATROL), request, [], found, shelf.policy, shelf.settings, today
        ),
    )


def inspection(town: Town, shelf: Shelf, start: date) -> Course:
    """One 行政检查 by a lawful body, at some of the town's open enterprises."""
    hours = Hours(start, town.today, town.calendar, town.rng("inspection"))
    names = town.rng("inspectors").sample(("柏乙金", "晏丙土", "季丁水", "苗庚木"), 2)
    hours.until(start + timedelta(days=(town.today - start).days * 2 // 3))
    yield Pause(hours.at)
    found: list[tuple[str, str]] = []
    for village in town.roster.villages:
        for id in town.residents[village]:
            scene = town.scenes.get(id)
            state = town.policy.state(shelf.enterprise(id).remediation.state)
            if scene and scene not in PRODUCING and state.open and len(found) < 3:
                found.append((id, scene))
    if not found:
        return
    begun, day = hours.at, hours.day
    clerk = town.roster.clerks[1]
    request = PatrolRequest(
        start=begun,
        end=begun + timedelta(minutes=40 * len(found)),
        kind="日常",
        people=(*names, clerk),
        nature=OFFICIAL,
        agency=INSPECTOR,
        licences={name: f"02-{14071 + n}" for n, name in enumerate(names)},
        warrant=Approval(person="尚己金", on=day, basis="行政检查通知书"),
        by=(clerk,),
    )
    hours.at += timedelta(minutes=40 * len(found) + 10)
    yield Deed(
        hours.at,
        clerk,
        lambda shelf: patrols.add(
            shelf.ids(PATROL),
            request,
            [Seen(shelf.enterprise(id), scene) for id, scene in found],
            [],
            shelf.policy,
            shelf.settings,
            day,
        ),
    )


# --- 双随机 --------------------------------------------------------------------------------------

CLOSED = "已取缔"
"""Of which state the sample is drawn."""
LOTS = 2


def drawn(root: Path, town: Town) -> int:
    """A look-back at two that were drawn by lot, on the last morning; how many commits it took.

    The seed is the commit that stands: it can only be had when there are commits.
    """
    ledger = Ledger(root.absolute())
    seed = ledger.head()
    rows = ledger.facts().query(
        "SELECT id FROM enterprise WHERE state = :state ORDER BY serial", {"state": CLOSED}
    )
    pool = [row["id"] for row in rows]
    if len(pool) < LOTS:
        return 0
    begun = datetime.combine(town.today, time(8, 5))
    names = [*town.roster.clerks, *town.roster.officers]
    lots = draw(seed, pool, LOTS, names)
    request = PatrolRequest(
        start=begun,
        end=begun + timedelta(minutes=40),
        kind="回头看",
        people=tuple(dict.fromkeys(name for lot in lots for name in lot.people)),
        drawn=Drawn(seed=seed, count=LOTS, scope=CLOSED),
        by=town.roster.clerks[:1],
    )

    def decide(tx: Writing) -> Change:
        seen = [
            Seen(
                tx.enterprise(lot.id),
                _scene(town, lot.id),
                time=f"{begun + timedelta(minutes=10 + 15 * n):%H:%M}",
            )
            for n, lot in enumerate(lots)
        ]
        return patrols.add(
            tx.ids(PATROL), request, seen, (), tx.policy, tx.settings, town.today, None
        )

    who = person(town.roster.clerks[0])
    at = (begun + timedelta(minutes=55)).replace(tzinfo=town.roster.settings.zone)
    record(ledger, decide, who=Identity(who, who), when=at)
    return 1


def _scene(town: Town, id: str) -> str:
    """What there is to be seen; where only its own story goes, a place that is empty."""
    scene = town.scenes.get(id, "已清空")
    return "已清空" if scene in PRODUCING else scene
