"""One table per record: Chinese key <-> attribute, type, whether required, what it means.

A record is a frozen dataclass whose attributes are declared with `key(...)`. The same table
drives reading, writing, `--json` and the generated field reference.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from swm.domain.edits import Plain
from swm.domain.tree import Map, Node, Seq, Text
from swm.errors import ERROR, Finding, Unreadable
from swm.frozen import compiled

R = TypeVar("R")


class BadValue(Exception):
    """A scalar that its type refuses: what is wrong, what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Kind(NamedTuple):
    """A type of scalar: its Chinese name for the reference, how text becomes a value."""

    name: str
    read: Callable[[str], Any]
    worded: bool = False
    """Whether people put it into words: a blank text is then the same as none."""


class ListOf(NamedTuple):
    """A sequence of scalars of one kind."""

    item: Kind


class MapOf(NamedTuple):
    """A mapping from free names to scalars of one kind."""

    item: Kind
    name: Kind | None = None
    """What the names are, where they are people."""


class One(NamedTuple):
    """A nested record."""

    of: type


class Many(NamedTuple):
    """A sequence of nested records; `choose` picks the class by the item itself."""

    of: type
    choose: Callable[[Map], type] | None = None


AnyKind = Kind | ListOf | MapOf | One | Many


class Field(NamedTuple):
    """One row of a record's table."""

    attribute: str
    key: str
    kind: AnyKind
    meaning: str
    required: bool
    default: Any


def key(
    chinese: str, kind: AnyKind, meaning: str, *, required: bool = False, default: Any = None
) -> Any:
    """Declare an attribute of a record: its YAML key, its type, what it means."""
    empty: Any = default
    if default is None:
        empty = () if isinstance(kind, ListOf | Many) else None
    row = {"key": chinese, "kind": kind, "meaning": meaning, "required": required}
    if isinstance(kind, MapOf):
        return dataclasses.field(default_factory=dict, metadata=row)
    return dataclasses.field(default=empty, metadata=row)


_TABLES: dict[type, tuple[Field, ...]] = {}
_KEYS: dict[type, dict[str, Field]] = {}


def table(record: type) -> tuple[Field, ...]:
    """The record's table, in the order in which its keys are written."""
    if record not in _TABLES:
        _TABLES[record] = tuple(_rows(record))
    return _TABLES[record]


def _rows(record: type) -> Iterator[Field]:
    for f in dataclasses.fields(compiled(record)):
        if "key" in f.metadata:
            m = f.metadata
            empty = {} if isinstance(m["kind"], MapOf) else f.default
            yield Field(f.name, m["key"], m["kind"], m["meaning"], m["required"], empty)


def by_key(record: type) -> dict[str, Field]:
    """The record's table by Chinese key."""
    if record not in _KEYS:
        _KEYS[record] = {row.key: row for row in table(record)}
    return _KEYS[record]


# --- scalars -------------------------------------------------------------------------------


def blank(text: str) -> bool:
    """Whether nothing can be seen of it: no character at all, only spaces or invisible ones.

    What no field takes (control characters) is no blank: it is to be refused, not passed over.
    """
    return not text[:1].isalnum() and all(
        c in "\t\n" or unicodedata.category(c) in ("Zs", "Cf") for c in text
    )


def unfit_character(text: str, *, lines: bool = False) -> str | None:
    """The first character of `text` that must not be stored, or None.

    Names and ids refuse control, newline, bidi and zero-width characters (`lines=False`);
    free text may hold newlines and tabs. Surrogates and U+E000/U+E001 are refused everywhere.
    """
    if text.isalnum():  # the common case: nothing in Cc, Cf, Cs or Co is alphanumeric
        return None
    for c in text:
        category = unicodedata.category(c)
        if category in ("Cs", "Co", "Cn"):
            return c
        if category in ("Cc", "Cf", "Zl", "Zp") and not (lines and c in "\n\t"):
            if lines and category == "Cf":
                continue
            return c
    return None


def _free_text(text: str) -> str:
    if bad := unfit_character(text, lines=True):
        raise BadValue(f"含有不能保存的字符 U+{ord(bad):04X}", "请删去该字符后重新填写")
    return text


def _name(text: str) -> str:
    if bad := unfit_character(text):
        raise BadValue(f"含有名称中不允许的字符 U+{ord(bad):04X}", "请删去该字符后重新填写")
    if text != text.strip():
        raise BadValue("首尾有空格", "请删去首尾空格")
    return text


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _date(text: str) -> date:
    if not _ISO_DATE.fullmatch(text):
        raise BadValue(f"“{text}”不是日期", "日期写作 2026-10-03")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"“{text}”这一天不存在", "请核对年、月、日") from None


def _moment(text: str) -> datetime:
    if not _ISO_MOMENT.fullmatch(text):
        raise BadValue(f"“{text}”不是时间", "时间写作 2026-10-03 21:30")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadValue(f"“{text}”这一时间不存在", "请核对日期和时分") from None


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise BadValue(f"“{text}”不是时刻", '时刻写作 "21:30"')
    return text


def _number(text: str) -> int:
    if not re.fullmatch(r"0|[1-9]\d{0,8}", text):
        raise BadValue(f"“{text}”不是整数", "请写不带前导零的整数")
    return int(text)


def _yes(text: str) -> bool:
    if text not in ("是", "否"):
        raise BadValue(f"“{text}”应为“是”或“否”")
    return text == "是"


def choice(name: str, *values: str) -> Kind:
    """A kind that takes only these values."""

    def read(text: str) -> str:
        if text not in values:
            raise BadValue(f"“{text}”不在可选值内", "可选：" + "、".join(values))
        return text

    return Kind(name + "：" + "、".join(values), read)


