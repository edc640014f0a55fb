"""`swm show`, `swm list`, `swm find`: what is committed."""

from __future__ import annotations

import typer

from swm.cli import options as o
from swm.cli import selection
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.domain import fields
from swm.render.dossier import dossier

app = verbs()


@app.command("show", cls=Command, help="一企一档：基本情况、整治状态、每一条记录。")
def show(context: typer.Context, which: o.Which = None, at: o.At = None) -> None:
    """One enterprise."""
    call = Call.of(context)
    id = selection.one(call, which)
    snapshot = call.snapshot(at)
    found = snapshot.enterprise(id)
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(dossier(found, snapshot.policy, call.today, call.screen.room))
