"""A number of a report by its records: each with the commit that wrote it and who entered it."""

from __future__ import annotations

import re
from datetime import date, tzinfo

from swm.audit.provenance import kept
from swm.audit.reports import period_then
from swm.domain.kinds import path_of
from swm.domain.periods import Period
from swm.frozen import frozen
from swm.reports import figures
from swm.reports.values import Entry, Figure
from swm.store.authorship import FIRST, authorship
from swm.store.facts import Facts
from swm.store.ledger import Ledger
from swm.store.objects import Commit

_ID = re.compile(r"[A-Z]{1,6}-\d[\d-]*", re.ASCII)


@frozen
class Because:
    """One record behind a number: which commit wrote it, when, and who entered it."""

    entry: Entry
    commit: str = ""
    on: date | None = None
    who: str = ""


@frozen
class Explained:
    """The number and its records."""

    figure: Figure
    period: Period
    version: str
    edition: str
    """首次印发 or 更正版第1次 where it is the number as issued; empty for the present one."""
    issued: int | None
    """The number that the edition keeps."""
    records: tuple[Because, ...]


def explained(
    ledger: Ledger, facts: Facts, period: Period, name: str, *, fixed: bool = False
) -> Explained:
    """The figure on the commit of the latest edition; without one, or `fixed`, on the facts'."""
    report = kept(ledger.snapshot(facts.commit), period.code)
    issued = report.latest if report and not fixed else None
    if issued:
        facts = ledger.facts(ledger.resolve(issued.version))
        period = period_then(ledger, issued.version, period.code)
    snapshot = ledger.snapshot(facts.commit)
    found = figures.figure(facts, name, period, snapshot.policy)
    places = {e: path_of(e.id) for e in found.entries if _ID.fullmatch(e.id)}
    wrote = authorship(ledger.repo, facts.commit, places.values())

    stock = not figures.figures(snapshot.policy)[name].is_flow

    def because(shown: Entry) -> Because:
        entry = _by_its_day(facts, shown) if stock else shown
        known = wrote.get(places.get(shown, ""), {})
        commit = known.get(entry.number or FIRST)
        return _because(entry, commit, snapshot.settings.zone) if commit else Because(entry)

    kept_number = issued.figures.get(name) if issued else None
    return Explained(
        figure=found,
        period=period,
        version=facts.commit,
        edition=issued.title if issued else "",
        issued=kept_number.value if kept_number else None,
        records=tuple(because(entry) for entry in found.entries),
    )


_ON_ITS_DAY = """
SELECT number FROM step WHERE id = :id AND on_day = :day ORDER BY enters DESC, leaves DESC, number
LIMIT 1
"""


def _by_its_day(facts: Facts, entry: Entry) -> Entry:
    """With the record of the day that is told: a figure of what there is says since when, but has
    the number of the record that came last."""
    if entry.on is None:
        return entry
    rows = facts.query(_ON_ITS_DAY, {"id": entry.id, "day": entry.on.isoformat()})
    return entry._replace(number=rows[0][0]) if rows else entry


def _because(entry: Entry, commit: Commit, zone: tzinfo) -> Because:
    return Because(entry, commit.id, commit.committed.astimezone(zone).date(), commit.author)
