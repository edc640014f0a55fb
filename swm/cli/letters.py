"""`swm letter`: what landlords promise in writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, noun
from swm.cli.originals import scanned
from swm.cli.prompts import Question, complete
from swm.domain import letters
from swm.domain.edits import Change
from swm.domain.letters import LetterRequest
from swm.domain.profiles import unknown_firm
from swm.errors import WrongUsage
from swm.render.lists import due_document, due_table, letter_document, letters_table
from swm.reports import places
from swm.reports.places import Due
from swm.store.writing import Writing as Committed

app = noun("letter", "保证书：签订、作废、清单、未签、将到期、违反保证。")


@app.command("add", cls=Writing, help="登记签订的保证书；一份可以包括几处厂房。")
def add(
    context: typer.Context,
    premises: Annotated[o.Text, o.text("--premises", "厂房", "厂房编号，几处用逗号隔开")] = None,
    landlord: Annotated[o.Text, o.text("--landlord", "姓名", "签订的房东")] = None,
    on: o.On = None,
    until: Annotated[o.Text, o.text("--until", "日期", "有效期至；不写按制度推算")] = None,
    kind: Annotated[o.Text, o.text("--kind", "类型", "保证书类型；不写就按签订人的身份")] = None,
    tenant: Annotated[o.Text, o.text("--tenant", "承租人", "签订时已约定的承租人")] = None,
    witness: o.Witness = None,
    scan: o.Scan = None,
    scan_pages: o.ScanPages = None,
    scan_place: o.ScanPlace = None,
    identified: Annotated[
        bool, typer.Option("--identified", help="签订人的身份已核验（不记证件号码）")
    ] = False,
) -> None:
    """Record a letter."""
    call = Call.of(context)
    kinds = call.ledger.snapshot().policy.standards.letter_kinds
    day = parsing.day(call.today)
    asked = (
        Question(option="--premises", title="厂房（编号，几处用逗号隔开）", reader=str.strip),
        Question(option="--landlord", title="签订的房东", reader=str.strip),
        Question(option="--on", title="签订日期", reader=day, default="今天"),
        Question(option="--until", title="有效期至（不写按制度推算）", reader=day, required=False),
        Question(
            option="--kind",
            title="保证书类型",
            reader=parsing.choice(kinds, "保证书类型"),
            choices=kinds,
            required=False,
        ),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    ids = [selection.one_premises(call, [part]) for part in parsing.words(answers["--premises"])]
    paper, papers = scanned(call, scan, scan_pages, scan_place)

    def decide(tx: Committed) -> Change:
        request = LetterRequest(
            premises=[tx.premises(id) for id in ids],
            landlord=answers["--landlord"],
            on=answers["--on"],
            until=answers.get("--until"),
            kind=answers.get("--kind"),
            tenant=tenant,
            witness=parsing.words(witness or ""),
            scan=paper.sha256 if paper else None,
            pages=paper.pages if paper else None,
            place=paper.place if paper else None,
            verified=True if identified else None,
        )
        numbers = [*tx.facts.letter_numbers(), *tx.removed_letters]
        unknown = unknown_firm(tenant, tx.settings, tx.enterprise_ids)
        return letters.add(request, numbers, tx.policy, call.today, against=unknown)

    call.record(decide, id_first=True, beside=papers)


@app.command("void", cls=Writing, help="保证书作废：编号、原因、从哪天起。原件仍留在档案里。")
def void(
    context: typer.Context,
    number: Annotated[o.Text, typer.Argument(metavar="保证书", help="保证书编号")] = None,
    why: o.Why = None,
    on: o.On = None,
) -> None:
    """A letter binds no more."""
    call = Call.of(context)
    if not number:
        raise WrongUsage(
            "没有写明是哪份保证书", hint="写编号，如 BZ-2026-0001；查看：swm letter list"
        )
    asked = [Question(option="--why", title="作废的原因", reader=str.strip)]
    reason = complete(asked, call.typed, call.screen, call.ask)["--why"]
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.today

    def decide(tx: Committed) -> Change:
        sql = "SELECT premises FROM letter WHERE number = :number ORDER BY premises"
        ids = [row[0] for row in tx.facts.query(sql, {"number": number.upper()})]
        found = [tx.premises(id) for id in dict.fromkeys(ids)]
        return letters.void(number.upper(), found, reason, day, call.today)

    call.record(decide)


@app.command("list", cls=Command, help="保证书清单。")
def list_letters(context: typer.Context, at: o.At = None) -> None:
    """Every letter, one a line."""
    call = Call.of(context)
    facts = call.facts(at)
    found = places.letters(facts, call.judged_on(at))
    if call.json:
        document = {"保证书": [letter_document(x) for x in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(letters_table(found, call.screen.columns))
    call.screen.say([f"共 {len(found)} 份"])


@app.command("missing", cls=Command, help="应签而没有有效保证书的厂房。")
def missing(context: typer.Context, at: o.At = None) -> None:
    """应签 without a letter in force."""
    call = Call.of(context)
    facts = call.facts(at)
    signers = call.ledger.snapshot(facts.commit).policy.standards.sublet_signers
    day = call.judged_on(at)
    found = [*places.unsigned(facts, day), *places.half_signed(facts, signers, day)]
    _show(call, sorted(found, key=lambda due: due.id), facts.commit)


@app.command("expiring", cls=Command, help="保证书将到期的厂房。")
def expiring(
    context: typer.Context,
    within: Annotated[o.Text, o.text("--within", "日数", "几日内；不写就是 30")] = None,
    at: o.At = None,
) -> None:
    """应签 whose letter ends soon."""
    call = Call.of(context)
    days = parsing.read("--within", within or "30", parsing.number)
    facts = call.facts(at)
    _show(call, places.expiring(facts, call.judged_on(at), days), facts.commit)


@app.command(
    "breached", cls=Command, help="违反保证：签订以后所保厂房里有企业列入、回潮或违法生产。"
)
def breached(context: typer.Context, at: o.At = None) -> None:
    """Letters that were broken, the latest first."""
    from swm.render.landlords import breach_document, breaches_table
    from swm.reports import landlords

    call = Call.of(context)
    facts = call.facts(at)
    found = landlords.breaches(facts, call.judged_on(at))
    if call.json:
        document = {"违反保证": [breach_document(b) for b in found], "台账版本": facts.commit}
        call.screen.document(document)
        return
    if found:
        call.screen.result(breaches_table(found, call.screen.columns))
    call.screen.say([f"共 {len(found)} 件"])


def _show(call: Call, found: Sequence[Due], commit: str) -> None:
    if call.json:
        call.screen.document({"厂房": [due_document(d) for d in found], "台账版本": commit})
        return
    if found:
        call.screen.result(due_table(found, call.screen.columns))
    call.screen.say([f"共 {len(found)} 处"])
