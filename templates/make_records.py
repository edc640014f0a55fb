"""The wording of the records that stay in the office or go upward: 巡查, 夜查, 验收销号, 举报核查, 准入审查,
一企一档, 考核通报.

The names between braces are those of the module of each form in `swm/render/forms/`.
"""

from __future__ import annotations

from collections.abc import Sequence

from formparts import Row, Tall, gap, grid, label, tagged, value
from gbt9704 import each, paragraph, table, when

QUARTERS = (1500, 2922, 1500, 2922)


def title(words: str) -> str:
    """The heading of a form."""
    return paragraph("表单标题", words)


def number(words: str = "编号：{{ 编号 or '________' }}") -> str:
    """The line above or below it."""
    return paragraph("编号行", words)


def note(words: str) -> str:
    """A line of small print."""
    return paragraph("小注", words)


def head(words: str) -> str:
    """一、"""
    return paragraph("档案标题", words)


def text(*sentences: str) -> str:
    """One paragraph of an official letter."""
    return paragraph("公文正文", "".join(sentences))


def opinion(who: str, words: str = "", *, height: int = 1100, span: int = 3) -> Tall:
    """A row for somebody's opinion, signature and date."""
    return Tall(
        height, (label(who), value(words + "\n签名（盖章）：____________　____年__月__日", span))
    )


def close(markup: str) -> str:
    """A table whose rows are no higher than their text, to leave room on the page."""
    return markup.replace('<w:trHeight w:val="400"', '<w:trHeight w:val="330"')


# --- 巡查记录, 夜查记录 -----------------------------------------------------------------------------

SEEN = (
    ("序号", 540, "表文", "{{ 处.序 }}"),
    ("企业（点位）", 2000, "表文左", "{{ 处.对象 }}"),
    ("时间", 760, "表文", "{{ 处.时间 }}"),
    ("现场结果", 1200, "表文", "{{ 处.结果 }}"),
    ("发现的情况和处理", 3444, "表文左", "{{ 处.情况 }}"),
    ("记录", 900, "表文", "{{ 处.记录 }}"),
)
ALARMS = (
    ("企业", 2244, "表文左", "{{ 报.对象 }}"),
    ("通知派出所", 1200, "表文", "{{ 报.通知派出所 }}"),
    ("派出所到场", 1200, "表文", "{{ 报.派出所到场 }}"),
    ("报告主要领导", 1300, "表文", "{{ 报.报告主要领导 }}"),
    ("执法人员到场", 1300, "表文", "{{ 报.执法人员到场 }}"),
    ("现场劝止", 1600, "表文左", "{{ 报.劝止 }}"),
)
OUTING: tuple[Row, ...] = (
    (label("日期"), value("{{ 日期 }}"), label("方式"), value("{{ 方式 }}{% if 性质 and 性质 != '属地巡查' %}（{{ 性质 }}）{% endif %}")),
    (label("开始时间"), value("{{ 起 }}"), label("结束时间"), value("{{ 止 }}")),
    (label("村"), value("{{ 村 }}"), label("带班领导"), value("{{ 领导 }}")),
    (label("组员"), value("{{ 人员 }}", 3)),
)  # fmt: skip
AGENCY: tuple[Row, ...] = (
    tagged("if 机关"),
    (label("检查机关"), value("{{ 机关 }}"), label("执法证号"), value("{{ 证号 }}")),
    tagged("endif"),
)
PATROL_SIGNATURES: tuple[Row, ...] = (
    Tall(800, (label("备注"), value("{{ 备注 }}", 3))),
    Tall(900, (label("巡查人员\n签名"), value(""), label("现场人员\n签名"), value(""))),
    (label("录入"), value("{{ 录入人 }}"), label("复核"), value("")),
)

PATROL = (
    title("{{ 镇 }}“散乱污”企业巡查记录"),
    number(),
    grid(QUARTERS, (*OUTING, *AGENCY)),
    note(""),
    table("处 in 各处", SEEN),
    note(""),
    grid(QUARTERS, PATROL_SIGNATURES),
    note("本记录是镇、村巡查情况的记载，不是行政执法的现场笔录。现场人员不签名的，注明情况。"),
)
NIGHT = (
    title("{{ 镇 }}“散乱污”企业夜查记录"),
    number(),
    grid(QUARTERS, OUTING),
    note("一、到访的企业和点位"),
    table("处 in 各处", SEEN),
    note(
        "二、违法生产及通知、报告的情况（发现即联系派出所，同时报主要领导，劝止生产、维护秩序，等候执法人员）"
    ),
    table("报 in 各报告", ALARMS),
    note(""),
    grid(
        QUARTERS,
        (
            Tall(800, (label("备注"), value("{{ 备注 }}", 3))),
            Tall(900, (label("带班领导\n签名"), value(""), label("组员签名"), value(""))),
            (label("录入"), value("{{ 录入人 }}"), label("复核"), value("")),
        ),
    ),
)

