"""Sample monthly reports: an ordinary town, an empty one, a hostile one, and a busy one.

Everything here is invented. The figures hang together (底数 = 已销号 + 未销号, and so on) so that
a picture of the report can be judged as an office would judge it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from swm.domain.calendar import Period
from swm.domain.reporttexts import ReportText
from swm.reports.values import (
    Assessment,
    Column,
    Edition,
    Entry,
    Figure,
    Monthly,
    OtherVillages,
    Point,
    Provenance,
    Rate,
    Remark,
    Row,
    Tie,
    VillageBar,
)

OCTOBER = Period.month(2026, 10)
COMMIT = "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09"
VILLAGES = (
    "俵口村", "兴家坨村", "大杨村", "北苑村", "南河村", "柳滩村",
    "东升村", "西堤村", "杨家台村", "新立村", "后港村", "石桥村",
)  # fmt: skip
TRADES = ("金属加工厂", "塑料制品厂", "木器加工点", "洗车配件作坊", "饲料加工厂", "五金喷涂部")
LUCK = ("兴旺", "宏达", "顺发", "鑫源", "永利", "恒泰", "福瑞", "金盛", "同创", "瑞丰")
STATES = ("待整治", "清理中", "搬迁中", "整改中", "执法中")
CATEGORIES = ("关停取缔", "搬迁改造", "限期整改")
UPWARDS = {"关停取缔": "关停取缔类", "搬迁改造": "整合搬迁类", "限期整改": "升级改造类"}

UNITS = {
    "底数": "家", "本月新增": "家", "本月回潮": "家", "原址再生": "家", "异地转移": "家",
    "本月核减": "家", "本月销号": "家", "本月销号·已取缔": "家", "本月销号·已搬迁": "家",
    "本月销号·已整改": "家", "已销号": "家", "未销号": "家", "待整治": "家", "清理中": "家",
    "搬迁中": "家", "整改中": "家", "执法中": "家", "到期应完成": "家", "按期完成": "家",
    "超期": "家", "下月到期": "家", "列入满30日未下达期限": "家", "已作出未送达": "份",
    "本月延期": "家", "累计延期": "家", "转取缔": "家", "联合执法次数": "次", "联合执法家数": "家",
    "巡查次数": "次", "巡查家次": "家次", "巡查人次": "人次", "夜查次数": "次", "夜查家次": "家次",
    "夜查人次": "人次", "违法生产": "家次", "违法生产·通知派出所": "家次",
    "违法生产·报告主要领导": "家次", "违法生产·派出所到场": "家次", "违法生产·执法人员到场": "家次", "成组巡查": "次", "厂房巡查": "次",
    "点位巡查": "次", "外围查看": "家次", "行政检查": "家次", "应巡查": "家", "巡查覆盖": "家", "仅外围查看": "家",
    "应查未查": "家", "回头看家次": "家次", "反弹": "家", "厂房": "处", "应签": "处", "有效": "份", "本月签订": "份",
    "30日内到期": "份", "补录": "条", "宣传": "场", "宣传材料": "份", "标语推送": "条", "培训": "场", "培训人次": "人次",
    "会议": "次", "典型案例曝光": "件", "零报告": "份", "应报未报": "村次", "联合执法人次": "人次", "联合执法部门次": "次",
    "申请法院": "件", "处置": "件", "处置超期": "件", "移送": "件", "反馈": "件", "移送未反馈": "件", "本月文书": "件",
    "本月送达": "件", "公告送达": "件", "本月报区验收": "件", "区验收退回": "件", "镇验收销号": "件", "区验收销号": "件",
    "上级直接销号": "件", "举报收到": "件", "举报收到·重复": "件", "上级交办": "件", "举报涉及企业": "家", "举报未核查": "件",
    "举报属实": "件", "举报答复": "件", "举报办结": "件", "举报到期应办结": "件", "举报按期办结": "件", "举报超期": "件",
    "空置": "处", "二手房东": "处", "违反保证": "件", "停租告知": "家", "清退": "家", "未报送": "家", "准入审查": "件",
    "准入·准入": "件", "准入·不予准入": "件", "准入·补充材料": "件", "回头看应查": "家次", "回头看按期": "家次",
    "回头看逾期": "家", "已落实包保": "家", "无包保责任人": "家", "已明确网格员": "家",
}  # fmt: skip
"""Every figure that the templates name, with its unit."""
STOCKS = frozenset({
    "底数", "已销号", "未销号", "待整治", "清理中", "搬迁中", "整改中", "执法中", "超期", "下月到期",
    "列入满30日未下达期限", "已作出未送达", "累计延期", "应巡查", "巡查覆盖", "仅外围查看", "应查未查", "厂房", "应签", "有效", "30日内到期", "处置超期", "移送未反馈", "举报未核查", "举报超期", "空置", "二手房东", "未报送", "回头看逾期", "已落实包保", "无包保责任人", "已明确网格员",
})  # fmt: skip
"""Figures of what is so at the end of the month; they have no 累计."""


def enterprise(number: int, state: str = "", day: date | None = None) -> Entry:
    """The invented enterprise of that number."""
    village = VILLAGES[number % len(VILLAGES)]
    luck = LUCK[number % len(LUCK)]
    state = state or STATES[number % len(STATES)]
    late = number % 9 == 4
    deadline = date(2026, 9 if late else 11 + number % 2, 1 + number % 28)
    return Entry(
        id=f"BK-{number:04}",
        name=f"{village.removesuffix('村')}{luck}{TRADES[number % len(TRADES)]}",
        village=village,
        category=CATEGORIES[number % len(CATEGORIES)],
        state=state,
        on=day or date(2026, 10, 1 + number % 28),
        deadline=None if state == "待整治" else deadline,
        number=1 + number % 9,
        opening=number % 11 == 0,
    )


def overdue(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those whose deadline has passed."""
    return tuple(e for e in entries if e.deadline is not None and e.deadline < OCTOBER.end)


