"""One fault, the next command, and the judgement of what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.crash.harness import (
    Laboratory,
    head,
    make_base,
    require_clean,
    require_lines,
    require_truthful,
)


@dataclass(frozen=True)
class Subject:
    """A command to be broken: a fresh ledger, and the steps an undisturbed run of it takes."""

    lab: Laboratory
    operation: str
    base: Path
    before: str
    kinds: str

    @classmethod
    def prepare(cls, lab: Laboratory, operation: str) -> Subject:
        """Count the steps, on a copy that must come out well."""
        base = lab.folder / operation
        make_base(base, lab, operation)
        copy = lab.copy(base)
        outcome = lab.run(copy, operation, 1)
        assert outcome.status == 0, outcome.output
        require_truthful(copy, outcome, head(base))
        require_clean(copy)
        require_lines(copy, operation, [1])
        assert outcome.steps == len(outcome.kinds) > 100, "the shim counts nothing"
        return cls(lab, operation, base, head(base), outcome.kinds)

    @property
    def brink(self) -> int:
        """The last step before the journal: the end of the long row of fsyncs of the objects."""
        start = self.kinds.index("ffffff")
        return start + len(self.kinds[start:]) - len(self.kinds[start:].lstrip("f"))

    def steps(self, mode: str) -> list[int]:
        """The steps at which a fault of this mode can strike."""
        spared = {"short": "cmrluft", "enospc": "u"}.get(mode, "")
        last = len(self.kinds) if mode != "enospc-on" else len(self.kinds.rstrip("u"))
        return [n for n in range(1, last + 1) if self.kinds[n - 1] not in spared]

    def strike(self, mode: str, at: int) -> Path:
        """The command with one fault: it told the truth. Returns the ledger as it was left."""
        ledger = self.lab.copy(self.base)
        outcome = self.lab.run(ledger, self.operation, 1, mode, at)
        assert outcome.fired, f"step {at} never came"
        assert (outcome.status == -9) == (mode in ("kill", "torn")), outcome.output
        require_truthful(ledger, outcome, self.before)
        if outcome.status == 0:
            require_clean(ledger)
        if mode == "short":
            assert outcome.status == 0, "a short write is no error"
        return ledger

    def require_recovery(self, ledger: Path) -> bool:
        """The next command finds a clean state and works; whether the first had been recorded."""
        recorded = head(ledger) != self.before
        outcome = self.lab.run(ledger, self.operation, 2)
        assert outcome.status == 0, f"the next command was blocked: {outcome.output}"
        require_clean(ledger)
        require_lines(ledger, self.operation, [1, 2] if recorded else [2])
        self.lab.discard(ledger)
        return recorded

    def sweep(self, mode: str, steps: Iterable[int]) -> Counter[bool]:
        """Strike at each of these steps; how often the fact was recorded, how often not."""
        counts: Counter[bool] = Counter()
        for at in steps:
            try:
                counts[self.require_recovery(self.strike(mode, at))] += 1
            except AssertionError as failure:
                failure.add_note(f"{self.operation}: {mode} at step {at} ({self.kinds[at - 1]})")
                raise
        return counts

    def sweep_recovery(self, mode: str, first: int, seconds: slice = slice(None)) -> int:
        """Kill at `first`, then strike the recovery at each of its steps; how many there were."""
        crashed = self.strike("kill", first)
        trial = self.lab.copy(crashed)
        count = self.lab.run(trial, "recover", 0).steps
        require_clean(trial)
        self.lab.discard(trial)
        steps = range(1, count + 1)[seconds]
        for at in steps:
            ledger = self.lab.copy(crashed)
            recorded = head(ledger)
            self.lab.run(ledger, "recover", 0, mode, at)
            assert head(ledger) == recorded, "recovery moved the branch"
            try:
                self.require_recovery(ledger)
            except AssertionError as failure:
                failure.add_note(f"{self.operation}: killed at {first}, {mode} in recovery at {at}")
                raise
        self.lab.discard(crashed)
        return len(steps)
