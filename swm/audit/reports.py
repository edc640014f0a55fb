"""A month's report computed from one commit, with all that is said about its data."""

from __future__ import annotations

from dataclasses import replace

from swm import __version__
from swm.audit.provenance import previous_issued, provenance
from swm.domain.periods import Period
from swm.reports.monthly import monthly
from swm.reports.values import Edition, Monthly
from swm.store.facts import Facts
from swm.store.ledger import Ledger

PROGRAM = f"swm {__version__}"


def report_on(
    ledger: Ledger, facts: Facts, period: Period, audience: str, edition: Edition | None = None
) -> Monthly:
    """The report of `period` on the facts' commit; as an `edition` where it is issued.

    Raises `Unreadable` when a file was left out of the facts.
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
        issued,
    )
    told = provenance(ledger, facts, snapshot, period, issued)
    return replace(report, provenance=told, edition=edition)
