"""撤销: a new record that names what one command appended. Nothing is ever removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from swm.domain import fields
from swm.domain.approvals import waiting_notes
from swm.domain.clearings import taken_back
from swm.domain.edits import Change, Edit, Set
from swm.domain.entries import append
from swm.domain.filed import Filed
from swm.domain.filedamendments import undone_filed
from swm.domain.policy import Policy
from swm.domain.records import (
    Approval,
    Enterprise,
    Opening,
    Premises,
    Record,
    Registration,
    Withdrawal,
)
from swm.errors import Refused

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile


def undo(
    before: Mapping[str, AnyFile],
    after: Mapping[str, AnyFile],
    reason: str | None,
    approval: Approval | None,
    policy: Policy,
    today: date,
) -> Change:
    """撤销 of one command: what it appended is withdrawn, what it set is set back.

    `before` and `after` are the files that its commit touched. Raises `Refused` for what has to
    be ended another way: a registration (核减), the owners and tenants of premises.
    """
    files: dict[str, tuple[Edit, ...]] = {}
    named, notes = [], []
    for path, now in after.items():
        was = before.get(path)
        if isinstance(now, Enterprise):
            if was is None or not isinstance(was, Enterprise):
                raise Refused(
                    f"{now.id} 的登记不能撤销，编号不重复使用",
                    hint=f"登记有误的：swm advance {now.id} 核减 --reason 误登记 --by 甲,乙",
                )
            files[path], told = _undone(was, now, reason, approval, policy, today)
            notes += told
        elif isinstance(now, Premises):
            past = was if isinstance(was, Premises) else None
            steps = taken_back(past, now, reason, today) if past else ()
            files[path] = steps or _letters_voided(past, now, reason, today)
        else:
            earlier = was if isinstance(was, Filed) else None
            files[path] = undone_filed(earlier, now, reason, approval, policy, today)
        named.append(now.id)
    if not any(files.values()):
        raise Refused("上一次提交没有可以撤销的记录", hint="更早的记录有误的，用 swm correct 更正")
    files = {path: edits for path, edits in files.items() if edits}
    head = named[0] if len(named) == 1 else f"{named[0]} 等{len(named)}份"
    return Change(
        verb="undo",
        subject=f"撤销 {head}：上一次登记",
        files=files,
        body=(f"录入：{today}", *((f"原因：{reason}",) if reason else ())),
        notes=tuple(notes),
        recorded={"撤销": list(named)},
    )


def _undone(
    was: Enterprise,
    now: Enterprise,
    reason: str | None,
    approval: Approval | None,
    policy: Policy,
    today: date,
) -> tuple[tuple[Edit, ...], list[str]]:
    old_numbers = {r.number for r in was.records}
    added = [r for r in now.records if r.number not in old_numbers]
    _refuse_foundations(now, added)
    restored = replace(was, records=now.records, remediation=now.remediation)
    edits = _profile_edits(now, restored)
    if not added:
        return edits, []
    withdrawal = Withdrawal(
        number=now.next_number,
        type="撤销",
        on=today,
        of=tuple(r.number for r in added),
        reason=reason,
        approval=approval,
    )
    entry = append(restored, [withdrawal], policy)
    return (*edits, *entry.edits), list(waiting_notes(now, withdrawal))


def _refuse_foundations(now: Enterprise, added: list[Record]) -> None:
    if any(isinstance(r, Registration | Opening) for r in added):
        raise Refused(
            f"{now.id} 的登记不能撤销",
            hint=f"swm advance {now.id} 核减 --reason 误登记 --by 甲,乙",
        )


def _profile_edits(now: Enterprise, old: Enterprise) -> tuple[Edit, ...]:
    """The lines that give the profile its earlier values again."""
    edits: list[Edit] = []
    rows = fields.table(Enterprise)
    for i, row in enumerate(rows):
        earlier = getattr(old, row.attribute)
        if earlier != getattr(now, row.attribute):
            following = rows[i + 1].key if i + 1 < len(rows) else None
            edits.append(Set((row.key,), fields.plain(earlier) or None, before=following))
    return tuple(edits)


def _letters_voided(
    was: Premises | None, now: Premises, reason: str | None, today: date
) -> tuple[Edit, ...]:
    old = len(was.letters) if was else 0
    if was is None or len(now.letters) == old:
        raise Refused(
            f"{now.id} 的登记和房东、承租变动不能撤销",
            hint="用 swm premises owner / tenant 按实际情况再登记一次",
        )
    edits: list[Edit] = []
    for i in range(old, len(now.letters)):
        edits.append(Set(("保证书", i, "作废日期"), today))
        edits.append(Set(("保证书", i, "作废原因"), reason or "登记有误"))
    return tuple(edits)
