"""`swm score`: village scoring. One command: PERIOD, or `enter` or `check` before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import lastused, parsing
from swm.cli import options as o
from swm.cli.approvals import approval
from swm.cli.call import SHORT, Call
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Question, complete
from swm.domain import scores
from swm.domain.edits import Change
from swm.domain.fields import BadValue
from swm.domain.kinds import SCORE
from swm.domain.periods import Period, parse_period
from swm.domain.points import tenths
from swm.domain.scorerecords import Announced, Score, score_id
from swm.domain.scores import AnnounceRequest, EnterRequest
from swm.errors import NotFound, Unreadable, WrongUsage
from swm.render.scores import announced_lines, score_document, score_table, village_page
from swm.render.text import visible, wrap
from swm.reports.scorecard import Scorecard, scorecard
from swm.store.writing import Writing as Committed

if TYPE_CHECKING:
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot

app = verbs()

ENTER, CHECK = "enter", "check"
Words = Annotated[
    o.Many, typer.Argument(metavar="[enter|check] 期间", help="如 2026-10、2026-Q3、2026")
]


@app.command(
    "score",
    cls=Writing,
    help="村级考核：各村得分、等次、名次；--announce 公布。\n"
    "enter 期间：手工加减分，或一票否决；check 期间：按公布时的版本重算，核对公布的结果。",
)
def score(
    context: typer.Context,
    words: Words = None,
    village: Annotated[o.Text, o.text("--village", "村", "只看（或评）这个村")] = None,
    item: Annotated[o.Text, o.text("--item", "项目", "enter：手工评分的项目")] = None,
    points: Annotated[o.Text, o.text("--points", "±分", "enter：加几分或扣几分，如 -2")] = None,
    announce: Annotated[bool, typer.Option("--announce", help="公布结果，整份存档")] = False,
    why: Annotated[o.Text, o.text("--why", "原因", "加减分或更正公布的原因")] = None,
    on: o.On = None,
    by: o.By = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    at: o.At = None,
) -> None:
    """Show, enter, announce or check. The options are read from `call.typed`."""
    call = Call.of(context)
    verb, period = _meant(call, words)
    if verb == ENTER:
        _enter(call, period)
    elif verb == CHECK:
        _check(call, period)
    elif announce:
        _announce(call, period)
    else:
        _show(call, period, village, at)


def _meant(call: Call, words: Sequence[str] | None) -> tuple[str, Period]:
    typed = list(words or ())
    verb = typed.pop(0) if typed and typed[0] in (ENTER, CHECK) else ""
    if len(typed) != 1:
        raise WrongUsage(
            "要写明是哪个期间",
            hint="例如 swm score 2026-Q3、swm score enter 2026-Q3 …、swm score check 2026-Q3",
        )
    cutoff = call.ledger.snapshot().settings.cutoff
    period = parsing.read("期间", typed[0], lambda text: parse_period(text, cutoff))
    if period.kind not in scores.KINDS:
        hint = "写作 2026-10、2026-Q3 或 2026"
        raise WrongUsage(f"“{typed[0]}”不是月、季度或年，不作考核", hint=hint)
    if period.start > call.today:
        raise WrongUsage(f"{period.title}还没有开始", hint=f"今天是 {call.today}")
    return verb, period


def computed(facts: Facts, snapshot: Snapshot, period: Period, today: date) -> Scorecard:
    """The scoring on the facts' commit. Raises `Unreadable` when a file was left out of them."""
    if facts.unreadable:
        raise Unreadable("有文件读不了，不能考核", facts.unreadable, "先改好：swm check")
    scheme = snapshot.scoring.on(period.end)
    return scorecard(facts, snapshot.settings, snapshot.policy, scheme, period, today)


def kept(snapshot: Snapshot, period: Period) -> Score | None:
    """What is on file for the period."""
    id = score_id(period.code)
    return snapshot.filed(Score, id) if snapshot.text(SCORE.path(id)) is not None else None


def _show(call: Call, period: Period, village: str | None, at: str | None) -> None:
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    day = call.judged_on(at)
    card = computed(facts, snapshot, period, day)
    file = kept(snapshot, period)
    last = file.announcements[-1] if file and file.announcements else None
    changes = scores.differences(last.results, card.results) if last else []
    names = [result.village for result in card.results]
    chosen = parsing.maybe("--village", village, parsing.choice(names, "村"))
    result = card.of(chosen) if chosen else None
    if call.json:
        document = score_document(card, last, changes)
        if chosen:
            document["村"] = [each for each in document["村"] if each["村"] == chosen]
        call.screen.document(document)
        return
    title = f"{period.title}村级考核"
    if result:
        call.screen.result(village_page(result, title, call.screen.room))
    else:
        head = f"{title}（满分{card.scheme.full}分）"
        call.screen.result([head, *score_table(card.results, call.screen.columns)])
    call.screen.say(_remarks(call, card, last, changes, day))


def _remarks(
    call: Call, card: Scorecard, last: Announced | None, changes: Sequence[str], day: date
) -> list[str]:
    room, lines = call.screen.room, [""]
    if day <= card.period.end:
        lines.append(f"注意：{card.period.title}还没有过完，得分只到 {day}")
    for notice in card.notices:
        lines += wrap(f"附注：{visible(notice)}", room, "  ")
    if last is None:
        lines.append("尚未公布")
        return lines
    lines += announced_lines(last, room)
    lines += _listed("公布后变化", changes, room)
    return lines


