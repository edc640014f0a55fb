"""Files of a commit turned into rows, one by one; one that can't be read becomes a finding."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from swm.domain import fields
from swm.domain.fields import BadValue
from swm.domain.kinds import kind_at
from swm.domain.named import people_in
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises
from swm.errors import ERROR, Finding, SwmError, Unreadable
from swm.store.factfiled import filed_rows
from swm.store.factplaces import premises_rows
from swm.store.factrows import Rows, enterprise_rows
from swm.store.yamlread import parse

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile


def is_fact_file(path: str) -> bool:
    """Whether facts are drawn from the file at `path`."""
    kind = kind_at(path)
    return kind is not None and path.count("/") == 2 and path.endswith(".yaml")


class Draw:
    """Collects the rows of many files. `initials` holds names whose pinyin is known."""

    def __init__(self, policy: Policy, initials: dict[str, str], opening_date: date | None) -> None:
        self._policy = policy
        self._opening_date = opening_date
        self._initials = initials
        self._rows: Rows = defaultdict(list)

    def file(self, path: str, blob: str | None, data: bytes) -> None:
        """Draw the facts of one file."""
        try:
            if blob is None:
                raise Unreadable(f"{path} 不是普通文件", [_finding(path, "不是普通文件")])
            id, rows = self._drawn(path, data)
        except Unreadable as bad:
            self._leave_out(path, blob, bad.findings or (_finding(path, bad.message, bad.hint),))
        except (SwmError, BadValue) as bad:
            self._leave_out(path, blob, (_finding(path, bad.message, bad.hint),))
        else:
            self._rows["file"].append((path, blob, id))
            for table, cells in rows.items():
                self._rows[table] += cells

    def taken(self) -> Rows:
        """The rows so far; the next call starts empty."""
        rows, self._rows = self._rows, defaultdict(list)
        return rows

    def _drawn(self, path: str, data: bytes) -> tuple[str, Rows]:
        kind = kind_at(path)
        assert kind is not None
        value = fields.read(kind.load(), parse(data, path), path)
        _require_place(value.path, value.id, path)
        people = [(name, value.id) for name in sorted(people_in(value))]
        return value.id, {**self._rows_of(value), "person": people}

    def _rows_of(self, value: AnyFile) -> Rows:
        match value:
            case Enterprise():
                initials = self._initials.get(value.name) or pinyin_initials(value.name)
                return enterprise_rows(value, self._policy, initials, self._opening_date)
            case Premises():
                return premises_rows(value, self._policy)
            case _:
                return filed_rows(value, self._policy)

    def _leave_out(self, path: str, blob: str | None, findings: tuple[Finding, ...]) -> None:
        self._rows["file"].append((path, blob, None))
        self._rows["unreadable"] += [
            (path, f.code, f.level, f.line, f.field, f.message, f.hint) for f in findings
        ]


def _require_place(place: str, id: str, path: str) -> None:
    if place != path:
        message = f"里面的编号 {id} 与文件名不符"
        raise Unreadable(message, [_finding(path, message, f"这个编号的文件应在 {place}")])


def _finding(path: str, message: str, hint: str = "") -> Finding:
    return Finding("读取", ERROR, path, None, "", message, hint)


@cache
def pinyin_initials(name: str) -> str:
    """兴旺加工厂 is xwjgc; letters and digits stand for themselves."""
    from pypinyin import Style, lazy_pinyin

    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(c for part in parts for c in part.lower() if c.isalnum())
