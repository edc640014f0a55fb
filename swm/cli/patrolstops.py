"""The places of a patrol as the clerk types them: one by one, or all along a route but some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.domain.patrolrecords import POINT, SPOT_RESULTS
from swm.domain.patrols import PatrolRequest, Seen, SpotSeen
from swm.domain.records import RESULTS
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

LEFT_OUT = "未到"
LOOKING_BACK = "回头看"
_CLOCK = re.compile(r"(?P<time>\d{1,2}[:：]\d{2})\s+(?P<rest>.+)", re.S)
_COLON = re.compile("[:：]")


class Stop(NamedTuple):
    """One place as typed: an enterprise or 厂房 by its id, or a point by its name."""

    id: str
    result: str
    found: str | None
    time: str | None
    point: bool = False
    village: str | None = None


def typed_stops(call: Call, request: PatrolRequest) -> list[Stop]:
    """Every place of the patrol, in the order named. Raises `WrongUsage`."""
    listed = [s for text in call.typed["--visit"] or () for s in _typed(call, "--visit", text)]
    whole = call.typed["--all"]
    if whole is None:
        if call.typed["--except"]:
            raise WrongUsage("--except 和 --route、--all 一起写")
        if not listed:
            raise WrongUsage(
                "没有写明到了哪里",
                hint='写作 --visit "7:停产" --visit "点位:村东旧窑:未见异常"，'
                "或 --route 村 --all 停产",
            )
        return listed
    if not request.route:
        raise WrongUsage("--all 要和 --route 村 一起写")
    result = parsing.read("--all", whole, parsing.choice(RESULTS, "现场结果"))
    odd = [s for text in call.typed["--except"] or () for s in _typed(call, "--except", text)]
    others = {s.id: s for s in odd}
    on_route = _along(call, request)
    for stop in odd:
        if stop.id not in on_route:
            raise WrongUsage(f"--except：{stop.id} 不在路线上", hint="另外到的写 --visit")
    already = {s.id for s in listed}
    along = [others.get(id, Stop(id, result, None, None)) for id in on_route if id not in already]
    return [*listed, *(s for s in along if s.result != LEFT_OUT)]


def _along(call: Call, request: PatrolRequest) -> list[str]:
    """The enterprises that a round of the villages comes to: those on the books and not closed.

    A round of 回头看 comes to the closed ones.
    """
    closed = request.kind == LOOKING_BACK
    states = call.ledger.snapshot().policy.workflow.states
    wanted = {s.name for s in states if s.delisted == closed} - selection.OFF_THE_BOOKS
    found = [k.id for k in call.known if k.village in request.route and k.state in wanted]
    if not found:
        raise WrongUsage(
            f"{'、'.join(request.route)}没有要走的企业", hint="清单：swm list --village 村"
        )
    return found


def _typed(call: Call, option: str, text: str) -> list[Stop]:
    """`22:10 7:在产:说明`, `CF-0003:未见异常`, `点位:村东旧窑@俵口村:发现问题:说明`."""
    clock = _CLOCK.fullmatch(text.strip())
    time = (
        f"{parsing.read(option, clock['time'], parsing.moment(call.today)):%H:%M}"
        if clock
        else None
    )
    parts = [p.strip() for p in _COLON.split(clock["rest"] if clock else text.strip(), maxsplit=3)]
    point = parts[0] == POINT and len(parts) > 2
    if point:
        name, result, found = parts[1], parts[2], "：".join(parts[3:])
    elif len(parts) > 1 and parts[0] != POINT:
        name, result, found = parts[0], parts[1], "：".join(parts[2:])
    else:
        raise WrongUsage(
            f"{option}：“{text}”应写作 处:结果:说明",
            hint="例如 7:停产、CF-0003:未见异常、点位:村东旧窑:发现问题:有新堆的废料",
        )
    if point:
        place, _, village = name.partition("@")
        result = parsing.read(option, result, parsing.choice(SPOT_RESULTS, "点位结果"))
        return [Stop(place.strip(), result, found or None, time, True, village.strip() or None)]
    if name.upper().startswith("CF-"):
        result = parsing.read(option, result, parsing.choice(SPOT_RESULTS, "厂房结果"))
        return [Stop(selection.one_premises(call, [name]), result, found or None, time)]
    if option != "--except" or result != LEFT_OUT:
        result = parsing.read(option, result, parsing.choice(RESULTS, "现场结果"))
    return [Stop(id, result, found or None, time) for id in selection.several(call, [name])]


def is_firm(stop: Stop) -> bool:
    """Whether it is an enterprise; else it is 厂房 or a free point."""
    return not stop.point and not stop.id.startswith("CF-")


def refuse_strangers(outsiders: frozenset[str], stops: Sequence[Stop]) -> None:
    """Raise `WrongUsage` for those seen from outside that are no place of the patrol."""
    missing = sorted(outsiders - {stop.id for stop in stops})
    if missing:
        raise WrongUsage(f"--outside：{'、'.join(missing)} 不在这次巡查里")


def firm_seen(tx: Committed, stop: Stop, outsiders: frozenset[str]) -> Seen:
    """What was seen at an enterprise."""
    return Seen(tx.enterprise(stop.id), stop.result, stop.found, stop.time, stop.id in outsiders)


def spot_seen(tx: Committed, stop: Stop) -> SpotSeen:
    """What was seen at 厂房 or a free point."""
    place = stop.id if stop.point else tx.premises(stop.id)
    return SpotSeen(place, stop.result, stop.found, stop.time, stop.village)
