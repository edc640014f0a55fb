"""空置, 二手房东, 违反保证, 清退 and 准入, counted by hand from the files."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests import recount
from tests.recount import FOREVER, Doc, during, unlawful


def count(town: recount.Town, start: str, end: str) -> dict[str, list[Any]]:
    """Every figure of lettings and admissions in the period."""
    found: dict[str, list[Any]] = defaultdict(list)
    firms = {firm.id: firm for firm in town.firms}
    broken: set[tuple[str, str]] = set()
    for place in town.places:
        if place["登记日期"] > end:
            continue
        let = any(during(tenant, end) for tenant in place.get("承租", []))
        if place["用途"] == "空置待租" and not let:
            found["空置"].append(place["编号"])
        owners = place.get("房东", [])
        if any(o.get("身份") == "二手房东" and during(o, end) for o in owners):
            found["二手房东"].append(place["编号"])
        for firm in firms.values():
            broken |= {
                (number, firm.id)
                for day in _offences(firm, start, end)
                if _there(place, firm, day)
                for number in _bound(place, day)
            }
        _clearings(found, place, start, end)
    found["违反保证"] = sorted(broken)
    for name in ("停租告知", "清退", "未报送"):
        found[name] = sorted(set(found[name]))
    for admission in town.others("准入/"):
        _admission(found, admission, start, end)
    return found


def _offences(firm: recount.Firm, start: str, end: str) -> set[str]:
    """The days on which it was listed first, relapsed, or produced unlawfully."""
    days = set()
    first = firm.first_listing
    for record, was, _ in firm.walk:
        listed = record is first and record["类型"] != "期初"
        relapsed = record["类型"] == "动作" and record["动作"] == "回潮"
        caught = record["类型"] == "巡查" and unlawful(record, was)
        if start <= record["日期"] <= end and (listed or relapsed or caught):
            days.add(record["日期"])
    return days


def _there(place: Doc, firm: recount.Firm, day: str) -> bool:
    own = firm.document.get("厂房") == place["编号"]
    tenants = place.get("承租", [])
    by_id = [t for t in tenants if t["名称"] == firm.id]
    by_name = [t for t in tenants if own and t["名称"] == firm.document["名称"]]
    if any(during(t, day) for t in (*by_id, *by_name)):
        return True
    named = any(t["名称"] in (firm.id, firm.document["名称"]) for t in tenants)
    return own and not named


def _bound(place: Doc, day: str) -> list[str]:
    """The letters that ran on that day, signed earlier by one who still let the place."""
    return [
        letter["编号"]
        for letter in place.get("保证书", [])
        if letter["签订日期"] < day <= letter.get("有效期至", FOREVER)
        and day < letter.get("作废日期", FOREVER)
        and any(o["姓名"] == letter["签订人"] and during(o, day) for o in place.get("房东", []))
    ]


def _clearings(found: dict[str, list[Any]], place: Doc, start: str, end: str) -> None:
    steps = place.get("清退", [])
    gone: set[str] = set()
    for step in sorted(steps, key=lambda s: -int(s["序号"])):
        if step["步骤"] == "撤销" and step["序号"] not in gone:
            gone.add(step["撤销记录"])
    left = [s for s in steps if s["步骤"] != "撤销" and s["序号"] not in gone]
    left.sort(key=lambda s: (s["日期"], int(s["序号"])))
    waiting: dict[tuple[str, str], int] = defaultdict(int)
    cleared: dict[str, list[str]] = defaultdict(list)
    for step in left:
        firm, day, what = step["承租人"], step["日期"], step["步骤"]
        if what == "停租告知":
            waiting[firm, "清退"] += 1
        elif waiting[firm, what]:
            waiting[firm, what] -= 1
            if what == "清退":
                waiting[firm, "报送"] += 1
                if day <= end:
                    cleared[firm].append(day)
            elif day <= end:
                cleared[firm].pop(0)
        else:
            continue
        if what != "报送" and start <= day <= end:
            found[what].append(firm)
    found["未报送"] += [firm for firm, days in cleared.items() if days]


def _admission(found: dict[str, list[Any]], document: Doc, start: str, end: str) -> None:
    records = recount.mended(document["记录"])
    reviews = [r for r in records if r["类型"] == "审查"]
    if not reviews or not start <= reviews[0]["日期"] <= end:
        return
    rulings = [r for r in records if r["日期"] <= end]
    found["准入审查"].append(document["编号"])
    found[f"准入·{rulings[-1]['结论']}"].append(document["编号"])
