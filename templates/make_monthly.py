"""Builds 月报.docx, the Word template of the monthly report: its wording, reviewable.

    python templates/make_monthly.py

An office may instead edit 月报.docx in Word or WPS; nothing here is needed to use it. The names
between braces are those of `swm/render/monthly.py`. The wording is that of 月报.html.j2, sentence
by sentence; a test compares the two reports.
"""

from __future__ import annotations

from pathlib import Path

from gbt9704 import build, each, paragraph, section, section_end, table, when

TEMPLATE = Path(__file__).with_name("月报.docx")
TITLE = "“散乱污”企业整治工作情况月报"


def text(*sentences: str) -> str:
    """One paragraph of the body."""
    return paragraph("公文正文", "".join(sentences))


def heading(words: str) -> str:
    """一、"""
    return paragraph("Heading1", words)


def point(words: str) -> str:
    """（一）"""
    return paragraph("Heading2", words)


def listed(loop: str, item: str) -> str:
    """Items with 、 between them."""
    return "{% for " + loop + " %}" + item + "{{ '' if loop.last else '、' }}{% endfor %}"


CATEGORY = "{{ 项.名称 }}{{ 项.底数 }}{% if 项.已销号.值 %}（已销号{{ 项.已销号 }}）{% endif %}"
OVERVIEW = (
    heading("一、总体情况"),
    text(
        "{% if 数字.底数.值 %}",
        "截至{{ 期末 }}，全镇列入台账的“散乱污”企业共{{ 数字.底数 }}，其中已销号{{ 数字.已销号 }}，",
        "未销号{{ 数字.未销号 }}{{ 数字.未销号.较上月 }}，完成率{{ 比率.完成率 }}。",
        "{% else %}截至{{ 期末 }}，全镇没有列入台账的“散乱污”企业。{% endif %}",
        "{% if 数字.本月新增.值 %}本月新增{{ 数字.本月新增 }}{{ 数字.本月新增.较上月 }}；",
        "{% else %}本月没有新增企业；{% endif %}",
        "{% if 数字.本月销号.值 %}销号{{ 数字.本月销号 }}{{ 数字.本月销号.较上月 }}；",
        "{% else %}没有企业销号；{% endif %}",
        "{% if 数字.本月回潮.值 %}回潮{{ 数字.本月回潮 }}{% else %}没有企业回潮{% endif %}",
        "{% if 数字.本月核减.值 %}；核减{{ 数字.本月核减 }}{% endif %}。",
    ),
    *when(
        "各类",
        [
            text(
                "按整治类别分，",
                listed("项 in 各类", CATEGORY),
                "。{% if 各状态 %}未销号企业中，",
                listed("项 in 各状态", "{{ 项.名称 }}{{ 项.文 }}"),
                "{% if 各村|length > 5 %}，分布在{{ 各村|length }}个村，较多的是",
                "{% elif 各村 %}，分布在{% else %}{% endif %}",
                listed("项 in 各村[:5]", "{{ 项.名称 }}{{ 项.文 }}"),
                "。{% else %}列入台账的企业已全部销号。{% endif %}",
            )
        ],
    ),
    *when(
        "趋势",
        [
            text("近{{ 趋势|length }}个月未销号、本月销号和本月新增的企业数见图1。"),
            paragraph("图片", "{{ 趋势图 }}"),
            paragraph("图题", "图1　近{{ 趋势|length }}个月整治进展（单位：家）"),
        ],
    ),
)

PATROLS = (
    point("（一）排查巡查与夜查"),
    text(
        "{% if 数字.巡查次数.值 %}本月开展巡查{{ 数字.巡查次数 }}{{ 数字.巡查次数.较上月 }}，",
        "巡查企业{{ 数字.巡查家次 }}，出动{{ 数字.巡查人次 }}；",
        "{% if 数字.夜查次数.值 %}其中夜查{{ 数字.夜查次数 }}，夜查企业{{ 数字.夜查家次 }}，",
        "出动{{ 数字.夜查人次 }}。{% else %}没有夜查记录。{% endif %}",
        "{% else %}本月没有巡查和夜查记录。{% endif %}",
        "{% if 数字.违法生产.值 %}发现违法生产{{ 数字.违法生产 }}，",
        "其中已通知派出所{{ 数字['违法生产·通知派出所'] }}、",
        "已报告主要领导{{ 数字['违法生产·报告主要领导'] }}。",
        "{% else %}本月未发现违法生产。{% endif %}",
        "{% if 数字.应查未查.值 %}按巡查要求应查未查{{ 数字.应查未查 }}。{% endif %}",
    ),
)

