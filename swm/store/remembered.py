"""Answers about commits, remembered: a commit never changes, so neither does what was asked of it.

In the cache, and dropped on any doubt; deleting it changes no answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from swm.store import cachefile
from swm.store.repo import Repository

_PLACE = ("history", "answers")
MOST = 64
"""How many answers are kept; the oldest go first."""


class Remembered:
    """What was asked of one repository before."""

    def __init__(self, repo: Repository) -> None:
        self._root = repo.root

    def known(self) -> dict[str, Any]:
        """All answers, by question; none where a byte is not as it was written, or where what was
        written are no answers."""
        try:
            found = json.loads(cachefile.recall(self._root, *_PLACE) or b"{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

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
        """Keep it for the next time."""
        text = json.dumps(known, ensure_ascii=True).encode()
        cachefile.keep(self._root, *_PLACE, text)
