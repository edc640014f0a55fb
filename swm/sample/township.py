"""The director: who plays what where and when, all of it interleaved by the clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from random import Random

from swm.domain.edits import Change
from swm.domain.policy import Policy
from swm.domain.policyfiles import read_policy
from swm.domain.settings import LEVELS
from swm.errors import Refused
from swm.frozen import frozen
from swm.sample import (
    clearances,
    complaining,
    duties,
    enforcement,
    gate,
    lettings,
    patrolling,
    public,
    rounds,
)
from swm.sample.cast import Role, cast
from swm.sample.deeds import Course, Deed, Pause, Story
from swm.sample.hours import DAY, LAST_ENTRY, months_before
from swm.sample.life import Life
from swm.sample.names import VILLAGES, Names
from swm.sample.roster import roster
from swm.sample.stage import History, Stage
from swm.sample.town import Town
from swm.sample.trades import FORBIDDEN, TRADES
from swm.store.bulk import BulkHistory
from swm.store.founding import default_policy, ledger_files
from swm.store.vault import Reporter
from swm.store.yamltext import parse

MOST_ENTERPRISES, MOST_MONTHS = 20_000, 120
TOWN_LEVEL = LEVELS[0]
_OPENING_DAYS = 6
"""Working days in which the old lists are entered."""
_PER_VILLAGE = 3
"""A village has at least so many enterprises, as long as there are not enough for twelve."""
_CROWDED = 20
"""From so many enterprises a village on, a day has to hold more than people could enter."""
_RECENT = 35
"""How many days earlier than it must a story begin that ends in the middle of things."""
_PATROLLED = 250
"""How many enterprises one weekly night patrol can look after."""

Progress = Callable[[int, int], None]
Beginning = tuple[date, Callable[[], Course | Story]]
"""The day on which a story begins, and how to open it then."""
Turn = tuple[datetime, int, Course | Story | None, Deed | Pause | None]
"""Whose turn it is when: the story (None: it is still to be opened) and what it does then."""


@frozen
class Played:
    """A ledger that was made."""

    root: Path
    enterprises: int
    records: int
    commits: int
    ledger_id: str = ""
    reporters: Mapping[str, Reporter] = field(default_factory=dict)
    """Who complained, by token: never in the ledger; `swm demo --vault` puts it into a vault."""

    def __str__(self) -> str:
        return (
            f"演示台账在 {self.root}：{self.enterprises}家企业，{self.records}条记录，"
            f"{self.commits}次提交（全部虚构）"
        )


def play(
    root: Path,
    enterprises: int,
    months: int,
    seed: int,
    today: date,
    progress: Progress | None = None,
    delisted_by: str = TOWN_LEVEL,
) -> Played:
    """A new ledger in the empty folder `root`, played out over the `months` up to `today`.

    `delisted_by` is its 销号层级: the town (镇) or the county (区) delists. The same program version, arguments and `today` give the same ledger, commit ids included.
    `progress` is told the days done and to do. Raises Refused, Surroundings.
    """
    if not 1 <= enterprises <= MOST_ENTERPRISES or not 1 <= months <= MOST_MONTHS:
        raise Refused(f"演示台账的家数应在1至{MOST_ENTERPRISES}之间，月数应在1至{MOST_MONTHS}之间")
    with BulkHistory(root) as history:
        stage, town = _perform(history, enterprises, months, seed, today, progress, delisted_by)
    more = public.announced(root, town) + patrolling.drawn(root, town)
    return Played(
        root,
        enterprises,
        stage.records,
        stage.commits + more,
        stage.settings.ledger_id,
        town.reporters,
    )


def perform(
    history: History,
    enterprises: int,
    months: int,
    seed: int,
    today: date,
    progress: Progress | None = None,
    delisted_by: str = TOWN_LEVEL,
) -> Stage:
    """Play it into any history."""
    return _perform(history, enterprises, months, seed, today, progress, delisted_by)[0]


def _perform(
    history: History,
    enterprises: int,
    months: int,
    seed: int,
    today: date,
    progress: Progress | None,
    delisted_by: str,
) -> tuple[Stage, Town]:
    policy = _policy()
    town = _town(policy, enterprises, months, seed, today, delisted_by)
    stage = Stage(town.roster.settings, policy, history)
    opened = datetime.combine(town.start, time(8, 20))
    change = Change(verb="init", subject="建账 俵口镇“散乱污”企业整治台账", files={})
    stage.found(opened, town.roster.clerks[0], change, ledger_files(stage.settings))
    courses = _courses(town, stage, enterprises)
    _run(stage, courses, town, progress)
    return stage, town


def _policy() -> Policy:
    return read_policy({path: parse(data, path) for path, data in default_policy().items()})


def _town(
    policy: Policy, enterprises: int, months: int, seed: int, today: date, delisted_by: str
) -> Town:
    key = f"{seed}/{enterprises}/{months}/{today}"
    if delisted_by != TOWN_LEVEL:
        key += f"/{delisted_by}"
    start = policy.calendar.next_workday(months_before(today, months) + DAY)
    base = start
    for _ in range(_OPENING_DAYS - 1):
        base = policy.calendar.next_workday(base + DAY)
    villages = min(len(VILLAGES), -(-enterprises // _PER_VILLAGE))
    names = Names(Random(f"{key}/names"))
    people = roster(names, villages, base, key, base + (today - base) / 2, delisted_by)
    crowded = enterprises > _CROWDED * villages
    return Town(people, policy, names, key, start, today, crowded)


# --- the programme ----------------------------------------------------------------------------


def _courses(town: Town, stage: Stage, enterprises: int) -> list[Beginning]:
    """Every story, and the day on which it begins."""
    rng = town.rng("director")
    villages = list(town.roster.villages)
    homes = [villages[i % len(villages)] for i in range(enterprises)]
    rng.shuffle(homes)
    courses = [*_town_work(town, stage, enterprises, homes)]
    for number, (role, village) in enumerate(zip(cast(enterprises, rng), homes, strict=True)):
        day = _first_day(town, role, rng)
        courses.append((day, partial(_life, town, stage, role, village, day, number)))
    return courses


def _town_work(town: Town, stage: Stage, enterprises: int, homes: list[str]) -> Iterator[Beginning]:
    """What is done for all, village by village."""
    start = town.start
    for village in town.roster.villages:
        count = max(1, round(0.55 * homes.count(village)))
        yield start, partial(lettings.premises, town, stage, village, count, start)
        yield start, partial(lettings.letters, town, stage, village, start)
        yield start, partial(lettings.sale, town, stage, village, start)
        yield start, partial(clearances.sublets, town, stage, village, start)
        yield start, partial(clearances.voids, town, stage, village, start)
        yield start, partial(clearances.clearances, town, stage, village, start)
        yield start, partial(clearances.unfinished, town, stage, village, start)
        yield start, partial(gate.waiting, town, stage, village, start)
        yield start, partial(gate.gate, town, stage, village, start)
        yield start, partial(rounds.daytime, town, stage, village, start)
        yield start, partial(duties.assignments, town, stage, village, start)
        yield start, partial(public.village, town, stage, village, start)
        yield start, partial(complaining.complaints, town, stage, village, start)
    yield start, partial(public.office, town, stage, start)
    for course in (patrolling.rosters, patrolling.points, patrolling.inspection):
        yield start, partial(course, town, stage, start)
    for lane in range(1 + enterprises // _PATROLLED):
        yield start, partial(rounds.nights, town, stage, start, lane)
    yield start, partial(enforcement.handling, town, stage, start)
    yield start, partial(duties.succession, town, stage, start)
    for course in (duties.newcomer, duties.renaming, duties.merger):
        yield start, partial(course, town, stage, start)
    recent = max(start, town.today - 17 * DAY)
    yield recent, partial(complaining.unsettled, town, stage, recent)
    yield town.today - DAY, partial(rounds.last_night, town, stage)


def _life(
    town: Town, stage: Stage, role: Role, village: str, day: date, number: int
) -> Course | Story:
    rng = town.rng("firm", number)
    trade = rng.choice(FORBIDDEN) if role.forbidden else rng.choice(TRADES)
    life = Life(town, stage, town.firm(village, trade, rng), day, number)
    if not role.old:
        life.settle()
    return life.told(role.plot)


def _first_day(town: Town, role: Role, rng: Random) -> date:
    """The old lists first; then any day that leaves the plot enough time before the end."""
    base = town.roster.settings.opening_date or town.start
    if role.old:
        day = town.start + rng.randint(0, (base - town.start).days) * DAY
        return min(town.calendar.next_workday(day), base)
    spare = max((town.today - base).days - 1 - role.days, 0)
    first = max(spare - _RECENT, 0) if role.recent else 0
    return base + (1 + rng.randint(first, spare)) * DAY


# --- the performance --------------------------------------------------------------------------


def _run(stage: Stage, courses: Sequence[Beginning], town: Town, progress: Progress | None) -> None:
    """All stories at once, in the order of their moments, up to the last morning."""
    last = datetime.combine(town.today, LAST_ENTRY)
    total = (town.today - town.start).days
    queue: list[Turn] = [
        (datetime.combine(day, time(8, 25)), n, None, None) for n, (day, _) in enumerate(courses)
    ]
    heapq.heapify(queue)
    day = town.start
    while queue and queue[0][0] <= last:
        at, n, course, next_deed = heapq.heappop(queue)
        if progress and at.date() > day:
            day = at.date()
            progress((day - town.start).days, total)
        if course is None:
            course, following = (opened := courses[n][1]()), next(opened, None)
        else:
            following = _answered(stage, course, next_deed)
        if following is not None:
            if following.at < at:
                raise AssertionError(f"story {n} goes back from {at} to {following.at}")
            heapq.heappush(queue, (following.at, n, course, following))
    if progress:
        progress(total, total)


def _answered(
    stage: Stage, course: Course | Story, turn: Deed | Pause | None
) -> Deed | Pause | None:
    """Perform the turn; what the story wants next, when nothing of it may wait any more."""
    while True:
        change = stage.perform(turn) if isinstance(turn, Deed) else None
        try:
            turn = course.send(change)  # type: ignore[arg-type]
        except StopIteration:
            return None
        if not (isinstance(turn, Deed) and turn.at_once):
            return turn
