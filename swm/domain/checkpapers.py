"""The check 文号: no number of the town's own series twice, and none left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from swm.domain.clearingcases import in_force
from swm.domain.contents import Contents
from swm.domain.fields import BadValue
from swm.domain.papers import Numbered, borne, gaps, number_of, parsed
from swm.domain.records import Clearing
from swm.errors import ERROR, REMINDER, Finding

SETTINGS = "swm.yaml"
_SHOWN = 5


def numbers_are_single(ledger: Contents) -> Iterator[Finding]:
    """Every number stands on one paper only; a withdrawn record keeps its own."""
    seen: dict[Numbered, str] = {}
    serials: dict[int, list[int]] = defaultdict(list)
    for path, number, at, record in _numbers(ledger):
        serials[number.year].append(number.serial)
        here = f"{ledger.enterprises[path].id} 第{record}条"
        if number in seen:
            text = f"{here}的 {number} 与 {seen[number]} 重复"
            hint = "核对原件，写错的用 swm correct 更正 文书.文号"
            line = ledger.line(path, "记录", at)
            yield Finding("文号", ERROR, path, line, f"第{record}条.文号", text, hint)
        seen.setdefault(number, here)
    for path, at, step, number in _of_clearings(ledger):
        serials[number.year].append(number.serial)
        if number in seen and step in in_force(ledger.premises[path].clearings):
            text = f"清退第{step.number}步的 {number} 与 {seen[number]} 重复"
            hint = "核对原件；刚登记的用 swm undo 撤销以后重新登记"
            line = ledger.line(path, "清退", at)
            yield Finding("文号", ERROR, path, line, f"清退[{at + 1}].文号", text, hint)
    for year, known in sorted(serials.items()):
        yield from _left_out(str(ledger.settings.agency_code), year, gaps(known))


def _numbers(ledger: Contents) -> Iterator[tuple[str, Numbered, int, int]]:
    """(path, number, place in 记录, 序号) of every paper in the town's own series."""
    for path, enterprise in ledger.enterprises.items():
        places = {r.number: i for i, r in enumerate(enterprise.records)}
        try:
            found = [record for record, _ in borne(enterprise)]
        except BadValue:
            continue  # a correction that does not fit: the check 整治 says so
        for record in found:
            number = parsed(number_of(record))
            if number is not None and number.code == ledger.settings.agency_code:
                yield path, number, places[record.number], record.number


def _of_clearings(ledger: Contents) -> Iterator[tuple[str, int, Clearing, Numbered]]:
    """Every step of a clearing with a number in the town's own series; several may share one."""
    for path, premises in ledger.premises.items():
        for at, step in enumerate(premises.clearings):
            number = parsed(step.document)
            if number is not None and number.code == ledger.settings.agency_code:
                yield path, at, step, number


def _left_out(code: str, year: int, missing: list[int]) -> Iterator[Finding]:
    if not missing:
        return
    named = "、".join(f"{n}号" for n in missing[:_SHOWN])
    more = f"等{len(missing)}个" if len(missing) > _SHOWN else ""
    text = f"{code}〔{year}〕的文号缺 {named}{more}"
    hint = "用于其他工作的不必补；漏登的文书请补记；登记簿：swm paper list"
    yield Finding("文号", REMINDER, SETTINGS, None, "机关代字", text, hint)
