"""The monthly report as an Excel workbook: every number, the village table, the lists in full.

It says the same as Word and HTML, from the same value; what is too long for a Word annex is here.
"""

from __future__ import annotations

from collections.abc import Sequence

from swm.domain.periodwords import words_of
from swm.domain.tablesources import CODE, DAY, FREE, NUMBER, SHARE
from swm.frozen import frozen
from swm.render import monthly
from swm.render.discretion import veil_for
from swm.render.letterhead import chinese_date
from swm.render.monthlyvalues import Named
from swm.render.provenance import about
from swm.render.sheets import INTERNAL_MARK, Cell, Head, Sheet
from swm.render.workbook import workbook
from swm.reports.audiences import INTERNAL
from swm.reports.definitions import FIGURES
from swm.reports.monthly import RATES
from swm.reports.values import NONE, Entry, Monthly, Rate, Row


@frozen
class List:
    """A list of enterprises: its sheet, its title, what is said where nobody is in it."""

    sheet: str
    title: str
    none: str
    attribute: str
    """The report's own, whose entries it is made of."""
    names: str
    """The list as the templates know it."""
    day: str


LISTS = (
    List("未销号清单", "未销号“散乱污”企业清单", "没有未销号企业。", "open_list", "未销号名单", "期限"),
    List("本月新增", "新增“散乱污”企业清单", "本月没有新增企业。", "new_list", "新增名单", "列入日期"),
    List("本月销号", "销号“散乱污”企业清单", "本月没有企业销号。", "delisted_list", "销号名单", "销号日期"),
    List("超期", "超期未完成整治的“散乱污”企业清单", "没有超期未完成的企业。", "overdue_list", "超期名单", "期限"),
)  # fmt: skip


def month_workbook(report: Monthly) -> bytes:
    """The report as xlsx: the same value gives the same bytes."""
    names = monthly.context(report)
    sheets = (
        _numbers(report),
        _villages(report),
        *(
            _entries(report, listed, getattr(report, listed.attribute), names[listed.names])
            for listed in LISTS
        ),
        _supplements(report, names["补录名单"]),
        _ties(report),
        _about(report),
    )
    return workbook(sheets, monthly.title(report), report.period.end, about(report))


def _sheet(
    report: Monthly,
    name: str,
    title: str,
    columns: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    fixed: int = 0,
    unit: str = "",
    none: str = "",
) -> Sheet:
    """One sheet of the workbook, with what all of them say."""
    end, words = chinese_date(report.period.end), words_of(report.period)
    count = f"　共{len(rows)}{unit}" if unit else ""
    return Sheet(
        name=words.told(name),
        mark=INTERNAL_MARK if report.audience == INTERNAL else "",
        title=f"{report.town}{report.period.title}{title}",
        subtitle=f"截至{end}{count}",
        columns=columns,
        rows=rows,
        none=words.told(none),
        total=total,
        fixed=fixed,
        print_foot=f"台账版本 {report.version_short}，程序 {report.program}",
    )


def _numbers(report: Monthly) -> Sheet:
    """总表: every figure with all its columns, and how it is counted; then the rates."""
    columns = [
        Head("序号", sort=NUMBER),
        Head("数字"),
        Head("单位"),
        *(Head(name, sort=NUMBER) for name in ("本期", "上期", "增减")),
        *(Head(name, sort=NUMBER) for name in ("本年累计", "建账以来", "上年同期")),
        Head("口径", sort=FREE),
    ]
    words = words_of(report.period)
    rows: list[tuple[Cell, ...]] = []
    for name, f in report.figures.items():
        values = (f.value, f.previous, f.change, f.year, f.ever, f.last_year)
        told = (NONE if value is None else value for value in values)
        told_of = words.told(_definition(name))
        rows.append((len(rows) + 1, words.told(name), f.unit, *told, told_of))
    for name, rate in report.rates.items():
        rows.append((len(rows) + 1, name, "", rate.text, *[NONE] * 5, _parts(name, rate)))
    columns[3] = Head("本期", sort=SHARE)  # the rates' own; whole numbers are shown as such
    return _sheet(report, "总表", "“散乱污”企业整治工作数字总表", columns, rows, fixed=2)


def _definition(name: str) -> str:
    """How a figure is counted; of its parts by state, which state."""
    whole, _, part = name.partition("·")
    if name in FIGURES:
        return FIGURES[name].definition
    return f"{whole}中状态为{part}的" if part else f"未销号中状态为{whole}的"


