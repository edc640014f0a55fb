"""举报 at random, as plain files: late, corrected, withdrawn, checked twice, in any order.

Nothing here asks swm what is allowed; the figures must be right for whatever the files say.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from swm.store.yamltext import dump

Doc = dict[str, Any]
SOURCES = ("12345热线", "群众来电", "来信来访", "网络/微信", "上级交办", "媒体")
CONCLUSIONS = ("属实", "部分属实", "不属实", "无法核实", "查无此处")
VILLAGES = ("俵口村", "兴家坨村", "白庙村", "小白庙村", "名册外的村")
STEPS = ("转办", "关联", "核查", "核查", "延期", "答复", "办结", "更正", "撤销")


def complaints(seed: int, firms: int, first: date, end: date, count: int = 40) -> dict[str, bytes]:
    """The files of 举报/, by path."""
    rng = Random(f"complaints/{seed}")
    files = {}
    for number in range(1, count + 1):
        id = f"JB-2026-{number:04d}"
        document = {"编号": id, "记录": _records(rng, number, firms, first, end)}
        files[f"举报/2026/{id}.yaml"] = dump(document).encode()
    return files


def _records(rng: Random, number: int, firms: int, first: date, end: date) -> list[Doc]:
    day = first + timedelta(days=rng.randrange((end - first).days))
    received: Doc = {
        "序号": 1,
        "类型": "收件",
        "日期": day,
        "来源": rng.choice(SOURCES),
        "村": rng.choice(VILLAGES),
        "内容": "夜间喷漆",
        "涉及": [_firm(rng, firms) for _ in range(rng.choice((0, 0, 1, 2)))] or None,
        "重复于": f"JB-2026-{rng.randrange(1, number):04d}"
        if number > 1 and rng.random() < 0.2
        else None,
        "期限": day + timedelta(days=rng.randrange(1, 40)) if rng.random() < 0.9 else None,
    }
    records = [_full(received)]
    for _ in range(rng.randrange(8)):
        day = max(first, day + timedelta(days=rng.randrange(-2, 15)))
        records.append(_full(_step(rng, records, day, firms)))
    return records


def _step(rng: Random, records: list[Doc], day: date, firms: int) -> Doc:
    kind = rng.choice(STEPS)
    number = len(records) + 1
    entered = day + timedelta(days=rng.choice((0, 0, 5)))
    head: Doc = {
        "序号": number,
        "类型": kind,
        "日期": day,
        "录入": entered if entered > day else None,
    }
    facts = [r for r in records if r["类型"] not in ("更正", "撤销")]
    if kind == "转办":
        return {**head, "承办": "环保办"}
    if kind == "关联":
        return {**head, "涉及": [_firm(rng, firms)]}
    if kind == "核查":
        proof = [f"{_firm(rng, firms)}第1条"] if rng.random() < 0.4 else None
        told = {"人员": ["甲一", "乙二"], "结论": rng.choice(CONCLUSIONS), "发现": "现场情况"}
        return {**head, **told, "凭": proof}
    if kind == "延期":
        until = day + timedelta(days=rng.randrange(5, 40))
        return {**head, "期限": until, "事由": "复杂", "批准": {"人": "孟镇长"}}
    if kind == "答复":
        return {**head, "方式": "电话", "满意": rng.choice(("是", "否", None))}
    if kind == "办结":
        return {**head, "结果": "已处理", "处理": "清运"}
    if kind == "更正":
        return {**head, **_correction(rng, rng.choice(facts))}
    return {**head, "撤销记录": [rng.choice(records)["序号"]], "原因": "登记有误"}


def _correction(rng: Random, target: Doc) -> Doc:
    moved = target["日期"] - timedelta(days=rng.randrange(4))
    values: Doc = {"日期": str(moved)}
    if target["类型"] == "核查":
        values = {"结论": rng.choice(CONCLUSIONS)}
    if target["类型"] in ("收件", "延期"):
        values = {"期限": str(moved + timedelta(days=rng.randrange(1, 50)))}
    return {"更正记录": target["序号"], "改为": values, "原因": "登记有误"}


def _firm(rng: Random, firms: int) -> str:
    return f"BK-{rng.randrange(1, firms + 1):04d}"


def _full(record: Doc) -> Doc:
    return {key: value for key, value in record.items() if value is not None}
