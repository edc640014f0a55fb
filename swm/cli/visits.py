"""`swm inspect`: one visit to one enterprise or several, one record for each, one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import lastused, parsing, party, selection
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Writing, verbs
from swm.cli.photographs import photograph
from swm.cli.prompts import Answers, Question, complete, interview, line_from_terminal
from swm.domain import inspections
from swm.domain.fold import standing, unlawful
from swm.domain.inspections import NIGHT, InspectRequest
from swm.domain.records import PRODUCING, RESULTS, VISIT_KINDS, Visit
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.snapshot import Snapshot

app = verbs()

ACCEPTANCE = "验收"
VERDICTS = ("通过", "不通过")


@app.command(
    "inspect", cls=Writing, help="登记一次巡查、核查、复查、回头看或验收；可以一次写几家。"
)
def inspect(
    context: typer.Context,
    which: o.Which = None,
    village: o.InVillage = None,
    premises: o.InPremises = None,
    on: o.On = None,
    by: Annotated[o.Text, o.text("--by", "人员", "到场人员，不含带班领导")] = None,
    leader: Annotated[o.Text, o.text("--leader", "姓名", "带班领导，夜查必填")] = None,
    kind: Annotated[o.Text, o.text("--kind", "方式", "、".join(VISIT_KINDS))] = None,
    result: Annotated[o.Text, o.text("--result", "结果", "、".join(RESULTS))] = None,
    found: Annotated[o.Many, o.text("--found", "文字", "发现的情况")] = None,
    problem: Annotated[
        o.Many, o.text("--problem", "文字", "发现或仍未整改的问题；可写多次")
    ] = None,
    solved: Annotated[o.Many, o.text("--solved", "文字", "已经整改的问题；可写多次")] = None,
    done: Annotated[
        o.Many, o.text("--done", "各项", "查实已完成的标准项：断水、断电=拆除动力线路")
    ] = None,
    na: Annotated[o.Many, o.text("--na", "项=理由", "不涉及的标准项：断水=无水源")] = None,
    undone: Annotated[o.Many, o.text("--undone", "各项", "未完成或又失去的标准项")] = None,
    passed: Annotated[bool, typer.Option("--pass", help="验收、复查通过")] = False,
    failed: Annotated[bool, typer.Option("--fail", help="验收、复查不通过")] = False,
    again: Annotated[o.Text, o.text("--again", "日期", "未通过的，下次验收日期")] = None,
    outside: Annotated[
        bool, typer.Option("--outside", help="没有进门，只从外面查看（外围查看）")
    ] = False,
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
    photo: Annotated[o.Many, o.text("--photo", "文件", "现场照片；可写多次")] = None,
    note: o.Note = None,
) -> None:
    """Record what a team found. The options are read from `call.typed`."""
    call = Call.of(context)
    ids = selection.several(call, which, village, premises)
    if passed and failed:
        raise WrongUsage("--pass 和 --fail 只能写一个")
    snapshot = call.ledger.snapshot()
    verdict = "通过" if passed else "不通过" if failed else None
    used = lastused.recall(call.ledger.root) if call.interactive else {}
    plain: dict[str, str | None] = {
        name: text for name, text in call.typed.items() if isinstance(text, str)
    }
    plain, rostered = _by_roster(call, plain)
    asked = list(_questions(used, call.today))
    if failed or call.interactive:
        asked += _shortcomings(call, snapshot)
    answers = complete(asked, {**plain, "--pass": verdict}, call.screen, call.ask)
    request = _told(call, snapshot, ids, _request(call, answers))
    call.record(
        lambda tx: inspections.inspect(
            [tx.enterprise(id) for id in ids],
            request,
            tx.policy,
            call.today,
            rostered,
            opening_date=tx.settings.opening_date,
        )
    )
    call.remember({"人员": "、".join(request.people), "带班领导": request.leader})


def _by_roster(
    call: Call, typed: Mapping[str, str | None]
) -> tuple[dict[str, str | None], str | None]:
    """The duty roster's leader and team for a night patrol, where the kind is typed."""
    kind = typed.get("--kind")
    known = parsing.read("--kind", kind, parsing.choice(VISIT_KINDS, "巡查方式")) if kind else None
    if known != NIGHT:
        return dict(typed), None
    day, _ = parsing.when(typed.get("--on"), call.today)
    return party.by_roster(call, known, day, typed)