def _parts(name: str, rate: Rate) -> str:
    """Of what a rate is the share: 已销号（21）÷底数（33）."""
    part, whole = RATES[name]
    return f"{part}（{rate.part}）÷{whole}（{rate.whole}）"


def _villages(report: Monthly) -> Sheet:
    """整治进展统计表: the table of the report's first annex, its total last."""
    columns = [
        Head(c.title, c.group, "" if c.title in ("村", "备注") else SHARE)
        for c in report.village_columns
    ]

    def cells(row: Row) -> list[Cell]:
        texts = (row.cells.get(column.key, "") for column in report.village_columns)
        return [int(text) if text.isdecimal() else text for text in texts]

    rows = [cells(row) for row in report.village_rows]
    total = cells(report.village_total)
    return _sheet(
        report,
        "整治进展统计表",
        "“散乱污”企业整治情况村级统计表",
        columns,
        rows,
        total=total,
        fixed=2,
    )


def _entries(
    report: Monthly, listed: List, entries: Sequence[Entry], lines: Sequence[Named]
) -> Sheet:
    """A list of enterprises, as the second annex has it: named days as days."""
    columns = [
        Head("序号", sort=NUMBER),
        Head("编号", sort=CODE),
        Head("企业名称"),
        Head("所在村"),
        Head("整治类别"),
        Head("整治状态"),
        Head(listed.day, sort=DAY),
        Head("备注", sort=FREE),
    ]
    rows: list[tuple[Cell, ...]] = []
    for entry, line in zip(entries, lines, strict=True):
        on = entry.deadline if listed.day == "期限" else entry.on
        id, firm, village = line["编号"], line["名称"], line["村"]
        rows.append(
            (len(rows) + 1, id, firm, village, line["类别"], line["状态"], on, line["备注"])
        )
    return _sheet(
        report,
        listed.sheet,
        listed.title,
        columns,
        rows,
        fixed=3,
        unit="家",
        none=listed.none,
    )


def _supplements(report: Monthly, lines: Sequence[Named]) -> Sheet:
    """补录: entered in the month for a day in an earlier one."""
    columns = [
        Head("序号", sort=NUMBER),
        Head("编号", sort=CODE),
        Head("企业名称"),
        Head("所在村"),
        Head("第几条记录", sort=NUMBER),
        Head("发生日期", sort=DAY),
        Head("说明", sort=FREE),
    ]
    rows = [
        (n, line["编号"], line["名称"], line["村"], entry.number, entry.on, line["说明"])
        for n, (entry, line) in enumerate(zip(report.supplements, lines, strict=True), start=1)
    ]
    return _sheet(
        report,
        "补录",
        "“散乱污”企业补录记录清单",
        columns,
        rows,
        fixed=3,
        unit="条",
        none="本月没有补录。",
    )


def _ties(report: Monthly) -> Sheet:
    """勾稽: both sides of every equation."""
    columns = [
        Head("序号", sort=NUMBER),
        Head("勾稽关系"),
        Head("左边"),
        Head("左边的数", sort=NUMBER),
        Head("右边"),
        Head("右边的数", sort=NUMBER),
        Head("结果"),
    ]
    told = words_of(report.period).told
    rows = [
        (
            n,
            t.name,
            told(t.left),
            t.left_value,
            told(t.right),
            t.right_value,
            "平" if t.holds else "不平",
        )
        for n, t in enumerate(report.ties, start=1)
    ]
    return _sheet(report, "勾稽", "“散乱污”企业整治数字勾稽表", columns, rows)


def _about(report: Monthly) -> Sheet:
    """数据说明: from what it was made, for whom."""
    veil = veil_for(report.audience, report.people)
    told = {
        "期间": f"{report.period.title}（{report.period.span}）",
        "口径": report.audience,
        "台账版本": report.version,
        "程序版本": report.program,
        "数字": "每个数字是一组记录的条数（人次除外，为人数之和），怎样计算见总表的“口径”一栏",
        "名单": f"每个数字的名单：swm figure 名称 --to {report.period.code}；网页报表中点数字可看",
        "比率": "保留一位小数，只有全部完成才显示100.0%；没有可算的印“—”",
        "重新生成": f"swm report {words_of(report.period).verb} {report.period.code} --format xlsx --at {report.version_short}",
        **{f"提醒{n}": veil.text(text) for n, text in enumerate(report.reminders, start=1)},
    }
    columns = [Head("项目"), Head("内容", sort=FREE)]
    return _sheet(report, "数据说明", "“散乱污”企业整治工作数据说明", columns, list(told.items()))
