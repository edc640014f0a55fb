"""`swm premises`: 厂房, who owns and who uses them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import clearings, fields
from swm.domain import premises as verbs
from swm.domain.clearings import ClearingRequest
from swm.domain.edits import Change
from swm.domain.kinds import ENTERPRISE, kind_of
from swm.domain.papers import unborne
from swm.domain.premises import PremisesRequest
from swm.domain.records import OWNER_KINDS, USES
from swm.errors import NotFound, WrongUsage
from swm.render.lists import place_document, places_table
from swm.render.premises import premises_page
from swm.reports import places

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = noun("premises", "厂房：登记、查看、房东和承租变动、清退。")

OWNERS = OWNER_KINDS
_ID = re.compile(r"[A-Z]{1,6}-\d{4,}")
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


@app.command("owner", cls=Writing, help="房东变了，或者转租给二手房东：姓名、从哪天起。")
def owner(
    context: typer.Context,
    which: Place = None,
    name: Annotated[o.Text, o.text("--name", "姓名", "新房东姓名或单位")] = None,
    phone: o.Phone = None,
    kind: OwnerKind = None,
    lessor: Annotated[
        o.Text, o.text("--lessor", "姓名", "二手房东从谁处承租；不写就是房东")
    ] = None,
    nobody: Annotated[bool, typer.Option("--none", help="转租结束，没有新的二手房东")] = False,
    since: Annotated[
        o.Text, o.text("--from", "日期", "开始日期（转租结束的写最后一日）；不写就是今天")
    ] = None,
) -> None:
    """Somebody else owns or sublets the premises."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    if nobody:
        last = parsing.maybe("--from", since, parsing.day(call.today)) or call.today
        if _kind(kind) != verbs.SUBLETTING:
            raise WrongUsage(
                "--none 只用于二手房东", hint="加上 --kind 二手房东；换房东的写 --name"
            )
        call.record(lambda tx: verbs.end_subletting(tx.premises(id), name, last, call.today))
        return
    asked = [Question(option="--name", title="新房东姓名或单位", reader=str.strip)]
    new = complete(asked, call.typed, call.screen, call.ask)["--name"]
    start = parsing.maybe("--from", since, parsing.day(call.today)) or call.today
    role = _kind(kind)
    call.record(
        lambda tx: verbs.change_owner(
            tx.premises(id), new, phone, start, role, call.today, lessor=lessor
        )
    )


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

    def decide(tx: Committed) -> Change:
        place = tx.premises(id)
        return verbs.change_tenant(
            place,
            new,
            start,
            call.today,
            beside=beside,
            admitted=_admitted(tx, id, start) if place.clearings else (),
            called=_called(tx, new) if place.clearings else None,
        )

    call.record(decide)


def _admitted(tx: Committed, id: str, on: date) -> list[str]:
    """Who was admitted to the premises by that day, and not refused since."""
    sql = """
        SELECT name FROM admission
        WHERE premises = :id AND decision = '准入' AND decided_on <= :on AND kind IN ('入驻', '出租')
    """
    return [row[0] for row in tx.facts.query(sql, {"id": id, "on": on.isoformat()})]


def _called(tx: Committed, tenant: str | None) -> str | None:
    """The name of the tenant that is written by its id."""
    if tenant is None or not _ID.fullmatch(tenant) or kind_of(tenant) is not ENTERPRISE:
        return None
    try:
        return tx.enterprise(tenant).name
    except NotFound:
        return None


# --- 清退 ---------------------------------------------------------------------------------------

ClearedTenant = Annotated[o.Text, o.text("--tenant", "企业", "要清退的企业；只有一家的不用写")]
Document = Annotated[o.Text, o.text("--doc-no", "文号", "告知书、报送件的文号")]


