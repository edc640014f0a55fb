"""Townships at random: plausible histories and odd ones, as the plain files of a ledger.

Late entries, corrections, withdrawals and withdrawals of those, second rounds, 期初, 核减, merged
villages, letters that became doubtful. Nothing here asks swm what is allowed; the figures must
be right for whatever the files say.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from swm.store.yamltext import dump
from tests import histories_lettings as lettings
from tests import recount
from tests.complainthistories import complaints

Doc = dict[str, Any]

VILLAGES: list[Doc] = [
    {"名称": "俵口村"},
    {"名称": "兴家坨村"},
    {"名称": "白庙村"},
    {"名称": "小白庙村", "至": "2026-03-31", "并入": "白庙村"},
    {"名称": "空村"},
]
CATEGORIES = {"关停取缔": "已取缔", "搬迁改造": "已搬迁", "限期整改": "已整改"}
ORDERS = {
    "关停取缔": ("限期清理", "清理中"),
    "搬迁改造": ("限期搬迁", "搬迁中"),
    "限期整改": ("限期整改", "整改中"),
}
PEOPLE = ("甲一", "乙二", "丙三", "丁四", "戊五")
KINDS = ("日常", "夜查", "核查", "复查", "回头看", "验收", "村级排查")
RESULTS = ("在产", "停产", "有生产迹象", "设备回迁", "已清空", "人去厂空", "无法进入")
MENDED = ("巡查", "动作", "登记", "更正")
FIRST = date(2026, 1, 1)


def settings_text() -> bytes:
    """swm.yaml of the township."""
    return dump(
        {
            "格式": 1,
            "台账编号": "0f6c1d2e",
            "镇名": "俵口镇",
            "区名": "宁河区",
            "编号前缀": "BK",
            "建账基准日": FIRST,
            "村": VILLAGES,
        }
    ).encode()


def township(seed: int, firms: int = 24, months: int = 8, records: int = 14) -> dict[str, bytes]:
    """The files of a township, by path."""
    rng = Random(seed)
    end = FIRST + timedelta(days=30 * months)
    files = {}
    for number in range(1, firms + 1):
        id = f"BK-{number:04d}"
        files[f"企业/{id[:-2]}/{id}.yaml"] = firm(rng, id, end, records)
    letters = 0
    for number in range(1, firms // 3 + 1):
        id = f"CF-{number:04d}"
        place, letters = _premises(rng, id, end, letters)
        place = lettings.let(place, firms, end, seed)
        data = dump({k: v for k, v in place.items() if v != []}).encode()
        files[f"厂房/{id[:-2]}/{id}.yaml"] = data
    own = Random(f"{seed}/活动")
    for number in range(1, 2 * firms + 1):
        id = f"HD-2026-{number:04d}"
        files[f"活动/2026/{id}.yaml"] = activity(own, id, end, firms)
    for number in range(501, 501 + firms // 4):
        id = f"XC-2026-{number:04d}"
        files[f"巡查/2026/{id}.yaml"] = patrol(rng, id, end)
    files |= lettings.admissions(seed, [v["名称"] for v in VILLAGES[:4]], FIRST)
    return files | complaints(seed, firms, FIRST, end)


def activity(rng: Random, id: str, end: date, firms: int) -> bytes:
    """One activity, some corrected, some withdrawn, some exposing enterprises."""
    day = FIRST + timedelta(days=rng.randrange((end - FIRST).days))
    kind = rng.choice(["宣传", "培训", "会议", "零报告", "零报告"])
    held: Doc = {"序号": 1, "类型": "活动", "日期": day, "活动": kind, "主题": f"{kind}{id[-2:]}"}
    if kind == "零报告":
        month = rng.choice([day, day - timedelta(days=day.day)])
        ends = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        held |= {"村": rng.choice(VILLAGES)["名称"], "期间": f"{ends:%Y-%m}", "期末": ends}
    else:
        village = rng.choice([*[v["名称"] for v in VILLAGES], None])
        amounts = {"人次": rng.randrange(5, 90), "份数": rng.randrange(9) * 20, "条数": 3}
        chosen = {key: n for key, n in amounts.items() if rng.random() < 0.5 and n}
        held |= chosen | ({"村": village} if village else {})
    if kind == "宣传" and rng.random() < 0.4:
        held["曝光企业"] = [f"BK-{rng.randint(1, firms + 1):04d}"]
    records = [held]
    if rng.random() < 0.3:
        values = rng.choice([{"份数": "77"}, {"日期": (day - timedelta(days=40)).isoformat()}])
        told: Doc = {"类型": "更正", "日期": day, "更正记录": 1, "改为": values, "原因": "记错"}
        records.append({"序号": 2, **told})
    if rng.random() < 0.15:
        gone: Doc = {"类型": "撤销", "日期": day, "撤销记录": [1]}
        records.append({"序号": len(records) + 1, **gone})
    return dump({"编号": id, "记录": records}).encode()


def patrol(rng: Random, id: str, end: date) -> bytes:
    """A patrol's file: points and premises, now and then an enterprise, mended or withdrawn."""
    on = FIRST + timedelta(days=rng.randint(0, (end - FIRST).days))
    outing: Doc = {
        "序号": 1,
        "类型": "出巡",
        "日期": on,
        "方式": rng.choice(KINDS[:5]),
        "起": f"{on} 20:00",
        "止": f"{on} 22:30",
        "人员": rng.sample(PEOPLE, rng.randint(1, 3)),
        "带班领导": "孟带班",
        "村": rng.sample(["俵口村", "白庙村", "小白庙村"], 2),
    }
    if rng.random() < 0.3:
        outing["到访"] = [{"企业": "BK-0001", "序号": 2}]
    records = [outing]
    for number in range(2, rng.randint(2, 5)):
        place = rng.choice(["村东旧窑", "桥下空场", "CF-0001", "CF-甲"])
        seen = rng.choice(["未见异常", "发现问题"])
        spot = {"序号": number, "类型": "点位", "日期": on, "处所": place, "村": "小白庙村"}
        records.append({**spot, "结果": seen})
    last = len(records) + 1
    if rng.random() < 0.3:
        mended = {"方式": "夜查", "人员": "甲一、乙二"}
        fix = {"类型": "更正", "日期": on, "更正记录": 1, "改为": mended, "原因": "记错"}
        records.append({"序号": last, **fix})
    elif rng.random() < 0.4:
        gone = rng.choice([[1], [1, 2], [2]])
        records.append({"序号": last, "类型": "撤销", "日期": on, "撤销记录": gone})
    return dump({"编号": id, "记录": records}).encode()


