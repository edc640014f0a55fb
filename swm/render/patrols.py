"""Patrols, coverage, tonight's route, the draw and the duty roster, on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from swm.domain.corrections import effective
from swm.domain.draws import Lot
from swm.domain.dutyrecords import Shift
from swm.domain.patrolrecords import Patrol, is_premises
from swm.domain.records import OFFICIAL, Enterprise, Visit
from swm.render.terminal import Column, table
from swm.render.text import commas, visible, wrap
from swm.reports.patrolling import Cover, Coverage, Listed, Target

WEEK = "一二三四五六日"


def patrol_page(patrol: Patrol, firms: Mapping[str, Enterprise], room: int) -> list[str]:
    """One patrol: who went, then place by place what was seen."""
    if patrol.withdrawn:
        return [f"{patrol.id} 已撤销"]
    outing = patrol.outing
    lines = [f"{patrol.id} {visible(patrol.title)}", ""]
    for title, value in _about(patrol):
        lines += wrap(f"{title}  {visible(value)}", room, "    ") if value else []
    if outing.calls:
        lines += ["", "企业"]
        for called in outing.calls:
            firm = firms[called.enterprise]
            lines += _entry(
                f"{firm.id} {firm.name}（{firm.village}）", _seen(firm, called.number), room
            )
    if patrol.spots:
        lines += ["", "厂房和点位"]
        for spot in patrol.spots:
            what = spot.result + (f"，{spot.found}" if spot.found else "")
            head = spot.place if is_premises(spot.place) else f"点位 {spot.place}"
            where = f"（{spot.village}）" if spot.village else ""
            when = f"{spot.time} " if spot.time else ""
            lines += _entry(f"{head}{where}", f"{when}{what}（本档第{spot.number}条）", room)
    return lines


def _about(patrol: Patrol) -> Iterator[tuple[str, str | None]]:
    outing = patrol.outing
    yield "时间", f"{outing.start:%Y-%m-%d %H:%M} 至 {outing.end:%Y-%m-%d %H:%M}"
    yield "方式", outing.kind
    if outing.nature == OFFICIAL:
        yield "性质", OFFICIAL
        yield "检查机关", outing.agency
        yield "执法证号", "、".join(f"{name} {number}" for name, number in outing.licences.items())
        paper = outing.warrant
        yield "检查批准", f"{paper.person} {paper.on or ''} {paper.basis or ''}" if paper else None
    yield "带班领导", outing.leader
    yield "人员", commas(outing.people)
    yield "村", commas(outing.villages)
    if outing.drawn:
        scope = f"，范围：{outing.drawn.scope}" if outing.drawn.scope else ""
        yield "抽取", f"提交 {outing.drawn.seed}，{outing.drawn.count} 家{scope}"
    yield "录入", str(outing.entered_on)
    yield "备注", outing.note


def _seen(firm: Enterprise, number: int) -> str:
    """What the enterprise's record says."""
    for record in effective(firm.records):
        if record.number == number and isinstance(record, Visit):
            outside = "（外围查看）" if record.from_outside else ""
            found = f"，{record.found}" if record.found else ""
            when = f"{record.time} " if record.time else ""
            return f"{when}{record.result}{outside}{found}（第{number}条）"
    return f"第{number}条已撤销"


def _entry(head: str, text: str, room: int) -> list[str]:
    return wrap(f"  {visible(head)}：{visible(text)}", room, "    ")


def listed_table(found: Sequence[Listed], room: int | None) -> list[str]:
    """One patrol a line."""
    columns = (
        Column("编号"),
        Column("日期"),
        Column("方式"),
        Column("人员", shrink=True),
        Column("到了哪里", shrink=True),
    )
    return table(columns, [(p.id, p.on, p.kind, p.team, p.title) for p in found], room)


def listed_document(patrol: Listed) -> dict[str, Any]:
    """One patrol as JSON."""
    return {
        "编号": patrol.id,
        "日期": patrol.on,
        "方式": patrol.kind,
        "人员": patrol.team.split("、"),
        "企业家次": patrol.firms,
        "厂房和点位": patrol.spots,
        "到访": patrol.title,
    }


# --- coverage -----------------------------------------------------------------------------------


def coverage_page(coverage: Coverage, room: int | None) -> list[str]:
    """Village by village, then the enterprises that were not visited, or only from outside."""
    villages = coverage.by_village()
    columns = (
        Column("村", shrink=True),
        Column("应巡查", right=True),
        Column("已巡查", right=True),
        Column("其中仅外围", right=True),
        Column("未巡查", right=True),
        Column("覆盖率", right=True),
    )
    rows = [_village(name, numbers) for name, numbers in villages.items()]
    if len(villages) > 1:
        total = [sum(n[i] for n in villages.values()) for i in range(3)]
        rows.append(_village("合计", (total[0], total[1], total[2])))
    lines = table(columns, rows, room) if rows else []
    for title, wanted in (
        ("未巡查", [r for r in coverage.rows if not r.seen]),
        ("仅外围查看", [r for r in coverage.rows if r.only_outside]),
    ):
        if wanted:
            lines += ["", f"{title}（{len(wanted)}）"]
            lines += [line for row in wanted for line in _cover(row, room or 10_000)]
    return lines


