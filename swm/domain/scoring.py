"""制度/考核.yaml: how villages are scored (方案六4). Every number in it is data of the town.

Points are written with at most one decimal and reckoned in whole tenths.
"""

from __future__ import annotations

from datetime import date

from swm.domain.fields import DATE, NAME, NUMBER, TEXT, YES, Many, choice, key, read
from swm.domain.points import POINTS, tenths
from swm.domain.tree import Node
from swm.errors import NotFound
from swm.frozen import declared

SCORING = "制度/考核.yaml"
DEDUCT, RATE, QUOTA, HAND = "扣分", "得率", "达标", "手工"
ITEM_WAYS = (DEDUCT, RATE, QUOTA, HAND)
BONUS_WAYS = ("加分", HAND)
TAKES_PART, LEFT_OUT = "参评", "不参评"
ZERO_POINTS = "零分"


@declared
class Band:
    """分档: from this rate on so many points."""

    least: int = key("不低于", NUMBER, "比率，百分之几", required=True)
    points: str = key("得", POINTS, "得几分", required=True)


@declared
class ScoreItem:
    """考核项目. The points stop at nought: 扣完为止."""

    name: str = key("名称", NAME, "项目的名称", required=True)
    points: str = key("分值", POINTS, "满分几分", required=True)
    way: str = key("方式", choice("计分方式", *ITEM_WAYS), "怎样计分", required=True)
    figure: str | None = key("数字", NAME, "据以计分的数字；得率的为分子")
    whole: str | None = key("分母", NAME, "得率的分母")
    each: str | None = key("每条扣", POINTS, "每一条记录（达标的为少一条）扣几分")
    wanted: int | None = key("应有", NUMBER, "达标所要的条数")
    monthly: bool = key("逐月", YES, "季度、年度考核时逐月计算再相加", default=False)
    bands: tuple[Band, ...] = key("分档", Many(Band), "得率按档给分；不写按比例")
    meaning: str = key("说明", TEXT, "考核的内容", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Bonus:
    """加分, up to a limit."""

    name: str = key("名称", NAME, "加分项的名称", required=True)
    most: str = key("上限", POINTS, "最多加几分", required=True)
    way: str = key("方式", choice("加分方式", *BONUS_WAYS), "怎样计分", required=True)
    figure: str | None = key("数字", NAME, "据以加分的数字")
    each: str | None = key("每条加", POINTS, "每一条记录加几分")
    meaning: str = key("说明", TEXT, "加分的内容", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Veto:
    """一票否决: by so many records of a figure, or entered by hand."""

    name: str = key("名称", NAME, "否决项的名称", required=True)
    figure: str | None = key("数字", NAME, "据以否决的数字；手工登记的不写")
    least: int | None = key("满", NUMBER, "满几条否决")
    outcome: str = key("结果", NAME, "零分，或降为的等次", required=True)
    meaning: str = key("说明", TEXT, "否决的情形", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Grade:
    """等次: from so many points on."""

    name: str = key("名称", NAME, "等次的名称", required=True)
    least: str = key("不低于", POINTS, "几分以上", required=True)


@declared
class Scheme:
    """One scoring scheme, and the days on which it holds; a period goes by its last day."""

    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    full: str = key("满分", POINTS, "各项分值之和", required=True)
    bare: str = key(
        "无底数的村",
        choice("参评与否", TAKES_PART, LEFT_OUT),
        "期末既没有列入企业也没有厂房的村",
        required=True,
    )
    items: tuple[ScoreItem, ...] = key("项目", Many(ScoreItem), "考核项目", required=True)
    bonuses: tuple[Bonus, ...] = key("加分", Many(Bonus), "加分项")
    vetoes: tuple[Veto, ...] = key("一票否决", Many(Veto), "否决项")
    grades: tuple[Grade, ...] = key("等次", Many(Grade), "等次，从高到低", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)

    @property
    def rows(self) -> tuple[ScoreItem | Bonus | Veto, ...]:
        """Everything that has a name."""
        return (*self.items, *self.bonuses, *self.vetoes)

    @property
    def by_hand(self) -> tuple[str, ...]:
        """What is entered by hand: items, bonuses and vetoes without a figure."""
        return tuple(x.name for x in self.rows if not x.figure)

    @property
    def computed(self) -> dict[str, str]:
        """What is computed, and by which figure."""
        return {x.name: x.figure for x in self.rows if x.figure}

    def grade(self, points: int) -> str:
        """The grade that so many tenths earn."""
        fitting = (g.name for g in self.grades if points >= tenths(g.least))
        return next(fitting, self.grades[-1].name)

    def lower(self, one: str, other: str) -> str:
        """The lower of two grades."""
        names = [g.name for g in self.grades]
        return max(one, other, key=names.index)


@declared
class Scoring:
    """制度/考核.yaml."""

    schemes: tuple[Scheme, ...] = key("考核", Many(Scheme), "各时期的考核办法", required=True)

    def on(self, day: date) -> Scheme:
        """The scheme in force on `day`. Raises `NotFound`."""
        for scheme in self.schemes:
            if scheme.since <= day and (scheme.until is None or day <= scheme.until):
                return scheme
        raise NotFound(f"{day} 没有施行的考核办法", f"请在 {SCORING} 补上")


def read_scoring(node: Node) -> Scoring:
    """The schemes that the file holds. Raises `Unreadable`."""
    return read(Scoring, node, SCORING)