def firm(rng: Random, id: str, end: date, records: int) -> bytes:
    """One enterprise's file."""
    tale = Tale(rng, end)
    tale.begin()
    while tale.day <= end and len(tale.records) < records:
        tale.go_on()
    state = tale.standing["state"] or "待核查"
    profile = {
        "编号": id,
        "名称": f"俵口{rng.choice('兴旺盛达鑫')}{rng.choice('金属木业塑料')}加工厂{id[-4:]}",
        "经营者": rng.choice(["赵大", "钱二", "孙三", "李四", None, None]),
        "电话": rng.choice(["13800000001", "13800000002", None]),
        "村": rng.choice([*[v["名称"] for v in VILLAGES[:4]] * 3, "名册外的村"]),
        "地址": rng.choice(["村东1号", "村西2号", "路南3号", None]),
        "厂房": rng.choice(["CF-0001", "CF-0002", None, None, None]),
        "行业": rng.choice(["C3311 金属结构制造", "C2110 木质家具制造", None]),
        "包保": answering(Random(f"{id}/{tale.day}/{state}")),
        "整治": {"轮次": 1, "状态": state},
        "记录": tale.records,
    }
    return dump({k: v for k, v in profile.items() if v is not None}).encode()


def answering(rng: Random) -> list[Doc] | None:
    """Who answers for it, with gaps and overlaps, some from before anybody remembers."""
    found: list[Doc] = []
    for role in ("镇包保领导", "村责任人", "网格员"):
        day = FIRST + timedelta(days=rng.randint(-30, 120))
        for _ in range(rng.choice((0, 1, 1, 2))):
            held: Doc = {"角色": role, "姓名": rng.choice(PEOPLE)}
            if rng.random() < 0.8:
                held["自"] = day
            day += timedelta(days=rng.randint(20, 120))
            if rng.random() < 0.5:
                held["至"] = day
            day += timedelta(days=rng.randint(-10, 60))
            found.append(held)
    return found or None


