"""`swm lookback`: which delisted enterprises are to be seen again, and when (方案五2)."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.duties import DAYS, asked_for, refuse_unread, upcoming_document, upcoming_lines
from swm.cli.grammar import Command, noun
from swm.reports.dues import look_backs

app = noun("lookback", "回头看：已销号的企业几时该再看一次。登记用 swm inspect --kind 回头看。")


@app.command("list", cls=Command, help="已经逾期的和几日内到期的回头看，每家一项，最早的在前。")
def list_look_backs(
    context: typer.Context,
    within: Annotated[o.Text, o.text("--within", "日数", "几日内到期；不写就是 30")] = None,
    village: o.InVillage = None,
    person: Annotated[o.Text, o.text("--person", "姓名", "只要这个人包保的")] = None,
) -> None:
    """The look-backs that are late or fall due soon."""
    call = Call.of(context)
    days = parsing.read("--within", within or DAYS, parsing.number)
    asked = asked_for(call, days, village, person)
    found = sorted((x for x in look_backs(asked) if asked.wants(x)), key=lambda x: (x.on, x.id))
    if call.json:
        document = {
            "回头看": [upcoming_document(each) for each in found],
            "台账版本": asked.facts.commit,
        }
        call.screen.document(document)
    else:
        call.screen.result(upcoming_lines(found, call.screen.room))
        late = sum(each.on < call.today for each in found)
        call.screen.say([f"逾期 {late} 家，{days}日内到期 {len(found) - late} 家"])
        if not asked.policy.rules.look_backs:
            call.screen.insist(
                ["制度/期限.yaml 里没有“回头看”，从附送的默认制度中补上以后才能推算"]
            )
    refuse_unread(asked.facts)
