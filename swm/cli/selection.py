"""Which enterprises a command means: id, number, part of a name, pinyin initials, range, filter.

A whole id asks nobody; everything else is looked up among the committed enterprises. Where one
is wanted and several answer, they are listed and nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.prompts import Question, complete
from swm.domain.fields import BadValue, split
from swm.domain.kinds import Kind
from swm.errors import Ambiguous, NotFound, WrongUsage

if TYPE_CHECKING:
    from swm.domain.likeness import Known

_PREMISES = "CF"
_ID = re.compile(r"[A-Za-z]{1,6}-\d{4,}(?:-(?:[Qq]\d|\d+))?")
_RANGE = re.compile(
    r"(?P<first>(?:[A-Za-z]{1,6}-)?\d+)(?:\.\.|～|~)(?P<last>(?:[A-Za-z]{1,6}-)?\d+)"
)
OFF_THE_BOOKS = frozenset({"已核减", "不予列入"})
_SHOWN = 20
"""How many matches are listed."""


def one(call: Call, words: Sequence[str] | None) -> str:
    """The id of the one enterprise meant. Raises `NotFound`, `Ambiguous` or `WrongUsage`."""
    typed = " ".join(words or _asked(call)).strip()
    return _certain(call, typed) or _one_of(call, typed).id


def several(
    call: Call, words: Sequence[str] | None, village: str | None = None, premises: str | None = None
) -> list[str]:
    """The ids of all enterprises meant, each once, in the order named.

    Each word names one enterprise or a range; a filter names all that fit and are still on the
    books: nobody visits what was removed or never listed. Raises like `one`.
    """
    if not words and village is None and premises is None:
        words = _asked(call)
    parts = [part for word in words or () for part in split(word)]
    certain = [_certain(call, part) for part in parts]
    if parts and all(certain) and village is premises is None:
        return list(dict.fromkeys(id for id in certain if id))
    on_the_books = [k for k in call.known if k.state not in OFF_THE_BOOKS]
    chosen = [k for part in parts for k in _part(call, part)] if parts else on_the_books
    in_village = _villages(call, village)
    counted = _counted_today(call) if in_village else {}
    place = one_premises(call, [premises]) if premises else None
    fitting = [
        k
        for k in chosen
        if in_village in (None, k.village, counted.get(k.village)) and place in (None, k.premises)
    ]
    if not fitting:
        raise NotFound("没有符合的企业", hint="查看全部：swm list")
    return list(dict.fromkeys(k.id for k in fitting))


def one_premises(call: Call, words: Sequence[str] | None) -> str:
    """The id of the one 厂房 meant: id, number, or part of its address."""
    typed = " ".join(words or ()).strip()
    if not typed:
        raise WrongUsage("没有写明是哪处厂房", hint="写编号（CF-0001）、序号（1）或地址的一部分")
    if _ID.fullmatch(typed):
        return typed.upper()
    if typed.isascii() and typed.isdecimal():
        return f"{_PREMISES}-{int(typed):04d}"
    sql = "SELECT id, village, address FROM premises WHERE instr(address, :part) ORDER BY serial"
    rows = call.ledger.facts().query(sql, {"part": typed})
    if not rows:
        raise NotFound(f"没有找到“{typed}”对应的厂房", hint="查看全部：swm premises list")
    if len(rows) > 1:
        listed = [f"{r['id']} {r['address']}（{r['village']}）" for r in rows[:_SHOWN]]
        raise Ambiguous(f"“{typed}”对应 {len(rows)} 处厂房，要指明哪一处，什么都没有做", listed)
    return str(rows[0]["id"])


def filed(call: Call, kind: Kind, title: str = "") -> parsing.Reader[str]:
    """How the id of a file that is numbered year by year is read: in full, or the number of this
    year alone. `title` is what such a file is called, where that is not the kind's own."""
    shape = re.compile(rf"{kind.prefix}-\d{{4}}-\d{{4,}}", re.IGNORECASE)

    def read(text: str) -> str:
        typed = text.strip()
        if shape.fullmatch(typed):
            return typed.upper()
        if typed.isascii() and typed.isdecimal() and int(typed):
            return f"{kind.prefix}-{call.today.year}-{int(typed):04d}"
        hint = f"写作 {kind.prefix}-{call.today.year}-0001，或本年的序号 1"
        raise BadValue(f"“{text}”不是{title or kind.title}的编号", hint)

    return read


