"""What the ledger holds, as frozen records. Each attribute's row says its YAML key and meaning.

Source: the town's plan (方案), sections 三 and 五; the files as in the contract's section 1.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from swm.domain.fields import (
    CLOCK,
    CROWD,
    DATE,
    MOMENT,
    NAME,
    NEW_VALUE,
    NUMBER,
    PARTY,
    PERSON,
    TEXT,
    YES,
    BadValue,
    ListOf,
    Many,
    MapOf,
    One,
    choice,
    key,
)
from swm.domain.kinds import ENTERPRISE, PREMISES
from swm.domain.settings import LEVEL
from swm.domain.tree import Map
from swm.frozen import declared

SOURCES = ("历史清单", "巡查发现", "群众举报", "上级交办", "村级上报")
VISIT_KINDS = ("日常", "夜查", "核查", "复查", "回头看", "验收", "村级排查")
RESULTS = (
    "在产",
    "停产",
    "有生产迹象",
    "设备回迁",
    "已清空",
    "人去厂空",
    "改作他用",
    "无法进入",
)
PRODUCING = frozenset({"在产", "有生产迹象"})
SERVICE_METHODS = ("直接", "留置", "邮寄", "委托", "公告")
TRAITS = ("散", "乱", "污")
LICENCES = ("有照", "无照", "无证无照")
ALTERATIONS = ("变更登记", "实际换人", "笔误")
USES = ("出租", "转租", "空置待租", "自用", "闲置")
LOCKED_OUT = "无法进入"
"""The result of a visit that got no further than the gate."""
LOCAL, OFFICIAL = "属地巡查", "行政检查"
"""What a visit is: the town's own going round, or an inspection by a lawful body."""
NATURES = (LOCAL, OFFICIAL)
NOTICE, CLEARED, REPORTED, TAKEN_BACK = "停租告知", "清退", "报送", "撤销"
CLEARING_STEPS = (NOTICE, CLEARED, REPORTED, TAKEN_BACK)
OWNER_KINDS = ("房东", "二手房东", "村集体")
ADMISSION_KINDS = ("入驻", "出租", "接电", "接水", "执照")
ROLES = ("镇包保领导", "包保部门", "村责任人", "网格员", "派出所", "供电")
DAY_UNITS = ("自然日", "工作日")

SOURCE = choice("来源", *SOURCES)
VISIT_KIND = choice("巡查方式", *VISIT_KINDS)
RESULT = choice("现场结果", *RESULTS)
NATURE = choice("到访性质", *NATURES)
SERVICE_METHOD = choice("送达方式", *SERVICE_METHODS)
TRAIT = choice("特征", *TRAITS)
LICENCE = choice("证照情况", *LICENCES)
ALTERATION = choice("变更性质", *ALTERATIONS)
USE = choice("用途", *USES)
CLEARING_STEP = choice("清退步骤", *CLEARING_STEPS)
DAY_UNIT = choice("日数单位", *DAY_UNITS)


@declared
class Approval:
    """Who approved an act, when, by what paper."""

    person: str = key("人", PERSON, "批准人", required=True)
    on: date | None = key("日期", DATE, "批准日期")
    basis: str | None = key("依据", TEXT, "批准的依据，如签批单、会议纪要")
    original: str | None = key("原件", NAME, "原件的 SHA-256")


@declared
class Paper:
    """The document by which an act reaches the enterprise."""

    name: str = key("名称", NAME, "文书名称", required=True)
    number: str | None = key("文号", NAME, "文书的文号")
    issuer: str | None = key("作出机关", NAME, "作出文书的机关")
    dated: date | None = key("落款日期", DATE, "文书的日期，区级批复必填")
    nature: str | None = key("性质", choice("文书性质", "告知", "责令"), "无权责令的一律为告知")
    served_on: date | None = key("送达日期", DATE, "送达的日期")
    served_by: str | None = key("送达方式", SERVICE_METHOD, "送达的方式")


@declared
class Term:
    """A deadline given in days: it counts from the day after service."""

    days: int = key("日数", NUMBER, "期限的日数", required=True)
    unit: str = key("单位", DAY_UNIT, "自然日或工作日", required=True, default="自然日")
    roll: bool = key("顺延", YES, "最后一日遇休息日是否顺延", required=True, default=False)


