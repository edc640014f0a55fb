"""The files of the play in memory: their text, and the records that the text holds.

`yamltext.apply` splices an edit into whatever a person may have made of a file, and reads the
whole of it back: 2 ms and more, a hundred thousand times. Nobody edits the files of the play,
so each is kept as a value, and what the edits would leave in it is written out in the same
house style. The tests hold every page against `yamltext.apply`, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from swm.domain import fields
from swm.domain.edits import Append, Create, Edit, Plain, Set
from swm.domain.kinds import ENTERPRISE, kind_at
from swm.domain.records import Enterprise, Record, Remediation, record_type
from swm.domain.tree import Map
from swm.store.yamltext import dump, tree

R = TypeVar("R")
RECORDS, REMEDIATION = "记录", "整治"


class EnterprisePage:
    """One enterprise's file: the profile and 整治 as a value, the records as text."""

    def __init__(self, path: str, created: Create) -> None:
        self.path = path
        self._profile = dict(created.value or {})
        first = self._profile.pop(RECORDS)
        assert isinstance(first, list)
        self._records = "".join(map(_item, first))
        self._head = dump(self._profile)
        self.enterprise = _read(Enterprise, {**self._profile, RECORDS: first}, path)

    def edit(self, edits: Sequence[Edit]) -> None:
        """Carry the edits out."""
        added = [e.value for e in edits if isinstance(e, Append) and e.path == (RECORDS,)]
        rest = [e for e in edits if not (isinstance(e, Append) and e.path == (RECORDS,))]
        self._records += "".join(map(_item, added))
        records = (*self.enterprise.records, *(_record(value, self.path) for value in added))
        for edit in rest:
            _carry_out(edit, self._profile)
        if rest:
            self._head = dump(self._profile)
        if all(isinstance(e, Set) and e.path[0] == REMEDIATION for e in rest):
            self._remediated(records, bool(rest))
        else:
            whole = _read(Enterprise, {**self._profile, RECORDS: _FIRST}, self.path)
            self.enterprise = replace(whole, records=records)

    def _remediated(self, records: tuple[Record, ...], changed: bool) -> None:
        now = self.enterprise.remediation
        if changed:
            now = fields.read(Remediation, tree(self._profile[REMEDIATION]), self.path)
        self.enterprise = replace(self.enterprise, remediation=now, records=records)

    @property
    def text(self) -> str:
        """The whole file."""
        return f"{self._head}{RECORDS}:\n{self._records}"


_FIRST: list[Plain] = [{"序号": 1, "类型": "登记", "日期": "2000-01-01", "来源": "巡查发现"}]
"""Stands for the records while only a profile is read again."""


class ValuePage:
    """Any other file, as a value: 厂房, and what is nothing but its records."""

    def __init__(self, path: str, created: Create) -> None:
        self.path = path
        self._value = dict(created.value or {})
        kind = kind_at(path)
        assert kind is not None
        self._class = kind.load()
        self.file = _read(self._class, self._value, path)

    def edit(self, edits: Sequence[Edit]) -> None:
        """Carry the edits out."""
        for edit in edits:
            _carry_out(edit, self._value)
        self.file = _read(self._class, self._value, self.path)

    @property
    def text(self) -> str:
        """The whole file."""
        return dump(self._value)


Page = EnterprisePage | ValuePage


def opened(path: str, created: Create) -> Page:
    """The page of a new file."""
    own = kind_at(path) is ENTERPRISE
    return EnterprisePage(path, created) if own else ValuePage(path, created)


def _item(value: Plain) -> str:
    """One record as it stands in the file."""
    return dump({RECORDS: [value]}).partition("\n")[2]


def _record(value: Plain, path: str) -> Record:
    node = tree(value)
    assert isinstance(node, Map)
    record: Record = fields.read(record_type(node), node, path)
    return record


def _read(record: type[R], value: dict[str, Plain], path: str) -> R:
    return fields.read(record, tree(value), path)


def _carry_out(edit: Edit, value: dict[str, Plain]) -> None:
    """What the edit means, done to the value of a whole file."""
    if isinstance(edit, Create):
        raise ValueError("a file is created once, and first")
    parent: Any = value
    for step in edit.path[:-1]:
        parent = parent[step]
    last = edit.path[-1]
    if isinstance(edit, Append):
        parent.setdefault(last, []).append(edit.value)
    elif isinstance(parent, dict) and last not in parent and edit.before in parent:
        _insert(parent, str(last), edit.value, edit.before)
    else:
        parent[last] = edit.value


def _insert(mapping: dict[str, Plain], key: str, value: Plain, before: str | None) -> None:
    """Put a new key before the key `before`; the mapping itself stays the same object."""
    rows = list(mapping.items())
    mapping.clear()
    for name, old in rows:
        if name == before:
            mapping[key] = value
        mapping[name] = old
