"""`swm activity`: 宣传、培训、会议、零报告."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.prompts import Question, complete
from swm.domain import activities as verbs
from swm.domain.activities import ActivityRequest, ZeroRequest
from swm.domain.activityrecords import (
    ACTIVITY_KINDS,
    FORMS,
    MEETING,
    PUBLICITY,
    TOPICS,
    TRAINING,
    Activity,
)
from swm.domain.edits import Change
from swm.domain.kinds import ACTIVITY
from swm.domain.periods import Period, parse_period
from swm.errors import Unreadable, WrongUsage
from swm.render.text import visible
from swm.reports import activities as reading
from swm.store.writing import Writing as Committed

if TYPE_CHECKING:
    from swm.store.facts import Facts

app = noun("activity", "活动：宣传、培训、会议、零报告。")

HELD = (PUBLICITY, TRAINING, MEETING)
When = Annotated[o.Text, typer.Argument(metavar="期间", help="如 2026-10")]
Which = Annotated[o.Text, typer.Argument(metavar="编号", help="如 HD-2026-0001，或今年的序号 1")]


@app.command("add", cls=Writing, help="登记一次活动。最后一行以编号开头。")
def add(
    context: typer.Context,
    kind: Annotated[o.Text, o.text("--kind", "类型", "宣传、培训、会议")] = None,
    title: Annotated[o.Text, o.text("--title", "主题", "主题或内容")] = None,
    on: o.On = None,
    form: Annotated[
        o.Text, o.text("--form", "形式", "网络、微信、条幅、广播、明白纸、入户、典型案例曝光等")
    ] = None,
    village: o.Village = None,
    place: Annotated[o.Text, o.text("--place", "地点", "地点")] = None,
    people: Annotated[o.Text, o.text("--people", "人次", "参加人数")] = None,
    copies: Annotated[o.Text, o.text("--copies", "份数", "发放材料的份数")] = None,
    pieces: Annotated[o.Text, o.text("--pieces", "条数", "条幅、标语、推送的条数")] = None,
    topics: Annotated[o.Text, o.text("--topics", "内容", "培训内容：" + "、".join(TOPICS))] = None,
    audience: Annotated[o.Text, o.text("--audience", "对象", "对象，如网格员")] = None,
    chair: Annotated[o.Text, o.text("--chair", "姓名", "会议主持人")] = None,
    decision: Annotated[o.Many, o.text("--decision", "文字", "会议议定的一项；可写多次")] = None,
    cases: Annotated[o.Text, o.text("--cases", "企业", "曝光的企业编号，几家用逗号隔开")] = None,
    photo: Annotated[o.Many, o.text("--photo", "文件", "照片；可写多次")] = None,
    by: o.By = None,
    note: o.Note = None,
) -> None:
    """Record an activity."""
    call = Call.of(context)
    typed = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(_questions(), typed, call.screen, call.ask)
    told = answers["--kind"]
    forms = FORMS.get(told, ())
    request = ActivityRequest(
        kind=told,
        title=answers["--title"],
        on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
        form=parsing.maybe("--form", form, parsing.choice(forms, "形式")),
        village=_village(call, village),
        place=place,
        people=answers.get("--people"),
        copies=parsing.maybe("--copies", copies, parsing.number),
        pieces=parsing.maybe("--pieces", pieces, parsing.number),
        topics=answers.get("--topics") or (),
        audience=audience,
        chair=chair,
        decisions=tuple(text.strip() for text in decision or ()),
        cases=tuple(dict.fromkeys(_enterprises(call, cases))),
        photos=tuple(_photograph(name) for name in photo or ()),
        by=parsing.words(by or ""),
        note=parsing.joined(note),
    )

    def decide(tx: Committed) -> Change:
        exposed = {id: tx.enterprise(id) for id in request.cases}
        ids = tx.given(ACTIVITY)
        return verbs.add(ids, request, tx.policy, tx.settings, call.today, exposed)

    call.record(decide, id_first=True)


def _questions() -> tuple[Question, ...]:
    """What an activity cannot do without."""

    def training(answers: Any) -> bool:
        return bool(answers.get("--kind") == TRAINING)

    return (
        Question(
            option="--kind",
            title="活动类型",
            reader=parsing.choice(ACTIVITY_KINDS, "活动"),
            choices=HELD,
        ),
        Question(option="--title", title="主题", reader=str.strip),
        Question(
            option="--people",
            title="参加人数",
            reader=parsing.number,
            by_rule=True,
            when=training,
        ),
        Question(
            option="--topics",
            title="培训内容（几项用顿号隔开）",
            reader=parsing.choices(TOPICS, "培训内容"),
            choices=TOPICS,
            by_rule=True,
            when=training,
        ),
    )


def _village(call: Call, typed: str | None) -> str | None:
    names = [v.name for v in call.ledger.snapshot().settings.villages] if typed else []
    return parsing.maybe("--village", typed, parsing.village(names))


def _enterprises(call: Call, typed: str | None) -> Sequence[str]:
    if typed is None:
        return ()
    from swm.cli import selection

    return selection.several(call, [typed])


def _photograph(name: str) -> Any:
    from swm.cli.photographs import photograph

    return photograph(name)


@app.command("zero", cls=Writing, help="登记一个村的零报告：本月没有新发现。一村一月一份。")
def zero(
    context: typer.Context,
    village: o.Village = None,
    on: o.On = None,
    by: Annotated[o.Text, o.text("--by", "人员", "报告人")] = None,
    period: Annotated[o.Text, o.text("--period", "期间", "报的是哪个月；不写就是当月")] = None,
    note: o.Note = None,
) -> None:
    """Record a village's report that there is nothing new."""
    call = Call.of(context)
    settings = call.ledger.snapshot().settings
    names = settings.village_names(call.today)
    asked = (
        Question(option="--village", title="村", reader=parsing.village(names), choices=names),
        Question(option="--by", title="报告人", reader=parsing.words),
    )
    typed = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(asked, typed, call.screen, call.ask)
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.today
    told = (
        _period("--period", period, settings.cutoff)
        if period
        else Period.month_of(day, settings.cutoff)
    )
    request = ZeroRequest(
        village=answers["--village"],
        period=told,
        on=day,
        by=answers["--by"],
        note=parsing.joined(note),
    )

    def decide(tx: Committed) -> Change:
        earlier = reading.reported(tx.facts, request.village, request.period)
        found = reading.registered(tx.facts, request.village, request.period)
        return verbs.zero(
            tx.given(ACTIVITY), request, earlier, tx.policy, tx.settings, call.today, found
        )

    call.record(decide, id_first=True)