@declared
class Record:
    """One entry of an enterprise's file; append-only, its number is never reused."""

    PINNED: ClassVar[frozenset[str]] = frozenset()
    """Keys of its own that a correction may not touch, besides those of every record."""

    number: int = key("序号", NUMBER, "在本企业内的序号，不重复使用", required=True)
    type: str = key("类型", NAME, "记录的类型", required=True)
    on: date = key("日期", DATE, "事情发生的日期", required=True)
    entered: date | None = key("录入", DATE, "录入日期，与“日期”相同时不写")
    by: tuple[str, ...] = key("经办", ListOf(PERSON), "经办人")

    @property
    def entered_on(self) -> date:
        """The day it was recorded."""
        return self.entered or self.on


@declared
class Registration(Record):
    """登记: the enterprise enters the ledger."""

    source: str = key("来源", SOURCE, "线索来源", required=True, default="巡查发现")
    category: str | None = key("类别", NAME, "整治类别；没有类别的先作待核查")
    found_on: date | None = key("发现日期", DATE, "现场发现的日期")
    complaint: str | None = key("举报编号", NAME, "据以登记的举报、交办")
    reborn_of: str | None = key("原址再生", NAME, "原址上先前已清理的企业的编号")
    moved_from: str | None = key("异地转移", NAME, "同一经营者先前在别处的企业的编号")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Opening(Record):
    """期初: the state that an old list gives; exempt from guards, shown as 期初."""

    category: str = key("类别", NAME, "清单所载整治类别", required=True)
    state: str = key("状态", NAME, "清单所载状态", required=True)
    deadline: date | None = key("期限", DATE, "清单所载期限")
    delisted_on: date | None = key("销号日期", DATE, "清单所载销号日期")
    list_hash: str | None = key("清单", NAME, "来源文件的 SHA-256")
    row: int | None = key("行", NUMBER, "在来源文件中的行号")
    approval: Approval | None = key("批准", One(Approval), "基准日以后补记期初的批准")
    reason: str | None = key("原因", TEXT, "基准日以后补记期初的原因")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Visit(Record):
    """巡查: what people found at the place; also 核查、复查、回头看、验收、夜查."""

    kind: str = key("方式", VISIT_KIND, "巡查方式", required=True)
    time: str | None = key("时间", CLOCK, "到场时刻")
    people: tuple[str, ...] = key("人员", ListOf(PERSON), "到场人员，不含带班领导")
    leader: str | None = key("带班领导", PERSON, "夜查的带班领导")
    nature: str | None = key("性质", NATURE, "属地巡查不写；行政检查的写明")
    agency: str | None = key("检查机关", NAME, "行政检查的机关全称")
    licences: dict[str, str] = key("执法证号", MapOf(NAME, PERSON), "行政检查人员的执法证号")
    warrant: Approval | None = key("检查批准", One(Approval), "行政检查之前的批准")
    result: str = key("结果", RESULT, "现场结果", required=True)
    outside: bool | None = key("外围查看", YES, "没有进门，只从外面查看")
    found: str | None = key("发现", TEXT, "发现的情况")
    problems: tuple[str, ...] = key("问题", ListOf(TEXT), "发现或仍未整改的问题")
    solved: tuple[str, ...] = key("已改", ListOf(TEXT), "已经整改的问题")
    done: tuple[str, ...] = key("已完成", ListOf(NAME), "查实已完成的标准项")
    measures: dict[str, str] = key("措施", MapOf(TEXT), "完成标准项所用的措施")
    not_applicable: dict[str, str] = key("不涉及", MapOf(TEXT), "不涉及的标准项及理由")
    undone: tuple[str, ...] = key("未完成", ListOf(NAME), "未完成或失去完成的标准项")
    verdict: str | None = key("结论", choice("结论", "通过", "不通过"), "验收、复查的结论")
    again_on: date | None = key("再次验收", DATE, "未通过时定下的下次验收日期（不是延期）")
    police_at: datetime | None = key("通知派出所", MOMENT, "通知派出所的时间")
    police_came: datetime | None = key("派出所到场", MOMENT, "派出所人员到场的时间")
    reported_at: datetime | None = key("报告主要领导", MOMENT, "报告主要领导的时间")
    officers_came: datetime | None = key("执法人员到场", MOMENT, "有权机关执法人员到场的时间")
    kept_order: str | None = key("现场劝止", TEXT, "执法人员到场之前的劝止和秩序维护情况")
    patrol: str | None = key("巡查编号", NAME, "所属的巡查")
    photos: tuple[str, ...] = key("照片", ListOf(NAME), "照片的 SHA-256")
    note: str | None = key("备注", TEXT, "备注")

    @property
    def team(self) -> tuple[str, ...]:
        """Everybody who was there, the leader first, each once."""
        everybody = ((self.leader,) if self.leader else ()) + self.people
        return tuple(dict.fromkeys(everybody))

    @property
    def producing(self) -> bool:
        """Whether production, or signs of it, was found."""
        return self.result in PRODUCING

    @property
    def official(self) -> bool:
        """Whether it was an inspection by a lawful body."""
        return self.nature == OFFICIAL

    @property
    def from_outside(self) -> bool:
        """外围查看: nobody got in, by the result or as the team says."""
        return bool(self.outside) or self.result == LOCKED_OUT


