"""What reports ask of the facts of one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol

from swm.errors import Finding


class Answers(Protocol):
    """What reports ask of the facts of one commit."""

    @property
    def commit(self) -> str:
        """The commit that the facts were drawn from."""

    @property
    def unreadable(self) -> Sequence[Finding]:
        """What is wrong with the files that were left out."""

    def query(self, sql: str, parameters: Mapping[str, object] = ...) -> Sequence[Any]:
        """The rows that answer; columns by name or place."""

    def query_all(
        self,
        sets: Sequence[tuple[str, str, str]],
        queries: Mapping[str, str],
        parameters: Mapping[str, object],
    ) -> Mapping[str, Sequence[Any]]:
        """The rows that answer each query, by its name. `sets` (name, statement, column to
        index) are what they start from, computed once for all."""


@cache
def as_day(text: str | None) -> date | None:
    """A day of the fact tables; None stays None."""
    return date.fromisoformat(text) if text else None
