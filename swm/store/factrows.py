"""One enterprise's file as rows of the fact tables: what the fold makes of every record.

Nothing is decided here: states, deadlines and 违法生产 are the domain's, laid out flat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from swm.domain.approvals import pending
from swm.domain.entries import late
from swm.domain.fold import Standing, Step, fold, shows_relapse, unlawful
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Correction,
    Enterprise,
    Record,
    Service,
    Transfer,
    Visit,
    Withdrawal,
)
from swm.store.factschema import FOREVER

Cells = tuple[Any, ...]
Rows = dict[str, list[Cells]]
"""Rows to insert, by table."""
BEGINNING = "0001-01-01"


def enterprise_rows(enterprise: Enterprise, policy: Policy, initials: str) -> Rows:
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
        "transfer": [],
        "pending": [_pending(enterprise.id, r) for r in pending(enterprise, policy)],
        "assignment": [
            (enterprise.id, a.role, a.person, a.department, since(a.since), until(a.until))
            for a in enterprise.assignments
        ],
    }
    for seq, step in enumerate(steps):
        match step.record:
            case Visit() as visit:
                rows["visit"].append(_visit(enterprise.id, seq, visit, step.before, policy))
            case Act() as act:
                rows["act"].append(_act(enterprise.id, seq, act, step, policy))
            case Service() as service:
                rows["service"].append(_service(enterprise.id, service))
            case Transfer() as transfer:
                rows["transfer"].append(_transfer(enterprise.id, transfer))
    return rows


def day(value: date | None) -> str | None:
    """A day as text; None stays None."""
    return None if value is None else value.isoformat()


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


def _flags(standing: Standing, policy: Policy) -> tuple[bool, bool, bool]:
    """Whether it is counted in 底数, delisted, and must have stopped production."""
    if not standing.state:
        return False, False, False
    state = policy.state(standing.state)
    return state.listed, state.delisted, state.must_stop


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
    listed, delisted, must_stop = _flags(standing, policy)
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
        "\n".join(e.former_names),
        initials,
        e.licence,
        e.uscc,
        e.operator,
        e.phone,
        e.village,
        e.grid,
        e.address,
        e.position,
        e.premises,
        e.industry,
        e.product,
        "、".join(e.traits),
        e.meter,
        e.source,
        e.note,
        *_standing(now, rounds[-1] if rounds else None, policy),
        day(now.last_visit.on) if now.last_visit else None,
    )


def _standings(
    id: str, steps: Sequence[Step], rounds: Sequence[date | None], policy: Policy
) -> Iterator[Cells]:
    """One row for each stretch of days on whose evenings it stood the same."""
    stretches: list[tuple[str, int, Cells]] = []
    for i, step in enumerate(steps):
        if i + 1 < len(steps) and steps[i + 1].record.on == step.record.on:
            continue
        cells = _standing(step.after, rounds[i], policy)
        if not stretches or stretches[-1][2] != cells:
            stretches.append((step.record.on.isoformat(), step.record.number, cells))
    ends = [start for start, _, _ in stretches[1:]]
    for (start, number, cells), end in zip(stretches, [*ends, FOREVER], strict=False):
        yield (id, start, end, number, *cells)


def _steps(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    entered_before = False
    for seq, step in enumerate(steps):
        was, now = _flags(step.before, policy)[0], _flags(step.after, policy)[0]
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


def label(record: Record) -> str:
    """What a list calls the record: 夜查, 限期搬迁, 送达."""
    match record:
        case Visit():
            return record.kind
        case Act():
            return record.action
        case _:
            return record.type


def _visit(id: str, seq: int, visit: Visit, before: Standing, policy: Policy) -> Cells:
    _, delisted, must_stop = _flags(before, policy)
    team = visit.team
    return (
        id,
        seq,
        visit.number,
        visit.on.isoformat(),
        visit.time,
        visit.kind,
        visit.result,
        unlawful(visit, before, policy),
        delisted and shows_relapse(visit, must_stop),
        _outing(visit),
        len(team),
        "、".join(team),
        visit.leader,
        visit.patrol,
        before.state,
        before.category,
        before.round,
        delisted,
        before.opening,
        visit.police_at.isoformat(sep=" ", timespec="minutes") if visit.police_at else None,
        visit.reported_at.isoformat(sep=" ", timespec="minutes") if visit.reported_at else None,
        visit.verdict,
        day(visit.again_on),
    )


def _outing(visit: Visit) -> int:
    """The outing (次) of a visit as a number: its patrol, else its day, kind and team.

    63 bits of a digest: a sum over years of visits is grouped by it, and text would take thrice
    as long. Among a million outings two share a number once in twenty million ledgers.
    """
    key = visit.patrol or f"{visit.on}|{visit.kind}|{'、'.join(sorted(visit.team))}"
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def _act(id: str, seq: int, act: Act, step: Step, policy: Policy) -> Cells:
    before, after, paper = step.before, step.after, act.paper
    was_listed, was_delisted, _ = _flags(before, policy)
    now_listed, now_delisted, _ = _flags(after, policy)
    return (
        id,
        seq,
        act.number,
        act.on.isoformat(),
        act.action,
        before.state,
        after.state,
        before.category,
        after.category,
        day(before.deadline),
        before.awaiting_service,
        day(after.deadline),
        after.round,
        before.opening,
        was_listed,
        was_delisted,
        now_listed,
        now_delisted,
        "、".join(sorted(set(act.departments))),
        act.nature,
        act.outcome,
        act.method,
        act.moved_to,
        act.reason,
        act.related,
        paper.name if paper else None,
        paper.number if paper else None,
        day(paper.served_on) if paper else None,
        act.approval is not None,
    )


def _service(id: str, service: Service) -> Cells:
    return (
        id,
        service.number,
        service.on.isoformat(),
        service.of,
        service.method,
        day(service.deadline),
    )


def _transfer(id: str, transfer: Transfer) -> Cells:
    return (
        id,
        transfer.number,
        transfer.on.isoformat(),
        transfer.to,
        transfer.matter,
        day(transfer.received_on),
        day(transfer.answered_on),
    )


def _pending(id: str, record: Record) -> Cells:
    what = record.type if isinstance(record, Correction | Withdrawal) else label(record)
    return (id, record.number, record.type, what, record.on.isoformat())
