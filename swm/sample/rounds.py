"""What the town does for all: night patrols, look-backs, the monthly visit, who answers for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from swm.domain.assignments import assign
from swm.domain.inspections import InspectRequest, inspect
from swm.domain.records import PRODUCING, Act, Enterprise, Visit
from swm.sample import patrolling
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY, LAST_ENTRY, Hours
from swm.sample.town import Town

ROUND = 6
"""How many places one team sees in one go."""
_LOOK_BACKS = (24, 55, 85)
"""Days after 销号, and between look-backs: inside the rule's 30, 90 and 180."""
_LATER_LOOK_BACKS = 130
_SEEN_RECENTLY = 24
"""Days after which an open enterprise is due for its visit: inside the rule's 30."""


class Round(Hours):
    """The clock of one team that goes from place to place."""

    def __init__(self, town: Town, shelf: Shelf, start: date, *key: object) -> None:
        super().__init__(start, town.today, town.calendar, town.rng(*key))
        self.town, self.shelf = town, shelf
        self.clerk = self.rng.choice(town.roster.clerks)
        if town.crowded:
            self.steps = (1, 3)

    def residents(self, village: str) -> Iterator[tuple[Enterprise, str]]:
        """The enterprises that anybody may look at, and what there is to be seen."""
        for id in self.town.residents[village]:
            scene = self.town.scenes.get(id)
            enterprise = self.shelf.enterprise(id)
            state = self.town.policy.state(enterprise.remediation.state)
            if scene and state.listed and not (state.must_stop and scene in PRODUCING):
                yield enterprise, scene

    def to_patrol(self, villages: Sequence[str]) -> list[tuple[str, str]]:
        """Where production must have stopped, the places that no night patrol has seen longest."""
        places = [
            (self.town.patrolled.get(e.id, date.min), self.rng.random(), scene, e.id)
            for village in villages
            for e, scene in self.residents(village)
            if self.town.policy.state(e.remediation.state).must_stop
        ]
        size = ROUND if self.town.crowded else self.rng.choice((1, 2, 2, 3))
        return [(scene, id) for _, _, scene, id in sorted(places)[:size]]

    def visited(self, ids: list[str], kind: str, result: str, village: str) -> Deed:
        """One visit to each of them, one commit."""
        team = self.town.roster.team(village, 2, self.rng)
        request = InspectRequest(
            on=self.day,
            time=f"{self.at:%H:%M}",
            kind=kind,
            result=result,
            people=team,
            by=(self.clerk,),
        )
        self.minutes(*self.steps)
        return self._deed(ids, request)

    def patrol(self, places: list[tuple[str, str]]) -> Iterator[Deed]:
        """夜查 now, led by the leader on duty; entered the same night or the next morning."""
        if not places:
            return
        begun = self.at
        self.town.patrolled.update((id, begun.date()) for _, id in places)
        self.at += timedelta(minutes=17 * len(places) + 15)
        self._to_the_desk(begun.date())
        yield patrolling.by_night(
            self.town, self.shelf, begun, self.at, places, self.clerk, self.rng
        )

    def _to_the_desk(self, night: date) -> None:
        if night + DAY == self.today:
            self.at = datetime.combine(self.today, LAST_ENTRY) - timedelta(minutes=10)
        elif self.rng.random() < 0.5:
            self.morning_after()
        else:
            self.minutes(15, 40)

    def _deed(self, ids: list[str], request: InspectRequest) -> Deed:
        today = self.day
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: inspect([shelf.enterprise(i) for i in ids], request, shelf.policy, today),
        )


