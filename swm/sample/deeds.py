"""A deed: one command of the play, and what the verb that it calls gets to see."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date, datetime
from typing import Protocol, TypeVar

from swm.domain.edits import Change
from swm.domain.filed import Filed
from swm.domain.kinds import Kind
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises
from swm.domain.settings import Settings
from swm.frozen import frozen

F = TypeVar("F", bound=Filed)


class Shelf(Protocol):
    """What a verb reads: the ledger's snapshot, or the stage's own memory of it."""

    @property
    def settings(self) -> Settings:
        """swm.yaml."""
        ...

    @property
    def policy(self) -> Policy:
        """制度/."""
        ...

    def enterprise(self, id: str) -> Enterprise:
        """One enterprise as it is now."""
        ...

    def premises(self, id: str) -> Premises:
        """One 厂房 as it is now."""
        ...

    def filed(self, record: type[F], id: str) -> F:
        """One file of a kind that is nothing but its records."""
        ...

    def ids(self, kind: Kind) -> list[str]:
        """The ids of all files of a kind, in the order in which they were made."""
        ...


@frozen
class Deed:
    """Something a clerk enters at one moment. `decide` may be called more than once."""

    at: datetime
    clerk: str
    decide: Callable[[Shelf], Change]
    at_once: bool = False
    """Nothing may come between the previous deed and this one (撤销 of what was just entered)."""

    @property
    def day(self) -> date:
        """The day of entry, which is the verbs' today."""
        return self.at.date()


@frozen
class Pause:
    """Nothing until that moment; then the story looks at how things stand and goes on."""

    at: datetime


Story = Generator[Deed, Change, None]
"""Deeds in the order of time; each is answered with the change that it made."""
Course = Generator[Deed | Pause, Change | None, None]
"""The same, for stories that depend on what the others have done meanwhile."""
