"""What a standard table may be made of: its rows, and the data that each row can show.

The executable half of 制度/表格.yaml's vocabulary. A datum says under which name a clerk writes it,
what sort of thing it is, and who may see it; `reports.tablerows` fetches it under its key.
"""

from __future__ import annotations

from typing import NamedTuple

TEXT, CODE, DAY, NUMBER, SHARE = "文字", "编码", "日期", "数", "比率"
PERSON, PHONE, FREE = "人名", "电话", "说明文字"
"""Sorts of data. A 编码 looks like a number and is none; 人名, 电话 and 说明文字 are veiled."""
EVERYTHING = "全部"
"""The pick that leaves nothing out."""


class Datum(NamedTuple):
    """One thing that a row can show."""

    name: str
    key: str
    sort: str = TEXT
    public: bool = False
    """Whether 公示 may show it: firm, village, measure, result, and no more."""
    inside: bool = False
    """Whether it stays in the office: where a complaint came from, and whom it is about."""


class Source(NamedTuple):
    """What one row of a table is."""

    name: str
    unit: str
    data: tuple[Datum, ...]
    picks: tuple[str, ...]
    """Which rows: 全部, or a figure, whose records the rows then are."""

    def datum(self, name: str) -> Datum | None:
        """The datum of that name."""
        return next((each for each in self.data if each.name == name), None)


ROW = Datum("序号", "row", NUMBER, public=True)
FIRM = Datum("名称", "name", public=True)
VILLAGE = Datum("村", "village", public=True)
CATEGORY = Datum("类别", "category", public=True)
STATE = Datum("状态", "state", public=True)
OPENING = Datum("期初", "opening")
EACH_CATEGORY = "各类别"
"""Of a village: three columns for every category, 应完成, 已完成, 完成率."""

