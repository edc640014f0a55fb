"""村级统计表: a row a village, zeros included; the total is computed apart and proven equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from swm.domain.policy import Category
from swm.frozen import frozen
from swm.reports.figures import FIGURES
from swm.reports.frame import UNDECIDED, Frame
from swm.reports.values import Column, Entry, Rate, Row

TOTAL = "合计"
PLAIN = {
    "排查总数": "排查总数",
    "底数": "底数",
    "本期新增": "本月新增",
    "回潮": "本月回潮",
    "完成": "本月销号",
    "累计完成": "已销号",
    "未完成": "未销号",
    "超期": "超期",
    "核减": "本月核减",
    "回头看家次": "回头看家次",
    "巡查家次": "巡查家次",
    "应签": "应签",
    "已签": "已签",
    "待核查": "待核查",
}
"""The columns that add up, and the figure that each is. 待核查 goes into 备注."""
ADDED_UP = tuple(FIGURES[name] for name in PLAIN.values())
SUSPECTS, REMARK = "待核查", "备注"
"""The column that is not printed as one, and the one that tells of it."""
DUE, DONE = "应完成", "已完成"
SPLIT = {DUE: "底数", DONE: "已销号"}
"""What is given for each category."""
DIVIDED = tuple(FIGURES[name] for name in SPLIT.values())
RATE = "完成率"
FIRST = "序号 村 排查总数 底数"
LAST = "待定 本期新增 回潮 完成 累计完成 未完成 完成率 超期 核减 回头看家次 巡查家次 应签 已签 签订率 备注"
"""The columns before and after those of each category."""

Counts = Mapping[str, int]
"""The numbers of one row, by column."""


@frozen
class VillageTable:
    """The table, and its numbers by village and of the total."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    counts: Mapping[str, Counts]
    total_counts: Counts


def village_table(frame: Frame, *, upward: bool) -> VillageTable:
    """The table of the period. Raises `ArithmeticError` if a column's rows miss its total."""
    categories = frame.policy.workflow.categories
    counts = _counts(frame, _villages(frame), categories)
    total = _total(frame, categories)
    for key, whole in total.items():
        summed = sum(row[key] for row in counts.values())
        if summed != whole:
            raise ArithmeticError(f"村级统计表“{key}”各村之和 {summed} 不等于合计 {whole}")
    rows = tuple(
        Row(_cells(row, categories) | {"序号": str(place), "村": village})
        for place, (village, row) in enumerate(counts.items(), start=1)
    )
    whole_row = Row(_cells(total, categories) | {"序号": "", "村": TOTAL}, total=True)
    return VillageTable(_columns(categories, upward), rows, whole_row, counts, total)


def behind(key: str) -> tuple[str, str] | None:
    """The figure whose records a column counts, and the category that they are of (or "").

    None for a column that counts no records: a name, a rate.
    """
    if key in PLAIN:
        return PLAIN[key], ""
    if key == UNDECIDED:
        return SPLIT[DUE], UNDECIDED
    category, _, part = key.rpartition("·")
    return (SPLIT[part], category) if category and part in SPLIT else None


def in_roster_order(entries: Iterable[Entry], roster: Sequence[str]) -> tuple[Entry, ...]:
    """The entries village by village, as the roster has them; within a village as they came."""
    places = {village: place for place, village in enumerate(roster)}
    return tuple(sorted(entries, key=lambda e: places.get(e.village, len(places))))


def _villages(frame: Frame) -> list[str]:
    """The roster on the last day, and villages that files name but the roster doesn't have."""
    named = {village for counts in frame.by_village.values() for village in counts}
    roster = list(frame.settings.village_names(frame.period.end))
    return roster + sorted(named - set(roster))


def _counts(
    frame: Frame, villages: Sequence[str], categories: Sequence[Category]
) -> dict[str, Counts]:
    """Each village's numbers."""
    both = {key: frame.by_both[figure] for key, figure in SPLIT.items()}
    return {
        village: {key: frame.by_village[figure].get(village, 0) for key, figure in PLAIN.items()}
        | {UNDECIDED: both[DUE].get((village, UNDECIDED), 0)}
        | {
            f"{c.name}·{key}": both[key].get((village, c.name), 0)
            for c in categories
            for key in SPLIT
        }
        for village in villages
    }


def _total(frame: Frame, categories: Sequence[Category]) -> Counts:
    """The same numbers over all villages, each by a query of its own."""
    whole = {key: frame.by_category[figure] for key, figure in SPLIT.items()}
    return (
        {key: frame.now[figure] for key, figure in PLAIN.items()}
        | {UNDECIDED: whole[DUE].get(UNDECIDED, 0)}
        | {f"{c.name}·{key}": whole[key].get(c.name, 0) for c in categories for key in SPLIT}
    )


def _cells(counts: Counts, categories: Sequence[Category]) -> dict[str, str]:
    cells = {key: str(number) for key, number in counts.items()}
    for category in categories:
        done, due = counts[f"{category.name}·{DONE}"], counts[f"{category.name}·{DUE}"]
        cells[f"{category.name}·{RATE}"] = Rate(done, due).text
    cells[RATE] = Rate(counts["累计完成"], counts["底数"]).text
    cells["签订率"] = Rate(counts["已签"], counts["应签"]).text
    suspects = int(cells.pop(SUSPECTS))
    cells[REMARK] = f"待核查{suspects}家" if suspects else ""
    return cells


def _columns(categories: Sequence[Category], upward: bool) -> tuple[Column, ...]:
    split = [
        Column(f"{c.name}·{key}", key, c.upward if upward else c.name)
        for c in categories
        for key in (*SPLIT, RATE)
    ]
    before, after = (tuple(Column(key, key) for key in keys.split()) for keys in (FIRST, LAST))
    return (*before, *split, *after)
