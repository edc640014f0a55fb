"""Records in plain words, as a clerk would tell them."""

from __future__ import annotations

from collections.abc import Iterable

from swm.domain.records import (
    Act,
    Alteration,
    Approval,
    Correction,
    Disposal,
    Lead,
    Opening,
    Record,
    Registration,
    Service,
    Transfer,
    Visit,
    Withdrawal,
)
from swm.render.text import visible


def words(record: Record) -> str:
    """What one record says, as a clerk would tell it."""
    match record:
        case Registration():
            told = _join(f"登记：{record.source}", [_maybe("类别", record.category)])
        case Opening():
            told = _opening(record)
        case Visit():
            told = _visit(record)
        case Act():
            told = _act(record)
        case Service():
            told = _service(record)
        case Disposal():
            until, done = _maybe("限期 ", record.deadline), _maybe("完成于 ", record.done_on)
            told = _join(f"处置：{record.measure}", [until, done])
        case Transfer():
            letter, answer = _maybe("", record.letter), _maybe("反馈：", record.answer)
            told = _join(f"移送{record.to}：{record.matter}", [letter, answer])
        case Alteration():
            old, new = record.old or "空", record.new or "空"
            told = f"{record.nature}：{record.item}由“{old}”改为“{new}”"
        case Lead():
            told = f"线索：{record.complaint}"
        case Correction():
            told = _correction(record)
        case Withdrawal():
            gone = "、".join(f"第{n}条" for n in record.of)
            why = _maybe("原因：", record.reason)
            told = _join(f"撤销{gone}", [why, _approved(record.approval)])
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
            _approved(record.approval),
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
            _maybe("问题：", "／".join(visit.problems)),
            _maybe("已改：", "／".join(visit.solved)),
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
        _maybe("原因：", " ".join(part for part in (act.reason, act.related) if part)),
    ]
    if paper:
        name = f"《{paper.name}》{paper.number or ''}"
        served = f"{paper.served_on} {paper.served_by or ''}送达" if paper.served_on else ""
        told.append(_join(name, [served]))
    if act.withdrawn_papers:
        told.append("撤回" + "、".join(f"第{n}条" for n in act.withdrawn_papers) + "的文书")
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
        return ""
    told = " ".join(str(part) for part in (approval.person, approval.on, "批准") if part)
    return told + (f"（{approval.basis}）" if approval.basis else "")
