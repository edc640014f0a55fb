"""巡查: one visit, one record for each enterprise. It says what people found, and judges nothing.

A visit is never refused because a later act would be; only `workflow.advance` judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from swm.domain.edits import Attachment, Change, Edit
from swm.domain.entries import append, entered, late, refuse_future
from swm.domain.fold import Standing, fold, last, unlawful
from swm.domain.policy import Item, Policy
from swm.domain.records import Enterprise, Visit
from swm.errors import Missing, Refused

NIGHT = "夜查"
NIGHT_TEAM = 2
"""Besides the leader on duty at least two (方案五2)."""
VERDICT_KINDS = ("验收", "复查")
SHARED = "与居民合用"


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectRequest:
    """What a team reports of one visit. `done` maps an item to the measure used, or None."""

    on: date
    kind: str
    result: str
    people: tuple[str, ...]
    leader: str | None = None
    time: str | None = None
    found: str | None = None
    problems: tuple[str, ...] = ()
    solved: tuple[str, ...] = ()
    done: Mapping[str, str | None] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[str, ...] = ()
    verdict: str | None = None
    again_on: date | None = None
    police_at: datetime | None = None
    reported_at: datetime | None = None
    photos: tuple[Attachment, ...] = ()
    note: str | None = None
    by: tuple[str, ...] = ()


def inspect(
    enterprises: Sequence[Enterprise], request: InspectRequest, policy: Policy, today: date
) -> Change:
    """One visit to each of `enterprises`, one commit. Raises `Refused` with all that is wrong."""
    refuse_future(request.on, today)
    missing = [*_team_missing(request), *_verdict_missing(request), *_times_wrong(request)]
    missing += _items_wrong(request, policy)
    for enterprise in enterprises:
        missing += _supply_wrong(enterprise, request, policy)
    if missing:
        raise Refused(f"这次{request.kind}还不能登记", missing)
    files: dict[str, tuple[Edit, ...]] = {}
    notes: list[str] = []
    numbers: list[dict[str, str | int]] = []
    for enterprise in enterprises:
        visit = _visit(enterprise, request, policy, today)
        entry = append(enterprise, [visit], policy)
        files[enterprise.path] = entry.edits
        notes += _notes(enterprise, visit, policy)
        numbers.append({"编号": enterprise.id, "序号": visit.number})
    return Change(
        verb="inspect",
        subject=_subject(enterprises, request),
        files=files,
        body=_body(request, today),
        attachments=request.photos,
        notes=tuple(notes),
        recorded=dict(numbers[0]) if len(numbers) == 1 else {"记录": [dict(n) for n in numbers]},
    )


def _team_missing(request: InspectRequest) -> list[Missing]:
    people = set(request.people) - {request.leader}
    if request.kind != NIGHT:
        return [] if request.people else [Missing("到场人员", "方案五2", "加上 --by 甲,乙")]
    missing = []
    if not request.leader:
        missing.append(Missing("当天值班的带班领导", "方案五2", "加上 --leader 某某"))
    if len(people) < NIGHT_TEAM:
        text = f"带班领导以外至少 {NIGHT_TEAM} 名组员（现有 {len(people)} 名）"
        missing.append(Missing(text, "方案五2", "加上 --by 甲,乙"))
    return missing


def _verdict_missing(request: InspectRequest) -> list[Missing]:
    if request.verdict and request.kind not in VERDICT_KINDS:
        text = f"{request.kind}不作通过与否的结论"
        return [Missing(text, "方案三", "去掉 --pass/--fail，或改用 --kind 验收")]
    if request.kind == "验收" and request.verdict is None:
        return [Missing("验收的结论", "方案三", "加上 --pass 或 --fail")]
    failed = request.kind == "验收" and request.verdict == "不通过"
    if failed and not (request.undone or request.problems):
        text = "没有通过的是哪些项"
        return [Missing(text, "方案三", '加上 --undone 断电 或 --problem "未完成的内容"')]
    return []


def _times_wrong(request: InspectRequest) -> list[Missing]:
    wrong = []
    for name, at in (("通知派出所", request.police_at), ("报告主要领导", request.reported_at)):
        if at is not None and at.date() < request.on:
            wrong.append(Missing(f"{name}的时间 {at:%Y-%m-%d %H:%M} 早于到场日期", "方案五2", ""))
    return wrong


def _all_items(policy: Policy) -> dict[str, Item]:
    return {i.name: i for s in policy.standards.standards for i in s.items}


def _items_wrong(request: InspectRequest, policy: Policy) -> list[Missing]:
    items = _all_items(policy)
    named = [*request.done, *request.not_applicable, *request.undone]
    wrong = [
        Missing(f"没有“{name}”这一项，可用：" + "、".join(items), "制度/标准.yaml", "")
        for name in named
        if name not in items
    ]
    twice = sorted({name for name in named if named.count(name) > 1})
    wrong += [Missing(f"“{name}”同时记了几种结果", "", "只保留一种") for name in twice]
    wrong += [
        Missing(f"“{name}”不涉及的理由", "方案三", f'写作 --na "{name}=理由"')
        for name, why in request.not_applicable.items()
        if not why
    ]
    wrong += [
        Missing(f"“{n}”的完成照片", "制度/标准.yaml", "加上 --photo 照片文件")
        for n in request.done
        if n in items and items[n].photo and not request.photos
    ]
    return wrong


def _supply_wrong(enterprise: Enterprise, request: InspectRequest, policy: Policy) -> list[Missing]:
    """Water and power of residents are never cut (行政强制法 43)."""
    items, clause = _all_items(policy), "行政强制法43"
    wrong = []
    for name, measure in request.done.items():
        item = items.get(name)
        shared = item is not None and item.supply in enterprise.shared_supply
        if item and shared and measure != item.shared_measure:
            text = f"{enterprise.id} 的{item.supply}与居民合用，不得切断，只能{item.shared_measure}"
            wrong.append(Missing(text, clause, f'--done "{name}={item.shared_measure}"'))
    for name, why in request.not_applicable.items():
        item = items.get(name)
        if item and item.shared_measure and SHARED in why:
            text = f"与居民合用不是“不涉及{name}”，应当{item.shared_measure}"
            wrong.append(Missing(text, clause, f'--done "{name}={item.shared_measure}"'))
    return wrong


def _visit(enterprise: Enterprise, request: InspectRequest, policy: Policy, today: date) -> Visit:
    now = last(fold(enterprise.records, policy))
    return Visit(
        number=enterprise.next_number,
        type="巡查",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=request.kind,
        time=request.time,
        people=tuple(p for p in dict.fromkeys(request.people) if p != request.leader),
        leader=request.leader,
        result=request.result,
        found=request.found,
        problems=request.problems,
        solved=tuple(_open_problem(enterprise, text, now) for text in request.solved),
        done=tuple(request.done),
        measures={name: how for name, how in request.done.items() if how},
        not_applicable=dict(request.not_applicable),
        undone=request.undone,
        verdict=request.verdict,
        again_on=request.again_on,
        police_at=request.police_at,
        reported_at=request.reported_at,
        photos=tuple(photo.sha256 for photo in request.photos),
        note=request.note,
    )


def _open_problem(enterprise: Enterprise, text: str, now: Standing) -> str:
    """The open problem that `text` names, whole or by a part that fits only one."""
    if text in now.problems:
        return text
    fitting = [problem for problem in now.problems if text in problem]
    if len(fitting) == 1:
        return fitting[0]
    known = "；".join(now.problems) or "没有尚未整改的问题"
    raise Refused(
        f"{enterprise.id} 没有与“{text}”对应的未整改问题",
        hint=f"尚未整改：{known}",
    )


def _subject(enterprises: Sequence[Enterprise], request: InspectRequest) -> str:
    first = enterprises[0]
    if len(enterprises) > 1:
        return f"{request.kind} {first.id} 等{len(enterprises)}家：{request.result}"
    verdict = f"，{request.verdict}" if request.verdict else ""
    return (
        f"{request.kind} {first.id} {first.name}："
        f"{request.result}{verdict}（第{first.next_number}条）"
    )


def _body(request: InspectRequest, today: date) -> tuple[str, ...]:
    when = f"{request.on} {request.time}" if request.time else f"{request.on}"
    lines = [f"发生：{when}", f"录入：{today}"]
    if request.leader:
        lines.append(f"带班领导：{request.leader}")
    lines.append("人员：" + "、".join(request.people))
    return tuple(lines)


def _notes(enterprise: Enterprise, visit: Visit, policy: Policy) -> list[str]:
    notes = []
    if late(visit, policy):
        notes.append(f"{enterprise.id} 第{visit.number}条按补录登记（{visit.on} 的事）")
    before = _standing_before(enterprise, visit, policy)
    if unlawful(visit, before, policy):
        notes += _unlawful_notes(enterprise, visit, before)
    if visit.verdict == "不通过":
        notes.append(f"{enterprise.id} 未通过：{'、'.join((*visit.undone, *visit.problems))}")
    return notes


def _standing_before(enterprise: Enterprise, visit: Visit, policy: Policy) -> Standing:
    return last(s for s in fold(enterprise.records, policy) if s.record.on <= visit.on)


def _unlawful_notes(enterprise: Enterprise, visit: Visit, before: Standing) -> list[str]:
    """What the plan asks for at once: the police post, the principal leaders (方案五2)."""
    notes = [f"违法生产：{enterprise.id} {before.state}期间发现{visit.result}"]
    waiting = []
    if visit.police_at is None:
        waiting.append(("通知派出所", "--set 通知派出所='日期 时刻'"))
    if visit.reported_at is None:
        waiting.append(("报告主要领导", "--set 报告主要领导='日期 时刻'"))
    for what, option in waiting:
        notes.append(
            f"尚未记{what}的时间：swm correct {enterprise.id} {visit.number} --why 补记 {option}"
        )
    if before.delisted_on:
        notes.append(f"销号后恢复生产的，重新纳入：swm advance {enterprise.id} 回潮")
    return notes
