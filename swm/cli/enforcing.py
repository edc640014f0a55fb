"""How a joint enforcement went, and what a county returned: the options of `swm advance` about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from swm.cli import parsing
from swm.domain.fields import BadValue

_BY_DEPARTMENT = ("=", "＝")


def told_of_operation(typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The parts of an `AdvanceRequest` that these options give. Raises `WrongUsage`."""
    people, heads = _people(typed["--people"] or ())
    return {
        "lead": typed["--lead"],
        "leader": typed["--leader"],
        "until": parsing.maybe("--until", typed["--until"], _clock(today)),
        "people": people,
        "head_count": heads,
        "again_on": parsing.maybe("--again", typed["--again"], parsing.day(today)),
        "done": parsing.measures("--done", typed["--done"] or ()),
        "done_by": parsing.reasons("--done-by", typed["--done-by"] or ()),
        "not_applicable": parsing.reasons("--na", typed["--na"] or ()),
        "undone": tuple(part for text in typed["--undone"] or () for part in parsing.words(text)),
        "problems": tuple(typed["--problem"] or ()),
    }


def _people(texts: Sequence[str]) -> tuple[Mapping[str, str], int | None]:
    """Who each department sent, by name or number; or how many came in all."""
    by_department = [text for text in texts if any(sign in text for sign in _BY_DEPARTMENT)]
    counts = [parsing.read("--people", t, _count) for t in texts if t not in by_department]
    return parsing.reasons("--people", by_department), sum(counts) or None


def _count(text: str) -> int:
    try:
        return parsing.number(text.strip().removesuffix("人"))
    except BadValue:
        hint = "写作 12，或 --people 综合执法队=4，或 --people 综合执法队=甲、乙"
        raise BadValue(f"“{text}”不是人数", hint) from None


def _clock(today: date) -> parsing.Reader[str]:
    return lambda text: f"{parsing.moment(today)(text):%H:%M}"
