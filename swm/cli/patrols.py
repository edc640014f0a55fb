"""`swm patrol`: one patrol over several places, one commit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import lastused, parsing, party, patrollists, patrolplans, selection
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Writing, noun
from swm.cli.patrolstops import firm_seen, is_firm, refuse_strangers, spot_seen, typed_stops
from swm.cli.prompts import Answers, Question, complete
from swm.domain import patrols
from swm.domain.edits import Change
from swm.domain.inspections import NIGHT
from swm.domain.kinds import PATROL
from swm.domain.patrolrecords import Drawn
from swm.domain.patrols import PatrolRequest
from swm.domain.records import VISIT_KINDS
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = noun("patrol", "成组巡查：一次走几处，一次登记。")
app.registered_commands += patrolplans.app.registered_commands

KINDS = tuple(kind for kind in VISIT_KINDS if kind != "验收")
_DRAWN = re.compile(r"(?P<seed>\w+)[:：](?P<count>\d+)(?:[:：](?P<scope>.+))?")


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
    stops = typed_stops(call, request)
    outsiders = frozenset(selection.several(call, [outside]) if outside else ())
    refuse_strangers(outsiders, stops)

    def decide(tx: Committed) -> Change:
        seen = [firm_seen(tx, stop, outsiders) for stop in stops if is_firm(stop)]
        spots = [spot_seen(tx, stop) for stop in stops if not is_firm(stop)]
        ids = tx.given(PATROL)
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


app.registered_commands += patrollists.app.registered_commands
