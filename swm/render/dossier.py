"""一企一档 on the screen: the profile, where it stands, and every record in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.approvals import pending
from swm.domain.corrections import corrected
from swm.domain.edits import Plain
from swm.domain.entries import late
from swm.domain.fields import BadValue
from swm.domain.fold import Standing, fold, last
from swm.domain.policy import Policy
from swm.domain.records import Assignment, Correction, Enterprise, Record, Withdrawal
from swm.render.text import commas, pad, visible, visible_lines, width, wrap
from swm.render.wording import words

_PROFILE = (
    ("证照情况", "统一社会信用代码"),
    ("经营者", "电话"),
    ("村", "网格"),
    ("地址",),
    ("坐标", "厂房"),
    ("行业",),
    ("产品与工艺",),
    ("特征", "来源"),
    ("用电户号", "与居民合用"),
    ("备注",),
)
"""The profile's keys, those of a line together."""
_HALF = 38


def dossier(enterprise: Enterprise, policy: Policy, today: date, room: int) -> list[str]:
    """Everything about one enterprise, in lines of at most `room` columns."""
    now = last(fold(enterprise.records, policy))
    lines = [f"{enterprise.id} {visible(enterprise.name)}"]
    if enterprise.former_names:
        lines.append(f"曾用名  {commas(enterprise.former_names)}")
    lines += ["", *_profile(enterprise, room)]
    lines += ["", *wrap(f"整治  {condition(now, policy, today)}", room, "      ")]
    lines += _items(now, policy, room)
    if held := _in_office(enterprise.assignments, today):
        lines += ["", "包保", *(f"  {line}" for line in held)]
    lines += ["", "记录"]
    waiting = waits_for(enterprise, now, policy)
    for record in enterprise.records:
        lines += _entry(record, enterprise, waiting.get(record.number, ""), policy, room)
    return lines


def condition(now: Standing, policy: Policy, today: date) -> str:
    """Where it stands, in one sentence: state, category, round, deadline."""
    parts = [now.state, f"类别{now.category or '待定'}"]
    if now.former_category:
        parts[1] += f"（原为{now.former_category}）"
    if now.round > 1:
        parts.append(f"第{now.round}轮")
    if now.opening:
        parts.append("期初")
    if now.awaiting_service is not None:
        parts.append(f"第{now.awaiting_service}条文书待送达")
    elif now.deadline and policy.state(now.state).open:
        parts.append(deadline(now.deadline, today))
    if now.delisted_on:
        parts.append(f"{now.delisted_on} 销号")
    return "，".join(parts)


def deadline(day: date, today: date) -> str:
    """期限 2026-10-30，超期11天."""
    days = (day - today).days
    left = f"超期{-days}天" if days < 0 else "今天到期" if days == 0 else f"还有{days}天"
    return f"期限 {day}（{left}）"


def _profile(enterprise: Enterprise, room: int) -> list[str]:
    rows = fields.fragment(enterprise)
    lines = []
    for keys in _PROFILE:
        told = [f"{key}  {_value(rows[key])}" for key in keys if rows.get(key)]
        joined = told[0] if told else ""
        if len(told) == 2:
            joined = f"{pad(told[0], max(_HALF, width(told[0]) + 2))}{told[1]}"
        if joined:
            lines += (
                [joined]
                if width(joined) <= room
                else [w for t in told for w in wrap(t, room, "    ")]
            )
    return lines


def _value(value: Plain) -> str:
    if isinstance(value, list):
        return commas(str(part) for part in value)
    return " ".join(visible_lines(str(value)))


def _items(now: Standing, policy: Policy, room: int) -> list[str]:
    """The standard's items by the newest record of this round, and the problems still open."""
    told = [f"{name} {s.status}（第{s.number}条）" for name, s in now.items.items()]
    told += [f"问题“{visible(p)}”未整改（第{n}条）" for p, n in now.problems.items()]
    told += [f"问题“{visible(p)}”已整改（第{s.number}条）" for p, s in now.solved.items()]
    if not told or policy.state(now.state).delisted:
        return []
    return wrap("      " + "；".join(told), room, "      ")


def _in_office(assignments: Sequence[Assignment], today: date) -> list[str]:
    held = [
        a
        for a in assignments
        if (a.since is None or a.since <= today) and (a.until is None or today <= a.until)
    ]
    return [
        f"{a.role}  {visible(a.person)}"
        + (f"（{visible(a.department)}）" if a.department else "")
        + (f"  自 {a.since}" if a.since else "")
        for a in held
    ]


# --- records in plain words ---------------------------------------------------------------------


def waits_for(enterprise: Enterprise, now: Standing, policy: Policy) -> dict[int, str]:
    """What each record still waits for: service of its paper, an approval."""
    marks = {record.number: "待补批" for record in pending(enterprise, policy)}
    if now.awaiting_service is not None:
        also = marks.get(now.awaiting_service)
        marks[now.awaiting_service] = f"{also}；待送达" if also else "待送达"
    return marks


def _entry(
    record: Record, enterprise: Enterprise, waiting: str, policy: Policy, room: int
) -> list[str]:
    """One record: number, day, what happened; and what became of it since."""
    mended = as_mended(record, enterprise.records)
    marks = [*([waiting] if waiting else []), *later_marks(record, enterprise.records)]
    if late(mended, policy):
        marks.append(f"{mended.entered_on} 补录")
    head = f"{record.number:>3}. {mended.on}  "
    indent = " " * len(head)
    told = words(mended)
    if marks:
        told += f"【{'；'.join(marks)}】"
    return wrap(head + told, room, indent)


def as_mended(record: Record, records: Iterable[Record]) -> Record:
    """The record as the corrections of it read, whether or not it was withdrawn."""
    corrections = [r for r in records if isinstance(r, Correction)]
    if isinstance(record, Correction | Withdrawal):
        return record
    try:
        return corrected(record, corrections)
    except BadValue:
        return record


def later_marks(record: Record, records: Iterable[Record]) -> list[str]:
    """What later records did to it: 第5条更正过、已由第6条撤销."""
    marks = []
    for later in records:
        if isinstance(later, Correction) and later.of == record.number:
            marks.append(f"第{later.number}条更正过")
        if isinstance(later, Withdrawal) and record.number in later.of:
            marks.append(f"已由第{later.number}条撤销")
    return marks
