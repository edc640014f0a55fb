"""The facts of one commit: its files and the fold's results as tables, for queries.

A view that can be thrown away. The database is built in memory from the committed bytes and kept
under `.git/swm/cache/`; a later commit starts from it and reads only the files that differ, by
blob id. On any doubt (other program or rules, damage, a commit git no longer has) it is built anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from swm import __version__
from swm.errors import Finding
from swm.store import factsfile
from swm.store.factschema import signature

if TYPE_CHECKING:
    from swm.domain.likeness import Known
    from swm.domain.papers import Used
    from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
NO_PARAMETERS: Mapping[str, object] = {}
SIGNATURE = signature(__version__)
_PAPERS = """
SELECT code, year, serial, id || ' 第' || number || '条' AS bearer FROM paper WHERE serial > 0
"""
_CLEARING_PAPERS = """
SELECT code, year, serial, premises || ' 清退第' || number || '步' AS bearer FROM clearing_paper
"""
PROBE = "SELECT name FROM village LIMIT 1"
"""What any database of ours can answer."""


class Facts:
    """The tables of one commit. What is asked of them is always about that commit alone."""

    def __init__(self, commit: str, connect: Callable[[], sqlite3.Connection]) -> None:
        self.commit = commit
        self._connect = connect
        self._database = connect()

    @classmethod
    def of(
        cls, snapshot: Snapshot, *, keep: bool = True, progress: Progress | None = None
    ) -> Facts:
        """The facts of the snapshot's commit; with `keep` it is the one that everybody reads.

        Raises `Unreadable` when swm.yaml or 制度/ can't be read. An enterprise or premises file
        that can't be read is left out and named by `unreadable`.
        """
        commit, folder = snapshot.commit, snapshot.repo.area / "cache"
        if found := cls._kept(commit, folder):
            return found
        data = _made(snapshot, folder, progress)
        kind = factsfile.HEAD if keep else factsfile.PAST
        factsfile.keep(folder, commit, kind, SIGNATURE, data)
        return cls._kept(commit, folder) or cls(commit, partial(_loaded, data))

    @classmethod
    def _kept(cls, commit: str, folder: Path) -> Facts | None:
        """The facts of that commit from the cache; None when it hasn't got them whole."""
        for file in factsfile.kept(folder, SIGNATURE):
            if file.commit == commit and file.is_sound():
                try:
                    facts = cls(commit, partial(_opened, file.path))
                    facts.query(PROBE)
                except sqlite3.Error:
                    continue
                return facts
        return None

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
        after those that it starts from itself: computed once, not once for every query. May be
        called by several threads at once.
        """
        known = dict(parameters)
        with closing(self._connect()) as database:
            for name, sql, column in sets:
                database.execute(f"CREATE TEMP TABLE {name} AS {sql}", known)
                if column:
                    database.execute(f"CREATE INDEX temp.{name}_{column} ON {name} ({column})")
            return {name: database.execute(sql, known).fetchall() for name, sql in queries.items()}

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
            " category, village, round FROM enterprise ORDER BY serial, id"
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
                round=row["round"],
            )
            for row in rows
        ]

    def paper_numbers(self, *, of_clearings: bool = True) -> Used:
        """The number of every paper that bears one in a series, withdrawn ones included.

        `of_clearings`: those of 停租告知 and 报送 too, several of which may share a paper.
        """
        from swm.domain.papers import Numbered, Used

        rows = [*self.query(_CLEARING_PAPERS)] if of_clearings else []
        rows += self.query(_PAPERS)  # last: where both bear a number, the act is named
        where = {Numbered(r["code"], r["year"], r["serial"]): r["bearer"] for r in rows}
        return Used(where=where, whole=not self.unreadable)

    def letter_numbers(self) -> list[str]:
        """The number of every letter, each once."""
        return [row[0] for row in self.query("SELECT DISTINCT number FROM letter ORDER BY number")]


def _made(snapshot: Snapshot, folder: Path, progress: Progress | None) -> bytes:
    """A new database for the commit, as the bytes of its file."""
    from swm.store import factbuild  # which a warm read can do without

    files = factsfile.kept(folder, SIGNATURE)
    seeds = [(file.commit, partial(_copied, file)) for file in files]
    database = factbuild.grown(seeds, snapshot, progress)
    if database is None:
        database = sqlite3.connect(":memory:")
        factbuild.build(database, snapshot, progress)
    return database.serialize()


def _opened(path: Path) -> sqlite3.Connection:
    """The file's database, for reading. It never changes: no locks, no other file looked for."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    database.row_factory = sqlite3.Row
    return database


def _loaded(data: bytes) -> sqlite3.Connection:
    """A database in memory that holds the bytes of another."""
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    database.deserialize(data)
    return database


def _copied(file: factsfile.Kept) -> sqlite3.Connection | None:
    """A copy of the file's database, to be changed; None when it is damaged or none."""
    data = file.read()
    if not data:
        return None
    database = _loaded(data)
    try:
        database.execute(PROBE)
    except sqlite3.Error:
        return None
    return database
