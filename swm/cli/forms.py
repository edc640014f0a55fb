"""`swm form`: the office's forms as Word files, filled from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm import __version__
from swm.cli import options as o
from swm.cli import output, parsing
from swm.cli.call import Call
from swm.cli.formsubjects import Reader
from swm.cli.grammar import Command, verbs
from swm.errors import WrongUsage
from swm.render.discretion import veil_for
from swm.render.forms import FORMS
from swm.render.forms.values import Office, Sheet
from swm.render.text import visible, wrap
from swm.reports.audiences import INTERNAL, UPWARD, people_named

if TYPE_CHECKING:
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot

app = verbs()

AUDIENCES = (INTERNAL, UPWARD)
Words = Annotated[
    o.Many, typer.Argument(metavar="[表单 企业 第几条]", help="表单的名称，和按什么填写")
]


@app.command(
    "form",
    cls=Command,
    help="表单：保证书、告知书、送达回证、巡查记录、验收销号表、一企一档等，按台账填好，写成 Word 文件。\n"
    "不写名称的，列出各种表单；--blank 打印空白的。",
)
def form(
    context: typer.Context,
    words: Words = None,
    blank: Annotated[bool, typer.Option("--blank", help="空白的，供手填")] = False,
    issuer: Annotated[
        o.Text, o.text("--issuer", "机关", "草稿由哪个机关作出；不写就是镇人民政府")
    ] = None,
    audience: Annotated[
        o.Text, o.text("--audience", "口径", "内部、上报（隐去姓名、电话）；不写就是内部")
    ] = None,
    out: o.Out = None,
    at: o.At = None,
) -> None:
    """List the forms, or fill one."""
    call = Call.of(context)
    if not words:
        _list(call)
        return
    known = [name for each in FORMS.values() for name in each.names]
    if not parsing.matching(known, words[0]):
        raise _unknown(words[0], known)
    asked = parsing.read("表单", words[0], parsing.choice(known, "表单"))
    chosen = next(each for each in FORMS.values() if asked in each.names)
    if bool(words[1:]) == blank:
        what = "空白的表单不写按什么填写" if blank else f"没有写明{chosen.name}按什么填写"
        hint = f"swm form {chosen.example}；空白的：swm form {asked} --blank"
        raise WrongUsage(what, hint=hint)
    if issuer and chosen.name != "文书":
        raise WrongUsage("--issuer 只用于文书的草稿", hint=f"swm form {FORMS['文书'].example}")
    told = parsing.maybe("--audience", audience, parsing.choice(AUDIENCES, "口径")) or INTERNAL
    facts = call.facts(at)
    snapshot = call.ledger.snapshot(facts.commit)
    office = _office(facts, snapshot, call.judged_on(at), told)
    if blank:
        sheet = chosen.blank(office, asked)
    else:
        subject = Reader(call, snapshot, facts, chosen).subject(words[1:])
        sheet = chosen.fill(replace(subject, variant=asked, issuer=issuer), office)
    if told != INTERNAL:
        sheet = replace(sheet, stem=f"{sheet.stem}（{told}）")
    _write(call, sheet, out, facts.commit)


def _unknown(typed: str, known: Sequence[str]) -> WrongUsage:
    """The error that no form is called so; with those that have the words in their names."""
    alike = [name for name in known if typed.strip() and typed.strip() in name]
    maybe = f"可能是：{'、'.join(alike)}；" if alike else ""
    hint = f"{maybe}列出各种表单和写法：swm form"
    return WrongUsage(f"没有“{visible(typed)}”这种表单", hint=hint)


def _office(facts: Facts, snapshot: Snapshot, today: date, audience: str) -> Office:
    """Who fills the form, and whose names are veiled in it."""
    hidden = people_named(facts, snapshot.settings) if audience != INTERNAL else frozenset()
    return Office(
        settings=snapshot.settings,
        policy=snapshot.policy,
        today=today,
        version=facts.commit,
        program=f"swm {__version__}",
        audience=audience,
        veil=veil_for(audience, hidden),
    )


def _write(call: Call, sheet: Sheet, out: str | None, version: str) -> None:
    from swm.render.templates import find
    from swm.render.wordtemplate import filled

    folder = output.folder_for(out, call.ledger.root)
    data = filled(
        sheet.template,
        find(sheet.template, call.ledger.snapshot(version).template),
        sheet.names,
        title=sheet.title,
        on=sheet.on,
    )
    place = folder / f"{sheet.stem}.docx"
    output.write(place, data)
    shown = output.from_here(place)
    if call.json:
        document = {
            "表单": sheet.template.removesuffix(".docx"),
            "文件": [str(shown)],
            "说明": list(sheet.notices),
            "台账版本": version,
        }
        call.screen.document(document)
        return
    call.screen.result([str(shown)])
    call.screen.say(visible(notice) for notice in sheet.notices)


def _list(call: Call) -> None:
    """Every form: its names, what it is for, what is typed."""
    if call.json:
        call.screen.document(
            {
                "表单": [
                    {
                        "名称": each.name,
                        "又名": list(each.aliases),
                        "说明": each.meaning,
                        "按": list(each.sources),
                        "第几条": each.record or None,
                        "例": f"swm form {each.example}",
                        "模板": list(each.templates),
                    }
                    for each in FORMS.values()
                ]
            }
        )
        return
    room, lines = call.screen.room, list[str]()
    for each in FORMS.values():
        also = f"（又名{'、'.join(each.aliases)}）" if each.aliases else ""
        lines += [*wrap(f"{each.name}{also}", room, "  "), *wrap(f"  {each.meaning}", room, "  ")]
        if each.record:
            lines += wrap(f"  第几条：{each.record}", room, "  ")
        lines += [f"  swm form {each.example}", ""]
    call.screen.result(lines)
    call.screen.say(["空白的：swm form 名称 --blank"])
