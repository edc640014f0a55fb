"""What all stories of a play share: the rules, the people, the papers, and what stands where."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random

from swm.domain.calendar import Calendar
from swm.domain.enterprises import Known
from swm.domain.papers import Numbered, Used
from swm.domain.policy import Policy
from swm.frozen import frozen
from swm.sample.names import Names
from swm.sample.roster import Roster
from swm.sample.trades import FORBIDDEN, Trade
from swm.store.vault import Reporter


@frozen
class Firm:
    """An invented workshop before it is in the ledger."""

    name: str
    village: str
    operator: str
    phone: str
    address: str
    position: str
    trade: Trade
    uscc: str | None
    traits: tuple[str, ...]

    @property
    def grounds(self) -> tuple[str, ...]:
        """The 取缔情形 that fit it (方案三（一）)."""
        fits = {
            "1": self.trade in FORBIDDEN,
            "2": "污" in self.traits,
            "3": self.uscc is None,
            "4": any("占用" in problem for problem in self.trade.problems),
        }
        return tuple(code for code, holds in fits.items() if holds) or ("5",)


@dataclass(slots=True)
class Town:
    """The play's own memory. What the ledger knows is asked of the stage, not of this."""

    roster: Roster
    policy: Policy
    names: Names
    seed: str
    start: date
    today: date
    crowded: bool = False
    """Whether a village has so much to enter that a day must hold hundreds of deeds."""
    last: Known | None = None
    """The enterprise registered last: new ids follow it."""
    places: dict[str, list[str]] = field(default_factory=dict)
    """Premises that stand ready in each village, by id."""
    premises: dict[str, str] = field(default_factory=dict)
    """All premises and their villages."""
    letting: set[str] = field(default_factory=set)
    """Premises whose next tenant somebody has begun to see to: nobody else does."""
    letters: dict[int, str] = field(default_factory=dict)
    """The last letter's number in each year."""
    residents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The enterprises of each village, by id."""
    scenes: dict[str, str] = field(default_factory=dict)
    """What a visitor finds at each enterprise; without one, only its own story goes there."""
    reporters: dict[str, Reporter] = field(default_factory=dict)
    """Who complained, by the token of the vault's entry; the ledger holds the tokens alone."""
    complaints: int = 0
    """How many came in so far."""
    patrolled: dict[str, date] = field(default_factory=dict)
    """When each enterprise was last visited by a night patrol."""
    papers: dict[Numbered, str] = field(default_factory=dict)
    """The numbers that papers bear, and which record bears each."""
    submitted: int = 0
    """How many were reported to the county to be delisted, or delisted by it."""
    unlawful: list[tuple[str, int]] = field(default_factory=list)
    """Visits that found unlawful production, about which nothing has been done yet."""

    @property
    def old_list(self) -> str:
        """The SHA-256 of the old list from which the 期初 was taken."""
        return hashlib.sha256(f"{self.seed}/历史清单.xlsx".encode()).hexdigest()

    @property
    def calendar(self) -> Calendar:
        """Working days and holidays."""
        return self.policy.calendar

    @property
    def delisted_by_county(self) -> bool:
        """Whether 销号 needs the county's paper (销号层级 区)."""
        return self.roster.settings.delisted_by == "区"

    def submit(self) -> int:
        """Another one goes to the county; how many have gone there so far."""
        self.submitted += 1
        return self.submitted

    def rng(self, *key: object) -> Random:
        """A source of chance of its own for each story, whatever the others draw."""
        return Random("/".join(map(str, (self.seed, *key))))

    def known(self) -> tuple[Known, ...]:
        """Enough of the ledger for the next id to be allocated."""
        return (self.last,) if self.last else ()

    def register(self) -> Used:
        """The numbers of the papers issued so far, as the verbs ask for them."""
        return Used(where=self.papers)

    def firm(self, village: str, trade: Trade, rng: Random) -> Firm:
        """A workshop that nobody has heard of."""
        names = self.names
        licensed = rng.random() < 0.35
        return Firm(
            name=names.firm(village, trade.works),
            village=village,
            operator=names.operator(),
            phone=names.phone(),
            address=names.address(),
            position=names.position(village),
            trade=trade,
            uscc=names.uscc() if licensed else None,
            traits=_traits(rng, licensed),
        )


def _traits(rng: Random, licensed: bool) -> tuple[str, ...]:
    """散 乱 污, at least one; who has no licence is 乱."""
    found = {trait: rng.random() < 0.45 for trait in ("散", "污")}
    found["乱"] = not licensed or rng.random() < 0.3
    chosen = tuple(trait for trait in ("散", "乱", "污") if found[trait])
    return chosen or ("散",)
