"""`brief`: a paragraph on how the town, or a village, stands, to be pasted into a daily report.

Every number is a figure's own; nobody is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.reports import figures
from swm.reports.figures import FIGURES, Answers
from swm.reports.values import Figure, Rate

NAMES = (
    "底数",
    "已销号",
    "未销号",
    "本月新增",
    "本月销号",
    "本月回潮",
    "巡查次数",
    "巡查家次",
    "夜查次数",
    "违法生产",
    "超期",
    "下月到期",
    "待核查",
    "回头看应查",
    "回头看按期",
    "回头看逾期",
    "无包保责任人",
    "应签",
    "已签",
)
"""The figures that the paragraph is made of."""


def numbers(
    facts: Answers, policy: Policy, period: Period, village: str | None
) -> dict[str, Figure]:
    """The figures of the period, of one village or of all."""
    rows = figures.gather(facts, [FIGURES[name] for name in NAMES], period, policy)
    found = {}
    for name in NAMES:
        here = [r for r in rows[name] if village is None or r["village"] == village]
        found[name] = figures.as_figure(FIGURES[name], here)
    return found


def paragraph(found: Mapping[str, Figure], where: str, period: Period) -> str:
    """The paragraph; zeros are said, in words where that is how people say them."""

    def n(name: str) -> str:
        return found[name].text

    stand = (
        f"列入台账的“散乱污”企业{n('底数')}，已销号{n('已销号')}，未销号{n('未销号')}，"
        f"完成率{_rate(found, '已销号', '底数')}。"
        if found["底数"].value
        else "没有列入台账的“散乱污”企业。"
    )
    unlawful = f"发现违法生产{n('违法生产')}" if found["违法生产"].value else "未发现违法生产"
    return "".join(
        (
            f"截至{_day(period.end)}，{where}{stand}",
            f"{_span(period)}新增{n('本月新增')}，销号{n('本月销号')}，回潮{n('本月回潮')}；"
            f"开展巡查{n('巡查次数')}，到访企业{n('巡查家次')}，其中夜查{n('夜查次数')}，{unlawful}。",
            f"超期未完成整治{n('超期')}，下月底前到期{n('下月到期')}，待核查线索{n('待核查')}。",
            _look_backs(found),
            _answered(found),
            _letters(found),
        )
    )


def _answered(found: Mapping[str, Figure]) -> str:
    if not found["底数"].value:
        return ""
    bare = found["无包保责任人"]
    return f"尚未落实包保责任人{bare.text}。" if bare.value else "包保责任人已全部落实。"


def _letters(found: Mapping[str, Figure]) -> str:
    if not found["应签"].value:
        return ""
    return f"应签保证书的厂房{found['应签'].text}，签订率{_rate(found, '已签', '应签')}。"


def _look_backs(found: Mapping[str, Figure]) -> str:
    due, met, late = (found[f"回头看{name}"] for name in ("应查", "按期", "逾期"))
    head = f"到期应做回头看{due.text}，按期完成{met.text}" if due.value else "没有到期的回头看"
    return f"{head}，" + (f"逾期未做{late.text}。" if late.value else "没有逾期未做的。")


def _rate(found: Mapping[str, Figure], part: str, whole: str) -> str:
    return Rate(found[part].value, found[whole].value).text


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _span(period: Period) -> str:
    """10月份, or 11月1日至20日."""
    start, end = period.start, period.end
    if (start.year, start.month) != (end.year, end.month):
        return f"{start.month}月{start.day}日至{end.month}月{end.day}日"
    whole = start.day == 1 and period.end == Period.month(end.year, end.month).end
    return f"{start.month}月份" if whole else f"{start.month}月{start.day}日至{end.day}日"