@declared
class Act(Record):
    """动作: a step of the workflow, with what its guards relied on."""

    action: str = key("动作", NAME, "动作的名称", required=True)
    time: str | None = key("时间", CLOCK, "时刻，依法强制执行必填")
    before: str = key("由", NAME, "动作之前的状态", required=True)
    after: str = key("至", NAME, "动作之后的状态", required=True)
    category: str | None = key("类别", NAME, "动作之后的整治类别，有变化时写")
    deadline: date | None = key("期限", DATE, "定下的期限")
    term: Term | None = key("期限日数", One(Term), "以日数定的期限，自送达次日起算")
    criteria: tuple[str, ...] = key("取缔情形", ListOf(NAME), "符合的取缔情形")
    reason: str | None = key("事由", TEXT, "原因或事由")
    related: str | None = key("关联", NAME, "并入、重复的另一企业编号")
    departments: tuple[str, ...] = key("部门", ListOf(NAME), "参加的部门")
    lead: str | None = key("牵头", NAME, "牵头的部门")
    leader: str | None = key("带队", PERSON, "带队的领导")
    until: str | None = key("结束", CLOCK, "结束的时刻")
    people: dict[str, str] = key("人员", MapOf(CROWD), "各部门到场的人员，姓名或人数")
    head_count: int | None = key("人数", NUMBER, "出动的总人数")
    nature: str | None = key("执法性质", NAME, "督促自行清理、协助清理、依法强制执行等")
    outcome: str | None = key("结果", NAME, "完成、部分完成、中止、改期等")
    again_on: date | None = key("改期至", DATE, "中止或改期后定下的日期")
    done: tuple[str, ...] = key("已完成", ListOf(NAME), "联合执法中完成的标准项")
    measures: dict[str, str] = key("措施", MapOf(TEXT), "完成标准项所用的措施")
    done_by: dict[str, str] = key("实施", MapOf(TEXT), "各标准项由谁实施")
    not_applicable: dict[str, str] = key("不涉及", MapOf(TEXT), "不涉及的标准项及理由")
    undone: tuple[str, ...] = key("未完成", ListOf(NAME), "未完成或被退回的标准项")
    problems: tuple[str, ...] = key("问题", ListOf(TEXT), "区级验收退回的问题")
    demanded_on: date | None = key("催告送达", DATE, "催告书送达日期（行政强制法第三十五条）")
    announced_on: date | None = key("拆除公告", DATE, "限期拆除公告的日期（行政强制法第四十四条）")
    remedies_over: date | None = key("救济届满", DATE, "复议、诉讼期限届满的日期")
    emergency: bool | None = key("紧急", YES, "是否紧急情况")
    method: str | None = key("完成方式", TEXT, "销号的完成方式")
    moved_to: str | None = key("迁往", TEXT, "搬迁去向")
    level: str | None = key("层级", LEVEL, "由区级验收销号的写“区”")
    clause: str | None = key("依据", TEXT, "依据的条款")
    relied: tuple[int, ...] = key("凭", ListOf(NUMBER), "各项前提所凭的记录")
    approval: Approval | None = key("批准", One(Approval), "批准；应有而没有的为待补批")
    paper: Paper | None = key("文书", One(Paper), "所发的文书")
    withdrawn_papers: tuple[int, ...] = key("撤回文书", ListOf(NUMBER), "随之撤回的文书所在记录")
    note: str | None = key("备注", TEXT, "备注，联合执法写领导小组决定")


