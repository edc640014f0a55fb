"""What a table of names is made of: the reference, `template names` and the check read the same
tables (`monthlynames`, `pagenames`, `forms.names`), and tests hold them to what templates really get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from swm.frozen import frozen

TEXT, NUMBER, FLAG = "文字", "数", "是否"
FIGURE, RECORD, LIST, BY_NAME = "数字", "一组", "清单", "按名称取"
TABLE, CHART = "表", "图"
PRINTED = frozenset({TEXT, NUMBER, FIGURE})
"""What stands in {{ }} as it is."""
HELP = {
    TEXT: "{{ 名称 }} 写出这段文字",
    NUMBER: "{{ 名称 }} 写出这个数；也可以用来比较",
    FLAG: "只用在 {% if 名称 %} 里",
    FIGURE: "{{ 名称 }} 写出数和单位，如 3家；名称后加点可取其中一项",
    RECORD: "名称后加点取其中一项",
    LIST: "{% for 项 in 名称 %} 逐项列出，名称|length 是项数",
    BY_NAME: "名称后加点，或用方括号写名称（有间隔号或以数字开头的要用方括号）",
    TABLE: "单独一段写 {{p 名称 }}",
    CHART: "单独一段写 {{ 名称 }}，段落样式用单倍行距",
}


@frozen
class Name:
    """One name: what it holds, what it means, and what is inside."""

    name: str
    kind: str
    meaning: str
    example: str = ""
    inside: tuple[Name, ...] = ()
    """Of 一组: what it has. Of 清单 and 按名称取: what each of them has; nothing: plain text; one
    name that is empty: what each of them is."""
    keys: tuple[str, ...] = ()
    """Of 按名称取: the names that there are always."""


def names(kind: str, **meanings: str) -> tuple[Name, ...]:
    """Several names of one kind."""
    return tuple(Name(name, kind, meaning) for name, meaning in meanings.items())


ENTRY = (
    *names(
        TEXT,
        行="序号，从1起",
        编号="编号，如 BK-0001",
        名称="企业（或厂房等）的名称",
        村="村",
        类别="整治类别；上报的用上报名称",
        状态="整治状态",
        日期="与这个数字有关的日期",
        期限="整治期限，没有的为“—”",
        序号="是企业的第几条记录",
        人数="人数，只有人次才有",
        说明="说明",
        备注="超期、期初和说明，用分号隔开",
    ),
    Name("超期", FLAG, "是否超期"),
)
IN_FIGURE = (
    *names(
        TEXT,
        键="数字的名称，不随报表的期间变：季报里也是“本月新增”",
        名称="名称，有间隔号的只有后半",
        全称="完整的名称，如季报里的“本季度新增”",
        文="数和单位，如 3家",
        单位="单位",
        上期="上期的数，没有的为“—”",
        增减="与上期相比，如 增加2家",
        较上期="“，较上月增加2家”，接在数字后面；没有上期的为空",
        本年累计="本年累计，没有的为“—”",
        累计文="本年累计和单位，是零的为空",
        建账以来="建账以来累计，没有的为“—”",
        上年同期="上年同期的数，没有的为“—”",
        锚="网页中名单的位置，用作链接",
    ),
    Name("值", NUMBER, "数本身，用来判断：{% if 数字.超期.值 %}"),
    Name("名单", LIST, "构成这个数字的记录", inside=ENTRY),
)
FIGURE_ROW = tuple(name for name in IN_FIGURE if name.name != "名单")
"""A figure whose records are not printed: 各类 by category."""
IN_RATE = (
    Name("文", TEXT, "百分比，如 87.5%"),
    Name("分子", NUMBER, "分子"),
    Name("分母", NUMBER, "分母"),
)
NUMBERED = (Name("序", TEXT, "“一是”“二是”；只有一句的为空"), Name("文", TEXT, "一句话"))
NAMED_TEXT = (Name("名称", TEXT, "名称"), Name("文", TEXT, "数和单位"))
FIGURES = "数字"


def with_figures(table: tuple[Name, ...], figures: Mapping[str, str]) -> tuple[Name, ...]:
    """The table with the names of the figures that this ledger's rules have."""
    return tuple(
        Name(n.name, n.kind, n.meaning, n.example, n.inside, tuple(figures))
        if n.name == FIGURES
        else n
        for n in table
    )


def lines(table: tuple[Name, ...], before: str = "") -> Iterator[tuple[str, Name]]:
    """Every name with the path to it: 各类 → 项.底数."""
    for name in table:
        path = f"{before}{name.name}" if name.name else before.removesuffix(".")
        yield path, name
        if name.inside and name.inside not in (IN_FIGURE, FIGURE_ROW, ENTRY):
            mark = {LIST: " → 项.", BY_NAME: ".名称."}.get(name.kind, ".")
            yield from lines(name.inside, path + mark)
