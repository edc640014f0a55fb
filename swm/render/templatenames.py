"""The names that templates may use: one table, for the reference, for `template names` and for
the check. A test holds it to what `monthly.context` really gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from swm.frozen import frozen
from swm.reports.monthly import RATES

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
    """Of 一组: what it has. Of 清单 and 按名称取: what each of them has; nothing: plain text."""
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
        名称="名称，有间隔号的只有后半",
        全称="完整的名称",
        文="数和单位，如 3家",
        单位="单位",
        上期="上期的数，没有的为“—”",
        增减="与上期相比，如 增加2家",
        较上月="“，较上月增加2家”，接在数字后面；没有上期的为空",
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

MONTHLY = (
    Name("镇", TEXT, "镇名", "俵口镇"),
    Name("区", TEXT, "区县名，没有填的为空", "宁河区"),
    Name("期间", TEXT, "报告的期间", "2026年10月"),
    Name("期末", TEXT, "期间的最后一天", "2026年10月31日"),
    Name("受众", TEXT, "口径", "上报"),
    Name("版本", TEXT, "台账版本，整个的", "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09"),
    Name("短版本", TEXT, "台账版本的前10位", "3f9a1c7e5b"),
    Name("程序", TEXT, "程序版本", "swm 0.1.0"),
    Name(FIGURES, BY_NAME, "各个数字，有哪些见 swm figure", "{{ 数字.本月新增 }}", IN_FIGURE),
    Name("各指标", LIST, "全部数字，一项一个", inside=IN_FIGURE),
    Name("比率", BY_NAME, "各个比率", "{{ 比率.完成率 }}", IN_RATE, tuple(RATES)),
    Name(
        "各类",
        LIST,
        "各整治类别，没有企业的不列",
        inside=(
            Name("名称", TEXT, "类别名称"),
            Name("底数", FIGURE, "该类的底数", inside=FIGURE_ROW),
            Name("已销号", FIGURE, "该类的已销号", inside=FIGURE_ROW),
        ),
    ),
    Name("各状态", LIST, "未销号企业的各状态，是零的不列", inside=IN_FIGURE),
    Name("各去向", LIST, "本月销号的各去向，是零的不列", inside=IN_FIGURE),
    Name("区级", FLAG, "有没有报区验收、区验收销号的事"),
    Name("各再生", LIST, "原址再生、异地转移，是零的不列", inside=IN_FIGURE),
    Name("各村", LIST, "有未销号企业的村，多的在前", inside=NAMED_TEXT),
    Name("各村进展", LIST, "图中的各村，未销号多的在前", inside=(
        Name("村", TEXT, "村"),
        Name("未销号", NUMBER, "未销号的家数"),
        Name("已销号", NUMBER, "已销号的家数"),
    )),
    Name("其余各村", RECORD, "图中排不下的村合计；没有的为空", inside=(
        Name("村数", TEXT, "村数，如 21个村"),
        Name("未销号", TEXT, "未销号的家数"),
        Name("已销号", TEXT, "已销号的家数"),
    )),
    Name("未销号名单", LIST, "未销号企业", inside=ENTRY),
    Name("新增名单", LIST, "本月新增的企业", inside=ENTRY),
    Name("销号名单", LIST, "本月销号的企业", inside=ENTRY),
    Name("补录名单", LIST, "本月补录的记录", inside=ENTRY),
    Name("勾稽", LIST, "各项勾稽", inside=names(
        TEXT,
        行="序号", 名称="名称", 左="左边", 左数="左边的数", 右="右边", 右数="右边的数",
        结果="平 或 不平",
    )),
    Name("不平", NUMBER, "不平的勾稽有几项"),
    Name("趋势", LIST, "近几个月，一月一项", inside=(
        Name("月份", TEXT, "月份，如 10月"),
        Name("未销号", NUMBER, "月末未销号"),
        Name("本月销号", NUMBER, "当月销号"),
        Name("本月新增", NUMBER, "当月新增"),
    )),
    Name("存在问题", LIST, "存在问题，一句一项，至少一句", inside=NUMBERED),
    Name("下一步工作", LIST, "下一步工作，一句一项，至少一句", inside=NUMBERED),
    Name("提醒", LIST, "要附带说明的提醒，一项一句"),
    Name("考核", RECORD, "最近一次村级考核", inside=(
        *names(
            TEXT,
            期间="考核的期间", 公布="“已于某日公布”；没有公布的为空，以下各项都没有",
            更正="“（更正版第1次）”，没有更正的为空",
            最高="得分最高的村", 最高分="最高分", 最低="得分最低的村", 最低分="最低分",
        ),
        *names(NUMBER, 参评="参评的村数", 不参评="不参评的村数"),
        Name("一致", FLAG, "各村得分是否一样"),
        Name("各等次", LIST, "各等次的村数，是零的不列", inside=NAMED_TEXT),
    )),
    Name("村表", RECORD, "村级统计表的各格，网页用", inside=(
        Name("列", LIST, "各列的名称"),
        Name("上", LIST, "表头第一行", inside=(
            Name("名称", TEXT, "名称"),
            Name("位", NUMBER, "第几列，从0起"),
            Name("跨", NUMBER, "跨几列；0 表示一列占两行"),
        )),
        Name("下", LIST, "表头第二行", inside=(
            Name("名称", TEXT, "名称"),
            Name("位", NUMBER, "第几列，从0起"),
            Name("跨", NUMBER, "总是0"),
        )),
        Name("行", LIST, "各行，合计在前", inside=(
            Name("合计", FLAG, "是不是合计行"),
            Name("格", LIST, "各格的文字"),
        )),
    )),
    Name("趋势图", CHART, "近几个月的趋势图"),
    Name("各村进展图", CHART, "各村未销号和已销号的条形图"),
)  # fmt: skip
WORD_ONLY = (Name("村级统计表", TABLE, "村级统计表，横页宽"),)
HTML_ONLY = (Name("标题", TEXT, "报告的标题，一行"),)
ROUTE = (
    Name("镇名", TEXT, "镇名", "俵口镇"),
    Name("日期", TEXT, "夜查的日期", "2026-10-12"),
    Name("星期", TEXT, "星期几", "周一"),
    Name("带班", TEXT, "带班领导和组员"),
    Name("处所", LIST, "要去的处所，按走的先后", inside=(
        Name("序号", NUMBER, "第几处"),
        *names(
            TEXT, 编号="编号", 名称="企业名称", 村="村", 地址="地址", 状态="整治状态",
            理由="为什么去",
        ),
    )),
)  # fmt: skip


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
        path = f"{before}{name.name}"
        yield path, name
        if name.inside and name.inside not in (IN_FIGURE, FIGURE_ROW, ENTRY):
            mark = {LIST: " → 项.", BY_NAME: ".名称."}.get(name.kind, ".")
            yield from lines(name.inside, path + mark)