DEADLINES = (
    point("（二）分类整治与限期"),
    text(
        "{% if 数字.到期应完成.值 %}本月到期应完成整治{{ 数字.到期应完成 }}，",
        "按期完成{{ 数字.按期完成 }}，按期完成率{{ 比率.按期完成率 }}。",
        "{% else %}本月没有到期应完成整治的企业。{% endif %}",
        "截至{{ 期末 }}，{% if 数字.超期.值 %}超期未完成{{ 数字.超期 }}{{ 数字.超期.较上月 }}，",
        "{% else %}没有超期未完成的企业，{% endif %}",
        "{% if 数字.下月到期.值 %}下月到期{{ 数字.下月到期 }}",
        "{% else %}下月没有企业到期{% endif %}",
        "{% if 数字.列入满30日未下达期限.值 %}，",
        "列入满30日仍未下达期限{{ 数字.列入满30日未下达期限 }}{% endif %}",
        "{% if 数字.已作出未送达.值 %}，文书已作出尚未送达{{ 数字.已作出未送达 }}{% endif %}。",
        "{% if 数字.本月延期.值 %}本月延期{{ 数字.本月延期 }}，累计延期{{ 数字.累计延期 }}；",
        "{% else %}本月没有办理延期；{% endif %}",
        "{% if 数字.转取缔.值 %}逾期转为关停取缔{{ 数字.转取缔 }}。",
        "{% else %}没有企业逾期转为关停取缔。{% endif %}",
    ),
)

ENFORCEMENT = (
    point("（三）联合执法、移送与销号"),
    text(
        "{% if 数字.联合执法次数.值 %}本月组织联合执法{{ 数字.联合执法次数 }}，",
        "涉及企业{{ 数字.联合执法家数 }}。{% else %}本月没有组织联合执法。{% endif %}",
        "{% if 数字.本月销号.值 %}本月销号{{ 数字.本月销号 }}{% if 各去向 %}，其中",
        listed("项 in 各去向", "{{ 项.名称 }}{{ 项.文 }}"),
        "{% endif %}{% else %}本月没有企业验收销号{% endif %}",
        "{% if 数字.本月销号.累计文 %}；本年累计销号{{ 数字.本月销号.累计文 }}{% endif %}。",
    ),
)

LOOK_BACKS = (
    point("（四）回头看与回潮"),
    text(
        "{% if 数字.回头看家次.值 %}本月对已销号企业开展回头看{{ 数字.回头看家次 }}，",
        "{% if 数字.反弹.值 %}发现反弹{{ 数字.反弹 }}。{% else %}未发现反弹。{% endif %}",
        "{% else %}本月没有回头看记录。{% endif %}",
        "{% if 数字.本月回潮.值 %}回潮并重新纳入整治{{ 数字.本月回潮 }}；",
        "{% else %}本月没有企业因回潮重新纳入整治；{% endif %}",
        "{% if 各再生 %}发现",
        listed("项 in 各再生", "{{ 项.名称 }}{{ 项.文 }}"),
        "。",
        "{% else %}未发现原址再生和异地转移。{% endif %}",
    ),
)

ASSIGNMENTS = (point("（五）包保责任与网格"),)


LETTERS = (
    point("（六）出租厂房与保证书"),
    text(
        "{% if 数字.厂房.值 %}全镇登记厂房{{ 数字.厂房 }}，应签保证书{{ 数字.应签 }}",
        "{% if 数字.应签.值 %}，签订率{{ 比率.签订率 }}{% endif %}；",
        "有效保证书{{ 数字.有效 }}，",
        "{% if 数字['30日内到期'].值 %}其中30日内到期{{ 数字['30日内到期'] }}；",
        "{% else %}没有30日内到期的；{% endif %}",
        "{% if 数字.本月签订.值 %}本月签订{{ 数字.本月签订 }}。",
        "{% else %}本月没有新签。{% endif %}",
        "{% else %}台账尚未登记出租厂房。{% endif %}",
    ),
)