_ENTERPRISE = (
    ROW,
    Datum("编号", "id", CODE),
    FIRM,
    Datum("曾用名", "former_names"),
    Datum("证照情况", "licence"),
    Datum("统一社会信用代码", "uscc", CODE),
    Datum("经营者", "operator", PERSON),
    Datum("电话", "phone", PHONE),
    VILLAGE,
    Datum("网格", "grid"),
    Datum("地址", "address", FREE),
    Datum("坐标", "position", CODE),
    Datum("厂房", "premises", CODE),
    Datum("行业", "industry"),
    Datum("产品与工艺", "product", FREE),
    Datum("特征", "traits"),
    Datum("用电户号", "meter", CODE),
    Datum("来源", "source"),
    Datum("包保责任人", "wardens", PERSON),
    Datum("包保部门", "departments"),
    Datum("镇包保领导", "镇包保领导", PERSON),
    Datum("村责任人", "村责任人", PERSON),
    Datum("网格员", "网格员", PERSON),
    CATEGORY,
    Datum("原类别", "former_category"),
    STATE,
    Datum("轮次", "round", NUMBER),
    Datum("列入日期", "listed_on", DAY),
    Datum("期限", "deadline", DAY),
    Datum("超期天数", "days_late", NUMBER),
    Datum("延期次数", "extensions", NUMBER),
    Datum("文书", "paper"),
    Datum("文号", "paper_number", CODE),
    Datum("送达日期", "served_on", DAY),
    Datum("最近巡查", "visited_on", DAY),
    Datum("最近结果", "visited_result"),
    Datum("验收日期", "accepted_on", DAY),
    Datum("验收人员", "accepted_by", PERSON),
    Datum("销号日期", "delisted_on", DAY),
    Datum("完成方式", "method", FREE),
    Datum("迁往", "moved_to", FREE),
    Datum("核减日期", "removed_on", DAY),
    Datum("核减事由", "reason", FREE),
    Datum("并入", "related", CODE),
    OPENING,
    Datum("说明", "remark", FREE),
    Datum("备注", "note", FREE),
)
_ENTERPRISES = (
    *(EVERYTHING, "底数", "未销号", "已销号", "超期", "下月到期", "到期应完成"),
    *("本月新增", "本月回潮", "本月销号", "本月核减", "转取缔"),
    *("列入满30日未下达期限", "应查未查", "回头看逾期", "无包保责任人"),
)
_COUNTED = (
    *("排查总数", "底数", "待定", "本期新增", "回潮", "完成", "累计完成", "未完成"),
    *("超期", "核减", "回头看家次", "巡查家次", "应签", "已签"),
)
_VILLAGE = (
    ROW,
    VILLAGE,
    Datum(EACH_CATEGORY, "categories", NUMBER),
    *(Datum(name, name, NUMBER) for name in _COUNTED),
    Datum("完成率", "完成率", SHARE),
    Datum("签订率", "签订率", SHARE),
    Datum("备注", "备注"),
)
_VISIT = (
    ROW,
    Datum("日期", "on_day", DAY),
    Datum("时间", "clock"),
    Datum("方式", "kind"),
    Datum("编号", "id", CODE),
    FIRM,
    VILLAGE,
    CATEGORY,
    STATE,
    Datum("结果", "result"),
    Datum("验收结论", "verdict"),
    Datum("违法生产", "unlawful"),
    Datum("通知派出所", "police_at"),
    Datum("派出所到场", "police_came"),
    Datum("报告主要领导", "reported_at"),
    Datum("带队", "leader", PERSON),
    Datum("人员", "team", PERSON),
    Datum("人数", "people", NUMBER),
    Datum("外围查看", "outside"),
    Datum("行政检查", "official"),
    Datum("发现", "found", FREE),
    Datum("巡查编号", "patrol", CODE),
    Datum("记录", "number", NUMBER),
)
_OUTING = (
    ROW,
    Datum("日期", "on_day", DAY),
    Datum("方式", "kind"),
    VILLAGE,
    Datum("企业家数", "firms", NUMBER),
    Datum("其他处数", "spots", NUMBER),
    Datum("带队", "leader", PERSON),
    Datum("人员", "team", PERSON),
    Datum("人数", "people", NUMBER),
    Datum("巡查编号", "patrol", CODE),
)
_PREMISES = (
    ROW,
    Datum("编号", "id", CODE),
    VILLAGE,
    Datum("地址", "address", FREE),
    Datum("面积", "area"),
    Datum("用途", "use"),
    Datum("房东", "owners", PERSON),
    Datum("房东电话", "phones", PHONE),
    Datum("承租", "tenants", FREE),
    Datum("用电户号", "meter", CODE),
    Datum("应签", "owes"),
    Datum("保证书", "letters", CODE),
    Datum("签订日期", "signed_on", DAY),
    Datum("有效期至", "until_day", DAY),
    Datum("保证书状态", "standing"),
    Datum("备注", "note", FREE),
)
_COMPLAINT = (
    ROW,
    Datum("编号", "id", CODE),
    Datum("收件日期", "on_day", DAY),
    Datum("来源", "source", inside=True),
    VILLAGE,
    Datum("事项", "summary", FREE, inside=True),
    Datum("涉及企业", "about", inside=True),
    Datum("承办", "handler", FREE),
    Datum("期限", "deadline", DAY),
    Datum("延期次数", "extensions", NUMBER),
    Datum("办理情况", "state"),
    Datum("核查日期", "checked_on", DAY),
    Datum("核查结论", "conclusion"),
    Datum("答复日期", "answered_on", DAY),
    Datum("办结日期", "closed_on", DAY),
    Datum("重复于", "duplicate_of", CODE),
)
_LOOK_BACK = (
    ROW,
    Datum("编号", "id", CODE),
    FIRM,
    VILLAGE,
    CATEGORY,
    STATE,
    Datum("销号日期", "delisted_on", DAY),
    Datum("第几次", "name_of"),
    Datum("应查日期", "due_on", DAY),
    Datum("实查日期", "done_on", DAY),
    Datum("结果", "result"),
    Datum("办理情况", "standing"),
    OPENING,
)

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("企业", "家", _ENTERPRISE, _ENTERPRISES),
        Source("村", "个村", _VILLAGE, (EVERYTHING,)),
        Source("到访", "处次", _VISIT, (EVERYTHING, "巡查家次", "夜查家次", "违法生产")),
        Source("出动", "次", _OUTING, (EVERYTHING,)),
        Source(
            "厂房", "处", _PREMISES, (EVERYTHING, "应签", "已签", "应签未签", "空置", "二手房东")
        ),
        Source("举报", "件", _COMPLAINT, ("举报收到", "举报超期", "举报未核查", "举报到期应办结")),
        Source("回头看", "家次", _LOOK_BACK, ("回头看应查",)),
    )
}
"""Every sort of row, by the name under which 制度/表格.yaml asks for it."""
