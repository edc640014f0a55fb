"""What the town does for all: night patrols, look-backs, the monthly visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from swm.domain.inspections import InspectRequest, inspect
from swm.domain.lookbacks import KIND as LOOK_BACK
from swm.domain.lookbacks import watch_now
from swm.domain.records import PRODUCING, Enterprise, Visit
from swm.sample import patrolling
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY, LAST_ENTRY, Hours
from swm.sample.town import Town

ROUND = 6
"""How many places one team sees in one go."""
_AHEAD = 13
"""How many days before it is due a look-back is done: the next round comes too late."""
_NEGLECT, _NEGLECTED = 62, ("0", "4")
"""Towards the end some are not looked back at for so many days: those with these last digits."""
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
            kind = _due(town, shelf, enterprise, hours.day)
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


def _due(town: Town, shelf: Shelf, enterprise: Enterprise, day: date) -> str | None:
    """Which kind of visit is due, if one is."""
    if not town.policy.state(enterprise.remediation.state).delisted:
        visits = (r.on for r in enterprise.records if isinstance(r, Visit))
        last = max(visits, default=enterprise.records[0].on)
        return "日常" if (day - last).days >= _SEEN_RECENTLY else None
    if (town.today - day).days < _NEGLECT and enterprise.id.endswith(_NEGLECTED):
        return None
    watch = watch_now(enterprise, town.policy, shelf.settings.opening_date)
    waits = watch and watch.start <= day and watch.next
    return LOOK_BACK if waits and (waits.due - day).days <= _AHEAD else None
