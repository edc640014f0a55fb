"""What stands against issuing a month's report: in the ledger, and around it on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from swm.cli.call import OF_LEDGER, SHORT, Call
from swm.domain.periods import Period
from swm.domain.reportrecords import Report
from swm.errors import Missing, Refused
from swm.reports.readiness import EXCUSABLE, UNAPPROVED, Point, publishable, readiness
from swm.reports.values import Monthly
from swm.store import waysout

if TYPE_CHECKING:
    from swm.store.facts import Facts

ISSUED = "已经印发"


def points(call: Call, facts: Facts, period: Period, report: Monthly) -> list[Point]:
    """Everything that is known against issuing, what blocks first."""
    from swm.audit.provenance import kept

    snapshot = call.ledger.snapshot(facts.commit)
    found = [*_issued(kept(snapshot, period.code)), *_edits(call), *_strays(call)]
    found += readiness(facts, snapshot.settings, snapshot.policy, period, report, call.today)
    found += _originals(call, facts)
    return sorted(found, key=lambda point: not point.blocks)


def _issued(existing: Report | None) -> list[Point]:
    if existing is None or existing.latest is None:
        return []
    latest = existing.latest
    text = f"{latest.on} {latest.title}，印发的数字不再改动"
    command = f"要更正：swm report amend {existing.code} --why 原因 --approver 批准人"
    return [Point(True, ISSUED, text, command)]


def _edits(call: Call) -> list[Point]:
    """Files that differ from what is committed: what they say is in no report."""
    paths = [path for path in call.ledger.dirty() if path.startswith(OF_LEDGER)]
    committed = call.ledger.snapshot()

    def ways(path: str) -> str:
        there = (call.ledger.root / path).exists()
        known = committed.text(path) is not None
        return waysout.about(path, committed=known, there=there, named="文件")

    return [Point(True, "没有提交的改动", path, ways(path)) for path in paths]


def _strays(call: Call) -> list[Point]:
    from swm.store import tags

    if not call.ledger.repo.has_history:
        return []
    moved = [
        Point(
            True,
            "标签不对",
            f"标签 {name} 指的不是印发它的那次提交（{commit[:SHORT]}），有人动过",
            f"查清来历：git show {name}；确认以后删去它（git tag -d {name}），下一次会重新打上",
        )
        for name, commit in tags.astray(call.ledger)
    ]
    missing = tags.missing(call.ledger)
    hint = "下一次登记、印发时自动补上"
    return [*moved, *(Point(False, "缺标签", f"标签 {n} 还没有打上", hint) for n in missing)]


def notice_points(call: Call, facts: Facts, period: Period) -> list[Point]:
    """Everything that is known against a public notice; all of it blocks."""
    found = [*_edits(call), *(point for point in _strays(call) if point.blocks)]
    settings = call.ledger.snapshot(facts.commit).settings
    return [*found, *publishable(facts, settings, period, call.today)]


def _originals(call: Call, facts: Facts) -> list[Point]:
    """Originals that the records name and this computer does not hold."""
    _, absent = originals(call, facts.commit)
    return [
        Point(False, "缺原件", f"{where}：这台电脑的 原件/ 里没有", "从备份或另一台电脑拷回 原件/")
        for where in absent
    ]


def originals(call: Call, commit: str) -> tuple[int, tuple[str, ...]]:
    """How many of a commit's records name an original; those whose original does not lie in 原件/
    of this computer. One scan may be named by several."""
    from swm.store.originalrefs import references
    from swm.store.originals import Originals

    if not call.ledger.repo.has_history:
        return 0, ()
    here = Originals(call.ledger.root, None)
    named = references(call.ledger.snapshot(commit))
    lost = {sha for sha in {reference.sha for reference in named} if here.find(sha) is None}
    gone = {reference.where for reference in named if reference.sha in lost}
    return len({reference.where for reference in named}), tuple(sorted(gone))


def require_clear(call: Call, points: Sequence[Point], head: str, why: str | None) -> None:
    """Raise `Refused`, headed by `head`, with all that blocks, unless it is what a reason may
    excuse."""
    may = set(EXCUSABLE if call.ledger.snapshot().settings.issue_pending else EXCUSABLE[1:])
    blocking = [p for p in points if p.blocks and not (why and p.subject in may)]
    if not blocking:
        return
    lacking = [Missing(f"{p.subject}：{p.text}", "", p.command) for p in blocking]
    pending = any(p.subject == UNAPPROVED for p in blocking) and UNAPPROVED not in may
    hint = "镇里允许带着待补批印发的，在 swm.yaml 写“待补批可印发: 是”，再用 --why 说明理由"
    raise Refused(head, lacking, hint if pending else "")
