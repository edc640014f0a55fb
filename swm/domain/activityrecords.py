"""活动: 宣传, 培训, 会议, and the villages' 零报告 (方案六1、六5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from swm.domain.fields import DATE, NAME, NUMBER, PERSON, TEXT, ListOf, MapOf, choice, key
from swm.domain.filed import Filed, records_of
from swm.domain.policy import Policy
from swm.domain.records import Record
from swm.errors import Missing
from swm.frozen import declared

PUBLICITY, TRAINING, MEETING, ZERO = "宣传", "培训", "会议", "零报告"
ACTIVITY_KINDS = (PUBLICITY, TRAINING, MEETING, ZERO)
TOPICS = ("安全", "消防", "环保", "法律法规", "整治业务")
"""What 网格员 are trained in, so that they can tell what an enterprise is (方案六1)."""
EXPOSURE = "典型案例曝光"
FORMS = {
    PUBLICITY: ("网络", "微信", "条幅", "广播", "明白纸", "入户", "现场", EXPOSURE),
    TRAINING: ("集中培训", "现场培训", "线上培训"),
    MEETING: ("领导小组会议", "工作例会", "专题会议"),
}
"""The forms of each kind; 宣传 goes through these media (方案六5)."""
KIND = choice("活动类型", *ACTIVITY_KINDS)
TOPIC = choice("培训内容", *TOPICS)
_CLAUSES = {PUBLICITY: "方案六5", TRAINING: "方案六1", MEETING: "方案五3", ZERO: "方案六2"}


@declared
class Held(Record):
    """活动: what was held, where, with how many people, and what was handed out."""

    PINNED: ClassVar[frozenset[str]] = frozenset({"期间", "期末"})

    kind: str = key("活动", KIND, "宣传、培训、会议、零报告", required=True)
    title: str = key("主题", TEXT, "主题或内容", required=True)
    form: str | None = key("形式", NAME, "宣传的媒介、培训的方式、会议的种类")
    village: str | None = key("村", NAME, "所在的村；全镇的不写")
    place: str | None = key("地点", TEXT, "地点")
    people: int | None = key("人次", NUMBER, "参加人数")
    copies: int | None = key("份数", NUMBER, "发放材料的份数")
    pieces: int | None = key("条数", NUMBER, "条幅、标语、推送的条数")
    topics: tuple[str, ...] = key("培训内容", ListOf(TOPIC), "培训的内容")
    audience: str | None = key("对象", NAME, "培训、宣传的对象，如网格员")
    chair: str | None = key("主持", PERSON, "会议主持人")
    decisions: dict[str, str] = key("议定事项", MapOf(TEXT), "会议议定的事项，按序号")
    cases: tuple[str, ...] = key("曝光企业", ListOf(NAME), "曝光的典型案例，企业编号")
    period: str | None = key("期间", NAME, "零报告所报的期间，如 2026-10")
    ends: date | None = key("期末", DATE, "零报告所报期间的最后一日")
    photos: tuple[str, ...] = key("照片", ListOf(NAME), "照片的 SHA-256")
    note: str | None = key("备注", TEXT, "备注")

    @property
    def counted_on(self) -> date:
        """The day by which it is counted: a 零报告 handed in late belongs to its own period."""
        return min(self.on, self.ends) if self.ends else self.on


TYPES: dict[str, type[Record]] = {"活动": Held}


@declared
class Activity(Filed):
    """One activity of the town or of a village."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def held(self) -> Held:
        """The activity as corrected. Only for one that is not withdrawn."""
        first = self.valid[0]
        assert isinstance(first, Held)
        return first

    @property
    def title(self) -> str:
        """宣传：入户发放明白纸."""
        return "（已撤销）" if self.withdrawn else f"{self.held.kind}：{self.held.title}"

    @property
    def on(self) -> date:
        """The day on which it was held."""
        return self.held.on

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """What its kind asks for and it does not say."""
        return () if self.withdrawn else tuple(_lacking(self.held))


def _lacking(held: Held) -> Iterator[Missing]:
    clause = _CLAUSES[held.kind]
    known = FORMS.get(held.kind, ())
    if held.form and held.form not in known and known:
        text = f"{held.kind}没有“{held.form}”这种形式"
        yield Missing(text, clause, f"--form {'/'.join(known)}")
    if held.kind == PUBLICITY and held.form == EXPOSURE and not held.cases:
        yield Missing("曝光的是哪些企业", clause, "--cases BK-0001,BK-0002")
    if held.cases and held.form != EXPOSURE:
        yield Missing("写了曝光的企业，形式不是典型案例曝光", clause, f"--form {EXPOSURE}")
    if held.kind == TRAINING and not held.people:
        yield Missing("培训了多少人", clause, "--people 人数")
    if held.kind == TRAINING and not held.topics:
        yield Missing("培训的内容", clause, f"--topics {'/'.join(TOPICS)}")
    if held.topics and held.kind != TRAINING:
        yield Missing(f"{held.kind}不写培训内容", clause, "去掉 --topics，或登记为 --kind 培训")
    if held.decisions and held.kind != MEETING:
        yield Missing(f"{held.kind}不写议定事项", clause, "去掉 --decision，或登记为 --kind 会议")
    if held.kind == ZERO and not (held.village and held.period and held.ends):
        yield Missing(
            "零报告要写明村和期间", clause, "swm activity zero --village 村 --period 2026-10"
        )
