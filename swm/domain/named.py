"""Everybody whom a file of the ledger names: whose names are veiled in what leaves the house.

Which fields hold people is said by the field tables (`PERSON`, `PARTY`, `CROWD`). A name counts
wherever the file has it: in a withdrawn record, in what a correction mended or a 变更 replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from swm.domain.fields import (
    CROWD,
    PARTY,
    PERSON,
    AnyKind,
    Field,
    ListOf,
    Many,
    MapOf,
    One,
    by_key,
    table,
)
from swm.domain.records import Alteration, Correction, Enterprise, Record

_BETWEEN = re.compile(r"[、，,；;/／\s（）()：:]+")
_NOBODY = re.compile(
    r".{2,}[局所站办]|.*(?:执法|[大中分支])队|.{4,}厂|.*[村居党纪支]委"
    r"|.*(?:公司|企业|集体|街道|政府|支部|工会|中心|法院|办公室|委员会|合作社|小组)"
    r"|[正副原村镇]?(?:主任|书记|支书|[镇区县村队组所局科厂站]长|会计|网格[员长]|经理|老板|房东|领导"
    r"|干部|民警|工人|家属|本人|负责人|法人|法定代表人|村民)"
)
"""A body, or an office without a name: written where a person was asked for, and nobody's name."""


def people_in(file: Any) -> frozenset[str]:
    """The names of people in one file or in the settings, of two characters at least: a single
    one is no name."""
    texts = {*_told(file), *_replaced(getattr(file, "records", ()))}
    return frozenset(name for text in texts for name in _names(text))


def _names(text: str) -> Iterator[str]:
    """The text itself, and each of several names in it; 3人 is none."""
    for part in {text, *_BETWEEN.split(text)}:
        if len(part) > 1 and not any(map(str.isdigit, part)) and not _NOBODY.fullmatch(part):
            yield part


def _told(record: Any) -> Iterator[str]:
    """The texts of a record, and of all below it, that are people by its field table."""
    for row in _rows(type(record)):
        value = getattr(record, row.attribute)
        if value:
            yield from _texts(row.kind, value)


_ROWS: dict[type, tuple[Field, ...]] = {}


def _rows(record: type) -> tuple[Field, ...]:
    """The rows of a record's table that are people, or below which some may stand."""
    if record not in _ROWS:
        _ROWS[record] = tuple(row for row in table(record) if _leads_to_people(row.kind))
    return _ROWS[record]


def _leads_to_people(kind: AnyKind) -> bool:
    match kind:
        case One(of=of):
            return bool(_rows(of))
        case Many(of=of, choose=choose):
            return choose is not None or bool(_rows(of))
        case ListOf(item=item):
            return _is_people(item)
        case MapOf(item=item, name=name):
            return _is_people(item) or _is_people(name)
        case _:
            return _is_people(kind)


def _is_people(kind: Any) -> bool:
    return kind in (PERSON, PARTY, CROWD)


def _texts(kind: AnyKind, value: Any) -> Iterator[str]:
    match kind:
        case One():
            yield from _told(value)
        case Many():
            for each in value:
                yield from _told(each)
        case ListOf():
            yield from value
        case MapOf(name=name):
            yield from value if _is_people(name) else value.values()
        case _:
            yield value


# --- what was written over ------------------------------------------------------------------------


def _replaced(records: Iterable[Record]) -> Iterator[str]:
    """People in the values that a 变更 or a 更正 writes out, each under the key it is about."""
    by_number = {record.number: record for record in records}
    for record in records:
        match record:
            case Alteration(item=item, old=old, new=new) if _is_person(Enterprise, item):
                yield from (each for each in (old, new) if each)
            case Correction(of=of, values=values) if target := by_number.get(of):
                for key, text in values.items():
                    yield from _mended(target, key, text)


def _mended(target: Record, key: str, text: str) -> Iterator[str]:
    """Who is named where a correction of `target` sets `key` to `text`."""
    if isinstance(target, Alteration):
        if key in ("原值", "新值") and _is_person(Enterprise, target.item):
            yield text
        return
    head, _, rest = key.partition(".")
    row = by_key(type(target)).get(head)
    match row and row.kind:
        case One(of=of) if _is_person(of, rest):
            yield text
        case MapOf(item=item, name=name):
            yield from ([rest] if _is_people(name) else [text] if _is_people(item) else [])
        case ListOf(item=item) if _is_people(item):
            yield text
        case kind if _is_people(kind):
            yield text


def _is_person(record: type, key: str) -> bool:
    row = by_key(record).get(key)
    return row is not None and _is_people(row.kind)
