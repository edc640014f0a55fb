"""Where two files of a report differ, told to a person with the paper in hand.

A table is known by the heading before it, a row by what names it (its first cells), a column by
its heading.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Any

from swm.audit.contents import Contents, Table, page_contents, sheets
from swm.audit.wordcontents import DOCUMENT, word_contents
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import zipped

NAMING = 3
"""The cells of a row that may name it: 序号, 编号, 名称."""
NONE = "（没有）"
MARGIN = "页眉、页脚或注"
AROUND = 10
"""How much of what two texts have in common is shown around what differs."""
MOST = 1_000
"""How many differences are listed."""
LONGEST = 300
"""How much of a text is quoted."""
MOST_STEPS = 10_000_000
"""Paragraphs compared with paragraphs: a few seconds."""


@frozen
class Difference:
    """One place where two files differ: `there` is the file's, `here` what was made again."""

    place: str
    there: str
    here: str


def listed(found: Iterable[Difference]) -> tuple[tuple[Difference, ...], bool]:
    """The first of them, their texts cut short, and whether there are more: a file from anybody
    may differ in a million places, or in one of a million characters."""
    first = list(islice(found, MOST + 1))
    return tuple(_cut(each) for each in first[:MOST]), len(first) > MOST


def _cut(difference: Difference) -> Difference:
    place, there, here = difference.place, difference.there, difference.here
    return Difference(_short(place), _short(there), _short(here))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…（共{len(text)}字）"


def table_differences(there: Contents, here: Contents) -> Iterator[Difference]:
    """Every cell that differs; tables are compared in their order."""
    for one, other in zip_longest(there.tables, here.tables):
        yield from _in_table(one, other)


def _in_table(there: Table | None, here: Table | None) -> Iterator[Difference]:
    if there is None or here is None:
        whole = there or here
        name = f"表“{whole.name if whole else ''}”"
        yield Difference(name, _counted(there), _counted(here))
        return
    titles = here.rows[0] if here.rows else ()
    for line, (one, other) in enumerate(zip_longest(there.rows, here.rows)):
        if one is None or other is None:
            place = f"表“{here.name}”第{line}行"
            yield Difference(place, _row_said(one), _row_said(other))
            continue
        for at, (old, new) in enumerate(zip_longest(one, other)):
            if old != new:
                place = f"表“{here.name}”第{line}行{_named(other)}第{at + 1}列{_titled(titles, at)}"
                yield Difference(place, NONE if old is None else old, NONE if new is None else new)


def _counted(table: Table | None) -> str:
    return NONE if table is None else f"{len(table.rows)}行"


def _row_said(row: Sequence[str] | None) -> str:
    return NONE if row is None else "、".join(cell for cell in row if cell)


def _named(row: Sequence[str]) -> str:
    """What names a row: the longest of its first cells."""
    told = max(row[:NAMING], key=len, default="")
    return f"“{told}”" if told else ""


def _titled(titles: Sequence[str], at: int) -> str:
    return f"“{titles[at]}”" if at < len(titles) and titles[at] else ""


def paragraph_differences(there: Contents, here: Contents) -> Iterator[Difference]:
    """Paragraphs that one has and the other has not, in order."""
    from difflib import SequenceMatcher

    one, other, before = _apart_from_ends(there.paragraphs, here.paragraphs)
    if _tangled(one, other):
        yield from _only_in_one(one, other, before)
        return
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            texts = "／".join(one[start:end]), "／".join(other[first:last])
            yield Difference(f"第{before + start + 1}段", *_apart(*texts))


def margin_differences(there: Contents, here: Contents) -> Iterator[Difference]:
    """Paragraphs of headers, footers and notes that only one has."""
    one, other = set(there.margins), set(here.margins)
    yield from (Difference(MARGIN, text, NONE) for text in sorted(one - other))
    yield from (Difference(MARGIN, NONE, text) for text in sorted(other - one))


Texts = Sequence[str]


def _apart_from_ends(there: Texts, here: Texts) -> tuple[Texts, Texts, int]:
    """Two texts without the paragraphs that they begin and end with alike, and how many those at
    the beginning are."""
    shorter = min(len(there), len(here))
    before = next((n for n in range(shorter) if there[n] != here[n]), shorter)
    rest = range(shorter - before)
    after = next((n for n in rest if there[-1 - n] != here[-1 - n]), len(rest))
    return there[before : len(there) - after], here[before : len(here) - after], before


def _tangled(there: Texts, here: Texts) -> bool:
    """Whether putting these paragraphs side by side would take minutes."""
    counted, other = Counter(there), Counter(here)
    pairs = sum(times * other[text] for text, times in counted.items())
    return (pairs + len(there)) * min(len(there), len(here)) > MOST_STEPS


