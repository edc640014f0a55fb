"""What one rendering may use up: so many turns of loops, so much text, so much time.

A template is data and may have come from elsewhere. Everything it can do is counted before it is
done, so a template that would run for ever, or fill the memory, is stopped within seconds on any
system; no clock and no signal of the system is needed for that. The time of the processor is a
second line: it stops what is counted as little and takes long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Any

from swm.frozen import frozen

WATCHED = 256
"""After so many turns of a loop the time is looked at again."""
_NESTING: tuple[type, ...] = (list, tuple, dict)


@frozen
class Limits:
    """How much one rendering may use. A town of 10,000 enterprises needs a tenth of it."""

    turns: int = 4_000_000
    """Turns of all loops, calls of macros, elements that filters go through."""
    printed: int = 100_000_000
    """Characters that are written out, those of inner blocks each time."""
    text: int = 2_000_000
    """Characters of one text that a template puts together."""
    elements: int = 10_000
    """Elements of one list that a template puts together, with those inside."""
    seconds: float = 12.0
    """Seconds of the processor's time."""


LIMITS = Limits()


class Meter:
    """Counts one rendering. `stop` makes the error that ends it, from the reason in Chinese."""

    def __init__(self, limits: Limits, stop: Callable[[str], Exception]) -> None:
        self.limits, self.stop = limits, stop
        self.renew()

    def renew(self) -> None:
        """Begin to count anew, for another rendering."""
        self.turns, self.printed = self.limits.turns, self.limits.printed
        self.end = time.thread_time() + self.limits.seconds

    def take(self, turns: int, printed: int = 0) -> None:
        """Use up so many turns and characters, before they are used."""
        self.turns -= turns
        self.printed -= printed
        if self.turns < 0:
            raise self.stop("循环太多")
        if self.printed < 0:
            raise self.stop("写出的文字太多")

    def look(self) -> None:
        """See whether there is time left."""
        if time.thread_time() > self.end:
            raise self.stop("用的时间太长")

    def turn(self, items: Any, literal: int) -> Any:
        """What a loop goes through; `literal` are the characters that each turn writes at least."""
        self.look()
        if not isinstance(items, Sized):
            items = self.gathered(items)
        size = len(items)
        self.take(size + 1, size * literal)
        return items if size <= WATCHED else Watched(self, items)

    def gathered(self, items: Iterable[Any]) -> list[Any]:
        """A list of what comes one after another, as long as it may be."""
        found = []
        for item in items:
            self.take(1)
            found.append(item)
        return found

    def room_for(self, characters: int) -> None:
        """See that a text of so many characters may be put together."""
        if characters > self.limits.text:
            raise self.stop("拼出的文字太长")

    def held(self, items: Any) -> Any:
        """A list put together in the template, unless too much stands in it, at any depth.

        A list that holds a list twice holds twice as much: thirty such steps would be a billion.
        """
        waiting, count = [items], 0
        while waiting:
            inner = waiting.pop()
            inside = list(inner.values()) if isinstance(inner, dict) else inner
            count += len(inside)
            if count > self.limits.elements:
                raise self.stop("拼出的清单太长")
            waiting += [item for item in inside if isinstance(item, _NESTING)]
        self.take(count)
        return items


class Watched:
    """A long list that looks at the time while a loop goes through it."""

    def __init__(self, meter: Meter, items: Any) -> None:
        self._meter, self._items = meter, items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        for place, item in enumerate(self._items):
            if place % WATCHED == 0:
                self._meter.look()
            yield item
