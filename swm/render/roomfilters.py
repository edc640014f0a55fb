"""The filters that a template may use: those that build nothing large and mean the same each time.

Left out are those that pad or format by a number (center, indent, format, wordwrap), that turn off
escaping (safe, urlize, xmlattr), that look inside Python (pprint, attr), and chance (random).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from swm.render.limits import Meter
from swm.render.templates import digest, shown

PLAIN = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float"),
    *("forceescape", "groupby", "int", "items", "last", "length", "list", "lower", "map", "max"),
    *("min", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "title", "trim"),
    *("truncate", "unique", "upper", "wordcount"),
)
OWN = ("batch", "join", "replace", "round", "string", "sum", "摘要")
ALL = tuple(sorted((*PLAIN, *OWN)))
MOST_DECIMALS = 6
WIDEST_BATCH = 1000
CHARACTERS = 100
"""So many characters of a text cost as much as one turn of a loop."""

Filter = Callable[..., Any]


def filters_for(meter: Meter, jinja: dict[str, Filter]) -> dict[str, Filter]:
    """Every filter by its name, measured by `meter`."""
    kept = {name: _measured(meter, jinja[name]) for name in PLAIN}
    own = {name: _measured(meter, made) for name, made in _own(meter).items()}
    return {**kept, **own, "batch": _measured(meter, _batched(jinja["batch"]))}


def _measured(meter: Meter, filter: Filter) -> Filter:
    """The same filter; what it goes through is counted, what it makes is measured."""

    @wraps(filter)
    def measured(*args: Any, **more: Any) -> Any:
        meter.take(1 + sum(map(_weight, args)))
        result = filter(*args, **more)
        if isinstance(result, str):
            meter.room_for(len(result))
        return result

    return measured


def _weight(argument: Any) -> int:
    """What going through it costs, in turns of a loop."""
    if isinstance(argument, str):
        return len(argument) // CHARACTERS
    return len(argument) if isinstance(argument, Sequence | dict) else 0


def _own(meter: Meter) -> dict[str, Filter]:
    def join(items: Iterable[Any], between: str = "", attribute: str | None = None) -> Any:
        """Texts put together; `attribute` names what is taken of each."""
        parts = [_text(item if attribute is None else item[attribute]) for item in items]
        meter.room_for(sum(map(len, parts)) + len(between) * len(parts))
        return _html(parts, between).join(parts)

    def replace(text: Any, old: str, new: str) -> Any:
        """`new` wherever `old` stood."""
        text = _text(text)
        meter.room_for(len(text) + text.count(old) * len(new))
        return text.replace(old, new)

    def total(items: Iterable[Any], attribute: str | None = None) -> Any:
        """The sum of numbers."""
        return sum(_counted(item if attribute is None else item[attribute]) for item in items)

    return {
        "join": join,
        "replace": replace,
        "round": _rounded,
        "string": _text,
        "sum": total,
        "摘要": digest,
    }


def _batched(jinja: Filter) -> Filter:
    @wraps(jinja)
    def batch(items: Any, width: int, fill: Any = None) -> Any:
        if not 1 <= width <= WIDEST_BATCH:
            raise ValueError(f"每组要在1到{WIDEST_BATCH}项之间")
        return jinja(items, width, fill)

    return batch


def _rounded(number: float, decimals: int = 0) -> float:
    """The number with so many decimals."""
    if not 0 <= decimals <= MOST_DECIMALS:
        raise ValueError(f"小数最多{MOST_DECIMALS}位")
    return round(number, decimals)


def _text(value: Any) -> Any:
    """A value as it would be printed."""
    text = shown(value)
    if isinstance(text, str):
        return text
    if isinstance(text, int | float):
        return str(text)
    raise TypeError("不是文字和数字")


def _counted(value: Any) -> int | float:
    """The number that a figure or a number stands for."""
    number = value["值"] if isinstance(value, dict) and "值" in value else value
    if not isinstance(number, int | float):
        raise TypeError("不是数字")
    return number


def _html(parts: list[Any], between: str) -> Any:
    """What joins them: marked as safe where one of them is, so that the others are escaped."""
    safe = next((type(part) for part in parts if hasattr(part, "__html__")), None)
    return between if safe is None else safe().__class__(between)