def figure(name: str, entries: Sequence[Entry], previous: int | None, value: int = -1) -> Figure:
    """A figure over these records; flows have 累计, stocks have none."""
    value = len(entries) if value < 0 else value
    flow = name not in STOCKS
    return Figure(
        name=name,
        unit=UNITS[name],
        entries=tuple(entries),
        value=value,
        previous=previous,
        year=value * 7 if flow else None,
        ever=value * 9 if flow else None,
    )


def figures(counts: dict[str, int], previous: dict[str, int] | None = None) -> dict[str, Figure]:
    """Every figure, with invented records behind it; 人次 alone is more than its records."""
    before = previous or {}
    made = {}
    for name in UNITS:
        count = counts.get(name, 0)
        records = min(count, 6) if name.endswith("人次") else count
        entries = [enterprise(1 + at) for at in range(records)]
        made[name] = figure(name, entries, before.get(name), count)
    return made


TYPICAL = {
    "底数": 41, "本月新增": 3, "本月回潮": 1, "异地转移": 1, "本月核减": 1, "本月销号": 4,
    "本月销号·已取缔": 2, "本月销号·已搬迁": 1, "本月销号·已整改": 1, "已销号": 23, "未销号": 18,
    "待整治": 4, "清理中": 4, "搬迁中": 5, "整改中": 4, "执法中": 1, "到期应完成": 5,
    "按期完成": 4, "超期": 2, "下月到期": 3, "列入满30日未下达期限": 1, "已作出未送达": 1,
    "本月延期": 1, "累计延期": 6, "转取缔": 1, "联合执法次数": 2, "联合执法家数": 2,
    "巡查次数": 17, "巡查家次": 63, "巡查人次": 58, "夜查次数": 4, "夜查家次": 15, "夜查人次": 14,
    "违法生产": 2, "违法生产·通知派出所": 2, "违法生产·报告主要领导": 1,
    "违法生产·派出所到场": 1, "违法生产·执法人员到场": 1, "成组巡查": 5, "厂房巡查": 4,
    "点位巡查": 7, "外围查看": 6, "行政检查": 2, "应巡查": 15, "巡查覆盖": 12, "仅外围查看": 2,
    "应查未查": 3,
    "回头看家次": 12, "反弹": 1, "厂房": 34, "应签": 29, "有效": 26, "本月签订": 3, "30日内到期": 2,
    "补录": 2, "宣传": 5, "宣传材料": 6, "标语推送": 4, "培训": 1, "培训人次": 38, "会议": 2, "典型案例曝光": 2,
    "零报告": 9, "应报未报": 1, "联合执法人次": 21, "联合执法部门次": 7, "处置": 2, "处置超期": 1, "移送": 3, "反馈": 2,
    "移送未反馈": 1, "本月文书": 9, "本月送达": 8, "公告送达": 1, "镇验收销号": 4, "举报收到": 7, "举报收到·重复": 1,
    "上级交办": 2, "举报涉及企业": 4, "举报未核查": 1, "举报属实": 3, "举报答复": 4, "举报办结": 5, "举报到期应办结": 6,
    "举报按期办结": 5, "举报超期": 1, "空置": 4, "二手房东": 2, "违反保证": 1, "停租告知": 2, "清退": 1, "未报送": 1,
    "准入审查": 5, "准入·准入": 2, "准入·不予准入": 1, "准入·补充材料": 2, "回头看应查": 14, "回头看按期": 11,
    "回头看逾期": 2, "已落实包保": 38, "无包保责任人": 3, "已明确网格员": 36,
}  # fmt: skip
LAST_MONTH = {
    "底数": 39, "本月新增": 2, "本月回潮": 0, "本月销号": 4, "已销号": 20, "未销号": 19, "超期": 3,
    "巡查次数": 15, "巡查家次": 55, "巡查人次": 49, "夜查次数": 4, "联合执法次数": 2,
}  # fmt: skip

