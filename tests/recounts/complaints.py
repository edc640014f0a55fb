"""举报 and 上级交办 counted by hand, from the YAML of 举报/ alone."""

from __future__ import annotations

import re
from typing import Any

Doc = dict[str, Any]
TRUE = ("属实", "部分属实")


def count(found: dict[str, list[Any]], cases: list[Doc], mended: Any, start: str, end: str) -> None:
    """Everything of the period. `mended` gives the records that count, as corrected."""
    about: set[str] = set()
    for document in cases:
        records = mended(document["记录"])
        if not any(r["序号"] == document["记录"][0]["序号"] for r in records):
            continue  # the first is withdrawn: it counts no more
        about |= _one(found, document["编号"], records, start, end)
    found["举报涉及企业"] = sorted(about)


def _one(
    found: dict[str, list[Any]], id: str, records: list[Doc], start: str, end: str
) -> set[str]:
    first = next(r for r in records if r["类型"] == "收件")
    closed = next((r["日期"] for r in records if r["类型"] == "办结"), "9999")
    deadline = first.get("期限", "")
    for r in records:
        if r["类型"] == "延期":
            deadline = r["期限"]
    if first["日期"] > end:
        return set()
    about: set[str] = set()
    if first["日期"] >= start:
        found["举报收到"].append(id)
        if "重复于" in first:
            found["举报收到·重复"].append(id)
        if first["来源"] == "上级交办":
            found["上级交办"].append(id)
        about = _about(records)
    checks = [r for r in records if r["类型"] == "核查" and r["日期"] <= end]
    if not checks:
        found["举报未核查"].append(id)
    elif checks[-1]["日期"] >= start and checks[-1]["结论"] in TRUE:
        found["举报属实"].append(id)
    answers = [r["日期"] for r in records if r["类型"] == "答复"]
    if answers and start <= answers[-1] <= end:
        found["举报答复"].append(id)
    if start <= closed <= end:
        found["举报办结"].append(id)
    if deadline and start <= deadline <= end:
        found["举报到期应办结"].append(id)
        if closed <= deadline:
            found["举报按期办结"].append(id)
    if deadline and deadline < end < closed:
        found["举报超期"].append(id)
    return about


def _about(records: list[Doc]) -> set[str]:
    named: set[str] = set()
    for r in records:
        if r["类型"] in ("收件", "关联"):
            named |= set(r.get("涉及", []))
        if r["类型"] == "核查":
            named |= {re.sub("第.*", "", text) for text in r.get("凭", [])}
    return named
