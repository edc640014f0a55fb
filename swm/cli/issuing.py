"""`swm report check`, `issue` and `amend`: how a report leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.audit.provenance import kept
from swm.cli import options as o
from swm.cli import parsing
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.grammar import Command, Writing, verbs
from swm.cli.issuepoints import ISSUED, originals, points, require_clear
from swm.cli.leaving import day_of, formats_of, leave, write_again
from swm.cli.noticeissuing import publish
from swm.cli.reportperiods import month_named
from swm.domain.fields import NAME, read_scalar
from swm.domain.periods import Period
from swm.domain.reportissues import Edition as Ready
from swm.domain.reportissues import amend as amended
from swm.domain.reportissues import issue as issued_for_the_first_time
from swm.domain.reportissues import latest_of, refuse_issued
from swm.domain.reportrecords import Issued
from swm.domain.reporttexts import ReportText
from swm.errors import Refused, WrongUsage
from swm.render.issues import readiness_document, readiness_page
from swm.reports.audiences import INTERNAL, PUBLIC, UPWARD
from swm.reports.values import Edition, Monthly

if TYPE_CHECKING:
    from swm.audit.issuing import Made, Writer
    from swm.domain.edits import Change
    from swm.store.facts import Facts
    from swm.store.writing import Writing as Committed

app = verbs()

When = Annotated[o.Text, typer.Argument(metavar="月份", help="如 2026-10")]
Audience = Annotated[o.Text, o.text("--audience", "口径", "上报、内部、公示；不写就是上报")]
DocumentNumber = Annotated[o.Text, o.text("--doc-no", "文号", "文号")]
Signer = Annotated[o.Text, o.text("--signer", "姓名", "签发人")]
Excuse = Annotated[o.Text, o.text("--why", "理由", "勾稽不平或有待补批仍要印发的理由")]


@app.command("check", cls=Command, help="这个月的月报能不能印发：漏登、未送达、待补批、勾稽等。")
def check(context: typer.Context, when: When = None) -> None:
    """Everything that stands against it; exits 1 when something does."""
    call = Call.of(context)
    facts = call.facts()
    snapshot = call.ledger.snapshot(facts.commit)
    period = month_named(snapshot, when, "report check")
    found = points(call, facts, period, _report(call, facts, period, UPWARD))
    blocked = any(point.blocks for point in found)
    if call.json:
        document = {
            "期间": period.code,
            "可以印发": not blocked,
            "事项": readiness_document(found),
            "台账版本": facts.commit,
        }
        call.screen.document(document)
        raise typer.Exit(int(blocked))
    call.screen.result(readiness_page(found, call.screen.room))
    verdict = "还不能印发" if blocked else f"可以印发：swm report issue {period.code}"
    call.screen.say([f"{period.title}份月报{verdict}"])
    raise typer.Exit(int(blocked))


@app.command("issue", cls=Writing, help="印发月报：生成各文件，数字定下来存档，打上标签。")
def issue(
    context: typer.Context,
    when: When = None,
    audience: Audience = None,
    doc_no: DocumentNumber = None,
    signer: Signer = None,
    by: o.By = None,
    on: o.On = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    why: Excuse = None,
    out: o.Out = None,
    again: Annotated[
        bool, typer.Option("--again", help="已经印发的，按登记重新生成一模一样的文件")
    ] = False,
) -> None:
    """Issue the report, or with `--again` make its files once more."""
    call = Call.of(context)
    if _audience(audience) == PUBLIC:
        publish(call, when, again, why, out)
        return
    head = call.snapshot()
    period = month_named(head, when, "report issue")
    existing = kept(head, period.code)
    if again:
        latest = latest_of(existing, period.code)
        if _audience(audience) not in (None, latest.audience):
            told = f"{period.title}份月报印发的口径是{latest.audience}"
            raise Refused(told, hint=f"去掉 --audience，或写 --audience {latest.audience}")
        _again(call, latest, period.code, out)
        return
    refuse_issued(existing)
    facts = call.facts_anew()
    report = _report(call, facts, period, _audience(audience) or UPWARD)
    require_clear(call, points(call, facts, period, report), f"{period.title}份月报还不能印发", why)
    text = report.text or ReportText(period=period.code)
    edition = Edition(
        number=1,
        document_number=_name("--doc-no", doc_no) or text.number or "",
        signer=_name("--signer", signer) or text.signer or "",
    )
    _leave(call, report, edition, out)


@app.command("amend", cls=Writing, help="更正已印发的月报：出一个新的版次，写明改了哪些数字。")
def amend(
    context: typer.Context,
    when: When = None,
    why: Annotated[o.Text, o.text("--why", "原因", "为什么更正")] = None,
    doc_no: DocumentNumber = None,
    signer: Signer = None,
    audience: Audience = None,
    by: o.By = None,
    on: o.On = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    excuse: Annotated[
        o.Text, o.text("--excuse", "理由", "勾稽不平或有待补批仍要印发的理由")
    ] = None,
    out: o.Out = None,
) -> None:
    """A new edition."""
    from swm.audit.issuing import changed, moved

    call = Call.of(context)
    head = call.snapshot()
    period = month_named(head, when, "report amend")
    latest = latest_of(kept(head, period.code), period.code)
    told = _audience(audience) or latest.audience
    if told == PUBLIC:
        again = f"swm report issue {period.code} --audience 公示 --why 原因 --approver 姓名"
        raise WrongUsage("公示不出更正版", hint=f"再次公示：{again}")
    facts = call.facts_anew()
    report = _report(call, facts, period, told)
    found = [p for p in points(call, facts, period, report) if p.subject != ISSUED]
    require_clear(call, found, f"{period.title}份月报还不能印发", excuse)
    changes = changed(report, latest)
    joined, gone = moved(report, latest, facts)
    edition = Edition(
        number=latest.edition + 1,
        document_number=_name("--doc-no", doc_no) or latest.document_number or "",
        signer=_name("--signer", signer) or latest.signer or "",
        reason=why or "",
        changes=tuple((each.what, each.was, each.now) for each in changes),
        joined=joined,
        gone=gone,
    )
    _leave(call, report, edition, out)


def _report(call: Call, facts: Facts, period: Period, audience: str) -> Monthly:
    """The report as it would be issued now. Raises `Unreadable` when a file cannot be read."""
    from swm.audit.reports import report_on

    return report_on(call.ledger, facts, period, audience)


# --- leaving the house ------------------------------------------------------------------------


def _leave(call: Call, report: Monthly, edition: Edition, out: str | None) -> None:
    """Make the files, record the edition, tag it, say where the files are."""
    from swm.audit.issuing import made
    from swm.audit.reports import as_edition

    edition = replace(edition, on=day_of(call), **_originals(call, report))
    whole = made(call.ledger, as_edition(report, edition), _writers())
    ready = _ready(call, report, whole, edition)
    verb = issued_for_the_first_time if edition.number == 1 else amended

    def change(tx: Committed) -> Change:
        return verb(kept(tx, report.period.code), ready, tx.policy, call.today)

    leave(call, whole, report.version, report.provenance.anchor, out, change)


def _originals(call: Call, report: Monthly) -> dict[str, Any]:
    """How many originals the records name, and which are not on this computer."""
    named, absent = originals(call, report.version)
    return {"originals": named, "absent": absent}


def _ready(call: Call, report: Monthly, made: Made, edition: Edition) -> Ready:
    from swm.audit import issuing

    typed: Mapping[str, str | None] = call.typed
    day = day_of(call)
    first = edition.number == 1
    return Ready(
        period=report.period,
        audience=report.audience,
        version=report.version,
        program=report.program,
        anchor=report.provenance.anchor,
        files=made.hashes,
        templates=made.templates,
        numbers=issuing.numbers(report),
        villages=issuing.villages(report),
        stock=issuing.stock(report),
        on=day,
        document_number=edition.document_number or None,
        signer=edition.signer or None,
        approval=approval(call.typed, call.today, day),
        by=parsing.words(typed["--by"] or ""),
        excuse=typed["--why"] if first else typed["--excuse"],
        reason=None if first else edition.reason or None,
        originals=edition.originals,
        absent=edition.absent,
        joined=edition.joined,
        gone=edition.gone,
    )


def _again(call: Call, latest: Issued, code: str, out: str | None) -> None:
    """The files of the edition on file, proved to be the very same bytes."""
    from swm.audit.issuing import edition_of, made
    from swm.audit.reports import period_then, report_on
    from swm.audit.verifying import require_program

    require_program(latest.program)
    period = period_then(call.ledger, latest.version, code)
    facts = call.ledger.facts(
        call.ledger.resolve(latest.version), call.progress("读取印发时的台账"), anew=True
    )
    there = formats_of(latest.files)
    writers = {kind: write for kind, write in _writers().items() if kind in there}
    report = report_on(call.ledger, facts, period, latest.audience, edition=edition_of(latest))
    write_again(call, made(call.ledger, report, writers), latest.files, out)


def _writers() -> dict[str, Writer]:
    """Every format that is a function of the report alone; a PDF is made by another program."""
    from swm.cli.reporting import WRITERS

    return {kind: write for kind, write in WRITERS.items() if kind != "pdf"}


def _audience(text: str | None) -> str | None:
    return parsing.maybe("--audience", text, parsing.choice((UPWARD, INTERNAL, PUBLIC), "口径"))


def _name(option: str, text: str | None) -> str | None:
    return parsing.maybe(option, text, lambda typed: read_scalar(NAME, typed.strip()))
