"""`swm premises`: 厂房, who owns and who uses them."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import fields
from swm.domain import premises as verbs
from swm.domain.premises import PremisesRequest
from swm.domain.records import USES
from swm.render.lists import place_document, places_table
from swm.render.premises import premises_page
from swm.reports import places

app = noun("premises", "厂房：登记、查看、房东和承租变动。")

OWNERS = ("房东", "二手房东", "村集体")
Place = Annotated[o.Many, typer.Argument(metavar="厂房", help="编号、序号或地址的一部分")]
Landlord = Annotated[o.Text, o.text("--landlord", "姓名", "房东姓名或单位")]
OwnerKind = Annotated[o.Text, o.text("--kind", "身份", "房东、二手房东、村集体；不写就是房东")]
Since = Annotated[o.Text, o.text("--from", "日期", "开始日期；不写就是今天")]


@app.command("add", cls=Writing, help="登记一处厂房。最后一行以编号开头。")
def add(
    context: typer.Context,
    village: o.Village = None,
    address: o.Address = None,
    landlord: Landlord = None,
    phone: o.Phone = None,
    kind: OwnerKind = None,
    area: Annotated[o.Text, o.text("--area", "面积", "面积，平方米")] = None,
    use: Annotated[o.Text, o.text("--use", "用途", "、".join(USES))] = None,
    tenant: Annotated[o.Text, o.text("--tenant", "承租人", "企业编号或名称")] = None,
    on: o.On = None,
    lon: Annotated[o.Text, o.text("--lon", "经度", "经度")] = None,
    lat: Annotated[o.Text, o.text("--lat", "纬度", "纬度")] = None,
) -> None:
    """Register premises."""
    call = Call.of(context)
    villages = call.ledger.snapshot().settings.village_names(call.today)
    asked = (
        Question(
            option="--village", title="村", reader=parsing.village(villages), choices=villages
        ),
        Question(option="--address", title="坐落", reader=str.strip),
        Question(option="--landlord", title="房东姓名或单位", reader=str.strip),
        Question(option="--phone", title="房东电话", reader=str.strip, required=False),
        Question(
            option="--use",
            title="用途",
            reader=parsing.choice(USES, "用途"),
            choices=USES,
            default=USES[0],
        ),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    request = PremisesRequest(
        village=answers["--village"],
        address=answers["--address"],
        landlord=answers["--landlord"],
        on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
        phone=answers.get("--phone"),
        area=area,
        use=answers["--use"],
        tenant=tenant,
        owner_kind=_kind(kind),
        position=parsing.position(lon, lat),
    )
    call.record(
        lambda tx: verbs.add(tx.premises_ids, request, tx.settings, call.today), id_first=True
    )


def _kind(text: str | None) -> str:
    return parsing.maybe("--kind", text, parsing.choice(OWNERS, "房东身份")) or OWNERS[0]


@app.command("owner", cls=Writing, help="房东变了：新房东姓名、从哪天起。")
def owner(
    context: typer.Context,
    which: Place = None,
    name: Annotated[o.Text, o.text("--name", "姓名", "新房东姓名或单位")] = None,
    phone: o.Phone = None,
    kind: OwnerKind = None,
    since: Since = None,
) -> None:
    """Somebody else owns the premises."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    asked = [Question(option="--name", title="新房东姓名或单位", reader=str.strip)]
    new = complete(asked, call.typed, call.screen, call.ask)["--name"]
    start = parsing.maybe("--from", since, parsing.day(call.today)) or call.today
    role = _kind(kind)
    call.record(lambda tx: verbs.change_owner(tx.premises(id), new, phone, start, role, call.today))


@app.command("tenant", cls=Writing, help="承租人变了；--none 表示退租、空置待租。")
def tenant(
    context: typer.Context,
    which: Place = None,
    name: Annotated[o.Text, o.text("--name", "承租人", "企业编号或名称")] = None,
    nobody: Annotated[bool, typer.Option("--none", help="已退租，没有新承租人")] = False,
    beside: Annotated[bool, typer.Option("--beside", help="原承租人还在，几家合用")] = False,
    since: Annotated[
        o.Text, o.text("--from", "日期", "开始日期（退租的写最后一日）；不写就是今天")
    ] = None,
) -> None:
    """Somebody else uses the premises, or nobody."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    new: str | None = None
    if not nobody:
        asked = [Question(option="--name", title="新承租人（企业编号或名称）", reader=str.strip)]
        new = complete(asked, call.typed, call.screen, call.ask)["--name"]
    start = parsing.maybe("--from", since, parsing.day(call.today)) or call.today
    call.record(
        lambda tx: verbs.change_tenant(tx.premises(id), new, start, call.today, beside=beside)
    )


@app.command("show", cls=Command, help="一处厂房：房东、承租人、保证书。")
def show(context: typer.Context, which: Place = None, at: o.At = None) -> None:
    """One 厂房 and its history."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    snapshot = call.snapshot(at)
    found = snapshot.premises(id)
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(premises_page(found, call.today, call.screen.room))


@app.command("list", cls=Command, help="厂房清单：房东、承租人、保证书。")
def list_premises(context: typer.Context, village: o.InVillage = None, at: o.At = None) -> None:
    """The 厂房, one a line."""
    call = Call.of(context)
    facts = call.facts(at)
    names = [row[0] for row in facts.query("SELECT DISTINCT name FROM village")]
    chosen = parsing.maybe("--village", village, parsing.choice(names, "村"))
    found = places.places(facts, call.today, chosen)
    if call.json:
        document = {"厂房": [place_document(p) for p in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(places_table(found, call.screen.columns))
    owing = sum(p.owes for p in found)
    signed = sum(p.owes and p.signed for p in found)
    call.screen.say([f"共 {len(found)} 处，应签保证书 {owing} 处，已签有效 {signed} 处"])
