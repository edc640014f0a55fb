"""Advancing the state: which acts are possible, what each still lacks, and the act itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from swm.domain.corrections import effective
from swm.domain.drafts import AdvanceRequest, draft
from swm.domain.edits import Change
from swm.domain.entries import append, refuse_future
from swm.domain.fold import EXTENSION, LISTED, Standing, by_county, fold, last
from swm.domain.guards import Case
from swm.domain.lookbacks import REACH, due_days
from swm.domain.operations import faults, unsaid
from swm.domain.papers import Register, numbered, taken
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Enterprise, Opening, Registration
from swm.domain.replay import prove, rows_from
from swm.domain.settings import Settings
from swm.domain.terms import FROM_OLD_DEADLINE, deadline_of
from swm.errors import Missing, Refused
from swm.frozen import frozen

__all__ = ["AdvanceRequest", "Possibility", "advance", "deadline_of", "possibilities"]


@frozen
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
    for row in rows_from(policy, before, settings.delisted_by):
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
    register: Register | None = None,
    *,
    against: Iterable[Missing] = (),
) -> Change:
    """One act, recorded with what each guard relied on.

    `register` is how to see the numbers of all papers; without it none is given. `against` is what
    the rest of the ledger has against the act. Raises `Refused` with everything that is missing;
    `NotFound` for an act that does not exist.
    """
    refuse_future(request.on, today)
    policy.actions(request.action)
    before = last(fold(enterprise.records, policy))
    row = _row(enterprise, request, before, policy, settings)
    _refuse_before_previous(enterprise, request, before)
    at_the_time = _standing_on(enterprise, request.on, policy)
    case = _case(enterprise, request, row, at_the_time, policy, settings, today)
    proof = prove(case)
    number = case.act.paper.number if case.act.paper else None
    used = taken(number, settings, register, "--doc-no")
    if missing := (*proof.missing, *faults(case), *used, *against):
        raise Refused(f"{enterprise.id} {enterprise.name}：{request.action}还不能办", missing)
    act = numbered(replace(case.act, relied=proof.relied), settings, register)
    entry = append(enterprise, [act], policy)
    return Change(
        verb="advance",
        subject=f"{act.action} {enterprise.id} {enterprise.name}："
        f"{_outcome(act)}（第{act.number}条）",
        files={enterprise.path: entry.edits},
        body=_body(act, today),
        notes=tuple(_notes(case, act, entry.standing)),
        recorded={
            "编号": enterprise.id,
            "序号": act.number,
            "状态": act.after,
            **({"文号": act.paper.number} if act.paper and act.paper.number else {}),
        },
    )


def _row(
    enterprise: Enterprise,
    request: AdvanceRequest,
    before: Standing,
    policy: Policy,
    settings: Settings,
) -> Action:
    rows = rows_from(policy, before, settings.delisted_by)
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
            f"“{previous.action}”（第{previous.number}条，{previous.on}）",
            hint=f"--on 不早于 {previous.on}；第{previous.number}条日期有误的用 swm correct 更正",
        )
    starts = (r for r in effective(enterprise.records) if isinstance(r, Registration | Opening))
    start = next(starts, None)
    if start and request.on < start.on:
        raise Refused(
            f"{enterprise.id} {request.action}的日期 {request.on} 早于登记日期 {start.on}",
            hint=f"--on 不早于 {start.on}；登记日期有误的用 swm correct 更正",
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
    act = draft(enterprise.next_number, request, row, before, policy, settings, today)
    return Case(enterprise.id, act, row, before, policy, enterprise.shared_supply)


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


def _outcome(act: Act) -> str:
    """What the act led to, as people say it in a line."""
    if act.action == EXTENSION:
        return f"延至{act.deadline}"
    moved = act.after if act.before == act.after else f"{act.before}→{act.after}"
    return f"{moved}，{act.outcome}" if act.outcome else moved


def _notes(case: Case, act: Act, after: Standing) -> Iterator[str]:
    """The arithmetic of the deadline, and what is still to be done about the act."""
    yield from _paper_notes(case, act)
    yield from _deadline_notes(case, act, after)
    if act.action == EXTENSION and by_county(act) and act.paper:
        issuer = act.paper.issuer or "区级"
        yield f"凭{issuer}{act.paper.number or ''}延期，不计入镇内延期次数"
    if after.awaiting_service == act.number:
        serve = f"swm serve {case.id} {act.number} --on 日期 --method 直接"
        yield f"文书待送达，送达后期限才起算：{serve}"
    yield from unsaid(case)
    yield from _what_comes_next(case, act, after)
    if case.row.approval and act.approval is None:
        yield (
            f"待补批：swm correct {case.id} {act.number} --why 补批 "
            "--set 批准.人=某某 --set 批准.日期=日期 --set 批准.依据=签批单"
        )


def _paper_notes(case: Case, act: Act) -> Iterator[str]:
    """The number that the paper got, where the clerk named none."""
    typed = case.act.paper.number if case.act.paper else None
    if act.paper and act.paper.number and typed is None:
        yield f"《{act.paper.name}》编为 {act.paper.number}"


def _what_comes_next(case: Case, act: Act, after: Standing) -> Iterator[str]:
    """The order that a listed enterprise waits for; the first look-back after 销号 (方案五2)."""
    policy = case.policy
    if act.after == LISTED:
        rows = rows_from(policy, after)
        for row in (r for r in rows if r.orders and r.category == after.category):
            yield f"下一步下达期限：swm advance {case.id} {row.name}"
    if after.delisted_on:
        yield from _first_look_back(case, act, after.delisted_on)


def _first_look_back(case: Case, act: Act, delisted_on: date) -> Iterator[str]:
    rules = case.policy.rules
    first = next(due_days(delisted_on, act.after, rules, delisted_on + REACH), None)
    if first:
        result = "已清空" if case.policy.state(act.after).must_stop else "在产"
        visit = f"swm inspect {case.id} --kind 回头看 --by 甲,乙 --result {result}"
        yield f"{first.name}回头看应在 {first.due} 以前：{visit}"


def _deadline_notes(case: Case, act: Act, after: Standing) -> Iterator[str]:
    served = act.paper.served_on if act.paper else None
    if act.action == EXTENSION and act.term and case.before.deadline:
        yield from _arithmetic(case, case.before.deadline, act, FROM_OLD_DEADLINE)
    elif act.term and served and act.deadline:
        yield from _arithmetic(case, served, act, "送达")
    elif after.deadline and after.deadline == act.deadline:
        yield f"期限 {act.deadline}（当日不算逾期，次日起逾期）"


def _arithmetic(case: Case, start: date, act: Act, event: str) -> tuple[str, ...]:
    if act.term is None:
        return ()
    _, arithmetic, warnings = deadline_of(start, act.term, case.policy, event)
    return (arithmetic, *warnings)