class Tale:
    """One enterprise's records as they were written, day after day."""

    def __init__(self, rng: Random, end: date) -> None:
        self.rng, self.end = rng, end
        self.records: list[Doc] = []
        self.day = FIRST + timedelta(days=rng.randint(-5, 150))

    @property
    def standing(self) -> Doc:
        """What the records add up to, by the recount."""
        document = recount.read(dump({"编号": "BK-0000", "记录": self.records}).encode())
        return recount.Firm(document).on(recount.FOREVER)

    def write(self, kind: str, on: date, **more: Any) -> None:
        """Append a record; written today, about `on`."""
        record = {"序号": len(self.records) + 1, "类型": kind, "日期": on}
        if on != self.day:
            record["录入"] = self.day
        record |= {k: v for k, v in more.items() if v not in (None, [], {})}
        self.records.append(record)

    def begin(self) -> None:
        """The registration or the old list."""
        if self.rng.random() < 0.2:
            return self._opening()
        lead = self.rng.random() < 0.35
        on = self._earlier(0.2, 20)
        source = self.rng.choice(["群众举报", "上级交办"] if lead else ["巡查发现", "历史清单"])
        sure = self.rng.random() < (0.3 if lead else 0.95)
        category = self.rng.choice(list(CATEGORIES)) if sure else None
        return self.write("登记", on, 来源=source, 类别=category)

    def go_on(self) -> None:
        """Some days pass, and something is written down."""
        self.day += timedelta(days=self.rng.choice([0, 1, 3, 8, 15, 25]))
        if self.day > self.end:
            return
        whats = [self._visit] * 5 + [self._act] * 6 + [self._correction, self._withdrawal]
        whats += [self._transfer] * 2
        self.rng.choice([*whats, self._transfer, self._alteration])()

    def _opening(self) -> None:
        state = self.rng.choice([*recount.LISTED, "已取缔"])
        category = self.rng.choice(list(CATEGORIES))
        self.day = max(self.day, FIRST)
        old = date(2018, self.rng.randint(1, 12), 5)
        deadline = FIRST + timedelta(days=self.rng.randint(-60, 120))
        self.write(
            "期初",
            FIRST if self.rng.random() < 0.7 else self.day,
            类别=category,
            状态=state,
            期限=deadline if state in recount.OPEN and self.rng.random() < 0.6 else None,
            销号日期=old if state in recount.CLOSED and self.rng.random() < 0.8 else None,
        )

    def _visit(self) -> None:
        rng = self.rng
        on = self._earlier(0.3, 40)
        kind, result = rng.choice(KINDS), rng.choice(RESULTS)
        self.write(
            "巡查",
            on,
            方式=kind,
            人员=rng.sample(PEOPLE, rng.randint(1, 3)),
            带班领导=rng.choice(["孟带班", "甲一"]) if kind == "夜查" else None,
            结果=result,
            问题=["未设集气罩"] if rng.random() < 0.2 else None,
            未完成=["断电"] if rng.random() < 0.1 else None,
            结论=rng.choice(["通过", "不通过"]) if kind == "验收" else None,
            通知派出所=f"{on} 22:10" if rng.random() < 0.3 else None,
            报告主要领导=f"{on} 22:20" if rng.random() < 0.3 else None,
            派出所到场=f"{on} 22:30" if rng.random() < 0.2 else None,
            执法人员到场=f"{on} 23:10" if rng.random() < 0.1 else None,
            外围查看=rng.choice(["是", "否"]) if rng.random() < 0.2 else None,
            性质=rng.choice(["属地巡查", "行政检查"]) if rng.random() < 0.2 else None,
            巡查编号=f"XC-2026-{on.timetuple().tm_yday:04d}" if rng.random() < 0.15 else None,
        )

    def _act(self) -> None:
        now = self.standing
        state, category = now["state"], now["category"]
        if now["awaiting"] is not None and self.rng.random() < 0.6:
            return self._service(now["awaiting"])
        on = max(self._earlier(0.15, 10), self._last_act_day())
        choices = self._choices(state, category)
        if not choices:
            return self._visit()
        action, after, more = self.rng.choice(choices)
        return self.write("动作", on, 动作=action, 由=state, 至=after, **more(on))

    def _choices(self, state: str, category: str | None) -> list[Any]:
        rng = self.rng

        def other(on: date) -> Doc:
            return {
                "类别": rng.choice([c for c in CATEGORIES if c != category]),
                "事由": "情况有变",
            }

        def plain(on: date) -> Doc:
            return {}

        def removal(on: date) -> Doc:
            return {"事由": rng.choice(["误登记", "划出本镇"])}

        def relapse(on: date) -> Doc:
            return {"类别": rng.choice(list(CATEGORIES))}

        def close(on: date) -> Doc:
            level = {"层级": "区"} if rng.random() < 0.3 else {}
            return {"完成方式": rng.choice(["自行拆除", "协助拆除"]), **level}

        def county(on: date) -> Doc:
            return {"层级": "区", "完成方式": "自行拆除"}

        def joint(on: date) -> Doc:
            who = ["生态环境所", "综合执法队", "供电所"]
            found: Doc = {"部门": rng.sample(who, rng.choice([2, 2, 3])), "结果": "部分完成"}
            way = rng.random()
            if way < 0.15:
                found |= {"执法性质": "申请法院强制执行", "结果": "已申请法院"}
            elif way < 0.3:
                found |= {"结果": rng.choice(["改期", "中止"]), "改期至": on + timedelta(days=3)}
            if rng.random() < 0.5:
                found |= {"人员": {found["部门"][0]: rng.choice(["4", "甲一、乙二", "3人"])}}
            elif rng.random() < 0.5:
                found |= {"人数": rng.randint(3, 20)}
            return found

        def reported(on: date) -> Doc:
            return {"层级": "区", "文书": {"名称": "销号验收申请"}}

        def returned(on: date) -> Doc:
            return {"层级": "区", "事由": "断电不到位", "未完成": ["断电"]}

        def later(on: date) -> Doc:
            return {"期限": on + timedelta(days=rng.randint(5, 60)), "事由": "设备未运完"}

        def close_down(on: date) -> Doc:
            return {"类别": "关停取缔", **self._order(on)}

        order, moving = ORDERS[category or "关停取缔"]
        goal = CATEGORIES[category or "关停取缔"]
        remove = [("核减", "已核减", removal)] if rng.random() < 0.3 else []
        if state == "待核查":
            listing = {"类别": category or "关停取缔"}
            return [("列入", "待整治", lambda on: listing)] * 3 + [
                ("查否", "不予列入", plain),
                *remove,
            ]
        if state == "不予列入":
            return [("重新核查", "待核查", plain)]
        if state == "待整治":
            found = [(order, moving, self._order)] * 4 + [("销号", goal, close)]
            return [*found, ("调整类别", "待整治", other), *remove]
        if state in ("清理中", "搬迁中", "整改中"):
            found = [("延期", state, later), ("调整类别", "待整治", other), *remove]
            found += [("销号", goal, close)] * 2
            found += [("报区验收", state, reported), ("区验收退回", state, returned)]
            found += [("上级直接销号", goal, county)]
            if state == "清理中":
                return [*found, ("联合执法", "执法中", joint)]
            return [*found, ("转取缔", "清理中", close_down)]
        if state == "执法中":
            return [("联合执法", "执法中", joint), ("销号", "已取缔", close)]
        if state in recount.CLOSED:
            return [("回潮", "待整治", relapse)]
        return []

    def _order(self, on: date) -> Doc:
        days = self.rng.choice([5, 15, 30])
        end = on + timedelta(days=days)
        paper: Doc = {"名称": "限期告知书"}
        if self.rng.random() < 0.4:
            paper["作出机关"] = self.rng.choice(["俵口镇人民政府", "宁河区生态环境局"])
        way = self.rng.choice(["given", "served", "unserved", "given unserved"])
        if way in ("given", "served"):
            paper["送达日期"] = on
        found: Doc = {"文书": paper}
        if way != "unserved":
            found["期限"] = end
        if way in ("served", "unserved"):
            found["期限日数"] = {"日数": days, "单位": "自然日", "顺延": "否"}
        return found

    def _service(self, number: str) -> None:
        end = self.day + timedelta(days=self.rng.choice([5, 15, 30]))
        of = int(number)
        on = max(self._earlier(0.3, 10), self.records[of - 1]["日期"])
        given = self.records[of - 1].get("期限")
        way = self.rng.choice(["直接", "邮寄", "公告"])
        self.write("送达", on, 送达记录=of, 送达方式=way, 期限=given or end)

    def _transfer(self) -> None:
        """A transfer, what came back about an earlier one, or a disposal and its end."""
        rng, records = self.rng, self.records
        sent = [r["序号"] for r in records if r["类型"] == "移送"]
        ordered = [r["序号"] for r in records if r["类型"] == "处置"]
        what = rng.choice(["sent", "reply", "order", "order", "done"])
        if what == "reply" and sent:
            answer = rng.choice(["已立案", None])
            return self.write("移送反馈", self.day, 移送记录=rng.choice(sent), 反馈=answer)
        if what == "order":
            end = self.day + timedelta(days=rng.randint(1, 12)) if rng.random() < 0.7 else None
            done = self.day if rng.random() < 0.2 else None
            return self.write("处置", self.day, 处置="停机", 期限=end, 完成日期=done)
        if what == "done" and ordered:
            return self.write("处置完成", self.day, 处置记录=rng.choice(ordered))
        answered = self.day + timedelta(days=3) if rng.random() < 0.3 else None
        return self.write(
            "移送", self.day, 移送机关="生态环境局", 事项="无证排污", 反馈日期=answered
        )

    def _alteration(self) -> None:
        self.write(
            "变更", self.day, 项目="名称", 原值="旧名加工厂", 新值="新名加工厂", 性质="变更登记"
        )

    def _correction(self) -> None:
        living = recount.alive(recount.read(dump({"记录": self.records}).encode())["记录"])
        target = self.rng.choice(self.records)
        if str(target["序号"]) not in living or target["类型"] not in MENDED:
            return
        values = {
            "更正": {"原因": "再次更正"},
            "巡查": {
                "日期": str(self._earlier(1, 30)),
                "结果": self.rng.choice(RESULTS),
                "人员": "甲一、戊五",
            },
            "动作": {"批准.人": "孟签批", "备注": "补正"},
            "登记": {"备注": "补正"},
        }[target["类型"]]
        if target["类型"] == "动作" and "期限" in target:
            values = values | {"期限": str(target["期限"] + timedelta(days=7))}
        if not values:
            return
        name = self.rng.choice(list(values))
        changed = {name: values[name]}
        self.write("更正", self.day, 更正记录=target["序号"], 改为=changed, 原因="登记有误")

    def _withdrawal(self) -> None:
        """Take back the last act, a visit, or an earlier correction or withdrawal."""
        acts = [r for r in self.records if r["类型"] in ("动作", "送达", "撤销")]
        safe = [r for r in self.records if r["类型"] in ("巡查", "更正")] + acts[-1:]
        if safe:
            of = [self.rng.choice(safe)["序号"]]
            self.write("撤销", self.day, 撤销记录=of, 原因="登记有误")

    def _earlier(self, chance: float, days: int) -> date:
        if self.rng.random() < chance:
            return self.day - timedelta(days=self.rng.randint(0, days))
        return self.day

    def _last_act_day(self) -> date:
        kinds = ("动作", "登记", "期初")
        return max(r["日期"] for r in self.records if r["类型"] in kinds)


