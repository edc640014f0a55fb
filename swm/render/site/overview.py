"""The site's first page and its villages: tiles, trend, table, and what each number stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swm.render.discretion import Veil
from swm.render.site.links import Links
from swm.render.site.lists import due_firms, entries_table, firms_table
from swm.render.site.tables import NOWRAP, NUMBER, Named, cell, column, row, table
from swm.reports.lists import Listed
from swm.reports.site import AHEAD, Site
from swm.reports.values import Column, Entry, Monthly, Row
from swm.reports.villages import RATE, REMARK, SUSPECTS, behind

TILES = ("底数", "未销号", "已销号", "本月新增", "本月销号", "超期", "本月回潮", "夜查次数")
COLUMNS = (
    "底数", "累计完成", "未完成", RATE, "本期新增", "完成", "回潮", "超期", "核减",
    "巡查家次", "回头看家次", "应签", "已签", "签订率",
)  # fmt: skip
"""The columns of the village table that the first page shows."""
TITLES = {"累计完成": "已销号", "未完成": "未销号", "本期新增": "本月新增", "完成": "本月销号"}
SOME = 10
"""How many of the most urgent the first page lists."""


def tiles(month: Monthly, known: Links) -> list[Named]:
    """The headline numbers."""
    found = [month.figures[name] for name in TILES if name in month.figures]
    return [
        {
            "名": f.name,
            "值": str(f.value),
            "单位": f.unit,
            "链": known.figures.get(f.name, ""),
            "比": "" if f.change is None else f"较上期{f.trend}" if f.change else "与上期持平",
            "类": "bad" if f.name == "超期" and f.value else "",
        }
        for f in found
    ]


def urgent(site: Site, categories: Mapping[str, str]) -> list[Named]:
    """The overdue and the next to fall due, the most urgent first."""
    late, near = due_firms(site, None), due_firms(site, AHEAD)
    return [
        firms_table(_some("超期", late), late[:SOME], site, categories),
        firms_table(_some(f"{AHEAD}日内到期", near), near[:SOME], site, categories),
    ]


def _some(title: str, found: Sequence[Listed]) -> str:
    shown = f"，列出最急的{SOME}家" if len(found) > SOME else ""
    return f"{title}（{len(found)}家{shown}）"


def village_overview(month: Monthly, known: Links) -> Named:
    """A row a village, the total first; each number leads to its records there."""
    keys = [c.key for c in month.village_columns if c.key in COLUMNS]
    keys.sort(key=COLUMNS.index)
    columns = [column("村", NOWRAP, head=True), *(column(TITLES.get(k, k), NUMBER) for k in keys)]
    rows = (month.village_total, *month.village_rows)
    return table(
        f"各村情况（{month.period.title}）",
        columns,
        (
            row(
                [
                    cell(each.cells["村"], known.village(each.cells["村"])),
                    *(cell(each.cells[key], _behind(each, key, known)) for key in keys),
                ],
                style="total" if each.total else "",
            )
            for each in rows
        ),
    )


def _behind(row: Row, key: str, known: Links) -> str:
    """Where a number of the village table leads; a zero and a rate lead nowhere."""
    found = behind(key)
    if found is None or row.cells.get(key, "") in ("", "0"):
        return ""
    if row.total:
        return known.figures.get(found[0], "")
    return known.village(row.cells["村"], key)


def village_page(
    site: Site, village: Row, known: Links, categories: Mapping[str, str], veil: Veil
) -> Named:
    """One village: its numbers, its enterprises, and the records behind each number."""
    month, name = site.month, village.cells["村"]
    firms = [firm for firm in site.firms if firm.village == name]
    lists = []
    numbers = []
    for each in month.village_columns:
        value = village.cells.get(each.key, "")
        if each.key in ("序号", "村") or not value:
            continue
        title = _title(each)
        here = _records(month, each.key, name)
        numbers.append({"名": title, "值": value, "链": f"#{each.key}" if here else ""})
        if here:
            told = f"{title}（{len(here)}{_unit(month, each.key)}）"
            lists.append(entries_table(told, here, known, categories, veil, id=each.key))
    return {
        "村": name,
        "各数": numbers,
        "企业表": firms_table(f"{name}的企业（{len(firms)}家）", firms, site, categories, "firms"),
        "各表": lists,
    }


def _records(month: Monthly, key: str, village: str) -> list[Entry]:
    """The records that a number of the village's row counts."""
    found = behind(SUSPECTS if key == REMARK else key)
    if found is None or found[0] not in month.figures:
        return []
    figure, category = found
    return [
        e
        for e in month.figures[figure].entries
        if e.village == village and category in ("", e.category)
    ]


def _unit(month: Monthly, key: str) -> str:
    found = behind(SUSPECTS if key == REMARK else key)
    return month.figures[found[0]].unit if found else ""


def _title(column: Column) -> str:
    if column.key == REMARK:
        return SUSPECTS
    title = TITLES.get(column.title, column.title)
    return f"{column.group}·{title}" if column.group else title


def trend_table(month: Monthly) -> Named:
    """The chart's numbers."""
    columns = (
        column("月份", NOWRAP, head=True),
        *(column(n, NUMBER) for n in ("未销号", "本月销号", "本月新增")),
    )
    rows = (row([cell(p.label), cell(p.open), cell(p.delisted), cell(p.new)]) for p in month.trend)
    return table("图中数据", columns, rows)
