"""The one strict reader of YAML: bytes -> a tree of text that knows its lines.

It walks the event stream of PyYAML's C parser, which carries every guard inline and leaves each
scalar as it was written. Measured for a record of 2.7 kB in one run: the bare events 0.17 ms,
this reader 0.30, PyYAML's C SafeLoader (which guesses types and keeps the last of two equal
keys) 0.58, ruamel's round trip 11.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized, normalize

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from swm.domain.fields import unfit_character
from swm.domain.tree import Map, Node, Seq, Text
from swm.store import yamlguard
from swm.store.yamlguard import Fault, Problem, decoded, refuse

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml.loader import BaseLoader as Parser  # type: ignore[assignment]

__all__ = [
    "DEEPEST",
    "MappingEndEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "YAMLError",
    "events",
    "parse",
]

DEEPEST = 20
"""Levels of nesting. A ledger's file needs six; a bomb needs thousands."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


def parse(data: bytes, path: str) -> Map:
    """The tree of a file, every scalar as text with its line. `path` is for messages only.

    Raises `Unreadable` with one finding for whatever is not plain, single, strict YAML:
    interface.md, section 1.
    """
    text = decoded(data, path)
    builder = _Builder(text, path)
    try:
        return builder.document()
    except YAMLError as error:
        problem = _problem(error, _dotted(builder.trail))
    yamlguard.translated(problem, text, path)


