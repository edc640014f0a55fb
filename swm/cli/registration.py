"""`swm add`, `swm edit`: an enterprise enters the ledger; its profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.changes import changes
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Answers, Question, complete
from swm.domain.cautions import kin
from swm.domain.edits import Change
from swm.domain.enterprises import (
    OpeningRequest,
    RegisterRequest,
    edit,
    register,
    register_opening,
)
from swm.domain.kinds import ENTERPRISE, PREMISES
from swm.domain.likeness import Known
from swm.domain.records import ALTERATIONS, SOURCES, TRAITS
from swm.errors import Refused, WrongUsage

if TYPE_CHECKING:
    from swm.domain.complaintrecords import Complaint
    from swm.store.snapshot import Snapshot
    from swm.store.writing import Writing as Committed

app = verbs()


@app.command("add", cls=Writing, help="登记一家企业。最后一行以编号开头。")
def add(
    context: typer.Context,
    name: Annotated[o.Text, o.text("--name", "名称", "企业名称或招牌")] = None,
    village: o.Village = None,
    on: o.On = None,
    category: o.Category = None,
    operator: Annotated[o.Text, o.text("--operator", "姓名", "经营者")] = None,
    phone: o.Phone = None,
    address: o.Address = None,
    uscc: Annotated[o.Text, o.text("--uscc", "代码", "统一社会信用代码")] = None,
    unlicensed: Annotated[bool, typer.Option("--unlicensed", help="无照")] = False,
    industry: Annotated[o.Text, o.text("--industry", "行业", "行业代码和名称")] = None,
    product: Annotated[o.Text, o.text("--product", "文字", "产品与工艺")] = None,
    traits: Annotated[o.Text, o.text("--traits", "特征", "散、乱、污")] = None,
    source: Annotated[o.Text, o.text("--source", "来源", "、".join(SOURCES))] = None,
    premises: Annotated[
        o.Text, o.text("--premises", "厂房", "所在厂房：编号、序号或地址的一部分")
    ] = None,
    lon: Annotated[o.Text, o.text("--lon", "经度", "经度，如 117.6612")] = None,
    lat: Annotated[o.Text, o.text("--lat", "纬度", "纬度，如 39.3310")] = None,
    grid: Annotated[o.Text, o.text("--grid", "网格", "所在网格")] = None,
    reborn_of: Annotated[
        o.Text, o.text("--reborn-of", "企业", "原址再生：原址上已清理的企业的编号")
    ] = None,
    moved_from: Annotated[
        o.Text, o.text("--moved-from", "企业", "异地转移：同一经营者先前在别处的企业的编号")
    ] = None,
    found_on: Annotated[o.Text, o.text("--found-on", "日期", "现场发现的日期")] = None,
    from_complaint: Annotated[
        o.Text, o.text("--from-complaint", "编号", "由这件举报、交办登记：JB-2026-0001")
    ] = None,
    by: o.By = None,
    note: o.Note = None,
    opening: Annotated[bool, typer.Option("--opening", help="期初：按旧清单所载状态登记")] = False,
    state: Annotated[o.Text, o.text("--state", "状态", "期初：清单所载状态")] = None,
    deadline: Annotated[o.Text, o.text("--deadline", "日期", "期初：清单所载期限")] = None,
    delisted_on: Annotated[
        o.Text, o.text("--delisted-on", "日期", "期初：清单所载销号日期")
    ] = None,
    reason: Annotated[o.Text, o.text("--reason", "原因", "期初：基准日以后补记的原因")] = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """Register an enterprise. The options are read from `call.typed`."""
    call = Call.of(context)
    snapshot = call.ledger.snapshot()
    if state is not None and not opening:
        raise WrongUsage("--state 只用于期初", hint="加上 --opening，或去掉 --state")
    plain = {k: v for k, v in call.typed.items() if isinstance(v, str)}
    case = _case(call, snapshot, from_complaint, opening)
    if case is not None:
        plain = {**_by_case(case), **plain}
    answers = complete(_questions(call, snapshot, opening), plain, call.screen, call.ask)
    request = _request(call, snapshot, answers, opening)
    if case is not None:
        request = replace(request, complaint=case.id)
    if call.interactive and not opening:
        request = _asked_kin(call, snapshot, request)

    def decide(tx: Committed) -> Change:
        verb: Any = register_opening if opening else register
        change: Change = verb(
            tx.facts.known(),
            request,
            tx.policy,
            tx.settings,
            call.today,
            premises=tx.premises_ids,
            given=tx.given(ENTERPRISE),
        )
        return change if case is None else _linked(tx, case.id, change, request, call.today)

    call.record(decide, id_first=True)


def _case(call: Call, snapshot: Snapshot, typed: str | None, opening: bool) -> Complaint | None:
    """The complaint that led to the enterprise."""
    if typed is None:
        return None
    if opening:
        raise WrongUsage(
            "期初登记的是旧清单，不由举报登记", hint="去掉 --opening 或 --from-complaint"
        )
    from swm.cli.casefiles import complaint_id
    from swm.domain.complaintrecords import Complaint

    found = snapshot.filed(Complaint, complaint_id(call, [typed]))
    if found.withdrawn:
        raise Refused(f"{found.id} 的登记已经撤销", hint="实际收到的另行登记：swm complaint add")
    return found


def _by_case(case: Complaint) -> dict[str, str]:
    """What a complaint already says of the enterprise."""
    from swm.domain.complaintrecords import ASSIGNED

    received = case.received
    source = SOURCES[3] if received.source == ASSIGNED else SOURCES[2]
    return {"--source": source, "--village": received.village}


def _linked(
    tx: Committed, id: str, change: Change, request: RegisterRequest, today: date
) -> Change:
    from swm.domain.complaintrecords import Complaint
    from swm.domain.complaintsteps import registered_from

    return registered_from(tx.filed(Complaint, id), change, request.on, tx.policy, today)


def _questions(call: Call, snapshot: Snapshot, opening: bool) -> Sequence[Question]:
    policy = snapshot.policy
    villages = snapshot.settings.village_names(call.today)
    categories = tuple(c.name for c in policy.workflow.categories)
    states = tuple(s.name for s in policy.workflow.states)
    return (
        Question(option="--name", title="企业名称或招牌", reader=str.strip),
        Question(
            option="--village", title="村", reader=parsing.village(villages), choices=villages
        ),
        _pick("--source", "来源", SOURCES, required=False, default=None if opening else SOURCES[1]),
        _pick("--category", "整治类别（未定先空着，作待核查）", categories, required=opening),
        _pick("--state", "清单所载状态", states, required=opening, when=opening),
        Question(option="--operator", title="经营者", reader=str.strip, required=False),
        Question(option="--phone", title="电话", reader=str.strip, required=False),
        Question(option="--address", title="地址", reader=str.strip, required=False),
    )


def _pick(
    option: str,
    title: str,
    values: tuple[str, ...],
    *,
    required: bool,
    default: str | None = None,
    when: bool = True,
) -> Question:
    return Question(
        option=option,
        title=title,
        reader=parsing.choice(values, title.partition("（")[0]),
        choices=values,
        required=required,
        default=default,
        when=lambda _: when,
    )


def _request(call: Call, snapshot: Snapshot, answers: Answers, opening: bool) -> RegisterRequest:
    typed, today = call.typed, call.today
    day = parsing.day(today)
    told: dict[str, Any] = {
        "name": answers["--name"],
        "village": answers["--village"],
        "on": parsing.maybe("--on", typed["--on"], day) or today,
        "category": answers.get("--category"),
        "operator": answers.get("--operator"),
        "phone": answers.get("--phone"),
        "address": answers.get("--address"),
        "uscc": typed["--uscc"],
        "unlicensed": typed["--unlicensed"],
        "industry": typed["--industry"],
        "product": typed["--product"],
        "traits": parsing.maybe("--traits", typed["--traits"], parsing.choices(TRAITS, "特征"))
        or (),
        "premises": _place(call, typed["--premises"]),
        "position": parsing.position(typed["--lon"], typed["--lat"]),
        "grid": typed["--grid"],
        "reborn_of": _kin(call, typed["--reborn-of"]),
        "moved_from": _kin(call, typed["--moved-from"]),
        "found_on": parsing.maybe("--found-on", typed["--found-on"], day),
        "by": parsing.words(typed["--by"] or ""),
        "note": parsing.joined(typed["--note"]),
    }
    if source := answers.get("--source"):
        told["source"] = source
    if not opening:
        return RegisterRequest(**told)
    return OpeningRequest(
        **told,
        state=answers["--state"],
        deadline=parsing.maybe("--deadline", typed["--deadline"], day),
        delisted_on=parsing.maybe("--delisted-on", typed["--delisted-on"], day),
        approval=approval(typed, today, today),
        reason=typed["--reason"],
    )


def _place(call: Call, which: str | None) -> str | None:
    return selection.one_premises(call, [which]) if which else None


def _kin(call: Call, which: str | None) -> str | None:
    return selection.one(call, [which]) if which else None


def _asked_kin(call: Call, snapshot: Snapshot, request: RegisterRequest) -> RegisterRequest:
    """On a terminal: whether it is the 原址再生 or 异地转移 of one that it is like."""
    if request.reborn_of or request.moved_from:
        return request
    me = Known(
        id="",
        name=request.name,
        operator=request.operator,
        phone=request.phone,
        uscc=request.uscc,
        premises=request.premises,
        position=request.position,
        village=request.village,
    )
    for how, other in kin(me, call.known, snapshot.policy, snapshot.settings):
        option = "--reborn-of" if how == "原址再生" else "--moved-from"
        question = Question(
            option=option,
            title=f"与 {other.id} {other.name} 相像（{other.why}），是不是{how}",
            reader=parsing.choice(("是", "否"), "回答"),
            choices=("是", "否"),
            suggested="否",
        )
        if complete([question], {}, call.screen, call.ask)[option] == "是":
            if how == "原址再生":
                return replace(request, reborn_of=other.id)
            return replace(request, moved_from=other.id)
    return request


@app.command("edit", cls=Writing, help="修改企业的基本情况：--set 键=值。整治和记录不能这样改。")
def edit_profile(
    context: typer.Context,
    which: o.Which = None,
    sets: o.Sets = None,
    nature: Annotated[o.Text, o.text("--nature", "性质", "、".join(ALTERATIONS))] = None,
) -> None:
    """Change profile fields, one commit."""
    call = Call.of(context)
    id = selection.one(call, which)
    values = dict(changes(call, sets))
    if place := values.get(PREMISES.title, ""):
        values[PREMISES.title] = selection.one_premises(call, [place])
    kind = parsing.maybe("--nature", nature, parsing.choice(ALTERATIONS, "变更性质"))
    call.record(
        lambda tx: edit(
            tx.enterprise(id),
            values,
            kind,
            tx.facts.known(),
            tx.settings,
            tx.policy,
            call.today,
            premises=tx.premises_ids,
        )
    )
