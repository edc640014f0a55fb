"""`swm report`: reports on months and other periods, as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.audit.reports import report_on
from swm.cli import issuedpapers, issuing, output, parsing, proving, reporttexts
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.cli.reportperiods import chosen_period
from swm.domain.days import parse_day
from swm.domain.fields import NAME, BadValue, read_scalar
from swm.domain.periods import MONTH, QUARTER, RANGE, WEEK, YEAR, Period, parse_period
from swm.domain.periodwords import words_of
from swm.errors import WrongUsage
from swm.render.figures import render_json
from swm.render.monthly import too_long
from swm.render.templates import Own
from swm.render.text import visible
from swm.reports.audiences import INTERNAL, PUBLIC, UPWARD
from swm.reports.values import Monthly

if TYPE_CHECKING:
    from swm.reports.public import Public

app = noun(
    "report", "月报、周报、季报、年报、专报和公示：Word、网页、Excel、PDF 和供程序读取的 JSON。"
)

DEFAULT = "docx,html"
PDF = "pdf"
"""Made last: what makes it may not be installed."""
AUDIENCES = (UPWARD, INTERNAL, PUBLIC)

When = Annotated[o.Text, typer.Argument(metavar="[期间]", help="不写就是最近过完的一期")]
Audience = Annotated[
    o.Text, o.text("--audience", "口径", "上报、内部、公示；不写就是上报，公示要写批准人")
]
DocNo = Annotated[o.Text, o.text("--doc-no", "文号", "发文字号；不写就用文字文件里的")]
VERBS = {
    "month": (MONTH, "月报，如 swm report month 2026-10"),
    "week": (WEEK, "周报，如 swm report week 2026-W41，或写其中一天"),
    "quarter": (QUARTER, "季报，如 swm report quarter 2026-Q3"),
    "year": (YEAR, "年报，如 swm report year 2026"),
    "range": (RANGE, "专报：任意一段日期，如 swm report range 2026-10-01..2026-10-15"),
}
"""Each command of a report: the kind of its period, its help."""


def _verb(kind: str) -> Callable[..., None]:
    """The command that writes reports on periods of one kind."""

    def report(
        context: typer.Context,
        when: When = None,
        format: o.Format = None,
        out: o.Out = None,
        at: o.At = None,
        audience: Audience = None,
        approver: o.Approver = None,
        doc_no: DocNo = None,
    ) -> None:
        """Write the report's files and list them."""
        call = Call.of(context)
        told = parsing.maybe("--audience", audience, parsing.choice(AUDIENCES, "口径")) or UPWARD
        _require_approver(told, approver)
        number = parsing.maybe("--doc-no", doc_no, lambda text: read_scalar(NAME, text.strip()))
        make, writers = _ways(told)
        pick = parsing.choices(tuple(writers), "格式")
        formats = parsing.read("--format", format or DEFAULT, pick)
        value = make(call, when, at, told, kind, number)
        formats = in_order(formats, value)
        folder = output.folder_for(out, call.ledger.root)
        show(call, value, write(call, value, writers, formats, folder))

    return report


for verb, (period_kind, told_of_it) in VERBS.items():
    app.command(verb, cls=Command, help=f"{told_of_it}。写成文件，列出位置。")(_verb(period_kind))
reporttexts.register(app)


def _ways(audience: str) -> tuple[Callable[..., Monthly | Public], Mapping[str, Writer]]:
    """How the value for an audience is made, and how each format is made from it."""
    if audience != PUBLIC:
        return made, WRITERS
    from swm.cli import publishing

    return publishing.published, publishing.WRITERS


def _require_approver(audience: str, approver: str | None) -> None:
    if audience == PUBLIC and not (approver or "").strip():
        raise WrongUsage("公示要经批准才能出：没有写批准人", hint="加上 --approver 姓名")
    if audience != PUBLIC and approver is not None:
        raise WrongUsage("--approver 只用于公示", hint="公示写作 --audience 公示 --approver 姓名")


def made(
    call: Call,
    when: str | None,
    at: str | None,
    audience: str,
    kind: str = MONTH,
    number: str | None = None,
) -> Monthly:
    """The report as a value. Raises `WrongUsage` for what is no period of the kind."""
    period = chosen_period(call, when, at, kind)
    report = report_on(call.ledger, call.facts(at), period, audience, number=number)
    if report.style.red and not (report.text and report.text.number):
        call.screen.say(
            ["提醒：红头还没有文号，用 --doc-no 写明，或写在文字文件里（swm report text）"]
        )
    return report


