"""The folders that a commit changes, worked out from those of the commit before it.

Only the folders on the way to a changed file are made anew; every other one is named by the id it
has. Neither what a person staged nor what a crash left behind can get in: no index is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from swm.errors import Surroundings
from swm.store.objects import FOLDER, Entry, Objects

Folder = dict[str, Entry]


def regrown(
    objects: Objects, base: str | None, updates: Mapping[str, Entry | None]
) -> list[tuple[str, Folder]]:
    """(id, entries) of each folder to write, the deepest first, the top folder last.

    `base` is the commit to start from (None: nothing), `updates` what each path shall be (None:
    taken out). A folder that holds nothing any more goes with its last file.
    Raises Surroundings where a file stands in the way of a folder, or the other way round.
    """
    grown: list[tuple[str, Folder]] = []
    top = objects.commit(base).tree if base else None
    _regrow(objects, top, _nested(updates), "", grown)
    return grown


def folder_id(entries: Folder) -> str:
    """The id git gives to a folder with these entries."""
    content = b"".join(
        b"%s %s\0%s" % (each.mode.lstrip("0").encode(), _encoded(name), bytes.fromhex(each.id))
        for name, each in sorted(entries.items(), key=_order)
    )
    header = b"tree %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def listing(folders: Sequence[tuple[str, Folder]]) -> str:
    """The same folders as `git mktree -z --batch` reads them."""
    return "\0".join(
        "".join(
            f"{each.mode} {_KINDS.get(each.mode, 'blob')} {each.id}\t{name}\0"
            for name, each in entries.items()
        )
        for _, entries in folders
    )


_KINDS = {FOLDER: "tree", "160000": "commit"}
_Nested = dict[str, "Entry | _Nested | None"]


def _nested(updates: Mapping[str, Entry | None]) -> _Nested:
    top: _Nested = {}
    for path, entry in updates.items():
        *folders, name = path.split("/")
        at = top
        for folder in folders:
            below = at.setdefault(folder, {})
            if not isinstance(below, dict):
                raise _in_the_way(path)
            at = below
        if isinstance(at.get(name), dict):
            raise _in_the_way(path)
        at[name] = entry
    return top


def _regrow(
    objects: Objects,
    old: str | None,
    updates: _Nested,
    where: str,
    grown: list[tuple[str, Folder]],
) -> str | None:
    """The id of one folder with its updates put in; None when nothing is left in it."""
    entries = dict(objects.tree(old)) if old else {}
    for name, update in updates.items():
        present, path = entries.get(name), f"{where}{name}"
        if isinstance(update, dict):
            if present and present.mode != FOLDER:
                raise _in_the_way(path)
            below = _regrow(objects, present.id if present else None, update, f"{path}/", grown)
            update = Entry(FOLDER, below) if below else None
        elif present and present.mode == FOLDER:
            raise _in_the_way(path)
        if update is None:
            entries.pop(name, None)
        else:
            entries[name] = update
    if where and not entries:
        return None
    id = folder_id(entries)
    grown.append((id, entries))
    return id


def _order(item: tuple[str, Entry]) -> bytes:
    """Git sorts a folder as if its name ended in a slash."""
    name, entry = item
    return _encoded(name) + (b"/" if entry.mode == FOLDER else b"")


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _in_the_way(path: str) -> Surroundings:
    return Surroundings(f"{path} 在台账的历史里既是文件又是文件夹，不能写，什么也没有记录")
