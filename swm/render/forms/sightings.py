"""What one visit found, in the words of a patrol's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from swm.domain.records import Visit
from swm.render.forms.blanks import day


def found_in(visit: Visit) -> Iterator[str]:
    """What a visit found, one thing a line."""
    if visit.found:
        yield visit.found
    if visit.verdict:
        yield f"{visit.kind}结论：{visit.verdict}"
    for label, texts in (("问题：", visit.problems), ("已改：", visit.solved)):
        yield from (f"{label}{text}" for text in texts)
    if visit.done:
        yield "已完成：" + "、".join(_measured(visit, name) for name in visit.done)
    if visit.not_applicable:
        told = (f"{name}（{why}）" for name, why in visit.not_applicable.items())
        yield "不涉及：" + "、".join(told)
    if visit.undone:
        yield "未完成：" + "、".join(visit.undone)
    if visit.again_on:
        yield f"定于{day(visit.again_on)}再次验收"
    if visit.photos:
        yield f"照片{len(visit.photos)}张"
    if visit.note:
        yield f"备注：{visit.note}"


def _measured(visit: Visit, name: str) -> str:
    return f"{name}（{visit.measures[name]}）" if name in visit.measures else name


def reported(visit: Visit) -> Iterator[str]:
    """Who was told of unlawful production, who came, and what was done until then."""
    told = {
        "通知派出所": visit.police_at,
        "派出所到场": visit.police_came,
        "报告主要领导": visit.reported_at,
        "执法人员到场": visit.officers_came,
    }
    if times := [f"{clock_of(at, visit)}{what}" for what, at in told.items() if at]:
        yield "，".join(times)
    if visit.kept_order:
        yield f"现场劝止：{visit.kept_order}"


def alarming(visit: Visit) -> bool:
    """Whether production was found, or somebody was told of it."""
    told = (visit.police_at, visit.police_came, visit.reported_at, visit.officers_came)
    return visit.producing or any(told)


def clock_of(told: datetime | None, visit: Visit) -> str:
    """The time; with its day where that is another than the visit's."""
    if told is None:
        return ""
    return f"{told:%H:%M}" if told.date() == visit.on else f"{told.month}月{told.day}日{told:%H:%M}"
