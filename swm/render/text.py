"""Text as a screen may show it: nothing hidden, nothing obeyed, Chinese counted as two columns.

A name may hold anything that once stood in an old list: ESC sequences, C1 controls, bidi
overrides, zero-width characters, half of a surrogate pair. Each is shown as <U+202E>, so that
what is on the screen is what is in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

ELLIPSIS = "…"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NO_LINE_START = frozenset("，。、；：？！）》」』】〉〕”’…,.;:?!)]}%")
_NO_LINE_END = frozenset("（《「『【〈〔“‘([{")


def visible(text: str) -> str:
    """One line of `text`: hidden characters as <U+001B>, line ends and tabs as one blank."""
    if text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def visible_lines(text: str) -> list[str]:
    """The lines of `text`, each fit for a screen."""
    return [visible(line) for line in text.replace("\r\n", "\n").split("\n")]


def _shown(c: str) -> str:
    if c in "\n\t":
        return " "
    return f"<U+{ord(c):04X}>" if unicodedata.category(c) in _HIDDEN else c


class _Widths(dict[str, int]):
    """Columns that a character takes, computed once for each."""

    def __missing__(self, c: str) -> int:
        if unicodedata.category(c) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(c) in "WF" else 1
        self[c] = width
        return width


_WIDTHS = _Widths()


_ORDINARY = re.compile("[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*").fullmatch
"""Text whose characters take one column and one byte, or two columns and three bytes."""


def width(text: str) -> int:
    """The columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    if _ORDINARY(text):
        return (len(text) + len(text.encode())) // 2
    return sum(map(_WIDTHS.__getitem__, text))


def fit(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, its end replaced by … where it is longer."""
    if width(text) <= columns:
        return text
    kept, room = [], columns - 1
    for c in text:
        room -= _WIDTHS[c]
        if room < 0:
            break
        kept.append(c)
    return "".join(kept) + ELLIPSIS


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with blanks to `columns`; to the right for numbers."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """`text` in lines of at most `columns` columns, the second and later lines after `indent`.

    Lines break at blanks between Latin words and after any Chinese character, but no line starts
    with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        room = columns - (width(indent) if lines else 0)
        if line and width(line) + width(piece) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    return lines[:1] + [indent + rest for rest in lines[1:]]


def packed(words: Iterable[str], columns: int, indent: str = "  ") -> list[str]:
    """The words, each whole, as many a line as fit, two blanks between them."""
    lines: list[str] = []
    line = ""
    for word in words:
        if line and width(line) + 2 + width(word) > columns:
            lines.append(line)
            line = ""
        line += f"  {word}" if line else indent + word
    return [*lines, line] if line else lines


def _pieces(text: str) -> Iterable[str]:
    """The parts between which a line may break."""
    piece = ""
    for c in text:
        if piece and _may_break(piece[-1], c):
            yield piece
            piece = ""
        piece += c
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return before == " " or (after != " " and (_WIDTHS[before] == 2 or _WIDTHS[after] == 2))


def commas(words: Iterable[str]) -> str:
    """甲、乙、丙"""
    return "、".join(visible(word) for word in words)
