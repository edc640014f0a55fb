"""Lists of enterprises, 厂房 and 保证书 as tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from swm.render.terminal import Column, table
from swm.reports.lists import Listed
from swm.reports.places import Due, Place, Signed


def listed_table(
    found: Sequence[Listed], room: int | None, today: date, why: str = "查到"
) -> list[str]:
    """One enterprise a line; rounds, and what it was found by, only where they say something."""
    columns = [
        Column("编号"),
        Column("名称", shrink=True),
        Column("村"),
        Column("类别"),
        Column("状态"),
        Column("期限"),
    ]
    cells = [
        [x.id for x in found],
        [x.name for x in found],
        [x.village for x in found],
        [x.category or "待定" for x in found],
        [x.state for x in found],
        [_deadline(x, today) for x in found],
    ]
    if any(x.round > 1 or x.opening for x in found):
        columns.append(Column("轮次", right=True))
        cells.append(["期初" if x.opening else str(x.round) for x in found])
    if any(x.why for x in found):
        columns.append(Column(why, shrink=True))
        cells.append([x.why for x in found])
    return table(columns, list(zip(*cells, strict=True)), room)


def _deadline(listed: Listed, today: date) -> str:
    """待送达, 超期11天 10-30, or the day."""
    if listed.awaiting:
        return "待送达"
    if listed.deadline is None:
        return ""
    if listed.overdue:
        return f"超期{(today - listed.deadline).days}天 {listed.deadline:%m-%d}"
    return str(listed.deadline)


def totals(found: Sequence[Listed]) -> str:
    """How many, and of which states."""
    counts: dict[str, int] = {}
    for each in found:
        counts[each.state] = counts.get(each.state, 0) + 1
    parts = "，".join(f"{state} {count}" for state, count in counts.items())
    late = sum(each.overdue for each in found)
    return (
        f"共 {len(found)} 家" + (f"：{parts}" if parts else "") + (f"；超期 {late}" if late else "")
    )


def listed_document(listed: Listed, why: str = "查到") -> dict[str, Any]:
    """One enterprise of `list --json`."""
    found = {
        "编号": listed.id,
        "名称": listed.name,
        "村": listed.village,
        "类别": listed.category or None,
        "状态": listed.state,
        "期限": listed.deadline,
        "轮次": listed.round,
        "超期": listed.overdue,
        "待送达": listed.awaiting,
        "期初": listed.opening,
    }
    return {**found, why: listed.why} if listed.why else found


def places_table(found: Sequence[Place], room: int | None) -> list[str]:
    """One 厂房 a line."""
    columns = (
        Column("编号"),
        Column("村"),
        Column("地址", shrink=True),
        Column("用途"),
        Column("房东", shrink=True),
        Column("承租", shrink=True),
        Column("保证书"),
    )
    rows = [(p.id, p.village, p.address, p.use, p.owners, p.tenants, p.letter) for p in found]
    return table(columns, rows, room)


def place_document(place: Place) -> dict[str, Any]:
    """One 厂房 as JSON."""
    return {
        "编号": place.id,
        "村": place.village,
        "地址": place.address,
        "用途": place.use,
        "房东": place.owners,
        "承租": place.tenants or None,
        "应签": place.owes,
        "已签": place.signed,
        "保证书": place.letter or None,
    }


def letters_table(found: Sequence[Signed], room: int | None) -> list[str]:
    """One letter a line."""
    columns = (
        Column("编号"),
        Column("类型"),
        Column("签订人", shrink=True),
        Column("厂房", shrink=True),
        Column("签订日期"),
        Column("有效期至"),
        Column("现在"),
    )
    rows = [
        (
            x.number,
            x.kind,
            x.landlord,
            "、".join(x.premises),
            str(x.on),
            str(x.until or "长期"),
            x.status,
        )
        for x in found
    ]
    return table(columns, rows, room)


def letter_document(letter: Signed) -> dict[str, Any]:
    """One letter as JSON."""
    return {
        "编号": letter.number,
        "类型": letter.kind,
        "签订人": letter.landlord,
        "厂房": list(letter.premises),
        "签订日期": letter.on,
        "有效期至": letter.until,
        "状态": letter.status,
    }


def due_table(found: Sequence[Due], room: int | None) -> list[str]:
    """One 厂房 a line, with what its landlord has to sign."""
    columns = (
        Column("厂房"),
        Column("村"),
        Column("地址", shrink=True),
        Column("房东", shrink=True),
        Column("情况", shrink=True),
    )
    return table(columns, [(d.id, d.village, d.address, d.landlord, d.text) for d in found], room)


def due_document(due: Due) -> dict[str, Any]:
    """The same as JSON."""
    found = {
        "厂房": due.id,
        "村": due.village,
        "地址": due.address,
        "房东": due.landlord,
        "情况": due.text,
    }
    return {**found, "有效期至": due.until} if due.until else found
