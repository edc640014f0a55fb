"""The house style of YAML: how a value is written, for new files and for fragments.

Written by hand, not by a library. ruamel takes 26 ms to import (and 0.4 to emit a record, against
0.01 here); libyaml's emitter cannot indent sequences; and both leave `no`, `1:30` or zero-width
characters bare, which a YAML 1.1 reader or a human takes for something else. What is written
here is always read back before it is kept (`yamltext.apply`), and the tests prove it on PyYAML
(1.1) and ruamel (1.2).

UTF-8, LF, two spaces, sequences indented two, no folding. Text is bare only where no version
of YAML can take it for anything but text.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from swm.domain.edits import Plain
from swm.domain.tree import Map, Node, Seq, Text

Lines = tuple[str, list[str]]
"""What follows the colon or the dash on its own line, and the lines below it."""


def dump(value: dict[str, Plain]) -> str:
    """A whole document. Raises `UnicodeEncodeError` for half a surrogate pair."""
    lines = mapping_lines(value, 0, inside=False) if value else ["{}"]
    return "".join(line + "\n" for line in lines)


def tree(value: Plain) -> Node:
    """What `parse` gives for a value once it is written (its lines apart)."""
    if value is None:
        return None
    if isinstance(value, dict):
        mapping = Map()
        for key, child in value.items():
            mapping[key] = tree(child)
        return mapping
    if isinstance(value, list):
        sequence = Seq()
        sequence.extend(tree(item) for item in value)
        return sequence
    written = value if isinstance(value, str) else _bare(value)
    return Text(written, plain=not isinstance(value, str) or is_plain(value))


# --- blocks --------------------------------------------------------------------------------


def mapping_lines(value: dict[str, Plain], column: int, *, inside: bool) -> list[str]:
    """The lines of a mapping whose keys stand at `column`; `inside` a sequence's item or not."""
    return [
        line for key, child in value.items() for line in entry_lines(key, child, column, inside)
    ]


def entry_lines(key: str, value: Plain, column: int, inside: bool) -> list[str]:
    """The lines of one key and its value."""
    head, body = layout(value, column, inside=inside)
    return [f"{' ' * column}{scalar(key)}:{head}", *body]


def item_lines(value: Plain, column: int) -> list[str]:
    """The lines of one item whose dash stands at `column`."""
    head, body = item_layout(value, column)
    return [f"{' ' * column}-{head}", *body]


def item_layout(value: Plain, column: int) -> Lines:
    """What stands behind a dash at `column`: a block begins on the dash's own line."""
    inner = column + 2
    if isinstance(value, dict) and value:
        body = mapping_lines(value, inner, inside=True)
    elif isinstance(value, list) and not all(map(_is_scalar, value)):
        body = [line for item in value for line in item_lines(item, inner)]
    else:
        return layout(value, column, inside=True)
    return " " + body[0][inner:], body[1:]


def layout(value: Plain, column: int, *, inside: bool) -> Lines:
    """What stands behind a key at `column`."""
    if value is None:
        return "", []
    if isinstance(value, dict) and value and not (inside and all(map(_is_scalar, value.values()))):
        return "", mapping_lines(value, column + 2, inside=inside)
    if isinstance(value, list) and not all(map(_is_scalar, value)):
        return "", [line for item in value for line in item_lines(item, column + 2)]
    if isinstance(value, str) and _fits_block(value):
        sign = "|" if value.endswith("\n") else "|-"
        indent = " " * (column + 2)
        return f" {sign}", [indent + row if row else "" for row in value.splitlines()]
    return " " + (flow(value) if isinstance(value, dict | list) else scalar(value)), []


def flow(value: Plain) -> str:
    """A value on one line, within brackets if it has parts."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "null" if value is None else scalar(value, in_flow=True)


# --- scalars -------------------------------------------------------------------------------


def scalar(value: str | int | date | datetime, *, in_flow: bool = False) -> str:
    """Text, bare or in double quotes; a date, a moment or an integer, bare."""
    if not isinstance(value, str):
        return _bare(value)
    return str(value) if is_plain(value, in_flow=in_flow) else _quoted(value)


def _is_scalar(value: Plain) -> bool:
    return not isinstance(value, dict | list)


def _bare(value: int | date | datetime) -> str:
    if isinstance(value, bool):
        raise TypeError("是 and 否 are text in a ledger, not booleans")
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


_WORDS = frozenset(("y", "yes", "n", "no", "on", "off", "true", "false", "null"))
_FLOW_SIGNS = re.compile(r"[,\[\]{}:#?\"'&*]")


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Whether the text may stand bare, in YAML 1.1 and 1.2 alike.

    Deliberately narrow. Bare text begins with a letter or a sign beyond ASCII, or with a digit
    if something beyond ASCII follows (3号院): that rules out every number, date, time, merge
    key and indicator without a table of what each version of YAML takes them for.
    """
    if not text or text.lower() in _WORDS or not _visible(text):
        return False
    first = text[0]
    if first.isascii() and not (first.isalpha() or (first.isdigit() and not text.isascii())):
        return False
    if ": " in text or " #" in text or text[-1] == ":" or text != text.strip():
        return False
    return not (in_flow and _FLOW_SIGNS.search(text))


def _visible(text: str) -> bool:
    """No controls, line breaks, zero-width or direction characters; U+3000 is common in Chinese."""
    return text.replace("\u3000", "").isprintable()


def _fits_block(text: str) -> bool:
    """Whether the text may stand as a literal block and survive a reader and an editor."""
    if "\n" not in text or text[0] in "\n " or text.endswith("\n\n"):
        return False
    rows = text.removesuffix("\n").split("\n")
    return all(_visible(row) and row == row.rstrip() for row in rows)


_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _quoted(text: str) -> str:
    text.encode()  # half a surrogate pair is no character: UnicodeEncodeError
    return '"' + "".join(c if _stays(c) else _NAMED.get(c) or _escaped(c) for c in text) + '"'


def _stays(char: str) -> bool:
    return char not in '"\\' and _visible(char)


def _escaped(char: str) -> str:
    """A character that nobody could see, by its number."""
    code = ord(char)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
