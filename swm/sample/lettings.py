"""厂房 and 保证书 of one village: let, signed for, sublet, sold, left empty, run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from swm.domain.edits import Change
from swm.domain.letters import LetterRequest, in_force, missing
from swm.domain.letters import add as sign
from swm.domain.premises import PremisesRequest, change_owner
from swm.domain.premises import add as register
from swm.domain.records import Premises
from swm.domain.settings import holds
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.names import Names
from swm.sample.rounds import Round
from swm.sample.town import Town

_USES = ("出租", "出租", "空置待租", "转租", "出租", "空置待租", "自用")


_STUBBORN = 9
"""Every ninth landlord never signs."""


class Letting(Round):
    """The clock of one village's premises."""

    def __init__(self, town: Town, shelf: Shelf, village: str, start: date, what: str) -> None:
        super().__init__(town, shelf, start, what, village)
        self.village = village

    @property
    def here(self) -> str:
        """The village, by the name that it has today."""
        return self.shelf.settings.village_at(self.village, self.day)

    @property
    def places(self) -> list[Premises]:
        """The village's premises as they are now."""
        ids = (id for id, village in self.town.premises.items() if village == self.village)
        return [self.shelf.premises(id) for id in ids]

    def add(self, number: int, landlord: str) -> Deed:
        """A new 厂房."""
        town, today, names = self.town, self.day, self.town.names
        use = _USES[number % len(_USES)]
        kind = "村集体" if number % 6 == 4 else "房东"
        request = PremisesRequest(
            village=self.here,
            address=names.address(),
            landlord=f"{self.village}村民委员会" if kind == "村集体" else landlord,
            phone=names.phone(),
            area=str(self.rng.randrange(12, 160) * 10),
            use=use,
            owner_kind=kind,
            position=names.position(self.village),
            on=today,
        )
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: register([*town.premises][-1:], request, shelf.settings, today),
        )

    def sublet(self, id: str) -> Deed:
        """From today on one who sublets stands between the owner and the tenants."""
        names = Names(self.town.rng("sublet", id))
        name, phone, today = names.landlord(), names.phone(), self.day

        def decide(shelf: Shelf) -> Change:
            place = shelf.premises(id)
            lessor = place.owners[-1].name
            return change_owner(place, name, phone, today, "二手房东", today, lessor=lessor)

        return Deed(self.at, self.clerk, decide)

    def sign(self, ids: list[str], landlord: str, until: date | None) -> Deed:
        """One letter of one landlord for all these premises."""
        town, today = self.town, self.day
        witness = (town.roster.secretaries[self.village],)

        def decide(shelf: Shelf) -> Change:
            request = LetterRequest(
                premises=[shelf.premises(id) for id in ids],
                landlord=landlord,
                on=today,
                until=until,
                witness=witness,
            )
            return sign(request, tuple(town.letters.values()), shelf.policy, today)

        return Deed(self.at, self.clerk, decide)

    def sell(self, premises: Premises) -> Deed:
        """Another landlord from today on."""
        id, today, kind = premises.id, self.day, premises.owners[-1].kind
        name, phone = self.town.names.landlord(), self.town.names.phone()
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: change_owner(shelf.premises(id), name, phone, today, kind, today),
        )


def premises(town: Town, shelf: Shelf, village: str, count: int, start: date) -> Course:
    """`count` premises, entered in the opening days."""
    hours = Letting(town, shelf, village, start, "premises")
    landlord = town.names.landlord()
    for number in range(count):
        if number % 4 != 1:
            landlord = town.names.landlord()
        hours.until(hours.day)
        change = yield hours.add(number, landlord)
        assert change is not None
        id = str(change.recorded["编号"])
        town.premises[id] = village
        if hours.shelf.premises(id).use == "转租":
            hours.minutes(5, 15)
            yield hours.sublet(id)
        if hours.shelf.premises(id).use in ("出租", "转租", "空置待租"):
            town.places.setdefault(village, []).append(id)


def letters(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Every few weeks the village goes to those landlords who have not signed, or no longer bind."""
    hours = Letting(town, shelf, village, start, "letters")
    hours.wait(6, 14)
    while (town.today - hours.day).days > 8:
        yield Pause(hours.at)
        for landlord, ids in _unsigned(hours):
            hours.until(hours.day)
            change = yield hours.sign(ids, landlord, _until(hours, ids[0]))
            assert change is not None
            number = str(change.recorded["编号"])
            town.letters[hours.day.year] = number
        hours.wait(18, 30)


def _unsigned(hours: Letting) -> Iterator[tuple[str, list[str]]]:
    """Who has to sign today, and for which premises; most can be found at home."""
    lacking = [p for p in missing(hours.places, hours.day) if int(p.id[-4:]) % _STUBBORN]
    owned = sorted((_owner(p, hours.day), p.id) for p in lacking)
    owned += sorted(_subletting(hours))
    for landlord, rows in groupby(owned, key=lambda row: row[0]):
        if hours.rng.random() < 0.75:
            yield landlord, [id for _, id in rows]


def _subletting(hours: Letting) -> Iterator[tuple[str, str]]:
    """Those who sublet and have signed nothing that holds, where the owner has."""
    day = hours.day
    for place in hours.places:
        bound = {x.landlord for x in place.letters if in_force(x, place, day)}
        for owner in place.owners if bound else ():
            if owner.kind == "二手房东" and holds(owner, day) and owner.name not in bound:
                yield owner.name, place.id


def _owner(premises: Premises, day: date) -> str:
    return next(o.name for o in premises.owners if holds(o, day))


def _until(hours: Letting, id: str) -> date | None:
    """Mostly what the rule says; some letters run out with the lease, soon or already."""
    number = int(id[-4:])
    if number % 7 == 2:
        return max(hours.day, hours.today + timedelta(days=hours.rng.randint(3, 25)))
    if number % 11 == 3:
        return hours.day + timedelta(days=90)
    return None


def sale(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Somebody sells: a letter signed before is 存疑 from then on."""
    hours = Letting(town, shelf, village, start, "sale")
    if town.roster.villages.index(village) % 3 == 0:
        hours.until_before_end(2, 7)
    else:
        hours.wait(90, 150)
    yield Pause(hours.at)
    bound = [p for p in hours.places if any(in_force(x, p, hours.day) for x in p.letters)]
    private = [p for p in bound if p.owners[-1].kind == "房东"]
    for place in private[:1]:
        yield hours.sell(place)
