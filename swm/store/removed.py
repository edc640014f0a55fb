"""Files that somebody took out of the ledger: their ids stay given, whatever became of them.

No command removes a file, but git does, and then the highest id would be given once more. So the
whole history is asked, once; from then on only what has been added to it since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from swm.domain.kinds import PREMISES, kind_at
from swm.store.objects import Blob
from swm.store.remembered import Remembered
from swm.store.repo import Repository

_QUESTION = "removed "
_LETTER = re.compile(rb"^\s*(?:- )?\xe7\xbc\x96\xe5\x8f\xb7: \"?(BZ-\d{4}-\d+)", re.MULTILINE)
"""编号: BZ-2026-0001, on a line of its own."""


def removed(repo: Repository, commit: str) -> list[Blob]:
    """Every file of records that a commit on the way to this one took out, as it was then."""
    if not repo.has_history:
        return []

    def work_out(known: Mapping[str, Any]) -> list[list[str]]:
        for question in known:
            if question.startswith(_QUESTION):
                since = question.removeprefix(_QUESTION)
                if repo.is_ancestor(since, commit):
                    return [*known[question], *_taken_out(repo, commit, since)]
        return _taken_out(repo, commit, None)

    found = Remembered(repo).ask(f"{_QUESTION}{commit}", work_out, instead=_QUESTION)
    return [Blob(*each) for each in found]


def _taken_out(repo: Repository, commit: str, since: str | None) -> list[list[str]]:
    return [
        [blob.path, blob.mode, blob.id]
        for blob in repo.removals(commit, since)
        if kind_at(blob.path) is not None
    ]


def letters_of(repo: Repository, files: list[Blob]) -> list[str]:
    """The numbers of the letters that stood in these files."""
    ids = dict.fromkeys(blob.id for blob in files if PREMISES.holds(blob.path))
    found = (number for _, data in repo.blobs(ids) for number in _LETTER.findall(data))
    return sorted({number.decode() for number in found}) if ids else []
