"""The public notice (公示) computed from one commit, and its files."""

from __future__ import annotations

from collections.abc import Mapping

from swm.audit.issuing import Made, Writer, laid_out
from swm.audit.reports import PROGRAM, text_of
from swm.domain.periods import Period
from swm.domain.reportrecords import Published
from swm.render.templates import PUBLIC_HTML, PUBLIC_WORD
from swm.reports.public import Again, Public, public
from swm.store.facts import Facts
from swm.store.ledger import Ledger

USED = {"docx": PUBLIC_WORD, "html": PUBLIC_HTML}
"""The template that each format is laid out by."""


def notice_on(ledger: Ledger, facts: Facts, period: Period, again: Again | None = None) -> Public:
    """The notice on `period` from the facts' commit, the first or `again`.

    Raises `Unreadable` when a file was left out of the facts, or the text cannot be read.
    """
    snapshot = ledger.snapshot(facts.commit)
    text = text_of(snapshot, period)
    return public(
        facts,
        snapshot.settings,
        snapshot.policy,
        period,
        facts.commit,
        PROGRAM,
        text.dated if text else None,
        again,
    )


def again_of(published: Published) -> Again | None:
    """A notice on file, as the value that its files are made from needs it."""
    first = published.time == 1
    return None if first else Again(published.time, published.on, published.reason or "")


def made_public(ledger: Ledger, notice: Public, writers: Mapping[str, Writer]) -> Made:
    """The notice's files: 2026-10公示, and 2026-10公示-第2次 where the period had one already."""
    again = f"-第{notice.again.time}次" if notice.again else ""
    stem = f"{notice.period.code}公示{again}"
    return laid_out(ledger, notice.version, notice, stem, writers, USED)
