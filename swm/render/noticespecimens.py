"""Invented notices and routes to try a template on: ordinary, empty, full of odd text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from swm.domain.dutyrecords import Shift
from swm.domain.periods import Period
from swm.domain.reportstyle import ReportStyle
from swm.render.patrols import route_document
from swm.render.specimens import MONTH, ODD, VERSION, VILLAGES
from swm.reports.patrolling import Target
from swm.reports.public import UNDERWAY, Again, Public, Shown


def public_specimens() -> dict[str, Public]:
    """公示 by what they are; the empty one is on a week, whose days stand below the title."""
    ordinary = Public(
        town="俵口镇",
        period=MONTH,
        version=VERSION,
        program="swm 0.0.0",
        style=ReportStyle(feedback="电话 022-00000000"),
        dated=date(2026, 11, 5),
        underway=_shown(VILLAGES, UNDERWAY),
        finished=_shown(VILLAGES, "已取缔"),
    )
    empty = replace(
        ordinary,
        period=Period.week(date(2026, 10, 10)),
        style=ReportStyle(),
        underway=(),
        finished=(),
    )
    odd = replace(
        ordinary,
        town="俵&<口>镇",
        style=ReportStyle(signature=ODD[0], feedback=ODD[3]),
        underway=_shown(ODD, UNDERWAY),
        finished=_shown(ODD, ODD[1]),
        again=Again(2, date(2026, 11, 20), ODD[2]),
    )
    return {"寻常": ordinary, "空白": empty, "怪字": odd}


def _shown(names: Sequence[str], result: str) -> tuple[Shown, ...]:
    return tuple(Shown(name, name, "关停取缔类", result) for name in names)


def route_specimens() -> dict[str, dict[str, Any]]:
    """Routes by what they are."""
    return {
        "寻常": _route(VILLAGES, "贺壬土"),
        "空白": route_document([], MONTH.end, None),
        "怪字": _route(ODD, ODD[0]),
    }


def _route(places: Sequence[str], leader: str) -> dict[str, Any]:
    targets = [
        Target(f"BK-{number:04}", name, name, name, "清理中", name)
        for number, name in enumerate(places, start=1)
    ]
    shift = Shift(on=MONTH.end, leader=leader, people=tuple(places))
    return route_document(targets, MONTH.end, shift)
