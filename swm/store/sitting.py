"""Many questions over the same parameters, asked of one connection.

Only the connection is handed in: sqlite3 itself stays in `facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Sitting:
    """What several of its questions start from is computed once, not once for every question.

    One thread at a time may ask: whoever asks from several sees to it.
    """

    def __init__(self, database: Any, parameters: Mapping[str, object]) -> None:
        self._database = database
        self._parameters = dict(parameters)

    def hold(self, name: str, sql: str, column: str) -> None:
        """Compute a set that later questions may name; with `column`, index it by that."""
        self._database.execute(f"CREATE TEMP TABLE {name} AS {sql}", self._parameters)
        if column:
            self._database.execute(f"CREATE INDEX temp.{name}_{column} ON {name} ({column})")

    def rows(self, sql: str) -> list[Any]:
        """The rows that answer; columns by name or place."""
        found: list[Any] = self._database.execute(sql, self._parameters).fetchall()
        return found

    def close(self) -> None:
        """Forget what was held."""
        self._database.close()
