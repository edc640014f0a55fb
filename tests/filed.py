"""Files of a ledger written out by hand: an enterprise by its records, premises by its letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from swm.store.yamltext import dump

Doc = dict[str, Any]
Files = dict[str, bytes]


def day(text: str) -> date:
    """10-03 is 3 October 2026; a whole date is itself."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def firm(id: str, *records: Doc, **profile: Any) -> Files:
    """One enterprise's file; the records are numbered in order."""
    numbered = [{"序号": n, **record} for n, record in enumerate(records, start=1)]
    document = {
        "编号": id,
        "名称": f"俵口兴旺金属加工厂{id[-1]}",
        "村": "俵口村",
        **profile,
        "整治": {"轮次": 1, "状态": "待整治"},
        "记录": numbered,
    }
    return {f"企业/{id[:-2]}/{id}.yaml": dump(document).encode()}


def yard(id: str, *letters: Doc, **about: Any) -> Files:
    """One file of 厂房, let by 房大有 since nobody knows when."""
    document = {
        "编号": id,
        "村": "俵口村",
        "地址": f"工业路{id[-1]}号",
        "用途": "出租",
        "登记日期": day("01-01"),
        "房东": [{"姓名": "房大有"}],
        **about,
    }
    if letters:
        document["保证书"] = list(letters)
    return {f"厂房/{id[:-2]}/{id}.yaml": dump(document).encode()}


def letter(number: int, on: str, until: str | None = None, **more: Any) -> Doc:
    """A letter that 房大有 signed."""
    written = {
        "编号": f"BZ-2026-{number:04d}",
        "类型": "厂房出租保证书",
        "签订人": "房大有",
        "签订日期": day(on),
    }
    return written | ({"有效期至": day(until)} if until else {}) | more


def registered(on: str, category: str | None = "搬迁改造", source: str = "巡查发现") -> Doc:
    """登记, listed at once when the source is direct and there is a category."""
    record = {"类型": "登记", "日期": day(on), "来源": source}
    return record | ({"类别": category} if category else {})


def opening(state: str, category: str = "关停取缔", on: str = "01-01", **more: Any) -> Doc:
    """期初."""
    return {"类型": "期初", "日期": day(on), "类别": category, "状态": state, **more}


def act(on: str, action: str, before: str, after: str, **more: Any) -> Doc:
    """动作, approved, so that it does not wait on the desk."""
    approval = {"批准": {"人": "孟签批"}}
    told = {"动作": action, "由": before, "至": after}
    return {"类型": "动作", "日期": day(on), **told, **approval, **more}


def order(on: str, deadline: str | None, served: str | None = None, **more: Any) -> Doc:
    """限期搬迁 with its paper."""
    paper = {"名称": "限期搬迁告知书"} | ({"送达日期": day(served)} if served else {})
    term = {"期限": day(deadline)} if deadline else {"期限日数": TERM}
    return act(on, "限期搬迁", "待整治", "搬迁中", 文书=paper, **term, **more)


TERM = {"日数": 15, "单位": "自然日", "顺延": "否"}


def delisted(on: str, before: str = "搬迁中", after: str = "已搬迁", **more: Any) -> Doc:
    """销号."""
    return act(on, "销号", before, after, 完成方式="自行搬离", **more)


def visit(on: str, kind: str = "日常", result: str = "停产", *people: str, **more: Any) -> Doc:
    """巡查, by 甲一 and 乙二 unless said otherwise."""
    team = list(people) or ["甲一", "乙二"]
    return {"类型": "巡查", "日期": day(on), "方式": kind, "人员": team, "结果": result, **more}
