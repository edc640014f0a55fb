"""巡查 counted by hand: grouped patrols, points, looks from outside, coverage."""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]
OPEN = ("待整治", "清理中", "搬迁中", "整改中", "执法中")


def count(town: Any, found: dict[str, list[Any]], start: str, end: str) -> None:
    """Add what the patrols' own files say, and what the new fields of visits say."""
    from tests import recount

    patrols = [p for d in town.patrols if (p := _patrol(recount.mended(d["记录"]), d))]
    for patrol in patrols:
        outing, spots = patrol
        on = outing["日期"]
        if not start <= on <= end:
            continue
        found["成组巡查"].append(patrol)
        for spot in spots:
            yard = spot["处所"].startswith("CF-") and spot["处所"][3:].isdigit()
            found["厂房巡查" if yard else "点位巡查"].append(spot)
        if "到访" not in outing:
            people = len(recount.team(outing))
            for prefix in ("巡查", *(("夜查",) if outing["方式"] == "夜查" else ())):
                found[f"{prefix}次数"].append(patrol)
                found[f"{prefix}人次"].append(people)
    visits = [(f, v, was) for f in town.firms for v, was, _ in f.of("巡查", start, end)]
    for name, fits in (
        ("外围查看", _outside),
        ("行政检查", lambda v: v.get("性质") == "行政检查"),
    ):
        calls = {(recount.trip(v), f.id) for f, v, _ in visits if fits(v)}
        found[name] = [id for _, id in calls]
    bad = [(f, v) for f, v, was in visits if recount.unlawful(v, was)]
    for key in ("派出所到场", "执法人员到场"):
        calls = {(recount.trip(v), f.id) for f, v in bad if key in v}
        found[f"违法生产·{key}"] = [id for _, id in calls]
    _coverage(town, found, end)


def _patrol(records: list[Doc], document: Doc) -> tuple[Doc, list[Doc]] | None:
    """The outing and its spots; None when the first record was withdrawn."""
    first = document["记录"][0]["序号"]
    outing = next((r for r in records if r["序号"] == first), None)
    return (outing, [r for r in records if r["类型"] == "点位"]) if outing else None


def _outside(visit: Doc) -> bool:
    return visit.get("外围查看") == "是" or visit["结果"] == "无法进入"


def _coverage(town: Any, found: dict[str, list[Any]], end: str) -> None:
    from tests import recount

    since = recount._days(end, -recount.COVERAGE_DAYS)
    for firm in town.firms:
        now = firm.on(end)
        if now["state"] not in OPEN or now["round_day"] >= since:
            continue
        found["应巡查"].append(firm.id)
        seen = [v for v, _, _ in firm.of("巡查", since, end)]
        if seen:
            found["巡查覆盖"].append(firm.id)
            if all(map(_outside, seen)):
                found["仅外围查看"].append(firm.id)
