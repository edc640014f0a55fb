"""`swm activity`: 宣传、培训、会议、零报告."""

from __future__ import annotations

from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.grammar import Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import activities
from swm.domain.activities import ActivityRequest
from swm.domain.activityrecords import ACTIVITY_KINDS
from swm.domain.kinds import ACTIVITY

app = noun("activity", "活动：宣传、培训、会议、零报告。")


@app.command("add", cls=Writing, help="登记一次活动。最后一行以编号开头。")
def add(
    context: typer.Context,
    kind: Annotated[o.Text, o.text("--kind", "类型", "、".join(ACTIVITY_KINDS))] = None,
    title: Annotated[o.Text, o.text("--title", "主题", "主题或内容")] = None,
    on: o.On = None,
    form: Annotated[o.Text, o.text("--form", "形式", "广播、条幅、微信、入户、现场")] = None,
    village: o.Village = None,
    place: Annotated[o.Text, o.text("--place", "地点", "地点")] = None,
    people: Annotated[o.Text, o.text("--people", "人次", "参加人数")] = None,
    copies: Annotated[o.Text, o.text("--copies", "份数", "发放材料的份数")] = None,
    pieces: Annotated[o.Text, o.text("--pieces", "条数", "条幅、标语、推送的条数")] = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """Record an activity."""
    call = Call.of(context)
    asked = (
        Question(
            option="--kind",
            title="活动类型",
            reader=parsing.choice(ACTIVITY_KINDS, "活动"),
            choices=ACTIVITY_KINDS,
        ),
        Question(option="--title", title="主题", reader=str.strip),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    request = ActivityRequest(
        kind=answers["--kind"],
        title=answers["--title"],
        on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
        form=form,
        village=village,
        place=place,
        people=parsing.maybe("--people", people, parsing.number),
        copies=parsing.maybe("--copies", copies, parsing.number),
        pieces=parsing.maybe("--pieces", pieces, parsing.number),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
    )
    call.record(
        lambda tx: activities.add(tx.ids(ACTIVITY), request, tx.policy, tx.settings, call.today),
        id_first=True,
    )
