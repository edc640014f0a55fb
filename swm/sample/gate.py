"""准入 in one village through the year: every way of entry, every outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from swm.domain.admissionrecords import Admission
from swm.domain.admissions import AdmitRequest, DecideRequest, decide
from swm.domain.amendments import CorrectRequest
from swm.domain.filedamendments import correct_filed
from swm.domain.records import ADMISSION_KINDS, Enterprise
from swm.sample.clearances import Clearance
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.town import Town
from swm.sample.trades import FORBIDDEN

_WORKS = ("食品包装", "家具组装", "农机修理", "服装加工", "纸箱", "豆制品")


def gate(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Every few weeks somebody wants to come in."""
    hours = Clearance(town, shelf, village, start, "gate")
    turn = town.roster.villages.index(village)
    hours.wait(4, 40)
    while (town.today - hours.day).days > 2:
        yield Pause(hours.at)
        yield from _TURNS[turn % len(_TURNS)](hours)
        turn += 1
        hours.wait(30, 50)


def waiting(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """On the last day some applications wait for material."""
    hours = Clearance(town, shelf, village, start, "waiting")
    if town.roster.villages.index(village) % 3:
        return
    hours.until_before_end(1, 20)
    yield Pause(hours.at)
    yield hours.apply(_request(hours, "接电", materials=("营业执照",)))


def _admitted(hours: Clearance) -> Course:
    """Nothing speaks against it; a slip of the pen is mended."""
    change = yield hours.apply(_request(hours, "执照", materials=("齐全",)))
    assert change is not None
    if hours.rng.random() < 0.3:
        hours.minutes(10, 30)
        yield _corrected(hours, str(change.recorded["编号"]))


def _forbidden(hours: Clearance) -> Course:
    """A red line."""
    trade = hours.rng.choice(FORBIDDEN)
    told = {"industry": trade.industry, "product": f"{trade.product}、电镀", "materials": ("齐全",)}
    yield hours.apply(_request(hours, "入驻", **told))


def _incomplete(hours: Clearance) -> Course:
    """Material is missing, and handed in some days later; the last ones are still waited for."""
    given = hours.rng.choice((("营业执照",), ("用地证明",)))
    change = yield hours.apply(_request(hours, "接电", materials=given))
    yield from _answered(hours, change)


def _known_here(hours: Clearance) -> Course:
    """One of the village's own enterprises asks for water or power again."""
    found = _of_record(hours)
    told: dict[str, Any] = {"materials": ("齐全",)}
    if found:
        told |= {"name": found.name, "operator": found.operator, "phone": found.phone}
    yield hours.apply(_request(hours, "接电", **told))


def _alike(hours: Clearance) -> Course:
    """The operator has the name of another one in the village: a question to settle."""
    found = _of_record(hours)
    told: dict[str, Any] = {"operator": found.operator} if found else {}
    change = yield hours.apply(_request(hours, "接水", materials=("齐全",), **told))
    yield from _answered(hours, change)


def _unpromised(hours: Clearance) -> Course:
    """Premises whose landlord has signed nothing; in the end a person says no."""
    place = next((p.id for p in hours.places if not p.letters), None)
    request = _request(
        hours, "入驻", premises=place, address=None if place else "村口", materials=()
    )
    change = yield hours.apply(request)
    assert change is not None
    hours.wait(8, 14)
    if change.recorded["结论"] != "补充材料" or hours.day >= hours.town.today:
        return
    id, today = str(change.recorded["编号"]), hours.day
    refused = DecideRequest(
        on=today,
        decision="不予准入",
        why="逾期没有补齐材料，该处规划退出工业用途",
        approval=hours.town.roster.approval(today),
        by=(hours.clerk,),
    )
    yield hours.deed(lambda shelf: decide(shelf.filed(Admission, id), refused, shelf.policy, today))


def _let_to(hours: Clearance) -> Course:
    """Somebody wants to rent where all is in order, or where it is not."""
    place = next((p.id for p in hours.places if p.use == "空置待租"), None)
    request = _request(hours, "出租", premises=place, address="村东仓库", materials=("齐全",))
    change = yield hours.apply(request)
    yield from _answered(hours, change)


_TURNS = (_admitted, _forbidden, _incomplete, _known_here, _alike, _unpromised, _let_to)
assert {"入驻", "出租", "接电", "接水", "执照"} == set(ADMISSION_KINDS)


def _answered(hours: Clearance, change: Any) -> Course:
    hours.wait(5, 13)
    if change.recorded["结论"] != "补充材料" or hours.day >= hours.town.today:
        return
    id = str(change.recorded["编号"])
    asked = {r.rule for r in hours.shelf.filed(Admission, id).last.reasons}
    if asked & {"材料", "相像企业", "经营者"}:
        yield hours.supplemented(id, "村委会证明，不是同一人、不是同一家")


def _request(hours: Clearance, kind: str, **told: Any) -> AdmitRequest:
    names = hours.names
    about = {
        "kind": kind,
        "name": names.firm(hours.village, hours.rng.choice(_WORKS)),
        "village": hours.here,
        "on": hours.day,
        "operator": names.operator(),
        "phone": names.phone(),
        "address": names.address(),
        "by": (hours.clerk,),
    }
    return AdmitRequest(**{**about, **told})


def _of_record(hours: Clearance) -> Enterprise | None:
    """The newest enterprise of the village that is closed or under order."""
    for id in reversed(hours.town.residents[hours.village]):
        enterprise = hours.shelf.enterprise(id)
        state = hours.town.policy.state(enterprise.remediation.state)
        if state.open or state.name == "已取缔":
            return enterprise
    return None


def _corrected(hours: Clearance, id: str) -> Deed:
    today = hours.day
    request = CorrectRequest(
        number=1,
        values={"备注": "证照原件已核对"},
        reason="补记",
        approval=hours.town.roster.approval(today),
        by=(hours.clerk,),
    )
    return hours.deed(
        lambda shelf: correct_filed(shelf.filed(Admission, id), request, shelf.policy, today)
    )