def daytime(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Twice a month through the village: who is open is visited, who is closed is looked back at."""
    hours = Round(town, shelf, start, "daytime", village)
    hours.wait(10, 20)
    while True:
        yield Pause(hours.at)
        due = []
        for enterprise, scene in hours.residents(village):
            kind = _due(town, enterprise, hours.day)
            if kind and hours.rng.random() < 0.92:
                due.append((kind, scene, enterprise.id))
        for (kind, scene), ids in _groups(due):
            yield hours.visited(ids, kind, scene, village)
        hours.wait(13, 16)


def nights(town: Town, shelf: Shelf, start: date, lane: int) -> Course:
    """Once a week a patrol by night; `lane` tells parallel patrols apart.

    In a crowded town each goes through one village at a time, else wherever it is needed.
    """
    hours = Round(town, shelf, start, "nights", lane)
    villages = town.roster.villages
    turn = lane
    hours.night(1, 6)
    while True:
        yield Pause(hours.at)
        here = villages[turn % len(villages)]
        places = hours.to_patrol([here] if town.crowded else villages)
        yield from hours.patrol(places)
        turn += 1
        hours.night(5, 8)


def last_night(town: Town, shelf: Shelf) -> Course:
    """The patrol of the last evening, entered in the morning on which the play ends."""
    hours = Round(town, shelf, town.start, "last night")
    hours.at = datetime.combine(town.today - DAY, hours.at.time())
    hours.night(0, 0)
    yield Pause(hours.at)
    yield from hours.patrol(hours.to_patrol(town.roster.villages))


def _groups(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Rows that agree in all but the id at their end, at most `ROUND` of them together."""
    for key, group in groupby(sorted(rows), key=lambda row: row[:-1]):
        ids = [row[-1] for row in group]
        for i in range(0, len(ids), ROUND):
            yield key, ids[i : i + ROUND]


def _due(town: Town, enterprise: Enterprise, day: date) -> str | None:
    """Which kind of visit is due, if one is."""
    visits = [r for r in enterprise.records if isinstance(r, Visit)]
    closed = [r.on for r in enterprise.records if isinstance(r, Act) and r.after in _CLOSED]
    if not town.policy.state(enterprise.remediation.state).delisted:
        last = max((v.on for v in visits), default=enterprise.records[0].on)
        return "日常" if (day - last).days >= _SEEN_RECENTLY else None
    since = max(closed, default=date.min)
    backs = [v.on for v in visits if v.kind == "回头看" and v.on >= since]
    if not backs and not closed:
        return "回头看"  # 期初: nobody has written down when it was looked at last
    gap = _LOOK_BACKS[len(backs)] if len(backs) < len(_LOOK_BACKS) else _LATER_LOOK_BACKS
    return "回头看" if (day - max(backs, default=since)).days >= gap else None


_CLOSED = frozenset({"已取缔", "已搬迁", "已整改"})


def assignments(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Every month each new enterprise gets a leader and a village cadre who answer for it."""
    hours = Round(town, shelf, start, "assignments", village)
    roster = town.roster
    leaders = roster.leaders[2:]
    place = roster.villages.index(village)
    roles = {
        "镇包保领导": leaders[place % len(leaders)],
        "村责任人": roster.secretaries[village],
    }
    changes = start + timedelta(days=(town.today - start).days // 2)
    hours.wait(8, 12)
    while True:
        yield Pause(hours.at)
        if place % 5 == 1 and hours.day > changes:
            roles["镇包保领导"] = leaders[(place + 1) % len(leaders)]
        for role, name in roles.items():
            ids = [id for id in town.residents[village] if not _holds(shelf, id, role, name)]
            if ids:
                hours.minutes(5, 20)
                yield _assigned(hours, ids, role, name)
        hours.wait(26, 32)


def _holds(shelf: Shelf, id: str, role: str, name: str) -> bool:
    """Whether nothing is left to assign: he holds the role, or the enterprise is off the list."""
    enterprise = shelf.enterprise(id)
    held = any(a.role == role and a.person == name for a in enterprise.assignments)
    return held or enterprise.remediation.state in ("已核减", "不予列入")


def _assigned(hours: Round, ids: list[str], role: str, name: str) -> Deed:
    day = hours.day
    department = "镇领导班子" if role == "镇包保领导" else "村党支部"
    return Deed(
        hours.at,
        hours.clerk,
        lambda shelf: assign(
            [shelf.enterprise(id) for id in ids],
            role,
            name,
            department,
            day,
            shelf.settings,
            day,
        ),
    )
