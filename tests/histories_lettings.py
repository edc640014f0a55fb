"""Lettings and admissions at random, for the townships of `histories`."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from swm.store.yamltext import dump

Doc = dict[str, Any]
DECISIONS = ("准入", "不予准入", "补充材料")


def let(place: Doc, firms: int, end: date, seed: object) -> Doc:
    """The premises with a 二手房东, agreed tenants, and clearings of several enterprises."""
    rng = Random(f"{seed}/{place['编号']}/let")
    start = place["登记日期"]
    if rng.random() < 0.4:
        since = start + timedelta(days=rng.randint(0, 90))
        sublet: Doc = {"姓名": "周二房", "身份": "二手房东", "出租方": "房大有", "自": since}
        if rng.random() < 0.5:
            sublet["至"] = since + timedelta(days=rng.randint(0, 90))
        place["房东"].append(sublet)
    for letter in place["保证书"]:
        if rng.random() < 0.3:
            letter["承租人"] = "外来户"
    for _ in range(rng.randint(0, 2)):
        firm = f"BK-{rng.randint(1, firms):04d}"
        since = start + timedelta(days=rng.randint(0, 120))
        place["承租"].append({"名称": firm, "自": since})
    place["清退"] = list(_steps(rng, firms, start, end))
    return place


def _steps(rng: Random, firms: int, start: date, end: date) -> list[Doc]:
    steps: list[Doc] = []
    for _ in range(rng.randint(0, 4)):
        firm = f"BK-{rng.randint(1, firms):04d}"
        day = start + timedelta(days=rng.randint(0, 150))
        for what in ("停租告知", "清退", "报送")[: rng.randint(1, 3)]:
            steps.append({"步骤": what, "日期": min(day, end), "承租人": firm})
            day += timedelta(days=rng.randint(0, 40))
    rng.shuffle(steps)
    for number, step in enumerate(steps, start=1):
        step["序号"] = number
    for _ in range(rng.randint(0, 2) if steps else 0):
        of = rng.randint(1, len(steps))
        steps.append({"步骤": "撤销", "日期": end, "序号": len(steps) + 1, "撤销记录": of})
    return steps


def admissions(seed: object, villages: list[str], first: date) -> dict[str, bytes]:
    """The files of a dozen applications, some supplemented, decided, corrected or withdrawn."""
    rng = Random(f"{seed}/admissions")
    files = {}
    for number in range(1, 13):
        id = f"ZR-2026-{number:04d}"
        document = {"编号": id, "记录": _application(rng, villages, first)}
        files[f"准入/2026/{id}.yaml"] = dump(document).encode()
    return files


def _application(rng: Random, villages: list[str], first: date) -> list[Doc]:
    day = first + timedelta(days=rng.randint(0, 200))
    records: list[Doc] = []

    def write(type: str, **more: Any) -> None:
        records.append({"序号": len(records) + 1, "类型": type, "日期": day, **more})

    def ruling() -> Doc:
        return {"建议": rng.choice(DECISIONS), "结论": rng.choice(DECISIONS)}

    about = {"方式": "接电", "名称": "某某厂", "村": rng.choice(villages)}
    write("审查", **ruling(), **about)
    for _ in range(rng.randint(0, 3)):
        day += timedelta(days=rng.randint(0, 45))
        write(rng.choice(("补充", "决定")), **ruling())
    if rng.random() < 0.3:
        changed = {"结论": rng.choice(DECISIONS)}
        write("更正", 更正记录=rng.randint(1, len(records)), 改为=changed, 原因="登记有误")
    if rng.random() < 0.3:
        write("撤销", 撤销记录=[rng.randint(1, len(records))], 原因="登记有误")
    return records
