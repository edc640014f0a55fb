"""Invented reports to try a template on: an ordinary town, an empty one, one full of odd text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from swm.domain.fields import table
from swm.domain.periods import Period
from swm.domain.reportstyle import RED, ReportStyle
from swm.domain.reporttexts import PARAGRAPHS, ReportText
from swm.reports.audiences import INTERNAL
from swm.reports.monthly import RATES
from swm.reports.values import (
    Assessment,
    Column,
    Edition,
    Entry,
    Figure,
    Monthly,
    OtherVillages,
    Point,
    Provenance,
    Rate,
    Remark,
    Row,
    Tie,
    VillageBar,
)

MONTH = Period.month(2026, 10)
VERSION = "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09"
VILLAGES = ("俵口村", "东堤村", "大杨村")
CATEGORIES = (("关停取缔", "关停取缔类"), ("搬迁改造", "整合搬迁类"), ("限期整改", "升级改造类"))
COLUMNS = (
    Column("序号", "序号"),
    Column("村", "村"),
    *(Column(f"关停取缔{title}", title, "关停取缔") for title in ("应完成", "已完成")),
    Column("未完成", "未完成"),
)
ODD = (
    "甲&乙厂",
    "<b>粗体</b>作坊",
    "{{ 7*7 }}厂",
    "{% for x in y %}厂",
    "{_{ 花括号 }_}厂",
    "</w:t></w:r></w:p><w:p>厂",
    "\"引号\"与'单引号'“厂”",
    "&amp;实体&#60;厂",
    "=1+1厂",
    "[red]红[/red]厂",
    "左\u202e右\u200b厂",
    "响\x07铃\x0c厂",
    "代理\ud800对厂",
    "换\n行\t厂",
    "生僻字𠮷厂",
    "很长" * 60 + "厂",
)
"""Names as nobody should bear them. Each must come out as it is, or spelled out where it cannot
be seen."""


def monthly_specimens(figures: Mapping[str, str]) -> dict[str, Monthly]:
    """Reports by what they are; `figures` are the names of the figures with their units."""
    return {"寻常": ordinary(figures), "空白": empty(figures), "怪字": odd(figures)}


def ordinary(figures: Mapping[str, str]) -> Monthly:
    """A month in which something of everything happened."""
    entries = tuple(_entry(at, f"{village}第{at}厂", village) for at, village in _placed(3))
    return Monthly(
        town="俵口镇",
        county="宁河区",
        period=MONTH,
        audience=INTERNAL,
        version=VERSION,
        version_short=VERSION[:10],
        program="swm 0.0.0",
        figures={n: Figure(n, unit, entries, 3, 2, 7, 9, 1) for n, unit in figures.items()},
        rates={name: Rate(2, 3) for name in RATES},
        categories=tuple(
            (name, above, Figure("底数", "家", entries, 3), Figure("已销号", "家", entries[:1], 1))
            for name, above in CATEGORIES
        ),
        village_columns=COLUMNS,
        village_rows=tuple(_row(str(at), name) for at, name in enumerate(VILLAGES, start=1)),
        village_total=_row("", "合计", total=True),
        ties=(
            Tie("期末底数", "底数", "各村底数之和", 3, 3),
            Tie("未销号", "未销号", "各状态", 3, 2),
        ),
        open_list=entries,
        overdue_list=entries[:1],
        new_list=entries,
        delisted_list=entries,
        supplements=entries,
        trend=(Point("9月", 4, 1, 2), Point("10月", 3, 2, 1)),
        problems=("超期未完成整治的企业仍有1家。", "夜间偷产仍未根除。"),
        next_steps=("逐家复查。", "保持夜查频次。"),
        villages_open=tuple((village, 1) for village in VILLAGES),
        village_bars=tuple(VillageBar(village, 1, 2) for village in VILLAGES),
        village_others=OtherVillages(2, 3, 4),
        reminders=("有1条提醒。",),
        assessment=_assessment(VILLAGES),
        style=_style("俵口镇党政办公室"),
        text=_text(("这一段是人写的。",), "俵整〔2026〕8号"),
        edition=_edition(("未销号",), "有1条记录补录以后重出"),
        provenance=_provenance(("第3条的日期写错了",)),
    )


def empty(figures: Mapping[str, str]) -> Monthly:
    """A ledger that holds nothing yet: every figure 0, every list empty."""
    return replace(
        ordinary(figures),
        county="",
        figures={n: Figure(n, unit, (), 0) for n, unit in figures.items()},
        rates={name: Rate(0, 0) for name in RATES},
        categories=tuple(
            (name, above, Figure("底数", "家", (), 0), Figure("已销号", "家", (), 0))
            for name, above in CATEGORIES
        ),
        village_rows=(),
        ties=(),
        open_list=(),
        overdue_list=(),
        new_list=(),
        delisted_list=(),
        supplements=(),
        trend=(),
        problems=("本月未发现突出问题。",),
        next_steps=("继续开展夜查。",),
        villages_open=(),
        village_bars=(),
        village_others=None,
        reminders=(),
        assessment=None,
        style=ReportStyle(),
        text=None,
        edition=None,
        provenance=Provenance(),
    )


def odd(figures: Mapping[str, str]) -> Monthly:
    """The ordinary month with every text that people type replaced by something odd."""
    entries = tuple(_entry(at, name, name, name) for at, name in enumerate(ODD, start=1))
    base = ordinary(figures)
    return replace(
        base,
        town="俵&<口>镇",
        county="宁'河\"区",
        figures={n: Figure(n, unit, entries, len(ODD)) for n, unit in figures.items()},
        village_rows=tuple(_row(str(at), name) for at, name in enumerate(ODD, start=1)),
        ties=tuple(Tie(name, name, name, 1, 2) for name in ODD),
        open_list=entries,
        overdue_list=entries,
        new_list=entries,
        delisted_list=entries,
        supplements=entries,
        trend=tuple(Point(name, 1, 1, 1) for name in ODD[:12]),
        problems=ODD,
        next_steps=ODD,
        villages_open=tuple((name, 1) for name in ODD),
        village_bars=tuple(VillageBar(name, 1, 1) for name in ODD),
        reminders=ODD,
        assessment=_assessment(ODD),
        style=_style(ODD[0]),
        text=_text(ODD, ODD[1]),
        edition=_edition(ODD, ODD[2]),
        provenance=_provenance(ODD),
    )


def _placed(count: int) -> list[tuple[int, str]]:
    return list(enumerate((VILLAGES * count)[:count], start=1))


def _entry(number: int, name: str, village: str, note: str = "超期") -> Entry:
    return Entry(
        id=f"BK-{number:04}",
        name=name,
        village=village,
        category="关停取缔",
        state="清理中",
        on=date(2026, 10, 12),
        deadline=date(2026, 10, 20),
        number=number,
        note=note,
        people=number,
    )


def _row(index: str, village: str, *, total: bool = False) -> Row:
    cells = {column.key: "1" for column in COLUMNS}
    return Row(cells | {"序号": index, "村": village}, total)


def _assessment(villages: Sequence[str]) -> Assessment:
    return Assessment(
        "2026年第三季度",
        on=date(2026, 10, 12),
        edition=2,
        grades=(("优秀", 2), ("合格", 1)),
        best=tuple(villages),
        best_points="98.5",
        least=tuple(villages[-1:]),
        least_points="72",
        left_out=1,
    )


def _style(somebody: str) -> ReportStyle:
    """A town whose reports bear the red head, with every line of it written."""
    return ReportStyle(
        head=RED,
        mark=(f"{somebody}文件",),
        issuer=somebody,
        signer=somebody,
        to=somebody,
        copies=somebody,
        signature=somebody,
    )


def _text(paragraphs: tuple[str, ...], number: str) -> ReportText:
    """What people wrote, the same after every section."""
    written: dict[str, Any] = {
        row.attribute: paragraphs for row in table(ReportText) if row.kind == PARAGRAPHS
    }
    return ReportText(period=MONTH.code, number=number, note=number, **written)


def _edition(what: Sequence[str], reason: str) -> Edition:
    changes = tuple((name, "3家", "2家") for name in what)
    absent = tuple(what)
    number, signer = "俵整〔2026〕9号", "章丙水"
    return Edition(
        2, number, signer, reason, changes, len(absent) + 1, absent, joined=tuple(what), gone=absent
    )


def _provenance(what: Sequence[str]) -> Provenance:
    remarks = tuple(Remark(date(2026, 10, 9), words, words) for words in what)
    return Provenance(
        anchor=" ".join(("2026", "1000", "1712", *["AB12"] * 17)),
        corrections=remarks,
        outside=remarks,
        rules=remarks,
        unapproved=tuple(what),
        previous="2026年9月（首次印发，2026-10-08）",
    )
