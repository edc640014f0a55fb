"""Advancing the state: which acts are possible, what each still lacks, and the act itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from swm.domain.entries import append, entered, refuse_future
from swm.domain.edits import Change
from swm.domain.fold import EXTENSION, RELAPSE, Standing, fold, last
from swm.domain.guards import FORCED, Case
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Approval, Enterprise, Opening, Paper, Registration, Term
from swm.domain.replay import prove
from swm.domain.settings import Settings
from swm.errors import Missing, Refused

FROM_OLD_DEADLINE = "原期限届满"
"""Where an extension given in days starts to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True)
class Possibility:
    """An act that could come next, and what it still lacks."""

    row: Action
    missing: tuple[Missing, ...]


def possibilities(
    enterprise: Enterprise, policy: Policy, settings: Settings, today: date
) -> list[Possibility]:
    """Every act that the state allows, each with what it lacks if it were done today."""
    before = last(fold(enterprise.records, policy))
    found = []
    for row in _rows_from(policy, before):
        request = AdvanceRequest(action=row.name, on=today)
        case = _case(enterprise, request, row, before, policy, settings, today)
        found.append(Possibility(row, prove(case).missing))
    return found


def advance(
    enterprise: Enterprise,
    request: AdvanceRequest,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Change:
    """One act, recorded with what each guard relied on.

    Raises `Refused` with everything that is missing; `NotFound` for an act that does not exist.
    """
    refuse_future(request.on, today)
    policy.actions(request.action)
    before = last(fold(enterprise.records, policy))
    row = _row(enterprise, request, before, policy)
    _refuse_before_previous(enterprise, request, before)
    at_the_time = _standing_on(enterprise, request.on, policy)
    case = _case(enterprise, request, row, at_the_time, policy, settings, today)
    proof = prove(case)
    if proof.missing:
        raise Refused(f"{enterprise.id} {enterprise.name}：{request.action}还不能办", proof.missing)
    act = replace(case.act, relied=proof.relied)
    entry = append(enterprise, [act], policy)
    return Change(
        verb="advance",
        subject=f"{act.action} {enterprise.id} {enterprise.name}："
        f"{act.before}→{act.after}（第{act.number}条）",
        files={enterprise.path: entry.edits},
        body=_body(act, today),
        notes=_notes(case, act, entry.standing),
        recorded={"编号": enterprise.id, "序号": act.number, "状态": act.after},
    )


def deadline_of(
    start: date, term: Term, policy: Policy, event: str = "送达"
) -> tuple[date, str, tuple[str, ...]]:
    """The last day of a term that starts with `event` on `start`, the arithmetic, warnings."""
    found = policy.calendar.deadline(start, term.days, term.unit, term.roll, event)
    return found.day, found.arithmetic, found.warnings


def _rows_from(policy: Policy, before: Standing) -> list[Action]:
    """The rows that leave the present state; of 销号's, the one of the present category."""
    rows = [r for r in policy.workflow.actions if before.state in r.sources]
    return [r for r in rows if not _elsewhere(r, rows, before)]


def _elsewhere(row: Action, rows: list[Action], before: Standing) -> bool:
    """Whether a twin row of the same name fits the category better."""
    twins = [r for r in rows if r.name == row.name]
    fitting = [r for r in twins if r.category == before.category] or twins[:1]
    return len(twins) > 1 and row not in fitting


def _row(
    enterprise: Enterprise, request: AdvanceRequest, before: Standing, policy: Policy
) -> Action:
    rows = _rows_from(policy, before)
    for row in rows:
        if row.name == request.action:
            return row
    names = "、".join(dict.fromkeys(r.name for r in rows)) or "无"
    raise Refused(
        f"{enterprise.id} {enterprise.name}现为{before.state}，不能{request.action}",
        hint=f"现在可以：{names}；查看各项前提：swm advance {enterprise.id}",
    )


def _refuse_before_previous(
    enterprise: Enterprise, request: AdvanceRequest, before: Standing
) -> None:
    """An act is not earlier than the previous act of the round, nor than the registration."""
    previous = before.last_act
    if previous and request.on < previous.on:
        raise Refused(
            f"{enterprise.id} {request.action}的日期 {request.on} 早于上一个动作"
            f"“{previous.action}”（第{previous.number}条，{previous.on}）"
        )
    starts = [r for r in enterprise.records if isinstance(r, Registration | Opening)]
    if starts and request.on < starts[0].on:
        raise Refused(
            f"{enterprise.id} {request.action}的日期 {request.on} 早于登记日期 {starts[0].on}"
        )


def _standing_on(enterprise: Enterprise, day: date, policy: Policy) -> Standing:
    """The standing at the end of `day`: an act cannot rely on what came later."""
    return last(s for s in fold(enterprise.records, policy) if s.record.on <= day)


def _case(
    enterprise: Enterprise,
    request: AdvanceRequest,
    row: Action,
    before: Standing,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Case:
    act = _act(enterprise, request, row, before, policy, settings, today)
    return Case(enterprise.id, act, row, before, policy)


def _act(
    enterprise: Enterprise,
    request: AdvanceRequest,
    row: Action,
    before: Standing,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Act:
    term = _term(request, row, policy)
    paper = _paper(request, row, policy, settings)
    deadline = request.deadline
    if deadline is None and term is not None:
        deadline = _from_term(request, row, term, before, policy)
    return Act(
        number=enterprise.next_number,
        type="动作",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        action=row.name,
        time=request.time,
        before=before.state,
        after=row.target(before.state),
        category=_category(request, row, before),
        deadline=deadline,
        term=term,
        criteria=request.criteria or _grounds_by_lapse(row, before, policy),
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
        paper=paper,
        withdrawn_papers=_withdrawn(enterprise, row),
        note=request.note,
    )


def _term(request: AdvanceRequest, row: Action, policy: Policy) -> Term | None:
    if request.deadline is not None or not (request.days or request.workdays):
        return None
    rolls = any(r.name == row.name for r in policy.rules.rules)
    roll = policy.rule(row.name, request.on).roll if rolls else False
    if request.workdays:
        return Term(days=request.workdays, unit="工作日", roll=roll)
    return Term(days=request.days or 0, unit="自然日", roll=roll)


def _from_term(
    request: AdvanceRequest, row: Action, term: Term, before: Standing, policy: Policy
) -> date | None:
    """The day a term ends: known at once when served; an extension counts from the old one."""
    if row.name == EXTENSION:
        start = before.deadline
        return deadline_of(start, term, policy, FROM_OLD_DEADLINE)[0] if start else None
    return deadline_of(request.served, term, policy)[0] if request.served else None


def _paper(
    request: AdvanceRequest, row: Action, policy: Policy, settings: Settings
) -> Paper | None:
    if not (request.doc_name or request.doc_no):
        return None
    issuer = request.issuer or f"{settings.town}人民政府"
    matter = row.matter or (FORCED if request.nature == FORCED else "")
    power = policy.power(issuer, matter, request.on)
    return Paper(
        name=request.doc_name or (row.order if power else row.paper) or f"{row.name}告知书",
        number=request.doc_no,
        issuer=issuer,
        nature="责令" if power else "告知",
        served_on=request.served,
        served_by=(request.served_by or "直接") if request.served else None,
    )


def _category(request: AdvanceRequest, row: Action, before: Standing) -> str | None:
    """转取缔 turns into its row's category; a relapse is 关停取缔 unless said otherwise."""
    if row.name == "转取缔":
        return row.category
    if row.name == RELAPSE:
        return request.category or "关停取缔"
    return request.category


def _grounds_by_lapse(row: Action, before: Standing, policy: Policy) -> tuple[str, ...]:
    """转取缔 rests on the ground that the lapsed deadline itself gives."""
    if row.name != "转取缔":
        return ()
    return tuple(g.code for g in policy.standards.grounds if g.after == before.state)


def _withdrawn(enterprise: Enterprise, row: Action) -> tuple[int, ...]:
    """调整类别 and 转取缔 withdraw the paper in force."""
    if row.name not in ("调整类别", "转取缔"):
        return ()
    acts = [
        r for r in enterprise.records if isinstance(r, Act) and r.paper and (r.term or r.deadline)
    ]
    return (acts[-1].number,) if acts else ()


def _body(act: Act, today: date) -> tuple[str, ...]:
    lines = [f"发生：{act.on}", f"录入：{today}"]
    if act.by:
        lines.append("经办：" + "、".join(act.by))
    if act.clause:
        lines.append(f"依据：{act.clause}")
    if act.relied:
        lines.append("凭：" + "、".join(f"第{n}条" for n in act.relied))
    if act.paper and act.paper.number:
        lines.append(f"文书：{act.paper.name} {act.paper.number}")
    if act.approval:
        lines.append(f"批准：{act.approval.person} {act.approval.on or ''}".rstrip())
    return tuple(lines)


def _notes(case: Case, act: Act, after: Standing) -> tuple[str, ...]:
    notes, before, policy = [], case.before, case.policy
    if act.action == EXTENSION and act.term and before.deadline:
        notes.append(deadline_of(before.deadline, act.term, policy, FROM_OLD_DEADLINE)[1])
    elif act.term and act.paper and act.paper.served_on and act.deadline:
        _, arithmetic, warnings = deadline_of(act.paper.served_on, act.term, policy)
        notes += [arithmetic, *warnings]
    elif after.deadline and after.deadline == act.deadline:
        notes.append(f"期限 {act.deadline}（当日不算逾期，次日起逾期）")
    if after.awaiting_service == act.number:
        serve = f"swm serve {case.id} {act.number} --on 日期 --method 直接"
        notes.append(f"文书待送达，送达后期限才起算：{serve}")
    if case.row.approval and act.approval is None:
        notes.append(
            f"待补批：swm correct {case.id} {act.number} --why 补批 "
            "--set 批准.人=某某 --set 批准.日期=日期 --set 批准.依据=签批单"
        )
    return tuple(notes)