@declared
class Service(Record):
    """送达: the paper of an earlier record reached the enterprise."""

    of: int = key("送达记录", NUMBER, "文书所在记录的序号", required=True)
    method: str = key("送达方式", SERVICE_METHOD, "送达的方式", required=True)
    witness: tuple[str, ...] = key("见证人", ListOf(PERSON), "见证人")
    refusal: str | None = key("拒签", TEXT, "留置送达：拒绝签收的情况")
    tracking: str | None = key("邮件号", NAME, "邮寄送达：挂号信、快递的单号")
    sent_on: date | None = key("寄出日期", DATE, "邮寄送达：寄出的日期")
    agent: str | None = key("受托人", PARTY, "委托送达：受委托的单位或个人")
    announced_on: date | None = key("公告日期", DATE, "公告送达：发布公告的日期")
    why: str | None = key("公告理由", TEXT, "公告送达：其他方式无法送达的情况")
    deadline: date | None = key("期限", DATE, "自送达次日起算所得的期限")
    scan: str | None = key("原件", NAME, "送达回证的 SHA-256")
    pages: int | None = key("原件页数", NUMBER, "原件的页数")
    place: str | None = key("原件存放", TEXT, "纸件存放的地方")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Disposal(Record):
    """处置: what was done on the spot about unlawful production."""

    of: int | None = key("处置记录", NUMBER, "所处置的巡查记录")
    measure: str = key("处置", TEXT, "采取的处置", required=True)
    deadline: date | None = key("期限", DATE, "处置完成的期限")
    done_on: date | None = key("完成日期", DATE, "处置完成的日期")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Transfer(Record):
    """移送: handed to another authority, and its answer."""

    to: str = key("移送机关", NAME, "接受移送的机关", required=True)
    matter: str = key("事项", TEXT, "移送的事项", required=True)
    letter: str | None = key("函号", NAME, "移送函文号")
    received_on: date | None = key("签收日期", DATE, "对方签收的日期")
    answered_on: date | None = key("反馈日期", DATE, "对方反馈的日期")
    answer: str | None = key("反馈", TEXT, "反馈的内容")
    note: str | None = key("备注", TEXT, "备注")


@declared
class DisposalDone(Record):
    """处置完成: what was ordered on the spot has been done."""

    of: int = key("处置记录", NUMBER, "所完成的处置记录", required=True)
    note: str | None = key("备注", TEXT, "备注")


@declared
class Reply(Record):
    """移送反馈: the other authority signed for the transfer, or answered it."""

    of: int = key("移送记录", NUMBER, "所反馈的移送记录", required=True)
    received_on: date | None = key("签收日期", DATE, "对方签收的日期")
    answer: str | None = key("反馈", TEXT, "反馈的内容；只签收的不写")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Alteration(Record):
    """变更: name, operator or address changed; old values are kept and searched."""

    item: str = key("项目", NAME, "变更的字段", required=True)
    old: str | None = key("原值", TEXT, "变更之前的值")
    new: str | None = key("新值", TEXT, "变更之后的值")
    nature: str = key("性质", ALTERATION, "变更的性质", required=True, default="变更登记")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Lead(Record):
    """线索: a complaint, or a matter handed down, that is about this enterprise (方案五2)."""

    complaint: str = key("举报编号", NAME, "举报、交办的编号", required=True)


@declared
class Correction(Record):
    """更正: names the record it mends; the mended one stays as it was written."""

    of: int = key("更正记录", NUMBER, "所更正记录的序号", required=True)
    values: dict[str, str] = key("改为", MapOf(NEW_VALUE), "更正后的字段值；空值表示删去")
    reason: str = key("原因", TEXT, "更正的原因", required=True)
    approval: Approval | None = key("批准", One(Approval), "批准；没有的为待补批")


@declared
class Withdrawal(Record):
    """撤销: names the records it withdraws; they stay in the file and no longer count."""

    of: tuple[int, ...] = key("撤销记录", ListOf(NUMBER), "所撤销记录的序号", required=True)
    reason: str | None = key("原因", TEXT, "撤销的原因")
    approval: Approval | None = key("批准", One(Approval), "批准；没有的为待补批")


