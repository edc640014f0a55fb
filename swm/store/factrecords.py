"""Single records as rows of the fact tables, each with what stood before and after it."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from swm.domain.fold import Standing, Step, shows_relapse, unlawful
from swm.domain.guards.operations import heads
from swm.domain.policy import Policy
from swm.domain.records import Act, Correction, Record, Service, Visit, Withdrawal

Cells = tuple[Any, ...]


def day(value: date | None) -> str | None:
    """A day as text; None stays None."""
    return None if value is None else value.isoformat()


def flags(standing: Standing, policy: Policy) -> tuple[bool, bool, bool]:
    """Whether it is counted in 底数, delisted, and must have stopped production."""
    if not standing.state:
        return False, False, False
    state = policy.state(standing.state)
    return state.listed, state.delisted, state.must_stop


def label(record: Record) -> str:
    """What a list calls the record: 夜查, 限期搬迁, 送达."""
    match record:
        case Visit():
            return record.kind
        case Act():
            return record.action
        case _:
            return record.type


def visit_cells(
    id: str, seq: int, visit: Visit, before: Standing, policy: Policy, outings: set[int]
) -> Cells:
    """A visit. `outings` holds those of the enterprise's earlier visits, and takes in its own."""
    _, delisted, must_stop = flags(before, policy)
    team = visit.team
    outing = _outing(visit)
    again = outing in outings
    outings.add(outing)
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
        outing,
        again,
        len(team),
        "、".join(team),
        visit.leader,
        visit.patrol,
        before.state,
        before.category,
        before.round,
        delisted,
        before.opening,
        moment(visit.police_at),
        moment(visit.reported_at),
        visit.verdict,
        day(visit.again_on),
        visit.from_outside,
        visit.official,
        moment(visit.police_came),
        moment(visit.officers_came),
    )


def moment(value: datetime | None) -> str | None:
    """A moment to the minute as text; None stays None."""
    return None if value is None else value.isoformat(sep=" ", timespec="minutes")


def _outing(visit: Visit) -> int:
    """The outing (次) of a visit as a number: its patrol, else its day, kind and team.

    63 bits of a digest: a sum over years of visits is grouped by it, and text would take thrice
    as long. Among a million outings two share a number once in twenty million ledgers.
    """
    key = visit.patrol or f"{visit.on}|{visit.kind}|{'、'.join(sorted(visit.team))}"
    return outing_number(key)


def outing_number(key: str) -> int:
    """The number of an outing: of a patrol by its id."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def act_cells(id: str, seq: int, act: Act, step: Step, policy: Policy) -> Cells:
    before, after, paper = step.before, step.after, act.paper
    was_listed, was_delisted, _ = flags(before, policy)
    now_listed, now_delisted, _ = flags(after, policy)
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
        act.level,
        heads(act),
    )


def service_cells(id: str, service: Service) -> Cells:
    return (
        id,
        service.number,
        service.on.isoformat(),
        service.of,
        service.method,
        day(service.deadline),
    )


def pending_cells(id: str, record: Record) -> Cells:
    what = record.type if isinstance(record, Correction | Withdrawal) else label(record)
    return (id, record.number, record.type, what, record.on.isoformat())
