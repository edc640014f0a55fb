"""A folder with a swm.yaml that is not the top of its own repository: it can be read as it lies.

The sample in the project, a copy unpacked from an archive. It has no history, so there is nothing
to write in: `transaction.writing` refuses and names `swm demo` and `swm init`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from swm.errors import NotFound
from swm.store import files
from swm.store.objects import FILE, Blob, Changed, Commit, Entry, Objects, blob_id
from swm.store.repo import Repository

if TYPE_CHECKING:
    from datetime import date, tzinfo


class Folder(Repository):
    """Answers the questions of a repository from the files themselves, as one commit."""

    @property
    def has_history(self) -> bool:
        """There is but the one version that lies here."""
        return False

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        found = {}
        for place, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                path = (Path(place) / name).relative_to(self.root).as_posix()
                if _told(path) and not (Path(place) / name).is_symlink():
                    found[path] = files.read(self.root, path) or b""
        return found

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {path: blob_id(content) for path, content in self._contents.items()}

    def head(self) -> str:
        """An id that stands for these very bytes."""
        listing = "".join(f"{id} {path}\n" for path, id in sorted(self._ids.items()))
        return hashlib.sha1(listing.encode(), usedforsecurity=False).hexdigest()

    def tree_of(self, commit: str) -> list[Blob]:
        """Every file."""
        return [Blob(path, FILE, id) for path, id in self._ids.items()]

    def changed(self, old: str, new: str) -> list[Changed]:
        """Nothing: there is no other version."""
        return []

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of files by id."""
        by_id = {id: self._contents[path] for path, id in self._ids.items()}
        return ((id, by_id[id]) for id in ids)

    @contextmanager
    def objects(self) -> Iterator[Objects]:
        """Files by path, as objects."""
        yield cast(Objects, self)

    def entry(self, commit: str | None, path: str) -> Entry | None:
        """What lies at the path."""
        return Entry(FILE, self._ids[path]) if path in self._ids else None

    def blob(self, id: str) -> bytes:
        """The bytes of one file."""
        return next(self.blobs([id]))[1]

    def show(self, commit: str, path: str) -> bytes | None:
        """The bytes of one file; None when it is not there."""
        return self._contents.get(path)

    def history(self, path: str | None = None, start: str | None = None) -> list[Commit]:
        """None."""
        return []

    def resolve(self, revision: str) -> str:
        """There are no versions. Raises NotFound."""
        raise NotFound("这个目录没有自己的 git 仓库，没有以往的版本", "演示：swm demo 目录")

    def last_commit_of(self, day: date, zone: tzinfo) -> str:
        """There are no versions. Raises NotFound."""
        return self.resolve(day.isoformat())

    def look_for_edits(self) -> Callable[[], list[str]]:
        """The files are read as they lie: nothing differs."""
        return list


def _told(path: str) -> bool:
    """Whether a file is a ledger's own: YAML, or an office's template."""
    return path.endswith(".yaml") or path.startswith("templates/")
