"""Checks of complaints, of the originals outside git, and of the vault on this computer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from swm.domain.complaintrecords import (
    Closed,
    Complaint,
    Linked,
    Received,
    Verified,
    proof_of,
)
from swm.domain.contents import Contents
from swm.domain.corrections import effective
from swm.domain.originals import named_in
from swm.domain.records import Enterprise, Record
from swm.errors import ERROR, REMINDER, Finding

_LIST = "记录"


def complaints_hold(ledger: Contents) -> Iterator[Finding]:
    """References exist, none is closed without a 核查, no personal words, none is overdue."""
    firms = {e.id: e for e in ledger.enterprises.values()}
    cases = {c.id for c in ledger.filed.values() if isinstance(c, Complaint)}
    for path, case in ledger.filed.items():
        if not isinstance(case, Complaint):
            continue
        for objection in dict.fromkeys(case.objections(ledger.policy)):
            line = ledger.line(path, _LIST)
            yield Finding(
                "举报", ERROR, path, line, _LIST, f"不成立：{objection.text}", objection.command
            )
        if case.withdrawn:
            continue
        for i, record in enumerate(case.records):
            for field, text in _strangers(record, firms, cases):
                line = ledger.line(path, _LIST, i, field)
                where = f"第{record.number}条.{field}"
                hint = f"更正：swm correct {case.id} {record.number} --why 原因 --set {field}=编号"
                yield Finding("举报", ERROR, path, line, where, text, hint)
        if case.overdue(ledger.day) and case.deadline:
            late = (ledger.day - case.deadline).days
            line = ledger.line(path, _LIST)
            hint = f"swm complaint show {case.id}"
            yield Finding("举报", REMINDER, path, line, "", f"{case.state}，超期{late}天", hint)


def _strangers(
    record: Record, firms: Mapping[str, Enterprise], cases: set[str]
) -> Iterator[tuple[str, str]]:
    for id in record.about if isinstance(record, Received | Linked) else ():
        if id not in firms:
            yield "涉及", f"没有编号为 {id} 的企业"
    if isinstance(record, Received) and record.duplicate_of and record.duplicate_of not in cases:
        yield "重复于", f"没有编号为 {record.duplicate_of} 的举报"
    for text in record.proof if isinstance(record, Linked | Verified | Closed) else ():
        id, number = proof_of(text)
        firm = firms.get(id)
        if firm is None:
            yield "凭", f"没有编号为 {id} 的企业"
        elif not any(r.number == number for r in effective(firm.records)):
            yield "凭", f"{id} 没有有效的第{number}条记录"


def originals_present(ledger: Contents) -> Iterator[Finding]:
    """The scans that records name lie in 原件/ of this computer."""
    for path, tree in ledger.trees.items():
        for ref in named_in(tree, path.rpartition("/")[2].removesuffix(".yaml")):
            if ref.sha not in ledger.originals:
                text = f"这台电脑的 原件/ 里没有 {ref.sha[:12]}…"
                hint = "从另一台电脑或备份拷回 原件/；不在 git 里，同步不会带来"
                yield Finding("原件", REMINDER, path, ref.line, ref.where, text, hint)


def vault_fits(ledger: Contents) -> Iterator[Finding]:
    """Where this computer has the vault: its entries belong to complaints, and none is lacking."""
    if ledger.vault is None:
        return
    named: set[str] = set()
    for path, case in ledger.filed.items():
        token = getattr(case.records[0], "token", None) if isinstance(case, Complaint) else None
        if token is None:
            continue
        named.add(token)
        if token not in ledger.vault and token not in ledger.erased:
            line = ledger.line(path, _LIST, 0, "保密登记")
            hint = "登记在另一台电脑上的可以不管；丢了的从备份恢复：swm vault restore 文件"
            text = "这台电脑的保密库里没有这一件的登记"
            yield Finding("保密库", REMINDER, path, line, "保密登记", text, hint)
    for token in sorted(ledger.vault - named):
        text = "没有对应的举报（登记时中断）"
        hint = f"重新登记以后删去：swm vault erase {token}"
        yield Finding("保密库", REMINDER, "保密库", None, token, text, hint)