VILLAGE_COLUMNS = (
    Column("index", "序号"),
    Column("village", "村"),
    Column("checked", "排查总数"),
    Column("stock", "底数"),
    *(
        Column(f"{name}-{key}", title, group=name)
        for name in CATEGORIES
        for key, title in (("due", "应完成"), ("done", "已完成"), ("rate", "完成率"))
    ),
    Column("undecided", "待定"),
    Column("new", "新增", group="本期"),
    Column("relapsed", "回潮", group="本期"),
    Column("delisted", "完成", group="本期"),
    Column("ever", "累计完成"),
    Column("open", "未完成"),
    Column("rate", "完成率"),
    Column("overdue", "超期"),
    Column("struck", "核减"),
    Column("look_backs", "回头看家次"),
    Column("visits", "巡查家次"),
    Column("asked", "应签", group="保证书"),
    Column("signed", "已签", group="保证书"),
    Column("letter_rate", "签订率", group="保证书"),
    Column("note", "备注"),
)


def village_row(index: int | None, village: str, scale: int = 1) -> Row:
    """A row of the village table, its cells already text."""
    cells = {
        column.key: str((hash_of(column.key) + (index or 3)) % 5 * scale)
        for column in VILLAGE_COLUMNS
    }
    for column in VILLAGE_COLUMNS:
        if column.key.endswith("rate"):
            cells[column.key] = ("—", "100.0%", "66.7%", "83.3%")[(index or 2) % 4]
    cells |= {"index": "" if index is None else str(index), "village": village, "note": ""}
    return Row(cells, total=index is None)


def hash_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return sum(map(ord, text))


def ties(balanced: bool = True) -> tuple[Tie, ...]:
    """The ties that the contract names."""
    return (
        Tie("期末底数", "期末底数", "上期底数＋本月新增＋往月补录列入－本月核减", 41, 41),
        Tie("未销号", "未销号", "底数－已销号", 18, 18),
        Tie("未销号按状态", "未销号", "各未销号状态之和", 18, 18 if balanced else 17),
        Tie("底数按类别", "底数", "各类别底数之和", 41, 41),
        Tie("底数按村", "底数", "各村底数之和", 41, 41),
        Tie("底数按行业", "底数", "各行业底数之和", 41, 41),
    )


def trend(opens: Iterable[int]) -> tuple[Point, ...]:
    """A point a month, ending with October 2026."""
    values = list(opens)
    months = [(10 - len(values) + at) % 12 + 1 for at in range(len(values))]
    return tuple(
        Point(label=f"{month}月", open=value, delisted=(month * 3) % 5, new=(month * 7) % 4)
        for month, value in zip(months, values, strict=True)
    )