def _village(name: str, numbers: tuple[int, int, int]) -> tuple[str, ...]:
    due, seen, outside = numbers
    return name, str(due), str(seen), str(outside), str(due - seen), rate(seen, due)


def rate(part: int, whole: int) -> str:
    """One decimal; 100.0% only when all is done; — of nothing."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole if part < whole else 1000
    rounded = min((part * 2000 + whole) // (2 * whole), 999) if part < whole else tenths
    return f"{rounded // 10}.{rounded % 10}%"


def _cover(row: Cover, room: int) -> list[str]:
    last = f"最近巡查 {row.last}" if row.last else "列入以来没有巡查记录"
    inside = f"，最近进门 {row.inside or '没有'}" if row.only_outside else ""
    text = f"  {row.id} {row.name}（{row.village}）：{row.state}，{last}{inside}"
    return wrap(visible(text), room, "    ")


def coverage_document(coverage: Coverage) -> dict[str, Any]:
    """Coverage as JSON."""
    return {
        "截止": coverage.today,
        "间隔": coverage.days,
        "村": [
            {
                "村": name,
                "应巡查": due,
                "已巡查": seen,
                "仅外围": outside,
                "覆盖率": rate(seen, due),
            }
            for name, (due, seen, outside) in coverage.by_village().items()
        ],
        "企业": [
            {
                "编号": r.id,
                "名称": r.name,
                "村": r.village,
                "状态": r.state,
                "最近巡查": r.last,
                "最近进门": r.inside,
                "已巡查": r.seen,
                "仅外围查看": r.only_outside,
            }
            for r in coverage.rows
        ],
    }


# --- tonight ------------------------------------------------------------------------------------


def route_page(targets: Sequence[Target], on: date, shift: Shift | None, room: int) -> list[str]:
    """A list to take along, with boxes to tick."""
    lines = [f"夜查路线 {on}（周{WEEK[on.weekday()]}） 共{len(targets)}处"]
    lines += wrap(f"带班：{on_duty(shift)}", room, "    ")
    village = None
    for number, target in enumerate(targets, start=1):
        if target.village != village:
            village = target.village
            lines += ["", visible(village)]
        where = f" {target.address}" if target.address else ""
        head = f"  □ {number} {target.id} {target.name}{where}"
        lines += wrap(visible(head), room, "      ")
        lines += wrap(visible(f"      {target.state}：{target.why}"), room, "      ")
    return lines


def on_duty(shift: Shift | None) -> str:
    """甲，组员 乙、丙."""
    if shift is None:
        return "值班表没有排"
    others = f"，组员 {commas(shift.people)}" if shift.people else ""
    return f"{visible(shift.leader)}{others}"


def route_document(targets: Sequence[Target], on: date, shift: Shift | None) -> dict[str, Any]:
    """The route as JSON, and as the template for printing sees it."""
    return {
        "日期": on,
        "星期": f"周{WEEK[on.weekday()]}",
        "带班": on_duty(shift),
        "处所": [
            {
                "序号": number,
                "编号": t.id,
                "名称": t.name,
                "村": t.village,
                "地址": t.address,
                "状态": t.state,
                "理由": t.why,
            }
            for number, t in enumerate(targets, start=1)
        ],
    }


def roster_table(shifts: Sequence[Shift], room: int | None) -> list[str]:
    """One day a line."""
    columns = (Column("日期"), Column("星期"), Column("带班领导"), Column("组员", shrink=True))
    rows = [(str(s.on), f"周{WEEK[s.on.weekday()]}", s.leader, "、".join(s.people)) for s in shifts]
    return table(columns, rows, room)


def lots_table(lots: Sequence[Lot], rows: Mapping[str, Any], room: int | None) -> list[str]:
    """The drawn sample, one enterprise a line, in the order of the draw."""
    columns = (
        Column("次序", right=True),
        Column("编号"),
        Column("名称", shrink=True),
        Column("村"),
        Column("状态"),
        Column("人员"),
    )
    cells = []
    for number, lot in enumerate(lots, start=1):
        row = rows[lot.id]
        people = "、".join(lot.people)
        cells.append((str(number), lot.id, row["name"], row["village"], row["state"], people))
    return table(columns, cells, room)
