"""Which paths a ledger may hold, and where they lie on this disk.

Every file swm reads from the working copy or writes goes through `check` and `locate`.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from pathlib import Path, PurePosixPath

from swm.errors import NotYours, Refused
from swm.store.places import kind

LONGEST = 240
"""Characters in a path: what Windows still opens under a usual folder."""

_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.I)
_GIT = re.compile(r"\.git|git~\d+|\.gitmodules", re.I)
_FORBIDDEN = frozenset('\\:*?"<>|')
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check(path: str) -> str:
    """`path` itself, if a ledger may hold it: relative, and the same file on every system.

    Raises Refused for `..`, absolute paths, backslash, colon, a leading minus, names git or
    Windows keep for themselves, characters that cannot be seen, and paths too long.
    """
    complaint = _complaint(path)
    if complaint:
        shown = "".join(each if each.isprintable() else "?" for each in path[:LONGEST])
        raise Refused(f"台账里不能有这样的路径：“{shown}”（{complaint}）")
    return path


def _complaint(path: str) -> str:
    if not path:
        return "路径是空的"
    if len(path) > LONGEST:
        return f"超过{LONGEST}个字符"
    if any(unicodedata.category(each) in _UNSEEN for each in path):
        return "含有看不见的字符"
    if _FORBIDDEN & set(path):
        return '含有 \\ : * ? " < > | 之一'
    if path.startswith("/"):
        return "不能是绝对路径"
    return next((found for each in path.split("/") if (found := _name_complaint(each))), "")


def _name_complaint(name: str) -> str:
    if name in ("", ".", ".."):
        return "不能含有空的一级、. 或 .."
    if name.startswith("-"):
        return "名称不能以减号开头"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "名称不能以空格开头，也不能以空格或点结尾"
    if _GIT.fullmatch(unicodedata.normalize("NFKC", name)):
        return "是 git 自己用的名称"
    if _DEVICES.fullmatch(name):
        return "是 Windows 保留的设备名"
    if len(name.encode()) > 255:
        return "有一级名称太长"
    return ""


def locate(root: Path, path: str) -> Path:
    """Where `path` lies, without going through a symbolic link on the way.

    Raises NotYours when a folder on the way, or the file itself, is a link or another kind of
    thing: what is written must end up inside the ledger.
    """
    place = root
    *folders, name = PurePosixPath(check(path)).parts
    for folder in folders:
        place = place / folder
        if (found := kind(place)) not in (None, stat.S_IFDIR):
            raise _strange(path, place, root, found)
    place = place / name
    if (found := kind(place)) not in (None, stat.S_IFREG):
        raise _strange(path, place, root, found)
    return place


def _strange(path: str, place: Path, root: Path, found: int | None) -> NotYours:
    what = {stat.S_IFLNK: "符号链接", stat.S_IFDIR: "文件夹"}.get(found or 0, "特殊文件或普通文件")
    where = place.relative_to(root).as_posix()
    return NotYours(
        f"{where} 是{what}，不能经过它读写 {path}",
        hint=f"请把 {where} 移走，换成台账自己的文件或文件夹后再试",
    )
