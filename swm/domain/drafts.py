"""The act as it would be recorded: what the clerk said, completed by the rules, judged by nobody.

Guards look at this record, not at the request (docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from swm.domain.entries import entered
from swm.domain.fold import EXTENSION, RELAPSE, Standing, of_township
from swm.domain.guards import COUNTY_PAPER, FORCED
from swm.domain.papers import as_written, parsed
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Approval, Paper, Term
from swm.domain.replay import TOWN
from swm.domain.settings import Settings
from swm.domain.terms import FROM_OLD_DEADLINE, deadline_of, usual
from swm.frozen import declared

CONVERSION = "转取缔"
WITHDRAWING = ("调整类别", CONVERSION)
"""Acts that withdraw the papers in force."""
FORCED_DECISION, COUNTY_REPLY = "强制执行决定书", "延期批复"
DELISTING_REPLY = "销号批复"


@declared
class AdvanceRequest:
    """What the clerk says about an act; everything but the action and the day may be missing."""

    action: str
    on: date
    time: str | None = None
    by: tuple[str, ...] = ()
    deadline: date | None = None
    days: int | None = None
    workdays: int | None = None
    category: str | None = None
    criteria: tuple[str, ...] = ()
    doc_name: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    served: date | None = None
    served_by: str | None = None
    doc_date: date | None = None
    departments: tuple[str, ...] = ()
    lead: str | None = None
    leader: str | None = None
    until: str | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    head_count: int | None = None
    nature: str | None = None
    outcome: str | None = None
    again_on: date | None = None
    done: Mapping[str, str | None] = field(default_factory=dict)
    """Each item that was done, with the measure used, or None."""
    done_by: Mapping[str, str] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    demanded_on: date | None = None
    announced_on: date | None = None
    remedies_over: date | None = None
    emergency: bool = False
    method: str | None = None
    moved_to: str | None = None
    reason: str | None = None
    related: str | None = None
    approval: Approval | None = None
    note: str | None = None


def draft(
    number: int,
    request: AdvanceRequest,
    row: Action,
    before: Standing,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Act:
    """The record of the act, its `凭` still empty. Raises `Refused` for a senseless term."""
    term = _term(request, row, before, policy)
    return Act(
        number=number,
        type="动作",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        action=row.name,
        time=request.time,
        before=before.state,
        after=row.target(before.state),
        category=_category(request, row, before),
        deadline=request.deadline or _last_day(request, row, term, before, policy),
        term=term,
        criteria=_criteria(request, row, before, policy),
        reason=request.reason,
        related=request.related,
        departments=_departments(request),
        lead=request.lead,
        leader=request.leader,
        until=request.until,
        people=dict(request.people),
        head_count=request.head_count,
        nature=request.nature,
        outcome=request.outcome,
        again_on=request.again_on,
        done=tuple(request.done),
        measures={name: how for name, how in request.done.items() if how},
        done_by=dict(request.done_by),
        not_applicable=dict(request.not_applicable),
        undone=request.undone,
        problems=request.problems,
        demanded_on=request.demanded_on,
        announced_on=request.announced_on,
        remedies_over=request.remedies_over,
        emergency=True if request.emergency else None,
        method=request.method,
        moved_to=request.moved_to,
        level=row.level if row.level != TOWN else None,
        clause=row.clause,
        approval=request.approval,
        paper=_paper(request, row, policy, settings),
        withdrawn_papers=before.papers if row.name in WITHDRAWING else (),
        note=request.note,
    )


def _departments(request: AdvanceRequest) -> tuple[str, ...]:
    """Who took part: as named, the lead and those whose people were there among them."""
    leading = (request.lead,) if request.lead else ()
    return tuple(dict.fromkeys((*request.departments, *leading, *request.people)))


def _term(request: AdvanceRequest, row: Action, before: Standing, policy: Policy) -> Term | None:
    """The days asked for; a day that is named stands as given."""
    if request.deadline is not None or not (request.days or request.workdays):
        return None
    rule = usual(policy, row, before.state, request.on)
    roll = rule.roll if rule else False
    if request.workdays:
        return Term(days=request.workdays, unit="工作日", roll=roll)
    return Term(days=request.days or 0, unit="自然日", roll=roll)


def _last_day(
    request: AdvanceRequest, row: Action, term: Term | None, before: Standing, policy: Policy
) -> date | None:
    """The day a term ends: known at once when served; an extension counts from the old one."""
    if term is None:
        return None
    if row.name == EXTENSION:
        start = before.deadline
        return deadline_of(start, term, policy, FROM_OLD_DEADLINE)[0] if start else None
    return deadline_of(request.served, term, policy)[0] if request.served else None


def _category(request: AdvanceRequest, row: Action, before: Standing) -> str | None:
    """转取缔 turns into its row's category; a relapse is 关停取缔 unless said otherwise.

    Elsewhere a category is written only where it changes.
    """
    if row.name == CONVERSION:
        return request.category or row.category
    if row.name == RELAPSE:
        return request.category or "关停取缔"
    return request.category if request.category != before.category else None


def _criteria(
    request: AdvanceRequest, row: Action, before: Standing, policy: Policy
) -> tuple[str, ...]:
    """转取缔 rests on the ground that the lapse itself gives, and on what else is named."""
    if row.name != CONVERSION:
        return request.criteria
    lapse = tuple(g.code for g in policy.standards.grounds if g.after == before.state)
    return tuple(dict.fromkeys((*lapse, *request.criteria)))


def _paper(
    request: AdvanceRequest, row: Action, policy: Policy, settings: Settings
) -> Paper | None:
    letter = row.paper is not None and not row.orders
    if not (request.doc_name or request.doc_no or letter):
        return None
    issuer = request.issuer or _usual_issuer(request, row, settings)
    forced = request.nature == FORCED
    matter = row.matter or (FORCED if forced else "")
    power = policy.power(issuer or "", matter, request.on)
    order = row.order or (FORCED_DECISION if forced else None)
    county = COUNTY_PAPER in row.guards
    replied = row.name == EXTENSION and request.doc_no and not of_township(issuer)
    reply = DELISTING_REPLY if county else row.paper
    notice = COUNTY_REPLY if replied else reply
    return Paper(
        name=request.doc_name or (order if power else notice) or f"{row.name}告知书",
        number=as_written(request.doc_no, settings),
        issuer=issuer,
        dated=request.doc_date,
        nature="责令" if power else "告知",
        served_on=request.served,
        served_by=(request.served_by or "直接") if request.served else None,
    )


def _usual_issuer(request: AdvanceRequest, row: Action, settings: Settings) -> str | None:
    """The town; what only the county can say comes from the county.

    That is a numbered paper that extends a deadline (期限.yaml), and one that delists.
    """
    number = parsed(request.doc_no)
    ours = number is not None and number.code == settings.agency_code
    if (row.name == EXTENSION and request.doc_no and not ours) or COUNTY_PAPER in row.guards:
        return f"{settings.county}人民政府" if settings.county else None
    return f"{settings.town}人民政府"