# --- 验收销号表 -------------------------------------------------------------------------------------

ITEMS = (
    ("标准项", 1200, "表文", "{{ 项.项 }}"),
    ("达到的要求", 1614, "表文左", "{{ 项.要求 }}"),
    ("完成情况", 2420, "表文", "{{ 项.情况 or '□完成□不涉及□未完成' }}"),
    ("日期", 1160, "表文", "{{ 项.日期 }}"),
    ("凭", 880, "表文", "{{ 项.凭 }}"),
    ("查实人员", 1570, "表文左", "{{ 项.人员 }}"),
)
ACCEPTANCES = (
    ("验收日期", 1600, "表文", "{{ 次.日期 }}"),
    ("验收人员（两人以上）", 2700, "表文左", "{{ 次.人员 }}"),
    ("结论", 3644, "表文左", "{{ 次.结论 }}"),
    ("记录", 900, "表文", "{{ 次.凭 }}"),
)
CLOSING = (
    title("{{ 镇 }}“散乱污”企业验收销号表"),
    number(),
    grid(
        QUARTERS,
        (
            (label("企业名称"), value("{{ 企业 }}"), label("证照情况"), value("{{ 证照 }}")),
            (label("村"), value("{{ 村 }}"), label("地址"), value("{{ 地址 }}")),
            (label("经营者"), value("{{ 经营者 }}"), label("电话"), value("{{ 电话 }}")),
            (
                label("整治类别"),
                value("{{ 类别 }}{% if 原类别 %}（原为{{ 原类别 }}）{% endif %}"),
                label("状态"),
                value("{{ 状态 }}{% if 轮次 %}（{{ 轮次 }}）{% endif %}"),
            ),
            (label("整治期限"), value("{{ 期限 }}"), label("包保领导"), value("{{ 负责人 }}")),
            (label("下达的文书"), value("{{ 要求文书 }}", 3)),
        ),
        least=360,
    ),
    note(
        "{% if 标准 %}标准：{{ 标准 }}{% if 标准依据 %}（{{ 标准依据 }}）{% endif %}。{% endif %}"
        "{% if 合用 %}生产用{{ 合用 }}与居民生活合用，不切断居民生活用水、用电。{% endif %}"
    ),
    close(table("项 in 各项", ITEMS)),
    note("验收"),
    close(table("次 in 各次验收", ACCEPTANCES)),
    gap(),
    grid(
        QUARTERS,
        (
            (label("完成方式"), value("{{ 完成方式 }}"), label("迁往"), value("{{ 迁往 }}")),
            opinion("企业负责人", "以上情况属实。", height=720),
            opinion("村意见", height=720),
            opinion("镇验收意见", height=720),
            opinion("镇领导批准", "{{ 批准 }}", height=720),
            tagged("if 区级"),
            opinion("区验收意见", height=720),
            tagged("endif"),
            (label("销号日期"), value("{{ 销号日期 }}"), label("层级"), value("{{ 层级 }}")),
        ),
        least=360,
        together=True,
    ),
)  # fmt: skip

# --- 举报核查表 -------------------------------------------------------------------------------------

