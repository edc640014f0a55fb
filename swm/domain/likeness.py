"""The same firm under another name, and the same people or the same place again.

Nothing here decides: what looks alike is told to the clerk, who knows the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import cos, hypot, radians

from swm.domain.identifiers import phones
from swm.domain.records import Enterprise
from swm.frozen import frozen

NEAR = 100.0
"""Within how many metres two positions are taken for one place."""
_METRES_PER_DEGREE = 111_320.0
_KIND_OF_PLACE = r"(?:自治区|省|市|区|县|镇|乡|街道|村)"
_PLACE = re.compile(rf"[一-鿿]{{2,3}}?{_KIND_OF_PLACE}")
_BARE_PLACE = re.compile(
    "北京|天津|上海|重庆|河北|山西|内蒙古?|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南"
    "|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_FORM = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|公司|合作社|经营部|经营店|门市部|门市|服务部|加工部"
    r"|加工厂|加工点|维修点|小作坊|作坊|工作室|商店|商行|工厂|分厂|厂|店|部|站|场|行|坊)$"
)
_TRADE = re.compile(r"(?:加工|制造|制品|生产|经营|销售|服务)$")
_SAYS_NOTHING = re.compile(f"(?:{_FORM.pattern[:-1]}|{_TRADE.pattern[:-1]})+")
_REMARK = re.compile(r"\([^()]*\)|【[^】]*】")
_KEPT = 2
"""How many characters a name keeps at least, however much of it is common to all."""


@frozen
class Known:
    """What the ledger knows of an enterprise that another could be mistaken for."""

    id: str
    name: str
    former_names: tuple[str, ...] = ()
    operator: str | None = None
    phone: str | None = None
    uscc: str | None = None
    premises: str | None = None
    position: str | None = None
    state: str = ""
    category: str | None = None
    village: str = ""
    round: int = 1
    """Above 1 once it has relapsed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The present name and the earlier ones."""
        return (self.name, *self.former_names)


@frozen
class Likeness:
    """An enterprise that looks like the candidate, and why; `place` and `person` say in what."""

    id: str
    name: str
    why: str
    place: bool = False
    person: bool = False


def known(enterprise: Enterprise) -> Known:
    """The enterprise as others are compared with it."""
    return Known(
        id=enterprise.id,
        name=enterprise.name,
        former_names=enterprise.former_names,
        operator=enterprise.operator,
        phone=enterprise.phone,
        uscc=enterprise.uscc,
        premises=enterprise.premises,
        position=enterprise.position,
        state=enterprise.remediation.state,
        category=enterprise.remediation.category,
        village=enterprise.village,
        round=enterprise.remediation.round,
    )


@lru_cache(maxsize=65536)
def core(name: str, places: frozenset[str] = frozenset()) -> str:
    """What is particular to a name: without place, legal form, trade word, case and spaces.

    `places` are the town's own names, also recognised without their 镇 or 村. At least two
    characters are kept, and the whole name where nothing particular would be left.
    """
    text = _REMARK.sub("", unicodedata.normalize("NFKC", name).casefold())
    whole = re.sub(r"[\W_]", "", text) or text
    text = _without_places(whole, places)
    for tail in (_FORM, _TRADE):
        while (shorter := tail.sub("", text)) != text and len(shorter) >= _KEPT:
            text = shorter
    return whole if _SAYS_NOTHING.fullmatch(text) else text


def _without_places(text: str, places: frozenset[str]) -> str:
    bare = {re.sub(f"{_KIND_OF_PLACE}$", "", place) for place in places}
    own = sorted((p for p in places | bare if len(p) >= _KEPT), key=len, reverse=True)
    while True:
        head = next((p for p in own if text.startswith(p)), "")
        other = _PLACE.match(text) or _BARE_PLACE.match(text)
        cut = len(head) or (other.end() if other else 0)
        if not cut or len(text) - cut < _KEPT:
            return text
        text = text[cut:]


def twins(
    candidate: Known, others: Iterable[Known], places: frozenset[str] = frozenset()
) -> list[Likeness]:
    """Those of `others` that may be the candidate itself, or stand in its place.

    Grounds: name (also an earlier one), 统一社会信用代码, telephone, operator in the same village,
    the same premises, a position within 100 metres.
    """
    mine = _Traits(candidate, places)
    found = []
    for other in others:
        if other.id != candidate.id and (likeness := mine.compare(other)):
            found.append(likeness)
    return found


def same_operator(candidate: Known, others: Iterable[Known]) -> list[Known]:
    """Those of `others` that the candidate's operator runs or ran, wherever they are."""
    who = _person(candidate.operator)
    return [o for o in others if o.id != candidate.id and who and _person(o.operator) == who]


def metres_between(one: str | None, other: str | None) -> float | None:
    """The distance of two positions (经度,纬度) in metres; None if either is not a position."""
    a, b = _degrees(one), _degrees(other)
    if a is None or b is None:
        return None
    east = (a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2))
    return hypot(east, a[1] - b[1]) * _METRES_PER_DEGREE


def _degrees(position: str | None) -> tuple[float, float] | None:
    try:
        longitude, latitude = re.split("[,，]", position or "")
        return float(longitude), float(latitude)
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def _person(name: str | None) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name or "")).casefold()


@lru_cache(maxsize=65536)
def _numbers(phone: str | None) -> frozenset[str]:
    return frozenset(phones(phone or ""))


class _Traits:
    """A candidate's traits, worked out once for many comparisons."""

    def __init__(self, candidate: Known, places: frozenset[str]) -> None:
        self.candidate, self.places = candidate, places
        self.cores = frozenset(core(name, places) for name in candidate.names)
        self.operator, self.numbers = _person(candidate.operator), _numbers(candidate.phone)

    def compare(self, other: Known) -> Likeness | None:
        """How the other is like the candidate, if it is."""
        persons, places = self._persons(other), self._places(other)
        why = [*self._names(other), *persons, *places]
        if not why:
            return None
        same_person = bool(persons)
        return Likeness(other.id, other.name, "、".join(why), bool(places), same_person)

    def _names(self, other: Known) -> Iterable[str]:
        if self.candidate.uscc and self.candidate.uscc == other.uscc:
            yield "统一社会信用代码相同"
        if core(other.name, self.places) in self.cores:
            yield "名称相同" if other.name == self.candidate.name else "名称相近"
        else:
            for name in other.former_names:
                if core(name, self.places) in self.cores:
                    yield f"曾用名“{name}”相近"
                    break

    def _persons(self, other: Known) -> list[str]:
        operator = bool(self.operator) and self.operator == _person(other.operator)
        phone = bool(self.numbers) and not self.numbers.isdisjoint(_numbers(other.phone))
        if operator and phone:
            return ["经营者和电话相同"]
        if phone:
            return ["电话相同"]
        if operator and other.village == self.candidate.village:
            return ["同村经营者同名"]
        return []

    def _places(self, other: Known) -> list[str]:
        if self.candidate.premises and self.candidate.premises == other.premises:
            return [f"同在厂房 {other.premises}"]
        if not (self.candidate.position and other.position):
            return []
        metres = metres_between(self.candidate.position, other.position)
        if metres is not None and metres <= NEAR:
            return [f"相距约 {metres:.0f} 米"]
        return []
