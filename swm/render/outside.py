"""What an enterprise's file tells those outside the office, in a form or on a page.

Where it lies on the map, its meter, and that somebody complained stay inside: neither a 线索 nor
the number of a complaint is told, nor how such a lead came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from swm.domain.kinds import COMPLAINT
from swm.domain.records import Correction, Lead, Record, Registration, Visit

INSIDE = frozenset({"坐标", "用电户号"})
"""Keys of the profile that stay in the office."""
LEADS = frozenset({"群众举报", "上级交办"})
"""Sources that tell that somebody complained; outside they are told as CHECKED."""
CHECKED = "线索核查"
A_COMPLAINT = "有关线索"
_NUMBERED = re.compile(COMPLAINT.prefix + r"-\d{4}-\d+")
_ORIGIN = frozenset({"来源", "举报编号"})


def source_outside(source: str) -> str:
    """Where an enterprise was known from, as those outside may read it."""
    return CHECKED if source in LEADS else source


def text_outside(text: str) -> str:
    """Free text without the numbers of complaints."""
    return _NUMBERED.sub(A_COMPLAINT, text)


def record_outside(record: Record, records: Iterable[Record]) -> Record | None:
    """The record as those outside may read it; None for one that tells of a complaint.

    `records` are all of the enterprise's: a correction is judged by what it mends.
    """
    match record:
        case Lead():
            return None
        case Correction() if _tells_of_lead(record, records):
            return None
        case Registration():
            hidden = record.source in LEADS
            return replace(
                record,
                source=source_outside(record.source),
                complaint=None,
                note=None if hidden else record.note,
            )
        case Visit():
            return replace(record, licences={})
        case _:
            return record


def _tells_of_lead(correction: Correction, records: Iterable[Record]) -> bool:
    """Whether it mends a 线索, or tells how a 登记 came about."""
    mended = next((r for r in records if r.number == correction.of), None)
    if isinstance(mended, Registration):
        noted = mended.source in LEADS and "备注" in correction.values
        return noted or bool(_ORIGIN & correction.values.keys())
    return isinstance(mended, Lead)
