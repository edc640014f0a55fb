"""The figures counted again, by hand: plain Python over plain YAML, sharing no code with swm.

Every file is read by PyYAML with each scalar as text. What a record does is written down here a
second time, from the contract's sections 2 and 5. Days are ISO text, so that they compare.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import yaml

from tests.recounts import complaints, duties, enforcement, patrolling, public

OPEN = ("待整治", "清理中", "搬迁中", "整改中", "执法中")
CLOSED = ("已取缔", "已搬迁", "已整改")
MUST_STOP = ("清理中", "搬迁中", "执法中", "已取缔", "已搬迁")
LISTED = OPEN + CLOSED
FOREVER = "9999-12-31"
COVERAGE_DAYS = 30

Doc = dict[str, Any]


def read(data: bytes) -> Doc:
    """One file, every scalar as text, empty ones left out."""
    document = yaml.load(data, Loader=yaml.BaseLoader)
    assert isinstance(document, dict)
    return _without_empty(document)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty(v) for k, v in value.items() if v not in ("", [], {})}
    return [_without_empty(v) for v in value] if isinstance(value, list) else value


# --- one enterprise ---------------------------------------------------------------------------


def alive(records: list[Doc]) -> set[str]:
    """The numbers that no living 撤销 names."""
    known: dict[str, bool] = {}

    def lives(number: str) -> bool:
        if number not in known:
            known[number] = not any(
                number in r["撤销记录"] and lives(r["序号"])
                for r in records
                if r["类型"] == "撤销" and int(r["序号"]) > int(number)
            )
        return known[number]

    return {r["序号"] for r in records if lives(r["序号"])}


def mended(records: list[Doc]) -> list[Doc]:
    """The records that count, as corrected, in the order of their days."""
    living = [r for r in records if r["序号"] in alive(records)]
    fixes: list[Doc] = []
    for fix in sorted(living, key=lambda r: -int(r["序号"])):
        if fix["类型"] == "更正":  # a later correction may mend an earlier one
            fixes.insert(0, _corrected(fix, fixes))
    facts = [r for r in living if r["类型"] not in ("更正", "撤销")]
    found = [_corrected(r, fixes) for r in facts]
    return sorted(found, key=lambda r: (r["日期"], int(r["序号"])))


def _corrected(record: Doc, fixes: list[Doc]) -> Doc:
    copy = {k: dict(v) if isinstance(v, dict) else v for k, v in record.items()}
    for fix in fixes:
        if fix["更正记录"] == record["序号"]:
            for key, text in fix["改为"].items():
                _put(copy, key, text)
    if copy["日期"] != record["日期"]:  # it was entered when it was entered
        copy.setdefault("录入", record["日期"])
    return copy


def _put(record: Doc, key: str, text: str) -> None:
    head, _, rest = key.partition(".")
    if rest and text:
        record.setdefault(head, {})[rest] = text
    elif rest:
        record.get(head, {}).pop(rest, None)
    elif head in ("人员", "部门", "问题", "未完成"):
        record[head] = [part for part in re.split("[,，、]", text) if part]
    elif text:
        record[head] = text
    else:
        record.pop(head, None)


def blank() -> Doc:
    return {
        "state": "",
        "category": None,
        "deadline": None,
        "awaiting": None,
        "round": 1,
        "round_day": None,
        "listed": None,
        "opening": False,
    }


def step(was: Doc, r: Doc) -> Doc:
    """What one record makes of a standing."""
    now = dict(was)
    kind = r["类型"]
    if kind == "登记":
        direct = r.get("来源", "巡查发现") in ("历史清单", "巡查发现") and "类别" in r
        now.update(state="待整治" if direct else "待核查", category=r.get("类别"))
        now["listed"] = r["日期"] if direct else None
    elif kind == "期初":
        now.update(state=r["状态"], category=r["类别"], opening=True)
        now["deadline"] = r.get("期限") if r["状态"] in OPEN else None
        now["listed"] = r["日期"] if r["状态"] in LISTED else None
    elif kind == "送达" and r["送达记录"] == was["awaiting"]:
        now["awaiting"] = None
        now["deadline"] = was["deadline"] or r.get("期限")
    elif kind == "动作":
        _act(now, was, r)
    if now["round"] == 1:
        now["round_day"] = now["listed"]
    return now


def _act(now: Doc, was: Doc, r: Doc) -> None:
    now["state"] = r["至"]
    now["category"] = r.get("类别") or was["category"]
    if r["至"] in LISTED and now["listed"] is None:
        now["listed"] = r["日期"]
    if r["动作"] == "延期":
        now["deadline"] = r.get("期限") or was["deadline"]
    elif "期限" in r or "期限日数" in r:
        now["deadline"] = r.get("期限")
        unserved = "文书" in r and "送达日期" not in r["文书"]
        now["awaiting"] = r["序号"] if unserved else None
    elif r["至"] not in OPEN or r["至"] == "待整治":
        now["deadline"] = now["awaiting"] = None
    if r["动作"] == "回潮":
        now.update(round=was["round"] + 1, round_day=r["日期"], opening=False)


class Firm:
    """An enterprise's file, walked through once."""

    def __init__(self, document: Doc) -> None:
        self.document = document
        self.id = document["编号"]
        self.walk: list[tuple[Doc, Doc, Doc]] = []
        standing = blank()
        for record in mended(document["记录"]):
            after = step(standing, record)
            self.walk.append((record, standing, after))
            standing = after

    def on(self, day: str) -> Doc:
        """The standing on the evening of `day`."""
        standing = blank()
        for record, _, after in self.walk:
            if record["日期"] <= day:
                standing = after
        return standing

    def of(self, kind: str, start: str, end: str) -> list[tuple[Doc, Doc, Doc]]:
        """The records of one type in the period, with what stood before and after."""
        return [s for s in self.walk if s[0]["类型"] == kind and start <= s[0]["日期"] <= end]

    @property
    def first_listing(self) -> Doc | None:
        """The record by which it first came into 底数."""
        return next((r for r, b, a in self.walk if a["state"] in LISTED), None)


