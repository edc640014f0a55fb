"""The part of the proof that is about time: dated values, clauses in force, the holiday tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from swm.domain.citations import cited
from swm.domain.holidays import MAKEUP, HolidayYear
from swm.domain.policy import Clause, Policy
from swm.domain.policyfiles import CLAUSES, HOLIDAYS, POWERS, RULES, STANDARDS, WORKFLOW
from swm.errors import ERROR, REMINDER, Finding
from swm.frozen import frozen

_DAY = timedelta(days=1)
Span = tuple[date, date | None]


# --- from when to when ------------------------------------------------------------------------


def prove_dates(policy: Policy) -> Iterator[Finding]:
    """Dated values have neither gap nor overlap; nothing ends before it starts."""
    for rule in policy.rules.rules:
        spans = [(value.since, value.until) for value in rule.values]
        yield from prove_spans(RULES, f"规则[{rule.name}].取值", spans, gaps=False)
    plans: dict[str, list[Span]] = {}
    for plan in policy.rules.look_backs:
        for state in plan.goals or ("其余",):
            plans.setdefault(state, []).append((plan.since, plan.until))
    for state, spans in plans.items():
        yield from prove_spans(RULES, f"回头看[{state}]", spans)
    roles = [(rule.since, rule.until) for rule in policy.rules.required_roles]
    if roles:
        yield from prove_spans(RULES, "包保", roles)
    for clause in policy.clauses.clauses:
        yield from prove_spans(CLAUSES, f"依据[{clause.code}]", [(clause.since, clause.until)])
    powers: dict[tuple[str, str], list[Span]] = {}
    for power in policy.powers.powers:
        spans = powers.setdefault((power.authority, power.matter), [])
        spans.append((power.since, power.until))
    for (authority, matter), spans in powers.items():
        yield from prove_spans(POWERS, f"职权[{authority}，{matter}]", spans)
    for field, spans in _of_standards(policy).items():
        yield from prove_spans(STANDARDS, field, spans)


def _of_standards(policy: Policy) -> dict[str, list[Span]]:
    """The dated rows of 标准.yaml, by the field that a clerk would look for."""
    found: dict[str, list[Span]] = {}
    for use in policy.standards.letter_uses:
        found.setdefault(f"保证书适用[{use.kind}]", []).append((use.since, use.until))
    for row in policy.standards.materials:
        found.setdefault(f"准入材料[{row.kind}]", []).append((row.since, row.until))
    return found


def prove_spans(
    path: str, field: str, spans: list[Span], *, gaps: bool = True
) -> Iterator[Finding]:
    """Stretches of days neither overlap nor, where `gaps` is not allowed, leave days between."""

    def bad(message: str, hint: str) -> Finding:
        return Finding("时效", ERROR, path, None, field, message, hint)

    if not spans:
        yield bad("没有取值", "至少写一个取值")
    for since, until in spans:
        if until is not None and until < since:
            yield bad(f"“至”{until} 早于“自”{since}", "请核对起止日期")
    for (since, until), (following, _) in pairwise(sorted(spans, key=lambda span: span[0])):
        if until is None or following <= until:
            hint = f"前一段“至”写 {following - _DAY}"
            yield bad(f"自 {since} 和自 {following} 的两段重叠", hint)
        elif not gaps and following > until + _DAY:
            hint = f"前一段“至”写 {following - _DAY}，或后一段“自”写 {until + _DAY}"
            yield bad(f"{until + _DAY} 至 {following - _DAY} 没有取值", hint)


# --- clauses ----------------------------------------------------------------------------------


@frozen
class Citation:
    """Where a clause is cited, and from when to when the citing row itself holds."""

    path: str
    field: str
    text: str
    since: date | None = None
    until: date | None = None


def prove_clauses(policy: Policy, on: date) -> Iterator[Finding]:
    """Every clause that is cited stands in 依据.yaml and holds while the row that cites it does."""
    known = {clause.code: clause for clause in policy.clauses.clauses}
    for clause in known.values():
        if clause.replaces and clause.replaces not in known:
            field = f"依据[{clause.code}].替代"
            message = f"依据里没有被替代的“{clause.replaces}”"
            hint = "旧条款也要保留，并写上“至”"
            yield Finding("依据", ERROR, CLAUSES, None, field, message, hint)
    yield from prove_citations(policy, _citations(policy), on)


def prove_citations(policy: Policy, citations: Iterable[Citation], on: date) -> Iterator[Finding]:
    """Each clause cited is there, and in force while the citing row is."""
    known = {clause.code: clause for clause in policy.clauses.clauses}
    for citation in citations:
        for code in cited(citation.text):
            if code in known:
                yield from _in_force(citation, known[code], known.values(), on)
            else:
                hint = f"在 {CLAUSES} 补上这一条，或改正引用"
                message = f"依据里没有“{code}”"
                yield Finding("依据", ERROR, citation.path, None, citation.field, message, hint)


def _citations(policy: Policy) -> Iterator[Citation]:
    for category in policy.workflow.categories:
        yield Citation(WORKFLOW, f"类别[{category.name}].依据", category.clause)
    for action in policy.workflow.actions:
        yield Citation(WORKFLOW, f"动作[{action.name}].依据", action.clause)
    for standard in policy.standards.standards:
        yield Citation(STANDARDS, f"验收标准[{standard.goal}].依据", standard.clause)
    for ground in policy.standards.grounds:
        yield Citation(STANDARDS, f"取缔情形[{ground.code}].依据", ground.clause)
    for line in policy.standards.red_lines:
        yield Citation(STANDARDS, f"禁入红线[{line.word}].依据", line.clause)
    for use in policy.standards.letter_uses:
        field = f"保证书适用[{use.kind}].依据"
        yield Citation(STANDARDS, field, use.clause, use.since, use.until)
    for row in policy.standards.materials:
        field = f"准入材料[{row.kind}].依据"
        yield Citation(STANDARDS, field, row.clause, row.since, row.until)
    for rule in policy.rules.rules:
        for value in rule.values:
            field = f"规则[{rule.name}].取值[{value.since}].依据"
            yield Citation(RULES, field, value.clause, value.since, value.until)
    for plan in policy.rules.look_backs:
        field = f"回头看[{plan.since}].依据"
        yield Citation(RULES, field, plan.clause, plan.since, plan.until)
    for needed in policy.rules.required_roles:
        field = f"包保[{needed.since}].依据"
        yield Citation(RULES, field, needed.clause, needed.since, needed.until)
    for power in policy.powers.powers:
        field = f"职权[{power.authority}，{power.matter}].依据"
        yield Citation(POWERS, field, power.basis, power.since, power.until)


def _in_force(
    citation: Citation, clause: Clause, clauses: Iterable[Clause], on: date
) -> Iterator[Finding]:
    """An 错误 when the dates in the files contradict each other, a 提醒 when time has passed."""
    first = citation.since or on
    if clause.since > first:
        message = f"“{clause.code}”自 {clause.since} 起施行，{first} 还不能引用"
        level, hint = _level(citation.since), "改正引用，或核对起止日期"
        yield Finding("依据", level, citation.path, None, citation.field, message, hint)
    last = citation.until or max(first, on)
    if clause.until is not None and clause.until < last:
        message = f"“{clause.code}”{clause.until} 后不再施行"
        level, hint = _level(citation.until), _successor(clause, clauses)
        yield Finding("依据", level, citation.path, None, citation.field, message, hint)


def _level(written: date | None) -> str:
    return REMINDER if written is None else ERROR


def _successor(clause: Clause, clauses: Iterable[Clause]) -> str:
    new = [c.code for c in clauses if c.replaces == clause.code]
    return f"改引“{'、'.join(new)}”" if new else "改引现行条款，并在旧的一段写上“至”"


# --- holidays ---------------------------------------------------------------------------------


def prove_calendar(policy: Policy) -> Iterator[Finding]:
    """Each holiday table makes sense: days of its own year, each once, 调休上班 on weekends."""
    seen: dict[date, str] = {}
    for year in policy.calendar.holidays.years:
        yield from _too_few(year)
        for festival in year.festivals:
            field = f"年度[{year.year}].安排[{festival.name}]"
            for day, kind in festival.days:
                for message, hint in _odd(year, day, kind, seen.get(day)):
                    yield Finding("节假日", ERROR, HOLIDAYS, None, field, message, hint)
                seen[day] = f"{festival.name}{kind}"


def _odd(year: HolidayYear, day: date, kind: str, before: str | None) -> Iterator[tuple[str, str]]:
    earliest = date(year.year - 1, 12, 25)
    if not earliest <= day <= date(year.year, 12, 31):
        yield f"{day} 不在{year.year}年", "请按通知核对"
    if before is not None:
        yield f"{day} 已经列在“{before}”", "一天只能列一次"
    if kind == MAKEUP and day.weekday() < 5:
        yield f"{day} 是星期{'一二三四五'[day.weekday()]}，不能是调休上班", "调休上班只在周六、周日"


def _too_few(year: HolidayYear) -> Iterator[Finding]:
    """《全国年节及纪念日放假办法》: 13 days from 2025 on, 11 before; two may fall together."""
    due = 13 if year.year >= 2025 else 11
    listed = sum(len(festival.statutory) for festival in year.festivals)
    if listed < due - 1:
        field, hint = f"年度[{year.year}]", "请按通知核对各节日的“法定”日子"
        message = f"法定节假日只列了{listed}天，全年应为{due}天"
        yield Finding("节假日", REMINDER, HOLIDAYS, None, field, message, hint)
