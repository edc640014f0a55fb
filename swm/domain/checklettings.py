"""Checks of 清退 and 准入: steps in order, and names that exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from swm.domain.admissionrecords import Admission, Review, Ruling, Supplement
from swm.domain.clearingcases import cases, in_force
from swm.domain.contents import Contents
from swm.domain.records import NOTICE, TAKEN_BACK, Premises
from swm.errors import ERROR, Finding


def clearings_fit(ledger: Contents) -> Iterator[Finding]:
    """Steps are numbered without gaps, taken in order, about enterprises of the ledger."""
    ids = {e.id for e in ledger.enterprises.values()}
    for path, premises in ledger.premises.items():
        for i, field, text, hint in _odd_steps(premises, ids):
            line = ledger.line(path, "清退", i, field)
            yield Finding("清退", ERROR, path, line, f"清退[{i + 1}].{field}", text, hint)


def _odd_steps(premises: Premises, ids: set[str]) -> Iterator[tuple[int, str, str, str]]:
    steps = premises.clearings
    restore = "清退记录只增不改，请对照 git 历史改回"
    numbers = [0, *(s.number for s in steps)]
    for i, (one, other) in enumerate(pairwise(numbers)):
        if other != one + 1:
            yield i, "序号", f"第{other}条写在第{one}条之后", restore
    taken = {c for case in cases(premises) for c in (case.notice, case.cleared, case.reported)}
    for i, step in enumerate(steps):
        if step.step == TAKEN_BACK:
            if step.of not in [s.number for s in steps[:i]]:
                yield i, "撤销记录", f"没有在前的第{step.of}条", restore
            continue
        if step.tenant not in ids:
            yield i, "承租人", f"没有编号为 {step.tenant} 的企业", "改正编号；企业先用 swm add 登记"
        if step.step != NOTICE and step in in_force(steps) and step not in taken:
            hint = f"补记：swm premises notice/clear {premises.id}"
            yield i, "步骤", f"{step.step}以前没有前一步的记录", hint


def admissions_fit(ledger: Contents) -> Iterator[Finding]:
    """准入 names villages, premises and enterprises that exist."""
    villages = {v.name for v in ledger.settings.villages}
    premises = {p.id for p in ledger.premises.values()}
    known = premises | {e.id for e in ledger.enterprises.values()}
    for path, file in ledger.filed.items():
        if not isinstance(file, Admission):
            continue
        for i, record in enumerate(file.records):
            for field, name, where in _named(record):
                whole = {"村": villages, "厂房": premises}.get(field, known)
                if name not in whole:
                    line = ledger.line(path, "记录", i, where)
                    text = f"没有“{name}”这个{field if field == '村' else '编号'}"
                    place = f"第{record.number}条.{where}"
                    hint = f"改正：swm correct {file.id} {record.number} --why 原因 --set {where}=…"
                    yield Finding("准入", ERROR, path, line, place, text, hint)


def _named(record: object) -> Iterator[tuple[str, str, str]]:
    """(what it is, the name, the key where it stands) of everything that a record names."""
    if isinstance(record, Review):
        yield "村", record.village, "村"
        if record.premises:
            yield "厂房", record.premises, "厂房"
    if isinstance(record, Supplement):
        for id in record.settled:
            yield "企业", id, "核实"
    if isinstance(record, Ruling):
        for reason in record.reasons:
            if reason.related:
                yield "关联", reason.related, "理由"