RECORD_TYPES: dict[str, type[Record]] = {
    "登记": Registration,
    "期初": Opening,
    "巡查": Visit,
    "动作": Act,
    "送达": Service,
    "处置": Disposal,
    "处置完成": DisposalDone,
    "移送": Transfer,
    "移送反馈": Reply,
    "变更": Alteration,
    "线索": Lead,
    "更正": Correction,
    "撤销": Withdrawal,
}


def record_type(node: Map) -> type[Record]:
    """The record's class by its 类型. Raises `BadValue` when there is none."""
    named = str(node.get("类型") or "")
    if named not in RECORD_TYPES:
        raise BadValue(f"记录的类型“{named}”不认识", "可用类型：" + "、".join(RECORD_TYPES))
    return RECORD_TYPES[named]


@declared
class Assignment:
    """包保: who answers for the enterprise, from when to when (方案五2)."""

    role: str = key("角色", NAME, "包保角色", required=True)
    person: str = key("姓名", PERSON, "责任人", required=True)
    department: str | None = key("部门", NAME, "所在部门")
    since: date | None = key("自", DATE, "开始日期")
    until: date | None = key("至", DATE, "结束日期（当日仍在任）")


@declared
class Remediation:
    """整治: what the records add up to. The fold is the truth; this is its printed copy."""

    round: int = key("轮次", NUMBER, "第几轮整治", required=True, default=1)
    category: str | None = key("类别", NAME, "整治类别")
    former_category: str | None = key("原类别", NAME, "转取缔或调整之前的类别")
    state: str = key("状态", NAME, "整治状态", required=True)
    deadline: date | None = key("期限", DATE, "现行期限")


@declared
class Enterprise:
    """一企一档: one enterprise, its profile, and everything that was recorded about it."""

    id: str = key("编号", NAME, "企业编号，不变、不重复使用", required=True)
    name: str = key("名称", NAME, "企业名称或招牌", required=True)
    licence: str | None = key("证照情况", LICENCE, "无证无照也是合法的取值")
    uscc: str | None = key("统一社会信用代码", NAME, "18 位；存疑的照录并提醒")
    operator: str | None = key("经营者", PERSON, "经营者姓名")
    phone: str | None = key("电话", NAME, "联系电话")
    village: str = key("村", NAME, "所在村", required=True)
    grid: str | None = key("网格", NAME, "所在网格")
    address: str | None = key("地址", NAME, "详细地址")
    position: str | None = key("坐标", NAME, "经度,纬度")
    premises: str | None = key("厂房", NAME, "所在厂房的编号")
    industry: str | None = key("行业", NAME, "行业代码和名称（GB/T 4754）")
    product: str | None = key("产品与工艺", TEXT, "主要产品和工艺")
    meter: str | None = key("用电户号", NAME, "用电户号")
    shared_supply: tuple[str, ...] = key(
        "与居民合用", ListOf(choice("合用", "水", "电")), "与居民生活合用的水、电，不得切断"
    )
    traits: tuple[str, ...] = key("特征", ListOf(TRAIT), "散、乱、污")
    source: str | None = key("来源", SOURCE, "线索来源")
    note: str | None = key("备注", TEXT, "备注")
    assignments: tuple[Assignment, ...] = key("包保", Many(Assignment), "包保责任人")
    remediation: Remediation = key("整治", One(Remediation), "各条记录的结果", required=True)
    records: tuple[Record, ...] = key("记录", Many(Record, record_type), "只增不改", required=True)

    @property
    def path(self) -> str:
        """Where its file lies in the ledger; the path never changes."""
        return enterprise_path(self.id)

    @property
    def next_number(self) -> int:
        """The number the next record takes."""
        return max((r.number for r in self.records), default=0) + 1

    @property
    def former_names(self) -> tuple[str, ...]:
        """Names it went by earlier."""
        past = (r.old for r in self.records if isinstance(r, Alteration) and r.item == "名称")
        return tuple(name for name in past if name)


