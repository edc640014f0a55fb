"""Adding records to an enterprise: the edits, the new 整治, and what a late entry would upset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from swm.domain import fields
from swm.domain.edits import Append, Edit, Set
from swm.domain.fields import One
from swm.domain.fold import Standing, fold, last
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Record, Service
from swm.domain.replay import violations
from swm.errors import Refused
from swm.frozen import frozen

PLANNED = frozenset({"期限", "再次验收", "期末", "改期至"})
"""Days that lie ahead by their nature; every other day of a record is one that has been."""


@frozen
class Entry:
    """The enterprise with the new records, the edits that make it so, and its standing."""

    enterprise: Enterprise
    edits: tuple[Edit, ...]
    standing: Standing


def entered(on: date, today: date) -> date | None:
    """What 录入 says: nothing when it was recorded on the day itself."""
    return None if on == today else today


def refuse_future(on: date, today: date) -> None:
    """Raise `Refused` for a day after today."""
    if on > today:
        raise Refused(
            f"日期 {on} 晚于今天（{today}），不能登记还没有发生的事", hint="核对 --on 和本机日期"
        )


def refuse_unhappened(record: Record, today: date) -> None:
    """Raise `Refused`, naming the field, for any day or moment in `record` after today."""
    deemed = isinstance(record, Service) and record.announced_on is not None
    for name, day in _days(record):
        if day > today and not (deemed and name == "日期"):
            raise Refused(
                f"{name} {day} 晚于今天（{today}），不能登记还没有发生的事",
                hint=f"核对{name}；以后补上的用 swm correct",
            )


def _days(record: Any, head: str = "") -> Iterator[tuple[str, date]]:
    for row in fields.table(type(record)):
        value = getattr(record, row.attribute)
        if isinstance(value, date) and row.key not in PLANNED:
            yield head + row.key, value.date() if isinstance(value, datetime) else value
        elif isinstance(row.kind, One) and value is not None:
            yield from _days(value, f"{head}{row.key}.")


def late(record: Record, policy: Policy) -> bool:
    """补录: entered three days (期限.yaml 补录界限) or more after the fact."""
    limit = policy.rule("补录界限", record.entered_on).days
    return (record.entered_on - record.on).days >= limit


def append(enterprise: Enterprise, records: Sequence[Record], policy: Policy) -> Entry:
    """The enterprise with `records` added at the end of its file.

    Raises `Refused` for a day that is still to come, and, naming the act, if the records would
    make an earlier act's guard fail.
    """
    for record in records:
        refuse_unhappened(record, record.entered_on)
    grown = replace(enterprise, records=(*enterprise.records, *records))
    _refuse_upsetting(enterprise, grown, policy)
    now = last(fold(grown.records, policy))
    grown = replace(grown, remediation=now.remediation())
    appends: list[Edit] = [Append(("记录",), fields.fragment(r)) for r in records]
    return Entry(grown, (*remediation_edits(enterprise, grown), *appends), now)


def remediation_edits(old: Enterprise, new: Enterprise) -> tuple[Edit, ...]:
    """The lines of 整治 that change, no others."""
    edits: list[Edit] = []
    rows = fields.table(type(new.remediation))
    for i, row in enumerate(rows):
        value = getattr(new.remediation, row.attribute)
        if value != getattr(old.remediation, row.attribute):
            following = rows[i + 1].key if i + 1 < len(rows) else None
            edits.append(Set(("整治", row.key), fields.plain(value), before=following))
    return tuple(edits)


def _refuse_upsetting(old: Enterprise, new: Enterprise, policy: Policy) -> None:
    known = {v.act.number for v in violations(old, policy)}
    upset = [v for v in violations(new, policy) if v.act.number not in known]
    if not upset:
        return
    first = upset[0]
    raise Refused(
        f"{new.id} 这样记录以后，第{first.act.number}条“{first.act.action}”"
        f"（{first.act.on}）的前提不再成立",
        first.missing,
        hint=f"请核对日期；第{first.act.number}条的日期或内容有误的，先更正："
        f"swm correct {new.id} {first.act.number} --why 原因 --set 键=值",
    )
