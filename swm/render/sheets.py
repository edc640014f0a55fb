"""Sheets of a workbook as values, and the rules by which Excel takes their texts and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from swm.frozen import frozen
from swm.render.templates import visible

Cell = str | int | date | None

INTERNAL_MARK = "内部资料 注意保存"
"""What stands above everything that stays in the office."""
LONGEST = 32_767
"""UTF-16 units that a cell holds."""
LONGEST_TAB = 31
TAB_UNFIT = dict(zip("[]:*?/\\'", "［］：＊？／＼＇", strict=True))
"""What the name of a sheet must not have, and what is put instead."""
_SHARE = re.compile(r"(\d+)\.(\d)%")


@frozen
class Head:
    """What stands above one column; neighbours of one group share a cell above them."""

    title: str
    group: str = ""
    sort: str = ""
    """One of the sorts of `domain.tablesources`; others than 日期, 数 and 比率 are text."""


@frozen
class Sheet:
    """One sheet: a title, a heading of one or two rows, rows, a total, what stands below."""

    name: str
    title: str
    columns: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    subtitle: str = ""
    mark: str = ""
    """What stands above the title: 内部资料 注意保存."""
    none: str = ""
    """What is said below the heading where there is no row."""
    total: Sequence[Cell] | None = None
    foot: tuple[str, ...] = ()
    fixed: int = 0
    """How many columns stay in sight when the rest is scrolled."""
    print_foot: str = ""
    """What is printed at the foot of every page, beside the page number."""

    @property
    def grouped(self) -> bool:
        """Whether the heading has two rows."""
        return any(column.group for column in self.columns)


def tabs(names: Sequence[str]) -> list[str]:
    """Names that Excel takes for sheets: short enough, no forbidden characters, none twice."""
    found: list[str] = []
    for name in names:
        fit = "".join(TAB_UNFIT.get(c, c) for c in " ".join(visible(name).split())) or "表"
        fit = "历史" if fit.lower() == "history" else fit  # a name that Excel keeps for itself
        taken = {other.lower() for other in found}
        tries = (fit if n == 1 else f"{fit[: LONGEST_TAB - 6]}（{n}）" for n in range(1, 999))
        found.append(next(each for t in tries if (each := t[:LONGEST_TAB]).lower() not in taken))
    return found


def told(text: str) -> str:
    """Text as a cell shows it: hidden characters spelled, and what is too long cut out loud."""
    shown = visible(text)
    if len(shown) * 2 <= LONGEST or _units(shown) <= LONGEST:
        return shown
    note = f"……（共{len(shown)}字，Excel 一格放不下，全文见台账）"
    kept = shown.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST - _units(note))]
    return kept.decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def share(text: str) -> float | None:
    """The number that 99.9% is, to the printed tenth: 1999/2000 is not rounded up to all."""
    found = _SHARE.fullmatch(text)
    return (int(found[1]) * 10 + int(found[2])) / 1000 if found else None
