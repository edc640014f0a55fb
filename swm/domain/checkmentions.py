"""Checks of what one enterprise's records, or a letter, say of others: each of them has a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from swm.domain.complaintrecords import Complaint
from swm.domain.contents import Contents
from swm.domain.corrections import effective
from swm.domain.fields import BadValue
from swm.domain.profiles import unknown_firm
from swm.domain.records import Act, Lead, Record, Registration
from swm.errors import ERROR, Finding

LEAD = "举报编号"
"""The key under which a record names a complaint."""


def mentions_exist(ledger: Contents) -> Iterator[Finding]:
    """原址再生, 异地转移, the twin of a 核减 and complaints, by the records that count."""
    firms = {e.id for e in ledger.enterprises.values()}
    cases = {c.id for c in ledger.filed.values() if isinstance(c, Complaint)}
    for path, enterprise in ledger.enterprises.items():
        places = {r.number: i for i, r in enumerate(enterprise.records)}
        try:
            counting = effective(enterprise.records)
        except BadValue:
            continue  # a correction that does not fit: the check 整治 says so
        for record in counting:
            for key, id in _mentioned(record):
                if _there(id, cases if key == LEAD else firms, enterprise.id):
                    continue
                text = f"{id} 不是{'一件在册举报' if key == LEAD else '另一家在册企业'}"
                hint = (
                    f"改正：swm correct {enterprise.id} {record.number} --why 原因 --set {key}=编号"
                )
                line = ledger.line(path, "记录", places[record.number], key)
                where = f"第{record.number}条.{key}"
                yield Finding("引用", ERROR, path, line, where, text, hint)
    yield from _of_letters(ledger, firms)


def _there(id: str, known: Collection[str], self: str) -> bool:
    return id in known and id != self


def _mentioned(record: Record) -> Iterator[tuple[str, str]]:
    """(the key where it stands, the id) of everything that the record names."""
    found: tuple[tuple[str, str | None], ...] = ()
    if isinstance(record, Registration):
        found = (
            ("原址再生", record.reborn_of),
            ("异地转移", record.moved_from),
            (LEAD, record.complaint),
        )
    elif isinstance(record, Act):
        found = (("关联", record.related),)
    elif isinstance(record, Lead):
        found = ((LEAD, record.complaint),)
    yield from ((key, id) for key, id in found if id)


def _of_letters(ledger: Contents, firms: set[str]) -> Iterator[Finding]:
    for path, premises in ledger.premises.items():
        for i, letter in enumerate(premises.letters):
            for unknown in unknown_firm(letter.tenant, ledger.settings, firms):
                line = ledger.line(path, "保证书", i, "承租人")
                where = f"保证书[{i + 1}].承租人"
                hint = f"作废以后重签：swm letter void {letter.number} --why 承租人有误"
                if letter.voided_on is None:
                    yield Finding("引用", ERROR, path, line, where, unknown.text, hint)
