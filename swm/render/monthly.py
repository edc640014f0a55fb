"""A report as its templates see it: Chinese names for plain dicts, lists and text.

This is where a value becomes text. Word and HTML get the very same names, so both say the same.
What a report calls its period (本月, 较上季度) comes from `domain.periodwords`. Nothing is added up
here. An office that edits a template works with these names and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import overload

from swm.domain.periods import YEAR
from swm.domain.periodwords import (
    BY_THE_MONTH,
    PeriodWords,
    days_of,
    ends_a_month,
    heading_of,
    whole_months,
    words_of,
)
from swm.render import provenance
from swm.render.charts import telling
from swm.render.discretion import Veil, veil_for
from swm.render.letterhead import chinese_date, letterhead, written
from swm.render.monthlyvalues import (
    Named,
    entry_names,
    figure_names,
    occurring,
    rate_names,
    tie_names,
)
from swm.render.spread import spread
from swm.reports.audiences import UPWARD
from swm.reports.values import Assessment, Entry, Figure, Monthly, OtherVillages

OPEN_STATES = ("待整治", "清理中", "搬迁中", "整改中", "执法中")
DELISTINGS = ("本月销号·已取缔", "本月销号·已搬迁", "本月销号·已整改")
BY_COUNTY = ("本月报区验收", "区验收退回", "区验收销号", "上级直接销号")
"""What only a ledger has whose enterprises the county delists."""
REAPPEARANCES = ("原址再生", "异地转移")
ANNEX_ROWS = 500
"""The longest list that a Word annex prints, about twenty-five pages: with thousands of rows Word
takes half a minute to open the report, and nobody reads them on paper."""
SHEETS = {
    "未销号名单": ("未销号企业", "未销号清单", "open_list", "家"),
    "新增名单": ("本月新增企业", "本月新增", "new_list", "家"),
    "销号名单": ("本月销号企业", "本月销号", "delisted_list", "家"),
    "补录名单": ("本月补录", "补录", "supplements", "条"),
}
"""Each list of the Word annexes: what it is of, the sheet of the workbook that holds it in full,
where the report has it, its unit."""
YEAR_ON_YEAR = {
    "未销号": "未销号企业",
    "本月新增": "新增企业",
    "本月销号": "销号企业",
    "巡查次数": "巡查",
    "举报收到": "举报投诉和交办事项",
}
"""What is compared with 上年同期 in a sentence, and what it is called there."""
SOME = 3
"""How many villages a sentence names."""
DIGITS = "零一二三四五六七八九十"


def context(report: Monthly) -> Named:
    """Every name a monthly template may use."""
    told = partial(figure_names, period=report.period)
    figures = {name: told(figure) for name, figure in report.figures.items()}
    words = words_of(report.period)
    categories = category_names(report)
    overdue = frozenset(entry.id for entry in report.overdue_list)
    veil = veil_for(report.audience, report.people)

    def listed(entries: Sequence[Entry]) -> Lines:
        return Lines(
            entries, partial(entry_names, categories=categories, overdue=overdue, veil=veil)
        )

    for name, figure in report.figures.items():
        figures[name]["名单"] = listed(figure.entries)
    return {
        "镇": report.town,
        "区": report.county,
        "期间": report.period.title,
        "期间名": heading_of(report.period),
        "起止": days_of(report.period),
        "期末": chinese_date(report.period.end),
        "整月": whole_months(report.period),
        "文种": words.paper,
        "本期词": words.this,
        "上期词": words.last,
        "期末词": words.close,
        "到期词": words.coming,
        "受众": report.audience,
        "版本": report.version,
        "短版本": report.version_short,
        "程序": report.program,
        "数字": figures,
        "各指标": [
            figures[name]
            for name in report.figures
            if whole_months(report.period) or name not in BY_THE_MONTH
        ],
        "比率": {name: rate_names(rate) for name, rate in report.rates.items()},
        "各类": [
            {"名称": categories[name], "底数": told(total), "已销号": told(done)}
            for name, _, total, done in report.categories
            if total.value
        ],
        "各状态": occurring(figures, OPEN_STATES),
        "各去向": occurring(figures, DELISTINGS),
        "区级": any(_happened(report.figures[name]) for name in BY_COUNTY),
        "各再生": occurring(figures, REAPPEARANCES),
        "各同比": _year_on_year(report),
        "各村": [
            {"名称": village, "文": f"{count}家"}
            for village, count in sorted(report.villages_open, key=lambda each: -each[1])
            if count
        ],
        "分布": spread(report.villages_open),
        "应报未报村": _silent(report.figures["应报未报"]),
        "未销号名单": listed(report.open_list),
        "新增名单": listed(report.new_list),
        "超期名单": listed(report.overdue_list),
        "销号名单": listed(report.delisted_list),
        "补录名单": listed(report.supplements),
        "有上期": any(figure.previous is not None for figure in report.figures.values()),
        "勾稽": [tie_names(tie, line, words) for line, tie in enumerate(report.ties, start=1)],
        "不平": sum(not tie.holds for tie in report.ties),
        "趋势": [
            {"月份": p.label, "未销号": p.open, "当月销号": p.delisted, "当月新增": p.new}
            for p in telling(report.trend)
        ],
        "各村进展": [
            {"村": bar.village, "未销号": bar.open, "已销号": bar.delisted}
            for bar in report.village_bars
        ],
        "其余各村": _others(report.village_others),
        "另附": {name: _elsewhere(report, name, words) for name in SHEETS},
        "趋势词": _trend_word(report),
        "存在问题": _numbered(_own_words(report, "problems", veil)),
        "下一步工作": _numbered(_own_words(report, "next_steps", veil)),
        "补充": written(report.text, veil),
        "提醒": list(report.reminders),
        "考核": _assessment(report.assessment),
        "村表": village_table(report),
        **letterhead(report, veil),
        **provenance.named(report, veil),
    }


def too_long(report: Monthly) -> bool:
    """Whether a list of the report is too long for its Word annex, so that the workbook is due."""
    words = words_of(report.period)
    return any(_elsewhere(report, name, words) for name in SHEETS)


def _elsewhere(report: Monthly, name: str, words: PeriodWords) -> str:
    """Where a list stands that is too long for an annex; empty for one that is not."""
    named, place, attribute, unit = SHEETS[name]
    what, sheet = words.told(named), words.told(place)
    count = len(getattr(report, attribute))
    if count <= ANNEX_ROWS:
        return ""
    book = f"{report.period.code}{words.paper}.xlsx"
    return f"{what}共{count}{unit}，名单见同名Excel文件“{book}”的“{sheet}”表，与本报告一并报送。"


class Lines(Sequence[Named]):
    """A list's lines, each made when a template comes to it: most lists of a report are not shown."""

    def __init__(self, entries: Sequence[Entry], line: Callable[[Entry, int], Named]) -> None:
        self._entries, self._line = entries, line

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Named: ...
    @overload
    def __getitem__(self, place: slice) -> list[Named]: ...
    def __getitem__(self, place: int | slice) -> Named | list[Named]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return self._line(self._entries[place], range(len(self))[place] + 1)


