"""What stands against issuing, what was issued, what differs: on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from swm.domain.reportrecords import Issued, Report
from swm.render.text import visible, wrap
from swm.reports.readiness import Point


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


def editions_page(report: Report, room: int) -> list[str]:
    """Each edition: when, for whom, what changed; and the signed files."""
    lines: list[str] = []
    for issued in report.editions:
        lines += wrap(_edition(issued), room, "  ")
        for change in issued.changes:
            lines += wrap(f"  {visible(change.what)}：{change.was} → {change.now}", room, "    ")
        for final in report.finals:
            if final.of == issued.number:
                pages = f"，{final.pages}页" if final.pages else ""
                lines.append(f"  定稿 {final.on} {visible(final.file.name)}{pages}")
    return lines


def _edition(issued: Issued) -> str:
    parts = [
        f"{issued.title} {issued.on} {issued.audience}",
        visible(issued.document_number or ""),
        f"签发人 {visible(issued.signer)}" if issued.signer else "",
        f"原因：{visible(issued.reason)}" if issued.reason else "",
        f"据台账版本 {issued.version[:10]}",
    ]
    return "，".join(part for part in parts if part)
