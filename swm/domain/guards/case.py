"""What a guard looks at and what it answers: an act as proposed or recorded, and a proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from swm.domain.fold import Standing
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Visit
from swm.errors import Missing
from swm.frozen import frozen

TEAM = 2
"""How many people a 核查, 复查 or 验收 takes."""


@frozen
class Case:
    """An act as proposed (or as recorded, on replay) and all that it is judged by."""

    id: str
    act: Act
    row: Action
    before: Standing
    policy: Policy
    shared_supply: tuple[str, ...] = ()
    """Which of 水 and 电 the enterprise shares with residents."""

    def visits(self, kind: str = "") -> list[Visit]:
        """This round's visits not later than the act, newest first."""
        seen = [v for v in self.before.visits if not kind or v.kind == kind]
        return seen[::-1]

    def advance(self, options: str) -> str:
        """The act's command with what should be added."""
        return f"swm advance {self.id} {self.act.action} {options}"

    def inspect(self, kind: str, options: str) -> str:
        """The visit that would supply what is missing; for an act entered late, on its day."""
        when = f"--on {self.act.on} " if self.act.entered else ""
        return f"swm inspect {self.id} --kind {kind} {when}--by 甲,乙 {options}".rstrip()

    def mend(self, number: int, values: str) -> str:
        """The correction of an earlier record that would supply what is missing."""
        return f"swm correct {self.id} {number} --why 原因 --set {values}"


@frozen
class Proof:
    """What a guard found: what is missing, and which records it relied on."""

    missing: tuple[Missing, ...] = ()
    relied: tuple[int, ...] = ()


Guard = Callable[[Case], Proof]
GUARDS: dict[str, Guard] = {}
"""Every guard by the name that 流程.yaml uses."""


def guard(name: str) -> Callable[[Guard], Guard]:
    """Register a guard under the name that 流程.yaml uses."""

    def register(function: Guard) -> Guard:
        GUARDS[name] = function
        return function

    return register


def lacks(text: str, clause: str, command: str) -> Proof:
    """One thing is missing."""
    return Proof(missing=(Missing(text, clause, command),))


def require(holds: object, text: str, clause: str, command: str) -> Proof:
    """Nothing is missing if it holds, else this one thing."""
    return Proof() if holds else lacks(text, clause, command)


def by_team(visits: Sequence[Visit]) -> Visit | None:
    """The first of `visits` that at least two people made."""
    return next((v for v in visits if len(v.team) >= TEAM), None)