COMPLAINTS = (point("（七）举报投诉与上级交办"),)


ADMISSIONS = (point("（八）源头准入"),)


ACTIVITIES = (point("（九）宣传、培训与会议"),)


SCORES = (point("（十）村级考核"),)


NUMBERED = "{{ 项.序 }}{{ 项.文 }}"
CLOSING = (
    heading("三、存在问题"),
    *each("项 in 存在问题", text(NUMBERED)),
    heading("四、下一步工作"),
    *each(
        "项 in 下一步工作",
        *when("loop.last", [paragraph("公文正文", NUMBERED, "<w:keepNext/>")], [text(NUMBERED)]),
    ),
    paragraph("附件说明首项", "附件：1.{{ 镇 }}“散乱污”企业整治情况村级统计表"),
    paragraph("附件说明", "2.{{ 镇 }}“散乱污”企业名单"),
    paragraph("附件说明", "3.数据说明"),
    paragraph("公文署名", "{{ 镇 }}“散乱污”企业专项整治工作领导小组办公室"),
    paragraph("公文成文日期", "{{ 期末 }}", section()),
)

VILLAGES = (
    paragraph("附件序号", "附件1"),
    paragraph("附件标题", "{{ 镇 }}“散乱污”企业整治情况村级统计表"),
    paragraph("表注", "（{{ 期间 }}，截至{{ 期末 }}）"),
    paragraph("表文", "{{p 村级统计表 }}"),
    section_end(section(landscape=True)),
)

ENTERPRISE = (
    ("序号", 540, "表文", "{{ 项.行 }}"),
    ("编号", 950, "表文", "{{ 项.编号 }}"),
    ("企业名称", 2334, "表文左", "{{ 项.名称 }}"),
    ("村", 1000, "表文", "{{ 项.村 }}"),
    ("类别", 1160, "表文", "{{ 项.类别 }}"),
)
OPEN = (
    *ENTERPRISE,
    ("状态", 780, "表文", "{{ 项.状态 }}"),
    ("期限", 1180, "表文", "{{ 项.期限 }}"),
    ("备注", 900, "表文", "{{ 项.备注 }}"),
)
DATED = (
    ("状态", 780, "表文", "{{ 项.状态 }}"),
    ("日期", 1180, "表文", "{{ 项.日期 }}"),
    ("备注", 900, "表文", "{{ 项.说明 }}"),
)

LISTS = (
    paragraph("附件序号", "附件2"),
    paragraph("附件标题", "{{ 镇 }}“散乱污”企业名单"),
    paragraph("表题", "一、未销号企业（截至{{ 期末 }}，共{{ 数字.未销号 }}）"),
    *when(
        "未销号名单", [table("项 in 未销号名单", OPEN)], [paragraph("说明文", "没有未销号企业。")]
    ),
    paragraph("表题", "二、本月新增企业（{{ 数字.本月新增 }}）"),
    *when(
        "新增名单",
        [table("项 in 新增名单", (*ENTERPRISE, *DATED))],
        [paragraph("说明文", "本月没有新增企业。")],
    ),
    paragraph("表题", "三、本月销号企业（{{ 数字.本月销号 }}）"),
    *when(
        "销号名单",
        [table("项 in 销号名单", (*ENTERPRISE, *DATED))],
        [paragraph("说明文", "本月没有企业销号。")],
    ),
    section_end(section()),
)