@app.command("notice", cls=Writing, help="停租告知：告知房东停止出租给“散乱污”企业。")
def notice(
    context: typer.Context,
    which: Place = None,
    tenant: ClearedTenant = None,
    on: o.On = None,
    landlord: Annotated[o.Text, o.text("--landlord", "姓名", "告知了谁；不写就是房东")] = None,
    document: Document = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """The landlord is told to stop letting."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    chosen = selection.one(call, [tenant]) if tenant else None
    request = _step(call, None, on, landlord, document, by, note)

    def decide(tx: Committed) -> Change:
        place = tx.premises(id)
        enterprise = tx.enterprise(chosen or _listed_tenant(tx, id, request.on))
        return clearings.notice(place, enterprise, _unborne(tx, request), tx.policy, call.today)

    call.record(decide)


@app.command("clear", cls=Writing, help="清退：承租的“散乱污”企业已经搬清，写最后一日。")
def clear(
    context: typer.Context,
    which: Place = None,
    tenant: ClearedTenant = None,
    on: o.On = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """The tenant is out."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    chosen = selection.one(call, [tenant]) if tenant else None
    request = _step(call, chosen, on, None, None, by, note)

    def decide(tx: Committed) -> Change:
        place = tx.premises(id)
        waiting = [c.tenant for c in clearings.cases(place) if c.cleared is None]
        about = chosen or (waiting[0] if len(waiting) == 1 else None)
        names = [tx.enterprise(about).name] if about else []
        return clearings.clear(place, request, names, tx.policy, call.today)

    call.record(decide)


@app.command("reported", cls=Writing, help="清退以后报送专项整治工作办公室。")
def reported(
    context: typer.Context,
    which: Place = None,
    tenant: ClearedTenant = None,
    on: o.On = None,
    document: Document = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """The office has been told."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    chosen = selection.one(call, [tenant]) if tenant else None
    request = _step(call, chosen, on, None, document, by, note)
    call.record(
        lambda tx: clearings.report(tx.premises(id), _unborne(tx, request), tx.policy, call.today)
    )


def _unborne(tx: Committed, request: ClearingRequest) -> ClearingRequest:
    """The step with a number that no act's paper and no transfer bears.

    One paper may tell a landlord of several premises, or the office of several tenants.
    """
    number = unborne(
        request.document, tx.settings, lambda: tx.facts.paper_numbers(of_clearings=False)
    )
    return replace(request, document=number)


def _step(
    call: Call,
    tenant: str | None,
    on: str | None,
    told: str | None,
    document: str | None,
    by: str | None,
    note: list[str] | None,
) -> ClearingRequest:
    return ClearingRequest(
        on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
        tenant=tenant,
        told=told,
        document=document,
        by=parsing.words(by or ""),
        note=parsing.joined(note),
    )


def _listed_tenant(tx: Committed, id: str, on: date) -> str:
    """The one 散乱污 enterprise that uses the premises. Raises `WrongUsage` if it must be named."""
    from swm.reports import landlords

    found = landlords.listed_tenants(tx.facts, id, on)
    if len(found) == 1:
        return found[0]
    text = (
        f"{id} 里有几家“散乱污”企业：{'、'.join(found)}" if found else f"{id} 里没有列入台账的企业"
    )
    raise WrongUsage(text, hint="写明是哪一家：--tenant 企业编号")


@app.command("landlord", cls=Command, help="一位房东：名下的厂房、保证书、承租企业、违反保证。")
def landlord(
    context: typer.Context,
    name: Annotated[
        o.Many, typer.Argument(metavar="房东", help="姓名或单位，可以只写一部分")
    ] = None,
    at: o.At = None,
) -> None:
    """Everything about one landlord."""
    from swm.render.landlords import landlord_document, landlord_page
    from swm.reports import landlords

    call = Call.of(context)
    if not name:
        raise WrongUsage("没有写明是哪位房东", hint="写姓名或单位，如 swm premises landlord 郑房东")
    facts = call.facts(at)
    found = landlords.landlord(facts, " ".join(name), call.judged_on(at))
    if call.json:
        call.screen.document({**landlord_document(found), "台账版本": facts.commit})
        return
    call.screen.result(landlord_page(found, call.screen.room))


# --- reading --------------------------------------------------------------------------------------


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
