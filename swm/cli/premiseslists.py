"""`swm premises landlord`, `show`, `list`: what is known of 厂房 and of those who let them."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.domain import fields
from swm.errors import WrongUsage
from swm.render.lists import place_document, places_table
from swm.render.premises import premises_page
from swm.reports import places

app = verbs()


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


@app.command("show", cls=Command, help="一处厂房：房东、承租人、保证书。")
def show(context: typer.Context, which: o.WhichPremises = None, at: o.At = None) -> None:
    """One 厂房 and its history."""
    call = Call.of(context)
    id = selection.one_premises(call, which)
    snapshot = call.snapshot(at)
    found = snapshot.premises(id)
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(premises_page(found, call.judged_on(at), call.screen.room))


@app.command("list", cls=Command, help="厂房清单：房东、承租人、保证书。")
def list_premises(context: typer.Context, village: o.InVillage = None, at: o.At = None) -> None:
    """The 厂房, one a line."""
    call = Call.of(context)
    facts = call.facts(at)
    names = [row[0] for row in facts.query("SELECT DISTINCT name FROM village")]
    chosen = parsing.maybe("--village", village, parsing.choice(names, "村"))
    found = places.places(facts, call.judged_on(at), chosen)
    if call.json:
        document = {"厂房": [place_document(p) for p in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(places_table(found, call.screen.columns))
    owing = sum(p.owes for p in found)
    signed = sum(p.owes and p.signed for p in found)
    call.screen.say([f"共 {len(found)} 处，应签保证书 {owing} 处，已签有效 {signed} 处"])
