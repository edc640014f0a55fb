"""举报 and 上级交办 as rows of the fact tables."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.complaintrecords import ASSIGNED, TRUE, Complaint, Prolonged, Verified
from swm.domain.filed import Filed, of_type
from swm.domain.policy import Policy
from swm.store.factrecords import Cells, day
from swm.store.factrows import Rows, serial
from swm.store.factschema import FOREVER


def rows(file: Filed, policy: Policy) -> Rows:
    """One row a complaint, one for each 核查, one for each enterprise."""
    assert isinstance(file, Complaint)
    return {
        "complaint": [_cells(file)],
        "complaint_check": list(_checks(file)),
        "complaint_about": [(file.id, enterprise) for enterprise in file.about],
    }


def _cells(c: Complaint) -> Cells:
    received, verified, closed = c.received, c.verified, c.closed
    first = next(of_type(c, Verified), None)
    last = c.answers[-1] if c.answers else None
    return (
        c.id,
        serial(c.id),
        received.on.isoformat(),
        received.entered_on.isoformat(),
        received.source,
        received.source == ASSIGNED,
        received.village,
        received.text,
        received.duplicate_of,
        day(c.deadline),
        c.handler,
        bool(received.contact),
        day(first.on) if first else None,
        verified.conclusion if verified else None,
        c.true,
        day(last.on) if last else None,
        last.satisfied if last else None,
        day(closed.on) if closed else None,
        c.state,
        len([*of_type(c, Prolonged)]),
    )


def _checks(c: Complaint) -> Iterator[Cells]:
    """Each 核查, and the day before which it is the last word."""
    checks = list(of_type(c, Verified))
    ends = [check.on.isoformat() for check in checks[1:]]
    for check, end in zip(checks, [*ends, FOREVER], strict=False):
        true = check.conclusion in TRUE
        yield c.id, check.number, check.on.isoformat(), end, check.conclusion, true
