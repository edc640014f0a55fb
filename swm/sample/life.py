"""One enterprise's life, told in the domain's verbs: each method is one deed at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from swm.domain.amendments import CorrectRequest, correct, undo
from swm.domain.edits import Change
from swm.domain.enterprises import (
    Known,
    OpeningRequest,
    RegisterRequest,
    edit,
    register,
    register_opening,
)
from swm.domain.inspections import InspectRequest, inspect
from swm.domain.records import Approval, Enterprise
from swm.domain.service import ServeRequest, serve
from swm.domain.workflow import AdvanceRequest, advance
from swm.sample.deeds import Deed, Shelf, Story
from swm.sample.hours import Hours
from swm.sample.town import Firm, Town

CALM = frozenset({"停产", "已清空", "人去厂空", "改作他用", "在产"})
"""What anybody may find in passing; the rest belongs to the story itself."""
SUMMONS = timedelta(minutes=12)


class Life(Hours):
    """The clock, the firm, and what the plots may ask of them."""

    def __init__(self, town: Town, shelf: Shelf, firm: Firm, start: date, key: object) -> None:
        super().__init__(start, town.today, town.calendar, town.rng("life", key))
        self.town, self.shelf, self.firm = town, shelf, firm
        self.id = ""
        self.number = 0
        """The record that the last deed added."""
        self.paper = 0
        """The act whose paper is to be served."""
        self.clerk = self.rng.choice(town.roster.clerks)
        self.team = town.roster.team(firm.village, 3, self.rng)
        self.place: str | None = None
        self._before: Enterprise | None = None

    @property
    def enterprise(self) -> Enterprise:
        """What the ledger holds of it now."""
        return self.shelf.enterprise(self.id)

    @property
    def deadline(self) -> date:
        """Its present deadline; a plot asks only where there is one."""
        deadline = self.enterprise.remediation.deadline
        assert deadline is not None, f"{self.id} has no deadline"
        return deadline

    def pick(self, *choices: str) -> str:
        """One of these."""
        return self.rng.choice(choices)

    def told(self, plot: Callable[[Life], Story]) -> Story:
        """The plot's deeds, one by one; what each did is remembered before the next is made."""
        deeds = plot(self)
        deed = next(deeds, None)
        while deed is not None:
            if self.id:
                self._before = self.enterprise
            change = yield deed
            self._remember(change)
            deed = next(deeds, None)

    def _remember(self, change: Change) -> None:
        number, id = change.recorded.get("序号"), change.recorded.get("编号")
        if not self.id and isinstance(id, str):
            self.id = id
            self.town.last = Known(id=id, name=self.firm.name)
        if isinstance(number, int):
            self.number = number

    def _deed(self, decide: Callable[[Shelf], Change]) -> Deed:
        return Deed(self.at, self.clerk, decide)

    # --- coming into the ledger ----------------------------------------------------------------

    def register(self, category: str | None = None, source: str = "巡查发现", **told: object) -> Deed:
        """登记."""
        request = RegisterRequest(**self._profile(), on=self.day, source=source, category=category)
        return self._enter(register, replace(request, **told))  # type: ignore[arg-type]

    def opening(self, category: str, state: str, row: int, **told: object) -> Deed:
        """期初, as the old list has it."""
        request = OpeningRequest(
            **self._profile(), on=self.day, category=category, state=state, row=row
        )
        return self._enter(register_opening, replace(request, **told))  # type: ignore[arg-type]

    def _profile(self) -> dict[str, object]:
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
        known, today = self.town.known(), self.day
        places = (self.place,) if self.place else ()
        return self._deed(
            lambda shelf: verb(
                known, request, shelf.policy, shelf.settings, today, premises=places
            )
        )
