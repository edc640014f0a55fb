"""活动: 宣传, 培训, 会议, and the villages' 零报告 (方案六1、六5)."""

from __future__ import annotations

from datetime import date

from swm.domain.fields import NAME, NUMBER, TEXT, choice, key
from swm.domain.filed import Filed, records_of
from swm.domain.records import Record
from swm.frozen import declared

ACTIVITY_KINDS = ("宣传", "培训", "会议", "零报告")
KIND = choice("活动类型", *ACTIVITY_KINDS)


@declared
class Held(Record):
    """活动: what was held, where, with how many people, and what was handed out."""

    kind: str = key("活动", KIND, "宣传、培训、会议、零报告", required=True)
    title: str = key("主题", TEXT, "主题或内容", required=True)
    form: str | None = key("形式", NAME, "广播、条幅、微信、入户、现场")
    village: str | None = key("村", NAME, "所在的村；全镇的不写")
    place: str | None = key("地点", TEXT, "地点")
    people: int | None = key("人次", NUMBER, "参加人数")
    copies: int | None = key("份数", NUMBER, "发放材料的份数")
    pieces: int | None = key("条数", NUMBER, "条幅、标语、推送的条数")
    note: str | None = key("备注", TEXT, "备注")


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
