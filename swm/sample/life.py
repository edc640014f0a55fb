"""One enterprise's life: a plot is told deed by deed, and what each did is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from swm.domain.edits import Change
from swm.domain.enterprises import Known, RegisterRequest, known, register
from swm.domain.openings import OpeningRequest, register_opening
from swm.domain.papers import parsed
from swm.sample.deeds import Deed, Shelf, Story
from swm.sample.scribe import Scribe
from swm.sample.trades import SHOPS

GONE = frozenset({"已取缔", "已搬迁"})
"""States in which the premises can be let to somebody else."""


class Life(Scribe):
    """The clock, the firm, and what the plots may ask of them."""

    @property
    def deadline(self) -> date:
        """Its present deadline; a plot asks only where there is one."""
        deadline = self.enterprise.remediation.deadline
        assert deadline is not None, f"{self.id} has no deadline"
        return deadline

    def pick(self, *choices: str) -> str:
        """One of these."""
        return self.rng.choice(choices)

    def settle(self) -> None:
        """Rent premises, if some stand ready in the village."""
        free = self.town.places.get(self.firm.village, [])
        if free and self.rng.random() < 0.7:
            self.place = free.pop(0)
            premises = self.shelf.premises(self.place)
            position = premises.position or self.firm.position
            self.firm = replace(self.firm, address=premises.address, position=position)

    def move_to(self, village: str, address: str, position: str | None) -> None:
        """It stands there, whatever it has rented is free again, and others see to it."""
        if self.place:
            self.town.places[self.firm.village].insert(0, self.place)
            self.place = None
        name = self.town.names.firm(village, self.firm.trade.works)
        where = position or self.town.names.position(village)
        self.firm = replace(self.firm, name=name, village=village, address=address, position=where)
        self.team = self.roster.team(village, 3, self.rng)

    def told(self, plot: Callable[[Life], Story]) -> Story:
        """The plot's deeds, one by one; what each did is remembered before the next is made."""
        deeds = plot(self)
        deed = next(deeds, None)
        while deed is not None:
            known = bool(self.id)
            if known:
                self.before = self.enterprise
            self._remember((yield deed))
            if self.place and self.id and not known:
                self.minutes(6, 20)
                yield self.tenancy(self.id)
            deed = next(deeds, None)
        if self.place and self.enterprise.remediation.state in GONE:
            yield from self._vacated()

    def _vacated(self) -> Story:
        """Some landlords report that the tenant has left; some have found another one."""
        if self.place is None or self.place in self.town.letting:
            return
        self.town.letting.add(self.place)
        if self.rng.random() < 0.6:
            self.wait(4, 20)
            yield self.tenancy(None)
        if self.rng.random() < 0.5:
            self.wait(8, 30)
            yield self.tenancy(self.pick(*SHOPS))

    def _remember(self, change: Change) -> None:
        if change.verb.startswith("complaint"):
            self.case = str(change.recorded["编号"])
            return
        number, id = change.recorded.get("序号"), change.recorded.get("编号")
        if not self.id and isinstance(id, str):
            self.id = id
            self.town.last = Known(id=id, name=self.firm.name)
            self.town.residents[self.firm.village].append(id)
        if isinstance(number, int):
            self.number = number
            if change.verb == "advance":
                self.paper, self.wrote = number, self.day
                if issued := parsed(str(change.recorded.get("文号", ""))):
                    self.town.papers[issued] = f"{self.id} 第{number}条"
            if change.verb == "inspect":
                if any(note.startswith("违法生产") for note in change.notes):
                    self.town.unlawful.append((self.id, number))
                self.sees(self.seen)

    def sees(self, result: str | None) -> None:
        """What anybody passing by will find from now on; None: only this story goes there."""
        if result is None:
            self.town.scenes.pop(self.id, None)
        else:
            self.town.scenes[self.id] = result

    # --- coming into the ledger ----------------------------------------------------------------

    def register(self, category: str | None = None, source: str = "巡查发现", **told: Any) -> Deed:
        """登记."""
        known = {"on": self.day, "source": source, "category": category}
        return self._enter(register, RegisterRequest(**{**self._profile(), **known, **told}))

    def opening(self, category: str, state: str, **told: Any) -> Deed:
        """期初, as the old list has it."""
        known = {"on": self.day, "category": category, "state": state}
        return self._enter(register_opening, OpeningRequest(**{**self._profile(), **known, **told}))

    def _profile(self) -> dict[str, Any]:
        firm = self.firm
        return {
            "name": firm.name,
            "village": firm.village,
            "operator": firm.operator,
            "phone": firm.phone,
            "address": firm.address,
            "uscc": firm.uscc,
            "unlicensed": firm.uscc is None,
            "industry": firm.trade.industry,
            "product": firm.trade.product,
            "traits": firm.traits,
            "position": firm.position,
            "grid": f"{firm.village}-{self.rng.randint(1, 2)}",
            "premises": self.place,
            "by": self.team[:1],
        }

    def _enter(self, verb: Callable[..., Change], request: RegisterRequest) -> Deed:
        town, today = self.town, self.day
        return self._deed(
            lambda shelf: verb(
                (*town.known(), *_kin(request, shelf)),
                _in_its_village(request, shelf),
                shelf.policy,
                shelf.settings,
                today,
                premises=town.premises,
            )
        )


def _kin(request: RegisterRequest, shelf: Shelf) -> Iterator[Known]:
    """Whom the request names as what it was before, or what stood there before."""
    for id in (request.reborn_of, request.moved_from):
        if id:
            yield known(shelf.enterprise(id))


def _in_its_village(request: RegisterRequest, shelf: Shelf) -> RegisterRequest:
    """Its village as it is called when the request is entered: it may have been merged since."""
    village = shelf.settings.village_at(request.village, request.on)
    if village == request.village:
        return request
    return replace(request, village=village, grid=f"{village}-1")
