"""Lettings after the opening days: sublet, voided, a 散乱污 tenant cleared out and another let in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from swm.domain import clearings
from swm.domain.admissionrecords import Admission
from swm.domain.admissionrules import OF_IDENTITY
from swm.domain.admissions import AdmitRequest, Scene, SupplementRequest, admit, supplement
from swm.domain.amendments import undo
from swm.domain.clearings import ClearingRequest
from swm.domain.edits import Change
from swm.domain.kinds import ADMISSION
from swm.domain.letters import LetterRequest, in_force, void
from swm.domain.letters import add as sign
from swm.domain.likeness import Known, known
from swm.domain.premises import change_owner, change_tenant, end_subletting
from swm.domain.records import Premises
from swm.domain.settings import holds
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.lettings import Letting
from swm.sample.names import Names
from swm.sample.town import Town
from swm.sample.trades import SHOPS

_TRIES = 8
"""How often a village is looked through for a tenant to be cleared out."""


class Clearance(Letting):
    """The clock of one village's later lettings, with names of its own."""

    def __init__(self, town: Town, shelf: Shelf, village: str, start: date, what: str) -> None:
        super().__init__(town, shelf, village, start, what)
        self.names = Names(town.rng("names", what, village))

    def deed(self, decide: Callable[[Shelf], Change]) -> Deed:
        """One command, now."""
        return Deed(self.at, self.clerk, decide)

    def scene(self, shelf: Shelf, place: str | None) -> Scene:
        """The village as the rules of admission look at it."""
        return Scene(
            known=self.neighbours(shelf),
            premises=shelf.premises(place) if place else None,
            policy=shelf.policy,
            settings=shelf.settings,
        )

    def neighbours(self, shelf: Shelf) -> list[Known]:
        """The enterprises of the village."""
        return [known(shelf.enterprise(id)) for id in self.town.residents[self.village]]

    def agreed(self, id: str, tenant: str) -> Deed:
        """A letter for the tenant that is to come."""
        town, today = self.town, self.day

        def decide(shelf: Shelf) -> Change:
            place = shelf.premises(id)
            landlord = next(o.name for o in place.owners if holds(o, today))
            request = LetterRequest(premises=[place], landlord=landlord, on=today, tenant=tenant)
            return sign(request, tuple(town.letters.values()), shelf.policy, today)

        return self.deed(decide)

    def signed_by(self, id: str, landlord: str) -> Deed:
        """A letter of one of those who let the place."""
        town, today = self.town, self.day

        def decide(shelf: Shelf) -> Change:
            request = LetterRequest(premises=[shelf.premises(id)], landlord=landlord, on=today)
            return sign(request, tuple(town.letters.values()), shelf.policy, today)

        return self.deed(decide)

    def apply(self, request: AdmitRequest) -> Deed:
        """准入 of an application."""
        town, today = self.town, self.day
        return self.deed(
            lambda shelf: admit(
                shelf.ids(ADMISSION)[-1:],
                request,
                self.scene(shelf, request.premises),
                today,
                premises=town.premises,
            )
        )

    def supplemented(self, id: str, proof: str) -> Deed:
        """Everything that is missing is handed in, and who looked alike is found to be another."""
        today = self.day

        def decide(shelf: Shelf) -> Change:
            found = shelf.filed(Admission, id)
            asked = [r.related for r in found.last.reasons if r.rule in OF_IDENTITY and r.related]
            lacking = any(r.rule == "材料" for r in found.last.reasons)
            request = SupplementRequest(
                on=today,
                materials=("齐全",) if lacking else (),
                settled=dict.fromkeys(asked, proof),
                by=(self.clerk,),
            )
            return supplement(found, request, self.scene(shelf, found.review.premises), today)

        return self.deed(decide)


