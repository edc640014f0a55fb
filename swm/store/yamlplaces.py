"""Where each value stands in the text of a YAML file, by the marks of the parser that reads it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from swm.store.yamlread import (
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    events,
)


class Entry(NamedTuple):
    """A key and its value, or a dash and its item; positions in characters.

    `after` is just past the colon or the dash; in a bracketed list it is where the item starts.
    """

    start: int
    after: int
    value: Spot


class Spot(NamedTuple):
    """Where a value stands. `end` is past its last character, without the comments behind it."""

    start: int
    end: int
    column: int
    flow: bool = False
    block_text: bool = False
    keys: dict[str, Entry] | None = None
    items: list[Entry] | None = None

    @property
    def parts(self) -> list[Entry]:
        """Its entries in their order; none if it is a scalar."""
        return list(self.keys.values()) if self.keys else self.items or []


@lru_cache(maxsize=2)
def survey(text: str) -> Spot:
    """Where everything stands in a text that `parse` has accepted."""
    surveyor = _Surveyor(text)
    surveyor.get()
    surveyor.get()
    return surveyor.spot(surveyor.get())


_BLANK = re.compile(r"(?:\s|#[^\n]*)*")


class _Surveyor:
    """Finds the places. The guards have run: `parse` comes first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.get = events(text)

    def spot(self, event: Any) -> Spot:
        kind, mark = type(event), event.start_mark
        if kind is ScalarEvent:
            if event.style in ("|", ">"):
                end = self._block_text_end(mark.index, event.end_mark.index)
                return Spot(mark.index, end, mark.column, block_text=True)
            return Spot(mark.index, event.end_mark.index, mark.column)
        flow = bool(event.flow_style)
        if kind is SequenceStartEvent:
            items, end = self._items(mark.index, flow)
            return Spot(mark.index, end, mark.column, flow, items=items)
        keys, end = self._keys(flow)
        return Spot(mark.index, end, mark.column, flow, keys=keys)

    def _keys(self, flow: bool) -> tuple[dict[str, Entry], int]:
        keys: dict[str, Entry] = {}
        end = 0
        while type(event := self.get()) is not MappingEndEvent:
            after = self._past(event.end_mark.index, ":")
            value = self.spot(self.get())
            if value.start == value.end:  # nothing: libyaml puts it before the next bracket
                value = Spot(after, after, value.column)
            keys[event.value] = Entry(event.start_mark.index, after, value)
            end = value.end
        closing: Any = event.end_mark
        return keys, closing.index if flow else end

    def _items(self, start: int, flow: bool) -> tuple[list[Entry], int]:
        items: list[Entry] = []
        end = start
        while type(event := self.get()) is not SequenceEndEvent:
            dash = event.start_mark.index if flow else self._past(end, "-") - 1
            value = self.spot(event)
            items.append(Entry(dash, dash if flow else dash + 1, value))
            end = value.end
        closing: Any = event.end_mark
        return items, closing.index if flow else end

    def _past(self, position: int, sign: str) -> int:
        """Just past the sign that follows, over blanks and comments; `position` if none does."""
        blank = _BLANK.match(self.text, position)
        found = blank.end() if blank else position
        return found + 1 if self.text.startswith(sign, found) else position

    def _block_text_end(self, start: int, end: int) -> int:
        """Past the last line that means something: libyaml counts the blank lines in as well.

        Blank lines mean something after `|+`; lines of spaces may, so they are left alone.
        """
        header = self.text[start : self.text.find("\n", start)]
        body = self.text[start:end]
        if "+" in header.partition("#")[0]:
            return start + len(body.removesuffix("\n"))
        return start + len(body.rstrip("\n"))