def _name_unreadable(facts: Facts) -> None:
    """Raise `Unreadable` where files were left out: what is shown is then not all."""
    if facts.unreadable:
        raise Unreadable("有文件读不了，没有算在里面", facts.unreadable, "检查：swm check")


def _period(option: str, text: str, cutoff: int | None) -> Period:
    return parsing.read(option, text, lambda typed: parse_period(typed, cutoff))


@app.command("list", cls=Command, help="活动清单，可按类型、月份、村筛选。")
def list_activities(
    context: typer.Context,
    kind: Annotated[o.Text, o.text("--kind", "类型", "宣传、培训、会议、零报告")] = None,
    month: Annotated[
        o.Text, o.text("--month", "月份", "只要这个月（季、年）的，如 2026-10")
    ] = None,
    village: o.InVillage = None,
    at: o.At = None,
) -> None:
    """The activities, one a line."""
    from swm.render.activities import activities_table, activity_document, totals

    call = Call.of(context)
    facts = call.facts(at)
    settings = call.ledger.snapshot(facts.commit).settings
    names = [v.name for v in settings.villages]
    found = reading.listing(
        facts,
        call.judged_on(at),
        parsing.maybe("--kind", kind, parsing.choice(ACTIVITY_KINDS, "活动")),
        parsing.maybe("--village", village, parsing.choice(names, "村")),
        _period("--month", month, settings.cutoff) if month else None,
    )
    if call.json:
        document = {"活动": [activity_document(x) for x in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(activities_table(found, call.screen.columns))
    call.screen.say([totals(found)])
    _name_unreadable(facts)


@app.command("show", cls=Command, help="一次活动的全部内容。")
def show(context: typer.Context, which: Which = None, at: o.At = None) -> None:
    """One activity."""
    from swm.domain import fields
    from swm.render.activities import activity_page

    call = Call.of(context)
    if which is None:
        raise WrongUsage(
            "要写明是哪次活动", hint="写编号，例如 HD-2026-0001；清单：swm activity list"
        )
    id = parsing.read("编号", which, selection.filed(call, ACTIVITY))
    snapshot = call.snapshot(at)
    found = snapshot.filed(Activity, id)
    if call.json:
        call.screen.document(fields.plain({**fields.fragment(found), "台账版本": snapshot.commit}))
        return
    call.screen.result(activity_page(found, call.screen.room))


@app.command("missing", cls=Command, help="某月应报未报的村：没有零报告，也没有登记和排查。")
def missing(context: typer.Context, when: When = None, at: o.At = None) -> None:
    """The villages that said nothing in a month."""
    call = Call.of(context)
    if when is None:
        raise WrongUsage("要写明是哪个月", hint="例如 swm activity missing 2026-10")
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    _name_unreadable(facts)
    period = _period("期间", when, snapshot.settings.cutoff)
    found = reading.silent(facts, snapshot.policy, snapshot.settings, period)
    if call.json:
        call.screen.document({"期间": period.code, "村": found, "台账版本": facts.commit})
        return
    call.screen.result(visible(village) for village in found)
    call.screen.say([f"{period.title}应报未报的村 {len(found)} 个"])
