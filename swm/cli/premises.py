"""`swm premises`: 厂房, who owns and who uses them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import clearances, parsing, premiseslists, selection
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import premises as verbs
from swm.domain.edits import Change
from swm.domain.kinds import ENTERPRISE, PREMISES, kind_of
from swm.domain.premises import PremisesRequest
from swm.domain.profiles import unknown_firm
from swm.domain.records import OWNER_KINDS, USES
from swm.errors import NotFound, WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = noun("premises", "厂房：登记、查看、房东和承租变动、清退。")

OWNERS = OWNER_KINDS
_ID = re.compile(r"[A-Z]{1,6}-\d{4,}")
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
        lambda tx: verbs.add(
            tx.given(PREMISES), request, tx.settings, call.today, firms=tx.enterprise_ids
        ),
        id_first=True,
    )


def _kind(text: str | None) -> str:
    return parsing.maybe("--kind", text, parsing.choice(OWNERS, "房东身份")) or OWNERS[0]


@app.command("owner", cls=Writing, help="房东变了，或者转租给二手房东：姓名、从哪天起。")
def owner(
    context: typer.Context,
    which: o.WhichPremises = None,
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
    which: o.WhichPremises = None,
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
            against=unknown_firm(new, tx.settings, tx.enterprise_ids),
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


app.registered_commands += clearances.app.registered_commands
app.registered_commands += premiseslists.app.registered_commands
