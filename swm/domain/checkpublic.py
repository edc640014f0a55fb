"""Checks of 活动 and 考核: one 零报告 a village and month, names that exist, marks that count."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.activityrecords import ZERO, Activity
from swm.domain.contents import Contents
from swm.domain.filed import of_type
from swm.domain.scorerecords import Entered, Score
from swm.domain.scoring import SCORING, Scoring, read_scoring
from swm.errors import ERROR, REMINDER, Finding, NotFound, Unreadable

CODE = "活动和考核"


def public_files_fit(ledger: Contents) -> Iterator[Finding]:
    """What activities and scores name exists, and no village reports twice."""
    yield from _activities(ledger)
    yield from _scores(ledger)


def _activities(ledger: Contents) -> Iterator[Finding]:
    known = {enterprise.id for enterprise in ledger.enterprises.values()}
    reported: dict[tuple[str | None, str | None], str] = {}
    for path, file in sorted(ledger.filed.items()):
        if not isinstance(file, Activity) or file.withdrawn:
            continue
        held = file.held
        line = ledger.line(path, "记录", 0)
        for id in held.cases:
            if id not in known:
                hint = f"更正：swm correct {file.id} 1 --set 曝光企业=编号 --why 原因"
                yield Finding(CODE, ERROR, path, line, "曝光企业", f"没有编号为 {id} 的企业", hint)
        if held.kind == ZERO:
            first = reported.setdefault((held.village, held.period), file.id)
            if first != file.id:
                text = f"{held.village}{held.period}的零报告已有 {first}，一村一期只报一次"
                hint = f"核对后更正其中一份：swm correct {file.id} 1 --set 村=村名 --why 原因"
                yield Finding(CODE, REMINDER, path, line, "村", text, hint)


def _scores(ledger: Contents) -> Iterator[Finding]:
    scoring = _scoring(ledger)
    villages = {village.name for village in ledger.settings.villages}
    for path, file in sorted(ledger.filed.items()):
        if not isinstance(file, Score):
            continue
        items = _items(file, scoring)
        entries: list[Entered] = list(of_type(file, Entered))
        for entry in entries:
            line = ledger.line(path, "记录", entry.number - 1)
            hint = f"更正：swm correct {file.id} {entry.number} --set 键=值 --why 原因"
            if entry.village not in villages:
                text = f"村名册里没有“{entry.village}”，这一条不计分"
                yield Finding(CODE, ERROR, path, line, "村", text, hint)
            if items is not None and entry.item not in items:
                text = f"“{entry.item}”不是手工评分的项目，这一条不计分"
                yield Finding(CODE, REMINDER, path, line, "项目", text, hint)


def _scoring(ledger: Contents) -> Scoring | None:
    if SCORING not in ledger.trees:
        return None
    try:
        return read_scoring(ledger.trees[SCORING])
    except Unreadable:  # named by the check of the rules
        return None


def _items(file: Score, scoring: Scoring | None) -> tuple[str, ...] | None:
    """What is scored by hand in the file's period; None where nobody can say."""
    announced = file.announcements
    if scoring is None or not announced:
        day = max((record.on for record in file.records), default=None)
    else:
        day = announced[-1].ends
    try:
        return scoring.on(day).by_hand if scoring and day else None
    except NotFound:
        return None
