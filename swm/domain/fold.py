"""What the records add up to: the only definition of state.

Records are taken as corrected and without the withdrawn ones, in the order of the days on which
things happened (the number decides within a day), so that a visit entered late takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from swm.domain.corrections import Place, place
from swm.domain.corrections import effective as effective
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Enterprise,
    Lead,
    Opening,
    Record,
    Registration,
    Remediation,
    Service,
    Visit,
)
from swm.frozen import frozen

SUSPECT = "待核查"
"""Where an enterprise starts while nobody has checked the lead."""
LISTED = "待整治"
"""Where it starts once it is on the list."""
DIRECT_SOURCES = frozenset({"历史清单", "巡查发现"})
"""Sources that need no 核查 before an enterprise is listed (方案五2)."""

UNFOUNDED = "不予列入"
"""Where a lead ends that two people found untrue (方案五2)."""

DONE, NOT_APPLICABLE, UNDONE = "已完成", "不涉及", "未完成"
FINISHED = frozenset({DONE, NOT_APPLICABLE})
EXTENSION = "延期"
RELAPSE = "回潮"
SUBMISSION, RETURN, COUNTY_DELISTING = "报区验收", "区验收退回", "上级直接销号"
"""The acts of a ledger whose enterprises the county delists."""
TOWNSHIPS = ("镇", "乡", "街道")
"""Words in the name of a township's own bodies; any other issuer stands above the town."""


@frozen
class ItemStatus:
    """One item of the standard by the newest record of this round.

    An item that stays finished keeps the record that finished it.
    """

    status: str
    number: int
    on: date


@frozen
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
    papers: tuple[int, ...] = ()
    """The acts whose papers are in force: the order that set the deadline, its extensions."""
    refuted: Place | None = None
    """Where the lead was last found untrue; what was seen before no longer speaks for it."""
    items: Mapping[str, ItemStatus] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    """Problems not yet mended, with the visit that named each."""
    solved: Mapping[str, ItemStatus] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    """This round's visits, oldest first."""
    leads: tuple[Lead, ...] = ()
    """Complaints about it, and matters handed down, oldest first."""
    relied: frozenset[int] = frozenset()
    """Records that acts have relied on so far."""
    submitted: int | None = None
    """The act that reported the enterprise to the county for acceptance, and not yet returned."""
    returned: Place | None = None
    """Where the county last returned it in this round; an acceptance before that is spent."""

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


@frozen
class Step:
    """One effective record, and the standing before and after it."""

    record: Record
    before: Standing
    after: Standing


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


def shows_relapse(visit: Visit, must_stop: bool) -> bool:
    """Whether a visit after 销号 shows 回潮 (方案五2).

    Where production must have stopped: production, equipment back, or an item taken back, such as
    power. Elsewhere only a problem: lawful production alone is none.
    """
    if not must_stop:
        return bool(visit.problems)
    return visit.producing or visit.result == "设备回迁" or bool(visit.undone)


def of_township(issuer: str | None) -> bool:
    """Whether a paper's issuer is one of a township's own bodies; the town itself is not named."""
    return issuer is None or any(word in issuer for word in TOWNSHIPS)


def by_county(act: Act) -> bool:
    """Whether an act rests on a numbered paper of an authority above the town."""
    paper = act.paper
    if paper is None or paper.number is None:
        return False
    return paper.issuer is None or not of_township(paper.issuer)


def _after(before: Standing, record: Record, policy: Policy) -> Standing:
    match record:
        case Registration():
            return _registered(before, record)
        case Opening():
            return _opened(before, record, policy)
        case Visit():
            return _visited(before, record)
        case Lead():
            return replace(before, leads=(*before.leads, record))
        case Act():
            return _acted(before, record, policy)
        case Service() if record.of == before.awaiting_service:
            # A day that the paper (or its extension) names stands as given; days count from here.
            deadline = before.deadline or record.deadline
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
        refuted=place(record) if record.state == UNFOUNDED else None,
    )


