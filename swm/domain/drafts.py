"""The act as it would be recorded: what the clerk said, completed by the rules, judged by nobody.

Guards look at this record, not at the request (docs/decisions/0003).
"""

from __future__ import annotations

from datetime import date

from swm.domain.entries import entered
from swm.domain.fold import EXTENSION, RELAPSE, Standing
from swm.domain.guards import FORCED
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Approval, Paper, Term
from swm.domain.settings import Settings
from swm.domain.terms import FROM_OLD_DEADLINE, deadline_of, usual
from swm.frozen import declared

CONVERSION = "转取缔"
WITHDRAWING = ("调整类别", CONVERSION)
"""Acts that withdraw the papers in force."""
FORCED_DECISION, COUNTY_REPLY = "强制执行决定书", "延期批复"


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
    departments: tuple[str, ...] = ()
    nature: str | None = None
    outcome: str | None = None
    demanded_on: date | None = None
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
        departments=request.departments,
        nature=request.nature,
        outcome=request.outcome,
        demanded_on=request.demanded_on,
        emergency=True if request.emergency else None,
        method=request.method,
        moved_to=request.moved_to,
        clause=row.clause,
        approval=request.approval,
        paper=_paper(request, row, policy, settings),
        withdrawn_papers=before.papers if row.name in WITHDRAWING else (),
        note=request.note,
    )


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
    if not (request.doc_name or request.doc_no):
        return None
    issuer = request.issuer or _usual_issuer(request, row, settings)
    forced = request.nature == FORCED
    matter = row.matter or (FORCED if forced else "")
    power = policy.power(issuer or "", matter, request.on)
    order = row.order or (FORCED_DECISION if forced else None)
    notice = COUNTY_REPLY if row.name == EXTENSION and request.doc_no else row.paper
    return Paper(
        name=request.doc_name or (order if power else notice) or f"{row.name}告知书",
        number=request.doc_no,
        issuer=issuer,
        nature="责令" if power else "告知",
        served_on=request.served,
        served_by=(request.served_by or "直接") if request.served else None,
    )


def _usual_issuer(request: AdvanceRequest, row: Action, settings: Settings) -> str | None:
    """The town; a numbered paper that extends a deadline comes from the county (期限.yaml)."""
    if row.name == EXTENSION and request.doc_no:
        return f"{settings.county}人民政府" if settings.county else None
    return f"{settings.town}人民政府"