CHECKS = (
    ("核查日期", 1500, "表文", "{{ 次.日期 }}"),
    ("人员（两人以上）", 1900, "表文左", "{{ 次.人员 }}"),
    ("结论", 1100, "表文", "{{ 次.结论 }}"),
    ("现场发现的情况", 3144, "表文左", "{{ 次.发现 }}"),
    ("凭", 1200, "表文", "{{ 次.凭 }}"),
)
COMPLAINT = (
    *when("标识", [paragraph("标识行", "{{ 标识 }}")]),
    title("{{ 镇 }}举报（交办）事项核查表"),
    number(),
    grid(
        QUARTERS,
        (
            (label("收件日期"), value("{{ 收件日期 }}"), label("办结期限"), value("{{ 期限 }}")),
            (label("村"), value("{{ 村 }}"), label("承办"), value("{{ 承办 }}")),
            Tall(1100, (label("反映的情况"), value("{{ 内容 }}", 3))),
            Tall(700, (label("涉及企业"), value("{{ 企业 }}", 3))),
            tagged("if 重复"),
            (label("重复件"), value("与 {{ 重复 }} 重复", 3)),
            tagged("endif"),
        ),
    ),
    note("核查"),
    table("次 in 各次核查", CHECKS),
    note(""),
    grid(
        QUARTERS,
        (
            Tall(900, (label("处理措施"), value("{{ 处理 }}", 3))),
            Tall(700, (label("办理结果"), value("{{ 结果 }}"), label("办结日期"), value("{{ 办结日期 }}"))),
            opinion("核查人员", height=800),
            opinion("承办负责人"),
        ),
    ),
    note("本表在办公室内部使用，不载举报人的任何信息，不交被核查单位阅看，也不向其说明事项的来源。"),
)  # fmt: skip

# --- 准入审查表 -------------------------------------------------------------------------------------

REASONS = (
    ("序号", 540, "表文", "{{ 理由.序 }}"),
    ("情形", 3104, "表文左", "{{ 理由.情形 }}"),
    ("依据", 2300, "表文左", "{{ 理由.依据 }}"),
    ("处理", 1000, "表文", "{{ 理由.处理 }}"),
    ("怎样消除", 1900, "表文左", "{{ 理由.办法 }}"),
)
ADMISSION = (
    title("{{ 镇 }}企业准入审查表"),
    number(),
    grid(
        QUARTERS,
        (
            (label("申请事项"), value("{{ 方式 }}", 3)),
            (label("名称"), value("{{ 名称 }}"), label("信用代码"), value("{{ 信用代码 }}")),
            (label("经营者"), value("{{ 经营者 }}"), label("电话"), value("{{ 电话 }}")),
            (label("村"), value("{{ 村 }}"), label("地址"), value("{{ 地址 }}")),
            (label("厂房"), value("{{ 厂房 }}"), label("申请日期"), value("{{ 申请日期 }}")),
            (label("行业"), value("{{ 行业 }}"), label("产品与工艺"), value("{{ 产品 }}")),
            (label("已交材料"), value("{{ 材料 }}"), label("缺少材料"), value("{{ 缺少 }}")),
            tagged("if 核实"),
            (label("核实"), value("{{ 核实 }}", 3)),
            tagged("endif"),
        ),
    ),
    note("按准入“红线”和各条规则审查（方案五、工作内容第1项）：{% if 建议 %}建议{{ 建议 }}。{% endif %}"),
    table("理由 in 各理由", REASONS),
    note(""),
    grid(
        QUARTERS,
        (
            (label("结论"), value("{{ 结论框 }}", 3)),
            Tall(700, (label("结论与建议\n不同的理由"), value("{{ 决定理由 }}", 3))),
            opinion("审查人", "{{ 审查人 }}", height=800),
            opinion("分管领导", "{{ 批准 }}"),
            (label("审查日期"), value("{{ 审查日期 }}", 3)),
        ),
    ),
    note("不予准入的，告知供电、供水等单位不予接通。"),
)  # fmt: skip

# --- 一企一档 --------------------------------------------------------------------------------------

