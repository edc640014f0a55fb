"""Everybody whom an enterprise's file names: whose names are veiled in what leaves the house.

The facts know operators, landlords and teams; a record also names who handled it, approved it,
witnessed a service, or stood in a field that was corrected since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from swm.domain.records import (
    Act,
    Alteration,
    Approval,
    Correction,
    Enterprise,
    Record,
    Service,
    Visit,
)

_BETWEEN = re.compile(r"[、，,；;/／\s（）()：:]+")
_OF_PEOPLE = frozenset(
    {"经营者", "经办", "人员", "带班领导", "带队", "见证人", "受托人", "批准.人"}
)
"""Fields whose values are people: what a correction writes there is a name."""


def people_in(enterprise: Enterprise) -> frozenset[str]:
    """The names of people in one file, of two characters at least: a single one is no name."""
    found = [enterprise.operator or "", *(a.person for a in enterprise.assignments)]
    for record in enterprise.records:
        found += _in_record(record)
    return frozenset(name for name in found if len(name) > 1)


def _in_record(record: Record) -> Iterator[str]:
    yield from record.by
    approval = getattr(record, "approval", None)
    if isinstance(approval, Approval):
        yield approval.person
    match record:
        case Visit():
            yield from (*record.people, *record.licences)
            yield record.leader or ""
            yield record.warrant.person if record.warrant else ""
        case Act():
            yield record.leader or ""
            yield from _split(record.people.values())
        case Service():
            yield from (*record.witness, record.agent or "")
        case Alteration(item="经营者"):
            yield from (record.old or "", record.new or "")
        case Correction():
            yield from _split(v for k, v in record.values.items() if k in _OF_PEOPLE)


def _split(texts: Iterable[str]) -> Iterator[str]:
    """Each of several names; 3人 is none."""
    for text in texts:
        yield text
        yield from (part for part in _BETWEEN.split(text) if not any(map(str.isdigit, part)))
