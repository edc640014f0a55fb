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

    def sitting(self, parameters: Mapping[str, object]) -> Sitting:
        """Many questions over the same parameters."""


class Sitting(Protocol):
    """Many questions over the same parameters, put one at a time."""

    def hold(self, name: str, sql: str, column: str) -> None:
        """Compute a set that later questions may name; with `column`, index it by that."""

    def rows(self, sql: str) -> Sequence[Any]:
        """The rows that answer; columns by name or place."""

    def close(self) -> None:
        """Nothing more will be asked."""


@cache
def as_day(text: str | None) -> date | None:
    """A day of the fact tables; None stays None."""
    return date.fromisoformat(text) if text else None
