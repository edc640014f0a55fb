"""`swm report text`: the file in which people write what one report is to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import output, parsing
from swm.cli.call import Call
from swm.cli.grammar import Command
from swm.cli.reportperiods import refuse_unbegun
from swm.domain.fields import Field, table
from swm.domain.periods import MONTH, parse_period
from swm.domain.periodwords import last_finished, words_of
from swm.domain.reporttexts import PARAGRAPHS, ReportText, path_of
from swm.errors import Refused
from swm.reports.audiences import UPWARD
from swm.reports.values import Monthly

EXAMPLES = {"文号": "俵整〔2026〕8号", "成文日期": "2026-11-03"}
"""How a value is written that is not just text."""


def register(app: typer.Typer) -> None:
    """Add the command to the noun."""
    app.command(
        "text",
        cls=Command,
        help="某一期报表里由人写的文字：起草成文件，改好后用 swm adopt 收录，报表照印。",
    )(text)


def text(
    context: typer.Context,
    when: Annotated[
        o.Text, typer.Argument(metavar="[期间]", help="如 2026-10、2026-Q3、2026-W41、2026")
    ] = None,
) -> None:
    """Write the draft of the texts into the working copy, unless there is one."""
    from swm.audit.reports import report_on
    from swm.store import files, paths

    call = Call.of(context)
    cutoff = call.ledger.snapshot().settings.cutoff
    if when is None:
        period = last_finished(MONTH, call.today, cutoff)
        call.screen.say([f"没有写明期间，按最近过完的一个月：{period.title}"])
    else:
        period = parsing.read("期间", when, lambda typed: parse_period(typed, cutoff))
    refuse_unbegun(call, period)
    path = path_of(period)
    if files.read(call.ledger.root, path) is not None:
        raise Refused(
            f"{path} 已经有了，没有动它", hint="直接改这个文件；改好后 swm adopt --why 原因"
        )
    call.require_own_repository()
    draft = drafted(report_on(call.ledger, call.facts(), period, UPWARD))
    place = paths.locate(call.ledger.root, path)
    files.make_folders(place.parent)
    output.write(place, draft.encode())
    if call.json:
        call.screen.document({"期间": period.code, "文件": path})
        return
    call.screen.result([path])
    call.screen.say(
        [
            "改好以后收录，报表才照印：",
            "  swm adopt --why 原因",
            "看改得对不对：",
            "  swm check 字段",
        ]
    )


def drafted(report: Monthly) -> str:
    """The file as it is put before the writer: the drafts as they stand, the rest as comments.

    It reads back as what it says: raises `Unreadable` otherwise.
    """
    from swm.domain.reporttexts import read_text
    from swm.store.yamlread import parse

    told = "".join(f"{line}\n" for line in _lines(report))
    read_text(parse(told.encode(), "草稿"), path_of(report.period))
    return told


def _lines(report: Monthly) -> Iterator[str]:
    from swm.store.yamlwrite import entry_lines

    paper = words_of(report.period).paper
    yield f"# {report.period.title}{paper}里由人写的文字。改好以后收录：swm adopt --why 原因"
    yield "# “存在问题”“下一步工作”是起草的，可以任意改；整项删去，就印届时重新起草的。"
    yield "# 其余各项要写时，去掉行首的“# ”。文字里的数字由写的人负责，软件不核对。"
    drafts = {"存在问题": report.problems, "下一步工作": report.next_steps}
    yield from entry_lines("期间", report.period.code, 0, False)
    for row in table(ReportText):
        if row.key in drafts:
            yield f"{row.key}:"
            for sentence in drafts[row.key]:
                yield from _item(sentence)
        elif row.key != "期间":
            yield from _comment(row)


def _item(sentence: str) -> Iterator[str]:
    from swm.store.yamlwrite import item_lines

    yield from item_lines(sentence, 2)


def _comment(row: Field) -> Iterator[str]:
    if row.kind == PARAGRAPHS:
        yield f"# {row.key}:  # {row.meaning}，每项一段"
        yield "#   - 写一段文字。"
    else:
        yield f"# {row.key}: {EXAMPLES.get(row.key, '写在这里')}  # {row.meaning}"
