"""`swm table`: the standard tables, on the screen or as Excel, CSV and JSON files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swm import __version__
from swm.cli import options as o
from swm.cli import output, parsing
from swm.cli.call import Call
from swm.cli.grammar import Command, verbs
from swm.cli.reporting import period_to
from swm.domain.days import parse_day
from swm.domain.fields import BadValue
from swm.domain.periods import Period
from swm.domain.tables import Table, Tables
from swm.errors import Missing, NotFound, Refused, WrongUsage
from swm.render.text import visible, wrap
from swm.reports.audiences import AUDIENCES, PUBLIC, UPWARD

if TYPE_CHECKING:
    from swm.render.tables import Signatures
    from swm.reports.tables import Filled
    from swm.store.snapshot import Snapshot

app = verbs()

XLSX, CSV, JSON = "xlsx", "csv", "json"


@app.command("table", cls=Command, help="标准表：台账、统计表、销号表等；不写名称则列出全部。")
def table(
    context: typer.Context,
    name: Annotated[
        o.Text, typer.Argument(metavar="[名称]", help="如 台账、整治进展统计表、销号表")
    ] = None,
    to: Annotated[
        o.Text,
        o.text("--to", "期间", "到哪个月、季度、年或哪一天；不写就是本月到今天（--at 的那一天）"),
    ] = None,
    since: Annotated[o.Text, o.text("--from", "日期", "从哪一天起；不写就是期间的第一天")] = None,
    village: o.InVillage = None,
    audience: Annotated[
        o.Text, o.text("--audience", "口径", "上报、内部、公示；不写就是上报")
    ] = None,
    format: Annotated[
        o.Text, o.text("--format", "格式", "xlsx、csv、json，写成文件；不写就在屏幕上显示")
    ] = None,
    out: o.Out = None,
    filler: Annotated[o.Text, o.text("--filler", "姓名", "填表人，印在落款")] = None,
    reviewer: Annotated[o.Text, o.text("--reviewer", "姓名", "审核人，印在落款")] = None,
    approver: Annotated[
        o.Text, o.text("--approver", "姓名", "批准公示的人；公示口径必须写")
    ] = None,
    at: o.At = None,
) -> None:
    """One table, or which tables there are."""
    from swm.render.tables import Signatures, document, screen
    from swm.reports.tables import filled

    call = Call.of(context)
    formats = parsing.maybe("--format", format, parsing.choices((XLSX, CSV, JSON), "格式")) or ()
    told = parsing.maybe("--audience", audience, parsing.choice(AUDIENCES, "口径")) or UPWARD
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    if name is None:
        _list(call, snapshot.tables)
        return
    meant = _named(snapshot.tables, name)
    _may_be_shown(snapshot.tables, meant, told, approver)
    period = _period(call, to, since, snapshot.settings.cutoff, at)
    where = _village(snapshot, village, period.end)
    program = f"swm {__version__}"
    made = filled(facts, snapshot.settings, snapshot.policy, meant, period, told, program, where)
    if formats:
        _write(call, made, formats, out, Signatures(filler or "", reviewer or ""))
    elif call.json:
        call.screen.document(document(made))
    else:
        lines, hidden = screen(made, call.screen.columns)
        call.screen.result(visible(line) for line in lines)
        if hidden:
            named = "、".join(visible(title) for title in hidden[:5])
            named += f"等{len(hidden)}列" if hidden[5:] else ""
            text = f"窗口放不下，没有显示：{named}。全部各列写成文件：--format xlsx"
            call.screen.say(wrap(text, call.screen.room, "  "))
    if (day := call.judged_on(at)) < period.end:
        call.screen.say([f"注意：{period.title}还没有过完，数字只到 {day}"])
    if told == PUBLIC:
        call.screen.say([f"由{visible(approver or '')}批准公示；张贴以前请再核对一遍名单"])


def _named(tables: Tables, name: str) -> Table:
    """The table that is meant: by its name, the start of it, or pinyin. Raises `NotFound`."""
    found = parsing.matching(tables.names, name)
    if len(found) > 1:
        raise WrongUsage(f"“{name}”可以是几张表", hint="请写全：" + "、".join(found))
    try:
        return tables.named(found[0] if found else name)
    except NotFound as missing:
        raise NotFound(missing.message, f"{missing.hint}；看各表的内容：swm table") from None


def _may_be_shown(tables: Tables, table: Table, audience: str, approver: str | None) -> None:
    """公示 is for tables made for it, and somebody answers for it.

    Raises `Refused`; `WrongUsage` for an approver where nobody has to approve.
    """
    if audience != PUBLIC:
        if approver is not None:
            raise WrongUsage("--approver 只用于公示", hint="加上 --audience 公示")
        return
    missing = []
    if not table.public:
        can = "、".join(each.name for each in tables.tables if each.public)
        missing.append(Missing(f"“{table.name}”不是公示用的表", "", f"可以公示的：{can or '没有'}"))
    if not (approver and approver.strip()):
        missing.append(Missing("公示要经批准：没有写批准人", "", "加上 --approver 姓名"))
    if missing:
        raise Refused("公示表还不能出", missing)


def _period(
    call: Call, to: str | None, since: str | None, cutoff: int | None, at: str | None
) -> Period:
    """The period up to `--to`, with `--from` from that day on. Raises `WrongUsage`."""
    period = period_to(call, to, cutoff, at)
    if since is not None:
        first = parsing.read("--from", since, lambda text: parse_day(text, call.today))
        try:
            period = Period.range(first, period.end)
        except BadValue as bad:
            raise WrongUsage(f"--from：{bad.message}", hint=bad.hint) from None
    if period.start > call.today:
        raise WrongUsage(f"{period.title}还没有开始", hint=f"今天是 {call.today}")
    return period


def _village(snapshot: Snapshot, typed: str | None, on: date) -> str | None:
    """The village of the roster that is meant, as it is counted on that day."""
    settings = snapshot.settings
    names = [village.name for village in settings.villages]
    chosen = parsing.maybe("--village", typed, parsing.choice(names, "村"))
    return settings.village_at(chosen, on) if chosen else None


def _list(call: Call, tables: Tables) -> None:
    """Which tables there are, each with its rows and columns."""
    if call.json:
        call.screen.document(
            {
                t.name: {
                    "标题": t.title,
                    "行": t.rows,
                    "范围": t.pick,
                    "列": [column.heading for column in t.columns],
                    "公示": "是" if t.public else "否",
                }
                for t in tables.tables
            }
        )
        return
    for t in tables.tables:
        of = t.rows if t.pick == "全部" else f"{t.rows}，{t.pick}"
        heads = "、".join(visible(column.heading) for column in t.columns)
        marked = "，可公示" if t.public else ""
        call.screen.result(
            wrap(f"{visible(t.name)}（{of}{marked}）  {heads}", call.screen.room, "    ")
        )


def _write(
    call: Call, made: Filled, formats: tuple[str, ...], out: str | None, signed: Signatures
) -> None:
    """The table as files; their places are the result."""
    from swm.render import tables

    writers = {
        XLSX: lambda: tables.excel(made, signed),
        CSV: lambda: tables.comma_separated(made),
        JSON: lambda: tables.as_json(made),
    }
    folder = output.folder_for(out, call.ledger.root)
    places: list[Path] = []
    for kind in formats:
        place = folder / f"{_file_name(made)}.{kind}"
        output.write(place, writers[kind]())
        places.append(output.from_here(place))
    if call.json:
        call.screen.document(
            {
                "名称": made.table.name,
                "期间": made.period.code,
                "口径": made.audience,
                "行数": len(made.rows),
                "文件": [str(place) for place in places],
                "台账版本": made.version,
            }
        )
        return
    call.screen.result(str(place) for place in places)


def _file_name(made: Filled) -> str:
    """2026-10销号表, 2026-10台账（俵口村，内部）: what is for few says so by its name."""
    told = (made.village or "", "" if made.audience == UPWARD else made.audience)
    beside = "，".join(each for each in told if each)
    return f"{made.period.code}{made.table.name}" + (f"（{beside}）" if beside else "")
