"""One patrol over twenty files is one commit: the same faults as for a command over two files.

`make test` takes a seeded sample of every kind of fault and of kills during recovery;
`make crash` takes them all.
"""

from __future__ import annotations

import random

import pytest

from tests.crash.cases import Subject
from tests.crash.driver import paths_of
from tests.crash.harness import MODES, Laboratory

FAULTS = [mode for mode in MODES if mode != "count"]
SLICES = 8


@pytest.fixture(scope="module")
def patrol(lab: Laboratory) -> Subject:
    return Subject.prepare(lab, "patrol")


def test_it_writes_twenty_files(patrol: Subject) -> None:
    assert len(set(paths_of("patrol"))) == 20
    assert patrol.brink > 20, "every object is on the disk before the journal is written"


@pytest.mark.parametrize("mode", FAULTS)
def test_a_sample_of_faults(patrol: Subject, mode: str) -> None:
    chance = random.Random(f"2026-11-25 {mode}")
    steps = patrol.steps(mode)
    early = [n for n in steps if n <= patrol.brink]
    late = [n for n in steps if n > patrol.brink]
    number = 6 if mode == "kill" else 3
    chosen = chance.sample(early, min(2, len(early))) + chance.sample(late, min(number, len(late)))
    counts = patrol.sweep(mode, chosen)
    assert sum(counts.values()) == len(chosen) > 0
    if mode == "kill":
        assert counts[True] and counts[False]


def test_a_sample_of_kills_during_recovery(patrol: Subject) -> None:
    chance = random.Random("2026-11-25 recovery")
    first = chance.choice(range(patrol.brink + 4, len(patrol.kinds) - 8))
    assert patrol.sweep_recovery("kill", first, slice(chance.randrange(9), None, 23)) > 0


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("mode", FAULTS)
def test_every_fault_at_every_step(patrol: Subject, mode: str, part: int) -> None:
    patrol.sweep(mode, patrol.steps(mode)[part::SLICES])


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
def test_killed_again_at_every_step_of_recovery(patrol: Subject, part: int) -> None:
    firsts = range(patrol.brink, len(patrol.kinds), 5)
    assert sum(patrol.sweep_recovery("kill", n) for n in firsts[part::SLICES]) > 20
