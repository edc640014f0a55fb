"""What can be entered of one enterprise: each method is one command, at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from swm.domain.alterations import edit
from swm.domain.amendments import CorrectRequest, correct, undo
from swm.domain.edits import Change
from swm.domain.inspections import InspectRequest, inspect
from swm.domain.premises import change_tenant
from swm.domain.records import PRODUCING, Approval, Enterprise
from swm.domain.service import ServeRequest, serve
from swm.domain.workflow import AdvanceRequest, advance
from swm.sample.deeds import Deed, Shelf
from swm.sample.hours import DAY, Hours
from swm.sample.town import Firm, Town


class Scribe(Hours):
    """The clock of one enterprise's story, and the clerk who enters what happens."""

    def __init__(self, town: Town, shelf: Shelf, firm: Firm, start: date, key: object) -> None:
        super().__init__(start, town.today, town.calendar, town.rng("life", key))
        self.town, self.shelf, self.firm = town, shelf, firm
        self.roster = town.roster
        self.id = ""
        self.number = 0
        """The record that the last deed added."""
        self.paper = 0
        """The act whose paper is to be served."""
        self.wrote = start
        """The day on which that paper was made."""
        self.case = ""
        """The complaint that it is about."""
        self.source = ""
        """Where that complaint makes the enterprise come from."""
        self.place: str | None = None
        """The premises it rents."""
        self.clerk = self.rng.choice(self.roster.clerks)
        self.team = self.roster.team(firm.village, 3, self.rng)
        self.before: Enterprise | None = None
        """What the ledger held before the last deed."""
        self.seen: str | None = None
        """What the last visit found; None: what it found is gone again."""

    @property
    def enterprise(self) -> Enterprise:
        """What the ledger holds of it now."""
        return self.shelf.enterprise(self.id)

    def _deed(self, decide: Callable[[Shelf], Change], *, at_once: bool = False) -> Deed:
        return Deed(self.at, self.clerk, decide, at_once)

    # --- what was seen -------------------------------------------------------------------------

    def visit(self, kind: str, result: str, *, people: int = 2, late: int = 0, **seen: Any) -> Deed:
        """巡查 just now. With `late`, so many days ago: it is entered only now."""
        moment = self.at - timedelta(days=late)
        request = InspectRequest(
            on=moment.date(),
            time=f"{moment:%H:%M}",
            kind=kind,
            result=result,
            people=self.team[:people],
            by=(self.clerk,),
            **seen,
        )
        self.seen = result
        return self._visited(request)

    def raid(self, result: str, *, entered_next_day: bool = False, **seen: Any) -> Deed:
        """夜查 that finds production: the police post and the principal leaders are told."""
        moment = self.at
        told: dict[str, Any] = {}
        if result in PRODUCING:
            told = {
                "police_at": _soon(moment, 9),
                "police_came": _soon(moment, 26),
                "reported_at": _soon(moment, 21),
                "officers_came": _soon(moment, 48),
                "kept_order": "劝止生产，守住院门，等候执法人员，没有采取强制手段",
            }
        request = InspectRequest(
            on=moment.date(),
            time=f"{moment:%H:%M}",
            kind="夜查",
            result=result,
            people=self.team[:2],
            leader=self.rng.choice(self.roster.leaders[1:]),
            by=(self.clerk,),
            **{**told, **seen},
        )
        self.seen = None
        if entered_next_day:
            self.morning_after()
        else:
            self.minutes(30, 50)
        return self._visited(request)

    def _visited(self, request: InspectRequest) -> Deed:
        id, today = self.id, self.day
        return self._deed(
            lambda shelf: inspect([shelf.enterprise(id)], request, shelf.policy, today)
        )

    # --- what was done -------------------------------------------------------------------------

    def act(self, action: str, **told: Any) -> Deed:
        """动作."""
        return self._advanced(self._request(action, told))

    def order(self, action: str, *, days: int, served: bool = False, **told: Any) -> Deed:
        """An act with a paper of the town's and a deadline in days from service."""
        name = self.town.policy.actions(action)[0].paper
        served_on = self.day if served else None
        issued = {"days": days, "served": served_on, "doc_name": name}
        return self._advanced(self._request(action, {**issued, **told}))

    def _request(self, action: str, told: Mapping[str, Any]) -> AdvanceRequest:
        return AdvanceRequest(**{"action": action, "on": self.day, "by": self.team[:2], **told})

    def _advanced(self, request: AdvanceRequest) -> Deed:
        id, today, register = self.id, self.day, self.town.register
        return self._deed(
            lambda shelf: advance(
                shelf.enterprise(id), request, shelf.policy, shelf.settings, today, register
            )
        )

    def approved(self) -> Approval:
        """The deputy head signed today."""
        return self.roster.approval(self.day)

    def serve(self, method: str = "直接") -> Deed:
        """送达 of the last paper."""
        told: dict[str, Any] = {}
        if method == "留置":
            told = {
                "witness": (self.roster.secretaries[self.firm.village],),
                "refusal": "经营者看过后拒绝签字",
            }
        elif method == "邮寄":
            serial = f"{self.id[3:]}{self.day:%m%d}"
            told = {"tracking": f"EMS{serial}", "sent_on": max(self.wrote, self.day - 3 * DAY)}
        elif method == "公告":
            told = {"why": "两次上门无人，电话停机，邮件因查无此人退回"}
        request = ServeRequest(
            number=self.paper, on=self.day, method=method, by=self.team[:2], **told
        )
        id, today = self.id, self.day
        return self._deed(lambda shelf: serve(shelf.enterprise(id), request, shelf.policy, today))

    # --- what was mended -----------------------------------------------------------------------

    def correct(
        self, number: int, values: Mapping[str, str], reason: str, approval: Approval | None = None
    ) -> Deed:
        """更正 of one record."""
        request = CorrectRequest(
            number=number, values=values, reason=reason, approval=approval, by=(self.clerk,)
        )
        id, today = self.id, self.day
        return self._deed(lambda shelf: correct(shelf.enterprise(id), request, shelf.policy, today))

    def take_back(self, reason: str) -> Deed:
        """撤销 of the last deed, right after it."""
        before, approval, today = self.before, self.approved(), self.day
        assert before is not None
        path = before.path
        return self._deed(
            lambda shelf: undo(
                {path: before},
                {path: shelf.enterprise(before.id)},
                reason,
                approval,
                shelf.policy,
                today,
            ),
            at_once=True,
        )

    def edit(self, values: Mapping[str, str], nature: str | None = None) -> Deed:
        """Profile fields; a new name, operator or address becomes a 变更."""
        id, today, by = self.id, self.day, (self.clerk,)
        town = self.town
        return self._deed(
            lambda shelf: edit(
                shelf.enterprise(id),
                values,
                nature,
                town.known(),
                shelf.settings,
                shelf.policy,
                today,
                premises=town.premises,
                by=by,
            )
        )

    def tenancy(self, name: str | None) -> Deed:
        """Who uses its premises from today on; None: nobody any more."""
        place, today = self.place, self.day
        assert place is not None
        return self._deed(lambda shelf: change_tenant(shelf.premises(place), name, today, today))


def _soon(moment: datetime, minutes: int) -> datetime:
    """So many minutes later, still on the same day: a night visit belongs to the day it began."""
    return moment + timedelta(minutes=minutes)
