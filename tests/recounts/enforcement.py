"""Papers, 处置, 移送, 联合执法 and 区级验收, counted again by hand from the plain files."""

from __future__ import annotations

import re
from typing import Any

Doc = dict[str, Any]
Found = dict[str, list[Any]]
CLOSED = ("已取缔", "已搬迁", "已整改")
OURS = ("镇", "乡", "街道")


def count(found: Found, firms: list[Any], start: str, end: str) -> None:
    """Add what stands behind each figure of the period."""
    operations: dict[tuple[str, tuple[str, ...]], int] = {}
    for firm in firms:
        records = [record for record, _, _ in firm.walk]
        for record, was, now in firm.walk:
            if record["类型"] == "动作" and start <= record["日期"] <= end:
                _act(found, operations, firm.id, record, was, now)
        _papers(found, firm.id, records, start, end)
        _transfers(found, firm.id, records, start, end)
        _disposals(found, firm.id, records, start, end)
    found["联合执法次数"] = list(operations)
    found["联合执法人次"] = list(operations.values())
    found["联合执法部门次"] = [d for _, departments in operations for d in departments]
    found["联合执法家数"] = sorted(set(found["联合执法家数"]))


def _act(
    found: Found,
    operations: dict[tuple[str, tuple[str, ...]], int],
    id: str,
    act: Doc,
    was: Doc,
    now: Doc,
) -> None:
    name = act["动作"]
    if name == "联合执法" and act.get("执法性质") == "申请法院强制执行":
        found["申请法院"].append(id)
    elif name == "联合执法" and act.get("结果") != "改期":
        together = (act["日期"], tuple(sorted(set(act.get("部门", [])))))
        operations[together] = max(operations.get(together, 0), _heads(act))
        found["联合执法家数"].append(id)
    for other, figure in (("报区验收", "本月报区验收"), ("区验收退回", "区验收退回")):
        if name == other:
            found[figure].append(id)
    if was["state"] not in CLOSED and now["state"] in CLOSED:
        if name == "上级直接销号":
            found["上级直接销号"].append(id)
        else:
            found["区验收销号" if act.get("层级") == "区" else "镇验收销号"].append(id)


def _heads(act: Doc) -> int:
    if "人数" in act:
        return int(act["人数"])
    total = 0
    for told in act.get("人员", {}).values():
        number = re.fullmatch(r"(\d+)[人名]?", told.strip())
        total += int(number[1]) if number else len([x for x in re.split("[、，,]", told) if x])
    return total


def _papers(found: Found, id: str, records: list[Doc], start: str, end: str) -> None:
    services = {r["送达记录"]: r for r in records if r["类型"] == "送达"}
    for act in records:
        paper = act.get("文书")
        if act["类型"] != "动作" or not paper:
            continue
        if "作出机关" in paper and not any(word in paper["作出机关"] for word in OURS):
            continue
        if start <= act["日期"] <= end:
            found["本月文书"].append(id)
        service = services.get(act["序号"])
        day = service["日期"] if service else paper.get("送达日期", "")
        way = service["送达方式"] if service else paper.get("送达方式")
        if start <= day <= end:
            found["本月送达"].append(id)
            if way == "公告":
                found["公告送达"].append(id)


def _transfers(found: Found, id: str, records: list[Doc], start: str, end: str) -> None:
    for sent in (r for r in records if r["类型"] == "移送"):
        answers = [
            r["日期"]
            for r in records
            if r["类型"] == "移送反馈" and r["移送记录"] == sent["序号"] and "反馈" in r
        ]
        answers += [sent["反馈日期"]] if "反馈日期" in sent else []
        answered = min(answers, default="9999-12-31")
        if start <= sent["日期"] <= end:
            found["移送"].append(id)
        if start <= answered <= end:
            found["反馈"].append(id)
        if sent["日期"] <= end < answered:
            found["移送未反馈"].append(id)


def _disposals(found: Found, id: str, records: list[Doc], start: str, end: str) -> None:
    for order in (r for r in records if r["类型"] == "处置"):
        done = [
            r["日期"] for r in records if r["类型"] == "处置完成" and r["处置记录"] == order["序号"]
        ]
        done += [order["完成日期"]] if "完成日期" in order else []
        if start <= order["日期"] <= end:
            found["处置"].append(id)
        late = order.get("期限", "9999-12-31") < end < min(done, default="9999-12-31")
        if order["日期"] <= end and late:
            found["处置超期"].append(id)
