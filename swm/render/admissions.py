"""准入 on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from swm.domain.admissionrecords import Admission, Review, Ruling, Supplement
from swm.domain.admissions import waiting_until
from swm.domain.policy import Policy
from swm.render.terminal import Column, table
from swm.render.text import commas, visible, wrap
from swm.reports.admissions import Applied


def admissions_table(found: Sequence[Applied], room: int | None) -> list[str]:
    """One application a line."""
    columns = (
        Column("编号"),
        Column("日期"),
        Column("方式"),
        Column("名称", shrink=True),
        Column("村", shrink=True),
        Column("厂房", spare=True),
        Column("结论"),
    )
    rows = [(a.id, str(a.on), a.kind, a.name, a.village, a.premises, _concluded(a)) for a in found]
    return table(columns, rows, room)


def _concluded(applied: Applied) -> str:
    until = f"（{applied.due:%m-%d}前）" if applied.due else ""
    differs = "" if applied.advice == applied.decision else f"（建议{applied.advice}）"
    return f"{applied.decision}{until}{differs}"


def admission_document(applied: Applied) -> dict[str, Any]:
    """One application as JSON."""
    return {
        "编号": applied.id,
        "日期": applied.on,
        "方式": applied.kind,
        "名称": applied.name,
        "村": applied.village,
        "厂房": applied.premises or None,
        "建议": applied.advice,
        "结论": applied.decision,
        "补齐期限": applied.due,
    }


def admission_page(found: Admission, policy: Policy, room: int) -> list[str]:
    """Everything about one application, in lines of at most `room` columns."""
    if found.withdrawn:
        return [f"{found.id} 已撤销"]
    review = found.review
    lines = [f"{found.id} {visible(found.title)}", ""]
    for name, value in _profile(found, review):
        lines += wrap(f"{name}  {visible(value)}", room, "    ") if value else []
    if until := waiting_until(found, policy):
        lines += [
            "",
            f"等待补充，{until} 前补齐：",
            f"  swm admit supplement {found.id} --materials 齐全",
        ]
    for ruling in found.rulings:
        lines += ["", *_ruling(ruling, room)]
    return lines


def _profile(found: Admission, review: Review) -> Iterator[tuple[str, str | None]]:
    yield "方式", review.kind
    yield "村", review.village
    yield "经营者", review.operator
    yield "电话", review.phone
    yield "代码", review.uscc
    yield "厂房", review.premises
    yield "地址", review.address
    yield "行业", review.industry
    yield "产品与工艺", review.product
    yield "材料", "、".join(found.materials) or "没有"
    yield "备注", review.note


def _ruling(ruling: Ruling, room: int) -> list[str]:
    by = f"，经办 {commas(ruling.by)}" if ruling.by else ""
    head = f"第{ruling.number}条 {ruling.on} {ruling.type}{by}：建议{ruling.advice}"
    lines = wrap(f"{head}，结论{ruling.decision}", room, "    ")
    for text in _told(ruling):
        lines += wrap(f"  {text}", room, "     ")
    return lines


def _told(ruling: Ruling) -> Iterator[str]:
    if isinstance(ruling, Supplement):
        if ruling.materials:
            yield f"补交 {commas(ruling.materials)}"
        for id, proof in ruling.settled.items():
            yield f"核实 {id} 不是同一家：{visible(proof)}"
    for number, reason in enumerate(ruling.reasons, start=1):
        yield f"{number}. {visible(reason.text)}（{reason.clause}）"
    if ruling.why:
        yield f"决定理由：{visible(ruling.why)}"
    if ruling.approval:
        yield f"批准：{visible(ruling.approval.person)} {ruling.approval.on or ''}".rstrip()
