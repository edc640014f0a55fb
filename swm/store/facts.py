"""The facts of one commit: its files and the fold's results as tables, for queries.

A view that can be thrown away. The database is built in memory from the committed bytes and kept
under `.git/swm/cache/`; a later commit starts from it and reads only the files that differ, by
blob id. On any doubt (other program or rules, damage, a commit git no longer has) it is built anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat

from swm import __version__
from swm.domain.likeness import Known
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.errors import Finding, SwmError
from swm.store import factsfile
from swm.store.factdraw import Draw, is_fact_file
from swm.store.factplaces import village_rows
from swm.store.factrows import Rows
from swm.store.factschema import INDEXES, OF_ENTERPRISE, OF_PREMISES, TABLES, signature
from swm.store.objects import REGULAR
from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
NO_PARAMETERS: Mapping[str, object] = {}
SIGNATURE = signature(__version__)
BATCH = 500
"""How many files are drawn between two reports of progress."""
RULES = "制度/"
"""What the fold goes by: when any of it differs, every fact may."""


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
            if file.commit == snapshot.commit and (known := _loaded(file.read())):
                return cls(known, snapshot.commit)
        database = _grown(files, snapshot, progress) or _built(snapshot, progress)
        kind = factsfile.HEAD if keep else factsfile.PAST
        factsfile.keep(folder, snapshot.commit, kind, SIGNATURE, database.serialize())
        return cls(database, snapshot.commit)

    def query(
        self, sql: str, parameters: Mapping[str, object] = NO_PARAMETERS
    ) -> list[sqlite3.Row]:
        """The rows that answer; columns by name or place."""
        return self._database.execute(sql, dict(parameters)).fetchall()

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


def _loaded(data: bytes | None) -> sqlite3.Connection | None:
    """The database that the bytes are; None when they are not one."""
    if not data:
        return None
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
        database.execute("SELECT name FROM village").fetchone()
    except sqlite3.Error:
        database.close()
        return None
    return database


def _built(snapshot: Snapshot, progress: Progress | None) -> sqlite3.Connection:
    """A new database, from every file of the commit."""
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    blobs = [b for b in snapshot.repo.tree_of(snapshot.commit) if is_fact_file(b.path)]
    _insert_villages(database, snapshot)
    _take_in(
        database, snapshot, [(b.path, b.id if b.mode in REGULAR else None) for b in blobs], progress
    )
    database.executescript(INDEXES)
    return database


def _grown(
    files: Sequence[factsfile.Kept], snapshot: Snapshot, progress: Progress | None
) -> sqlite3.Connection | None:
    """The database of another commit with what differs read again; None when that won't do."""
    for file in files:
        try:
            changed = snapshot.repo.changed(file.commit, snapshot.commit)
        except SwmError:  # git no longer has that commit: build anew
            continue
        if any(change.path.startswith(RULES) for change in changed):
            continue
        database = _loaded(file.read())
        if database is None:
            continue
        facts = [c for c in changed if is_fact_file(c.path)]
        known = _initials(database, [c.path for c in facts])
        for change in facts:
            _forget(database, change.path)
        if any(change.path == SETTINGS_PATH for change in changed):
            _insert_villages(database, snapshot)
        new = [
            (c.path, c.new if c.new_mode in REGULAR else None) for c in facts if c.new is not None
        ]
        _take_in(database, snapshot, new, progress, known)
        return database
    return None


def _initials(database: sqlite3.Connection, paths: Iterable[str]) -> dict[str, str]:
    """The pinyin initials of names that are known already, so that pypinyin need not load."""
    sql = "SELECT name, initials FROM enterprise JOIN file USING (id) WHERE path = ?"
    return dict(row for path in paths for row in database.execute(sql, (path,)))


def _forget(database: sqlite3.Connection, path: str) -> None:
    row = database.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
    for table in OF_ENTERPRISE if row else ():
        database.execute(f"DELETE FROM {table} WHERE id = ?", row)
    for table, column in OF_PREMISES.items() if row else ():
        database.execute(f"DELETE FROM {table} WHERE {column} = ?", row)
    database.execute("DELETE FROM file WHERE path = ?", (path,))
    database.execute("DELETE FROM unreadable WHERE path = ?", (path,))


def _insert_villages(database: sqlite3.Connection, snapshot: Snapshot) -> None:
    database.execute("DELETE FROM village")
    _insert(database, {"village": village_rows(snapshot.settings)})


def _take_in(
    database: sqlite3.Connection,
    snapshot: Snapshot,
    files: Sequence[tuple[str, str | None]],
    progress: Progress | None,
    initials: dict[str, str] | None = None,
) -> None:
    """Draw the facts of each (path, blob id) and insert them; no id: not an ordinary file."""
    draw = Draw(snapshot.policy, initials or {})
    ids = [id for _, id in files if id]
    contents = snapshot.repo.blobs(ids)
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        for path, id in batch:
            draw.file(path, id, next(contents)[1] if id else b"")
        _insert(database, draw.taken())
        if progress:
            progress(start + len(batch), len(files))


def _insert(database: sqlite3.Connection, rows: Rows) -> None:
    for table, cells in rows.items():
        if cells:
            places = ",".join(repeat("?", len(cells[0])))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", cells)
    database.commit()