CONTENTS = (
    ("序号", 600, "表文", "{{ 条.序号 }}"),
    ("日期", 1300, "表文", "{{ 条.日期 }}"),
    ("类型", 1100, "表文", "{{ 条.类型 }}"),
    ("内容", 5144, "表文左", "{{ 条.摘要 }}"),
    ("照片", 700, "表文", "{{ 条.照片 }}"),
)
STATUS = (
    ("标准项、问题", 4044, "表文左", "{{ 项.项 }}"),
    ("情况", 1600, "表文", "{{ 项.情况 }}"),
    ("日期", 1900, "表文", "{{ 项.日期 }}"),
    ("凭", 1300, "表文", "{{ 项.凭 }}"),
)
ASSIGNED = (
    ("角色", 1800, "表文", "{{ 人.角色 }}"),
    ("姓名", 1700, "表文", "{{ 人.姓名 }}"),
    ("部门", 2244, "表文", "{{ 人.部门 }}"),
    ("自", 1550, "表文", "{{ 人.自 }}"),
    ("至", 1550, "表文", "{{ 人.至 }}"),
)
ISSUED = (
    ("文号", 1900, "表文", "{{ 件.文号 }}"),
    ("名称", 1900, "表文", "{{ 件.名称 }}"),
    ("作出机关", 1744, "表文", "{{ 件.机关 }}"),
    ("日期", 1200, "表文", "{{ 件.日期 }}"),
    ("送达", 1350, "表文", "{{ 件.送达 }}"),
    ("记录", 750, "表文", "{{ 件.凭 }}"),
)
SITES = (
    ("厂房", 1000, "表文", "{{ 处.编号 }}"),
    ("坐落", 2744, "表文左", "{{ 处.坐落 }}"),
    ("用途", 900, "表文", "{{ 处.用途 }}"),
    ("房东", 2200, "表文左", "{{ 处.房东 }}"),
    ("本企业承租", 2000, "表文", "{{ 处.承租 }}"),
)
GUARANTEES = (
    ("编号", 1400, "表文", "{{ 份.编号 }}"),
    ("厂房", 1000, "表文", "{{ 份.厂房 }}"),
    ("类型", 2044, "表文左", "{{ 份.类型 }}"),
    ("签订人", 1100, "表文", "{{ 份.签订人 }}"),
    ("签订", 1200, "表文", "{{ 份.签订 }}"),
    ("有效期至", 1200, "表文", "{{ 份.至 }}"),
    ("现状", 900, "表文", "{{ 份.现状 }}"),
)
REVISITS = (
    ("回头看", 2444, "表文", "{{ 次.次 }}"),
    ("应于此日以前", 1800, "表文", "{{ 次.应查 }}"),
    ("做的日期", 1800, "表文", "{{ 次.完成 }}"),
    ("记录", 1400, "表文", "{{ 次.凭 }}"),
    ("逾期", 1400, "表文", "{{ 次.逾期 }}"),
)


def listed(
    name: str, loop: str, columns: Sequence[tuple[str, int, str, str]], nothing: str
) -> tuple[str, ...]:
    """A list, or the sentence that there is nothing."""
    return when(name, [table(loop, columns)], [note(nothing)])


DOSSIER = (
    *when("标识", [paragraph("标识行", "{{ 标识 }}")]),
    title("一 企 一 档"),
    paragraph("编号行", "{{ 镇 }}“散乱污”企业整治台账　编号：{{ 编号 or '________' }}"),
    grid(
        QUARTERS,
        (
            (label("企业名称"), value("{{ 企业 }}{% if 曾用名 %}（曾用名：{{ 曾用名 }}）{% endif %}", 3)),
            tagged("for 行 in 基本"),
            (label("{{ 行.左 }}"), value("{{ 行.左值 }}"), label("{{ 行.右 }}"), value("{{ 行.右值 }}")),
            tagged("endfor"),
        ),
        least=420,
    ),
    head("一、整治状态"),
    paragraph("说明文", "{{ 整治 or '________' }}{% if 整治 %}（截至{{ 日期 }}）。{% endif %}"),
    *when("各项", [table("项 in 各项", STATUS)]),
    *when("各线索", [note("有关的举报、交办：{{ 各线索|join('、') }}。")]),
    head("二、包保责任人"),
    *listed("各包保", "人 in 各包保", ASSIGNED, "没有登记包保责任人。"),
    head("三、记录目录{% if 编号 %}（共{{ 目录|length }}条）{% endif %}"),
    *listed("目录", "条 in 目录", CONTENTS, "没有记录。"),
    head("四、文书与送达"),
    *listed("各文书", "件 in 各文书", ISSUED, "没有发过文书。"),
    head("五、厂房与保证书"),
    *listed("各厂房", "处 in 各厂房", SITES, "没有登记厂房。"),
    note(""),
    *listed("各保证书", "份 in 各保证书", GUARANTEES, "没有保证书。"),
    head("六、回头看"),
    *listed("各回头看", "次 in 各回头看", REVISITS, "没有销号，不需要回头看；或者还没有到期的。"),
    head("七、整治经过"),
    *when(
        "经过",
        [
            *each(
                "条 in 经过",
                paragraph("经过文", "{{ 条.序号 }}．{{ 条.日期 }}　{{ 条.文 }}{{ 条.标记 }}"),
            )
        ],
        [note("没有记录。")],
    ),
    head("八、现场照片{% if 编号 %}（共{{ 各照片|length }}张）{% endif %}"),
    *when(
        "各照片",
        [
            *each(
                "照 in 各照片",
                *when(
                    "照.缺",
                    [paragraph("照片缺", "{{ 照.缺 }}")],
                    [paragraph("图片", "{{ 照.图 }}")],
                ),
                paragraph("图题", "{{ 照.说明 }}"),
            )
        ],
        [note("{% if 编号 %}没有照片。{% else %}照片贴在下面，注明日期和第几条记录。{% endif %}")],
    ),
    *when(
        "编号",
        [
            paragraph(
                "版本行", "本档依据台账版本 {{ 版本 }} 于{{ 日期 }}生成，程序版本 {{ 程序 }}。"
            )
        ],
    ),
)  # fmt: skip

