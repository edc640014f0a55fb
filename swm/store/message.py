"""Commit messages: words for people, then trailers that no free text can forge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_KEY = re.compile(r"[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def visible(text: str) -> str:
    """`text` with every character that hides or commands shown as <U+001B>; LF alone stays.

    That is controls (also ESC and the C1 range), bidi and zero-width marks, surrogates,
    private use, and the line breaks that only Unicode knows.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(each):04X}>" if unicodedata.category(each) in _UNSEEN and each != "\n" else each
        for each in text
    )


def one_line(text: str) -> str:
    """`text` on one line, visible, its spaces single."""
    return visible(" ".join(re.split(r"[ \t\r\n]+", text))).strip()


def message(subject: str, body: Iterable[str], trailers: Mapping[str, str]) -> str:
    """Subject, then one paragraph with a line for each text of `body`, then the trailers.

    Git takes the LAST paragraph for trailers and ends a message at a line of three dashes. So
    the last paragraph is always ours, there is at least one trailer, and a line of free text
    can neither start a paragraph nor look like the dashes.
    """
    if not trailers or not all(_KEY.fullmatch(key) for key in trailers):
        raise ValueError("a message ends in trailers, each with a key like Swm-Verb")
    head = one_line(subject)
    if not head:
        raise ValueError("a message has a subject")
    lines = [line for line in map(one_line, body) if line]
    paragraphs = [
        _undivided(head),
        "\n".join(map(_undivided, lines)),
        "\n".join(f"{key}: {one_line(value)}" for key, value in trailers.items()),
    ]
    return "\n\n".join(each for each in paragraphs if each) + "\n"


def _undivided(line: str) -> str:
    return "—" + line.lstrip("-") if line.startswith("---") else line
