"""The desk on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from swm.domain.calendar import day_named
from swm.render import terminal
from swm.render.terminal import Screen
from swm.render.text import visible, wrap
from swm.reports.desk import Desk, Line

MANY, FEW = 10, 5
"""How many lines of an urgent section are shown, and of any other; the rest is counted."""
_URGENT = {"超期", "举报超期", "违法生产未报告", "反弹未纳入"}
_MORE = {
    "超期": "swm list --overdue",
    "三十日内到期": "swm due",
    "举报超期": "swm complaint list --only 超期",
    "举报临期": "swm complaint list --only 未办结",
    "举报待核查": "swm complaint list --only 未核查",
    "属实未列入": "swm complaint list --only 属实未列入",
    "举报待答复": "swm complaint list --only 未答复",
    "七日内到期": "swm due --within 7",
    "待核查": "swm list --state 待核查",
    "应查未查": "swm figure 应查未查",
    "准入补充材料": "swm admit list --decision 补充材料",
    "违反保证": "swm letter breached",
    "保证书到期": "swm letter expiring",
    "应签保证书": "swm letter missing",
    "回头看": "swm lookback list",
    "无包保责任人": "swm figure 无包保责任人",
}
"""The command that lists a section in full."""


def desk_page(desk: Desk, town: str, screen: Screen) -> list[str]:
    """How the town stands, then section by section what waits."""
    stands = (
        f"底数 {desk.stock} 家，已销号 {desk.delisted} 家，未销号 {desk.unfinished} 家；"
        f"本月夜查 {desk.nights}/{desk.nights_wanted} 次"
    )
    lines = [f"{visible(town)} {day_named(desk.today)}", *wrap(stands, screen.room)]
    for name, waiting in desk.sections:
        colour = terminal.RED if name in _URGENT else terminal.BOLD
        lines += ["", f"{screen.tint(name, colour)}（{len(waiting)}）"]
        shown = MANY if name in _URGENT else FEW
        for line in waiting[:shown]:
            lines += _entry(line, screen.room)
        if len(waiting) > shown:
            more = _MORE.get(name)
            lines.append(f"  ……另有 {len(waiting) - shown} 项" + (f"：{more}" if more else ""))
    return lines if desk.sections else [*lines, "", "今天没有要办的事"]


def _entry(line: Line, room: int) -> Iterator[str]:
    named = f"{line.id} {visible(line.name)}".rstrip()
    who = f"{named}（{visible(line.village)}）：" if line.id else ""
    yield from wrap(f"  {who}{visible(line.text)}", room, "    ")
    yield f"    {visible(line.command)}"


def desk_document(desk: Desk) -> dict[str, Any]:
    """The desk by its Chinese keys."""
    return {
        "日期": desk.today,
        "底数": desk.stock,
        "已销号": desk.delisted,
        "未销号": desk.unfinished,
        "本月夜查": desk.nights,
        "夜查要求": desk.nights_wanted,
        "待办": [
            {
                "事项": line.section,
                "编号": line.id or None,
                "名称": line.name or None,
                "村": line.village or None,
                "内容": line.text,
                "日期": line.on,
                "命令": line.command,
            }
            for line in desk.lines
        ],
    }
