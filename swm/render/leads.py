"""How those outside the office read of an enterprise that somebody complained about: as of a 线索核查,
without what the complaint said (方案五2).

What people wrote is left out as a whole where it speaks of a complaint: half a sentence would
still tell that there was one.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from swm.domain.records import Alteration, Correction, Record, Registration
from swm.render.discretion import Veil
from swm.reports.tables import LEAD as CHECKED
from swm.reports.tables import LEADS

R = TypeVar("R", bound=Record)

UNTOLD = "（略）"
"""What stands for a text that is left out where there has to be one."""
_SPEAKS = re.compile(
    r"举报|投诉|信访|上访|交办|(?:群众|居民|村民|邻居)(?:反映|来信|来电)|12345|JB-\d"
)
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


def outside(record: R) -> R:
    """The record as those outside may read it. A 线索 speaks of nothing else: leave it out whole."""
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
