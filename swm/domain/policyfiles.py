"""The files of 制度/ read into one `Policy`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from swm.domain.calendar import Calendar
from swm.domain.fields import read
from swm.domain.holidays import Holidays
from swm.domain.policy import Clauses, Policy, Powers, Rules, Standards, Workflow
from swm.domain.tree import Node
from swm.errors import ERROR, Finding, Unreadable

R = TypeVar("R")

WORKFLOW = "制度/流程.yaml"
STANDARDS = "制度/标准.yaml"
RULES = "制度/期限.yaml"
POWERS = "制度/职权.yaml"
CLAUSES = "制度/依据.yaml"
HOLIDAYS = "制度/节假日.yaml"
PATHS = (WORKFLOW, STANDARDS, RULES, POWERS, CLAUSES, HOLIDAYS)
"""Every file that the rules are made of."""


def read_policy(trees: Mapping[str, Node]) -> Policy:
    """The rules that the trees hold, by path. Whether they hang together, `prove` says.

    Raises `Unreadable` with the findings of all files at once, a missing file among them.
    """
    findings: list[Finding] = []

    def one(record: type[R], path: str) -> R | None:
        if path not in trees:
            hint = "从附送的默认制度中补上这个文件"
            findings.append(Finding("文件", ERROR, path, None, "", "缺少这个文件", hint))
            return None
        try:
            return read(record, trees[path], path)
        except Unreadable as bad:
            findings.extend(bad.findings)
            return None

    workflow, standards = one(Workflow, WORKFLOW), one(Standards, STANDARDS)
    rules, powers = one(Rules, RULES), one(Powers, POWERS)
    clauses, holidays = one(Clauses, CLAUSES), one(Holidays, HOLIDAYS)
    if workflow and standards and rules and powers and clauses and holidays:
        return Policy(workflow, standards, rules, powers, clauses, Calendar(holidays))
    raise Unreadable("制度读不了", findings)
