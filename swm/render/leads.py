"""What an enterprise's file tells those outside the office, in a form or on a page (方案五2).

Where it lies on the map, its meter, and that somebody complained stay inside: such an enterprise is
told of as of a 线索核查, without what the complaint said.

What people wrote is left out as a whole where it speaks of a complaint: half a sentence would
still tell that there was one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from swm.domain.records import Alteration, Correction, Lead, Record, Registration, Visit
from swm.render.discretion import Veil
from swm.reports.tables import LEAD as CHECKED
from swm.reports.tables import LEADS

R = TypeVar("R", bound=Record)

INSIDE = frozenset({"坐标", "用电户号"})
"""Keys of the profile that stay in the office."""
UNTOLD = "（略）"
"""What stands for a text that is left out where there has to be one."""
_SPEAKS = re.compile(
    r"举报|投诉|信访|上访|交办|(?:群众|居民|村民|邻居)(?:反映|来信|来电)|12345|JB-\d"
)
_ORIGIN = frozenset({"来源", "举报编号"})
_MADE_OF = frozenset({"type", "photos", "entered"})


def speaks(text: str) -> bool:
    """Whether a text tells that somebody complained, or that the matter was handed down."""
    return _SPEAKS.search(text) is not None


def written(text: str, veil: Veil) -> str:
    """What people wrote, as the audience may read it."""
    return UNTOLD if not veil.lifted and speaks(text) else veil.text(text)


def source(text: str | None) -> str:
    """An enterprise's source, as those outside are told of it."""
    return CHECKED if text in LEADS else text or ""


def outside(record: Record, records: Iterable[Record]) -> Record | None:
    """The record as those outside may read it; None for one that tells of a complaint.

    `records` are all of the enterprise's: a correction is judged by what it mends.
    """
    match record:
        case Lead():
            return None
        case Correction() if _tells_of_lead(record, records):
            return None
        case Visit():
            return replace(_without_origin(record), licences={})
        case _:
            return _without_origin(record)


def _tells_of_lead(correction: Correction, records: Iterable[Record]) -> bool:
    """Whether it mends a 线索, or tells how a 登记 came about."""
    mended = next((r for r in records if r.number == correction.of), None)
    if isinstance(mended, Registration):
        noted = mended.source in LEADS and "备注" in correction.values
        return noted or bool(_ORIGIN & correction.values.keys())
    return isinstance(mended, Lead)


def _without_origin(record: R) -> R:
    changes: dict[str, Any] = {}
    if isinstance(record, Registration):
        note = None if record.source in LEADS or record.complaint else record.note
        changes = {"source": source(record.source), "complaint": None, "note": note}
    elif isinstance(record, Correction):
        changes = {"values": dict(_value(*each) for each in record.values.items())}
    elif isinstance(record, Alteration) and record.item == "来源":
        changes = {"old": source(record.old), "new": source(record.new)}
    return _without_complaints(replace(record, **changes))


def _value(key: str, value: str) -> tuple[str, str]:
    """One value of a correction. Its 备注 may be that of a 登记, so it is never told."""
    if key == "举报编号":
        return "来源", CHECKED
    if key == "备注":
        return key, UNTOLD
    return key, source(value) if key == "来源" else value


def _without_complaints(record: R) -> R:
    own = {each.name: getattr(record, each.name) for each in fields(record)}
    told = {name: _told(value) for name, value in own.items() if name not in _MADE_OF}
    return replace(record, **{name: new for name, new in told.items() if new != own[name]})


def _told(value: Any) -> Any:
    if isinstance(value, str):
        return UNTOLD if speaks(value) else value
    if isinstance(value, tuple):
        return tuple(_told(each) for each in value)
    return {key: _told(each) for key, each in value.items()} if isinstance(value, dict) else value
