"""宣传、培训、会议、零报告, and what villages report, counted by hand from the files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Doc = dict[str, Any]
DAY = timedelta(days=1)
BEGUN_BY = ("登记", "期初")
ASKED = ("经营者", "地址", "行业")
"""What a file should say of an enterprise, besides its licence."""


def count(town: Any, start: str, end: str, cutoff: int | None) -> dict[str, list[Any]]:
    """What stands behind each figure: ids, amounts where they are added up, villages."""
    held = [(id, a) for id, a in _activities(town) if start <= _day(a) <= end]
    found: dict[str, list[Any]] = {
        "宣传": [id for id, a in held if a["活动"] == "宣传"],
        "宣传材料": [int(a["份数"]) for _, a in held if "份数" in a],
        "标语推送": [int(a["条数"]) for _, a in held if "条数" in a],
        "培训": [id for id, a in held if a["活动"] == "培训"],
        "培训人次": [int(a.get("人次", "0")) for _, a in held if a["活动"] == "培训"],
        "会议": [id for id, a in held if a["活动"] == "会议"],
        "零报告": [id for id, a in held if a["活动"] == "零报告"],
    }
    known = {firm.id for firm in town.firms}
    found["典型案例曝光"] = [x for _, a in held for x in a.get("曝光企业", []) if x in known]
    entered = [(f, r) for f in town.firms for r, _, _ in f.of("登记", start, end)]
    found["村级上报"] = [f.id for f, r in entered if _source(f.document, r) == "村级上报"]
    found["档案缺项"] = [f.id for f in town.firms if _listed(f.on(end)) and _lacks(f.document)]
    found["应报未报"] = _silent(town, start, end, cutoff)
    return found


def _silent(town: Any, start: str, end: str, cutoff: int | None) -> list[str]:
    """A village for each of the months that it said nothing about."""
    months = _months(start, end, cutoff)
    begun = min(
        [town.base, *(r["日期"] for f in town.firms for r, _, _ in f.walk if r["类型"] in BEGUN_BY)]
    )
    last = max(
        [r.get("录入", r["日期"]) for f in town.firms for r, _, _ in f.walk]
        + [a.get("录入", a["日期"]) for _, a in _activities(town)]
    )
    missed = []
    for first, final in months:
        over = (
            final < last or (final == end and first <= last) or (final == end and len(months) == 1)
        )
        if final < begun or not over:
            continue
        asked = {town.village(name, end) for name in town.villages if _came(town, name) <= final}
        missed += sorted(asked - _spoken(town, first, final, end))
    return missed


def _spoken(town: Any, first: str, final: str, end: str) -> set[str]:
    """The villages, as counted on `end`, that said something in that month."""
    told = {
        a["村"] for _, a in _activities(town) if a["活动"] == "零报告" and first <= _day(a) <= final
    }
    for firm in town.firms:
        looked = [v for v, _, _ in firm.of("巡查", first, final) if v["方式"] == "村级排查"]
        if looked or firm.of("登记", first, final):
            told.add(firm.document["村"])
    return {town.village(name, end) for name in told}


def _months(start: str, end: str, cutoff: int | None) -> list[tuple[str, str]]:
    """The first and the last day of each month that lies whole in the period."""
    found = []
    first = date.fromisoformat(max(start, "2020-01-01"))
    while first.isoformat() <= end:
        day = first
        while not _ends_month(day, cutoff):
            day += DAY
        if _ends_month(first - DAY, cutoff) and day.isoformat() <= end:
            found.append((first.isoformat(), day.isoformat()))
        first = day + DAY
    return found


def _ends_month(day: date, cutoff: int | None) -> bool:
    return day.day == cutoff if cutoff else (day + DAY).day == 1


def _came(town: Any, name: str) -> str:
    return str(town.villages[name].get("自", ""))


def _activities(town: Any) -> list[tuple[str, Doc]]:
    from tests.recount import alive, mended

    found = []
    for path, document in sorted(town.documents.items()):
        if path.startswith("活动/"):
            records = document["记录"]
            if records[0]["序号"] in alive(records):
                found.append((document["编号"], mended(records)[0]))
    return found


def _day(activity: Doc) -> str:
    """A 零报告 that comes late belongs to the month it speaks of."""
    return str(min(activity["日期"], activity.get("期末", activity["日期"])))


def _source(profile: Doc, registration: Doc) -> str:
    return str(profile.get("来源") or registration.get("来源", "巡查发现"))


def _listed(standing: Doc) -> bool:
    from tests.recount import LISTED

    return standing["state"] in LISTED


def _lacks(profile: Doc) -> bool:
    unlicensed = "证照情况" not in profile and "统一社会信用代码" not in profile
    return unlicensed or any(key not in profile for key in ASKED)
