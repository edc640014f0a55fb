"""Lists of complaints as tables and as JSON, for the office alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from swm.render.terminal import Column, table
from swm.reports.complaints import Case


def cases_table(found: Sequence[Case], room: int | None, today: date) -> list[str]:
    """One complaint a line; where it came from is left to `show`: lists lie about on desks."""
    columns = (
        Column("编号"),
        Column("村"),
        Column("状态"),
        Column("期限"),
        Column("企业", shrink=True, spare=True),
        Column("内容", shrink=True),
    )
    rows = [(c.id, c.village, _state(c), _deadline(c, today), c.about, c.summary) for c in found]
    return table(columns, rows, room)


def _state(case: Case) -> str:
    state = f"{case.state}（重复）" if case.duplicate_of else case.state
    return f"{state} {case.conclusion}".rstrip()


def _deadline(case: Case, today: date) -> str:
    if case.deadline is None:
        return ""
    if case.overdue:
        return f"超期{(today - case.deadline).days}天 {case.deadline:%m-%d}"
    return str(case.deadline)


def totals(found: Sequence[Case]) -> str:
    """How many, and how they stand."""
    counts = {s: sum(c.state == s for c in found) for s in ("待核查", "办理中", "已办结")}
    parts = "，".join(f"{state} {count}" for state, count in counts.items() if count)
    late = sum(c.overdue for c in found)
    return (
        f"共 {len(found)} 件" + (f"：{parts}" if parts else "") + (f"；超期 {late}" if late else "")
    )


def case_document(case: Case) -> dict[str, Any]:
    """One complaint of `complaint list --json`."""
    return {
        "编号": case.id,
        "村": case.village,
        "来源": case.source,
        "收件日期": case.on,
        "状态": case.state,
        "结论": case.conclusion or None,
        "期限": case.deadline,
        "超期": case.overdue,
        "承办": case.handler or None,
        "内容": case.summary,
        "涉及": case.about.split("、") if case.about else [],
        "重复于": case.duplicate_of or None,
        "未答复": case.unanswered,
        "属实未列入": case.unlisted,
    }