# --- 考核通报 --------------------------------------------------------------------------------------

RANKS = (
    ("名次", 1500, "表文", "{{ 行.名次 }}"),
    ("村", 1900, "表文", "{{ 行.村 }}"),
    ("得分", 1200, "表文", "{{ 行.得分 }}"),
    ("等次", 1200, "表文", "{{ 行.等次 }}"),
    ("一票否决", 3044, "表文左", "{{ 行.否决 }}"),
)
DEDUCTIONS = (
    ("村", 1400, "表文", "{{ 行.村 }}"),
    ("项目", 1900, "表文左", "{{ 行.项目 }}"),
    ("加减分", 900, "表文", "{{ 行.得分 }}"),
    ("事项", 4644, "表文左", "{{ 行.事项 }}"),
)
ANNOUNCEMENT = (
    paragraph("公文标题", "关于{{ 期间 }}“散乱污”企业整治\n村级考核结果的通报{{ 更正 }}"),
    paragraph("文号行", "{{ 文号 }}"),
    paragraph("主送", "各村党支部、村民委员会："),
    text(
        "按照《{{ 镇 }}“散乱污”企业整治工作方案》六、工作措施第4项和本镇考核办法，对{{ 期间 }}各村"
        "“散乱污”企业整治长效管理工作进行了考核。结果经{{ 批准日期 }}批准，现予通报。",
        "{% if 更正原因 %}本次通报更正此前公布的结果，原因：{{ 更正原因 }}。{% endif %}",
    ),
    text(
        "参评{{ 参评 }}个村{% if 各等次 %}，其中{{ 各等次|join('、') }}{% endif %}。",
        "{% if 不参评 %}{{ 不参评|join('、') }}没有整治对象，不参评。{% endif %}",
        "{% if 最高 %}得分最高的是{{ 最高 }}，最低的是{{ 最低 }}。{% endif %}",
        "各村得分见附件1，加减分的事项见附件2。",
    ),
    paragraph(
        "公文正文",
        "请各村对照加减分的事项，查漏补缺，抓好整改，防止“散乱污”企业反弹回潮。",
        "<w:keepNext/>",
    ),
    paragraph("附件说明首项", "附件：1.各村得分和名次"),
    paragraph("附件说明", "2.加减分的事项"),
    paragraph("公文署名", "{{ 机关 }}"),
    paragraph("公文成文日期", "{{ 日期 }}"),
    paragraph("附件序号", "附件1", "<w:pageBreakBefore/>"),
    paragraph("附件标题", "各村得分和名次"),
    table("行 in 各村", RANKS),
    paragraph("附件序号", "附件2", "<w:pageBreakBefore/>"),
    paragraph("附件标题", "加减分的事项"),
    *when(
        "各事项",
        [table("行 in 各事项", DEDUCTIONS)],
        [paragraph("说明文", "各村没有加减分的事项。")],
    ),
    *when(
        "附注",
        [
            paragraph("说明标题", "附注"),
            *each("项 in 附注", paragraph("说明文", "{{ 项 }}")),
        ],
    ),
)

RECORDS: dict[str, Sequence[str]] = {
    "巡查记录": PATROL,
    "夜查记录": NIGHT,
    "验收销号表": CLOSING,
    "举报核查表": COMPLAINT,
    "准入审查表": ADMISSION,
    "一企一档": DOSSIER,
    "考核通报": ANNOUNCEMENT,
}
"""Every record: its template's name and its contents."""
OFFICIAL = {"考核通报"}
"""Those that are official letters, with the margins of GB/T 9704."""
