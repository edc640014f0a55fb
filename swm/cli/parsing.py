"""What a clerk types becomes a value: dates, choices, lists, `键=值`. Raises `WrongUsage`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from swm.cli.initials import spelled
from swm.domain.days import parse_day, parse_moment
from swm.domain.fields import BadValue, split
from swm.domain.measures import misplaced
from swm.errors import WrongUsage

T = TypeVar("T")
Reader = Callable[[str], T]
"""How one value is read; it raises `BadValue`."""


def read(option: str, text: str, reader: Reader[T]) -> T:
    """The value of `option`. Raises `WrongUsage` that names the option."""
    try:
        return reader(text)
    except BadValue as bad:
        raise WrongUsage(f"{option}：{bad.message}", hint=bad.hint) from None


def maybe(option: str, text: str | None, reader: Reader[T]) -> T | None:
    """The value of an option that may be left out."""
    return None if text is None else read(option, text, reader)


def refuse_both(typed: Mapping[str, object], *options: str) -> None:
    """Raise `WrongUsage` where more than one of options that say the same thing is given."""
    given = [f"{name} {typed[name]}" for name in options if typed[name] is not None]
    if len(given) > 1:
        raise WrongUsage(f"{' 和 '.join(given)} 说的是同一个期限", hint="只写一个，以文书为准")


def day(today: date) -> Reader[date]:
    """A day, as in `days.parse_day`."""
    return lambda text: parse_day(text, today)


def moment(today: date, on: date | None = None) -> Reader[datetime]:
    """A moment; a time alone is on the day `on`."""
    return lambda text: parse_moment(text, today, on)


def day_and_time(today: date) -> Reader[tuple[date, str | None]]:
    """A day, or a day with a time (`2026-10-03 21:30`) as (day, "21:30")."""

    def both(text: str) -> tuple[date, str | None]:
        try:
            return parse_day(text, today), None
        except BadValue as bad:
            if not any(c in text for c in ":：点时"):
                raise
            try:
                at = parse_moment(text, today)
            except BadValue:
                raise bad from None
        return at.date(), f"{at:%H:%M}"

    return both


def when(text: str | None, today: date) -> tuple[date, str | None]:
    """`--on`; left out, it happened today."""
    return (today, None) if text is None else read("--on", text, day_and_time(today))


def words(text: str) -> tuple[str, ...]:
    """The parts of a list, separated by `,` `，` or `、`."""
    return split(text)


def joined(texts: Sequence[str] | None) -> str | None:
    """An option given several times, as one text."""
    return "；".join(texts) if texts else None


def number(text: str) -> int:
    """A whole number above zero."""
    typed = unicodedata.normalize("NFKC", text).strip().removeprefix("第").removesuffix("条")
    if not (typed.isdecimal() and typed.isascii()) or int(typed) == 0:
        raise BadValue(f"“{text}”不是正整数")
    return int(typed)


def coordinate(text: str) -> str:
    """A longitude or latitude in degrees; whether the two together are a place is for
    `misplaced` to say."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"-?\d+(\.\d+)?", typed, re.ASCII):
        raise BadValue(f"“{text}”不是经纬度", "写作 117.6612")
    return typed


def choice(values: Iterable[str], title: str) -> Reader[str]:
    """One of `values`: in full, by the only one that starts so, or by pinyin initials."""
    known = tuple(values)

    def pick(text: str) -> str:
        found = matching(known, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise BadValue(f"“{text}”可以是几种{title}", "请写全：" + "、".join(found))
        raise BadValue(f"没有“{text}”这种{title}", "可选：" + "、".join(known))

    return pick


def matching(values: Sequence[str], text: str) -> list[str]:
    """The values that `text` may stand for; one alone when it is written in full."""
    typed = unicodedata.normalize("NFKC", text).strip()
    exact = [v for v in values if v in (text.strip(), typed)]
    found = exact or [v for v in values if typed and v.startswith(typed)]
    if not found and typed.isascii() and typed.isalpha():
        found = [v for v in values if spelled(v, typed.lower())]
        whole = [v for v in found if len(v) == len(typed)]
        return whole if len(whole) == 1 else found
    return found


def village(names: Sequence[str]) -> Reader[str]:
    """A village of the roster by prefix or initials; the verb itself refuses an unknown one."""

    def read_name(text: str) -> str:
        found = matching(names, text)
        return found[0] if len(found) == 1 else text.strip()

    return read_name


def position(longitude: str | None, latitude: str | None) -> str | None:
    """`经度,纬度` from the two options. Raises `WrongUsage` where one of them is missing."""
    if longitude is None and latitude is None:
        return None
    if longitude is None or latitude is None:
        raise WrongUsage("经度和纬度要一起写", hint="例如 --lon 117.6612 --lat 39.3310")
    found = f"{read('--lon', longitude, coordinate)},{read('--lat', latitude, coordinate)}"
    for wrong in misplaced(found):
        raise WrongUsage(f"--lon、--lat：{wrong.text}", hint=wrong.command)
    return found


def choices(values: Iterable[str], title: str) -> Reader[tuple[str, ...]]:
    """Several of `values`, each as in `choice`."""
    pick = choice(values, title)
    return lambda text: tuple(dict.fromkeys(pick(part) for part in split(text)))


def pair(text: str) -> tuple[str, str]:
    """`键=值`, the first equals sign parting them."""
    name, sign, value = text.replace("＝", "=", 1).partition("=")
    if not sign or not name.strip():
        raise BadValue(f"“{text}”不是“键=值”", "写作 --set 电话=13800000000")
    return name.strip(), value.strip()


def pairs(option: str, texts: Iterable[str]) -> Mapping[str, str]:
    """Several `键=值`. Raises `WrongUsage` for one key given twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, value = read(option, text, pair)
        if name in found:
            raise WrongUsage(f"{option}：“{name}”给了两次")
        found[name] = value
    return found


def measures(option: str, texts: Iterable[str]) -> Mapping[str, str | None]:
    """`断水、断电=拆除动力线路`: each item with the measure used, or None."""
    found: dict[str, str | None] = {}
    for part in (part for text in texts for part in split(text)):
        name, value = read(option, part, pair) if _EQUALS.search(part) else (part, "")
        found[name] = value or None
    return found


def reasons(option: str, texts: Iterable[str]) -> Mapping[str, str]:
    """`断水=无水源，断电=无电`: each item with its reason, which may itself hold commas."""
    found: dict[str, str] = {}
    for part in (part for text in texts for part in _NEXT_PAIR.split(text)):
        name, value = read(option, part, pair) if _EQUALS.search(part) else (part.strip(), "")
        found[name] = value
    return found


_EQUALS = re.compile("[=＝]")
_NEXT_PAIR = re.compile("[,，、](?=[^,，、=＝]+[=＝])")


def with_number(words: Sequence[str] | None) -> tuple[list[str], int]:
    """An enterprise, and after it the number of one of its records.

    Raises `WrongUsage` where one of the two is missing.
    """
    typed = list(words or ())
    if len(typed) < 2:
        raise WrongUsage(
            "要写明是哪家企业的第几条记录", hint="例如 BK-0001 3；各条记录见 swm show 企业"
        )
    return typed[:-1], read("第几条", typed[-1], number)
