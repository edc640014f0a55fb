"""`swm patrol add` over twenty places and `swm complaint add` over two files, as a clerk types
them, hold the same fault tests as the write protocol alone.

`make test` takes a seeded sample of every kind of fault, of kills the more, and of kills during
recovery; `make crash` takes them all.
"""

from __future__ import annotations

import random

import pytest

from tests.crash.cases import Subject
from tests.crash.harness import MODES, Laboratory, git
from tests.crash.verbs import COMMANDS, COMPLAINT, PATROL, PLACES

FAULTS = [mode for mode in MODES if mode != "count"]
SLICES = 8


@pytest.fixture(scope="module")
def commands(lab: Laboratory) -> dict[str, Subject]:
    return {operation: Subject.prepare(lab, operation) for operation in COMMANDS}


@pytest.mark.parametrize(("operation", "many"), [(PATROL, len(PLACES) + 1), (COMPLAINT, 2)])
def test_one_commit_over_so_many_files(
    commands: dict[str, Subject], operation: str, many: int
) -> None:
    subject = commands[operation]
    ledger = subject.lab.copy(subject.base)
    assert subject.lab.run(ledger, operation, 1).status == 0
    changed = git(ledger, "diff-tree", "-r", "--name-only", "--no-commit-id", "main").split()
    assert len(changed) == many >= 2
    assert git(ledger, "rev-parse", "main^").strip() == subject.before
    subject.lab.discard(ledger)


@pytest.mark.parametrize("mode", FAULTS)
@pytest.mark.parametrize("operation", COMMANDS)
def test_a_sample_of_faults(commands: dict[str, Subject], operation: str, mode: str) -> None:
    subject = commands[operation]
    chance = random.Random(f"2026-11-26 {operation} {mode}")
    steps = subject.steps(mode)
    early = [n for n in steps if n <= subject.brink]
    late = [n for n in steps if n > subject.brink]
    number = 5 if mode == "kill" else 2
    chosen = chance.sample(early, 1) + chance.sample(late, min(number, len(late)))
    counts = subject.sweep(mode, chosen)
    assert sum(counts.values()) == len(chosen) > 0
    if mode == "kill":
        assert counts[True] and counts[False]


@pytest.mark.parametrize("operation", COMMANDS)
def test_a_sample_of_kills_during_recovery(commands: dict[str, Subject], operation: str) -> None:
    subject = commands[operation]
    chance = random.Random(f"2026-11-26 {operation} recovery")
    first = chance.choice(range(subject.brink + 4, len(subject.kinds) - 8))
    assert subject.sweep_recovery("kill", first, slice(chance.randrange(9), None, 23)) > 0


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("mode", FAULTS)
@pytest.mark.parametrize("operation", COMMANDS)
def test_every_fault_at_every_step(
    commands: dict[str, Subject], operation: str, mode: str, part: int
) -> None:
    subject = commands[operation]
    subject.sweep(mode, subject.steps(mode)[part::SLICES])


@pytest.mark.crash
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("operation", COMMANDS)
def test_killed_again_at_every_step_of_recovery(
    commands: dict[str, Subject], operation: str, part: int
) -> None:
    subject = commands[operation]
    firsts = range(subject.brink, len(subject.kinds), 5)
    assert sum(subject.sweep_recovery("kill", n) for n in firsts[part::SLICES]) > 0