TEXT = Kind("文字", _free_text, worded=True)
NAME = Kind("名称（单行）", _name, worded=True)
PERSON = Kind("姓名（单行）", _name, worded=True)
PARTY = Kind("姓名或单位（单行）", _name, worded=True)
CROWD = Kind("姓名或人数", _free_text, worded=True)
WRITTEN = frozenset({TEXT, NAME, PERSON, PARTY, CROWD})
"""The kinds that a person writes in words of his own."""
NEW_VALUE = Kind("文字", _free_text)
"""What a correction puts in the place of another value; an empty one takes it away."""
DATE = Kind("日期", _date)
MOMENT = Kind("日期时间", _moment)
CLOCK = Kind("时刻", _clock)
NUMBER = Kind("整数", _number)
YES = Kind("是或否", _yes)


# --- reading -------------------------------------------------------------------------------


class _Reader:
    """Reads one file's tree into records and collects every finding on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def bad(self, line: int | None, field: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding("字段", ERROR, self.path, line, field, message, hint))

    def record(self, record: type[R], node: Map, where: str) -> R | None:
        before = len(self.findings)
        known = by_key(record)
        values: dict[str, Any] = {}
        for name, child in node.items():
            row = known.get(name)
            if row is None:
                self.bad(node.lines.get(name), where + name, "没有这个字段", _nearest(name, known))
            elif child is not None and not _says_nothing(row.kind, child):
                values[row.attribute] = self.value(row.kind, child, where + name)
        for row in table(record):
            if row.required and row.attribute not in values:
                line = node.lines.get(row.key, node.line)
                self.bad(line, where + row.key, "必须填写", row.meaning)
        return record(**values) if len(self.findings) == before else None

    def value(self, kind: AnyKind, node: Node, where: str) -> Any:
        line = getattr(node, "line", None)
        if isinstance(kind, Kind):
            if isinstance(node, Text):
                return self.scalar(kind, node, where)
            self.bad(line, where, "应为一个值，不是列表或下级字段")
        elif isinstance(kind, ListOf):
            if isinstance(node, Seq):
                items = (item for item in node if not _says_nothing(kind.item, item))
                return tuple(self.value(kind.item, item, where) for item in items)
            self.bad(line, where, "应为列表", "写作 [甲, 乙]")
        elif isinstance(kind, Many):
            if isinstance(node, Seq):
                return tuple(self.item(kind, n, f"{where}[{i + 1}]") for i, n in enumerate(node))
            self.bad(line, where, "应为列表", "每项以“- ”开头")
        elif isinstance(node, Map):
            if isinstance(kind, One):
                return self.record(kind.of, node, where + ".")
            pairs = ((k, v) for k, v in node.items() if not _says_nothing(kind.item, v))
            return {k: self.value(kind.item, v, f"{where}.{k}") for k, v in pairs}
        else:
            self.bad(line, where, "应有下级字段")
        return None

    def item(self, kind: Many, node: Node, where: str) -> Any:
        if not isinstance(node, Map):
            self.bad(getattr(node, "line", None), where, "应有下级字段")
            return None
        try:
            record = kind.choose(node) if kind.choose else kind.of
        except BadValue as bad:
            self.bad(node.line, where, bad.message, bad.hint)
            return None
        return self.record(record, node, where + ".")

    def scalar(self, kind: Kind, node: Text, where: str) -> Any:
        try:
            return kind.read(str(node))
        except BadValue as bad:
            self.bad(node.line, where, bad.message, bad.hint)
            return None


def _says_nothing(kind: AnyKind, node: Node) -> bool:
    """Whether words are wanted and the text is blank: no guard is to take it for any."""
    return isinstance(kind, Kind) and kind.worded and isinstance(node, Text) and blank(node)


def _nearest(name: str, known: dict[str, Field]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"是不是“{near[0]}”？" if near else "可用字段：" + "、".join(known)


def read(record: type[R], node: Node, path: str) -> R:
    """The record that a file's tree holds. Raises `Unreadable` with every finding at once."""
    reader = _Reader(path)
    if not isinstance(node, Map):
        reader.bad(getattr(node, "line", 1), "", "整个文件应由“键: 值”组成")
        value = None
    else:
        value = reader.record(record, node, "")
    if value is None:
        raise Unreadable(f"{path} 读不了", reader.findings)
    return value


def read_scalar(kind: Kind, text: str) -> Any:
    """One value typed on the command line. Raises `BadValue`."""
    return kind.read(text)


_SEPARATOR = re.compile(r"[,，、]")


def split(text: str) -> tuple[str, ...]:
    """The parts of a list as people type it, separated by `,` `，` or `、`."""
    return tuple(part.strip() for part in _SEPARATOR.split(text) if part.strip())


# --- writing -------------------------------------------------------------------------------


def plain(value: Any) -> Plain:
    """A value as it goes into YAML or JSON: records by their Chinese keys, True as 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, str | int | date | datetime):
        return value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return fragment(value)


def fragment(record: Any) -> dict[str, Plain]:
    """The record by its Chinese keys, in table order, without what is empty or blank."""
    pairs = ((row, _said(row.kind, getattr(record, row.attribute))) for row in table(type(record)))
    return {row.key: plain(value) for row, value in pairs if value not in (None, (), {})}


def _said(kind: AnyKind, value: Any) -> Any:
    """`value` without blank texts where words are wanted."""
    if isinstance(kind, ListOf) and kind.item.worded:
        return tuple(text for text in value if not blank(text))
    if isinstance(kind, Kind) and kind.worded and value is not None and blank(value):
        return None
    return value
