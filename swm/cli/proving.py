"""`swm report verify`, `explain` and `final`: a file against the ledger, a number by its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.files import content
from swm.cli.grammar import Command, Writing, verbs
from swm.cli.reportperiods import month_named
from swm.domain.periods import parse_period
from swm.domain.periodwords import words_of
from swm.errors import Refused, Unreadable, WrongUsage
from swm.render.proofs import difference_lines, explained_document, explained_page, verdict_document
from swm.render.text import visible
from swm.reports import figures
from swm.reports.audiences import PUBLIC

if TYPE_CHECKING:
    from swm.audit.issuing import Writer
    from swm.audit.verifying import Verdict
    from swm.domain.edits import Change
    from swm.store.writing import Writing as Committed

app = verbs()

File = Annotated[o.Text, typer.Argument(metavar="文件", help="报告的文件")]


@app.command("verify", cls=Command, help="核对一份报告文件：按它写明的版本重新生成，逐处比较。")
def verify(context: typer.Context, file: File = None) -> None:
    """Exits 0 where all is equal, 1 where something differs, 5 where it cannot be told."""
    from swm.audit import verifying

    call = Call.of(context)
    if file is None:
        raise WrongUsage("要写明核对哪个文件", hint="例如 swm report verify 输出/2026-10月报.docx")
    found = verifying.verify(call.ledger, _brought(file), _writers, call.progress("重新生成"))
    if call.json:
        call.screen.document(verdict_document(found))
    else:
        call.screen.result(_judged(found, call.screen.room))
        call.screen.say(_standing(found))
    if not found.identical:
        raise typer.Exit(1)


def _judged(found: Verdict, room: int) -> list[str]:
    """Whether the file is the same, and where it is not."""
    told = found.about
    paper = words_of(parse_period(told["期间"])).paper
    what = PUBLIC if told["口径"] == PUBLIC else f"{paper}（{told['口径']}）"
    head = f"{told['期间']}{what}，台账版本 {told['台账版本'][:10]}，{told['程序版本']}"
    if not found.identical:
        lines = difference_lines(found.differences, room)
        more = ["  不同的地方太多，没有全部列出"] if found.more else []
        return [f"与台账重新生成的不一致：{visible(head)}", *lines, *more]
    if found.repacked:
        return [f"内容与台账重新生成的一致，文件重新打包过：{visible(head)}"]
    return [f"与台账重新生成的完全一致：{visible(head)}"]


def _standing(found: Verdict) -> list[str]:
    """As what the file left the house, if it did."""
    public = found.about["口径"] == PUBLIC
    verb = PUBLIC if public else "印发"
    if found.registered:
        return [f"就是{verb}登记的文件（{visible(found.registered)}）"]
    if found.like:
        return [f"内容与{verb}登记的文件相同（{visible(found.like)}），但不是登记的那个文件"]
    if found.unfiled:
        return ["可能是伪造的；如果是在别的电脑上印发的，请到那台电脑上核对"]
    if found.signed:
        return [f"就是登记的定稿（{found.signed}）：登记时核对过各表的数字，文字可以不同"]
    if not found.identical:
        return []
    if public:
        return ["没有登记为对外的公示"]
    return ["没有登记印发（草稿）" if found.draft else "印发时没有登记这种格式的文件"]


def _brought(name: str) -> bytes:
    """A file as somebody brings it. Raises `Unreadable` before one that would fill the memory is
    read, `NotFound` as `content` does."""
    from pathlib import Path

    from swm.render.zipped import LARGEST

    place = Path(name).expanduser()
    if place.is_file() and place.stat().st_size > LARGEST:
        raise Unreadable("这个文件太大，读不了", hint="月报、公示没有这么大，请核对是不是这个文件")
    return content(name)


@app.command("explain", cls=Command, help="月报里的一个数字：凭哪些记录，谁在哪次提交里记的。")
def explain(
    context: typer.Context,
    which: Annotated[o.Many, typer.Argument(metavar="月份 数字", help="如 2026-10 超期")] = None,
    at: o.At = None,
) -> None:
    """The number as it was issued, else as it is now, with its records and their commits."""
    from swm.audit.explaining import explained

    call = Call.of(context)
    typed = list(which or ())
    if len(typed) != 2:
        hint = "例如 swm report explain 2026-10 超期；全部名称见 swm figure"
        raise WrongUsage("要写明月份和数字", hint=hint)
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    period = month_named(snapshot, typed[0], "report explain")
    meant = parsing.matching(list(figures.figures(snapshot.policy)), typed[1])
    name = meant[0] if len(meant) == 1 else typed[1]
    if facts.unreadable:
        raise Unreadable("有文件读不了，数字算不准", facts.unreadable, "先改好：swm check")
    found = explained(call.ledger, facts, period, name, fixed=at is not None)
    if call.json:
        call.screen.document(explained_document(found))
        return
    call.screen.result(explained_page(found, call.screen.columns))


@app.command("final", cls=Writing, help="登记签发后的定稿（Word）：先核对各表的数字与印发的一致。")
def final(
    context: typer.Context,
    which: Annotated[
        o.Many, typer.Argument(metavar="月份 文件", help="如 2026-10 定稿.docx")
    ] = None,
    pages: Annotated[o.Text, o.text("--pages", "页数", "定稿的页数")] = None,
    place: Annotated[o.Text, o.text("--place", "地方", "纸件存放的地方")] = None,
    by: o.By = None,
    on: o.On = None,
) -> None:
    """Register the signed file by its SHA-256."""
    from pathlib import Path

    from swm.audit.finals import compared
    from swm.audit.issuing import hashed
    from swm.audit.provenance import kept
    from swm.domain.reportissues import FinalRequest, finalise, latest_of

    call = Call.of(context)
    typed = list(which or ())
    if len(typed) != 2:
        raise WrongUsage("要写明月份和文件", hint="例如 swm report final 2026-10 定稿.docx")
    head = call.ledger.snapshot()
    period = month_named(head, typed[0], "report final")
    latest = latest_of(kept(head, period.code), period.code)
    data = _brought(typed[1])
    writers = _writers(latest.audience)
    reworded = compared(call.ledger, period.code, latest, data, writers, call.progress("重新生成"))
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.today
    request = FinalRequest(
        file=hashed(Path(typed[1]).name, data),
        on=day,
        by=parsing.words(by or ""),
        pages=parsing.maybe("--pages", pages, parsing.number),
        place=place,
        reworded=reworded,
    )

    def decide(tx: Committed) -> Change:
        existing = kept(tx, period.code)
        if existing is None or existing.latest != latest:
            raise Refused(f"{period.title}份月报刚刚有了新的版次", hint="请再运行一次")
        return finalise(existing, request, tx.policy, call.today)

    call.record(decide)
    if reworded and not call.json:
        call.screen.say([f"文字与生成的不同的有{len(reworded)}处，已记在登记里："])
        call.screen.say(f"  {visible(line)}" for line in reworded)


def _writers(audience: str) -> Mapping[str, Writer]:
    if audience == PUBLIC:
        from swm.cli import publishing

        return publishing.WRITERS
    from swm.cli.reporting import WRITERS

    return WRITERS
