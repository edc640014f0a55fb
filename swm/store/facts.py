"""The facts of one commit: its files and the fold's results as tables, for queries.

A view that can be thrown away. The database is built in memory from the committed bytes and kept
under `.git/swm/cache/`; a later commit starts from it and reads only the files that differ, by
blob id. On any doubt (other program or rules, damage, a commit git no longer has) it is built anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from swm import __version__
from swm.errors import Finding
from swm.store import factsfile
from swm.store.factschema import signature

if TYPE_CHECKING:
    from swm.domain.likeness import Known
    from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
NO_PARAMETERS: Mapping[str, object] = {}
SIGNATURE = signature(__version__)


class Facts:
    """The tables of one commit. What is asked of them is always about that commit alone."""

    def __init__(self, database: sqlite3.Connection, commit: str) -> None:
        database.row_factory = sqlite3.Row
        self._database = database
        self.commit = commit

    @classmethod
    def of(
        cls, snapshot: Snapshot, *, keep: bool = True, progress: Progress | None = None
    ) -> Facts:
        """The facts of the snapshot's commit; with `keep` it is the one that everybody reads.

        Raises `Unreadable` when swm.yaml or 制度/ can't be read. An enterprise or premises file
        that can't be read is left out and named by `unreadable`.
        """
        folder = snapshot.repo.area / "cache"
        files = factsfile.kept(folder, SIGNATURE)
        for file in files:
            if file.commit == snapshot.commit and (known := _opened(file)):
                return cls(known, snapshot.commit)
        from swm.store import factbuild  # what a warm read can do without

        seeds = [(file.commit, partial(_copied, file)) for file in files]
        database = factbuild.grown(seeds, snapshot, progress)
        if database is None:
            database = sqlite3.connect(":memory:")
            factbuild.build(database, snapshot, progress)
        kind = factsfile.HEAD if keep else factsfile.PAST
        factsfile.keep(folder, snapshot.commit, kind, SIGNATURE, database.serialize())
        return cls(database, snapshot.commit)

    def query(
        self, sql: str, parameters: Mapping[str, object] = NO_PARAMETERS
    ) -> list[sqlite3.Row]:
        """The rows that answer; columns by name or place."""
        return self._database.execute(sql, dict(parameters)).fetchall()

    def query_all(
        self,
        sets: Sequence[tuple[str, str, str]],
        queries: Mapping[str, str],
        parameters: Mapping[str, object],
    ) -> dict[str, list[sqlite3.Row]]:
        """The rows that answer each query, by its name, over the same parameters.

        `sets` are what the queries start from, each (name, statement, column to index or none)
        after those that it starts from itself: computed once, not once for every query.
        """
        database, known = self._database, dict(parameters)
        database.execute("BEGIN")
        try:
            for name, sql, column in sets:
                database.execute(f"CREATE TEMP TABLE {name} AS {sql}", known)
                if column:
                    database.execute(f"CREATE INDEX temp.{name}_{column} ON {name} ({column})")
            return {name: database.execute(sql, known).fetchall() for name, sql in queries.items()}
        finally:
            database.rollback()  # which drops the sets

    @property
    def unreadable(self) -> list[Finding]:
        """What is wrong with the files that were left out."""
        rows = self.query("SELECT * FROM unreadable ORDER BY path, line")
        return [
            Finding(
                r["code"], r["level"], r["path"], r["line"], r["field"], r["message"], r["hint"]
            )
            for r in rows
        ]

    def known(self) -> list[Known]:
        """Every enterprise as far as another could be mistaken for it."""
        from swm.domain.likeness import Known

        rows = self.query(
            "SELECT id, name, former_names, operator, phone, uscc, premises, position, state,"
            " category, village FROM enterprise ORDER BY serial, id"
        )
        return [
            Known(
                id=row["id"],
                name=row["name"],
                former_names=tuple(row["former_names"].split("\n")) if row["former_names"] else (),
                operator=row["operator"],
                phone=row["phone"],
                uscc=row["uscc"],
                premises=row["premises"],
                position=row["position"],
                state=row["state"],
                category=row["category"],
                village=row["village"],
            )
            for row in rows
        ]

    def letter_numbers(self) -> list[str]:
        """The number of every letter, each once."""
        return [row[0] for row in self.query("SELECT DISTINCT number FROM letter ORDER BY number")]


def _opened(file: factsfile.Kept) -> sqlite3.Connection | None:
    """The file's database, for reading; None when it is damaged or none.

    A kept file never changes, so nothing is locked and no other file is looked for.
    """
    if not file.is_sound():
        return None
    database = sqlite3.connect(f"{file.path.as_uri()}?mode=ro&immutable=1", uri=True)
    return database if _answers(database) else None


def _copied(file: factsfile.Kept) -> sqlite3.Connection | None:
    """A copy of the file's database, to be changed; None when it is damaged or none."""
    data = file.read()
    if not data:
        return None
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    return database if _answers(database) else None


def _answers(database: sqlite3.Connection) -> bool:
    try:
        database.execute("SELECT name FROM village").fetchone()
    except sqlite3.Error:
        database.close()
        return False
    return True
