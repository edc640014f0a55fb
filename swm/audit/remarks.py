"""What was done to the ledger besides ordinary records, a line a commit: as its subject tells it.

Outside the office a complaint is told of without its number and without the field that was mended:
each leads to where it came from. A subject that a person typed may say anything, so there it is
enough that the commit changed a complaint's file, or that its words speak of complaints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import tzinfo

from swm.domain.kinds import COMPLAINT
from swm.errors import SwmError
from swm.render import leads
from swm.reports.values import Remark
from swm.store.chronicle import adopted, verb
from swm.store.objects import Commit
from swm.store.repo import Repository

OWNING = "adopt"
WHAT = "举报、交办登记"
TOLD = {
    "correct": f"更正了{WHAT}",
    "undo": f"撤销了{WHAT}",
    OWNING: f"采纳了对{WHAT}的改动",
    None: f"在工具以外改动了{WHAT}",
}
"""A commit about complaints, by the command that made it; None: made outside the tool."""
UNSAID = "工具以外的提交，说明从略"
"""A commit that a person made about other files, in words that speak of complaints."""
_OURS = re.compile(rf"{COMPLAINT.prefix}-\d|{COMPLAINT.folder}\d|举报编号")
"""How the subjects that we write name a complaint, its file, or the field that leads to it."""

_DOTTED = re.compile(r"(?<=[一-鿿])\.(?=[一-鿿])")
"""The dot in the name of a field within a field, 批准.人, which people write without."""


def remarks(commits: Iterable[Commit], zone: tzinfo) -> tuple[Remark, ...]:
    """The commits as the office is told of them, the oldest first."""
    return _in_turn(((commit, commit.subject) for commit in commits), zone)


def remarks_outside(
    commits: Iterable[Commit], zone: tzinfo, repo: Repository, about: Set[str]
) -> tuple[Remark, ...]:
    """The same as those outside are told of them; `about` are the commits of the period that
    changed a complaint's file."""
    return _in_turn(((commit, _outside(commit, repo, about)) for commit in commits), zone)


def _in_turn(told: Iterable[tuple[Commit, str]], zone: tzinfo) -> tuple[Remark, ...]:
    found = [
        Remark(commit.committed.astimezone(zone).date(), commit.author, _DOTTED.sub("", text))
        for commit, text in told
    ]
    return tuple(reversed(found))


def _outside(commit: Commit, repo: Repository, about: Set[str]) -> str:
    did, subject = verb(commit), commit.subject
    typed = commit.id if did is None else adopted(commit)
    if _OURS.search(subject) or (typed and _changed_one(typed, commit, repo, about)):
        return TOLD.get(did, TOLD[None])
    return UNSAID if typed and leads.speaks(subject) else subject


def _changed_one(typed: str, commit: Commit, repo: Repository, about: Set[str]) -> bool:
    """Whether the commit `typed` by a person, or taken in by `commit`, changed a complaint's file;
    one that is no longer there may have."""
    if typed in about or typed == commit.id:
        return typed in about
    try:
        (other,) = repo.commits([typed])
        before = other.parents[:1]
        found = repo.changed(before[0], typed) if before else repo.tree_of(typed)
    except SwmError:
        return True
    return any(COMPLAINT.holds(each.path) for each in found)
