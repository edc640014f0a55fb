"""Files of a commit turned into rows, one by one; one that can't be read becomes a finding."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from swm.domain import fields
from swm.domain.fields import BadValue
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises
from swm.errors import ERROR, Finding, SwmError, Unreadable
from swm.store.factplaces import premises_rows
from swm.store.factrows import Rows, enterprise_rows
from swm.store.yamlread import parse

_FACT_FILE = re.compile(r"(?:企业|厂房)/[^/]+/[^/]+\.yaml")


def is_fact_file(path: str) -> bool:
    """Whether facts are drawn from the file at `path`."""
    return _FACT_FILE.fullmatch(path) is not None


class Draw:
    """Collects the rows of many files. `initials` holds names whose pinyin is known."""

    def __init__(self, policy: Policy, initials: dict[str, str]) -> None:
        self._policy = policy
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
        node = parse(data, path)
        if path.startswith("厂房/"):
            premises = fields.read(Premises, node, path)
            _require_place(premises.path, premises.id, path)
            return premises.id, premises_rows(premises)
        enterprise = fields.read(Enterprise, node, path)
        _require_place(enterprise.path, enterprise.id, path)
        initials = self._initials.get(enterprise.name) or pinyin_initials(enterprise.name)
        return enterprise.id, enterprise_rows(enterprise, self._policy, initials)

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