def _asked(call: Call) -> list[str]:
    question = Question(
        option="企业", title="哪家企业（编号、名称的一部分或拼音首字母）", reader=str.strip
    )
    if not call.interactive:
        raise WrongUsage("没有写明是哪家企业", hint="写编号（BK-0001）、序号（1）或名称的一部分")
    return [complete([question], {}, call.screen, call.ask)["企业"]]


def _villages(call: Call, typed: str | None) -> str | None:
    """The village meant, of those where there are enterprises."""
    names = list(dict.fromkeys(k.village for k in call.known)) if typed else []
    names += [name for name in _counted_today(call).values() if name not in names] if typed else []
    return parsing.maybe("--village", typed, parsing.choice(names, "村"))


def _counted_today(call: Call) -> Mapping[str, str]:
    """Under which village each name of the roster is counted today: itself, or another since."""
    settings = call.ledger.snapshot().settings
    return {v.name: settings.village_at(v.name, call.today) for v in settings.villages}


def _certain(call: Call, typed: str) -> str | None:
    """The id that a whole id or a number is, whether or not there is such an enterprise."""
    if _ID.fullmatch(typed):
        return typed.upper()
    if typed.isascii() and typed.isdecimal():
        return f"{call.prefix}-{int(typed):04d}"
    return None


def _part(call: Call, typed: str) -> list[Known]:
    bounds = _RANGE.fullmatch(typed)
    if bounds:
        return _range(call, typed, bounds["first"], bounds["last"])
    return [_one_of(call, typed)]


def _one_of(call: Call, typed: str) -> Known:
    """The one enterprise that `typed` fits. Raises `NotFound` or `Ambiguous`."""
    id = _certain(call, typed)
    found = [k for k in call.known if k.id == id] if id else named(call.known, typed, call.initials)
    if not found:
        raise NotFound(f"没有找到“{typed}”对应的企业", hint=f"查找：swm find {typed}")
    if len(found) > 1:
        message = f"“{typed}”对应 {len(found)} 家企业，要指明哪一家，什么都没有做"
        raise Ambiguous(message, _listed(found))
    return found[0]


def _range(call: Call, typed: str, first: str, last: str) -> list[Known]:
    low, high = _number(first), _number(last)
    head, _, _ = first.rpartition("-")
    prefix = head.upper() or call.prefix
    numbers = range(low, high + 1)
    found = [k for k in call.known if _head(k.id) == prefix and _number(k.id) in numbers]
    if not found:
        raise NotFound(f"“{typed}”之间没有企业")
    return found


def named(known: Iterable[Known], typed: str, initials: Mapping[str, str]) -> list[Known]:
    """Those whose present or former name is `typed`; else contains it; else by initials.

    `initials` are the pinyin initials of the names, by id.
    """
    known = list(known)
    small = typed.lower()
    return (
        [k for k in known if typed in k.names]
        or [k for k in known if any(typed in name for name in k.names)]
        or [k for k in known if small in initials.get(k.id, "")]
    )


def _listed(found: Sequence[Known]) -> list[str]:
    shown = [f"{k.id} {k.name}（{k.village}，{k.state}）" for k in found[:_SHOWN]]
    more = len(found) - len(shown)
    return [*shown, f"……另有 {more} 家"] if more else shown


def _head(id: str) -> str:
    return id.rpartition("-")[0]


def _number(id: str) -> int:
    return int(id.rpartition("-")[2])
