"""A figure on the screen and as JSON: the number with its unit, then the records it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from swm.render.discretion import veil_for
from swm.render.provenance import closing
from swm.render.terminal import Column, table
from swm.reports.values import NONE, Assessment, Entry, Figure, Monthly

COLUMNS = ("上期", "增减", "本年累计", "建账以来", "上年同期")


def compared(figure: Figure) -> dict[str, int | None]:
    """The columns beside 本期; None where nothing can be said."""
    values = (figure.previous, figure.change, figure.year, figure.ever, figure.last_year)
    return dict(zip(COLUMNS, values, strict=True))


def figure_page(figure: Figure, title: str, room: int | None) -> list[str]:
    """The number, its other columns, and its list."""
    others = "，".join(
        f"{name} {NONE if value is None else value}" for name, value in compared(figure).items()
    )
    lines = [f"{figure.name} {figure.text}（{title}）", others]
    return [*lines, "", *entries_table(figure.entries, room)] if figure.entries else lines


def entries_table(entries: Sequence[Entry], room: int | None) -> list[str]:
    """The records behind a number; columns that are empty throughout are left out."""
    columns = {
        Column("编号"): [e.id for e in entries],
        Column("名称", shrink=True): [e.name for e in entries],
        Column("村"): [e.village for e in entries],
        Column("类别"): [e.category or "" for e in entries],
        Column("状态"): [(e.state or "") + ("（期初）" if e.opening else "") for e in entries],
        Column("日期"): [str(e.on or "") for e in entries],
        Column("期限"): [str(e.deadline or "") for e in entries],
        Column("记录"): [f"第{e.number}条" if e.number else "" for e in entries],
        Column("人数", right=True): [str(e.people) if e.people else "" for e in entries],
        Column("说明", shrink=True): [e.note or "" for e in entries],
    }
    told = {column: cells for column, cells in columns.items() if any(cells)}
    return table(list(told), list(zip(*told.values(), strict=True)), room)


def entry_document(entry: Entry) -> dict[str, Any]:
    """One record by its Chinese keys, without what is empty."""
    pairs = {
        "编号": entry.id,
        "名称": entry.name,
        "村": entry.village,
        "类别": entry.category,
        "状态": entry.state,
        "日期": entry.on,
        "期限": entry.deadline,
        "序号": entry.number,
        "人数": entry.people or None,
        "期初": "是" if entry.opening else None,
        "说明": entry.note or None,
    }
    return {key: value for key, value in pairs.items() if value not in (None, "")}


def figure_document(figure: Figure) -> dict[str, Any]:
    """The figure as `report month --format json` holds it: its records by id."""
    return {
        "值": figure.value,
        "单位": figure.unit,
        **compared(figure),
        "记录": [entry.id for entry in figure.entries],
    }


def report_document(report: Monthly) -> dict[str, Any]:
    """The whole report for another program."""
    rows = [*report.village_rows, report.village_total]
    titles = {column.key: column.title for column in report.village_columns}
    return {
        "期间": report.period.code,
        "台账版本": report.version,
        "程序版本": report.program,
        "口径": report.audience,
        **closing(report.period),
        **_edition_document(report),
        "数字": {name: figure_document(figure) for name, figure in report.figures.items()},
        "比率": {name: rate.text for name, rate in report.rates.items()},
        "村级统计表": [{key: row.cells[key] for key in titles} for row in rows],
        "村级考核": _assessment_document(report.assessment),
        "勾稽": [
            {"内容": tie.name, "左": tie.left_value, "右": tie.right_value, "相符": tie.holds}
            for tie in report.ties
        ],
    }


def _edition_document(report: Monthly) -> dict[str, Any]:
    """How it was issued; None for a draft. The anchor where there is a history."""
    edition = report.edition
    veil = veil_for(report.audience, report.people)
    told = edition and {
        "版次": edition.number,
        "文号": edition.document_number,
        "签发人": edition.signer,
        "原因": veil.text(edition.reason),
        "变更": [{"项目": what, "原": was, "现": now} for what, was, now in edition.changes],
        "底数增加": list(edition.joined),
        "底数减少": list(edition.gone),
        "登记原件": edition.originals,
        "缺原件": len(edition.absent),
    }
    return {"印发": told, "锚": report.provenance.anchor or None}


def _assessment_document(told: Assessment | None) -> dict[str, Any] | None:
    """The result announced last; None where none is. Points are text, exact to the tenth."""
    if told is None or told.on is None:
        return None
    return {
        "期间": told.title,
        "公布": told.on,
        "版次": told.edition,
        "等次": dict(told.grades),
        "最高": {"村": list(told.best), "得分": told.best_points},
        "最低": {"村": list(told.least), "得分": told.least_points},
        "不参评": told.left_out,
    }


def render_json(report: Monthly) -> bytes:
    """The report as a JSON file."""
    text = json.dumps(report_document(report), ensure_ascii=False, indent=2, default=str)
    return (text + "\n").encode("utf-8", "backslashreplace")
