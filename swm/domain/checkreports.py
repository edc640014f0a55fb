"""Checks of issued reports: editions follow each other, and hold what they say they hold."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.contents import Contents
from swm.domain.reportrecords import Report
from swm.errors import ERROR, Finding

_LIST = "记录"


def reports_hold(ledger: Contents) -> Iterator[Finding]:
    """Each edition's number is its place, a 定稿 belongs to one, 底数 has as many names."""
    for path, report in ledger.filed.items():
        if isinstance(report, Report):
            line = ledger.line(path, _LIST)
            for text in _wrong(report):
                hint = "记录只增不改，请对照 git 历史改回"
                yield Finding("印发", ERROR, path, line, _LIST, text, hint)


def _wrong(report: Report) -> Iterator[str]:
    yield from (objection.text for objection in report.objections(None))
    for issued in report.editions:
        figure = issued.figures.get("底数")
        if figure is not None and figure.value != len(issued.stock_ids):
            counted = len(issued.stock_ids)
            yield f"第{issued.number}条的底数是{figure.value}家，底数名单却有{counted}家"
        if not report.code.startswith(f"{issued.ends:%Y-%m}"):
            yield f"第{issued.number}条的期末 {issued.ends} 不在 {report.code}"
