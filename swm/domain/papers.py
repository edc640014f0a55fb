"""文号: the town's papers bear numbers in sequence, year by year, and no number twice.

The next number follows the highest that any record of the ledger bears. A withdrawn record keeps
its number: the paper may have gone out. Numbers of other authorities are theirs to give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from swm.domain.corrections import corrected, in_force, mends
from swm.domain.fold import of_township
from swm.domain.records import Act, Enterprise, Record, Transfer
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import frozen

_FORM = re.compile(
    r"(?P<code>[^\s〔［\[【（(〕］\]】）)]+)\s*[〔［\[【（(](?P<year>[0-9]{4})[〕］\]】）)]\s*第?"
    r"(?P<serial>[0-9]{1,6})号?"
)


class Numbered(NamedTuple):
    """A 文号 taken apart: 俵整〔2026〕3号."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


@frozen
class Used:
    """Every number that papers bear, with the record that bears it: BK-0001 第3条."""

    where: Mapping[Numbered, str]
    whole: bool = True
    """Whether all files could be read: else a number may be hidden in one of them."""


NUMBER_FIELDS = ("文书.文号", "函号")
"""Where a record keeps the number of its paper, as a correction names it."""
Register = Callable[[], Used]
"""How a verb gets to see the numbers; asked only when a paper is issued."""


def parsed(number: str | None) -> Numbered | None:
    """The number taken apart, whatever brackets it was typed with; None for any other text."""
    found = _FORM.fullmatch(number.strip()) if number else None
    return Numbered(found["code"], int(found["year"]), int(found["serial"])) if found else None


def as_written(number: str | None, settings: Settings) -> str | None:
    """A number of the town's own series as GB/T 9704 writes it; any other as it was typed."""
    taken_apart = parsed(number)
    ours = taken_apart is not None and taken_apart.code == settings.agency_code
    return str(taken_apart) if ours else number


def numbered(act: Act, settings: Settings, register: Register | None) -> Act:
    """The act with the next number on its paper, where the town issues it and named none.

    Raises `Refused` when a file cannot be read: its numbers might be given a second time.
    """
    paper, code = act.paper, settings.agency_code
    if paper is None or paper.number or register is None or code is None:
        return act
    if not of_township(paper.issuer):
        return act
    used = register()
    if not used.whole:
        raise Refused(
            "有文件读不了，不知道文号编到了哪一号",
            hint="先用 swm check 查明、改好；急用的写明 --doc-no 文号",
        )
    return replace(act, paper=replace(paper, number=str(following(code, act.on.year, used))))


def following(code: str, year: int, used: Used) -> Numbered:
    """The next number of that year."""
    taken = (n.serial for n in used.where if (n.code, n.year) == (code, year))
    return Numbered(code, year, max(taken, default=0) + 1)


def unborne(number: str | None, settings: Settings, register: Register) -> str | None:
    """The number of a 停租告知 or a 报送 as it is written.

    Raises `Refused` when one of the papers of `register` bears it.
    """
    if missing := list(taken(number, settings, register, "--doc-no", given=False)):
        raise Refused("文号不能重复使用", missing)
    return as_written(number, settings)


def taken(
    number: str | None,
    settings: Settings,
    register: Register | None,
    option: str,
    *,
    given: bool = True,
) -> Iterator[Missing]:
    """That a number typed for the town's own series is borne by another record already.

    `given`: left out, the program would give the next one.
    """
    asked = parsed(number)
    if asked is None or register is None or asked.code != settings.agency_code:
        return
    used = register()
    if (where := used.where.get(asked)) is not None:
        after = following(asked.code, asked.year, used)
        text = f"没有用过的文号（{asked} 已用于 {where}）"
        command = f"写实际的文号，或不写 {option}"
        if option == "--doc-no" and given:
            command += f"，由程序编为 {after}（撤销的也不再用）"
        yield Missing(text, "文号不重复", command)


def refuse_taken(
    own: str, values: Mapping[str, str], settings: Settings, register: Register
) -> None:
    """Raise `Refused` where a correction of the record `own` would give it another's number."""
    for name in NUMBER_FIELDS:
        asked = parsed(values.get(name))
        if asked is None or asked.code != settings.agency_code:
            continue
        where = register().where.get(asked)
        if where is not None and where != own:
            raise Refused(
                f"{asked} 已用于 {where}，一个文号只用一次",
                hint="核对原件；登记簿：swm paper list",
            )


def borne(enterprise: Enterprise) -> Iterator[tuple[Record, bool]]:
    """Every act with a paper and every transfer, as corrected; and whether it still counts."""
    settled = mends(enterprise.records)
    valid = {r.number for r in in_force(enterprise.records)}
    for record in enterprise.records:
        mended = corrected(record, settled)
        if isinstance(mended, Transfer) or (isinstance(mended, Act) and mended.paper):
            yield mended, mended.number in valid


def number_of(record: Record) -> str | None:
    """The 文号 of an act's paper, or of a transfer's letter."""
    if isinstance(record, Act):
        return record.paper.number if record.paper else None
    return record.letter if isinstance(record, Transfer) else None


def gaps(serials: Iterable[int]) -> list[int]:
    """The numbers left out between the lowest and the highest."""
    known = set(serials)
    return [n for n in range(min(known), max(known)) if n not in known] if known else []
