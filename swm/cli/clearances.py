"""`swm premises notice`, `clear`, `reported`: 停租告知, 清退, 报送, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Writing, verbs
from swm.domain import clearings
from swm.domain.clearingcases import cases
from swm.domain.clearings import ClearingRequest
from swm.domain.edits import Change
from swm.domain.papers import unborne
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = verbs()

ClearedTenant = Annotated[o.Text, o.text("--tenant", "企业", "要清退的企业；只有一家的不用写")]
Document = Annotated[o.Text, o.text("--doc-no", "文号", "告知书、报送件的文号")]


@app.command("notice", cls=Writing, help="停租告知：告知房东停止出租给“散乱污”企业。")
def notice(
    context: typer.Context,
    which: o.WhichPremises = None,
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
    which: o.WhichPremises = None,
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
        waiting = [c.tenant for c in cases(place) if c.cleared is None]
        about = chosen or (waiting[0] if len(waiting) == 1 else None)
        names = [tx.enterprise(about).name] if about else []
        return clearings.clear(place, request, names, tx.policy, call.today)

    call.record(decide)


@app.command("reported", cls=Writing, help="清退以后报送专项整治工作办公室。")
def reported(
    context: typer.Context,
    which: o.WhichPremises = None,
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
