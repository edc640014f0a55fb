"""The reports that were issued: their numbers as they were printed, edition by edition."""

from __future__ import annotations

from collections.abc import Sequence

from swm.domain.reportrecords import FrozenNumber, FrozenRow, Issued, Published, Report
from swm.render.site.tables import LEFT, NOWRAP, NUMBER, Cell, Named, cell, column, row, table
from swm.reports.values import NONE
from swm.reports.villages import TOTAL


def issued_page(report: Report) -> str:
    """Where an issued report stands in the site."""
    return f"report/{report.code}.html"


def reports_table(reports: Sequence[Report]) -> Named:
    """A row a month, the latest first."""
    columns = (
        column("月份", NOWRAP, head=True),
        column("版次", NOWRAP),
        column("印发日期", NOWRAP),
        column("口径", NOWRAP),
        column("文号", LEFT),
    )
    rows = (
        row(
            [
                cell(each.code, issued_page(each)),
                cell(last.title),
                cell(last.on),
                cell(last.audience),
                cell(last.document_number),
            ]
        )
        for each in reports
        if (last := each.latest)
    )
    return table("已印发的月报", columns, rows, none="还没有印发过月报。")


def notices_table(notices: Sequence[Published], inside: bool) -> Named | None:
    """A row a notice that went up; who approved it is for the office alone."""
    if not notices:
        return None
    approver = [column("批准人", NOWRAP)] if inside else []
    columns = (
        column("公示日期", NOWRAP, head=True),
        column("期间", NOWRAP),
        column("件", NOWRAP),
        column("正在整治", NUMBER),
        column("完成整治", NUMBER),
        *approver,
    )
    rows = (
        row(
            [
                cell(each.on),
                cell(each.period),
                cell(each.title),
                cell(len(each.underway_ids)),
                cell(len(each.finished_ids)),
                *([cell(each.approval.person)] if inside else []),
            ]
        )
        for each in notices
    )
    return table("对外的公示", columns, rows)


def issued_names(report: Report) -> Named:
    """Every name that an issued report's page may use."""
    last = report.editions[-1]
    return {
        "月份": report.code,
        "各版": [
            {
                "名": each.title,
                "日期": each.on.isoformat(),
                "期末": each.ends.isoformat(),
                "文号": each.document_number or "",
                "锚": each.anchor,
                "版本": each.version,
                "变更": _changes(each),
            }
            for each in reversed(report.editions)
        ],
        "数字": _numbers(last),
        "村表": _villages(last.villages),
    }


def _changes(issued: Issued) -> Named | None:
    if not issued.changes:
        return None
    columns = (column("项目", LEFT, head=True), column("原", NUMBER), column("现", NUMBER))
    rows = (row([cell(c.what), cell(c.was), cell(c.now)]) for c in issued.changes)
    return table(f"{issued.title}改动的数字", columns, rows)


def _numbers(issued: Issued) -> Named:
    columns = (
        column("指标", LEFT, head=True),
        column("单位", NOWRAP),
        *(column(name, NUMBER) for name in ("本期", "上期", "本年累计", "建账以来", "上年同期")),
    )
    return table("印发的数字", columns, (_number(each) for each in issued.numbers))


def _number(found: FrozenNumber) -> Named:
    held = (found.value, found.previous, found.year, found.ever, found.last_year)
    return row([cell(found.name), cell(found.unit), *map(_shown, held)])


def _shown(value: int | None) -> Cell:
    return cell(NONE if value is None else value)


def _villages(rows: Sequence[FrozenRow]) -> Named | None:
    """The village table as it was printed; its columns by the names it had."""
    if not rows:
        return None
    titles = list(dict.fromkeys(title for each in rows for title in each.cells))
    return table(
        "印发的村级统计表",
        [column("村", NOWRAP, head=True), *(column(title, NUMBER) for title in titles)],
        (
            row(
                [cell(each.village), *(cell(each.cells.get(title, "")) for title in titles)],
                style="total" if each.village == TOTAL else "",
            )
            for each in rows
        ),
    )
