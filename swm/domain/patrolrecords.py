"""巡查 over several places: who went, when, to which places (方案五2).

What was seen at an enterprise is a record in the enterprise's own file, which names the patrol;
what was seen at premises and at free points is kept here, a record each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from swm.domain.fields import (
    CLOCK,
    MOMENT,
    NAME,
    NUMBER,
    PERSON,
    TEXT,
    ListOf,
    Many,
    MapOf,
    One,
    choice,
    key,
)
from swm.domain.filed import Filed, of_type, records_of
from swm.domain.policy import Policy
from swm.domain.records import NATURE, OFFICIAL, VISIT_KIND, Approval, Record
from swm.domain.sightings import party_faults
from swm.errors import Missing
from swm.frozen import declared

SPOT_RESULTS = ("未见异常", "有生产迹象", "发现问题", "无法进入")
SPOT_RESULT = choice("点位结果", *SPOT_RESULTS)
POINT, PREMISES = "点位", "厂房"
LONGEST = timedelta(hours=16)
"""How long one patrol may last: a whole night. An end before the start that is read as the next
day's would else make a slip of the pen a day's work."""


@declared
class Called:
    """One enterprise that the patrol called at, and the record there that says what was seen."""

    enterprise: str = key("企业", NAME, "企业编号", required=True)
    number: int = key("序号", NUMBER, "该企业的哪一条记录", required=True)


@declared
class Drawn:
    """抽取: the drawn sample that the patrol went by; anybody can draw it again."""

    seed: str = key("种子", NAME, "台账的提交号（全长）", required=True)
    count: int = key("家数", NUMBER, "抽取的家数", required=True)
    scope: str | None = key("范围", TEXT, "抽取的范围：村、类别、状态")


@declared
class Outing(Record):
    """出巡: who went, when, as what, and to which enterprises."""

    kind: str = key("方式", VISIT_KIND, "巡查方式", required=True)
    start: datetime = key("起", MOMENT, "出发的时间；过了午夜仍属于出发的那一天", required=True)
    end: datetime = key("止", MOMENT, "结束的时间", required=True)
    people: tuple[str, ...] = key("人员", ListOf(PERSON), "到场人员，不含带班领导")
    leader: str | None = key("带班领导", PERSON, "带班领导，夜查必填")
    nature: str | None = key("性质", NATURE, "属地巡查不写；行政检查的写明")
    agency: str | None = key("检查机关", NAME, "行政检查的机关全称")
    licences: dict[str, str] = key("执法证号", MapOf(NAME, PERSON), "行政检查人员的执法证号")
    warrant: Approval | None = key("检查批准", One(Approval), "行政检查之前的批准")
    villages: tuple[str, ...] = key("村", ListOf(NAME), "走到的村")
    calls: tuple[Called, ...] = key("到访", Many(Called), "到了哪些企业，见该企业的哪一条记录")
    drawn: Drawn | None = key("抽取", One(Drawn), "按双随机抽取的名单出巡的")
    note: str | None = key("备注", TEXT, "备注")

    @property
    def team(self) -> tuple[str, ...]:
        """Everybody who went, the leader first, each once."""
        everybody = ((self.leader,) if self.leader else ()) + self.people
        return tuple(dict.fromkeys(everybody))

    @property
    def named(self) -> str:
        """What it is called in words that leave the house (巡查 against 检查)."""
        return OFFICIAL if self.nature == OFFICIAL else self.kind


@declared
class Spot(Record):
    """点位: what was seen at premises, or at a place that is no enterprise's."""

    place: str = key("处所", NAME, "厂房编号，或点位的名称", required=True)
    village: str | None = key("村", NAME, "所在的村")
    time: str | None = key("时间", CLOCK, "到场时刻")
    result: str = key("结果", SPOT_RESULT, "看到的结果", required=True)
    found: str | None = key("发现", TEXT, "发现的情况")


TYPES: dict[str, type[Record]] = {"出巡": Outing, "点位": Spot}


@declared
class Patrol(Filed):
    """One patrol."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def outing(self) -> Outing:
        """Who went and when, as corrected. Only for one that is not withdrawn."""
        found = next(of_type(self, Outing))
        assert isinstance(found, Outing)
        return found

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What was seen at premises and free points."""
        return tuple(of_type(self, Spot))

    @property
    def calls(self) -> tuple[Called, ...]:
        """The enterprises' records that it names, whether or not it is withdrawn."""
        first = self.records[0] if self.records else None
        return first.calls if isinstance(first, Outing) else ()

    @property
    def title(self) -> str:
        """夜查：3家，2处点位（俵口村、苇湾村）."""
        if self.withdrawn:
            return "（已撤销）"
        return f"{self.outing.named}：{went(self)}"

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """What its records cannot say: the team, the times, nowhere to have been."""
        for outing in of_type(self, Outing):
            yield from party_faults(outing, policy)
            yield from _times(outing)
            if not outing.calls and not self.spots:
                yield Missing("到了哪里", "方案五2", '加上 --visit "企业、厂房或点位:结果"')


def went(patrol: Patrol) -> str:
    """How many places of each sort, and in which villages."""
    yards = sum(is_premises(spot.place) for spot in patrol.spots)
    counts = (
        (len(patrol.outing.calls), "家"),
        (yards, "处厂房"),
        (len(patrol.spots) - yards, "处点位"),
    )
    told = "，".join(f"{count}{unit}" for count, unit in counts if count)
    villages = patrol.outing.villages
    return told + (f"（{'、'.join(villages)}）" if villages else "")


def is_premises(place: str) -> bool:
    """Whether a place that a patrol names is 厂房 of the ledger."""
    return place.startswith("CF-") and place[3:].isdecimal()


def _times(outing: Outing) -> Iterator[Missing]:
    if outing.start.date() != outing.on:
        text = f"出发的时间 {outing.start:%Y-%m-%d %H:%M} 不在巡查的日期 {outing.on}"
        yield Missing(text, "方案五2", "“日期”和“起”一起写；过了午夜的属于出发的那一天")
    if not outing.start < outing.end <= outing.start + LONGEST:
        hours = LONGEST // timedelta(hours=1)
        text = (
            f"出发 {outing.start:%Y-%m-%d %H:%M}、结束 {outing.end:%Y-%m-%d %H:%M}："
            f"结束应在出发以后的 {hours} 小时以内"
        )
        yield Missing(text, "方案五2", "核对 --on、--until；隔天接着走的另登记一次")
