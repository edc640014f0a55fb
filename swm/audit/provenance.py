"""数据说明: what was done to the ledger in a period that a reader of its numbers should know.

All of it is drawn from the commit that is reported on, so that the report stays a function of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from swm.audit.anchors import anchor_of
from swm.audit.remarks import OWNING, remarks, remarks_outside
from swm.domain.kinds import COMPLAINT
from swm.domain.periods import MONTH, Period
from swm.domain.reportrecords import Issued, Report, report_id
from swm.reports.audiences import INTERNAL
from swm.reports.deskqueries import BEARS_ON, PENDING
from swm.reports.values import Provenance
from swm.store.chronicle import verb
from swm.store.facts import Facts
from swm.store.ledger import Ledger
from swm.store.objects import Commit
from swm.store.remembered import Remembered
from swm.store.repo import Repository
from swm.store.snapshot import Snapshot

RULES = ("制度", "swm.yaml", "templates")
"""What decides how the numbers come about, and how they look."""
_PENDING = f"{PENDING} WHERE {BEARS_ON} ORDER BY p.on_day, e.id, p.number"
MENDING = ("correct", "undo")


def kept(snapshot: Snapshot, code: str) -> Report | None:
    """What is on file for a month; None where nothing was issued."""
    id = report_id(code)
    return snapshot.filed(Report, id) if snapshot.text(Report(id=id).path) is not None else None


def previous_issued(snapshot: Snapshot, period: Period) -> Issued | None:
    """上期 as it was issued, the latest edition; None where it was not."""
    report = kept(snapshot, period.previous().code) if period.kind == MONTH else None
    return report.latest if report else None


def provenance(
    ledger: Ledger,
    facts: Facts,
    snapshot: Snapshot,
    period: Period,
    issued: Issued | None,
    audience: str,
) -> Provenance:
    """All that the commit's history says to that audience; a mere folder has none.

    Facts that were built anew are for paper that leaves the house: then nothing remembered is
    trusted either.
    """
    before = f"{period.previous().title}（{issued.title}，{issued.on}）" if issued else ""
    pending = tuple(
        f"{row['id']} {row['name']}第{row['number']}条{row['label']}（{row['on_day']}）"
        for row in facts.query(_PENDING, {"end": period.end.isoformat()})
    )
    if not ledger.repo.has_history:
        return Provenance(unapproved=pending, previous=before)
    zone = snapshot.settings.zone
    first = datetime.combine(period.start, time(), zone)
    last = datetime.combine(period.end + timedelta(days=1), time(), zone) - timedelta(seconds=1)
    repo, commit = ledger.repo, facts.commit
    asked = f"{commit} {first.isoformat()} {last.isoformat()}"
    ask = _worked_out if facts.fresh else Remembered(repo).ask
    found = ask(f"unusual {asked}", lambda _: repo.unusual(commit, first, last))
    unusual = [(verb(c), c) for c in repo.commits(found)]
    month = Period.month_of(period.end, snapshot.settings.cutoff)
    touched = ask(f"rules {asked}", lambda _: repo.touching(commit, first, last, RULES))
    by_rule = [c for did, c in unusual if did == OWNING and _is_of_rules(repo, c, set(touched))]
    outside = [c for did, c in unusual if (did is None or did == OWNING) and c not in by_rule]
    told = partial(remarks, zone=zone)
    if audience != INTERNAL:
        typed = any(did in (None, OWNING) for did, _ in unusual)
        about = typed and ask(
            f"complaints {asked}",
            lambda _: repo.touching(commit, first, last, (COMPLAINT.title,), undone=True),
        )
        told = partial(remarks_outside, zone=zone, repo=repo, about=frozenset(about or ()))
    return Provenance(
        anchor=anchor_of(ledger, commit, month.code, fresh=facts.fresh).text,
        corrections=told(c for did, c in unusual if did in MENDING),
        outside=told(outside),
        rules=told(c for c in repo.commits(touched) if c not in outside),
        unapproved=pending,
        previous=before,
    )


def _worked_out(_: str, answer: Callable[[Mapping[str, Any]], Any]) -> Any:
    return answer({})


def _is_of_rules(repo: Repository, commit: Commit, touched: set[str]) -> bool:
    """Whether what was adopted are rules and settings alone, which are changed in no other way."""
    if commit.id not in touched or not commit.parents:
        return False
    files = repo.changed(commit.parents[0], commit.id)
    return all(change.path.partition("/")[0] in RULES for change in files)
