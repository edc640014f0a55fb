"""`swm admit`: who wants to come in, and what the rules say (方案五1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, WritingGroup
from swm.cli.prompts import Question, complete
from swm.domain import admissions as verbs
from swm.domain.admissionrecords import DECISIONS, Admission
from swm.domain.admissions import AdmitRequest, DecideRequest, Scene, SupplementRequest
from swm.domain.edits import Change
from swm.domain.kinds import ADMISSION
from swm.domain.records import ADMISSION_KINDS
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = typer.Typer(
    name="admit",
    cls=WritingGroup,
    help="准入：按规则审查入驻、出租、接电、接水、执照的申请，得出准入、不予准入或补充材料。\n"
    "直接写 --kind、--name、--village 就是审查一件新的申请；最后一行以编号开头。",
    add_completion=False,
    invoke_without_command=True,
)

Materials = Annotated[
    o.Text, o.text("--materials", "材料", "已交的材料，几种用逗号隔开；全交了写 齐全")
]
Decision = Annotated[o.Text, o.text("--decision", "结论", "与建议不同的结论；要有理由和批准人")]
Settle = Annotated[o.Many, o.text("--settle", "企业=证明", "核实不是同一家；可写多次")]
Which = Annotated[o.Text, typer.Argument(metavar="准入", help="ZR-2026-0001，或本年的序号 1")]


@app.callback(invoke_without_command=True)
def admit(
    context: typer.Context,
    kind: Annotated[o.Text, o.text("--kind", "方式", "、".join(ADMISSION_KINDS))] = None,
    name: Annotated[o.Text, o.text("--name", "名称", "申请的企业")] = None,
    village: o.Village = None,
    operator: Annotated[o.Text, o.text("--operator", "姓名", "经营者")] = None,
    phone: o.Phone = None,
    uscc: Annotated[o.Text, o.text("--uscc", "代码", "统一社会信用代码")] = None,
    premises: Annotated[
        o.Text, o.text("--premises", "厂房", "所在厂房：编号、序号或地址的一部分")
    ] = None,
    address: o.Address = None,
    lon: Annotated[o.Text, o.text("--lon", "经度", "经度")] = None,
    lat: Annotated[o.Text, o.text("--lat", "纬度", "纬度")] = None,
    industry: Annotated[o.Text, o.text("--industry", "行业", "行业代码和名称")] = None,
    product: Annotated[o.Text, o.text("--product", "文字", "产品与工艺")] = None,
    materials: Materials = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
    decision: Decision = None,
    why: o.Why = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """Judge a new application."""
    call = Call.of(context)
    if context.invoked_subcommand is not None:
        if any(value for value in call.typed.values()):
            raise WrongUsage(f"admit 的选项要写在 {context.invoked_subcommand} 后面")
        return
    villages = call.ledger.snapshot().settings.village_names(call.today)
    asked = (
        Question(
            option="--kind",
            title="准入方式",
            reader=parsing.choice(ADMISSION_KINDS, "准入方式"),
            choices=ADMISSION_KINDS,
        ),
        Question(option="--name", title="申请的企业", reader=str.strip),
        Question(
            option="--village", title="村", reader=parsing.village(villages), choices=villages
        ),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    place = selection.one_premises(call, [premises]) if premises else None
    day = _day(call, on)
    request = AdmitRequest(
        kind=answers["--kind"],
        name=answers["--name"],
        village=answers["--village"],
        on=day,
        operator=operator,
        phone=phone,
        uscc=uscc,
        premises=place,
        address=address,
        position=parsing.position(lon, lat),
        industry=industry,
        product=product,
        materials=parsing.words(materials or ""),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
        decision=_decision(decision),
        why=why,
        approval=approval(call.typed, call.today, day),
    )

    def decide(tx: Committed) -> Change:
        known = place if place in tx.premises_ids else None
        scene = _scene(tx, known)
        ids = tx.premises_ids
        return verbs.admit(tx.given(ADMISSION), request, scene, call.today, premises=ids)

    call.record(decide, id_first=True)


@app.command("supplement", cls=Writing, help="补充材料，或者写明核实的情况；全部规则重新审查一遍。")
def supplement(
    context: typer.Context,
    which: Which = None,
    materials: Materials = None,
    settle: Settle = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
    decision: Decision = None,
    why: o.Why = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
) -> None:
    """Further material for an application that waits."""
    call = Call.of(context)
    id = _one(call, which)
    day = _day(call, on)
    request = SupplementRequest(
        on=day,
        materials=parsing.words(materials or ""),
        settled=_settled(settle),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
        decision=_decision(decision),
        why=why,
        approval=approval(call.typed, call.today, day),
    )

    def decide(tx: Committed) -> Change:
        found = tx.filed(Admission, id)
        place = None if found.withdrawn else found.review.premises
        return verbs.supplement(found, request, _scene(tx, place), call.today)

    call.record(decide)


@app.command("decide", cls=Writing, help="改作结论：与建议不同的，要有理由和批准人。")
def decided(
    context: typer.Context,
    which: Which = None,
    decision: Decision = None,
    why: o.Why = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """A person decides."""
    call = Call.of(context)
    id = _one(call, which)
    asked = [
        Question(
            option="--decision",
            title="结论",
            reader=parsing.choice(DECISIONS, "准入结论"),
            choices=DECISIONS,
        )
    ]
    answers = complete(asked, call.typed, call.screen, call.ask)
    day = _day(call, on)
    request = DecideRequest(
        on=day,
        decision=answers["--decision"],
        why=why,
        approval=approval(call.typed, call.today, day),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
    )
    call.record(lambda tx: verbs.decide(tx.filed(Admission, id), request, tx.policy, call.today))


@app.command("list", cls=Command, help="准入清单，可按结论、方式筛选。")
def list_admissions(
    context: typer.Context,
    decision: Annotated[o.Text, o.text("--decision", "结论", "只要这个结论的")] = None,
    kind: Annotated[o.Text, o.text("--kind", "方式", "只要这种方式的")] = None,
    at: o.At = None,
) -> None:
    """Every application, one a line."""
    from swm.render.admissions import admission_document, admissions_table
    from swm.reports import admissions

    call = Call.of(context)
    facts = call.facts(at)
    chosen = _decision(decision)
    way = parsing.maybe("--kind", kind, parsing.choice(ADMISSION_KINDS, "准入方式"))
    found = admissions.listing(facts, call.judged_on(at), chosen, way)
    if call.json:
        document = {"准入": [admission_document(a) for a in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(admissions_table(found, call.screen.columns))
    call.screen.say([admissions.totals(found)])


@app.command("show", cls=Command, help="一件准入：申请、每次审查的理由、结论。")
def show(context: typer.Context, which: Which = None, at: o.At = None) -> None:
    """One application and everything decided about it."""
    from swm.domain import fields
    from swm.render.admissions import admission_page

    call = Call.of(context)
    snapshot = call.snapshot(at)
    found = snapshot.filed(Admission, _one(call, which))
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(admission_page(found, snapshot.policy, call.screen.room))


def _scene(tx: Committed, place: str | None) -> Scene:
    return Scene(
        known=tx.facts.known(),
        premises=tx.premises(place) if place else None,
        policy=tx.policy,
        settings=tx.settings,
    )


def _one(call: Call, which: str | None) -> str:
    if not which:
        raise WrongUsage("没有写明是哪件准入", hint="写编号，如 ZR-2026-0001；查看：swm admit list")
    return parsing.read("准入", which, selection.filed(call, ADMISSION))


def _day(call: Call, on: str | None) -> date:
    return parsing.maybe("--on", on, parsing.day(call.today)) or call.today


def _decision(text: str | None) -> str | None:
    return parsing.maybe("--decision", text, parsing.choice(DECISIONS, "准入结论"))


def _settled(typed: list[str] | None) -> dict[str, str]:
    found: dict[str, Any] = {}
    for text in typed or ():
        id, _, proof = text.partition("=")
        if not proof:
            raise WrongUsage(
                f"--settle “{text}”缺少证明", hint="写作 --settle BK-0003=经营者身份证明"
            )
        found[id.strip().upper()] = proof.strip()
    return found
