"""文书登记簿 and the list of 移送, as tables and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from swm.render.terminal import Column, table
from swm.reports.registers import Paper, Transfer


def papers_table(found: Sequence[Paper], room: int | None, today: date) -> list[str]:
    """One paper a line; the issuer only where it is not always the same."""
    several = len({p.issuer for p in found}) > 1
    columns = [
        Column("文号"),
        Column("文书", shrink=True),
        Column("企业", shrink=True),
        *([Column("作出机关", shrink=True, spare=True)] if several else []),
        Column("日期"),
        Column("送达", shrink=True),
    ]
    rows = [
        (
            p.number or "（无文号）",
            p.name,
            f"{p.id} {p.firm}",
            *([p.issuer or ""] if several else []),
            str(p.on),
            p.status(today),
        )
        for p in found
    ]
    return table(columns, rows, room)


def paper_document(paper: Paper) -> dict[str, Any]:
    """One paper as JSON."""
    return {
        "文号": paper.number,
        "名称": paper.name,
        "编号": paper.id,
        "序号": paper.record,
        "企业": paper.firm,
        "作出机关": paper.issuer,
        "日期": paper.on,
        "送达日期": paper.served_on,
        "送达方式": paper.served_by,
        "撤销": paper.withdrawn,
        "撤回日期": paper.revoked_on,
    }


def transfers_table(found: Sequence[Transfer], room: int | None) -> list[str]:
    """One transfer a line."""
    columns = (
        Column("企业", shrink=True),
        Column("记录", right=True),
        Column("日期"),
        Column("移送机关", shrink=True),
        Column("事项", shrink=True),
        Column("签收"),
        Column("反馈"),
    )
    rows = [
        (
            f"{t.id} {t.firm}",
            str(t.record),
            str(t.on),
            t.to,
            t.matter,
            str(t.received_on or ""),
            str(t.answered_on or "未反馈"),
        )
        for t in found
    ]
    return table(columns, rows, room)


def transfer_document(transfer: Transfer) -> dict[str, Any]:
    """One transfer as JSON."""
    return {
        "编号": transfer.id,
        "序号": transfer.record,
        "企业": transfer.firm,
        "日期": transfer.on,
        "移送机关": transfer.to,
        "事项": transfer.matter,
        "函号": transfer.letter,
        "签收日期": transfer.received_on,
        "反馈日期": transfer.answered_on,
        "反馈": transfer.answer,
    }