def sublets(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """An owner lets to one who sublets; both sign; some of them fall out again."""
    hours = Clearance(town, shelf, village, start, "sublets")
    hours.wait(20, 60)
    yield Pause(hours.at)
    for place in [p for p in hours.places if p.use == "出租" and _private(p)][:1]:
        id, owner = place.id, place.owners[-1].name
        name, phone = hours.names.landlord(), hours.names.phone()
        yield hours.deed(_sublet(id, name, phone, owner, hours.day))
        hours.wait(2, 9)
        yield Pause(hours.at)
        change = yield hours.signed_by(id, name)
        assert change is not None
        town.letters[hours.day.year] = str(change.recorded["编号"])
        hours.wait(60, 160)
        if (town.today - hours.day).days < 3 or hours.rng.random() < 0.5:
            return
        yield Pause(hours.at)
        yield hours.deed(_unlet(id, name, hours.day))


def voids(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """A letter turns out to be wrong, or its lease is ended: 作废."""
    hours = Clearance(town, shelf, village, start, "voids")
    if town.roster.villages.index(village) % 3 != 1:
        return
    hours.wait(50, 120)
    yield Pause(hours.at)
    held = [
        letter.number
        for place in hours.places
        for letter in place.letters
        if in_force(letter, place, hours.day)
    ]
    for number in held[:1]:
        reason = hours.rng.choice(("租赁合同解除，房东另行签订", "签订人身份写错，重新签订"))
        ids = [p.id for p in hours.places if any(x.number == number for x in p.letters)]
        yield hours.deed(_voided(number, ids, reason, hours.day))


def clearances(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """停租告知, 清退, 报送; then another tenant, admitted, with a new letter."""
    hours = Clearance(town, shelf, village, start, "clearances")
    hours.wait(25, 70)
    done = 0
    for _ in range(_TRIES):
        if (town.today - hours.day).days < 4 or done == 2:
            return
        yield Pause(hours.at)
        found = _to_clear(hours)
        if found:
            done += 1
            yield from _cleared(hours, *found)
        hours.wait(20, 45)


def _cleared(hours: Clearance, id: str, firm: str) -> Course:
    town = hours.town
    town.letting.add(id)
    told = ClearingRequest(on=hours.day, by=(hours.clerk,))
    place = town.roster.villages.index(hours.village)
    if place % 4 == 1:
        yield from _slipped(hours, id, _told(id, firm, told))
    yield hours.deed(_told(id, firm, told))
    hours.wait(3, 18)
    if hours.day >= town.today:
        return
    if place % 4 == 2:
        yield from _slipped(hours, id, _gone(id, firm, hours.day, hours.clerk))
    yield hours.deed(_gone(id, firm, hours.day, hours.clerk))
    hours.wait(1, 9)
    if hours.day >= town.today:
        return
    yield hours.deed(_reported(id, firm, hours.day, hours.clerk))
    hours.wait(10, 40)
    if (town.today - hours.day).days < 8:
        return
    yield from _let_again(hours, id)


def _slipped(hours: Clearance, id: str, decide: Callable[[Shelf], Change]) -> Course:
    """The step is entered too early, and taken back at once; a little later it is true."""
    yield Pause(hours.at)
    before, today = hours.shelf.premises(id), hours.day
    yield hours.deed(decide)
    hours.minutes(2, 5)
    yield Deed(
        hours.at,
        hours.clerk,
        lambda shelf: undo(
            {before.path: before},
            {before.path: shelf.premises(id)},
            "房东尚未到场，登记早了",
            None,
            shelf.policy,
            today,
        ),
        at_once=True,
    )
    hours.minutes(40, 90)


def _let_again(hours: Clearance, id: str) -> Course:
    """A new tenant: his letter, his admission, whatever has to be settled, and in he comes."""
    town, village = hours.town, hours.village
    name = f"{village.removesuffix('村')}{hours.rng.choice(SHOPS)}"
    yield Pause(hours.at)
    change = yield hours.agreed(id, name)
    assert change is not None
    town.letters[hours.day.year] = str(change.recorded["编号"])
    hours.wait(1, 3)
    request = AdmitRequest(
        kind="出租",
        name=name,
        village=hours.here,
        on=hours.day,
        operator=hours.names.operator(),
        phone=hours.names.phone(),
        premises=id,
        industry="F5211 百货零售",
        materials=("齐全",),
        by=(hours.clerk,),
    )
    change = yield hours.apply(request)
    assert change is not None
    if change.recorded["结论"] == "补充材料":
        hours.wait(1, 3)
        proof = "现场核实，设备已清空，经营者与原企业无关"
        yield Pause(hours.at)
        if not _answerable(hours, str(change.recorded["编号"])):
            return
        change = yield hours.supplemented(str(change.recorded["编号"]), proof)
        assert change is not None
    if change.recorded["结论"] == "准入" and hours.day < town.today:
        hours.wait(0, 2)
        yield Pause(hours.at)
        if _bound(hours, id, name):
            yield hours.deed(_moves_in(id, name, hours.day))


def _answerable(hours: Clearance, id: str) -> bool:
    """Whether the application waits for what its applicant can answer."""
    reasons = hours.shelf.filed(Admission, id).last.reasons
    return any((r.rule in OF_IDENTITY and r.related) or r.rule == "材料" for r in reasons)


def _bound(hours: Clearance, id: str, name: str) -> bool:
    """Whether the letter for the tenant still holds: the place may have been sold meanwhile."""
    place = hours.shelf.premises(id)
    return any(x.tenant == name and in_force(x, place, hours.day) for x in place.letters)


def _to_clear(hours: Clearance) -> tuple[str, str] | None:
    """Premises of the village with a 散乱污 tenant, those of the village itself first."""
    found = []
    for place in hours.places:
        if place.id in hours.town.letting:
            continue
        for firm in _firms(hours, place):
            collective = any(o.kind == "村集体" for o in place.owners)
            found.append((not collective, place.id, firm))
    return min(found)[1:] if found else None


def _firms(hours: Clearance, place: Premises) -> Iterator[str]:
    residents = hours.town.residents[hours.village]
    for tenant in place.tenants:
        if tenant.until is None and tenant.name in residents:
            enterprise = hours.shelf.enterprise(tenant.name)
            if hours.town.policy.state(enterprise.remediation.state).open:
                if tenant.since is None or tenant.since < hours.day:
                    yield tenant.name


def _private(place: Premises) -> bool:
    return all(o.kind == "房东" for o in place.owners)


def _sublet(id: str, name: str, phone: str, owner: str, today: date) -> Callable[[Shelf], Change]:
    def decide(shelf: Shelf) -> Change:
        place = shelf.premises(id)
        holders = [o.name for o in place.owners if holds(o, today)]
        lessor = owner if owner in holders else holders[0]
        return change_owner(place, name, phone, today, "二手房东", today, lessor=lessor)

    return decide


def _unlet(id: str, name: str, today: date) -> Callable[[Shelf], Change]:
    return lambda shelf: end_subletting(shelf.premises(id), name, today, today)


def _voided(number: str, ids: list[str], reason: str, today: date) -> Callable[[Shelf], Change]:
    return lambda shelf: void(number, [shelf.premises(i) for i in ids], reason, today, today)


def _gone(id: str, firm: str, today: date, clerk: str) -> Callable[[Shelf], Change]:
    request = ClearingRequest(on=today, tenant=firm, by=(clerk,))
    return lambda shelf: clearings.clear(
        shelf.premises(id), request, [shelf.enterprise(firm).name], shelf.policy, today
    )


def _reported(id: str, firm: str, today: date, clerk: str) -> Callable[[Shelf], Change]:
    request = ClearingRequest(on=today, tenant=firm, by=(clerk,))
    return lambda shelf: clearings.report(shelf.premises(id), request, shelf.policy, today)


def _moves_in(id: str, name: str, today: date) -> Callable[[Shelf], Change]:
    return lambda shelf: change_tenant(shelf.premises(id), name, today, today, admitted=[name])


def unfinished(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """On the last day some clearings are under way: only told, or cleared and not yet reported."""
    hours = Clearance(town, shelf, village, start, "unfinished")
    if town.roster.villages.index(village) % 4 == 3:
        return
    hours.until_before_end(9, 16)
    yield Pause(hours.at)
    found = _to_clear(hours)
    if found is None:
        return
    id, firm = found
    town.letting.add(id)
    told = ClearingRequest(on=hours.day, by=(hours.clerk,))
    yield hours.deed(_told(id, firm, told))
    hours.until_before_end(1, 4)
    if town.roster.villages.index(village) % 2 == 0 and hours.day < town.today:
        yield hours.deed(_gone(id, firm, hours.day, hours.clerk))


def _told(id: str, firm: str, request: ClearingRequest) -> Callable[[Shelf], Change]:
    return lambda shelf: clearings.notice(
        shelf.premises(id), shelf.enterprise(firm), request, shelf.policy, request.on
    )
