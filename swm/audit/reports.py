"""A report computed from one commit, with all that is said about its data."""

from __future__ import annotations

from dataclasses import replace

from swm import __version__
from swm.audit.provenance import previous_issued, provenance
from swm.domain.periods import Period, parse_period
from swm.domain.reporttexts import ReportText, path_of, read_text
from swm.reports.monthly import monthly
from swm.reports.values import Edition, Monthly
from swm.store.facts import Facts
from swm.store.ledger import Ledger
from swm.store.snapshot import Snapshot

PROGRAM = f"swm {__version__}"


def report_on(
    ledger: Ledger,
    facts: Facts,
    period: Period,
    audience: str,
    *,
    number: str | None = None,
    signer: str | None = None,
    edition: Edition | None = None,
) -> Monthly:
    """The report of `period` on the facts' commit; as an `edition` where it is issued.

    `number` (文号) and `signer` (签发人) go before those that people wrote into its text. Raises
    `Unreadable` when a file was left out of the facts, or the text cannot be read.
    """
    snapshot = ledger.snapshot(facts.commit)
    issued = previous_issued(snapshot, period)
    report = monthly(
        facts,
        snapshot.settings,
        snapshot.policy,
        period,
        facts.commit,
        PROGRAM,
        audience,
        text=_signed(text_of(snapshot, period), period, number, signer),
        issued=issued,
    )
    told = provenance(ledger, facts, snapshot, period, issued, audience)
    report = replace(report, provenance=told)
    return report if edition is None else as_edition(report, edition)


def period_then(ledger: Ledger, version: str, code: str) -> Period:
    """The period of what left the house, as the town's 月报周期 cut it at the commit it was made
    from. Raises `NotFound` where that commit is not here."""
    return parse_period(code, ledger.snapshot(ledger.resolve(version)).settings.cutoff)


def as_edition(report: Monthly, edition: Edition) -> Monthly:
    """The report as it leaves the house, with the edition's 文号 and 签发人 in its head."""
    number, signer = edition.document_number, edition.signer
    text = _signed(report.text, report.period, number, signer)
    return replace(report, edition=edition, text=text)


def text_of(snapshot: Snapshot, period: Period) -> ReportText | None:
    """What people wrote into the report on `period`, as the commit has it. Raises `Unreadable`."""
    from swm.store.yamlread import parse

    path = path_of(period)
    data = snapshot.text(path)
    return None if data is None else read_text(parse(data, path), path)


def _signed(
    text: ReportText | None, period: Period, number: str | None, signer: str | None
) -> ReportText | None:
    """The text with the number and the signer that it is given from outside."""
    if not number and not signer:
        return text
    text = text or ReportText(period=period.code)
    return replace(text, number=number or text.number, signer=signer or text.signer)
