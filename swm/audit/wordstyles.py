"""What the styles of a Word file do to the text that bears them: hide it, or number it.

Whether a style hides its text depends on the program where several say something. Here it hides it as
soon as one of those that it is based on does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIDDEN, NUMBERED = "隐藏的文字", "自动编号"


class Styles:
    """The styles of one file, by their ids."""

    def __init__(self, root: Any) -> None:
        self._always: frozenset[str] = frozenset()
        self._does: dict[str, frozenset[str]] = {}
        if root is None:
            return
        defaults = root.find(f"{WORD}docDefaults")
        if defaults is not None:
            self._always = frozenset(_effects(defaults))
        styles = {each.get(f"{WORD}styleId", ""): each for each in root.iterfind(f"{WORD}style")}
        self._does = _with_what_they_rest_on(styles)
        for id, style in styles.items():
            if is_on(style.get(f"{WORD}default", "0")):
                self._always |= self._does[id]

    def effects(self, ids: Iterable[str]) -> set[str]:
        """What these do, and what is done to all text."""
        return set(self._always).union(*(self._does.get(id, ()) for id in ids))

    def hide(self, named: Any) -> bool:
        """Whether the style that an element names hides its text; None names none."""
        return HIDDEN in self.effects(() if named is None else (named.get(f"{WORD}val", ""),))


def hides(properties: Any) -> bool | None:
    """Whether the properties of a run hide it; None where they say nothing."""
    said = properties.find(f"{WORD}vanish")
    return None if said is None else is_on(said.get(f"{WORD}val", "1"))


def is_on(value: str) -> bool:
    """Whether a switch with this value is on."""
    return value not in ("0", "false", "off")


def _effects(style: Any) -> Iterator[str]:
    for mark in style.iter(f"{WORD}vanish", f"{WORD}numPr"):
        if mark.tag == f"{WORD}numPr":
            yield NUMBERED
        elif is_on(mark.get(f"{WORD}val", "1")):
            yield HIDDEN


def _with_what_they_rest_on(styles: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What each does, with all that those do that it is based on."""
    found: dict[str, frozenset[str]] = {}
    for first in styles:
        path: dict[str, Any] = {}
        id = first
        while id in styles and id not in found and id not in path:
            path[id] = styles[id]
            parent = styles[id].find(f"{WORD}basedOn")
            id = "" if parent is None else parent.get(f"{WORD}val", "")
        all_above = found.get(id, frozenset())
        for below, style in reversed(path.items()):
            all_above = found[below] = all_above.union(_effects(style))
    return found
