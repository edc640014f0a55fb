"""印发 touches two things, the commit and its tag: whatever is cut short, the next command of any
kind finds a clean ledger and makes the tag that is missing, the very same.

`make test` kills at a seeded sample of steps and at every step after the commit point's
neighbourhood in turn; `make crash` kills at all of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crash.harness import Laboratory, git, head, require_clean, require_truthful
from tests.scenario.transcript import screen

SLICES = 8


@dataclass(frozen=True)
class Office:
    """A real ledger, the steps that an undisturbed issue takes, and the tag that it makes."""

    lab: Laboratory
    base: Path
    kinds: str
    tag: str

    def strike(self, at: int) -> tuple[Path, bool]:
        """The issue of January killed at one step; the ledger, and whether it was recorded."""
        ledger = self.lab.copy(self.base)
        outcome = self.lab.run(ledger, "issue", 1, "kill", at)
        assert outcome.fired and outcome.status == -9, outcome.output
        require_truthful(ledger, outcome, head(self.base))
        return ledger, head(ledger) != head(self.base)

    def require_recovery(self, at: int, next_command: str) -> tuple[bool, bool]:
        """What the next command makes of it: whether it was recorded, whether a tag was owing."""
        ledger, recorded = self.strike(at)
        owing = recorded and not git(ledger, "tag", "-l").strip()
        outcome = self.lab.run(ledger, next_command, 2)
        assert outcome.status == 0, f"killed at {at}: {outcome.output}"
        require_clean(ledger)
        names = git(ledger, "tag", "-l").split()
        wanted = ["月报/2026-01"] * recorded + ["月报/2026-02"] * (next_command == "issue")
        assert names == wanted, f"killed at {at} ({self.kinds[at - 1]})"
        if recorded:
            named = git(ledger, "rev-parse", "月报/2026-01^{commit}").strip()
            assert named == git(ledger, "rev-parse", "HEAD^").strip()
            assert git(ledger, "rev-parse", "月报/2026-01").strip() == self.tag
        self.lab.discard(ledger)
        return recorded, owing


@pytest.fixture(scope="module")
def office(lab: Laboratory) -> Office:
    base = lab.folder / "office"
    base.mkdir()
    screen("swm init . --town 俵口镇 --villages 俵口村", "2026-01-01", base)
    copy = lab.copy(base)
    outcome = lab.run(copy, "issue", 1)
    assert outcome.status == 0, outcome.output
    require_clean(copy)
    return Office(lab, base, outcome.kinds, git(copy, "rev-parse", "月报/2026-01").strip())


def recorded_from(office: Office) -> int:
    """The first step at which a kill leaves the commit in history, by halving."""
    low, high = 1, len(office.kinds)
    while low < high:
        middle = (low + high) // 2
        ledger, recorded = office.strike(middle)
        office.lab.discard(ledger)
        low, high = (low, middle) if recorded else (middle + 1, high)
    return low


def test_a_sample_of_kills(office: Office) -> None:
    chance = random.Random("2026-11-26 issue")
    first = recorded_from(office)
    late = range(first, len(office.kinds) + 1)
    early = chance.sample(range(1, first), 3)
    steps = [*early, *late[:: max(1, len(late) // 16)], late[-1]]
    found = [
        office.require_recovery(at, ("issue", "note")[turn % 2]) for turn, at in enumerate(steps)
    ]
    assert (False, False) in found, "nothing recorded, nothing tagged"
    assert (True, True) in found, "killed between the commit and its tag"
    assert (True, False) in found, "killed after the tag was there"


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("following", ["issue", "note"])
def test_killed_at_every_step(office: Office, following: str, part: int) -> None:
    for at in range(part + 1, len(office.kinds) + 1, SLICES):
        office.require_recovery(at, following)
