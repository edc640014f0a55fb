"""Premises and the roster as rows of the fact tables: who owes a letter, which letters hold.

The domain answers for one day; here its answers are asked on every day on which they can change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from swm.domain.clearingcases import Case, cases, due
from swm.domain.letters import doubtful, in_force, needs_letter
from swm.domain.papers import parsed
from swm.domain.policy import Policy
from swm.domain.records import Letter, Premises
from swm.domain.settings import Settings, Village
from swm.store.factrecords import Cells, day
from swm.store.factrows import Rows, serial, since, until
from swm.store.stretches import stretches

_DAY = timedelta(days=1)


def premises_rows(premises: Premises, policy: Policy) -> Rows:
    """All rows of one 厂房."""
    p = premises
    days = _changes(p)
    return {
        "premises": [
            (
                p.id,
                serial(p.id),
                p.village,
                p.address,
                p.area,
                p.use,
                p.meter,
                p.registered.isoformat(),
                p.note,
            )
        ],
        "owner": [
            (p.id, o.name, o.kind, o.phone, since(o.since), until(o.until)) for o in p.owners
        ],
        "tenant": [(p.id, t.name, since(t.since), until(t.until)) for t in p.tenants],
        "owes": [
            (p.id, first, last)
            for first, last, owes in stretches(days, lambda on: needs_letter(p, on))
            if owes
        ],
        "letter": [_letter(p.id, letter) for letter in p.letters],
        "letter_status": [cells for letter in p.letters for cells in _holds(p, letter, days)],
        "clearing": [_clearing(p.id, case, policy) for case in cases(p)] if p.clearings else [],
        "clearing_paper": [
            (p.id, step.number, *number)
            for step in p.clearings
            if (number := parsed(step.document))
        ],
    }


def village_rows(settings: Settings) -> list[Cells]:
    """Under which village each name of the roster is counted, from when to when.

    Before its own first day a village is not in the roster.
    """
    ends = [v.until + _DAY for v in settings.villages if v.until]
    starts = [v.since for v in settings.villages if v.since]
    rows = []
    for village in settings.villages:
        counted_as = partial(_counted_as, settings, village)
        for first, last, name in stretches([*starts, *ends], counted_as):
            if name:
                rows.append((village.name, name, first, last))
    return rows


def _counted_as(settings: Settings, village: Village, day: date) -> str | None:
    early = village.since is not None and day < village.since
    return None if early else settings.village_at(village.name, day)


def _changes(premises: Premises) -> list[date]:
    """Every day on which an owner, a tenant or a letter begins, ends, or has just ended."""
    days: set[date] = {premises.registered}
    for owner in premises.owners:
        days |= _around(owner.since, owner.until)
    for tenant in premises.tenants:
        days |= _around(tenant.since, tenant.until)
    for letter in premises.letters:
        days |= _around(letter.on, letter.until)
        days |= _around(letter.voided_on, None)
    return sorted(days)


def _around(first: date | None, last: date | None) -> set[date]:
    days = {d for d in (first, last) if d}
    return days | {d + _DAY for d in days}


def _letter(id: str, letter: Letter) -> Cells:
    return (
        id,
        letter.number,
        letter.kind,
        letter.landlord,
        letter.on.isoformat(),
        until(letter.until),
        (letter.entered or letter.on).isoformat(),
        day(letter.voided_on),
    )


def _clearing(id: str, case: Case, policy: Policy) -> Cells:
    return (
        id,
        case.tenant,
        case.notice.on.isoformat(),
        case.notice.document,
        day(case.cleared.on if case.cleared else None),
        day(case.reported.on if case.reported else None),
        case.next,
        day(due(case, policy)),
    )


def _holds(premises: Premises, letter: Letter, days: Sequence[date]) -> Iterator[Cells]:
    def status(on: date) -> str:
        if in_force(letter, premises, on):
            return "有效"
        return "存疑" if doubtful(letter, premises, on) else ""

    for first, last, now in stretches(days, status):
        if now:
            yield (premises.id, letter.number, first, last, now)