def team(visit: Doc) -> tuple[str, ...]:
    everybody = ([visit["带班领导"]] if "带班领导" in visit else []) + visit.get("人员", [])
    return tuple(dict.fromkeys(everybody))


def trip(visit: Doc) -> tuple[Any, ...]:
    """Which outing a visit belongs to."""
    if "巡查编号" in visit:
        return (visit["巡查编号"],)
    return (visit["日期"], visit["方式"], tuple(sorted(team(visit))))


def unlawful(visit: Doc, before: Doc) -> bool:
    producing = visit["结果"] in ("在产", "有生产迹象")
    return producing and before["state"] in (*MUST_STOP, "待核查")


def rebound(visit: Doc, before: Doc) -> bool:
    if before["state"] == "已整改":
        return bool(visit.get("问题"))
    back = visit["结果"] in ("在产", "有生产迹象", "设备回迁") or bool(visit.get("未完成"))
    return before["state"] in ("已取缔", "已搬迁") and back


# --- premises ---------------------------------------------------------------------------------


def during(thing: Doc, day: str) -> bool:
    return thing.get("自", "") <= day <= thing.get("至", FOREVER)


def letter_valid(place: Doc, letter: Doc, day: str) -> bool:
    """In force on that day, and nobody changed since it was signed."""
    signed = letter["签订日期"]
    if not signed <= day <= letter.get("有效期至", FOREVER):
        return False
    if letter.get("作废日期", FOREVER) <= day:
        return False
    owners = place.get("房东", [])
    if not any(o["姓名"] == letter["签订人"] and during(o, day) for o in owners):
        return False
    there = {o["姓名"] for o in owners if during(o, signed)} | {letter["签订人"]}
    if any(signed < o.get("自", "") <= day and o["姓名"] not in there for o in owners):
        return False
    tenants = place.get("承租", [])
    used = {t["名称"] for t in tenants if during(t, signed)} | {letter.get("承租人")}
    return not any(signed < t.get("自", "") <= day and t["名称"] not in used for t in tenants)


# --- the township -----------------------------------------------------------------------------


