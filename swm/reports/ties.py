"""勾稽: the equations that a report must satisfy, each side with its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from swm.domain.reportrecords import Issued
from swm.reports import figures
from swm.reports.figures import FIGURES
from swm.reports.frame import UNDECIDED, Frame
from swm.reports.values import Figure, Tie
from swm.reports.villages import VillageTable


def ties(
    frame: Frame,
    found: Mapping[str, Figure],
    villages: VillageTable,
    issued: Issued | None = None,
) -> tuple[Tie, ...]:
    """Every equation, whether it holds or not. `issued` is 上期 as it was issued, if it was."""
    return (
        _movement_since(frame, found, issued) if issued else _movement(frame, found),
        _tie("未销号", found, "未销号", "底数 − 已销号", _value(found, "底数", "-已销号")),
        _open_states(frame, found),
        _tie("分类别", found, "底数", "各类别之和", _of_categories(frame)),
        _tie(
            "分村",
            found,
            "底数",
            "各村之和",
            sum(row["底数"] for row in villages.counts.values()),
        ),
        _tie("分行业", found, "底数", "各行业之和", sum(industries(frame).values())),
    )


def industries(frame: Frame) -> dict[str, int]:
    """底数 by industry, 未填 included."""
    column = "(SELECT COALESCE(e.industry, '未填') FROM enterprise e WHERE e.id = whole.id)"
    return frame.inquiry.grouped(FIGURES["底数"], column)


def _movement(frame: Frame, found: Mapping[str, Figure]) -> Tie:
    """期末底数 from 上期底数. Until a month has been issued, 上期 is this commit's own."""
    before = frame.previous["底数"] if frame.previous else 0
    late = found["往月补录列入"].value
    parts = "上期底数 + 本月新增 + 期初建账 − 本月核减"
    words = f"{parts}（上期底数按现有台账计算，本期补录的往月列入{late}家已在其中）"
    change = _value(found, "本月新增", "期初建账", "-本月核减")
    return _tie("底数变动", found, "底数", words, before + change)


def _movement_since(frame: Frame, found: Mapping[str, Figure], issued: Issued) -> Tie:
    """期末底数 from the one that was issued, and from what was entered since about its month."""
    rows = figures.gather(frame.facts, [FIGURES["底数"]], frame.period.previous(), frame.policy)
    now, then = {row["id"] for row in rows["底数"]}, issued.stock_ids
    late, gone = len(now - then), len(then - now)
    parts = "上期印发底数 + 印发后补列 − 印发后减少 + 本月新增 + 期初建账 − 本月核减"
    words = f"{parts}（印发后补列{late}家、减少{gone}家）"
    change = _value(found, "本月新增", "期初建账", "-本月核减")
    before = issued.figures["底数"].value
    return _tie("底数变动", found, "底数", words, before + late - gone + change)


def _open_states(frame: Frame, found: Mapping[str, Figure]) -> Tie:
    names = [s.name for s in frame.policy.workflow.states if s.open]
    return _tie("分状态", found, "未销号", " + ".join(names), _value(found, *names))


def _of_categories(frame: Frame) -> int:
    names = {c.name for c in frame.policy.workflow.categories} | {UNDECIDED}
    return sum(count for name, count in frame.by_category["底数"].items() if name in names)


def _tie(name: str, found: Mapping[str, Figure], left: str, right: str, value: int) -> Tie:
    return Tie(name, f"期末{left}", right, found[left].value, value)


def _value(found: Mapping[str, Figure], *names: str) -> int:
    """The sum of the figures, those with a minus before their name taken off."""
    return sum(
        -found[name[1:]].value if name.startswith("-") else found[name].value for name in names
    )
