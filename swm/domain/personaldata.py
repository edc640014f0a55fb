"""Words that must not get into git: id numbers anywhere, and in a complaint who reported.

Nothing found is repeated in a message: the place is named, not the number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from swm.domain import fields
from swm.domain.edits import Append, Change, Create, Edit, Set
from swm.errors import Missing, Refused
from swm.frozen import frozen

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52"]) | frozenset(
    ["53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"]
)  # fmt: skip
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_LOOSE = r"[ \-－—]?"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?:\+?86{_LOOSE})?1[3-9]\d(?:{_LOOSE}\d){{8}}(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(r"(?<![0-9A-Za-z])\(?0\d{2,3}\)?[ \-－—]?[2-9]\d{6,7}(?![0-9A-Za-z])")
_NAMED_LINE = re.compile(
    r"(?:电话|手机|座机|联系方式|微信号?)(?:号码?)?[是为:： ]*[2-9]\d{6,7}(?!\d)"
)
_FIRST_PERSON = re.compile(
    r"我(?:叫|姓|是|们?家|们?住|住|的|爱人|父|母|孩子|儿子|女儿|本人)|我们(?!镇|村|办|单位|局|所)"
    r"|本人|俺|咱家"
)
_REPORTER = re.compile(
    r"(?:举报|反映|投诉|来电|来访|信访|报料)人(?:是|为|叫|姓|系|名|[:：]|电话|住)"
    r"|[一-龥](?:先生|女士|大爷|大妈|大娘)(?:来电|反映|举报|投诉|称|说|表示|要求|家)"
)
WHERE_IT_BELONGS = "改成摘要；姓名、电话、原话进保密库（按提示填，或用 --reporter-stdin）"


@frozen
class Mark:
    """Something personal in a text: what it is, from which character to which (from 1)."""

    kind: str
    first: int
    last: int

    @property
    def place(self) -> str:
        """第12至22个字."""
        return (
            f"第{self.first}至{self.last}个字" if self.last > self.first else f"第{self.first}个字"
        )


def identity_numbers(text: str) -> list[Mark]:
    """The 居民身份证 numbers in `text`: 18 characters, a province, a day, the check character."""
    flat = _flat(text)
    return [
        Mark("身份证号", m.start() + 1, m.end())
        for m in _IDENTITY.finditer(flat)
        if _is_identity(m[0])
    ]


def reporter_marks(text: str) -> list[Mark]:
    """What in a complaint's text may tell who reported: numbers, 我叫, 我家, 本人, 举报人为…

    An id number counts here even where its check character is wrong: it was meant as one.
    """
    flat = _flat(text)
    rules = (
        ("身份证号", _IDENTITY),
        ("手机号", _MOBILE),
        ("电话号码", _LANDLINE),
        ("电话号码", _NAMED_LINE),
        ("第一人称的话", _FIRST_PERSON),
        ("举报人的身份", _REPORTER),
    )
    found: list[Mark] = []
    for kind, rule in rules:
        for m in rule.finditer(flat):
            if not any(k.first <= m.start() + 1 <= k.last for k in found):
                found.append(Mark(kind, m.start() + 1, m.end()))
    return sorted(found, key=lambda mark: mark.first)


def _flat(text: str) -> str:
    """Full-width digits and letters as ASCII, one for one, so that places stay the same."""
    return "".join(_narrow(c) for c in text)


def _narrow(c: str) -> str:
    plain = unicodedata.normalize("NFKC", c)
    return plain if len(plain) == 1 else c


def _is_identity(number: str) -> bool:
    if number[:2] not in _PROVINCES or not _is_day(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= 1900
    except ValueError:
        return False


# --- in records -------------------------------------------------------------------------------


def telling(record: Any) -> Iterator[Missing]:
    """Everything in a record of a complaint that may tell who reported."""
    for key, text in _texts(record):
        for mark in reporter_marks(text):
            yield Missing(f"“{key}”里有{mark.kind}（{mark.place}）", "", WHERE_IT_BELONGS)


def _texts(record: Any, head: str = "") -> Iterator[tuple[str, str]]:
    for row in fields.table(type(record)):
        value = getattr(record, row.attribute)
        if isinstance(row.kind, fields.One):
            if value is not None:
                yield from _texts(value, f"{head}{row.key}.")
        elif isinstance(value, Mapping):
            yield from ((f"{head}{row.key}.{k}", v) for k, v in value.items())
        elif row.kind in fields.WRITTEN and isinstance(value, str):
            yield head + row.key, value


# --- in whatever is to be written -----------------------------------------------------------------


def refuse_identity_numbers(change: Change) -> None:
    """Raise `Refused` for an id number in anything that a command is about to write into git."""
    told = [
        Missing(f"“{key}”里有身份证号（{mark.place}）", "个人信息保护法28", _ADVICE)
        for key, text in _written(change)
        for mark in identity_numbers(text)
    ]
    if told:
        raise Refused("身份证号不进台账，没有记录", dict.fromkeys(told), hint=f"号码{LEFT_BEHIND}")


_ADVICE = "删去号码，只记“已核验”；写有号码的纸件扫描后用 --scan 存进 原件/"
LEFT_BEHIND = "如果是在命令行上写的，还留在终端的命令历史里，请一并删去（history -d 行号）"


def refuse_in_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    """The same for whole files that a person edited, by path: (before, after)."""
    told = [
        Missing(f"{path} 第{number}行里有身份证号", "个人信息保护法28", _ADVICE)
        for path, (before, after) in texts.items()
        for number, line in enumerate(after.splitlines(), start=1)
        if identity_numbers(line) and line not in before.splitlines()
    ]
    if told:
        raise Refused("身份证号不进台账，没有收录", told)


def _written(change: Change) -> Iterator[tuple[str, str]]:
    yield "提交说明", "\n".join((change.subject, *change.body))
    for edits in change.files.values():
        for edit in edits:
            yield from _of_edit(edit)


def _of_edit(edit: Edit) -> Iterator[tuple[str, str]]:
    match edit:
        case Create(text=str() as text):
            yield "文件", text
        case Create(value=value):
            yield from _of_value("", value)
        case Set(path=path, value=value) | Append(path=path, value=value):
            yield from _of_value(str(path[-1]), value)


def _of_value(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, child in value.items():
            yield from _of_value(str(name), child)
    elif isinstance(value, Iterable):
        for child in value:
            yield from _of_value(key, child)
