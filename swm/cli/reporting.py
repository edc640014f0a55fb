"""`swm report`: the monthly report as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from swm import __version__
from swm.cli import options as o
from swm.cli import output, parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.domain.days import parse_day
from swm.domain.fields import BadValue
from swm.domain.periods import Period, parse_period
from swm.errors import WrongUsage
from swm.render.figures import render_json
from swm.render.text import visible
from swm.reports.audiences import INTERNAL, UPWARD
from swm.reports.monthly import monthly
from swm.reports.values import Monthly

app = noun("report", "月报：Word、网页和供程序读取的 JSON。")

DEFAULT = "docx,html"

When = Annotated[o.Text, typer.Argument(metavar="月份", help="如 2026-10")]
Audience = Annotated[o.Text, o.text("--audience", "口径", "上报、内部；不写就是上报")]


@app.command("month", cls=Command, help="某个月的月报，写成文件，列出各文件的位置。")
def month(
    context: typer.Context,
    when: When = None,
    format: o.Format = None,
    out: o.Out = None,
    at: o.At = None,
    audience: Audience = None,
) -> None:
    """Write the month's report."""
    call = Call.of(context)
    if when is None:
        raise WrongUsage("要写明是哪个月", hint="例如 swm report month 2026-10")
    formats = parsing.read("--format", format or DEFAULT, parsing.choices(tuple(WRITERS), "格式"))
    told = (
        parsing.maybe("--audience", audience, parsing.choice((UPWARD, INTERNAL), "口径")) or UPWARD
    )
    report = made(call, when, at, told)
    folder = output.folder_for(out, call.ledger.root)
    bar = call.progress("生成月报")
    made_files: dict[Path, bytes] = {}
    for number, kind in enumerate(formats):
        if bar:
            bar(number, len(formats))
        place = folder / f"{report.period.code}月报.{kind}"
        made_files[place] = WRITERS[kind](report, call.ledger.root)
    for place, data in made_files.items():  # a template that fails leaves no file of the others
        output.write(place, data)
    places = [output.from_here(place) for place in made_files]
    if bar:
        bar(len(formats), len(formats))
    _show(call, report, places)


def made(call: Call, when: str, at: str | None, audience: str) -> Monthly:
    """The report as a value. Raises `WrongUsage` for what is no month."""
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    period = parsing.read("月份", when, lambda text: parse_period(text, snapshot.settings.cutoff))
    if period.kind != "月":
        raise WrongUsage(f"“{when}”不是一个月", hint="写作 2026-10")
    if period.start > call.today:
        raise WrongUsage(f"{period.title}还没有开始", hint=f"今天是 {call.today}")
    return monthly(
        facts,
        snapshot.settings,
        snapshot.policy,
        period,
        facts.commit,
        f"swm {__version__}",
        audience,
    )


def _json(report: Monthly, _: Path) -> bytes:
    return render_json(report)


def _html(report: Monthly, ledger: Path) -> bytes:
    from swm.render.html import render_html
    from swm.render.templates import MONTHLY_HTML, find

    return render_html(report, find(MONTHLY_HTML, ledger).decode()).encode()


def _word(report: Monthly, ledger: Path) -> bytes:
    from swm.render.templates import MONTHLY_WORD, find
    from swm.render.word import render_word

    return render_word(report, find(MONTHLY_WORD, ledger))


WRITERS: dict[str, Callable[[Monthly, Path], bytes]] = {
    "docx": _word,
    "html": _html,
    "json": _json,
}
"""What each format is made by, from the report and the ledger's folder. What one of them needs is
loaded when it is asked for."""


def _show(call: Call, report: Monthly, places: list[Path]) -> None:
    unequal = [tie for tie in report.ties if not tie.holds]
    if call.json:
        call.screen.document(
            {
                "期间": report.period.code,
                "文件": [str(place) for place in places],
                "勾稽不符": [tie.name for tie in unequal],
                "台账版本": report.version,
            }
        )
        return
    call.screen.result(str(place) for place in places)
    if call.today <= report.period.end:
        call.screen.say([f"注意：{report.period.title}还没有过完，数字只到 {call.today}"])
    for tie in unequal:
        said = f"勾稽不符：{tie.name}，{tie.left}＝{tie.left_value}，{tie.right}＝{tie.right_value}"
        call.screen.say([visible(said)])
    for reminder in report.reminders:
        call.screen.say([f"提醒：{visible(reminder)}"])


def period_to(call: Call, to: str | None, cutoff: int | None) -> Period:
    """The month up to `--to`: a month in full, or a month up to one of its days (today)."""
    if to is not None:
        try:
            day = parse_day(to, call.today)
        except BadValue:
            return parsing.read("--to", to, lambda text: parse_period(text, cutoff))
    else:
        day = call.today
    whole = Period.month_of(day, cutoff)
    return whole if day == whole.end else Period.range(whole.start, day)
