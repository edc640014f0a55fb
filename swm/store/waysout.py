"""What a person can do about a file that differs from what is committed, in words to be typed."""

from __future__ import annotations

from swm.domain.kinds import kind_at

KEEP = "要留下：swm adopt --why 原因"
AWAY = "移出台账文件夹"


def bring_back(named: str) -> str:
    """The command that makes the file as it was committed, also one that was removed or staged."""
    return f"git restore -SW {named}"


def about(path: str, *, committed: bool, there: bool, named: str = "") -> str:
    """The ways out for a file that is or is not in history, and does or does not lie there.

    git brings back only what it knows: a new file is moved away by hand. One of records cannot be
    kept: they are made by commands. `named` stands for the path where that is said beside.
    """
    back = bring_back(named or path)
    if not committed and there and kind_at(path) is not None:
        return f"登记要用命令，先把它{AWAY}"
    if not committed:
        return f"{KEEP}；不要了：{AWAY if there else back}"
    return f"{KEEP}；不要了：{back}" if there else f"恢复：{back}"
