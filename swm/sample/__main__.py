"""`python -m swm.sample FOLDER`: write the small sample ledger's files again (`make sample`).

The files only, without a repository; 制度/ is left alone, being the rules from which the sample
is played. A file that the play no longer makes is removed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from swm.domain.kinds import KINDS
from swm.sample.township import perform
from swm.store.identity import Person

ENTERPRISES, MONTHS, SEED, TODAY = 12, 6, 1, date(2026, 11, 20)
"""What the project's `ledger/` was played with."""
_OWN = tuple(kind.title for kind in KINDS)


class LastState:
    """A history of which only the last state of each file is kept."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def commit(
        self, when: datetime, who: Person, message: str, contents: Mapping[str, bytes]
    ) -> None:
        """One commit."""
        self.files.update(contents)


def sample_files() -> dict[str, bytes]:
    """The small sample ledger: every file but the rules, by path."""
    history = LastState()
    perform(history, ENTERPRISES, MONTHS, SEED, TODAY)
    return {path: data for path, data in history.files.items() if not path.startswith("制度/")}


def write(root: Path) -> None:
    """Bring the files under `root` up to date."""
    files = sample_files()
    for folder in _OWN:
        for path in (root / folder).rglob("*.yaml"):
            if path.relative_to(root).as_posix() not in files:
                path.unlink()
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m swm.sample 文件夹")
    write(Path(sys.argv[1]))
