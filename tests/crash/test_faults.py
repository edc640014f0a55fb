"""G1 to G4: a command that fails at any call leaves the old state or the new, says which, and the
next command finds it clean. `make test` takes every kill and a seeded sample of the other faults;
`make crash` takes them all, and every second kill during recovery."""

from __future__ import annotations

import random

import pytest

from tests.crash.cases import Subject
from tests.crash.harness import MODES

OPERATIONS = ("two", "create")
OTHERS = [mode for mode in MODES if mode not in ("count", "kill")]
SLICES = 4


@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_at_every_step(subjects: dict[str, Subject], operation: str, part: int) -> None:
    subject = subjects[operation]
    counts = subject.sweep("kill", subject.steps("kill")[part::SLICES])
    assert counts[True] > 5 and counts[False] > 5


@pytest.mark.parametrize("mode", OTHERS)
def test_a_sample_of_other_faults(subjects: dict[str, Subject], mode: str) -> None:
    chance = random.Random(f"2026-11-23 {mode}")
    for subject in subjects.values():
        steps = subject.steps(mode)
        early = [n for n in steps if n <= subject.brink]
        late = [n for n in steps if n > subject.brink]
        subject.sweep(mode, chance.sample(early, 4) + chance.sample(late, min(4, len(late))))


def test_what_git_says_does_not_count(subjects: dict[str, Subject]) -> None:
    """Around the commit point git may report failure for a branch that did move."""
    subject = subjects["two"]
    counts = subject.sweep("eio", range(subject.brink + 1, subject.brink + 24))
    assert counts[True] > 5 and counts[False] > 5


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_sample_of_faults_during_recovery(subjects: dict[str, Subject], operation: str) -> None:
    subject = subjects[operation]
    chance = random.Random(f"2026-11-23 {operation}")
    late = range(subject.brink, len(subject.kinds) - 4)
    for mode, first in zip(("kill", "torn", "enospc", "eio"), chance.sample(late, 4), strict=True):
        assert subject.sweep_recovery(mode, first, slice(chance.randrange(7), None, 7)) > 0


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("mode", OTHERS)
def test_every_fault_at_every_step(
    subjects: dict[str, Subject], mode: str, operation: str, part: int
) -> None:
    subject = subjects[operation]
    subject.sweep(mode, subject.steps(mode)[part::SLICES])


@pytest.mark.crash
@pytest.mark.parametrize("part", range(16))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_killed_again_at_every_step_of_recovery(
    subjects: dict[str, Subject], operation: str, part: int
) -> None:
    subject = subjects[operation]
    assert sum(subject.sweep_recovery("kill", n) for n in subject.steps("kill")[part::16]) > 20


@pytest.mark.crash
@pytest.mark.parametrize("mode", OTHERS)
def test_other_faults_at_every_step_of_recovery(subjects: dict[str, Subject], mode: str) -> None:
    subject = subjects["create"]
    for first in range(subject.brink, len(subject.kinds), 7):
        subject.sweep_recovery(mode, first)
