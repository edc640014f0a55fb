"""The SHA-256 of every file of a commit, by one process and without holding any of them whole.

What was hashed once is kept in the cache by the id git gives to the bytes; nothing is lost when it
goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from typing import IO

from swm.errors import Unreadable
from swm.store import cachefile, environment
from swm.store.objects import RESTORE
from swm.store.repo import Repository

PIECE = 1 << 20
"""Bytes that are looked at together."""

_PLACE = ("digests", "known")
_LINE = re.compile(rb"([0-9a-f]{40}) ([0-9a-f]{64})\n")


def digests(repo: Repository, commit: str, *, fresh: bool = True) -> list[tuple[str, str]]:
    """(path, SHA-256) of each file, in git's order. Raises `Unreadable` where one is missing.

    Without `fresh` what the cache holds is taken from there: for a report, which is proved later.
    """
    blobs = repo.tree_of(commit)
    kept = {} if fresh else _kept(repo)
    wanted = dict.fromkeys(blob.id for blob in blobs)
    unknown = {id: None for id in wanted if id not in kept}
    known = {id: kept[id] for id in wanted if id in kept} | dict(_hashed(repo, unknown))
    if unknown:
        _keep(repo, known)
    return [(blob.path, known[blob.id]) for blob in blobs]


def _kept(repo: Repository) -> dict[str, str]:
    """What was hashed before; nothing where a byte is not as it was written."""
    lines = cachefile.recall(repo.root, *_PLACE) or b""
    return {id.decode(): digest.decode() for id, digest in _LINE.findall(lines)}


def _keep(repo: Repository, known: Mapping[str, str]) -> None:
    """Keep it for the next time."""
    lines = "".join(f"{id} {digest}\n" for id, digest in known.items()).encode()
    cachefile.keep(repo.root, *_PLACE, lines)


def _hashed(repo: Repository, ids: Mapping[str, None]) -> Iterator[tuple[str, str]]:
    if not ids:
        return
    with Popen(
        [*environment.arguments(repo.root), "cat-file", "--batch", "--buffer"],
        cwd=repo.root,
        env=environment.hardened(),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        asking = Thread(target=_ask, args=(process.stdin, list(ids)), daemon=True)
        asking.start()
        for id in ids:
            yield id, _digest(process.stdout, id)
        asking.join()


def _ask(questions: IO[bytes], ids: list[str]) -> None:
    """Written beside the reading: neither pipe then fills up while the other waits."""
    with suppress(BrokenPipeError), questions:
        questions.write("".join(f"{id}\n" for id in ids).encode())


def _digest(answers: IO[bytes], id: str) -> str:
    header = answers.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise Unreadable(f"台账的仓库损坏：文件内容 {id} 缺失", hint=RESTORE)
    left, found = int(header[2]), sha256()
    while left:
        piece = answers.read(min(left, PIECE))
        if not piece:
            raise Unreadable(f"台账的仓库损坏：文件内容 {id} 不完整", hint=RESTORE)
        found.update(piece)
        left -= len(piece)
    answers.read(1)
    return found.hexdigest()
