"""Answers that change from day to day, laid out as stretches of days on which they stay the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from swm.store.factschema import FOREVER

V = TypeVar("V")
_DAY = timedelta(days=1)


def stretches(days: Iterable[date], answer: Callable[[date], V]) -> Iterator[tuple[str, str, V]]:
    """(first day, last day, answer) over all time, when it can change only on `days`."""
    starts = [date.min, *sorted(set(days) - {date.min})]
    found: list[tuple[date, V]] = []
    for start in starts:
        value = answer(start)
        if not found or found[-1][1] != value:
            found.append((start, value))
    for i, (start, value) in enumerate(found):
        last = found[i + 1][0] - _DAY if i + 1 < len(found) else None
        yield start.isoformat(), last.isoformat() if last else FOREVER, value
