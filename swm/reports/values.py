"""The values that a report is made of. Every renderer takes these and adds no arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple

from swm.domain.periods import Period
from swm.domain.reportstyle import ReportStyle
from swm.domain.reporttexts import ReportText
from swm.frozen import frozen

NONE = "—"
"""What is printed where nothing can be said: 0/0, no earlier period."""
ENOUGH = 10
"""From which number on a change is told as a percentage too."""


class Entry(NamedTuple):
    """One record behind a number: which enterprise (or premises), what, when."""

    id: str
    name: str
    village: str
    category: str = ""
    state: str = ""
    on: date | None = None
    deadline: date | None = None
    number: int | None = None
    note: str = ""
    people: int = 0
    opening: bool = False


@frozen
class Figure:
    """A figure IS its records; `value` is how many (for 人次 alone, how many people).

    `previous`, `year`, `ever`, `last_year` are the same figure for 上期, 本年累计, 建账以来,
    上年同期; None where a stock has no 累计 or the ledger does not reach back.
    """

    name: str
    unit: str
    entries: Sequence[Entry]
    """A tuple, or `Records`, which are drawn when somebody looks at them."""
    value: int
    previous: int | None = None
    year: int | None = None
    ever: int | None = None
    last_year: int | None = None

    @property
    def change(self) -> int | None:
        """增减 against the previous period."""
        return None if self.previous is None else self.value - self.previous

    @property
    def text(self) -> str:
        """The number with its unit: 3家."""
        return f"{self.value}{self.unit}"

    @property
    def trend(self) -> str:
        """较上月增加2家 / 减少1家 / 持平 as words without the period's name."""
        if self.change is None:
            return NONE
        if self.change == 0:
            return "持平"
        word = "增加" if self.change > 0 else "减少"
        return f"{word}{abs(self.change)}{self.unit}"

    def against(self, base: int | None) -> str:
        """增加5家、增长12.5%; 减少2家; 持平; empty where there is nothing to compare with.

        A percentage is told from a base of ENOUGH on: of three it would only mislead.
        """
        if base is None or self.value == base:
            return "" if base is None else "持平"
        more = self.value > base
        told = f"{'增加' if more else '减少'}{abs(self.value - base)}{self.unit}"
        tenths = (abs(self.value - base) * 2000 // base + 1) // 2 if base >= ENOUGH else 0
        rate = f"{'增长' if more else '下降'}{tenths // 10}.{tenths % 10}%"
        return f"{told}、{rate}" if tenths else told


@frozen
class Rate:
    """A rate with one decimal, recomputed from its parts; 100.0% only when all is done."""

    part: int
    whole: int

    @property
    def text(self) -> str:
        """87.5%, or — for 0/0. 1999/2000 is 99.9%, never 100.0%."""
        if self.whole == 0:
            return NONE
        tenths = self.part * 1000 * 2 // self.whole
        rounded = (tenths + 1) // 2
        if self.part < self.whole:
            rounded = min(rounded, 999)
        return f"{rounded // 10}.{rounded % 10}%"


@frozen
class Column:
    """One column of a table: its key, its two-row heading, how wide it wants to be."""

    key: str
    title: str
    group: str = ""


@frozen
class Row:
    """One row of the village table: cells by column key, already text."""

    cells: dict[str, str]
    total: bool = False


@frozen
class Tie:
    """勾稽: one equation, both sides with their numbers, and whether it holds."""

    name: str
    left: str
    right: str
    left_value: int
    right_value: int

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left_value == self.right_value


@frozen
class Point:
    """One month of the trend chart."""

    label: str
    open: int
    delisted: int
    new: int


@frozen
class VillageBar:
    """One bar of the village chart: how far the enterprises of a village have come."""

    village: str
    open: int
    delisted: int


@frozen
class OtherVillages:
    """Those for which the village chart has no room, added up."""

    villages: int
    open: int
    delisted: int


@frozen
class Assessment:
    """村级考核: the result announced last for the period, or the quarter that ended last."""

    title: str
    """2026年第三季度."""
    on: date | None = None
    """When it was announced; None: not yet."""
    edition: int = 1
    grades: tuple[tuple[str, int], ...] = ()
    """How many villages each grade has, from high to low, zeros included."""
    best: tuple[str, ...] = ()
    best_points: str = ""
    least: tuple[str, ...] = ()
    least_points: str = ""
    left_out: int = 0
    """Villages that do not take part."""

    @property
    def villages(self) -> int:
        """How many villages take part."""
        return sum(count for _, count in self.grades)


@frozen
class Edition:
    """How a report left the house: the first time, or anew with the numbers that changed."""

    number: int
    """1 for the first issue."""
    document_number: str = ""
    signer: str = ""
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    """(which number, as it was, as it is) against the edition before."""
    originals: int | None = None
    """How many records name an original; None: not looked for."""
    absent: tuple[str, ...] = ()
    """Records whose original did not lie in 原件/ of the computer that issued the report."""
    on: date | None = None
    """The day of issue; None where a file claims to be an edition that is not on file."""
    joined: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """Which enterprises 底数 has that the edition before had not, and the other way round."""

    @property
    def title(self) -> str:
        """更正版第1次; nothing for the first issue."""
        return f"更正版第{self.number - 1}次" if self.number > 1 else ""


@frozen
class Remark:
    """One thing that was done to the ledger and that a reader of its numbers should know."""

    on: date
    who: str
    what: str


@frozen
class Provenance:
    """数据说明 beyond the figures: what was changed, and how the history is proved."""

    anchor: str = ""
    """Empty where the folder has no history."""
    corrections: tuple[Remark, ...] = ()
    """更正 and 撤销 entered in the period."""
    outside: tuple[Remark, ...] = ()
    """Made outside the tool in the period, or taken in from there."""
    rules: tuple[Remark, ...] = ()
    """Changes of 制度, settings and templates in the period."""
    unapproved: tuple[str, ...] = ()
    """待补批 when the report was made."""
    previous: str = ""
    """Where 上期 is from: 2026年9月（首次印发，2026-10-08）; empty where it is recomputed."""


@frozen
class Monthly:
    """A report on a month or any other period: one frozen value for Word, HTML and JSON."""

    town: str
    county: str
    period: Period
    audience: str
    version: str
    version_short: str
    program: str
    figures: dict[str, Figure]
    rates: dict[str, Rate]
    categories: tuple[tuple[str, str, Figure, Figure], ...]
    """(类别, 上报名称, 底数, 已销号) of each category, 待定 included."""
    village_columns: tuple[Column, ...]
    village_rows: tuple[Row, ...]
    village_total: Row
    ties: tuple[Tie, ...]
    open_list: tuple[Entry, ...]
    """Every 未销号 enterprise, by village and id."""
    overdue_list: tuple[Entry, ...]
    new_list: tuple[Entry, ...]
    delisted_list: tuple[Entry, ...]
    supplements: tuple[Entry, ...]
    """补录: entered in the period for a day before it."""
    trend: tuple[Point, ...]
    problems: tuple[str, ...]
    """三、存在问题: whole sentences, never empty."""
    next_steps: tuple[str, ...]
    """四、下一步工作: whole sentences, never empty."""
    villages_open: tuple[tuple[str, int], ...] = ()
    village_bars: tuple[VillageBar, ...] = ()
    """未销号 and 已销号 of the villages that have any, most 未销号 first; few enough for a chart."""
    village_others: OtherVillages | None = None
    reminders: tuple[str, ...] = field(default=())
    assessment: Assessment | None = None
    style: ReportStyle = field(default_factory=ReportStyle)
    """How the town's reports are headed and signed."""
    text: ReportText | None = None
    """What people wrote into this report; in `problems` and `next_steps` it is put in already."""
    people: frozenset[str] = frozenset()
    """Whose names are veiled in this report's free text; nobody's where it stays inside."""
    edition: Edition | None = None
    """None: a draft, which was not issued."""
    provenance: Provenance = field(default_factory=Provenance)