def _premises(rng: Random, id: str, end: date, letters: int) -> tuple[Doc, int]:
    registered = FIRST + timedelta(days=rng.randint(0, 60))
    change = registered + timedelta(days=rng.randint(10, 120))
    owners: list[Doc] = [{"姓名": "房大有"}]
    if rng.random() < 0.4:
        owners = [
            {"姓名": "房大有", "至": change - timedelta(days=1)},
            {"姓名": "房二宝", "自": change},
        ]
    tenants: list[Doc] = []
    if rng.random() < 0.6:
        tenants = [{"名称": "BK-0001", "自": registered}]
    if rng.random() < 0.4:
        tenants.append({"名称": "外来户", "自": registered + timedelta(days=rng.randint(5, 150))})
    signed: list[Doc] = []
    for _ in range(rng.randint(0, 3)):
        letters += 1
        on = registered + timedelta(days=rng.randint(0, 180))
        letter: Doc = {
            "编号": f"BZ-2026-{letters:04d}",
            "类型": "厂房出租保证书",
            "签订人": rng.choice(["房大有", "房二宝"]),
            "签订日期": on,
        }
        if rng.random() < 0.8:
            letter["有效期至"] = on + timedelta(days=rng.choice([30, 90, 365]))
        if rng.random() < 0.15:
            letter["作废日期"] = on + timedelta(days=rng.randint(0, 60))
            letter["作废原因"] = "登记有误"
        signed.append(letter)
    place = {
        "编号": id,
        "村": rng.choice([v["名称"] for v in VILLAGES[:4]]),
        "地址": f"工业路{id[-2:]}号",
        "用途": rng.choice(["出租", "转租", "空置待租", "自用", "闲置"]),
        "登记日期": registered,
        "房东": owners,
        "承租": tenants,
        "保证书": signed,
    }
    return place, letters
