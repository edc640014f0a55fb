"""Where the history stands, read from git's small files: no process, well under a millisecond."""

from __future__ import annotations

import re
from pathlib import Path

from swm.errors import Unreadable

BRANCH = "main"
REF = f"refs/heads/{BRANCH}"
"""The only branch that is ever written."""
UNTAGGED = "untagged"
"""The file below .git/swm/ that stands from before a report is issued until its tag is there."""

_ID = re.compile(r"[0-9a-f]{40}")
_SYMBOLIC = re.compile(r"ref: refs/[^\s\\]+")


def branch(git_dir: Path) -> str | None:
    """The branch that HEAD names; None when it is detached. Raises Unreadable."""
    target = _head(git_dir)
    return target.removeprefix("ref: refs/heads/") if target.startswith("ref: ") else None


def head(git_dir: Path) -> str | None:
    """The commit that HEAD stands for; None before the first one. Raises Unreadable."""
    target = _head(git_dir)
    return tip(git_dir, target[5:]) if target.startswith("ref: ") else target


def tip(git_dir: Path, ref: str) -> str | None:
    """The id a ref holds, loose or packed; None when there is no such ref. Raises Unreadable."""
    for _ in range(2):  # `git pack-refs` may move it between the first look and the second
        found = _loose(git_dir / ref) or _packed(git_dir / "packed-refs", ref)
        if found is not None:
            return found
    return None


def _head(git_dir: Path) -> str:
    place = git_dir / "HEAD"
    try:
        text = place.read_text("utf-8").strip()
    except (OSError, ValueError) as failure:
        raise Unreadable(f"读不出 {place}：这里不是 git 仓库，或者仓库损坏") from failure
    if not (_ID.fullmatch(text) or _SYMBOLIC.fullmatch(text)) or ".." in text:
        raise Unreadable(f"{place} 的内容不对，仓库损坏", hint="请从备份恢复：swm restore")
    return text


def _loose(place: Path) -> str | None:
    try:
        text = place.read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except (OSError, ValueError) as failure:
        raise Unreadable(f"读不出 {place}，仓库损坏") from failure
    if not _ID.fullmatch(text):
        raise Unreadable(f"{place} 的内容不对，仓库损坏", hint="请从备份恢复：swm restore")
    return text


def _packed(place: Path, ref: str) -> str | None:
    try:
        packed = place.read_bytes()
    except FileNotFoundError:
        return None
    found = re.search(rb"^([0-9a-f]{40}) " + re.escape(ref.encode()) + rb"\r?$", packed, re.M)
    return found[1].decode() if found else None
