"""Papers, transfers, disposals and joint enforcements of one enterprise as rows of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from swm.domain.disposals import done_on, undisposed
from swm.domain.fold import Step, of_township
from swm.domain.guards.enforcement import COURT
from swm.domain.guards.operations import JOINT
from swm.domain.operations import BROKEN_OFF, PUT_OFF
from swm.domain.papers import borne, number_of, parsed
from swm.domain.policy import Policy
from swm.domain.records import Act, Disposal, Enterprise, Record, Reply, Service, Transfer, Visit
from swm.store.factrecords import Cells, day

LETTER = "移送函"


def paper_rows(enterprise: Enterprise, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    """Every paper that bears a number or a name, those of withdrawn records among them."""
    upward = {row.name for row in policy.workflow.actions if row.paper and not row.orders}
    acts = [step.record for step in steps if isinstance(step.record, Act)]
    revoked = {n: act.on for act in acts for n in act.withdrawn_papers}
    served = {s.record.of: s.record for s in steps if isinstance(s.record, Service)}
    for record, counts in borne(enterprise):
        if isinstance(record, Transfer) and record.letter is None:
            continue
        name, issuer, nature = _named(record)
        on, by = _served(record, served.get(record.number))
        number = parsed(number_of(record))
        yield (
            enterprise.id,
            record.number,
            record.on.isoformat(),
            name,
            number_of(record),
            number.code if number else None,
            number.year if number else None,
            number.serial if number else None,
            issuer,
            nature,
            of_township(issuer),
            isinstance(record, Act),
            isinstance(record, Transfer) or getattr(record, "action", None) in upward,
            on,
            by,
            not counts,
            day(revoked.get(record.number)),
        )


def _named(record: Record) -> tuple[str, str | None, str | None]:
    if isinstance(record, Act) and record.paper:
        return record.paper.name, record.paper.issuer, record.paper.nature
    return LETTER, None, None


def _served(record: Record, service: Service | None) -> tuple[str | None, str | None]:
    """When and how the paper was served: by its own words, or by a 送达."""
    if service is not None:
        return day(service.on), service.method
    paper = record.paper if isinstance(record, Act) else None
    return (day(paper.served_on), paper.served_by) if paper else (None, None)


def transfer_rows(id: str, steps: Sequence[Step]) -> Iterator[Cells]:
    """Each transfer with its receipt and its first answer, by its own words or by a 移送反馈."""
    records = [step.record for step in steps]
    replies = [r for r in records if isinstance(r, Reply)]
    for transfer in (r for r in records if isinstance(r, Transfer)):
        own = [r for r in replies if r.of == transfer.number]
        received = [r.received_on for r in own if r.received_on]
        answered = [(r.on, r.answer) for r in own if r.answer]
        if transfer.received_on:
            received.append(transfer.received_on)
        if transfer.answered_on:
            answered.append((transfer.answered_on, transfer.answer or ""))
        first = min(answered, default=None)
        yield (
            id,
            transfer.number,
            transfer.on.isoformat(),
            transfer.to,
            transfer.matter,
            day(min(received, default=None)),
            day(first[0]) if first else None,
            transfer.letter,
            first[1] if first else None,
        )


def disposal_rows(enterprise: Enterprise, steps: Sequence[Step]) -> Iterator[Cells]:
    """Each 处置, its deadline, and when it was done."""
    for disposal in (s.record for s in steps if isinstance(s.record, Disposal)):
        yield (
            enterprise.id,
            disposal.number,
            disposal.on.isoformat(),
            disposal.of,
            disposal.measure,
            day(disposal.deadline),
            day(done_on(disposal, enterprise)),
        )


def undisposed_rows(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    """The visits of the present round whose finding nobody has dealt with."""
    rounds = {s.record.number: s.before.round for s in steps if isinstance(s.record, Visit)}
    now = steps[-1].after.round if steps else 0
    for visit in undisposed(steps, policy):
        if rounds[visit.number] == now:
            yield (id, visit.number, visit.on.isoformat(), visit.kind, visit.result)


def operation_rows(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    """Each joint enforcement and each department that took part; none for a court application."""
    joint = {row.name for row in policy.workflow.actions if JOINT in row.guards}
    for act in (s.record for s in steps if isinstance(s.record, Act)):
        if act.action in joint and act.nature != COURT and act.outcome != PUT_OFF:
            together = "、".join(sorted(set(act.departments)))
            for department in sorted(set(act.departments)):
                yield (id, act.number, act.on.isoformat(), together, department)


def submission_rows(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    """What lies with the county now, and since when."""
    now = steps[-1].after if steps else None
    if now is None or now.submitted is None or not policy.state(now.state).open:
        return
    for act in (s.record for s in steps if s.record.number == now.submitted):
        yield (id, act.number, act.on.isoformat())


def put_off_rows(id: str, steps: Sequence[Step], policy: Policy) -> Iterator[Cells]:
    """The last joint enforcement, where it was broken off or put off and none has followed."""
    now = steps[-1].after if steps else None
    act = now.last_act if now else None
    if now and act and act.outcome in (BROKEN_OFF, PUT_OFF) and policy.state(now.state).open:
        why = act.reason or ""
        yield (id, act.number, act.on.isoformat(), act.outcome, day(act.again_on), why)
