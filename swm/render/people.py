"""Who answers for how many, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from swm.render.terminal import Column, table
from swm.reports.people import Load


def loads_table(found: Sequence[Load], room: int | None) -> list[str]:
    """One person and role a line."""
    columns = [
        Column("角色"),
        Column("姓名"),
        Column("部门", shrink=True),
        Column("家数", right=True),
        Column("未销号", right=True),
        Column("已销号", right=True),
        Column("超期", right=True),
    ]
    rows = [
        [x.role, x.person, x.department, *map(str, (x.firms, x.unfinished, x.delisted, x.overdue))]
        for x in found
    ]
    if any(x.left for x in found):
        columns.append(Column("备注"))
        for row, each in zip(rows, found, strict=True):
            row.append(f"{each.left} 离任" if each.left else "")
    return table(columns, rows, room)


def load_document(load: Load) -> dict[str, Any]:
    """One person and role as JSON."""
    return {
        "角色": load.role,
        "姓名": load.person,
        "部门": load.department or None,
        "家数": load.firms,
        "未销号": load.unfinished,
        "已销号": load.delisted,
        "超期": load.overdue,
        "离任": load.left,
    }