DEFINITIONS = (
    "底数：登记列入或由期初名单转入、期末未核减的企业；待核查和不予列入的不在其内。",
    "本月新增：本月首次列入的企业。回潮、原址再生（已清理的场地另有他人生产）、异地转移（同一经营者"
    "在他处生产）分别另计。",
    "已销号、未销号：期末存量；完成率为已销号占底数的比例。按期完成率为按期完成占到期应完成的比例。",
    "超期：期末未销号、文书已送达且期限早于期末日的企业；期限当日不算超期。",
    "巡查次数：成组巡查与单次到访，按日、方式和人员归并；家次为到访企业数；人次为出动人数，含带队领导。",
    "违法生产：应当停产而在产或者有生产迹象，以及未列入的可疑点位在产。",
    "应签：出租、转租和空置待租的厂房；签订率为应签厂房中有有效保证书的比例。",
    "补录：本月录入、发生在以前月份的记录。",
)

INDICATORS = (
    ("指标", 2444, "表文左", "{{ 项.全称 }}"),
    ("单位", 650, "表文", "{{ 项.单位 }}"),
    ("本期", 725, "表文", "{{ 项.值 }}"),
    ("上期", 725, "表文", "{{ 项.上期 }}"),
    ("增减", 1300, "表文", "{{ 项.增减 }}"),
    ("本年累计", 1000, "表文", "{{ 项.本年累计 }}"),
    ("建账以来", 1000, "表文", "{{ 项.建账以来 }}"),
    ("上年同期", 1000, "表文", "{{ 项.上年同期 }}"),
)
TIES = (
    ("序号", 540, "表文", "{{ 项.行 }}"),
    ("勾稽关系", 2004, "表文左", "{{ 项.名称 }}"),
    ("左边", 1700, "表文", "{{ 项.左 }}"),
    ("数", 700, "表文", "{{ 项.左数 }}"),
    ("右边", 2500, "表文", "{{ 项.右 }}"),
    ("数", 700, "表文", "{{ 项.右数 }}"),
    ("结果", 700, "表文", "{{ 项.结果 }}"),
)
SUPPLEMENTS = (
    ("序号", 540, "表文", "{{ 项.行 }}"),
    ("编号", 950, "表文", "{{ 项.编号 }}"),
    ("企业名称", 2514, "表文左", "{{ 项.名称 }}"),
    ("村", 1000, "表文", "{{ 项.村 }}"),
    ("记录", 660, "表文", "{{ 项.序号 }}"),
    ("发生日期", 1180, "表文", "{{ 项.日期 }}"),
    ("说明", 2000, "表文左", "{{ 项.说明 }}"),
)

NOTES = (
    paragraph("附件序号", "附件3"),
    paragraph("附件标题", "数据说明"),
    paragraph("说明标题", "一、主要指标"),
    table("项 in 各指标", INDICATORS),
    paragraph("说明标题", "二、口径"),
    *(paragraph("说明文", definition) for definition in DEFINITIONS),
    paragraph("说明标题", "三、勾稽"),
    *when(
        "不平",
        [paragraph("说明文", "有{{ 不平 }}项勾稽不平，原因须先查清并书面说明。")],
        [paragraph("说明文", "各项勾稽全部平衡。")],
    ),
    table("项 in 勾稽", TIES),
    paragraph("说明标题", "四、补录"),
    *when(
        "补录名单",
        [table("项 in 补录名单", SUPPLEMENTS)],
        [paragraph("说明文", "本月没有补录。")],
    ),
    *when(
        "提醒",
        [
            paragraph("说明标题", "五、提醒"),
            *each("项 in 提醒", paragraph("说明文", "{{ 项 }}")),
        ],
    ),
    paragraph("版本行", "本报告依据台账版本 {{ 版本 }} 生成，程序版本 {{ 程序 }}。"),
)

BODY = (
    paragraph("公文标题", "{{ 镇 }}{{ 期间 }}\n" + TITLE),
    *OVERVIEW,
    heading("二、工作开展情况"),
    *PATROLS,
    *DEADLINES,
    *ENFORCEMENT,
    *LOOK_BACKS,
    *ASSIGNMENTS,
    *LETTERS,
    *COMPLAINTS,
    *ADMISSIONS,
    *ACTIVITIES,
    *SCORES,
    *CLOSING,
    *VILLAGES,
    *LISTS,
    *NOTES,
)


def make() -> bytes:
    """月报.docx, the same bytes each time."""
    return build(BODY, "月报")


if __name__ == "__main__":
    TEMPLATE.write_bytes(make())
