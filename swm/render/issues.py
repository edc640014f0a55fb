"""What stands against issuing, what was issued, what differs: on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from swm.domain.fields import fragment
from swm.domain.records import Record
from swm.domain.reportrecords import Finalised, Issued, Published, Report, spans
from swm.render.terminal import Column, table
from swm.render.text import visible, wrap
from swm.reports.readiness import Point

SHORT = 10


def readiness_page(points: Sequence[Point], room: int) -> list[str]:
    """What blocks, then the reminders; each subject with its lines, each line with its command."""
    lines: list[str] = []
    for blocks, head in ((True, "不能印发"), (False, "提醒")):
        found = [point for point in points if point.blocks is blocks]
        if found:
            lines += [f"{head}（{len(found)}项）", *_by_subject(found, room)]
    return lines


def _by_subject(points: Sequence[Point], room: int) -> list[str]:
    lines: list[str] = []
    for subject, members in groupby(points, key=lambda point: point.subject):
        lines.append(f"  {subject}")
        for point in members:
            lines += wrap(f"    {visible(point.text)}", room, "      ")
            if point.command:
                lines += wrap(f"      → {visible(point.command)}", room, "        ")
    return lines


def readiness_document(points: Sequence[Point]) -> list[dict[str, Any]]:
    """The same for another program."""
    return [
        {
            "级别": "阻止" if point.blocks else "提醒",
            "事项": point.subject,
            "内容": point.text,
            "命令": point.command,
        }
        for point in points
    ]


def papers_table(reports: Sequence[Report], room: int | None) -> list[str]:
    """Everything that left the house: a line each edition, each notice, each signed file. Columns
    in which nothing stands are left out."""
    columns = (
        Column("日期"), Column("期间"), Column("件"), Column("口径", spare=True),
        Column("签发、批准", shrink=True), Column("文号、文件", shrink=True),
        Column("登记", spare=True), Column("版本", spare=True),
    )  # fmt: skip
    rows = [_line(report, each) for report, each in _papers(reports)]
    told = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    return table([columns[at] for at in told], [[row[at] for at in told] for row in rows], room)


def papers_document(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """The same for another program, whole."""
    return [{"编号": report.id} | fragment(each) for report, each in _papers(reports)]


def _papers(reports: Sequence[Report]) -> list[tuple[Report, Record]]:
    return [(report, each) for report in reports for each in report.valid]


def _line(report: Report, each: Record) -> tuple[str, ...]:
    where = f"{report.id}第{each.number}条"
    if isinstance(each, Published):
        told = (each.period, each.title, "公示", each.approval.person, "")
        return (str(each.on), *told, where, each.version[:SHORT])
    if isinstance(each, Issued):
        number = each.document_number or ""
        told = (report.code, each.title, each.audience, each.signer or "", number)
        return (str(each.on), *told, where, each.version[:SHORT])
    file = each.file.name if isinstance(each, Finalised) else ""
    return (str(each.on), report.code, each.type, "", "", file, where, "")


def changes_page(report: Report, room: int) -> list[str]:
    """What each later edition or notice changed, and why."""
    lines: list[str] = []
    for each in report.editions[1:]:
        lines += wrap(f"{each.title}（{each.on}）：{visible(each.reason or '')}", room, "  ")
        for change in each.changes:
            lines += wrap(f"  {visible(change.what)}：{change.was} → {change.now}", room, "    ")
    for code in dict.fromkeys(notice.period for notice in report.published):
        notices = report.published_on(code)
        for before, after in pairwise(notices):
            head = f"{code} {after.title}（{after.on}）：{visible(after.reason or '')}"
            lines += wrap(head, room, "  ")
            for line in _renamed(before, after):
                lines += wrap(f"  {line}", room, "    ")
    return lines


def _renamed(before: Published, after: Published) -> Iterator[str]:
    """Whom the later notice names otherwise."""
    lists = (
        ("正在整治", before.underway_ids, after.underway_ids),
        ("完成整治", before.finished_ids, after.finished_ids),
    )
    for title, was, now in lists:
        for word, ids in (("增加", now - was), ("减少", was - now)):
            if ids:
                yield f"{title}的名单{word}{len(ids)}家：{'、'.join(spans(ids))}"
    if (before.underway_ids, before.finished_ids) == (after.underway_ids, after.finished_ids):
        yield "名单没有变化"
