"""One figure, rate, record or equation of a report as the templates see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from swm.domain.periods import QUARTER, YEAR, Period
from swm.domain.periodwords import PeriodWords, words_of
from swm.render.discretion import Veil
from swm.reports.values import NONE, Entry, Figure, Rate, Tie

Named = dict[str, Any]


def figure_names(figure: Figure, period: Period) -> Named:
    """A figure: as a number, as text, against the earlier ones."""
    words = words_of(period)
    shown = words.told(figure.name)
    own_year = period.kind == YEAR
    return {
        "键": figure.name,
        "名称": shown.split("·")[-1],
        "全称": shown,
        "文": figure.text,
        "值": figure.value,
        "单位": figure.unit,
        "上期": _number(figure.previous),
        "增减": figure.trend,
        "较上期": _since(figure, period.kind, words),
        "本年累计": _number(figure.year),
        "累计文": f"{figure.year}{figure.unit}" if figure.year and not own_year else "",
        "建账以来": _number(figure.ever),
        "上年同期": _number(figure.last_year),
        "锚": f"list-{figure.name}",
    }


def _since(figure: Figure, kind: str, words: PeriodWords) -> str:
    """，较上月增加2家 or ，与上月持平: what follows a number in a sentence.

    A quarter or a year is long enough for percentages: ，较上季度增加12家、增长24.0%.
    """
    if figure.change is None:
        return ""
    change = figure.against(figure.previous) if kind in (QUARTER, YEAR) else figure.trend
    return f"，{'较' if figure.change else '与'}{words.last}{change}"


def _number(value: int | None) -> str:
    return NONE if value is None else str(value)


def rate_names(rate: Rate) -> Named:
    """A rate and its parts."""
    return {"文": rate.text, "分子": rate.part, "分母": rate.whole}


def occurring(figures: dict[str, Named], names: Sequence[str]) -> list[Named]:
    """Those of a figure's parts that are not zero; prose lists no zeros."""
    return [figures[name] for name in names if figures[name]["值"]]


def entry_names(
    entry: Entry, line: int, categories: dict[str, str], overdue: frozenset[str], veil: Veil
) -> Named:
    """A record on its line of a list."""
    late, note = entry.id in overdue, veil.text(entry.note)
    remarks = ("超期" if late else "", "期初" if entry.opening else "", note)
    return {
        "行": str(line),
        "编号": entry.id,
        "名称": veil.called(entry.id, entry.name),
        "村": entry.village,
        "类别": categories.get(entry.category, entry.category),
        "状态": entry.state,
        "日期": _day(entry.on),
        "期限": _day(entry.deadline),
        "序号": "" if entry.number is None else str(entry.number),
        "人数": str(entry.people) if entry.people else "",
        "说明": note,
        "备注": "；".join(remark for remark in remarks if remark),
        "超期": late,
    }


def _day(day: date | None) -> str:
    return NONE if day is None else day.isoformat()


def tie_names(tie: Tie, line: int, words: PeriodWords) -> Named:
    """An equation on its line, in the words of the period."""
    return {
        "行": str(line),
        "名称": tie.name,
        "左": words.told(tie.left),
        "左数": str(tie.left_value),
        "右": words.told(tie.right),
        "右数": str(tie.right_value),
        "结果": "平" if tie.holds else "不平",
    }
