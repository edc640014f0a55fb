"""Who plays: the town's settings, its villages, officers and departments, all invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from swm.domain.records import Approval
from swm.domain.settings import Member, Person, Settings, Village
from swm.frozen import frozen
from swm.sample.names import VILLAGES, Names

TOWN, COUNTY, PREFIX, AGENCY = "俵口镇", "宁河区", "BK", "俵整"
ENFORCER = "宁河区综合行政执法局"
"""Holds the power of 依法强制执行 in the rules that ship (职权.yaml)."""
OFFICE = "环保办"
DEPARTMENTS = (
    OFFICE,
    "生态环境所",
    "综合执法队",
    "派出所",
    "供电所",
    "供水站",
    "市场监管所",
    "自然资源所",
    "应急办",
)
_GROUP = (
    ("组长", "镇党委书记"),
    ("常务副组长", "镇党委副书记"),
    ("副组长", "副镇长"),
    ("副组长", "副镇长"),
    ("副组长", "武装部长"),
    ("副组长", "派出所所长"),
)
"""方案四."""


MERGED = ("后埝村", "前埝村")
"""The village that ceases in a town that has both, and the one that takes it in."""
RENAMED = ("碱蓬庄村", "碱蓬村")
"""The village that gets another name, and the name."""
ADDED = ("鹭洲新村", "鹭洲村")
"""The village that is new, and the one whose secretary begins it."""


@frozen
class Roster:
    """The people of the play by what they do."""

    settings: Settings
    clerks: tuple[str, ...]
    """Those of the office, who keep the ledger."""
    leaders: tuple[str, ...]
    """Those of the leading group, who take turns on duty at night."""
    officers: tuple[str, ...]
    """Members of the departments, who go along."""
    secretaries: dict[str, str]
    """Each village's own."""
    wardens: dict[str, str]
    """Each village's 网格员."""
    departing: str
    """Answers for the enterprises of several villages until the day `leaves`."""
    successor: str
    leaves: date

    @property
    def villages(self) -> tuple[str, ...]:
        """The villages by name."""
        return tuple(self.secretaries)

    def team(self, village: str, size: int, rng: Random) -> tuple[str, ...]:
        """So many people for a visit: a clerk first, the village's own among them."""
        others = [self.wardens[village], *rng.sample(self.officers, 2)]
        return (rng.choice(self.clerks), *others[: size - 1])

    def approval(self, on: date, basis: str = "签批单") -> Approval:
        """What the deputy head signs."""
        return Approval(person=self.leaders[1], on=on, basis=basis)

    def decision(self, on: date) -> Approval:
        """What the leading group decides and its head signs."""
        return Approval(person=self.leaders[0], on=on, basis="领导小组会议纪要")


def roster(
    names: Names, count: int, opening: date, key: str, leaves: date, delisted_by: str
) -> Roster:
    """The people of a town with `count` villages, whose 建账基准日 is `opening`.

    `delisted_by` is the 销号层级: 镇 or 区.
    `key` stands for the whole play: the ledger's id is made of it. On the day `leaves` one of
    those who answer for enterprises is in office for the last time.
    """
    villages = VILLAGES[:count]
    leaders = tuple(names.officer() for _ in _GROUP)
    clerks = tuple(names.officer() for _ in range(3))
    officers = tuple(names.officer() for _ in DEPARTMENTS[1:])
    secretaries = {village: names.officer() for village in villages}
    wardens = {village: names.officer() for village in villages}
    departing, successor = names.officer(), names.officer()
    people = (
        *(Person(name=n, post=p, department=TOWN) for n, (_, p) in _named(leaders, _GROUP)),
        *(Person(name=n, post="干事", department=OFFICE) for n in clerks),
        *(Person(name=n, department=d) for n, d in zip(officers, DEPARTMENTS[1:], strict=True)),
        *(Person(name=n, post="村党支部书记", department=v) for v, n in secretaries.items()),
        *(Person(name=n, post="网格员", department=v) for v, n in wardens.items()),
        Person(name=departing, post="镇党委委员", department=TOWN, until=leaves),
        Person(
            name=successor, post="镇党委委员", department=TOWN, since=leaves + timedelta(days=1)
        ),
    )
    settings = Settings(
        ledger_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        town=TOWN,
        county=COUNTY,
        prefix=PREFIX,
        agency_code=AGENCY,
        opening_date=opening,
        delisted_by=delisted_by,
        villages=tuple(Village(name=v, grids=(f"{v}-1", f"{v}-2")) for v in villages),
        leading_group=tuple(
            Member(role=role, post=post, name=name)
            for name, (role, post) in _named(leaders, _GROUP)
        ),
        departments=DEPARTMENTS,
        people=people,
    )
    return Roster(
        settings,
        clerks,
        leaders,
        officers,
        secretaries,
        wardens,
        departing,
        successor,
        leaves,
    )


def _named(
    names: Sequence[str], posts: Sequence[tuple[str, str]]
) -> list[tuple[str, tuple[str, str]]]:
    return list(zip(names, posts, strict=True))