def _problem(error: YAMLError, reached: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(str(error), 1, 0, 1, reached)
    context: Any = getattr(error, "context_mark", None) or mark
    words = f"{getattr(error, 'context', '')} | {getattr(error, 'problem', '')}"
    return Problem(words, mark.line + 1, mark.index, context.line + 1, reached)


def events(text: str) -> Callable[[], Any]:
    """A function that gives the text's next event, with marks. It raises `YAMLError`."""
    next_event: Callable[[], Any] = Parser(text).get_event
    return next_event


@lru_cache(maxsize=4096)
def _is_odd(key: str) -> bool:
    """Whether a key deserves a second look. The same eighty keys come again in every file."""
    return key in ("", "<<") or bool(unfit_character(key)) or not is_normalized("NFC", key)


def _text(event: Any) -> Text | None:
    value, plain = event.value, not event.style
    if plain and value in _NULLS:
        return None
    text = str.__new__(Text, value)  # past Text's own constructor: this is the innermost loop
    text.line, text.plain = event.start_mark.line + 1, plain
    return text


class _Builder:
    """Builds the tree of one file. `trail` is the path to what is being read."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.get = events(text)
        self.trail: list[str | int] = []

    def document(self) -> Map:
        self.get()  # the stream's start
        start = self.get()
        if type(start) is StreamEndEvent:
            refuse(self.path, 1, "", _EMPTY)
        if start.version or start.tags:
            refuse(self.path, 1, "", yamlguard.DIRECTIVE)
        root = self.get()
        tree = self._node(root)
        if tree is None:
            refuse(self.path, 1, "", _EMPTY)
        if not isinstance(tree, Map):
            refuse(self.path, root.start_mark.line + 1, "", _NOT_A_MAP)
        self.get()  # the document's end
        after = self.get()
        if type(after) is not StreamEndEvent:
            refuse(self.path, after.start_mark.line + 1, "", yamlguard.SECOND)
        return tree

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is AliasEvent:
            self._refuse(event, yamlguard.ALIAS)
        if event.tag is not None:
            self._refuse(event, yamlguard.TAG)
        if event.anchor is not None:
            self._refuse(event, yamlguard.ANCHOR)
        if kind is ScalarEvent:
            return _text(event)
        if len(self.trail) >= DEEPEST:
            self._refuse(event, _TOO_DEEP)
        return self._map(event) if kind is MappingStartEvent else self._seq(event)

    def _map(self, start: Any) -> Map:
        get, trail = self.get, self.trail
        mark = start.start_mark
        node = Map(mark.line + 1)
        lines, column = node.lines, -1 if start.flow_style else mark.column
        trail.append("")
        odd = False
        while type(event := get()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._refuse_complex_key(event)
            trail[-1] = key = event.value
            mark = event.start_mark
            if key in node or event.tag is not None or event.anchor is not None:
                self._refuse_key(event, node)
            if mark.column != column >= 0:
                self._refuse(event, _QUESTION_KEY)
            if _is_odd(key):
                self._refuse_odd_key(event)
                odd = True
            lines[key] = mark.line + 1
            event = get()
            is_scalar = type(event) is ScalarEvent and event.tag is None and event.anchor is None
            node[key] = _text(event) if is_scalar else self._node(event)
        if odd:
            self._refuse_twins(node)
        trail.pop()
        return node

    def _seq(self, start: Any) -> Seq:
        get, trail, read = self.get, self.trail, self._node
        node = Seq(start.start_mark.line + 1)
        trail.append(0)
        while type(event := get()) is not SequenceEndEvent:
            trail[-1] = len(node)
            node.lines.append(event.start_mark.line + 1)
            node.append(read(event))
        trail.pop()
        return node

    # --- refusals

    def _refuse_complex_key(self, event: Any) -> None:
        self.trail[-1] = ""
        self._refuse(event, yamlguard.ALIAS if type(event) is AliasEvent else _COMPLEX_KEY)

    def _refuse_key(self, event: Any, node: Map) -> None:
        if event.tag is not None:
            self._refuse(event, yamlguard.TAG)
        if event.anchor is not None:
            self._refuse(event, yamlguard.ANCHOR)
        line = event.start_mark.line + 1
        self._refuse(event, _duplicate(event.value, node.lines[event.value], line))

    def _refuse_odd_key(self, event: Any) -> None:
        """Refuse every odd key but one that is merely not in NFC: that may still be alone."""
        key: str = event.value
        if not key:
            self._refuse(event, yamlguard.NO_KEY)
        if key == "<<" and not event.style:
            self._refuse(event, _MERGE)
        if bad := unfit_character(key):
            self._refuse(
                event, Fault("字符", f"键里有不可见的字符 U+{ord(bad):04X}", "请删去该字符")
            )

    def _refuse_twins(self, node: Map) -> None:
        """Two keys that look the same to people and differ in code points."""
        first: dict[str, str] = {}
        for key, line in node.lines.items():
            twin = first.setdefault(normalize("NFC", key), key)
            if twin != key:
                self.trail[-1] = key
                fault = _duplicate(key, node.lines[twin], line, "，两处看上去一样而编码不同")
                refuse(self.path, line, _dotted(self.trail), fault)

    def _refuse(self, event: Any, fault: Fault) -> None:
        refuse(self.path, event.start_mark.line + 1, _dotted(self.trail), fault)


def _dotted(trail: list[str | int]) -> str:
    """记录[3].日期: items are counted from 1, as people count."""
    parts = (f"[{s + 1}]" if isinstance(s, int) else f".{s}" for s in trail if s != "")
    return "".join(parts).removeprefix(".")


_EMPTY = Fault("空文件", "文件是空的", "请从 git 历史中恢复，或删去这个文件")
_NOT_A_MAP = Fault("结构", "整个文件应由“键: 值”组成", "每行写作 键: 值")
_TOO_DEEP = Fault("层级", f"层级超过 {DEEPEST} 层", "台账文件不需要这么多层，请检查括号和缩进")
_MERGE = Fault("合并键", "用了 YAML 合并键（<<）", "请把内容直接写出")
_COMPLEX_KEY = Fault("结构", "键不能是列表或下级字段", "键应是一个词；带括号的键请加双引号")
_QUESTION_KEY = Fault("结构", "用了“? ”开头的键", "写作 键: 值")


def _duplicate(key: str, first: int, second: int, remark: str = "") -> Fault:
    places = f"第{first}行和第{second}行" if first != second else f"都在第{first}行"
    return Fault("重复", f"“{key}”写了两遍（{places}）{remark}", "请核对后删去其中一处")