def _questions(used: Mapping[str, str], today: date) -> Sequence[Question]:
    """What a visit cannot do without."""
    return (
        Question(option="--on", title="日期", reader=parsing.day_and_time(today), default="今天"),
        _pick("--kind", "巡查方式", VISIT_KINDS),
        Question(
            option="--leader",
            title="带班领导",
            reader=str.strip,
            suggested=used.get("带班领导"),
            by_rule=True,
            when=lambda answers: answers.get("--kind") == NIGHT,
        ),
        Question(
            option="--by",
            title="到场人员（不含带班领导，几人用顿号隔开）",
            reader=parsing.words,
            suggested=used.get("人员"),
        ),
        _pick("--result", "现场结果", RESULTS),
        Question(
            option="--pass",
            title="验收结论",
            reader=parsing.choice(VERDICTS, "验收结论"),
            choices=VERDICTS,
            by_rule=True,
            when=lambda answers: answers.get("--kind") == ACCEPTANCE,
        ),
    )


def _shortcomings(call: Call, snapshot: Snapshot) -> Sequence[Question]:
    """What a failed 验收 names, asked for where neither items nor problems were typed."""
    named = call.typed["--undone"] or call.typed["--problem"]
    items = tuple(
        dict.fromkeys(i.name for s in snapshot.policy.standards.standards for i in s.items)
    )

    def matters(answers: Mapping[str, Any]) -> bool:
        return answers.get("--pass") == VERDICTS[1] and not named

    return (
        Question(
            option="--undone",
            title="没有完成的标准项",
            reader=parsing.choices(items, "标准项"),
            choices=items,
            required=False,
            when=matters,
        ),
        Question(
            option="--problem",
            title="没有完成的其他问题",
            reader=lambda text: (text,),
            required=False,
            when=matters,
        ),
    )


def _pick(option: str, title: str, values: tuple[str, ...]) -> Question:
    reader = parsing.choice(values, title)
    return Question(option=option, title=title, reader=reader, choices=values)


def _request(call: Call, answers: Answers) -> InspectRequest:
    typed, (on, time) = call.typed, answers["--on"]
    return InspectRequest(
        on=on,
        time=time,
        kind=answers["--kind"],
        result=answers["--result"],
        people=answers["--by"],
        leader=answers.get("--leader"),
        found=parsing.joined(typed["--found"]),
        problems=tuple(typed["--problem"] or answers.get("--problem", ())),
        solved=tuple(typed["--solved"] or ()),
        done=parsing.measures("--done", typed["--done"] or ()),
        not_applicable=parsing.reasons("--na", typed["--na"] or ()),
        undone=parsing.words("、".join(typed["--undone"] or answers.get("--undone", ()))),
        verdict=answers.get("--pass"),
        again_on=parsing.maybe("--again", typed["--again"], parsing.day(call.today)),
        outside=bool(typed["--outside"]),
        **party.lawful(call, on),
        **party.told_times(call, on, time),
        photos=tuple(photograph(name) for name in typed["--photo"] or ()),
        note=parsing.joined(typed["--note"]),
    )


def _told(
    call: Call, snapshot: Snapshot, ids: Sequence[str], request: InspectRequest
) -> InspectRequest:
    """Unlawful production asks when the police and the leaders were told (方案五2)."""
    times = (request.police_at, request.reported_at)
    if not call.interactive or all(times) or not _any_unlawful(snapshot, ids, request):
        return request
    moment = party.later_the_same_night(call.today, request.on, request.time)
    call.screen.insist(["属于违法生产，应立即通知派出所、报告主要领导（方案五2）"])
    asked = [
        Question(option=option, title=title, reader=moment, required=False)
        for option, title, known in (
            ("--police-at", "几时通知派出所", request.police_at),
            ("--reported-at", "几时报告主要领导", request.reported_at),
        )
        if known is None
    ]
    answers = interview(asked, {}, call.screen, line_from_terminal)
    return replace(
        request,
        police_at=request.police_at or answers.get("--police-at"),
        reported_at=request.reported_at or answers.get("--reported-at"),
    )


def _any_unlawful(snapshot: Snapshot, ids: Sequence[str], request: InspectRequest) -> bool:
    if request.result not in PRODUCING:
        return False
    seen = Visit(number=0, type="巡查", on=request.on, kind=request.kind, result=request.result)
    policy = snapshot.policy
    befores = (standing(snapshot.enterprise(id), policy, request.on) for id in ids)
    return any(unlawful(seen, before, policy) for before in befores)
