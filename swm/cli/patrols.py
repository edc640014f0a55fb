"""`swm patrol`: one patrol over several places, one commit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from swm.cli import lastused, parsing, party, patrolplans, selection
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.prompts import Answers, Question, complete
from swm.domain import patrols
from swm.domain.edits import Change
from swm.domain.fields import BadValue, fragment, plain
from swm.domain.inspections import NIGHT
from swm.domain.kinds import PATROL
from swm.domain.patrolrecords import POINT, SPOT_RESULTS, Drawn, Patrol
from swm.domain.patrols import PatrolRequest, Seen, SpotSeen
from swm.domain.records import RESULTS, VISIT_KINDS
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = noun("patrol", "成组巡查：一次走几处，一次登记。")
app.registered_commands += patrolplans.app.registered_commands

LEFT_OUT = "未到"
LOOKING_BACK = "回头看"
KINDS = tuple(kind for kind in VISIT_KINDS if kind != "验收")
_CLOCK = re.compile(r"(?P<time>\d{1,2}[:：]\d{2})\s+(?P<rest>.+)", re.S)
_COLON = re.compile("[:：]")
_DRAWN = re.compile(r"(?P<seed>\w+)[:：](?P<count>\d+)(?:[:：](?P<scope>.+))?")


class Stop(NamedTuple):
    """One place as typed: an enterprise or 厂房 by its id, or a point by its name."""

    id: str
    result: str
    found: str | None
    time: str | None
    point: bool = False
    village: str | None = None


@app.command("add", cls=Writing, help="登记一次成组巡查。最后一行以编号开头。")
def add(
    context: typer.Context,
    on: Annotated[o.Text, o.text("--on", "时间", "出发的时间，如 2026-11-03 21:30")] = None,
    until: Annotated[o.Text, o.text("--until", "时间", "结束的时间；过了午夜写 00:40")] = None,
    kind: Annotated[o.Text, o.text("--kind", "方式", "、".join(KINDS))] = None,
    leader: Annotated[o.Text, o.text("--leader", "姓名", "带班领导；夜查不写就按值班表")] = None,
    by: Annotated[o.Text, o.text("--by", "人员", "组员，不含带班领导；夜查不写就按值班表")] = None,
    visit: Annotated[
        o.Many,
        o.text("--visit", "处:结果:说明", "企业、厂房编号或 点位:名称@村；可写多次，前面可写时刻"),
    ] = None,
    route: Annotated[
        o.Text, o.text("--route", "村", "走遍这些村里在册的企业，与 --all 合用")
    ] = None,
    everywhere: Annotated[o.Text, o.text("--all", "结果", "路线上各家的结果")] = None,
    exceptions: Annotated[
        o.Many, o.text("--except", "企业:结果:说明", "路线上不同的几家；没有到的写 未到")
    ] = None,
    outside: Annotated[o.Text, o.text("--outside", "企业", "只从外面查看的几家")] = None,
    police_at: party.PoliceAt = None,
    police_came: party.PoliceCame = None,
    reported_at: party.ReportedAt = None,
    officers_came: party.OfficersCame = None,
    kept_order: party.KeptOrder = None,
    nature: party.Nature = None,
    agency: party.Agency = None,
    licence: party.Licence = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    drawn: Annotated[
        o.Text,
        o.text("--drawn", "提交:家数", "按 swm patrol draw 抽取的名单出巡的，写明提交和家数"),
    ] = None,
    note: o.Note = None,
) -> None:
    """Record one patrol. The options are read from `call.typed`."""
    call = Call.of(context)
    used = lastused.recall(call.ledger.root) if call.interactive else {}
    typed: dict[str, str | None] = {
        name: text for name, text in call.typed.items() if isinstance(text, str)
    }
    first = complete(_when_and_how(call.today), typed, call.screen, call.ask)
    start: datetime = first["--on"]
    typed, rostered = party.by_roster(call, first["--kind"], start.date(), typed)
    answers = {**first, **complete(_who(used, first), typed, call.screen, call.ask)}
    request = _request(call, start, answers)
    stops = _stops(call, request)
    outsiders = frozenset(selection.several(call, [outside]) if outside else ())
    _refuse_strangers(outsiders, stops)

    def decide(tx: Committed) -> Change:
        seen = [_seen(tx, stop, outsiders) for stop in stops if _is_firm(stop)]
        spots = [_spot(tx, stop) for stop in stops if not _is_firm(stop)]
        ids = tx.ids(PATROL)
        return patrols.add(ids, request, seen, spots, tx.policy, tx.settings, call.today, rostered)

    call.record(decide, id_first=True)
    call.remember({"人员": "、".join(request.people), "带班领导": request.leader})


def _when_and_how(today: date) -> Sequence[Question]:
    return (
        Question(
            option="--on",
            title="出发的时间（如 2026-11-03 21:30）",
            reader=parsing.moment(today),
        ),
        Question(option="--until", title="结束的时间（过了午夜写 00:40）", reader=str.strip),
        Question(
            option="--kind",
            title="巡查方式",
            reader=parsing.choice(VISIT_KINDS, "巡查方式"),
            choices=KINDS,
        ),
    )


def _who(used: Mapping[str, str], known: Answers) -> Sequence[Question]:
    return (
        Question(
            option="--leader",
            title="带班领导",
            reader=str.strip,
            suggested=used.get("带班领导"),
            by_rule=True,
            when=lambda answers: known["--kind"] == NIGHT,
        ),
        Question(
            option="--by",
            title="组员（不含带班领导，几人用顿号隔开）",
            reader=parsing.words,
            suggested=used.get("人员"),
            by_rule=True,
        ),
    )


def _request(call: Call, start: datetime, answers: Answers) -> PatrolRequest:
    on, clock = start.date(), f"{start:%H:%M}"
    until = parsing.read("--until", answers["--until"], parsing.moment(call.today, on))
    if until <= start and "-" not in answers["--until"]:
        until += timedelta(days=1)
    return PatrolRequest(
        start=start,
        end=until,
        kind=answers["--kind"],
        people=answers.get("--by", ()),
        leader=answers.get("--leader"),
        route=_villages(call, on),
        **party.lawful(call, on),
        **party.told_times(call, on, clock),
        drawn=_drawn(call),
        note=parsing.joined(call.typed["--note"]),
    )


def _villages(call: Call, on: date) -> tuple[str, ...]:
    names = call.ledger.snapshot().settings.village_names(on)
    read = parsing.village(names)
    return tuple(read(part) for part in parsing.words(call.typed["--route"] or ""))


def _drawn(call: Call) -> Drawn | None:
    """`提交:家数` as the record keeps it: the commit in full, so that anybody can draw again."""
    text = call.typed["--drawn"]
    if text is None:
        return None
    found = _DRAWN.fullmatch(text.strip())
    if not found or int(found["count"]) == 0:
        raise WrongUsage("--drawn：写作 提交:家数", hint="照 swm patrol draw 最后一行抄写")
    seed = call.ledger.resolve(found["seed"])
    return Drawn(seed=seed, count=int(found["count"]), scope=found["scope"])


# --- the places ---------------------------------------------------------------------------------


def _stops(call: Call, request: PatrolRequest) -> list[Stop]:
    """Every place of the patrol, in the order named."""
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


def _is_firm(stop: Stop) -> bool:
    return not stop.point and not stop.id.startswith("CF-")


def _refuse_strangers(outsiders: frozenset[str], stops: Sequence[Stop]) -> None:
    missing = sorted(outsiders - {stop.id for stop in stops})
    if missing:
        raise WrongUsage(f"--outside：{'、'.join(missing)} 不在这次巡查里")


def _seen(tx: Committed, stop: Stop, outsiders: frozenset[str]) -> Seen:
    return Seen(tx.enterprise(stop.id), stop.result, stop.found, stop.time, stop.id in outsiders)


def _spot(tx: Committed, stop: Stop) -> SpotSeen:
    place = stop.id if stop.point else tx.premises(stop.id)
    return SpotSeen(place, stop.result, stop.found, stop.time, stop.village)


# --- reading ------------------------------------------------------------------------------------

Which = Annotated[o.Many, typer.Argument(metavar="巡查", help="编号（XC-2026-0001）")]


@app.command("show", cls=Command, help="一次巡查：谁去的、到了哪些处所、看到什么。")
def show(context: typer.Context, which: Which = None, at: o.At = None) -> None:
    """One patrol with what was seen at each place."""
    from swm.render.patrols import patrol_page

    call = Call.of(context)
    snapshot = call.snapshot(at)
    patrol = snapshot.filed(Patrol, _id(call, which))
    if call.json:
        document: dict[str, Any] = {**fragment(patrol), "台账版本": snapshot.commit}
        call.screen.document(plain(document))
        return
    firms = {c.enterprise: snapshot.enterprise(c.enterprise) for c in patrol.calls}
    call.screen.result(patrol_page(patrol, firms, call.screen.room))


def _id(call: Call, which: Sequence[str] | None) -> str:
    """The patrol meant: its id, or its number of this year."""
    typed = " ".join(which or ()).strip()
    if not typed:
        raise WrongUsage("没有写明是哪次巡查", hint="写编号（XC-2026-0001）；清单：swm patrol list")
    if typed.isascii() and typed.isdecimal():
        return f"{PATROL.prefix}-{call.today.year}-{int(typed):04d}"
    return typed.upper()


@app.command("list", cls=Command, help="成组巡查的清单。")
def list_patrols(
    context: typer.Context,
    month: Annotated[
        o.Text, o.text("--month", "月", "只看这个月，如 2026-11；不写就是全部")
    ] = None,
    village: o.InVillage = None,
    at: o.At = None,
) -> None:
    """Patrols, one a line, the newest last."""
    from swm.render.patrols import listed_document, listed_table
    from swm.reports import patrolling

    call = Call.of(context)
    facts = call.facts(at)
    found = patrolling.listed(facts, _month(month), village)
    if call.json:
        call.screen.document(
            {"巡查": [listed_document(p) for p in found], "台账版本": facts.commit}
        )
        return
    if found:
        call.screen.result(listed_table(found, call.screen.columns))
    firms, spots = sum(p.firms for p in found), sum(p.spots for p in found)
    call.screen.say([f"共 {len(found)} 次，企业 {firms} 家次，厂房和点位 {spots} 处次"])


def _month(text: str | None) -> str | None:
    """2026-11, as days begin."""

    def read(typed: str) -> str:
        try:
            return f"{datetime.strptime(typed.strip(), '%Y-%m'):%Y-%m}"
        except ValueError:
            raise BadValue(f"“{typed}”不是月份", "写作 2026-11") from None

    return parsing.maybe("--month", text, read)
