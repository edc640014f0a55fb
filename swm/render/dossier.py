"""一企一档 on the screen: the profile, where it stands, and every record in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.corrections import corrected
from swm.domain.entries import late
from swm.domain.fields import BadValue
from swm.domain.fold import Standing, fold, last
from swm.domain.policy import Policy
from swm.domain.records import (
    Act,
    Alteration,
    Approval,
    Assignment,
    Correction,
    Disposal,
    Enterprise,
    Opening,
    Record,
    Registration,
    Service,
    Transfer,
    Visit,
    Withdrawal,
)
from swm.render.text import commas, pad, visible, visible_lines, width, wrap

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


def dossier(
    enterprise: Enterprise, policy: Policy, today: date, room: int
) -> list[str]:
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
    for record in enterprise.records:
        lines += _entry(record, enterprise, policy, room)
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
            lines += [joined] if width(joined) <= room else [w for t in told for w in wrap(t, room, "    ")]
    return lines


def _value(value: fields.Plain) -> str:
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


def _entry(record: Record, enterprise: Enterprise, policy: Policy, room: int) -> list[str]:
    """One record: number, day, what happened; and what became of it since."""
    mended = _mended(record, enterprise.records)
    marks = _marks(record, enterprise.records)
    if late(mended, policy):
        marks.append(f"{mended.entered_on} 补录")
    head = f"{record.number:>3}. {mended.on}  "
    indent = " " * len(head)
    told = words(mended)
    if marks:
        told += f"【{'；'.join(marks)}】"
    return wrap(head + told, room, indent)


def _mended(record: Record, records: Iterable[Record]) -> Record:
    corrections = [r for r in records if isinstance(r, Correction)]
    if isinstance(record, Correction | Withdrawal):
        return record
    try:
        return corrected(record, corrections)
    except BadValue:
        return record


def _marks(record: Record, records: Iterable[Record]) -> list[str]:
    marks = []
    for later in records:
        if isinstance(later, Correction) and later.of == record.number:
            marks.append(f"第{later.number}条更正过")
        if isinstance(later, Withdrawal) and record.number in later.of:
            marks.append(f"已由第{later.number}条撤销")
    return marks


def words(record: Record) -> str:
    """What one record says, as a clerk would tell it."""
    match record:
        case Registration():
            told = _join("登记", [f"来源{record.source}", _maybe("类别", record.category)])
        case Opening():
            told = _opening(record)
        case Visit():
            told = _visit(record)
        case Act():
            told = _act(record)
        case Service():
            told = _service(record)
        case Disposal():
            told = _join(f"处置：{record.measure}", [_maybe("限期 ", record.deadline), _maybe("完成于 ", record.done_on)])
        case Transfer():
            told = _join(f"移送{record.to}：{record.matter}", [_maybe("", record.letter), _maybe("反馈：", record.answer)])
        case Alteration():
            told = f"{record.nature}：{record.item}由“{record.old or '空'}”改为“{record.new or '空'}”"
        case Correction():
            told = _correction(record)
        case Withdrawal():
            told = _join("撤销" + "、".join(f"第{n}条" for n in record.of), [_maybe("原因：", record.reason), _approved(record.approval)])
        case _:
            told = record.type
    note = getattr(record, "note", None)
    return visible(_join(told, [_maybe("备注：", note), _maybe("经办 ", "、".join(record.by))]))


def _join(head: str, parts: Iterable[str]) -> str:
    return "；".join([head, *(part for part in parts if part)])


def _maybe(label: str, value: object) -> str:
    return f"{label}{value}" if value else ""


def _opening(record: Opening) -> str:
    return _join(
        f"期初：{record.state}，类别{record.category}",
        [
            _maybe("期限 ", record.deadline),
            _maybe("销号于 ", record.delisted_on),
            f"清单第{record.row}行" if record.row else "",
            _maybe("原因：", record.reason),
            _approved(record.approval) if record.approval else "",
        ],
    )


def _visit(visit: Visit) -> str:
    verdict = f"，{visit.verdict}" if visit.verdict else ""
    clock = f"（{visit.time}）" if visit.time else ""
    measures = visit.measures
    done = (f"{name}（{measures[name]}）" if name in measures else name for name in visit.done)
    not_applicable = (f"{name}（{why}）" for name, why in visit.not_applicable.items())
    team = "、".join(visit.people)
    if visit.leader:
        team = f"{visit.leader}带班，{team}" if team else f"{visit.leader}带班"
    return _join(
        f"{visit.kind}{clock}：{visit.result}{verdict}",
        [
            _maybe("", visit.found),
            _maybe("问题：", "、".join(visit.problems)),
            _maybe("已改：", "、".join(visit.solved)),
            _maybe("已完成：", "、".join(done)),
            _maybe("不涉及：", "、".join(not_applicable)),
            _maybe("未完成：", "、".join(visit.undone)),
            _maybe("定于再次验收：", visit.again_on),
            f"{visit.police_at:%Y-%m-%d %H:%M} 通知派出所" if visit.police_at else "",
            f"{visit.reported_at:%Y-%m-%d %H:%M} 报告主要领导" if visit.reported_at else "",
            f"照片{len(visit.photos)}张" if visit.photos else "",
            _maybe("人员：", team),
        ],
    )


def _act(act: Act) -> str:
    goes = f"{act.before}→{act.after}" if act.before != act.after else act.after
    paper = act.paper
    told = [
        _maybe("类别", act.category),
        _maybe("取缔情形 ", "、".join(act.criteria)),
        _term(act),
        _maybe("", act.nature),
        _maybe("结果", act.outcome),
        _maybe("部门：", "、".join(act.departments)),
        _maybe("催告 ", act.demanded_on and f"{act.demanded_on} 送达"),
        _maybe("", act.method),
        _maybe("迁往", act.moved_to),
        _maybe("原因：", act.reason),
        _maybe("", act.related),
    ]
    if paper:
        name = f"《{paper.name}》{paper.number or ''}"
        served = f"{paper.served_on} {paper.served_by or ''}送达" if paper.served_on else ""
        told.append(_join(name, [served]))
    if act.withdrawn_papers:
        told.append("撤回" + "、".join(f"第{n}条" for n in act.withdrawn_papers) + "的文书")
    if act.approval:
        told.append(_approved(act.approval))
    if act.relied:
        told.append("凭" + "、".join(f"第{n}条" for n in act.relied))
    return _join(f"{act.action}：{goes}", told)


def _term(act: Act) -> str:
    if act.term is None:
        return _maybe("期限 ", act.deadline)
    ends = f"，至 {act.deadline}" if act.deadline else "，自送达次日起算"
    return f"期限{act.term.days}个{act.term.unit}{ends}"


def _service(service: Service) -> str:
    return _join(
        f"送达第{service.of}条的文书（{service.method}）",
        [_maybe("期限 ", service.deadline), _maybe("见证人：", "、".join(service.witness))],
    )


def _correction(correction: Correction) -> str:
    changed = "、".join(f"{name}改为“{value or '空'}”" for name, value in correction.values.items())
    told = [f"原因：{correction.reason}", _approved(correction.approval)]
    return _join(f"更正第{correction.of}条：{changed}", told)


def _approved(approval: Approval | None) -> str:
    if approval is None:
        return "待补批"
    told = f"{approval.person} {approval.on or ''}".rstrip() + "批准"
    return told + (f"（{approval.basis}）" if approval.basis else "")


