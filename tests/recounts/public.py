"""宣传、培训、会议、零报告, and what villages report, counted by hand from the files."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]
ASKED = ("经营者", "地址", "行业")
"""What a file should say of an enterprise, besides its licence."""


def count(town: Any, start: str, end: str) -> dict[str, list[Any]]:
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
    spoken = {town.village(a["村"], end) for _, a in held if a["活动"] == "零报告"}
    spoken |= {town.village(f.document["村"], end) for f, _ in entered}
    for firm in town.firms:
        if any(v["方式"] == "村级排查" for v, _, _ in firm.of("巡查", start, end)):
            spoken.add(town.village(firm.document["村"], end))
    found["应报未报"] = sorted(set(_roster(town, end)) - spoken)
    return found


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


def _roster(town: Any, day: str) -> list[str]:
    return [
        name
        for name, village in town.villages.items()
        if village.get("自", "") <= day <= village.get("至", "9999-12-31")
    ]
