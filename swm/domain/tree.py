"""What the strict reader makes of a YAML file: text, maps and sequences that know their lines.

No scalar is typed here: `01012345678` is text however it was quoted. `fields` types it.
An empty plain scalar, `~` and `null` are None.
"""

from __future__ import annotations


class Text(str):
    """A scalar as it was written; `plain` tells that no quotes stood around it."""

    line: int
    plain: bool
    __slots__ = ("line", "plain")

    def __new__(cls, value: str, line: int = 0, plain: bool = True) -> Text:
        text = super().__new__(cls, value)
        text.line = line
        text.plain = plain
        return text


class Map(dict[str, "Node"]):
    """A mapping in file order; `line` is where it starts, `lines` where each key stands (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Seq(list["Node"]):
    """A sequence; `line` is where it starts, `lines` where each item stands (from 1)."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


Node = Text | Map | Seq | None
