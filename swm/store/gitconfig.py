"""A ledger's .git/config read as data: git itself is never asked, so nothing in it can act."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SECTION = re.compile(r'\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\0]|\\["\\])*)")?\]')
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:=[ \t]*(.*))?")
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", '"': '"', "\\": "\\"}


def parse(raw: bytes) -> Iterator[tuple[str, str]]:
    """(key, value) in order; keys as git prints them: `remote.origin.url`.

    Stricter than git on purpose. Whatever git reads and this does not raises ValueError with
    the line's number, so the two can never disagree about what stands there.
    """
    section = ""
    for number, line in enumerate(raw.decode("utf-8").split("\n"), 1):
        text = line.removesuffix("\r").strip(" \t")
        if not text or text[0] in "#;":
            continue
        if text[0] == "[":
            section = _section(text, number)
            continue
        found = _KEY.fullmatch(text)
        if found is None or not section:
            raise ValueError(number)
        name, value = found.groups()
        yield f"{section}.{name.lower()}", "true" if value is None else _value(value, number)


def _section(text: str, number: int) -> str:
    found = _SECTION.match(text)
    rest = text[found.end() :].lstrip(" \t") if found else "?"
    if found is None or (rest and rest[0] not in "#;"):
        raise ValueError(number)
    name, sub = found.groups()
    if sub is None:
        return str(name).lower()
    return name.lower() + "." + re.sub(r"\\(.)", r"\1", sub)


def _value(text: str, number: int) -> str:
    """Git's value grammar on one line: quotes, escapes, comments; no continuation lines."""
    result, quoted, at, solid = "", False, 0, 0
    while at < len(text):
        each = text[at]
        at += 1
        if each == "\\":
            if text[at : at + 1] not in _ESCAPES or at == len(text):
                raise ValueError(number)
            result += _ESCAPES[text[at]]
            at += 1
        elif each == '"':
            quoted = not quoted
        elif each in "#;" and not quoted:
            break
        else:
            result += each
            if each in " \t" and not quoted:
                continue
        solid = len(result)
    if quoted:
        raise ValueError(number)
    return result[:solid]