def _only_in_one(there: Texts, here: Texts, before: int) -> Iterator[Difference]:
    """Paragraphs that one has more often than the other, those of each by themselves."""
    more, fewer = Counter(there) - Counter(here), Counter(here) - Counter(there)
    for texts, left, new in ((there, more, True), (here, fewer, False)):
        for place, text in enumerate(texts, start=before + 1):
            if left[text] > 0:
                left[text] -= 1
                said = _short(text)
                yield Difference(f"第{place}段", *((said, NONE) if new else (NONE, said)))


def _apart(there: str, here: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they part to shortly after they meet again."""
    if not there or not here:
        return there or NONE, here or NONE
    shorter = min(len(there), len(here))
    start = _longest(shorter, lambda n: there[:n] == here[:n])
    tail = _longest(shorter - start, lambda n: there[len(there) - n :] == here[len(here) - n :])
    first = max(0, start - AROUND)

    def cut(text: str) -> str:
        end = min(len(text), len(text) - tail + AROUND)
        return f"{'…' if first else ''}{text[first:end]}{'…' if end < len(text) else ''}"

    return cut(there), cut(here)


def _longest(most: int, alike: Callable[[int], bool]) -> int:
    """The greatest length up to which two texts are alike, found by halving."""
    return bisect_left(range(1, most + 1), True, key=lambda n: not alike(n))


def document_differences(there: bytes, here: bytes) -> Iterator[Difference]:
    """Where two JSON reports differ, key by key. Raises `Unreadable`."""
    try:
        yield from _values("", json.loads(there), json.loads(here))
    except ValueError as error:
        raise Unreadable("这个文件不是 JSON，读不了") from error
    except RecursionError as error:
        raise Unreadable("这个文件层层嵌套，读不了") from error


def _values(place: str, there: Any, here: Any) -> Iterator[Difference]:
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys((*here, *there)):
            below = f"{place} → {key}" if place else str(key)
            yield from _values(below, there.get(key, NONE), here.get(key, NONE))
    elif isinstance(there, list) and isinstance(here, list):
        for at, (one, other) in enumerate(zip_longest(there, here, fillvalue=NONE), start=1):
            yield from _values(f"{place} 第{at}项", one, other)
    elif there != here:
        yield Difference(place, _shown(there), _shown(here))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sheet_differences(there: bytes, here: bytes) -> Iterator[Difference]:
    """Every cell of a workbook that differs, by sheet and place."""
    one, other = sheets(there), sheets(here)
    for name in dict.fromkeys((*other, *one)):
        old, new = one.get(name, {}), other.get(name, {})
        for place in dict.fromkeys((*new, *old)):
            was, now = old.get(place) or NONE, new.get(place) or NONE
            if was != now:
                yield Difference(f"表“{name}”{place}", was, now)


def same_parts(there: bytes, here: bytes) -> bool:
    """Whether two Office files hold the same parts, however they are packed."""
    return zipped.unpack(there) == zipped.unpack(here)


def part_differences(there: bytes, here: bytes) -> list[Difference]:
    """The parts of an Office file whose bytes differ, by name."""
    one, other = zipped.unpack(there), zipped.unpack(here)
    return [
        Difference(f"部件 {name}", _size(one.get(name)), _size(other.get(name)))
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]


def _size(part: bytes | None) -> str:
    return NONE if part is None else f"{len(part)}字节"


def differences(kind: str, there: bytes, here: bytes) -> Iterator[Difference]:
    """Where two files of one kind differ, those that a person sees first. Raises `Unreadable`."""
    seen = False
    for difference in _BY_KIND[kind](there, here):
        seen = True
        yield difference
    if not seen:
        yield Difference(_UNSEEN.get(kind, "版式"), _size(there), _size(here))


def _in_pages(there: bytes, here: bytes) -> Iterator[Difference]:
    one, other = page_contents(there), page_contents(here)
    yield from table_differences(one, other)
    yield from paragraph_differences(one, other)


def _in_workbooks(there: bytes, here: bytes) -> Iterator[Difference]:
    yield from sheet_differences(there, here)
    yield from part_differences(there, here)


def _in_documents(there: bytes, here: bytes) -> Iterator[Difference]:
    one, other = word_contents(there), word_contents(here)
    told = False
    for compared in (table_differences, paragraph_differences, margin_differences):
        for difference in compared(one, other):
            told = True
            yield difference
    for part in part_differences(there, here):
        if not (told and part.place.endswith(DOCUMENT)):
            yield part


_UNSEEN = {"html": "版式或脚本", "json": "写法（空白、次序、重复的键）"}
"""What differs where nothing does that a person sees."""
_BY_KIND = {
    "docx": _in_documents,
    "html": _in_pages,
    "json": document_differences,
    "xlsx": _in_workbooks,
}
