"""The facts of one commit: its files and the fold's results as tables, for queries.

A view that can be thrown away. The database is built in memory from the committed bytes and kept
under `.git/swm/cache/`; a later commit starts from it and reads only the files that differ, by
blob id. On any doubt (other program or rules, damage, a commit git no longer has) it is built anew.

It lies in two files: a small one with what a list, a search or an enterprise's page needs, and a
large one with everything else, which is checked and attached when a question first needs it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from swm import __version__
from swm.errors import Finding
from swm.store import factsfile, places
from swm.store.factschema import FAR, signature
from swm.store.factsfile import FAR_FILE, NEAR_FILE
from swm.store.sitting import Sitting

if TYPE_CHECKING:
    from swm.domain.likeness import Known
    from swm.domain.papers import Used
    from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
Part = Path | bytes
"""One of the two databases: its file, whose bytes have been checked, or the bytes themselves."""
MAPPED = 1 << 30
"""Bytes of a file that are read where they lie instead of being copied page by page."""
NO_PARAMETERS: Mapping[str, object] = {}
SIGNATURE = signature(__version__)
_PAPERS = """
SELECT code, year, serial, id || ' 第' || number || '条' AS bearer FROM paper WHERE serial > 0
"""
_CLEARING_PAPERS = """
SELECT code, year, serial, premises || ' 清退第' || number || '步' AS bearer FROM clearing_paper
"""
PROBE = {NEAR_FILE: "SELECT name FROM village LIMIT 1", FAR_FILE: "SELECT path FROM file LIMIT 1"}
"""What any database of ours can answer."""


class Facts:
    """The tables of one commit. What is asked of them is always about that commit alone."""

    def __init__(
        self, commit: str, near: Part, far: Callable[[], Part], *, fresh: bool = False
    ) -> None:
        self.commit = commit
        self.fresh = fresh
        """Whether it was built from git alone, for this question."""
        self._near = near
        self._find_far = far
        self._far: Part | None = None
        self._database = _opened(near)

    @classmethod
    def of(
        cls, snapshot: Snapshot, *, keep: bool = True, progress: Progress | None = None
    ) -> Facts:
        """The facts of the snapshot's commit; with `keep` it is the one that everybody reads.

        Raises `Unreadable` when swm.yaml or 制度/ can't be read. An enterprise or premises file
        that can't be read is left out and named by `unreadable`.
        """
        commit, folder = snapshot.commit, places.cache(snapshot.repo.root)
        kind = factsfile.HEAD if keep else factsfile.PAST

        made: dict[str, bytes] = {}

        def found(part: str) -> Part:
            if path := _kept(commit, folder, part):
                return path
            if part not in made:
                made.update(_made(snapshot, folder, progress))
                factsfile.keep(folder, commit, kind, SIGNATURE, made)
            data = made.pop(part)
            return _kept(commit, folder, part) or data

        return cls(commit, found(NEAR_FILE), partial(found, FAR_FILE))

    @classmethod
    def anew(cls, snapshot: Snapshot, progress: Progress | None = None) -> Facts:
        """The facts of the snapshot's commit from git alone; the cache is neither read nor written.

        For what is printed and signed: a cache may hold anything. Raises as `of` does.
        """
        made = _built(snapshot, None, progress)
        near, far = made[NEAR_FILE], made[FAR_FILE]
        return cls(snapshot.commit, near, lambda: far, fresh=True)

    def query(
        self, sql: str, parameters: Mapping[str, object] = NO_PARAMETERS
    ) -> list[sqlite3.Row]:
        """The rows that answer; columns by name or place."""
        if self._far is None:
            try:
                return self._database.execute(sql, dict(parameters)).fetchall()
            except sqlite3.OperationalError:  # no such table: it is one of the others
                self._attach_far()
        return self._database.execute(sql, dict(parameters)).fetchall()

    def sitting(self, parameters: Mapping[str, object]) -> Sitting:
        """Many questions over the same parameters, from a connection of their own."""
        if self._far is None:
            self._attach_far()
        return Sitting(self._another(), parameters)

    def _attach_far(self) -> None:
        self._far = self._find_far()
        _attach(self._database, self._far)

    def _another(self) -> sqlite3.Connection:
        """One more connection to the same facts. The cache's files may have gone since, when
        somebody recorded meanwhile: what we hold open is then copied."""
        assert self._far is not None
        try:
            return _attach(_opened(self._near), self._far)
        except sqlite3.Error:
            near, far = self._database.serialize(), self._database.serialize(name=FAR)
            return _attach(_opened(near), far)

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


def _made(snapshot: Snapshot, folder: Path | None, progress: Progress | None) -> dict[str, bytes]:
    """New databases for the commit, as the bytes of their files."""
    from swm.store import factbuild  # which a warm read can do without

    files = factsfile.kept(folder, SIGNATURE, NEAR_FILE)
    seeds = [(file.commit, partial(_copied, file, folder)) for file in files]
    return _built(snapshot, factbuild.grown(seeds, snapshot, progress), progress)


def _built(
    snapshot: Snapshot, database: sqlite3.Connection | None, progress: Progress | None
) -> dict[str, bytes]:
    """The databases as the bytes of their files; built from nothing where none is given."""
    from swm.store import factbuild

    if database is None:
        database = _attach(_opened(b""), b"")
        factbuild.build(database, snapshot, progress)
    return {NEAR_FILE: database.serialize(), FAR_FILE: database.serialize(name=FAR)}


def _kept(commit: str, folder: Path | None, part: str) -> Path | None:
    """The file of that commit's part; None when the cache hasn't got it whole."""
    for file in factsfile.kept(folder, SIGNATURE, part):
        if file.commit == commit and file.is_sound() and _is_ours(file.path, part):
            return file.path
    return None


def _is_ours(data: Part, part: str) -> bool:
    """Whether it can be asked at all."""
    try:
        _opened(data).execute(PROBE[part])
    except sqlite3.Error:
        return False
    return True


def _opened(near: Part) -> sqlite3.Connection:
    """The database in that file, for reading, or one in memory that holds those bytes.

    A file never changes: no locks, no other file looked for. Several threads may hold one.
    """
    where = _address(near) if isinstance(near, Path) else ":memory:"
    database = sqlite3.connect(where, uri=True, check_same_thread=False)
    database.row_factory = sqlite3.Row
    database.execute(f"PRAGMA mmap_size = {MAPPED}")
    if isinstance(near, bytes) and near:
        database.deserialize(near)
    return database


def _attach(database: sqlite3.Connection, far: Part) -> sqlite3.Connection:
    """The connection with the other tables attached to it."""
    where = _address(far) if isinstance(far, Path) else ":memory:"
    database.execute(f"ATTACH :where AS {FAR}", {"where": where})
    if isinstance(far, bytes) and far:
        database.deserialize(far, name=FAR)
    return database


def _address(path: Path) -> str:
    return f"{path.as_uri()}?mode=ro&immutable=1"


def _copied(file: factsfile.Kept, folder: Path | None) -> sqlite3.Connection | None:
    """A copy of the databases that the file is one of, to be changed; None when either is damaged
    or none."""
    parts = [file.read()]
    parts += [
        other.read()
        for other in factsfile.kept(folder, SIGNATURE, FAR_FILE)
        if other.commit == file.commit
    ][:1]
    near, far = (*parts, None)[:2]
    if not near or not far or not (_is_ours(near, NEAR_FILE) and _is_ours(far, FAR_FILE)):
        return None
    return _attach(_opened(near), far)
