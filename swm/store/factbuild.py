"""Building the fact tables: from every file of a commit, or from another commit's and what differs.

Only the connection is handed in: sqlite3 itself stays in `facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Protocol, TypeVar

from swm.domain.kinds import kind_at
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.errors import SwmError
from swm.store.factdraw import Draw, is_fact_file
from swm.store.factplaces import village_rows
from swm.store.factrecords import day
from swm.store.factrows import Rows
from swm.store.factschema import INDEXES, OUTING_TOTALS, OWNED, TABLES, in_two
from swm.store.objects import REGULAR, Changed
from swm.store.snapshot import Snapshot

Progress = Callable[[int, int], None]
BATCH = 500
"""How many files are drawn between two reports of progress."""
RULES = "制度/"
"""What the fold goes by: when any of it differs, every fact may."""


class Database(Protocol):
    """As much of a connection as building takes."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Any:
        """Run one statement for each row."""

    def executescript(self, sql: str, /) -> Any:
        """Run several statements."""

    def commit(self) -> None:
        """End the transaction."""


D = TypeVar("D", bound=Database)


def build(database: Database, snapshot: Snapshot, progress: Progress | None) -> None:
    """Fill an empty database, and the one attached to it, from every file of the commit."""
    database.executescript(in_two(TABLES))
    blobs = [b for b in snapshot.repo.tree_of(snapshot.commit) if is_fact_file(b.path)]
    _insert_villages(database, snapshot)
    _insert(database, {"base": [(_opening_date(snapshot),)]})
    files = [(b.path, b.id if b.mode in REGULAR else None) for b in blobs]
    _take_in(database, snapshot, files, progress, {})
    database.execute(OUTING_TOTALS.format(where_visit="", and_patrol=""))
    database.executescript(in_two(INDEXES))


def grown(
    seeds: Iterable[tuple[str, Callable[[], D | None]]],
    snapshot: Snapshot,
    progress: Progress | None,
) -> D | None:
    """The first fitting seed with what differs read again; None when none will do.

    A seed is a commit and how to load its database.
    """
    for commit, load in seeds:
        try:
            changed = snapshot.repo.changed(commit, snapshot.commit)
        except SwmError:  # git no longer has that commit
            continue
        if any(change.path.startswith(RULES) for change in changed):
            continue
        database = load()
        if database is not None and _same_base(database, snapshot):
            _change(database, snapshot, changed, progress)
            return database
    return None


def _opening_date(snapshot: Snapshot) -> str | None:
    return day(snapshot.settings.opening_date)


def _same_base(database: Database, snapshot: Snapshot) -> bool:
    """Whether 期初 stands on the same day: else every look-back of an old case may differ."""
    row = database.execute("SELECT opening_date FROM base").fetchone()
    return row is not None and row[0] == _opening_date(snapshot)


def _change(
    database: Database,
    snapshot: Snapshot,
    changed: Sequence[Changed],
    progress: Progress | None,
) -> None:
    facts = [c for c in changed if is_fact_file(c.path)]
    paths = [c.path for c in facts]
    known = _initials(database, paths)
    touched = _outings(database, paths)
    for path in paths:
        _forget(database, path)
    if any(change.path == SETTINGS_PATH for change in changed):
        _insert_villages(database, snapshot)
    files = [(c.path, c.new if c.new_mode in REGULAR else None) for c in facts if c.new]
    _take_in(database, snapshot, files, progress, known)
    _total(database, touched | _outings(database, paths))


def _outings(database: Database, paths: Iterable[str]) -> set[int]:
    """The outings that the files at these paths tell of."""
    found: set[int] = set()
    for table in ("visit", "patrol"):
        sql = f"SELECT DISTINCT trip FROM {table} JOIN file USING (id) WHERE path = ?"
        for path in paths:
            found.update(row[0] for row in database.execute(sql, (path,)))
    return found


def _total(database: Database, outings: set[int]) -> None:
    """Work these outings out anew: one may go through the files of many enterprises."""
    for some in _portions(sorted(outings)):
        named = f"({','.join(map(str, some))})"
        database.execute(f"DELETE FROM outing_total WHERE trip IN {named}")
        of = {"where_visit": f"WHERE v.trip IN {named}", "and_patrol": f"AND p.trip IN {named}"}
        database.execute(OUTING_TOTALS.format(**of))
    database.commit()


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


def _initials(database: Database, paths: Iterable[str]) -> dict[str, str]:
    """The pinyin initials of names that are known already, so that pypinyin need not load."""
    sql = "SELECT name, initials FROM enterprise JOIN file USING (id) WHERE path = ?"
    return dict(row for path in paths for row in database.execute(sql, (path,)))


def _forget(database: Database, path: str) -> None:
    row = database.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
    kind = kind_at(path)
    for table, column in OWNED[kind].items() if row and kind else ():
        database.execute(f"DELETE FROM {table} WHERE {column} = ?", row)
    database.execute("DELETE FROM file WHERE path = ?", (path,))
    database.execute("DELETE FROM unreadable WHERE path = ?", (path,))


def _insert_villages(database: Database, snapshot: Snapshot) -> None:
    database.execute("DELETE FROM village")
    _insert(database, {"village": village_rows(snapshot.settings)})


def _take_in(
    database: Database,
    snapshot: Snapshot,
    files: Sequence[tuple[str, str | None]],
    progress: Progress | None,
    initials: dict[str, str],
) -> None:
    """Draw the facts of each (path, blob id) and insert them; no id: not an ordinary file."""
    draw = Draw(snapshot.policy, initials, snapshot.settings.opening_date)
    ids = [id for _, id in files if id]
    contents = snapshot.repo.blobs(ids)
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        for path, id in batch:
            draw.file(path, id, next(contents)[1] if id else b"")
        _insert(database, draw.taken())
        if progress:
            progress(start + len(batch), len(files))


def _insert(database: Database, rows: Rows) -> None:
    for table, cells in rows.items():
        if cells:
            places = ",".join(repeat("?", len(cells[0])))
            database.executemany(f"INSERT INTO {table} VALUES ({places})", cells)
    database.commit()
