"""`swm brief`: a paragraph to paste into a chat or a daily report."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.cli.reporting import period_to
from swm.errors import Unreadable, WrongUsage
from swm.render.text import visible

app = verbs()


@app.command("brief", cls=Command, help="一段情况简报，可以直接粘贴；数字与月报同口径，不写人名。")
def brief(
    context: typer.Context,
    to: Annotated[
        o.Text, o.text("--to", "日期", "到哪个月或哪一天；不写就是本月到今天（--at 的那一天）")
    ] = None,
    village: o.InVillage = None,
    at: o.At = None,
) -> None:
    """How the town, or a village, stands."""
    from swm.reports.brief import numbers, paragraph

    call = Call.of(context)
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    settings = snapshot.settings
    if facts.unreadable:
        raise Unreadable("有文件读不了，数字算不准", facts.unreadable, "先改好：swm check")
    period = period_to(call, to, settings.cutoff, at)
    if period.start > call.today:
        raise WrongUsage(f"{period.title}还没有开始", hint=f"今天是 {call.today}")
    names = [v.name for v in settings.villages]
    chosen = parsing.maybe("--village", village, parsing.choice(names, "村"))
    counted = settings.village_at(chosen, period.end) if chosen else None
    found = numbers(facts, snapshot.policy, period, counted)
    text = paragraph(found, counted or "全镇", period)
    if call.json:
        values = {name: {"值": f.value, "单位": f.unit} for name, f in found.items()}
        document = {"期间": period.code, "简报": text, "数字": values, "台账版本": facts.commit}
        call.screen.document(document)
        return
    call.screen.result([visible(text)])
