"""Activities as a table, as one page, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from swm.domain.activityrecords import Activity
from swm.render.terminal import Column, table
from swm.render.text import commas, visible, wrap
from swm.reports.activities import Listed


def activities_table(found: Sequence[Listed], room: int | None) -> list[str]:
    """One activity a line."""
    columns = (
        Column("编号"),
        Column("日期"),
        Column("活动"),
        Column("主题", shrink=True),
        Column("形式", shrink=True),
        Column("村"),
        Column("数量"),
    )
    rows = [
        (x.id, str(x.on), x.kind, x.title, x.period or x.form, x.village or "全镇", x.amounts)
        for x in found
    ]
    return table(columns, rows, room)


def totals(found: Sequence[Listed]) -> str:
    """How many of each kind."""
    units = {"宣传": "场", "培训": "场", "会议": "次", "零报告": "份"}
    counts = {kind: sum(x.kind == kind for x in found) for kind in units}
    told = "，".join(f"{kind} {n} {units[kind]}" for kind, n in counts.items() if n)
    return f"共 {len(found)} 项" + (f"：{told}" if told else "")


def activity_document(activity: Listed) -> dict[str, Any]:
    """One activity as JSON."""
    found = {
        "编号": activity.id,
        "日期": activity.on,
        "活动": activity.kind,
        "主题": activity.title,
        "形式": activity.form or None,
        "村": activity.village or None,
        "人次": activity.people or None,
        "份数": activity.copies or None,
        "条数": activity.pieces or None,
        "曝光": activity.cases or None,
        "期间": activity.period or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def activity_page(activity: Activity, room: int) -> list[str]:
    """Everything about one activity."""
    lines = [f"{activity.id} {visible(activity.title)}", ""]
    if activity.withdrawn:
        return [*lines[:1], "已撤销，不再计入；原记录见 swm log 和文件"]
    held = activity.held
    rows = (
        ("日期", str(held.on) + (f"（{held.entered} 录入）" if held.entered else "")),
        ("期间", held.period),
        ("形式", held.form),
        ("村", held.village or "全镇"),
        ("地点", held.place),
        ("对象", held.audience),
        ("主持", held.chair),
        ("人次", held.people and f"{held.people}人次"),
        ("材料", held.copies and f"{held.copies}份"),
        ("条数", held.pieces and f"{held.pieces}条"),
        ("培训内容", "、".join(held.topics)),
        ("曝光企业", commas(held.cases)),
        ("照片", held.photos and f"{len(held.photos)}张"),
        ("经办", commas(held.by)),
        ("备注", held.note),
    )
    for key, value in rows:
        lines += wrap(f"{key}  {visible(value)}", room, "    ") if value else []
    if held.decisions:
        lines += ["", "议定事项"]
        for number, text in held.decisions.items():
            lines += wrap(f"  {visible(number)}. {visible(text)}", room, "     ")
    return lines
