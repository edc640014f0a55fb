"""`swm report issue --audience 公示`: the public notice leaves the house with who approved it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from swm.cli import parsing
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.issuepoints import notice_points, require_clear
from swm.cli.leaving import day_of, formats_of, leave, write_again
from swm.cli.publishing import WRITERS
from swm.cli.reportperiods import period_named
from swm.domain.noticeissues import Notice, last_published, month_of
from swm.domain.noticeissues import publish as published
from swm.domain.periods import Period
from swm.domain.reportrecords import Published, Report, spans
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.audit.issuing import Made
    from swm.domain.edits import Change
    from swm.reports.public import Again, Public
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot
    from swm.store.writing import Writing as Committed


def publish(call: Call, when: str | None, again: bool, why: str | None, out: str | None) -> None:
    """Put a notice out, or with `again` make the files of the last one once more."""
    from swm.audit.publishing import made_public, notice_on

    _refuse_head(call)
    snapshot = call.snapshot()
    period = period_named(snapshot, when, "report issue")
    existing = _kept(snapshot, period)
    if again:
        _again(call, last_published(existing, period.code), out)
        return
    facts = call.facts_anew()
    found = notice_points(call, facts, period)
    require_clear(call, found, f"{period.title}的公示还不能出", why)
    notice = notice_on(call.ledger, facts, period, _next(call, existing, period, why))
    made = made_public(call.ledger, notice, WRITERS)
    ready = _ready(call, facts, snapshot, notice, made, why, excused=bool(found))

    def change(tx: Committed) -> Change:
        return published(_kept(tx, period), ready, tx.policy, call.today)

    leave(call, made, notice.version, ready.anchor, out, change)


def _next(call: Call, existing: Report | None, period: Period, why: str | None) -> Again | None:
    """What the notice says of itself where the period had one already."""
    from swm.reports.public import Again

    before = existing.published_on(period.code) if existing else ()
    return Again(len(before) + 1, day_of(call), why or "") if before else None


def _ready(
    call: Call,
    facts: Facts,
    snapshot: Snapshot,
    notice: Public,
    made: Made,
    why: str | None,
    excused: bool,
) -> Notice:
    """`why` is the reason for a notice that follows another, and the excuse for what is pending."""
    from swm.audit.anchors import anchor_of
    from swm.reports.public import listed

    typed: Mapping[str, str | None] = call.typed
    day = day_of(call)
    month = month_of(notice.period, snapshot.settings.cutoff)
    listing = listed(facts, snapshot.policy, notice.period)
    return Notice(
        period=notice.period,
        month=month,
        version=notice.version,
        program=notice.program,
        anchor=anchor_of(call.ledger, notice.version, month).text,
        files=made.hashes,
        templates=made.templates,
        underway=spans(entry.id for entry in listing.underway),
        finished=spans(entry.id for entry in listing.finished),
        on=day,
        approval=approval(call.typed, call.today, day),
        by=parsing.words(typed["--by"] or ""),
        reason=why if notice.again else None,
        excuse=why if excused else None,
    )


def _again(call: Call, last: Published, out: str | None) -> None:
    """The files of the last notice, proved to be the very same bytes."""
    from swm.audit.publishing import again_of, made_public, notice_on
    from swm.audit.reports import period_then
    from swm.audit.verifying import require_program

    require_program(last.program)
    period = period_then(call.ledger, last.version, last.period)
    facts = call.ledger.facts(
        call.ledger.resolve(last.version), call.progress("读取公示时的台账"), anew=True
    )
    notice = notice_on(call.ledger, facts, period, again_of(last))
    there = formats_of(last.files)
    writers = {kind: write for kind, write in WRITERS.items() if kind in there}
    write_again(call, made_public(call.ledger, notice, writers), last.files, out)


def _refuse_head(call: Call) -> None:
    """Raise `WrongUsage` for what only a report with a head has."""
    for option, what in (("--doc-no", "文号"), ("--signer", "签发人")):
        if call.typed[option] is not None:
            raise WrongUsage(f"公示不写{what}", hint=f"去掉 {option}")


def _kept(snapshot: Snapshot, period: Period) -> Report | None:
    from swm.audit.provenance import kept

    return kept(snapshot, month_of(period, snapshot.settings.cutoff))
