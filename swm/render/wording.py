"""Records in plain words, as a clerk would tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from swm.domain.records import (
    OFFICIAL,
    Act,
    Alteration,
    Approval,
    Correction,
    Disposal,
    DisposalDone,
    Lead,
    Opening,
    Record,
    Registration,
    Reply,
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
            kin = [
                _maybe("原址再生自 ", record.reborn_of),
                _maybe("异地转移自 ", record.moved_from),
            ]
            told = _join(f"登记：{record.source}", [_maybe("类别", record.category), *kin])
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
            of = f"（第{record.of}条）" if record.of else ""
            told = _join(f"处置{of}：{record.measure}", [until, done])
        case DisposalDone():
            told = f"完成第{record.of}条的处置"
        case Transfer():
            letter, answer = _maybe("", record.letter), _maybe("反馈：", record.answer)
            told = _join(f"移送{record.to}：{record.matter}", [letter, answer])
        case Reply():
            what = f"反馈：{record.answer}" if record.answer else "签收"
            signed = _maybe("签收 ", record.received_on) if record.answer else ""
            told = _join(f"第{record.of}条移送的{what}", [signed])
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
    kind = f"{OFFICIAL}（{visit.kind}）" if visit.official else visit.kind
    outside = "（外围查看）" if visit.outside else ""
    measures = visit.measures
    done = (f"{name}（{measures[name]}）" if name in measures else name for name in visit.done)
    not_applicable = (f"{name}（{why}）" for name, why in visit.not_applicable.items())
    team = "、".join(visit.people)
    if visit.leader:
        team = f"{visit.leader}带班，{team}" if team else f"{visit.leader}带班"
    return _join(
        f"{kind}{clock}：{visit.result}{outside}{verdict}",
        [
            _maybe("", visit.found),
            _maybe("问题：", "／".join(visit.problems)),
            _maybe("已改：", "／".join(visit.solved)),
            _maybe("已完成：", "、".join(done)),
            _maybe("不涉及：", "、".join(not_applicable)),
            _maybe("未完成：", "、".join(visit.undone)),
            _maybe("定于再次验收：", visit.again_on),
            f"{visit.police_at:%Y-%m-%d %H:%M} 通知派出所" if visit.police_at else "",
            _at(visit.police_came, "派出所到场"),
            f"{visit.reported_at:%Y-%m-%d %H:%M} 报告主要领导" if visit.reported_at else "",
            _at(visit.officers_came, "执法人员到场"),
            _maybe("现场劝止：", visit.kept_order),
            f"照片{len(visit.photos)}张" if visit.photos else "",
            _maybe("检查机关：", visit.agency),
            _maybe("人员：", team),
            _maybe("执法证号：", "、".join(f"{n} {no}" for n, no in visit.licences.items())),
            _approved(visit.warrant) if visit.warrant else "",
            _maybe("巡查 ", visit.patrol),
        ],
    )


def _at(moment: datetime | None, what: str) -> str:
    return f"{moment:%Y-%m-%d %H:%M} {what}" if moment else ""


def _act(act: Act) -> str:
    goes = f"{act.before}→{act.after}" if act.before != act.after else act.after
    paper = act.paper
    told = [
        _maybe("类别", act.category),
        _maybe("取缔情形 ", "、".join(act.criteria)),
        _term(act),
        _maybe("", act.nature),
        _maybe("结果", act.outcome),
        _maybe("改期至 ", act.again_on),
        _maybe("部门：", "、".join(act.departments)),
        *_operation(act),
        _maybe("催告 ", act.demanded_on and f"{act.demanded_on} 送达"),
        _maybe("拆除公告 ", act.announced_on),
        _maybe("复议、诉讼期限届满 ", act.remedies_over),
        _maybe("", act.method),
        _maybe("迁往", act.moved_to),
        _maybe("原因：", " ".join(part for part in (act.reason, act.related) if part)),
    ]
    if paper:
        name = f"《{paper.name}》{paper.number or ''}"
        served = f"{paper.served_on} {paper.served_by or ''}送达" if paper.served_on else ""
        told.append(_join(name, [_maybe("落款 ", paper.dated), served]))
    if act.withdrawn_papers:
        told.append("撤回" + "、".join(f"第{n}条" for n in act.withdrawn_papers) + "的文书")
    told.append(_approved(act.approval))
    if act.relied:
        told.append("凭" + "、".join(f"第{n}条" for n in act.relied))
    return _join(f"{act.action}：{goes}", told)


def _operation(act: Act) -> Iterator[str]:
    """Who led, how many were there, and what was done to each item."""
    hours = "至".join(part for part in (act.time, act.until) if part) if act.until else ""
    yield _maybe("牵头：", act.lead)
    yield _maybe("带队：", act.leader)
    yield _maybe("时间：", hours)
    yield _maybe("人员：", "，".join(f"{who}（{told}）" for who, told in act.people.items()))
    yield f"出动{act.head_count}人" if act.head_count else ""
    yield _maybe("已完成：", "、".join(_item(act, name) for name in act.done))
    yield _maybe("不涉及：", "、".join(f"{n}（{why}）" for n, why in act.not_applicable.items()))
    yield _maybe("未完成：", "、".join(act.undone))
    yield _maybe("问题：", "／".join(act.problems))


def _item(act: Act, name: str) -> str:
    told = "，".join(part for part in (act.measures.get(name), act.done_by.get(name)) if part)
    return f"{name}（{told}）" if told else name


def _term(act: Act) -> str:
    if act.term is None:
        return _maybe("期限 ", act.deadline)
    ends = f"，至 {act.deadline}" if act.deadline else "，自送达次日起算"
    return f"期限{act.term.days}个{act.term.unit}{ends}"


def _service(service: Service) -> str:
    return _join(
        f"送达第{service.of}条的文书（{service.method}）",
        [
            _maybe("", service.refusal),
            _maybe("见证人：", "、".join(service.witness)),
            _maybe("邮件号 ", service.tracking),
            _maybe("寄出 ", service.sent_on),
            _maybe("受托人：", service.agent),
            _maybe("公告 ", service.announced_on and f"{service.announced_on}，期满视为送达"),
            _maybe("公告理由：", service.why),
            _maybe("期限 ", service.deadline),
        ],
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
