"""What the records add up to: the only definition of state.

Records are taken as corrected and without the withdrawn ones, in the order of the days on which
things happened (the number decides within a day), so that a visit entered late takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from swm.domain.corrections import corrected
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Correction,
    Enterprise,
    Opening,
    Record,
    Registration,
    Remediation,
    Service,
    Visit,
    Withdrawal,
)

SUSPECT = "待核查"
"""Where an enterprise starts while nobody has checked the lead."""
LISTED = "待整治"
"""Where it starts once it is on the list."""
DIRECT_SOURCES = frozenset({"历史清单", "巡查发现"})
"""Sources that need no 核查 before an enterprise is listed (方案五2)."""

DONE, NOT_APPLICABLE, UNDONE = "已完成", "不涉及", "未完成"
EXTENSION = "延期"
RELAPSE = "回潮"


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """One item of the standard by the newest record of this round."""

    status: str
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """What an enterprise's records add up to at one moment."""

    state: str = ""
    round: int = 1
    category: str | None = None
    former_category: str | None = None
    deadline: date | None = None
    awaiting_service: int | None = None
    """The act whose paper has not been served: shown 待送达, never overdue."""
    since: date | None = None
    """The day on which the present state was entered."""
    listed_on: date | None = None
    delisted_on: date | None = None
    last_act: Act | None = None
    last_visit: Visit | None = None
    opening: bool = False
    extensions: int = 0
    """Extensions of the present deadline by the town itself; a county paper does not count."""
    items: Mapping[str, ItemStatus] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    """Problems not yet mended, with the visit that named each."""
    solved: Mapping[str, ItemStatus] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    """This round's visits, oldest first."""
    relied: frozenset[int] = frozenset()
    """Records that acts have relied on so far."""

    def overdue(self, day: date, policy: Policy) -> bool:
        """Whether on `day` the deadline has passed: served, open, and later than that day."""
        if self.deadline is None or self.awaiting_service is not None or not self.state:
            return False
        return policy.state(self.state).open and day > self.deadline

    def remediation(self) -> Remediation:
        """The printed copy in the file, 整治."""
        return Remediation(
            round=self.round,
            category=self.category,
            former_category=self.former_category,
            state=self.state,
            deadline=self.deadline,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One effective record, and the standing before and after it."""

    record: Record
    before: Standing
    after: Standing


def effective(records: Sequence[Record]) -> list[Record]:
    """The records that count: corrected, without the withdrawn, in the order of their days.

    A withdrawal or correction that is itself withdrawn has no effect.
    """
    gone: set[int] = set()
    for record in sorted(records, key=lambda r: r.number, reverse=True):
        if isinstance(record, Withdrawal) and record.number not in gone:
            gone.update(record.of)
    standing = [r for r in records if r.number not in gone]
    mends = [r for r in standing if isinstance(r, Correction)]
    facts = [r for r in standing if not isinstance(r, Correction | Withdrawal)]
    return sorted((corrected(r, mends) for r in facts), key=lambda r: (r.on, r.number))


def fold(records: Sequence[Record], policy: Policy) -> tuple[Step, ...]:
    """Each effective record with the standing before and after it."""
    steps: list[Step] = []
    standing = Standing()
    for record in effective(records):
        after = _after(standing, record, policy)
        steps.append(Step(record, standing, after))
        standing = after
    return tuple(steps)


def standing(enterprise: Enterprise, policy: Policy, on: date | None = None) -> Standing:
    """What the enterprise's records add up to: all of them, or those up to the day `on`."""
    last = Standing()
    for step in fold(enterprise.records, policy):
        if on is None or step.record.on <= on:
            last = step.after
    return last


def unlawful(visit: Visit, before: Standing, policy: Policy) -> bool:
    """违法生产: production, or signs of it, where it must have stopped, or at a suspect."""
    if not visit.producing or not before.state:
        return False
    return before.state == SUSPECT or policy.state(before.state).must_stop


def _after(before: Standing, record: Record, policy: Policy) -> Standing:
    match record:
        case Registration():
            return _registered(before, record)
        case Opening():
            return _opened(before, record, policy)
        case Visit():
            return _visited(before, record)
        case Act():
            return _acted(before, record, policy)
        case Service() if record.of == before.awaiting_service:
            deadline = record.deadline or before.deadline
            return replace(before, awaiting_service=None, deadline=deadline)
        case _:
            return before


def _registered(before: Standing, record: Registration) -> Standing:
    listed = record.source in DIRECT_SOURCES and record.category is not None
    return replace(
        before,
        state=LISTED if listed else SUSPECT,
        category=record.category,
        since=record.on,
        listed_on=record.on if listed else None,
    )


def _opened(before: Standing, record: Opening, policy: Policy) -> Standing:
    state = policy.state(record.state)
    return replace(
        before,
        state=record.state,
        category=record.category,
        deadline=record.deadline if state.open else None,
        since=record.delisted_on or record.on,
        listed_on=record.on if state.listed else None,
        delisted_on=(record.delisted_on or record.on) if state.delisted else None,
        opening=True,
    )


def _visited(before: Standing, visit: Visit) -> Standing:
    items, problems, solved = dict(before.items), dict(before.problems), dict(before.solved)
    for status, names in (
        (DONE, visit.done),
        (NOT_APPLICABLE, tuple(visit.not_applicable)),
        (UNDONE, visit.undone),
    ):
        items |= {name: ItemStatus(status, visit.number, visit.on) for name in names}
    for problem in visit.problems:
        problems[problem] = visit.number
        solved.pop(problem, None)
    for problem in visit.solved:
        problems.pop(problem, None)
        solved[problem] = ItemStatus(DONE, visit.number, visit.on)
    return replace(
        before,
        last_visit=visit,
        visits=(*before.visits, visit),
        items=items,
        problems=problems,
        solved=solved,
    )


def _acted(before: Standing, act: Act, policy: Policy) -> Standing:
    after = replace(
        before,
        state=act.after,
        category=act.category or before.category,
        since=act.on if act.after != act.before else before.since,
        last_act=act,
        relied=before.relied | set(act.relied),
    )
    after = _with_deadline(after, before, act, policy)
    if act.category and before.category and act.category != before.category:
        after = replace(after, former_category=before.category)
    target = policy.state(act.after)
    if target.listed and after.listed_on is None:
        after = replace(after, listed_on=act.on)
    if act.action == RELAPSE:
        return _new_round(after)
    return replace(after, delisted_on=act.on if target.delisted else None)


def _with_deadline(after: Standing, before: Standing, act: Act, policy: Policy) -> Standing:
    if act.action == EXTENSION:
        by_county = act.paper is not None and act.paper.number is not None
        used = before.extensions + (0 if by_county else 1)
        return replace(after, deadline=act.deadline or before.deadline, extensions=used)
    if act.deadline or act.term:
        unserved = act.paper is not None and act.paper.served_on is None
        waiting = act.number if unserved else None
        return replace(after, deadline=act.deadline, awaiting_service=waiting, extensions=0)
    if policy.state(act.after).open and act.after != LISTED:
        return after
    return replace(after, deadline=None, awaiting_service=None, extensions=0)


def _new_round(after: Standing) -> Standing:
    return replace(
        after,
        round=after.round + 1,
        delisted_on=None,
        former_category=None,
        opening=False,
        items={},
        problems={},
        solved={},
        visits=(),
    )


def last(steps: Iterable[Step]) -> Standing:
    """The standing after the last step."""
    final = Standing()
    for step in steps:
        final = step.after
    return final
