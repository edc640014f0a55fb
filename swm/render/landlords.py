"""Landlords and broken letters on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from swm.render.terminal import Column, table
from swm.render.text import visible, wrap
from swm.reports.landlords import Breach, Held, Landlord


def breaches_table(found: Sequence[Breach], room: int | None) -> list[str]:
    """One broken letter a line: who signed, which enterprise, which record shows it."""
    columns = (
        Column("保证书"),
        Column("签订人", shrink=True),
        Column("厂房"),
        Column("企业"),
        Column("名称", shrink=True),
        Column("情形"),
        Column("日期"),
        Column("记录"),
    )
    rows = [
        (
            b.number,
            b.landlord,
            b.premises,
            b.enterprise,
            b.name,
            b.what,
            str(b.on),
            f"第{b.record}条",
        )
        for b in found
    ]
    return table(columns, rows, room)


def breach_document(breach: Breach) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "保证书": breach.number,
        "签订人": breach.landlord,
        "厂房": breach.premises,
        "村": breach.village,
        "企业": breach.enterprise,
        "名称": breach.name,
        "状态": breach.state,
        "情形": breach.what,
        "日期": breach.on,
        "序号": breach.record,
    }


def landlord_page(found: Landlord, room: int) -> list[str]:
    """Everything about one landlord, in lines of at most `room` columns."""
    lines = [f"{visible(found.name)}：厂房 {len({p.id for p in found.places})} 处"]
    lines += _section("厂房", (_place(p) for p in found.places), room)
    lines += _section("保证书", (_letter(letter) for letter in found.letters), room)
    firms = (f"{id} {visible(name)}（{state}，{at}）" for id, name, state, at in found.enterprises)
    lines += _section("在租的台账企业", firms, room)
    lines += _section("违反保证", (_breach(b) for b in found.breaches), room)
    return lines


def _section(title: str, rows: Iterable[str], room: int) -> list[str]:
    told = [line for row in rows for line in wrap(f"  {row}", room, "    ")]
    return ["", title, *(told or ["  没有"])]


def _place(held: Held) -> str:
    span = ""
    if held.since or held.until:
        span = f"，{held.since or '……'} 至 {held.until or '今'}"
    tenants = f"；承租 {visible('、'.join(held.tenants))}" if held.tenants else ""
    signed = f"；有效保证书 {'、'.join(held.letters)}" if held.letters else ""
    head = f"{held.id} {visible(held.address)}（{visible(held.village)}，{held.use}）"
    return f"{head}：{held.kind}{span}{tenants}{signed}"


def _letter(letter: tuple[Any, ...]) -> str:
    number, kind, on, until, status = letter
    return f"{number} {kind}：{on} 签订，{f'有效期至 {until}' if until else '长期有效'}（{status}）"


def _breach(breach: Breach) -> str:
    return (
        f"{breach.on} {breach.enterprise} {visible(breach.name)}在 {breach.premises} {breach.what}"
        f"（第{breach.record}条），违反 {breach.number}"
    )


def landlord_document(found: Landlord) -> dict[str, Any]:
    """The landlord as JSON."""
    return {
        "房东": found.name,
        "厂房": [
            {
                "编号": p.id,
                "村": p.village,
                "地址": p.address,
                "用途": p.use,
                "身份": p.kind,
                "自": p.since,
                "至": p.until,
                "承租": list(p.tenants),
                "有效保证书": list(p.letters),
            }
            for p in found.places
        ],
        "保证书": [
            {"编号": n, "类型": k, "签订日期": on, "有效期至": until, "状态": status}
            for n, k, on, until, status in found.letters
        ],
        "在租的台账企业": [
            {"编号": id, "名称": name, "状态": state, "厂房": at}
            for id, name, state, at in found.enterprises
        ],
        "违反保证": [breach_document(b) for b in found.breaches],
    }