def write(
    call: Call,
    report: Monthly | Public,
    writers: Mapping[str, Writer],
    formats: Sequence[str],
    folder: Path,
) -> list[Path]:
    """Each format as a file in `folder`; where they lie, seen from here."""
    paper = words_of(report.period).paper if isinstance(report, Monthly) else PUBLIC
    bar = call.progress(f"生成{paper}")
    own = call.ledger.snapshot(report.version).template
    stem = f"{report.period.code}{paper}"
    if _left_the_house(call, report.period, [folder / f"{stem}.{kind}" for kind in formats]):
        stem = f"{stem}-草稿"
        call.screen.say([f"那里放着印发登记过的文件，没有动它；这一份叫 {stem}"])
    done: list[Path] = []
    for last in (False, True):  # a broken template leaves no file of the others; no PDF, no harm
        made = {
            folder / f"{stem}.{kind}": writers[kind](report, own)
            for kind in formats
            if (kind == PDF) is last
        }
        for place, data in made.items():
            output.write(place, data)
        done += made
        if bar:
            bar(len(done), len(formats))
    return [output.from_here(place) for place in done]


def _left_the_house(call: Call, period: Period, places: Sequence[Path]) -> bool:
    """Whether one of these is a file that was registered when it left the house: what others hold
    a copy of is not written over."""
    from hashlib import sha256

    lying = [place for place in places if place.is_file()]
    if not lying:
        return False
    from swm.audit.provenance import kept
    from swm.domain.noticeissues import month_of

    snapshot = call.ledger.snapshot()
    report = kept(snapshot, month_of(period, snapshot.settings.cutoff))
    known = {each.sha256 for each in report.files_out} if report else set()
    return any(sha256(place.read_bytes()).hexdigest() in known for place in lying)


def _json(report: Monthly, _: Own) -> bytes:
    return render_json(report)


def _html(report: Monthly, own: Own) -> bytes:
    from swm.render.html import render_html
    from swm.render.templates import MONTHLY_HTML, find_page

    return render_html(report, find_page(MONTHLY_HTML, own)).encode()


def _word(report: Monthly, own: Own) -> bytes:
    from swm.render.templates import MONTHLY_WORD, find
    from swm.render.word import render_word

    return render_word(report, find(MONTHLY_WORD, own))


def _excel(report: Monthly, _: Own) -> bytes:
    from swm.render.monthbook import month_workbook

    return month_workbook(report)


def _pdf(report: Monthly, own: Own) -> bytes:
    from swm.render.pdf import render_pdf

    return render_pdf(_html(report, own).decode(), report.period.end)


def in_order(formats: Sequence[str], report: Monthly | Public) -> tuple[str, ...]:
    """The formats that are written: with a Word report whose lists are too long for its annex the
    workbook that holds them; a PDF last, since what makes it may not be installed."""
    long = isinstance(report, Monthly) and too_long(report)
    due = ("xlsx",) if "docx" in formats and long else ()
    return tuple(sorted(dict.fromkeys((*formats, *due)), key=lambda kind: kind == PDF))


Writer = Callable[[Any, Own], bytes]
WRITERS: dict[str, Callable[[Monthly, Own], bytes]] = {
    "docx": _word,
    "html": _html,
    "xlsx": _excel,
    "json": _json,
    PDF: _pdf,
}
"""What each format is made by, from the report and the office's own templates. What one of them needs is
loaded when it is asked for."""


def show(call: Call, report: Monthly | Public, places: list[Path]) -> None:
    """Where the files lie, and what their reader should know."""
    whole = report if isinstance(report, Monthly) else None
    unequal = [tie for tie in whole.ties if not tie.holds] if whole else []
    if call.json:
        document = {
            "期间": report.period.code,
            "文件": [str(place) for place in places],
            "勾稽不符": [tie.name for tie in unequal],
            "台账版本": report.version,
        }
        call.screen.document(document)
        return
    call.screen.result(str(place) for place in places)
    if call.today <= report.period.end:
        call.screen.say([f"注意：{report.period.title}还没有过完，数字只到 {report.period.end}"])
    words = words_of(report.period)
    for tie in unequal:
        left, right = words.told(tie.left), words.told(tie.right)
        said = f"勾稽不符：{tie.name}，{left}＝{tie.left_value}，{right}＝{tie.right_value}"
        call.screen.say([visible(said)])
    for reminder in whole.reminders if whole else ():
        call.screen.say([f"提醒：{visible(reminder)}"])
    if whole is None:
        command = f"swm report issue {report.period.code} --audience 公示 --approver 姓名"
        call.screen.say([f"只生成了文件，没有登记；对外公示：{command}"])


def period_to(call: Call, to: str | None, cutoff: int | None, at: str | None) -> Period:
    """The month up to `--to`: a month in full, or a month up to one of its days. Left out, up to
    today, or with `--at` up to the day that is looked at."""
    if to is not None:
        try:
            day = parse_day(to, call.today)
        except BadValue:
            return parsing.read("--to", to, lambda text: parse_period(text, cutoff))
    else:
        day = call.judged_on(at)
    whole = Period.month_of(day, cutoff)
    return whole if day == whole.end else Period.range(whole.start, day)


app.registered_commands += issuedpapers.app.registered_commands
app.registered_commands += issuing.app.registered_commands
app.registered_commands += proving.app.registered_commands