@declared
class Owner:
    """权属人: who lets the premises: 房东, or 二手房东 who sublets."""

    name: str = key("姓名", PARTY, "房东姓名或单位", required=True)
    kind: str = key("身份", choice("房东身份", *OWNER_KINDS), "房东身份", default="房东")
    phone: str | None = key("电话", NAME, "联系电话")
    lessor: str | None = key("出租方", PARTY, "二手房东从谁处承租；不写就是房东")
    since: date | None = key("自", DATE, "开始日期")
    until: date | None = key("至", DATE, "结束日期")


@declared
class Tenant:
    """承租: who uses the premises, an enterprise of the ledger or another by name."""

    name: str = key("名称", NAME, "承租人，企业编号或名称", required=True)
    since: date | None = key("自", DATE, "开始日期")
    until: date | None = key("至", DATE, "结束日期")


@declared
class Letter:
    """保证书: what the landlord promised in writing (方案五1)."""

    number: str = key("编号", NAME, "保证书编号", required=True)
    kind: str = key("类型", NAME, "保证书类型", required=True, default="厂房出租保证书")
    landlord: str = key("签订人", PARTY, "签订的房东", required=True)
    tenant: str | None = key("承租人", NAME, "签订时约定的承租人；他入驻不使保证书存疑")
    on: date = key("签订日期", DATE, "签订日期", required=True)
    until: date | None = key("有效期至", DATE, "最后有效的一日；空为长期")
    witness: tuple[str, ...] = key("见证人", ListOf(PERSON), "见证人")
    scan: str | None = key("原件", NAME, "原件的 SHA-256")
    pages: int | None = key("原件页数", NUMBER, "原件的页数")
    place: str | None = key("原件存放", TEXT, "纸件存放的地方")
    verified: bool | None = key("已核验", YES, "签订人的身份是否已核验；不记证件号码")
    entered: date | None = key("录入", DATE, "录入日期，与签订日期相同时不写")
    voided_on: date | None = key("作废日期", DATE, "作废的日期")
    void_reason: str | None = key("作废原因", TEXT, "作废的原因")


@declared
class Clearing:
    """清退: one step of clearing a 散乱污 tenant out of premises (方案五1); append-only."""

    number: int = key("序号", NUMBER, "在本厂房清退记录内的序号，不重复使用", required=True)
    step: str = key("步骤", CLEARING_STEP, "停租告知、清退、报送、撤销", required=True)
    on: date = key("日期", DATE, "办理的日期", required=True)
    entered: date | None = key("录入", DATE, "录入日期，与“日期”相同时不写")
    tenant: str | None = key("承租人", NAME, "要清退的企业的编号")
    told: str | None = key("对象", PARTY, "告知的房东，或者报送的单位")
    document: str | None = key("文号", NAME, "告知书、报送件的文号")
    of: int | None = key("撤销记录", NUMBER, "所撤销的一条的序号")
    by: tuple[str, ...] = key("经办", ListOf(PERSON), "经办人")
    note: str | None = key("备注", TEXT, "备注；撤销的写原因")


@declared
class Premises:
    """厂房: a place that can be let, its owners and tenants over time, its letters."""

    id: str = key("编号", NAME, "厂房编号", required=True)
    village: str = key("村", NAME, "所在村", required=True)
    address: str = key("地址", NAME, "坐落", required=True)
    position: str | None = key("坐标", NAME, "经度,纬度")
    area: str | None = key("面积", NAME, "面积，平方米")
    use: str = key("用途", USE, "用途", required=True, default="出租")
    meter: str | None = key("用电户号", NAME, "用电户号")
    registered: date = key("登记日期", DATE, "登记日期", required=True)
    note: str | None = key("备注", TEXT, "备注")
    owners: tuple[Owner, ...] = key("房东", Many(Owner), "历任房东", required=True)
    tenants: tuple[Tenant, ...] = key("承租", Many(Tenant), "历任承租人")
    letters: tuple[Letter, ...] = key("保证书", Many(Letter), "保证书")
    clearings: tuple[Clearing, ...] = key("清退", Many(Clearing), "停租告知、清退、报送，只增不改")

    @property
    def path(self) -> str:
        """Where its file lies in the ledger."""
        return premises_path(self.id)


def enterprise_path(id: str) -> str:
    """企业/BK-00/BK-0001.yaml: a folder a hundred, so that a commit writes a small tree."""
    return ENTERPRISE.path(id)


def premises_path(id: str) -> str:
    """厂房/CF-00/CF-0001.yaml."""
    return PREMISES.path(id)