def _listed(title: str, differences: Sequence[str], room: int) -> list[str]:
    if not differences:
        return []
    told = [line for each in differences for line in wrap(f"  {visible(each)}", room, "    ")]
    return [f"{title}（{len(differences)}处）：", *told]


# --- recording ------------------------------------------------------------------------------------


def _enter(call: Call, period: Period) -> None:
    snapshot = call.ledger.snapshot()
    scheme = snapshot.scoring.on(period.end)
    names = [v.name for v in snapshot.settings.villages]
    vetoes = {veto.name for veto in scheme.vetoes}
    asked = (
        Question(option="--village", title="村", reader=parsing.village(names)),
        Question(
            option="--item", title="项目", reader=_item(scheme.by_hand), choices=scheme.by_hand
        ),
        Question(
            option="--points",
            title="加几分或扣几分（如 -2）",
            reader=tenths,
            by_rule=True,
            when=lambda answers: answers.get("--item") not in vetoes,
        ),
        Question(option="--why", title="原因", reader=str.strip),
    )
    typed = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(asked, typed, call.screen, call.ask)
    day = parsing.maybe("--on", call.typed["--on"], parsing.day(call.today)) or call.today
    request = EnterRequest(
        period=period,
        village=answers["--village"],
        item=answers["--item"],
        points=answers.get("--points"),
        reason=answers["--why"],
        on=day,
        by=parsing.words(call.typed["--by"] or ""),
        approval=approval(call.typed, call.today, day),
    )

    def decide(tx: Committed) -> Change:
        held = tx.scoring.on(period.end)
        return scores.enter(kept(tx, period), request, held, tx.policy, tx.settings, call.today)

    call.record(decide)


def _item(names: Sequence[str]) -> parsing.Reader[str]:
    """An item by prefix or initials; the verb says why another one is none."""

    def read_name(text: str) -> str:
        found = parsing.matching(names, text)
        if len(found) > 1:
            raise BadValue(f"“{text}”可以是几个项目", "请写全：" + "、".join(found))
        return found[0] if found else text.strip()

    return read_name


def _announce(call: Call, period: Period) -> None:
    day = parsing.maybe("--on", call.typed["--on"], parsing.day(call.today)) or call.today
    used = lastused.recall(call.ledger.root) if call.interactive else {}
    asked = (
        _who("--by", "公布人", used.get("公布人")),
        _who("--approver", "批准人", used.get("批准人")),
    )
    typed = {name: text for name, text in call.typed.items() if isinstance(text, str)}
    answers = complete(asked, typed, call.screen, call.ask)
    told = {**call.typed, "--approver": answers.get("--approver")}
    approved = approval(told, call.today, day)
    by = parsing.words(answers.get("--by") or "")

    def decide(tx: Committed) -> Change:
        card = computed(tx.facts, tx, period, call.today)
        request = AnnounceRequest(
            period=period,
            version=tx.commit,
            policy=tx.scoring_digest,
            results=card.results,
            grades=card.grades,
            notices=card.notices,
            by=by,
            approval=approved,
            on=day,
            reason=call.typed["--why"],
        )
        return scores.announce(kept(tx, period), request, tx.policy, call.today)

    call.record(decide)
    call.remember({"公布人": answers.get("--by"), "批准人": answers.get("--approver")})


def _who(option: str, title: str, suggested: str | None) -> Question:
    """Somebody whom the announcement needs; the verb refuses without."""
    return Question(option=option, title=title, reader=str.strip, suggested=suggested, by_rule=True)


# --- checking what was announced ------------------------------------------------------------------


def _check(call: Call, period: Period) -> None:
    facts = call.facts()
    head = call.ledger.snapshot(facts.commit)
    file = kept(head, period)
    if file is None or not file.announcements:
        raise NotFound(
            f"{period.title}的考核结果没有公布过", f"公布：swm score {period.code} --announce"
        )
    last = file.announcements[-1]
    then = call.ledger.snapshot(call.ledger.resolve(last.version))
    past = call.ledger.facts(then.commit, call.progress("读取公布时的台账"))
    recomputed = computed(past, then, period, call.today)
    wrong = scores.differences(last.results, recomputed.results)
    changes = scores.differences(last.results, computed(facts, head, period, call.today).results)
    if call.json:
        call.screen.document(
            {
                "期间": period.code,
                "公布": str(last.on),
                "版次": last.edition,
                "据以计算": last.version,
                "一致": not wrong,
                "不符": wrong,
                "公布后变化": changes,
                "台账版本": facts.commit,
            }
        )
        raise typer.Exit(1 if wrong else 0)
    room = call.screen.room
    head_line = (
        f"{period.title}村级考核，{last.title}（{last.on}，据台账版本 {last.version[:SHORT]}）"
    )
    verdict = (
        "公布的结果与按那一版重算的完全一致" if not wrong else "公布的结果与按那一版重算的不符"
    )
    call.screen.result([*wrap(head_line, room, "  "), verdict, *_listed("不符", wrong, room)])
    call.screen.say(_listed("公布后变化", changes, room) or ["公布以后没有变化"])
    raise typer.Exit(1 if wrong else 0)