class Town:
    """All files of a ledger, counted by hand."""

    def __init__(
        self, files: dict[str, bytes], villages: list[Doc], base: str = "2026-01-01"
    ) -> None:
        self.base = base  # 建账基准日
        documents = self.documents = {path: read(data) for path, data in files.items()}
        self.firms = [Firm(d) for p, d in sorted(documents.items()) if p.startswith("企业/")]
        self.places = [d for p, d in sorted(documents.items()) if p.startswith("厂房/")]
        self.patrols = [d for p, d in sorted(documents.items()) if p.startswith("巡查/")]
        self.cases = [d for p, d in sorted(documents.items()) if p.startswith("举报/")]
        self.villages = {v["名称"]: v for v in villages}

    def others(self, folder: str) -> list[Doc]:
        """The files of another kind."""
        return [d for p, d in sorted(self.documents.items()) if p.startswith(folder)]

    def village(self, name: str, day: str) -> str:
        """Under which village a name is counted on that day."""
        known = self.villages.get(name)
        if known and known.get("至", FOREVER) < day and "并入" in known:
            return self.village(known["并入"], day)
        return name

    def count(
        self, start: str, end: str, next_end: str, cutoff: int | None = None
    ) -> dict[str, list[Any]]:
        """What stands behind every figure of the period: ids, or (day, people) of outings."""
        found: dict[str, list[Any]] = defaultdict(list)
        for firm in self.firms:
            self._stocks(found, firm, end, next_end)
            self._flows(found, firm, start, end)
            self._due(found, firm, start, end)
        self._outings(found, start, end)
        self._neighbours(found, start, end)
        self._premises(found, start, end)
        found.update(public.count(self, start, end, cutoff))
        patrolling.count(self, found, start, end)
        enforcement.count(found, self.firms, start, end)
        complaints.count(found, self.cases, mended, start, end)
        found |= import_module("tests.recounts.lettings").count(self, start, end)
        found |= duties.count(self.firms, self.base, start, end)
        return found

    def _stocks(self, found: dict[str, list[Any]], firm: Firm, end: str, next_end: str) -> None:
        now = firm.on(end)
        state, deadline = now["state"], now["deadline"]
        if state and state != "已核减":
            found["排查总数"].append(firm.id)
        if state == "待核查":
            found["待核查"].append(firm.id)
        if state in LISTED:
            found["底数"].append(firm.id)
            found["底数类别 " + (now["category"] or "待定")].append(firm.id)
            found["底数行业 " + firm.document.get("行业", "未填")].append(firm.id)
        if state in CLOSED:
            found["已销号"].append(firm.id)
        found["累计延期"] += [
            firm.id for r, _, _ in firm.of("动作", "", end) if r["动作"] == "延期"
        ]
        if state not in OPEN:
            return
        found["未销号"].append(firm.id)
        found[state].append(firm.id)
        month_ago = _days(end, -30)
        if now["awaiting"] is not None:
            found["已作出未送达"].append(firm.id)
        elif deadline is None:
            if state == "待整治" and now["round_day"] <= month_ago:
                found["列入满30日未下达期限"].append(firm.id)
        elif deadline < end:
            found["超期"].append(firm.id)
        elif deadline <= next_end:
            found["下月到期"].append(firm.id)
        since = _days(end, -COVERAGE_DAYS)
        if now["round_day"] < since and not firm.of("巡查", since, end):
            found["应查未查"].append(firm.id)

    def _flows(self, found: dict[str, list[Any]], firm: Firm, start: str, end: str) -> None:
        first = firm.first_listing
        if first and start <= first["日期"] <= end:
            found["期初建账" if first["类型"] == "期初" else "本月新增"].append(firm.id)
        if first and first["类型"] != "期初" and first["日期"] < start:
            if start <= first.get("录入", first["日期"]) <= end:
                found["往月补录列入"].append(firm.id)
        closing = {}
        for r, was, now in firm.of("动作", start, end):
            if was["state"] in LISTED and now["state"] not in LISTED:
                found["本月核减"].append(firm.id)
            if was["state"] not in CLOSED and now["state"] in CLOSED:
                closing[firm.id] = now["state"]
            for action, name in (("回潮", "本月回潮"), ("转取缔", "转取缔")):
                if r["动作"] == action and firm.id not in found[name]:
                    found[name].append(firm.id)
            if r["动作"] == "延期":
                found["本月延期"].append(firm.id)
        for id, state in closing.items():
            found["本月销号"].append(id)
            found[f"本月销号·{state}"].append(id)
        for r, _, _ in firm.walk:
            entered = r.get("录入", r["日期"])
            if r["类型"] != "期初" and r["日期"] < start <= entered <= end:
                found["补录"].append((firm.id, r["序号"]))

    def _due(self, found: dict[str, list[Any]], firm: Firm, start: str, end: str) -> None:
        ended: list[tuple[int, str, bool]] = []
        for day in {after["deadline"] for _, _, after in firm.walk} - {None}:
            now = firm.on(day)
            running = now["state"] in OPEN and now["awaiting"] is None
            if start <= day <= end and running and now["deadline"] == day:
                ended.append((now["round"], day, False))
        for r, was, now in firm.walk:
            if r["类型"] == "动作" and was["state"] not in CLOSED and now["state"] in CLOSED:
                deadline = was["deadline"]
                if deadline and was["awaiting"] is None and r["日期"] <= deadline:
                    if start <= deadline <= end:
                        ended.append((now["round"], deadline, True))
        if ended:
            found["到期应完成"].append(firm.id)
            if max(ended)[2]:
                found["按期完成"].append(firm.id)

    def _outings(self, found: dict[str, list[Any]], start: str, end: str) -> None:
        visits = [(f, v, was) for f in self.firms for v, was, _ in f.of("巡查", start, end)]
        for prefix, kind in (("巡查", None), ("夜查", "夜查")):
            chosen = [(f, v) for f, v, _ in visits if kind in (None, v["方式"])]
            people: dict[Any, int] = {}
            for _, v in chosen:
                people[trip(v)] = max(people.get(trip(v), 0), len(team(v)))
            found[f"{prefix}次数"] = list(people)
            found[f"{prefix}人次"] = list(people.values())
            found[f"{prefix}家次"] = [id for _, id in {(trip(v), f.id) for f, v in chosen}]
        bad: dict[Any, list[Doc]] = defaultdict(list)
        for firm, v, was in visits:
            if unlawful(v, was):
                bad[trip(v), firm.id].append(v)
        found["违法生产"] = [id for _, id in bad]
        for name in ("通知派出所", "报告主要领导"):
            told = [id for (_, id), seen in bad.items() if any(name in v for v in seen)]
            found[f"违法生产·{name}"] = told
        looked = {(trip(v), f.id) for f, v, _ in visits if v["方式"] == "回头看"}
        found["回头看家次"] = [id for _, id in looked]
        found["反弹"] = sorted({f.id for f, v, was in visits if rebound(v, was)})

    def _neighbours(self, found: dict[str, list[Any]], start: str, end: str) -> None:
        """原址再生 and 异地转移 among the newly listed."""
        for firm in self.firms:
            if firm.id not in found["本月新增"]:
                continue
            linked = next(r for r, _, _ in firm.walk if r["类型"] == "登记")
            first = firm.first_listing
            assert first is not None
            day = first["日期"]
            others = [o for o in self.firms if o is not firm]
            cleared = any(self._cleared_before(o, firm, day, end) for o in others)
            if cleared or "原址再生" in linked:
                found["原址再生"].append(firm.id)
            if "异地转移" in linked or any(self._moved_from(o, firm, day, end) for o in others):
                found["异地转移"].append(firm.id)

    def _cleared_before(self, other: Firm, firm: Firm, day: str, end: str) -> bool:
        mine, theirs = firm.document, other.document
        if "经营者" not in mine or mine["经营者"] == theirs.get("经营者", mine["经营者"]):
            return False
        yard = "厂房" in mine and mine["厂房"] == theirs.get("厂房")
        address = "地址" in mine and mine["地址"] == theirs.get("地址")
        here = self.village(mine["村"], end) == self.village(theirs["村"], end)
        cleared = any(other.on(r["日期"])["state"] in CLOSED
                      for r, _, _ in other.walk if r["日期"] <= day)  # fmt: skip
        return (yard or (address and here)) and cleared

    def _moved_from(self, other: Firm, firm: Firm, day: str, end: str) -> bool:
        mine, theirs = firm.document, other.document
        if "经营者" not in mine or mine["经营者"] != theirs.get("经营者"):
            return False
        if "电话" in mine and "电话" in theirs and mine["电话"] != theirs["电话"]:
            return False
        then = other.on(end)
        if then["state"] not in LISTED:
            return False
        earlier = (then["listed"], other.id) < (day, firm.id)
        same_yard = "厂房" in mine and mine["厂房"] == theirs.get("厂房")
        same_address = mine.get("地址") == theirs.get("地址")
        here = self.village(mine["村"], end) == self.village(theirs["村"], end)
        return earlier and not same_yard and not (here and same_address)

    def _premises(self, found: dict[str, list[Any]], start: str, end: str) -> None:
        valid: Counter[str] = Counter()
        expiring, signed = set(), set()
        for place in self.places:
            if place["登记日期"] > end:
                continue
            found["厂房"].append(place["编号"])
            letters = place.get("保证书", [])
            good = [x for x in letters if letter_valid(place, x, end)]
            if place["用途"] in ("出租", "转租", "空置待租"):
                found["应签"].append(place["编号"])
                found["已签" if good else "应签未签"].append(place["编号"])
            valid.update(x["编号"] for x in good)
            last = max((x.get("有效期至", FOREVER) for x in good), default=FOREVER)
            if last <= _days(end, 30):
                expiring |= {x["编号"] for x in good if x.get("有效期至", FOREVER) == last}
            for x in letters:
                if start <= x["签订日期"] <= end < x.get("作废日期", FOREVER):
                    signed.add(x["编号"])
        found["有效"] = sorted(valid)
        found["30日内到期"] = sorted(expiring)
        found["本月签订"] = sorted(signed)


def _days(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
