"""`swm patrol route`, `draw` and `coverage`: where to go, by rule or by lot, and who was not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, party
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.domain.settings import Settings
from swm.errors import NotFound, Surroundings, WrongUsage
from swm.render.text import wrap
from swm.reports import patrolling
from swm.store.systemwords import reason

app = verbs()

Count = Annotated[o.Text, o.text("--count", "处数", "走几处；不写就是 8")]
USUAL = "8"


@app.command("route", cls=Command, help="今晚走哪里：按规则选处所，按村和地址排好，可以打印。")
def route(
    context: typer.Context,
    village: Annotated[o.Text, o.text("--village", "村", "只走这些村，几个用顿号隔开")] = None,
    count: Count = None,
    on: o.On = None,
    out: Annotated[o.Text, o.text("--out", "文件", "另写成可打印的 HTML 文件")] = None,
) -> None:
    """Where to go tonight. It names places and never who complained."""
    from swm.render.patrols import route_document, route_page

    call = Call.of(context)
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.today
    facts = call.facts()
    snapshot = call.ledger.snapshot()
    names = snapshot.settings.village_names(day)
    chosen = [
        parsing.read("--village", v, parsing.choice(names, "村"))
        for v in parsing.words(village or "")
    ]
    number = parsing.read("--count", count or USUAL, parsing.number)
    targets = patrolling.route(facts, day, number, names, chosen)
    shift = party.on_duty(snapshot, day)
    if out is not None:
        from swm.render.routes import render_route

        page = render_route(
            route_document(targets, day, shift), snapshot.settings.town, snapshot.template
        )
        _written(Path(out), page)
        call.screen.say([f"已写出 {out}"])
    if call.json:
        document = {**route_document(targets, day, shift), "台账版本": facts.commit}
        call.screen.document(document)
        return
    call.screen.result(route_page(targets, day, shift, call.screen.room))
    if not targets:
        call.screen.say(["没有应当停产的企业要走"])


def _written(place: Path, page: str) -> None:
    """Raises `Surroundings` where the file cannot be written."""
    try:
        place.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        hint = "换一个文件夹，或先关掉打开着的文件"
        raise Surroundings(f"{place} 写不了：{reason(error)}", hint) from None


@app.command("draw", cls=Command, help="双随机抽取：企业和去的人都由台账的提交号决定，谁都能重抽。")
def draw(
    context: typer.Context,
    count: Annotated[o.Text, o.text("--count", "家数", "抽几家")] = None,
    village: o.InVillage = None,
    category: o.Category = None,
    state: Annotated[o.Text, o.text("--state", "状态", "只在这个状态的企业里抽")] = None,
    seed: Annotated[o.Text, o.text("--seed", "提交", "用哪个提交抽；不写就是现在的台账")] = None,
    people: Annotated[
        o.Text, o.text("--from", "人员", "在这些人里抽去的两人；不写就是 swm.yaml 的人员")
    ] = None,
) -> None:
    """Draw enterprises and pairs of people."""
    from swm.domain import draws
    from swm.render.patrols import lots_table

    call = Call.of(context)
    commit = call.ledger.resolve(seed) if seed else call.ledger.head()
    facts = call.facts(commit)
    snapshot = call.ledger.snapshot(commit)
    if count is None:
        raise WrongUsage("缺少 --count（抽几家）", hint="写作 swm patrol draw --count 3")
    number = parsing.read("--count", count, parsing.number)
    workflow = snapshot.policy.workflow
    wanted = {
        "village": parsing.maybe(
            "--village", village, parsing.choice(_villages(snapshot.settings), "村")
        ),
        "category": parsing.maybe(
            "--category", category, parsing.choice([c.name for c in workflow.categories], "类别")
        ),
        "state": parsing.maybe(
            "--state", state, parsing.choice([s.name for s in workflow.states], "状态")
        ),
    }
    rows = {r["id"]: r for r in facts.query(_POOL, wanted)}
    names = parsing.words(people) if people else _people(snapshot.settings)
    lots = draws.draw(commit, list(rows), number, names)
    scope = "、".join(v for v in wanted.values() if v)
    if call.json:
        found = [
            {
                "编号": x.id,
                "名称": rows[x.id]["name"],
                "村": rows[x.id]["village"],
                "人员": list(x.people),
            }
            for x in lots
        ]
        document = {"种子": commit, "范围": scope or None, "可抽": len(rows), "抽取": found}
        call.screen.document({**document, "台账版本": commit})
        return
    call.screen.result(lots_table(lots, rows, call.screen.columns))
    call.screen.result(
        [
            f"种子（提交） {commit}",
            f"范围 {scope or '在册未销号和待核查的全部企业'}，{len(rows)} 家中抽 {len(lots)} 家，"
            f"人员 {len(names)} 名中每家抽 2 名",
        ]
    )
    call.screen.say(
        [f"重抽：同样的选项加上 --seed 提交；照此出巡的登记时加上 --drawn {commit}:{len(lots)}"]
    )


_POOL = """
SELECT id, name, village, state FROM enterprise
WHERE (:village IS NULL OR village = :village) AND (:category IS NULL OR category = :category)
  AND CASE WHEN :state IS NULL THEN (is_listed = 1 AND is_delisted = 0) OR state = '待核查'
           ELSE state = :state END
ORDER BY serial
"""


def _villages(settings: Settings) -> list[str]:
    return [v.name for v in settings.villages]


def _people(settings: Settings) -> tuple[str, ...]:
    """The roster of people as that commit has it, in its order; the day does not matter."""
    found = tuple(p.name for p in settings.people)
    if len(found) < 2:
        raise NotFound("swm.yaml 的人员里不足 2 人，没有可抽的人", "写作 --from 甲,乙,丙,丁")
    return found


@app.command(
    "coverage", cls=Command, help="巡查覆盖：间隔内看过的、没看过的、只从外面看过的，按村。"
)
def coverage(context: typer.Context, village: o.InVillage = None, at: o.At = None) -> None:
    """Which enterprises were visited within the rule's interval."""
    from swm.render.patrols import coverage_document, coverage_page, rate

    call = Call.of(context)
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    today = call.judged_on(at)
    names = snapshot.settings.village_names(today)
    chosen = parsing.maybe("--village", village, parsing.choice(names, "村"))
    found = patrolling.coverage(facts, snapshot.policy, today, names, chosen)
    if call.json:
        call.screen.document({**coverage_document(found), "台账版本": facts.commit})
        return
    call.screen.result(coverage_page(found, call.screen.columns))
    seen = sum(row.seen for row in found.rows)
    outside = sum(row.only_outside for row in found.rows)
    told = (
        f"列入已满{found.days}日的未销号企业 {len(found.rows)} 家，{found.since} 以来已巡查 "
        f"{seen} 家（其中仅外围查看 {outside} 家），未巡查 {len(found.rows) - seen} 家，"
        f"覆盖率 {rate(seen, len(found.rows))}"
    )
    call.screen.say(wrap(told, call.screen.room))