def _visited(before: Standing, visit: Visit) -> Standing:
    seen = _with_items(before, visit)
    problems, solved = dict(seen.problems), dict(seen.solved)
    for problem in visit.solved:
        problems.pop(problem, None)
        solved[problem] = ItemStatus(DONE, visit.number, visit.on)
    return replace(
        seen,
        last_visit=visit,
        visits=(*before.visits, visit),
        problems=problems,
        solved=solved,
    )


def _with_items(before: Standing, found: Visit | Act) -> Standing:
    """The items and problems after a visit, a joint enforcement, or a return by the county."""
    if not (found.done or found.not_applicable or found.undone or found.problems):
        return before
    items, problems, solved = dict(before.items), dict(before.problems), dict(before.solved)
    for status, names in (
        (DONE, found.done),
        (NOT_APPLICABLE, tuple(found.not_applicable)),
        (UNDONE, found.undone),
    ):
        for name in names:
            known = items.get(name)
            if known is None or known.status != status or status not in FINISHED:
                items[name] = ItemStatus(status, found.number, found.on)
    for problem in found.problems:
        problems[problem] = found.number
        solved.pop(problem, None)
    return replace(before, items=items, problems=problems, solved=solved)


def _acted(before: Standing, act: Act, policy: Policy) -> Standing:
    before = _with_items(_reported(before, act), act)
    after = replace(
        before,
        state=act.after,
        category=act.category or before.category,
        since=act.on if act.after != act.before else before.since,
        last_act=act,
        relied=before.relied | set(act.relied),
        refuted=place(act) if act.after == UNFOUNDED else before.refuted,
    )
    after = _with_deadline(after, before, act, policy)
    if act.category and before.category and act.category != before.category:
        after = replace(after, former_category=before.category)
    target = policy.state(act.after)
    if target.listed and after.listed_on is None:
        after = replace(after, listed_on=act.on)
    if act.action == RELAPSE:
        return _new_round(after, before)
    return replace(after, delisted_on=act.on if target.delisted else None)


def _reported(before: Standing, act: Act) -> Standing:
    """What stands before the county after the act: reported, or returned."""
    if act.action == SUBMISSION:
        return replace(before, submitted=act.number)
    if act.action == RETURN:
        return replace(before, submitted=None, returned=place(act))
    return before


def _with_deadline(after: Standing, before: Standing, act: Act, policy: Policy) -> Standing:
    if act.action == EXTENSION:
        used = before.extensions + (0 if by_county(act) else 1)
        papers = (*before.papers, act.number) if act.paper else before.papers
        deadline = act.deadline or before.deadline
        return replace(after, deadline=deadline, extensions=used, papers=papers)
    if act.deadline or act.term:
        unserved = act.paper is not None and act.paper.served_on is None
        return replace(
            after,
            deadline=act.deadline,
            awaiting_service=act.number if unserved else None,
            extensions=0,
            papers=(act.number,) if act.paper else (),
        )
    if policy.state(act.after).open and act.after != LISTED:
        return after
    return replace(after, deadline=None, awaiting_service=None, extensions=0, papers=())


def _new_round(after: Standing, before: Standing) -> Standing:
    """Nothing of the old round counts, but the problems found since 销号 are the new round's."""
    closing = before.last_act.number if before.last_act else 0
    closed = (before.delisted_on or date.max, closing)
    found = {v.number for v in before.visits if place(v) > closed}
    return replace(
        after,
        round=after.round + 1,
        delisted_on=None,
        former_category=None,
        opening=False,
        items={},
        problems={text: n for text, n in before.problems.items() if n in found},
        solved={},
        visits=(),
        submitted=None,
        returned=None,
    )


def last(steps: Iterable[Step]) -> Standing:
    """The standing after the last step."""
    final = Standing()
    for step in steps:
        final = step.after
    return final
