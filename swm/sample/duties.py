"""Who answers for whom in the play (包保), one who leaves; villages new, renamed and merged."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date

from swm.domain.activities import ZeroRequest, zero
from swm.domain.assignments import assign
from swm.domain.edits import Change
from swm.domain.handovers import hand_over
from swm.domain.kinds import ACTIVITY
from swm.domain.periods import Period
from swm.domain.villages import add, merge, rename
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY
from swm.sample.roster import ADDED, MERGED, OFFICE, RENAMED, TOWN
from swm.sample.rounds import Round
from swm.sample.town import Town

LEADER = "镇包保领导"
_OFF = ("已核减", "不予列入")
_MERGED, _RENAMED, _ADDED = 40, 100, 160
"""How many days before the last each change of the villages is recorded."""


def assignments(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Every month each new enterprise gets those who answer for it."""
    hours = Round(town, shelf, start, "assignments", village)
    hours.wait(8, 12)
    while True:
        yield Pause(hours.at)
        for role, (name, department) in _holders(town, village, hours.day).items():
            ids = [id for id in town.residents[village] if not _holds(shelf, id, role)]
            if ids:
                hours.minutes(3, 12)
                yield _assigned(hours, ids, role, name, department)
        hours.wait(26, 32)


def _holders(town: Town, village: str, day: date) -> dict[str, tuple[str, str]]:
    """Who holds what in the village, each with the department, the town's leader first.

    In a crowded town the departments' own are left out: there is enough to enter.
    """
    roster = town.roster
    place = roster.villages.index(village)
    leaders = roster.leaders[2:]
    leader = roster.departing if place % 4 == 1 else leaders[place % len(leaders)]
    if place % 4 == 1 and day > roster.leaves:
        leader = roster.successor
    held = {
        LEADER: (leader, TOWN),
        "村责任人": (roster.secretaries[village], village),
        "网格员": (roster.wardens[village], village),
    }
    if not town.crowded:
        officers = dict(zip(_DEPARTMENTS, roster.officers, strict=False))
        held["包保部门"] = (roster.clerks[place % len(roster.clerks)], OFFICE)
        held["派出所"] = (officers["派出所"], "派出所")
        held["供电"] = (officers["供电所"], "供电所")
    if roster.leaves < day <= _handed_over(town):
        del held[LEADER]  # settled by the succession
    return held


_DEPARTMENTS = ("生态环境所", "综合执法队", "派出所", "供电所")
"""Whose the first of the roster's officers are."""


def _holds(shelf: Shelf, id: str, role: str) -> bool:
    """Whether nothing is left to assign: the role is filled, or the enterprise is off the list."""
    enterprise = shelf.enterprise(id)
    held = any(a.role == role and a.until is None for a in enterprise.assignments)
    return held or enterprise.remediation.state in _OFF


def _assigned(hours: Round, ids: list[str], role: str, name: str, department: str) -> Deed:
    day = hours.day
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


def _handed_over(town: Town) -> date:
    """The day on which the successor takes over: the first working day after the other has left."""
    return town.calendar.next_workday(town.roster.leaves + DAY)


def succession(town: Town, shelf: Shelf, start: date) -> Course:
    """One who answered for several villages leaves; everything passes on in one command."""
    hours = Round(town, shelf, start, "succession")
    roster, day = town.roster, _handed_over(town)
    hours.until(day)
    yield Pause(hours.at)
    ids = [
        id
        for village in roster.villages
        for id in town.residents[village]
        if _answers(shelf, id, roster.departing)
    ]
    if not ids:
        return
    since = roster.leaves + DAY
    today = hours.day
    yield Deed(
        hours.at,
        hours.clerk,
        lambda shelf: hand_over(
            [shelf.enterprise(id) for id in ids],
            roster.departing,
            roster.successor,
            None,
            None,
            since,
            shelf.settings,
            today,
        ),
    )


def _answers(shelf: Shelf, id: str, person: str) -> bool:
    enterprise = shelf.enterprise(id)
    held = any(a.person == person and a.until is None for a in enterprise.assignments)
    return held and enterprise.remediation.state not in _OFF


def merger(town: Town, shelf: Shelf, start: date) -> Course:
    """Late in the play a village is merged into its neighbour, from the first of a month on."""
    gone, into = MERGED
    if gone in town.roster.villages:
        yield from _changed(
            Round(town, shelf, start, "merger"),
            _MERGED,
            lambda since, shelf, today: merge(gone, into, since, shelf.settings, today),
        )


def renaming(town: Town, shelf: Shelf, start: date) -> Course:
    """A village is called otherwise, from the first of a month on."""
    old, new = RENAMED
    if old in town.roster.villages:
        yield from _changed(
            Round(town, shelf, start, "renaming"),
            _RENAMED,
            lambda since, shelf, today: rename(
                old, new, (f"{new}-1", f"{new}-2"), since, shelf.settings, today
            ),
        )


def newcomer(town: Town, shelf: Shelf, start: date) -> Course:
    """A new village is built; it has nothing to report, and says so every month."""
    name, mother = ADDED
    if RENAMED[0] not in town.roster.villages:
        return
    hours = Round(town, shelf, start, "newcomer")
    since = yield from _changed(
        hours,
        _ADDED,
        lambda since, shelf, today: add(name, (f"{name}-1",), since, shelf.settings, today),
    )
    month = Period.month_of(since)
    while month.end < town.today:
        hours.until(month.end - DAY)
        yield Pause(hours.at)
        if hours.day < town.today:
            yield _nothing(hours, name, town.roster.secretaries[mother], month)
        month = Period.month_of(month.end + DAY)


def _nothing(hours: Round, village: str, by: str, month: Period) -> Deed:
    today = hours.day
    request = ZeroRequest(village=village, period=month, on=today, by=(by,))
    return Deed(
        hours.at,
        hours.clerk,
        lambda shelf: zero(shelf.ids(ACTIVITY), request, None, shelf.policy, shelf.settings, today),
    )


def _changed(
    hours: Round, before_the_end: int, verb: Callable[[date, Shelf, date], Change]
) -> Generator[Deed | Pause, Change | None, date]:
    """A change of the roster of villages; from which day on it holds."""
    hours.until_before_end(before_the_end, before_the_end)
    yield Pause(hours.at)
    today = hours.day
    since = (today.replace(day=1) + 32 * DAY).replace(day=1)
    yield Deed(hours.at, hours.clerk, lambda shelf: verb(since, shelf, today))
    return since
