"""Checks of one enterprise's records: numbers, references, the fold, the guards, the deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from swm.domain import fields
from swm.domain.contents import Contents
from swm.domain.fields import BadValue
from swm.domain.filed import Filed
from swm.domain.fold import EXTENSION, Standing, effective, standing
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Correction,
    Disposal,
    DisposalDone,
    Enterprise,
    Opening,
    Record,
    Registration,
    Remediation,
    Reply,
    Service,
    Withdrawal,
)
from swm.domain.replay import violations
from swm.domain.workflow import deadline_of
from swm.errors import ERROR, REMINDER, Finding, NotFound

_LIST = "记录"


def numbers_grow(ledger: Contents) -> Iterator[Finding]:
    """序号 in the order of the file: unique and increasing; a gap means that one is gone."""
    grown: dict[str, Enterprise | Filed] = {**ledger.enterprises, **ledger.filed}
    for path, file in grown.items():
        numbers = [r.number for r in file.records]
        for i, (one, other) in enumerate(pairwise([0, *numbers])):
            line = ledger.line(path, _LIST, i, "序号")
            if other <= one:
                hint = "记录只增不改，请对照 git 历史改回"
                text = f"第{other}条写在第{one}条之后" if one != other else f"第{one}条写了两次"
                yield Finding("序号", ERROR, path, line, _LIST, text, hint)
            elif other > one + 1:
                gone = f"第{one + 1}条" + (f"至第{other - 1}条" if other > one + 2 else "")
                hint = "记录不能删除，请对照 git 历史找回"
                yield Finding("序号", ERROR, path, line, _LIST, f"缺少{gone}", hint)


def references_hold(ledger: Contents) -> Iterator[Finding]:
    """The first record registers; the others point back; days make sense."""
    for path, enterprise in ledger.enterprises.items():
        for i, record in enumerate(enterprise.records):
            for field, message, hint in _odd(enterprise, i, record, ledger.day):
                line = ledger.line(path, _LIST, i, field)
                where = f"第{record.number}条.{field}"
                yield Finding("记录", ERROR, path, line, where, message, hint)


def _odd(
    enterprise: Enterprise, i: int, record: Record, today: date
) -> Iterator[tuple[str, str, str]]:
    registers = isinstance(record, Registration | Opening)
    if registers != (i == 0):
        text = "只能是第一条" if registers else f"第一条应是登记或期初，不是{record.type}"
        yield "类型", text, "请对照 git 历史改回"
    deemed = isinstance(record, Service) and record.announced_on is not None
    if record.entered and record.entered < record.on and not deemed:
        yield "录入", f"录入 {record.entered} 早于发生的 {record.on}", "核对两个日期"
    if record.entered_on > today:
        yield "日期", f"{record.entered_on} 晚于今天（{today}）", "核对日期和本机时钟"
    earlier = {r.number for r in enterprise.records if r.number < record.number}
    for field, numbers in _references(record):
        for number in numbers:
            if number not in earlier:
                yield field, f"没有在前的第{number}条", "请对照 git 历史改回"


def _references(record: Record) -> Iterator[tuple[str, tuple[int, ...]]]:
    match record:
        case Act():
            yield "凭", record.relied
            yield "撤回文书", record.withdrawn_papers
        case Service():
            yield "送达记录", (record.of,)
        case Correction():
            yield "更正记录", (record.of,)
        case Withdrawal():
            yield "撤销记录", record.of
        case Disposal() if record.of is not None:
            yield "处置记录", (record.of,)
        case DisposalDone():
            yield "处置记录", (record.of,)
        case Reply():
            yield "移送记录", (record.of,)


def copy_is_the_fold(ledger: Contents) -> Iterator[Finding]:
    """整治 says what the records add up to."""
    for path, enterprise in ledger.enterprises.items():
        try:
            now = standing(enterprise, ledger.policy)
        except (BadValue, NotFound) as bad:
            line = ledger.line(path, _LIST)
            hint = f"记录推算不出状态；{bad.hint}"
            yield Finding("整治", ERROR, path, line, _LIST, bad.message, hint)
            continue
        printed, meant = enterprise.remediation, now.remediation()
        for row in fields.table(Remediation):
            has, should = getattr(printed, row.attribute), getattr(meant, row.attribute)
            if has != should:
                text = f"写的是“{_said(has)}”，按记录应为“{_said(should)}”"
                line = ledger.line(path, "整治", row.key)
                hint = "请改回；状态有变化的用 swm advance，记录有误的用 swm correct"
                yield Finding("整治", ERROR, path, line, f"整治.{row.key}", text, hint)


def _said(value: object) -> str:
    return "空" if value is None else str(value)


def guards_hold(ledger: Contents) -> Iterator[Finding]:
    """Every act would still be allowed by the records that stood before it."""
    for path, enterprise in ledger.enterprises.items():
        if not _folds(enterprise, ledger.policy):
            continue
        places = {r.number: i for i, r in enumerate(enterprise.records)}
        for violation in violations(enterprise, ledger.policy):
            act, missing = violation.act, violation.missing
            lacks = "；".join(f"{n}. {m.text}" for n, m in enumerate(missing, 1))
            text = f"“{act.action}”（{act.on}）的前提不成立：{lacks}"
            line = ledger.line(path, _LIST, places[act.number])
            hint = "；".join(m.command for m in missing if m.command)
            yield Finding("前提", ERROR, path, line, f"第{act.number}条", text, hint)


def _folds(enterprise: Enterprise, policy: Policy) -> bool:
    """Whether the records add up at all; where not, the check 整治 says why."""
    try:
        standing(enterprise, policy)
    except (BadValue, NotFound):
        return False
    return True


def deadlines_are_certain(ledger: Contents) -> Iterator[Finding]:
    """An open deadline counted in days rests on holidays that are known, and is what they give."""
    for path, enterprise in ledger.enterprises.items():
        if not _folds(enterprise, ledger.policy):
            continue
        now = standing(enterprise, ledger.policy)
        act = _sets_deadline(enterprise)
        if act is None or act.term is None or not _pending(now, ledger.policy):
            continue
        served = _served_on(enterprise, act)
        if served is None:
            continue
        day, arithmetic, warnings = deadline_of(served, act.term, ledger.policy)
        line = ledger.line(path, "整治", "期限")
        for warning in warnings:
            yield Finding("期限", REMINDER, path, line, "整治.期限", warning, arithmetic)
        if day != now.deadline:
            text = f"写的是 {now.deadline}，按现有放假安排应为 {day}"
            yield Finding("期限", REMINDER, path, line, "整治.期限", text, arithmetic)


def _pending(now: Standing, policy: Policy) -> bool:
    return now.deadline is not None and policy.state(now.state).open


def _sets_deadline(enterprise: Enterprise) -> Act | None:
    """The act that set the present deadline, unless it was an extension."""
    acts = [r for r in effective(enterprise.records) if isinstance(r, Act)]
    setting = [a for a in acts if a.term or a.deadline]
    return setting[-1] if setting and setting[-1].action != EXTENSION else None


def _served_on(enterprise: Enterprise, act: Act) -> date | None:
    for record in effective(enterprise.records):
        if isinstance(record, Service) and record.of == act.number:
            return record.on
    return act.paper.served_on if act.paper else None