def _assessment(told: Assessment | None) -> Named:
    """村级考核: how many of each 等次, who is first and who is last."""
    if told is None or told.on is None:
        return {"期间": told.title if told else "", "公布": ""}
    return {
        "期间": told.title,
        "公布": f"已于{chinese_date(told.on)}公布",
        "更正": f"（更正版第{told.edition - 1}次）" if told.edition > 1 else "",
        "参评": told.villages,
        "不参评": told.left_out,
        "各等次": [{"名称": name, "文": f"{count}个村"} for name, count in told.grades if count],
        "一致": told.best_points == told.least_points,
        "最高": _villages_named(told.best),
        "最高分": told.best_points,
        "最低": _villages_named(told.least),
        "最低分": told.least_points,
    }


def _villages_named(villages: Sequence[str]) -> str:
    """俵口村、雁滩村; 等 when there are more than three."""
    named = "、".join(villages[:SOME])
    return f"{named}等{len(villages)}个村" if len(villages) > SOME else named


def title(report: Monthly) -> str:
    """The report's title on one line, as the files' properties have it."""
    paper = words_of(report.period).paper
    return f"{report.town}{report.period.title}“散乱污”企业整治工作情况{paper}"


def chinese_number(number: int) -> str:
    """一 to 九十九, as the ordinals 一是、二是 need them."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    head = "" if tens == 1 else DIGITS[tens]
    return f"{head}十{DIGITS[ones] if ones else ''}"


def village_table(report: Monthly) -> Named:
    """The village table: a heading of two rows, the total first, then a row a village.

    上 holds what stands in the heading's first row: a group over 跨 columns, or (跨 0) one column
    that takes both rows; 下 holds the columns under groups. 位 is a column's place, from 0.
    """
    columns = report.village_columns
    upper: list[Named] = []
    lower: list[Named] = []
    for group, members in groupby(enumerate(columns), key=lambda each: each[1].group):
        found = [{"名称": column.title, "位": place, "跨": 0} for place, column in members]
        if group:
            upper.append({"名称": group, "位": found[0]["位"], "跨": len(found)})
            lower += found
        else:
            upper += found
    rows = (report.village_total, *report.village_rows)
    cells = [[row.cells.get(column.key, "") for column in columns] for row in rows]
    return {
        "列": [column.title for column in columns],
        "上": upper,
        "下": lower,
        "行": [{"合计": row.total, "格": line} for row, line in zip(rows, cells, strict=True)],
    }


def _silent(figure: Figure) -> str:
    """How many villages missed a month: 2个村, of several months 2个村、3村次."""
    villages = len({entry.village for entry in figure.entries})
    return f"{villages}个村" + (f"、{figure.text}" if figure.value > villages else "")


def _others(others: OtherVillages | None) -> Named | None:
    """The villages that the chart has no room for."""
    if others is None:
        return None
    return {
        "村数": f"{others.villages}个村",
        "未销号": f"{others.open}家",
        "已销号": f"{others.delisted}家",
    }


def _happened(figure: Figure) -> bool:
    """Whether there has ever been any."""
    return bool(figure.value or figure.ever)


def category_names(report: Monthly) -> dict[str, str]:
    """What each category is called for this audience."""
    upwards = report.audience == UPWARD
    return {name: above if upwards else name for name, above, _, _ in report.categories}


def _year_on_year(report: Monthly) -> list[Named]:
    """Each figure against 上年同期, as far as there is one; a year's own 上期 is the same."""
    if report.period.kind == YEAR:
        return []
    return [
        {"名称": name, "文": change}
        for key, name in YEAR_ON_YEAR.items()
        if (change := report.figures[key].against(report.figures[key].last_year))
    ]


def _trend_word(report: Monthly) -> str:
    """近 where the last month of the trend ends with the report's period, else 此前."""
    return "近" if ends_a_month(report.period) else "此前"


def _own_words(report: Monthly, section: str, veil: Veil) -> Sequence[str]:
    """The section's sentences; in those that a person wrote, people are veiled as everywhere."""
    sentences: Sequence[str] = getattr(report, section)
    written_by_hand = report.text and getattr(report.text, section)
    return [veil.text(each) for each in sentences] if written_by_hand else sentences


def _numbered(sentences: Sequence[str]) -> list[Named]:
    """一是、二是 before each sentence; nothing before the only one."""
    if len(sentences) == 1:
        return [{"序": "", "文": sentences[0]}]
    return [
        {"序": f"{chinese_number(number)}是", "文": sentence}
        for number, sentence in enumerate(sentences, start=1)
    ]
