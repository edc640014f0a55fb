"""What `swm check` would say of a person's edits once they are taken in: no error gets in so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from swm.domain import checks
from swm.domain.kinds import kind_at
from swm.domain.policyfiles import PATHS as POLICY_PATHS
from swm.domain.scoring import SCORING
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.domain.tables import TABLES
from swm.errors import ERROR, Finding, Missing, Unreadable
from swm.store.working import Progress, as_they_lie
from swm.store.writing import Adopting

BY_HAND = frozenset({"字段", "文件", "制度", "路径", "引用"})
"""Checks of what a person may write by hand, and so has to put right there. Where another finds
what was wrong before, only a command could mend it: that keeps no edit out."""
BY_RULES = frozenset({"前提", "整治"})
"""Checks that judge past records by the rules: of files nobody touched, new rules may think
otherwise."""

RULES = (SETTINGS_PATH, *POLICY_PATHS, SCORING, TABLES)
"""What the files are judged by: where not edited, as it is committed, whatever lies there now."""


def faults(
    adopting: Adopting,
    root: Path,
    dirty: Sequence[str],
    today: date,
    progress: Progress | None = None,
) -> list[Missing]:
    """Every error that the check finds in the edited files, and every one that edited settings
    cause in others, with file and line. What was wrong before in files nobody touched is none of
    theirs.

    Nothing where a file can't be read: that is told by itself, and only then is there more to see.
    """
    settings = SETTINGS_PATH in dirty
    if not settings and not any(kind_at(path) for path in dirty):
        return []
    try:
        edits = {path: adopting.working(path) for path in dirty}
        edited = as_they_lie(root, today, progress, {**_committed(adopting, RULES), **edits})
    except Unreadable:
        return []
    if any(finding.path in dirty for finding in edited.broken):
        return []
    errors = (f for f in checks.run(edited) if f.level == ERROR)
    found = [f for f in errors if settings or f.path in dirty]
    known = _before(adopting, root, dirty, today) if found else set()
    return [Missing(str(f)) for f in found if _counts(f, f.path in dirty, _said(f) in known)]


def _before(adopting: Adopting, root: Path, dirty: Sequence[str], today: date) -> set[Said]:
    """What the check says of the files as they are committed."""
    try:
        committed = _committed(adopting, (*RULES, *dirty))
        return {_said(f) for f in checks.run(as_they_lie(root, today, instead=committed))}
    except Unreadable:
        return set()


def _committed(adopting: Adopting, paths: Sequence[str]) -> dict[str, bytes | None]:
    return {path: adopting.committed.text(path) for path in paths}


def _counts(finding: Finding, edited: bool, known: bool) -> bool:
    if edited:
        return not known or finding.code in BY_HAND
    return not known and finding.code not in BY_RULES


Said = tuple[str, str, str, str]


def _said(finding: Finding) -> Said:
    """A finding without its line, which an edit moves."""
    return finding.code, finding.path, finding.field, finding.message