def village_bars(count: int) -> tuple[VillageBar, ...]:
    """Bars of so many villages, the most unfinished first."""
    numbers = [(count - at) // 3 + at % 2 for at in range(count)]
    return tuple(
        VillageBar(VILLAGES[at % 12] if at < 12 else f"第{at}村", number, 1 + (at * 5) % 7)
        for at, number in enumerate(sorted(numbers, reverse=True))
    )


def typical() -> Monthly:
    """An ordinary month of an ordinary town."""
    made = figures(TYPICAL, LAST_MONTH)
    open_list = tuple(enterprise(at) for at in range(1, 19))
    counts = {"关停取缔": (15, 9), "搬迁改造": (18, 10), "限期整改": (6, 4), "待定": (2, 0)}
    return Monthly(
        town="俵口镇",
        county="宁河区",
        period=OCTOBER,
        audience="内部",
        version=COMMIT,
        version_short=COMMIT[:10],
        program="swm 0.1.0",
        figures=made,
        rates={
            "完成率": Rate(23, 41),
            "按期完成率": Rate(4, 5),
            "签订率": Rate(26, 29),
            "巡查覆盖率": Rate(12, 15),
            "按期办结率": Rate(5, 6),
            "回头看按期率": Rate(11, 14),
            "包保落实率": Rate(38, 41),
        },
        categories=tuple(
            (
                name,
                UPWARDS.get(name, name),
                figure("底数", open_list[:0], None, total),
                figure("已销号", open_list[:0], None, done),
            )
            for name, (total, done) in counts.items()
        ),
        village_columns=VILLAGE_COLUMNS,
        village_rows=tuple(village_row(at, name) for at, name in enumerate(VILLAGES, start=1)),
        village_total=village_row(None, "合计", 12),
        ties=ties(),
        open_list=open_list,
        overdue_list=overdue(open_list),
        new_list=tuple(enterprise(at, "待整治") for at in (39, 40, 41)),
        delisted_list=tuple(
            enterprise(at, state)
            for at, state in ((20, "已取缔"), (21, "已取缔"), (22, "已搬迁"), (23, "已整改"))
        ),
        supplements=(
            enterprise(5)._replace(on=date(2026, 9, 18), note="日常巡查"),
            enterprise(7)._replace(on=date(2026, 9, 29), note="送达"),
        ),
        trend=trend((31, 30, 28, 29, 27, 25, 24, 24, 22, 21, 19, 18)),
        problems=(
            "超期未完成整治的企业仍有2家，分别是南河永利饲料加工厂和兴家坨鑫源塑料制品厂，"
            "整治进度滞后。",
            "本月发现违法生产2家次，其中1家次未报告主要领导，夜间偷产现象仍未根除。",
            "应签保证书的厂房尚有3处没有有效保证书，出租源头管控还有薄弱环节。",
        ),
        next_steps=(
            "对超期的2家企业逐家复查，拒不清理的提请联合执法。",
            "对下月到期的3家企业提前上门督促，确保按期完成。",
            "继续保持夜查频次，发现违法生产的立即通知派出所并报告主要领导。",
        ),
        assessment=Assessment(
            "2026年第三季度",
            on=date(2026, 10, 12),
            edition=2,
            grades=(("优秀", 8), ("良好", 2), ("合格", 1), ("不合格", 0)),
            best=VILLAGES[:4],
            best_points="98.5",
            least=VILLAGES[11:],
            least_points="72",
            left_out=1,
        ),
        villages_open=tuple(
            (village, sum(entry.village == village for entry in open_list)) for village in VILLAGES
        ),
        village_bars=village_bars(12),
    )


def empty() -> Monthly:
    """A town whose ledger holds nothing yet: every figure 0, every rate 0/0."""
    return replace(
        typical(),
        figures=figures({}),
        rates={
            name: Rate(0, 0)
            for name in (
                "完成率",
                "按期完成率",
                "签订率",
                "巡查覆盖率",
                "按期办结率",
                "回头看按期率",
                "包保落实率",
            )
        },
        categories=tuple(
            (name, UPWARDS.get(name, name), figure("底数", (), None), figure("已销号", (), None))
            for name in (*CATEGORIES, "待定")
        ),
        village_rows=(),
        village_total=Row({c.key: "0" for c in VILLAGE_COLUMNS} | {"village": "合计"}, True),
        open_list=(),
        overdue_list=(),
        new_list=(),
        delisted_list=(),
        supplements=(),
        trend=(),
        ties=tuple(replace(tie, left_value=0, right_value=0) for tie in ties()),
        problems=("本月未发现突出问题。",),
        next_steps=("继续开展日常巡查和夜查，防止“散乱污”企业产生。",),
        villages_open=(),
        village_bars=(),
    )


HOSTILE = (
    "甲&乙加工厂",
    "<b>粗体</b>作坊",
    "{{ 7*7 }}厂",
    "{% for x in y %}厂",
    "{_{ 花括号 }_}厂",
    "[red]红[/red]厂",
    "</w:t></w:r></w:p><w:p>厂",
    "\"引号\"与'单引号'厂",
    "<script>alert(1)</script>",
    "&amp;实体&#60;厂",
    "生僻字𠮷\ue863厂",
)
"""Names that must appear exactly as they are."""
UNSEEN = {
    "左\u202e右厂": "左<U+202E>右厂",
    "零\u200b宽厂": "零<U+200B>宽厂",
    "响\x07铃厂": "响<U+0007>铃厂",
    "换\x0c页厂": "换<U+000C>页厂",
    "逃\x1b[31m厂": "逃<U+001B>[31m厂",
    "代理\ud800对厂": "代理<U+D800>对厂",
    "标\ufff9记\ufffb厂": "标<U+FFF9>记<U+FFFB>厂",
}
"""Names with what would vanish or mislead, and how they must appear."""


def hostile() -> Monthly:
    """Every field that holds a clerk's text holds something nasty."""
    base = typical()
    names = (*HOSTILE, *UNSEEN)
    entries = tuple(
        enterprise(at)._replace(name=name, village=name, note=name)
        for at, name in enumerate(names, start=1)
    )
    made = dict(base.figures)
    made["未销号"] = replace(made["未销号"], entries=entries, value=len(entries))
    return replace(
        base,
        town="甲&<乙>镇",
        figures=made,
        open_list=entries,
        overdue_list=entries[:2],
        new_list=entries,
        supplements=entries,
        village_rows=tuple(village_row(at, name) for at, name in enumerate(names, start=1)),
        problems=names,
        next_steps=names,
        reminders=names,
        ties=tuple(Tie(name, name, name, 1, 2) for name in names),
        trend=tuple(Point(name, 3, 1, 2) for name in names[:12]),
        villages_open=tuple((name, 1) for name in names[:5]),
        village_bars=tuple(VillageBar(name, 2, 1) for name in names),
        village_others=OtherVillages(3, 2, 1),
    )


def busy(count: int = 60) -> Monthly:
    """A town with `count` enterprises still open, a tie that does not hold, and a reminder."""
    base = typical()
    entries = tuple(enterprise(at) for at in range(1, count + 1))
    made = dict(base.figures)
    made["未销号"] = figure("未销号", entries, count - 1)
    made["底数"] = figure("底数", (), count + 20, count + 23)
    made["本月报区验收"] = figure("本月报区验收", entries[:3], 1)
    made["区验收退回"] = figure("区验收退回", entries[:1], 0)
    made["申请法院"] = figure("申请法院", entries[:1], 0)
    return replace(
        base,
        audience="上报",
        figures=made,
        open_list=entries,
        overdue_list=overdue(entries),
        ties=ties(balanced=False),
        trend=trend(range(count + 22, count - 2, -2)),
        reminders=("BK-0007 的统一社会信用代码校验位不对。",),
        villages_open=tuple(
            (village, sum(entry.village == village for entry in entries)) for village in VILLAGES
        ),
    )


def amended() -> Monthly:
    """A second edition of a month in which much was mended, by people with strange names."""
    names = (*HOSTILE, *UNSEEN)
    remarks = tuple(Remark(date(2026, 10, 3), name, name) for name in names)
    return replace(
        typical(),
        audience="内部",
        text=ReportText(period="2026-10", number=names[0], signer=names[1]),
        edition=Edition(
            number=2,
            document_number=names[0],
            signer=names[1],
            reason=names[2],
            changes=tuple((name, "1", "2") for name in names),
            originals=len(names),
            absent=names,
        ),
        provenance=Provenance(
            anchor=" ".join(["2026", "1000", "1712", *["AB12"] * 17]),
            corrections=remarks,
            outside=remarks[:2],
            rules=remarks[:1],
            unapproved=names,
            previous="2026年9月（首次印发，2026-10-08）",
        ),
    )


SAMPLES = {
    "typical": typical,
    "empty": empty,
    "hostile": hostile,
    "busy": busy,
    "amended": amended,
}
