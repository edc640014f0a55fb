"""Answers about commits, remembered: a commit never changes, so neither does what was asked of it.

In the cache, and dropped on any doubt; deleting it changes no answer.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from swm.store.repo import Repository

MOST = 64
"""How many answers are kept; the oldest go first."""


class Remembered:
    """What was asked of one repository before."""

    def __init__(self, repo: Repository) -> None:
        self._place = repo.area / "cache" / "history" / "answers"

    def known(self) -> dict[str, Any]:
        """All answers, by question; none where a byte is not as it was written."""
        try:
            checksum, _, text = self._place.read_bytes().partition(b"\n")
        except OSError:
            return {}
        if checksum != b"%08x" % zlib.crc32(text):
            return {}
        found: dict[str, Any] = json.loads(text)
        return found

    def ask(
        self, question: str, answer: Callable[[Mapping[str, Any]], Any], *, instead: str = ""
    ) -> Any:
        """The answer, from here or by `answer`, which is given all that is known. It has to be
        something that JSON can hold. It is kept in place of all whose questions begin with
        `instead`."""
        known = self.known()
        if question not in known:
            found = answer(known)
            if instead:
                known = {q: a for q, a in known.items() if not q.startswith(instead)}
            known[question] = found
            self._keep(dict(list(known.items())[-MOST:]))
        return known[question]

    def _keep(self, known: Mapping[str, Any]) -> None:
        """Keep it for the next time. A disk that can't is no harm."""
        text = json.dumps(known, ensure_ascii=True).encode()
        part = self._place.with_name(f"{self._place.name}.{os.getpid()}.part")
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(b"%08x\n%s" % (zlib.crc32(text), text))
            part.replace(self._place)
