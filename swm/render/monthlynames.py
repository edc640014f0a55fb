"""The names of the templates of 月报, 季报, 年报, 周报 and 专报, as `monthly.context` gives them."""

from __future__ import annotations

from swm.domain.fields import table
from swm.domain.reporttexts import PARAGRAPHS, ReportText
from swm.render.letterhead import REPLACING
from swm.render.templatenames import (
    BY_NAME,
    CHART,
    ENTRY,
    FIGURE,
    FIGURE_ROW,
    FIGURES,
    FLAG,
    IN_FIGURE,
    IN_RATE,
    LIST,
    NAMED_TEXT,
    NUMBER,
    NUMBERED,
    RECORD,
    TABLE,
    TEXT,
    Name,
    names,
)
from swm.reports.monthly import RATES

REMARK = names(TEXT, 日期="日期", 人="谁做的", 内容="做了什么，为什么")

_PERIOD = (
    Name("镇", TEXT, "镇名", "俵口镇"),
    Name("区", TEXT, "区县名，没有填的为空", "宁河区"),
    Name("期间", TEXT, "报告的期间", "2026年10月"),
    Name("期间名", TEXT, "标题里的期间；周报不写起止日期", "2026年第三季度"),
    Name("起止", TEXT, "周报、专报的起止日期；其他报表的为空", "2026年10月5日至10月11日"),
    Name("期末", TEXT, "期间的最后一天", "2026年10月31日"),
    Name("整月", FLAG, "期间是不是由整月组成：月报、季报、年报和起止都在月初月末的专报"),
    Name("文种", TEXT, "月报、季报、年报、周报或专报", "月报"),
    Name("本期词", TEXT, "本月、本季度、本年、本周或本期", "本月"),
    Name("上期词", TEXT, "上月、上季度、上年、上周或上期", "上月"),
    Name("期末词", TEXT, "月末、季末、年末或期末", "月末"),
    Name("到期词", TEXT, "下月；期间不在月末结束的是“下月底前”", "下月"),
    Name("趋势词", TEXT, "近；期间不在月末结束的是“此前”，后接“几个月”", "近"),
    Name("受众", TEXT, "口径：内部或上报", "上报"),
    Name("版本", TEXT, "台账版本，整个的", "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09"),
    Name("短版本", TEXT, "台账版本的前10位", "3f9a1c7e5b"),
    Name("程序", TEXT, "程序版本", "swm 0.1.0"),
)
_LETTERHEAD = (
    Name("密级", TEXT, "内部口径的标识；上报的为空", "内部资料　注意保存"),
    Name("版头", RECORD, "红头，由 swm.yaml 的“月报”一栏定", inside=(
        Name("红", FLAG, "是否印红头"),
        Name("标志", LIST, "发文机关标志，一行一项"),
        *names(
            TEXT,
            大小="发文机关标志的字号：大、中、小或特小，由字数定",
            文号="发文字号，没有写的为空", 签发人="签发人，没有写的为空",
        ),
    )),
    Name("主送", TEXT, "主送机关，没有写的为空", "宁河区人民政府"),
    Name("落款", TEXT, "署名", "俵口镇“散乱污”企业专项整治工作领导小组办公室"),
    Name("成文日期", TEXT, "成文日期，没有写的是期末，更正版是更正的那一天", "2026年10月31日"),
    Name("附注", TEXT, "附注，不带括号，没有写的为空"),
    Name("抄送", TEXT, "抄送机关，没有写的为空"),
    Name("印发机关", TEXT, "印发机关，没有写的与落款相同"),
    Name("印发日期", TEXT, "印发的那一天；还没有印发的与成文日期相同", "2026年11月5日"),
)  # fmt: skip
_FIGURES = (
    Name(FIGURES, BY_NAME, "各个数字，有哪些见 swm figure", "{{ 数字.本月新增 }}", IN_FIGURE),
    Name("各指标", LIST, "全部数字，一项一个；周报、专报没有按月才有的", inside=IN_FIGURE),
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
    Name("各去向", LIST, "本期销号的各去向，是零的不列", inside=IN_FIGURE),
    Name("区级", FLAG, "有没有报区验收、区验收销号的事"),
    Name("各再生", LIST, "原址再生、异地转移，是零的不列", inside=IN_FIGURE),
    Name("各同比", LIST, "与上年同期相比，没有上年同期的不列；年报总是空的", inside=names(
        TEXT, 名称="比的是什么，如 新增企业", 文="增加5家、增长12.5%"
    )),
    Name("各村", LIST, "有未销号企业的村，多的在前", inside=NAMED_TEXT),
    Name("分布", RECORD, "未销号企业分布在哪些村；都没有的各项为空", inside=(
        *names(TEXT, 引="在各村之前，如 ，分布在8个村，较多的是", 尾="在各村之后，如 ，其余5个村各1家"),
        Name("列", LIST, "写明的村；文是家数，各村一样多的为空", inside=NAMED_TEXT),
    )),
    Name("应报未报村", TEXT, "应报未报的村数，缺了几个月的连村次", "2个村、3村次"),
    Name("有上期", FLAG, "有没有一个数字有上期"),
    Name("各村进展", LIST, "图中的各村，未销号多的在前", inside=(
        Name("村", TEXT, "村"),
        Name("未销号", NUMBER, "未销号的家数"),
        Name("已销号", NUMBER, "已销号的家数"),
    )),
    Name("其余各村", RECORD, "图中排不下的村合计；没有的为空", inside=names(
        TEXT, 村数="村数，如 21个村", 未销号="未销号的家数", 已销号="已销号的家数"
    )),
)  # fmt: skip
_LISTS = (
    Name("未销号名单", LIST, "未销号企业", inside=ENTRY),
    Name("新增名单", LIST, "本期新增的企业", inside=ENTRY),
    Name("超期名单", LIST, "超期未完成的企业", inside=ENTRY),
    Name("销号名单", LIST, "本期销号的企业", inside=ENTRY),
    Name("补录名单", LIST, "本期补录的记录", inside=ENTRY),
    Name("另附", RECORD, "名单太长、附件里印不下时的说明；印得下的为空", inside=names(
        TEXT,
        未销号名单="未销号名单另附在哪里", 新增名单="新增名单另附在哪里",
        销号名单="销号名单另附在哪里", 补录名单="补录名单另附在哪里",
    )),
    Name("勾稽", LIST, "各项勾稽", inside=names(
        TEXT,
        行="序号", 名称="名称", 左="左边", 左数="左边的数", 右="右边", 右数="右边的数",
        结果="平 或 不平",
    )),
    Name("不平", NUMBER, "不平的勾稽有几项"),
    Name("趋势", LIST, "近几个月，一月一项", inside=(
        Name("月份", TEXT, "月份，如 10月"),
        Name("未销号", NUMBER, "月末未销号"),
        Name("当月销号", NUMBER, "当月销号"),
        Name("当月新增", NUMBER, "当月新增"),
    )),
)  # fmt: skip
_WORDS = (
    Name("存在问题", LIST, "存在问题，一句一项，至少一句", inside=NUMBERED),
    Name("下一步工作", LIST, "下一步工作，一句一项，至少一句", inside=NUMBERED),
    Name("补充", RECORD, "各节之后人写的段落，写在 月报/年/月-文字.yaml", inside=tuple(
        Name(row.key, LIST, f"{row.meaning}，一段一项")
        for row in table(ReportText)
        if row.kind == PARAGRAPHS and row.key not in REPLACING
    )),
    Name("提醒", LIST, "要附带说明的提醒，一项一句"),
    Name("考核", RECORD, "期末以前最近一次村级考核；建账以前的为空", inside=(
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
)  # fmt: skip
_PROVENANCE = (
    Name("印发", RECORD, "印发的版次；没有印发的版次是0，其余各项为空", inside=(
        Name("版次", NUMBER, "第几版，首次印发是1"),
        *names(
            TEXT,
            更正版="“更正版第1次”，首次印发的为空",
            文号="印发时的文号", 签发人="印发时的签发人", 原因="更正的原因",
            底数增加="这一版底数里多了哪些企业，没有的为空", 底数减少="这一版底数里少了哪些企业，没有的为空",
        ),
        Name("变更", LIST, "与上一版不同的数", inside=names(
            TEXT, 行="序号", 项目="哪个数", 原="上一版的数", 现="这一版的数"
        )),
    )),
    Name("锚", TEXT, "到这一版为止全部历史的凭据，一行；没有历史的为空"),
    Name("上期依据", TEXT, "上期的数出自哪一份印发的报表；重算的为空"),
    Name("更正撤销", LIST, "本期的更正和撤销", inside=REMARK),
    Name("工具以外", LIST, "本期未经程序登记、直接改动台账文件的", inside=REMARK),
    Name("制度变化", LIST, "本期制度、设置和模板的变化", inside=REMARK),
    Name("待补批", LIST, "期末以前的事项里待补批的，一项一句"),
    Name("原件", TEXT, "登记的原件在印发时是否齐全，一句"),
    Name("缺原件", LIST, "印发时没有找到原件的记录，一条一项；只有内部的写明"),
    Name("文件信息", LIST, "报表自己的来历，也写在 Word 文件的属性里", inside=names(
        TEXT, 名称="期间、口径、台账版本等", 文="内容"
    )),
)  # fmt: skip
MONTHLY = (
    *_PERIOD,
    *_LETTERHEAD,
    *_FIGURES,
    *_LISTS,
    *_WORDS,
    *_PROVENANCE,
    Name("趋势图", CHART, "近几个月的趋势图"),
    Name("各村进展图", CHART, "各村未销号和已销号的条形图"),
    Name("锚码", CHART, "锚的二维码；没有锚的为空"),
)
WORD_ONLY = (Name("村级统计表", TABLE, "村级统计表，横页宽"),)
HTML_ONLY = (
    Name("标题", TEXT, "报告的标题，一行"),
    Name("村表链", LIST, "村级统计表各格的名单在哪里，一行一项，与村表的行对应", inside=(
        Name("", LIST, "一格一项，没有名单的为空", inside=names(
            TEXT, 锚="名单的位置", 村="只看哪个村，合计行为空", 类别="只看哪类，不分类的为空"
        )),
    )),
)  # fmt: skip
