"""What an enterprise's file tells those outside the office, in a form or on a page.

Where it lies on the map, its meter, and that somebody complained stay inside: neither a 线索 nor
the number of a complaint is told, nor how such a lead came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from swm.domain.records import Correction, Lead, Record, Registration, Visit
from swm.render import leads
from swm.reports.tables import LEADS

INSIDE = frozenset({"坐标", "用电户号"})
"""Keys of the profile that stay in the office."""
_ORIGIN = frozenset({"来源", "举报编号"})


def record_outside(record: Record, records: Iterable[Record]) -> Record | None:
    """The record as those outside may read it; None for one that tells of a complaint.

    `records` are all of the enterprise's: a correction is judged by what it mends.
    """
    match record:
        case Lead():
            return None
        case Correction() if _tells_of_lead(record, records):
            return None
        case Visit():
            return replace(leads.outside(record), licences={})
        case _:
            return leads.outside(record)


def _tells_of_lead(correction: Correction, records: Iterable[Record]) -> bool:
    """Whether it mends a 线索, or tells how a 登记 came about."""
    mended = next((r for r in records if r.number == correction.of), None)
    if isinstance(mended, Registration):
        noted = mended.source in LEADS and "备注" in correction.values
        return noted or bool(_ORIGIN & correction.values.keys())
    return isinstance(mended, Lead)
