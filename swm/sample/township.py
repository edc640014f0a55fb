"""The director: who plays what where and when, all of it interleaved by the clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from swm.domain.edits import Change
from swm.domain.policy import Policy
from swm.domain.policyfiles import read_policy
from swm.errors import Refused
from swm.sample import lettings, rounds
from swm.sample.cast import Role, cast
from swm.sample.deeds import Deed, Pause
from swm.sample.hours import DAY, LAST_ENTRY, months_before
from swm.sample.life import Life
from swm.sample.names import VILLAGES, Names
from swm.sample.roster import roster
from swm.sample.stage import History, Stage
from swm.sample.town import Town
from swm.sample.trades import FORBIDDEN, TRADES
from swm.store.bulk import BulkHistory
from swm.store.founding import default_policy, ledger_files
from swm.store.yamltext import parse

MOST_ENTERPRISES, MOST_MONTHS = 20_000, 120
_OPENING_DAYS = 6
"""Working days in which the old lists are entered."""
_PER_VILLAGE = 3
"""A village has at least so many enterprises, as long as there are not enough for twelve."""

Progress = Callable[[int, int], None]
Beginning = tuple[datetime, Callable[[], Generator[Deed | Pause, Any, None]]]
"""When a story begins, and how to open it then."""


@dataclass(frozen=True, slots=True)
class Played:
    """A ledger that was made."""

    root: Path
    enterprises: int
    records: int
    commits: int

    def __str__(self) -> str:
        return (
            f"演示台账在 {self.root}：{self.enterprises}家企业，{self.records}条记录，"
            f"{self.commits}次提交（全部虚构）"
        )


def play(
    root: Path,
    enterprises: int = 40,
    months: int = 12,
    seed: int = 0,
    today: date | None = None,
    progress: Progress | None = None,
) -> Played:
    pass
