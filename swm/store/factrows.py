"""One enterprise's file as rows of the fact tables: what the fold makes of every record.

Nothing is decided here: states, deadlines and 违法生产 are the domain's, laid out flat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from swm.domain.approvals import pending
from swm.domain.entries import late
from swm.domain.fold import Standing, Step, fold
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Enterprise,
    Registration,
    Service,
    Visit,
)
from swm.store import factenforcement as enforcement
from swm.store.factduties import look_back_rows, uncovered_rows
from swm.store.factrecords import (
    Cells,
    act_cells,
    day,
    flags,
    label,
    pending_cells,
    service_cells,
    visit_cells,
)
from swm.store.factschema import FOREVER

Rows = dict[str, list[Cells]]
"""Rows to insert, by table."""
BEGINNING = "0001-01-01"


def enterprise_rows(
    enterprise: Enterprise, policy: Policy, initials: str, opening_date: date | None
) -> Rows:
    """All rows of one enterprise. Raises `NotFound` or `BadValue` where its records don't fit."""
    steps = fold(enterprise.records, policy)
    rounds = _round_days(steps)
    rows: Rows = {
        "enterprise": [_profile(enterprise, policy, initials, steps, rounds)],
        "standing": list(_standings(enterprise.id, steps, rounds, policy)),
        "step": list(_steps(enterprise.id, steps, policy)),
        "visit": [],
        "act": [],
        "service": [],
        "transfer": list(enforcement.transfer_rows(enterprise.id, steps)),
        "paper": list(enforcement.paper_rows(enterprise, steps, policy)),
        "disposal": list(enforcement.disposal_rows(enterprise, steps)),
        "undisposed": list(enforcement.undisposed_rows(enterprise.id, steps, policy)),
        "taking_part": list(enforcement.operation_rows(enterprise.id, steps, policy)),
        "put_off": list(enforcement.put_off_rows(enterprise.id, steps, policy)),
        "submission": list(enforcement.submission_rows(enterprise.id, steps, policy)),
        "pending": [pending_cells(enterprise.id, r) for r in pending(enterprise, policy)],
        "link": [],
        "assignment": [
            (enterprise.id, a.role, a.person, a.department, since(a.since), until(a.until))
            for a in enterprise.assignments
        ],
        "lookback": list(look_back_rows(enterprise.id, steps, policy, opening_date)),
        "uncovered": list(uncovered_rows(enterprise, policy)),
    }
    outings: set[int] = set()
    for seq, step in enumerate(steps):
        match step.record:
            case Registration() as first:
                rows["link"] += [
                    (enterprise.id, first.number, kind, related)
                    for kind, related in (
                        ("原址再生", first.reborn_of),
                        ("异地转移", first.moved_from),
                    )
                    if related
                ]
            case Visit() as visit:
                rows["visit"].append(
                    visit_cells(enterprise.id, seq, visit, step.before, policy, outings)
                )
            case Act() as act:
                rows["act"].append(act_cells(enterprise.id, seq, act, step, policy))
            case Service() as service:
                rows["service"].append(service_cells(enterprise.id, service))
    return rows


def since(value: date | None) -> str:
    """The first day of a stretch; unknown is the beginning of time."""
    return BEGINNING if value is None else value.isoformat()


def until(value: date | None) -> str:
    """The last day of a stretch; open is for ever."""
    return FOREVER if value is None else value.isoformat()


def serial(id: str) -> int:
    """The number in an id, by which ids sort: BK-10000 comes after BK-9999."""
    digits = id.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def _round_days(steps: Sequence[Step]) -> list[date | None]:
    """For each step the day its round began: the listing, later the relapse."""
    days: list[date | None] = []
    for step in steps:
        after = step.after
        if after.round == 1:
            days.append(after.listed_on)
        else:
            same = days and step.before.round == after.round
            days.append(days[-1] if same else step.record.on)
    return days


def _standing(standing: Standing, round_day: date | None, policy: Policy) -> Cells:
    listed, delisted, must_stop = flags(standing, policy)
    return (
        standing.state,
        standing.category,
        standing.former_category,
        standing.round,
        day(standing.deadline),
        standing.awaiting_service,
        day(standing.since),
        day(round_day),
        day(standing.listed_on),
        day(standing.delisted_on),
        standing.opening,
        standing.extensions,
        listed,
        delisted,
        must_stop,
    )


def _profile(
    e: Enterprise,
    policy: Policy,
    initials: str,
    steps: Sequence[Step],
    rounds: Sequence[date | None],
) -> Cells:
    now = steps[-1].after if steps else Standing()
    return (
        e.id,
        serial(e.id),
        e.name,
        e.village,
        *_standing(now, rounds[-1] if rounds else None, policy),
        day(now.last_visit.on) if now.last_visit else None,
        day(_cleared_on(steps, policy)),
        "\n".join(e.former_names),
        initials,
        e.licence,
        e.uscc,
        e.operator,
        e.phone,
        e.grid,
        e.address,
        e.position,
        e.premises,
        e.industry,
        e.product,
        "、".join(e.traits),
        e.meter,
        e.source or _source(steps),
        e.note,
    )


def _cleared_on(steps: Sequence[Step], policy: Policy) -> date | None:
    """The first day on whose evening it stood delisted."""
    evenings = (steps[i] for i in _evenings(steps))
    return next((s.record.on for s in evenings if flags(s.after, policy)[1]), None)


def _evenings(steps: Sequence[Step]) -> Iterator[int]:
    """The place of the last step of each day."""
    for i, step in enumerate(steps):
        if i + 1 == len(steps) or steps[i + 1].record.on != step.record.on:
            yield i


def _source(steps: Sequence[Step]) -> str | None:
    """Where the lead came from, by the registration."""
    found = (step.record.source for step in steps if isinstance(step.record, Registration))
    return next(found, None)


def _standings(
    id: str, steps: Sequence[Step], rounds: Sequence[date | None], policy: Policy
) -> Iterator[Cells]:
    """One row for each stretch of days on whose evenings it stood the same."""
    stretches: list[tuple[str, int, Cells]] = []
    for i in _evenings(steps):
        step = steps[i]
        cells = _standing(step.after, rounds[i], policy)
        if not stretches or stretches[-1][2] != cells:
            stretches.append((step.record.on.isoformat(), step.record.number, cells))
    ends = [start for start, _, _ in stretches[1:]]
    for (start, number, cells), end in zip(stretches, [*ends, FOREVER], strict=False):
        yield (id, start, end, number, *cells)


def _steps(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    entered_before = False
    for seq, step in enumerate(steps):
        was, now = flags(step.before, policy)[0], flags(step.after, policy)[0]
        record, after = step.record, step.after
        yield (
            id,
            seq,
            record.number,
            record.type,
            label(record),
            record.on.isoformat(),
            record.entered_on.isoformat(),
            record.entered is not None and late(record, policy),
            step.before.state,
            after.state,
            step.before.category,
            after.category,
            day(after.deadline),
            after.round,
            after.opening,
            now and not was,
            now and not was and not entered_before,
            was and not now,
        )
        entered_before = entered_before or now
