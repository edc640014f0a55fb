"""Which commit wrote each record: two git processes for any number of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from swm.store.objects import Commit, decode
from swm.store.repo import Repository

_NUMBER = re.compile(rb"^\s*(?:- )?\xe5\xba\x8f\xe5\x8f\xb7: (\d+)\s*$", re.MULTILINE)
"""序号: 4, on a line of its own."""
FIRST = 0
"""Stands for the file itself: the commit that made it."""

Authorship = dict[str, dict[int, Commit]]
"""By path and 序号 the commit that wrote the record."""


def authorship(repo: Repository, commit: str, paths: Iterable[str]) -> Authorship:
    """Who wrote each record of these files, in the history that led to `commit`."""
    wanted = list(dict.fromkeys(paths))
    if not wanted or not repo.has_history:
        return {}
    versions = list(_versions(repo.log_of(commit, wanted)))
    contents = dict(repo.blobs(dict.fromkeys(blob for _, _, blob in versions)))
    first: dict[str, dict[int, str]] = {path: {} for path in wanted}
    for id, path, blob in versions:
        known = first.get(path)
        if known is not None:
            for number in (FIRST, *map(int, _NUMBER.findall(contents[blob]))):
                known.setdefault(number, id)
    with repo.objects() as objects:
        ids = {id for known in first.values() for id in known.values()}
        commits = {id: objects.commit(id) for id in sorted(ids)}
    return {path: {n: commits[id] for n, id in known.items()} for path, known in first.items()}


def _versions(log: bytes) -> Iterator[tuple[str, str, str]]:
    """(commit, path, blob) of each change, the oldest first, from `log --raw -z`."""
    commit, blob = "", ""
    for word in log.split(b"\0"):
        if word.startswith(b"\1"):
            commit = word[1:].decode()
        elif word.lstrip(b"\n").startswith(b":"):
            blob = word.lstrip(b"\n").split(b" ")[3].decode()
        elif word and blob:
            if set(blob) != {"0"}:
                yield commit, decode(word), blob
            blob = ""
