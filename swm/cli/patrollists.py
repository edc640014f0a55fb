"""`swm patrol show` and `list`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.domain.fields import BadValue, fragment, plain
from swm.domain.kinds import PATROL
from swm.domain.patrolrecords import Patrol
from swm.errors import WrongUsage

app = verbs()

Which = Annotated[o.Many, typer.Argument(metavar="巡查", help="XC-2026-0001，或本年的序号 1")]


@app.command("show", cls=Command, help="一次巡查：谁去的、到了哪些处所、看到什么。")
def show(context: typer.Context, which: Which = None, at: o.At = None) -> None:
    """One patrol with what was seen at each place."""
    from swm.render.patrols import patrol_page

    call = Call.of(context)
    snapshot = call.snapshot(at)
    patrol = snapshot.filed(Patrol, _id(call, which))
    if call.json:
        document: dict[str, Any] = {**fragment(patrol), "台账版本": snapshot.commit}
        call.screen.document(plain(document))
        return
    firms = {c.enterprise: snapshot.enterprise(c.enterprise) for c in patrol.calls}
    call.screen.result(patrol_page(patrol, firms, call.screen.room))


def _id(call: Call, which: Sequence[str] | None) -> str:
    """The patrol meant: its id, or its number of this year."""
    typed = " ".join(which or ()).strip()
    if not typed:
        raise WrongUsage("没有写明是哪次巡查", hint="写编号（XC-2026-0001）；清单：swm patrol list")
    return parsing.read("巡查", typed, selection.filed(call, PATROL))


@app.command("list", cls=Command, help="成组巡查的清单。")
def list_patrols(
    context: typer.Context,
    month: Annotated[
        o.Text, o.text("--month", "月", "只看这个月，如 2026-11；不写就是全部")
    ] = None,
    village: o.InVillage = None,
    at: o.At = None,
) -> None:
    """Patrols, one a line, the newest last."""
    from swm.render.patrols import listed_document, listed_table
    from swm.reports import patrolling

    call = Call.of(context)
    facts = call.facts(at)
    found = patrolling.listed(facts, _month(month), village)
    if call.json:
        call.screen.document(
            {"巡查": [listed_document(p) for p in found], "台账版本": facts.commit}
        )
        return
    if found:
        call.screen.result(listed_table(found, call.screen.columns))
    firms, spots = sum(p.firms for p in found), sum(p.spots for p in found)
    call.screen.say([f"共 {len(found)} 次，企业 {firms} 家次，厂房和点位 {spots} 处次"])


def _month(text: str | None) -> str | None:
    """2026-11, as days begin."""

    def read(typed: str) -> str:
        try:
            return f"{datetime.strptime(typed.strip(), '%Y-%m'):%Y-%m}"
        except ValueError:
            raise BadValue(f"“{typed}”不是月份", "写作 2026-11") from None

    return parsing.maybe("--month", text, read)
