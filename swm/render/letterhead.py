"""What stands above and below a report: red head, number, addressee, signature, imprint."""

from __future__ import annotations

from datetime import date
from typing import Any

from swm.domain.fields import table
from swm.domain.reportstyle import ReportStyle
from swm.domain.reporttexts import PARAGRAPHS, ReportText, paragraphs
from swm.render.discretion import Veil
from swm.reports.audiences import INTERNAL
from swm.reports.values import Monthly

Named = dict[str, Any]

KEPT_INSIDE = "内部资料　注意保存"
SIZES = {9: "大", 13: "中", 17: "小"}
"""How many characters the longest line of a red head may have in each size; longer is 特小."""
REPLACING = frozenset({"存在问题", "下一步工作"})
"""What people write instead of the draft, not after it."""


def letterhead(report: Monthly, veil: Veil) -> Named:
    """The names of a report's head and foot, as its templates know them."""
    style, text, edition = report.style, report.text, report.edition
    signed, dated = style.signed_by(report.town), _dated(report)
    return {
        "密级": KEPT_INSIDE if report.audience == INTERNAL else "",
        "版头": red_head(style, text, report.town),
        "主送": (text and text.to) or style.to or "",
        "落款": signed,
        "成文日期": chinese_date(dated),
        "附注": veil.text(text.note if text else None),
        "抄送": style.copies or "",
        "印发机关": style.issuer or signed,
        "印发日期": chinese_date((edition and edition.on) or dated),
    }


def _dated(report: Monthly) -> date:
    """成文日期: as people wrote it; else the period's end, and the day of issue for a 更正版, which
    answers to what came later."""
    if report.text and report.text.dated:
        return report.text.dated
    edition = report.edition
    later = edition.on if edition and edition.number > 1 else None
    return later or report.period.end


def red_head(style: ReportStyle, text: ReportText | None, town: str) -> Named:
    """红头: the words in red with their size, the number, and who signs a paper that goes up."""
    mark = style.mark_of(town)
    longest = max(map(len, mark))
    return {
        "红": style.red,
        "标志": list(mark),
        "大小": next((size for most, size in SIZES.items() if longest <= most), "特小"),
        "文号": (text and text.number) or "",
        "签发人": (text and text.signer) or style.signer or "",
    }


def written(text: ReportText | None, veil: Veil) -> Named:
    """What people wrote after each section, by the section's key; an empty list where nothing."""
    return {
        row.key: [veil.text(each) for each in paragraphs(getattr(text, row.attribute))]
        if text
        else []
        for row in table(ReportText)
        if row.kind == PARAGRAPHS and row.key not in REPLACING
    }


def chinese_date(day: date) -> str:
    """2026年9月7日: the year in full, no leading zeros (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"
