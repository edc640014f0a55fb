"""考核: points entered by hand and results announced, one file a period (方案六4)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from swm.domain.fields import DATE, NAME, NUMBER, TEXT, ListOf, Many, MapOf, One, key
from swm.domain.filed import Filed, of_type, records_of
from swm.domain.kinds import SCORE
from swm.domain.points import POINTS
from swm.domain.records import Approval, Record
from swm.frozen import declared


@declared
class Entered(Record):
    """评分: points added or taken by hand, or a veto; each with its reason."""

    village: str = key("村", NAME, "被考核的村", required=True)
    item: str = key("项目", NAME, "手工评分的项目、加分项或否决项", required=True)
    points: str | None = key("分值", POINTS, "加几分或扣几分；一票否决不写")
    reason: str = key("原因", TEXT, "为什么", required=True)
    approval: Approval | None = key("批准", One(Approval), "批准")


@declared
class Deducted:
    """One record behind a deduction or an addition."""

    id: str = key("编号", NAME, "记录所在的编号", required=True)
    number: int | None = key("序号", NUMBER, "记录的序号")
    name: str | None = key("名称", TEXT, "企业、厂房或活动的名称")
    points: str | None = key("分值", POINTS, "加减几分")
    why: str | None = key("说明", TEXT, "说明")


@declared
class ItemScore:
    """得分 of one item."""

    item: str = key("项目", NAME, "项目", required=True)
    points: str = key("得分", POINTS, "得分，加分项为加分", required=True)
    most: str = key("分值", POINTS, "满分或上限", required=True)
    basis: str | None = key("说明", TEXT, "怎样算的")
    because: tuple[Deducted, ...] = key("记录", Many(Deducted), "加减分所凭的记录")


@declared
class VillageScore:
    """One village's result."""

    village: str = key("村", NAME, "村", required=True)
    points: str | None = key("得分", POINTS, "得分；不参评的不写")
    grade: str | None = key("等次", NAME, "等次；不参评的不写")
    rank: int | None = key("名次", NUMBER, "名次，同分并列；不参评的不写")
    vetoes: tuple[str, ...] = key("一票否决", ListOf(NAME), "否决的各项")
    items: tuple[ItemScore, ...] = key("各项", Many(ItemScore), "各项得分")

    @property
    def takes_part(self) -> bool:
        """Whether it is scored at all."""
        return self.points is not None


@declared
class Announced(Record):
    """公布: the whole result as it was on one commit; never corrected, only announced anew."""

    PINNED: ClassVar[frozenset[str]] = frozenset(
        {"版次", "台账版本", "制度摘要", "期末", "结果", "等次统计", "附注"}
    )

    edition: int = key("版次", NUMBER, "1 为首次公布，以后为更正版", required=True)
    version: str = key("台账版本", NAME, "据以计算的提交", required=True)
    policy: str = key("制度摘要", NAME, "考核办法的 SHA-256", required=True)
    ends: date = key("期末", DATE, "考核期间的最后一日", required=True)
    approval: Approval = key("批准", One(Approval), "批准公布", required=True)
    reason: str | None = key("原因", TEXT, "更正版的原因")
    results: tuple[VillageScore, ...] = key(
        "结果", Many(VillageScore), "各村的结果，按名次", required=True
    )
    grades: dict[str, int] = key("等次统计", MapOf(NUMBER), "各等次有几个村，从高到低")
    notices: tuple[str, ...] = key("附注", ListOf(TEXT), "计算的附注")

    @property
    def title(self) -> str:
        """首次公布, 更正版第1次."""
        return "首次公布" if self.edition == 1 else f"更正版第{self.edition - 1}次"


TYPES: dict[str, type[Record]] = {"评分": Entered, "公布": Announced}


@declared
class Score(Filed):
    """The scoring of one period."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def period(self) -> str:
        """The period's code: 2026-10, 2026-Q3, 2026."""
        return self.id.removeprefix(f"{SCORE.prefix}-")

    @property
    def title(self) -> str:
        """村级考核."""
        return "村级考核"

    @property
    def valid(self) -> tuple[Record, ...]:
        """The records that count: here each stands for itself, the first like any other."""
        from swm.domain.corrections import effective

        return tuple(effective(self.records))

    @property
    def announcements(self) -> tuple[Announced, ...]:
        """The announcements that were not withdrawn, the latest edition last."""
        found: list[Announced] = list(of_type(self, Announced))
        return tuple(sorted(found, key=lambda a: a.edition))


def score_id(code: str) -> str:
    """The id of a period's file: KH-2026-10."""
    return f"{SCORE.prefix}-{code}"
