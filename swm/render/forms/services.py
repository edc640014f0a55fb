"""送达回证: who received which paper, when and how; as it was recorded, or to be filled in."""

from __future__ import annotations

from swm.domain.records import SERVICE_METHODS, Act, Enterprise, Service
from swm.errors import NotFound
from swm.render.forms.blanks import day, gap, named, number
from swm.render.forms.records import (
    now,
    number_list,
    service_of,
    step_of,
    steps_of,
    with_papers,
)
from swm.render.forms.values import Named, Office, Sheet, Subject, anothers, missing
from swm.render.whereabouts import place_of

TEMPLATE = "送达回证.docx"
UNSERVED_DAY = "____年__月__日__时"


def fill(subject: Subject, office: Office) -> Sheet:
    """The receipt of one paper. Raises `NotFound` or `Refused` where there is no paper."""
    if subject.enterprise is None:
        names = {"镇": office.settings.town, "回证": receipt(None, None, None, office)}
        return Sheet(TEMPLATE, "（空白）送达回证", "送达回证", office.today, names)
    enterprise, act = paper_of(subject, office)
    service = service_of(enterprise, act)
    names = {
        "镇": office.settings.town,
        "回证": receipt(enterprise, act, service, office),
    }
    stem = f"{enterprise.id}第{act.number}条送达回证"
    title = f"送达回证（{enterprise.name}）"
    on = service.on if service else act.on
    return Sheet(TEMPLATE, stem, title, on, names)


def paper_of(subject: Subject, office: Office) -> tuple[Enterprise, Act]:
    """The act whose paper a 送达回证 is for: as named, the one that waits, else the last.

    Only a paper of the town has a receipt of the town. Raises `NotFound` where it never issued
    one, `Refused` for a record without one.
    """
    enterprise = subject.enterprise
    assert enterprise is not None
    steps = steps_of(enterprise, office.policy)
    issued = [s.record for s in with_papers(steps) if isinstance(s.record, Act)]
    known = [act for act in issued if act.paper and office.ours(act.paper.issuer)]
    if subject.number is not None:
        return enterprise, _named(enterprise, subject.number, known, office)
    if not known:
        hint = f"可以办的：swm advance {enterprise.id}"
        raise NotFound(f"{enterprise.id} 本镇没有发过文书", hint)
    waiting = now(steps).awaiting_service
    return enterprise, next((act for act in known if act.number == waiting), known[-1])


def _named(enterprise: Enterprise, wanted: int, known: list[Act], office: Office) -> Act:
    """The act of that number. Raises `NotFound`, or `Refused` for one that the town served no
    paper of."""
    record = step_of(enterprise, wanted, office.policy).record
    others = number_list(known, "文书", enterprise.id)
    if not isinstance(record, Act) or record.paper is None:
        raise missing(enterprise.id, wanted, "下达文书的动作", others)
    if not office.ours(record.paper.issuer):
        raise anothers(enterprise.id, wanted, record.paper.issuer or "", "送达回证", others)
    return record


def receipt(
    enterprise: Enterprise | None, act: Act | None, service: Service | None, office: Office
) -> Named:
    """The names of a receipt. What is not on record is left empty, or as boxes to be ticked."""
    paper = act.paper if act else None
    served_on = service.on if service else paper.served_on if paper else None
    method = service.method if service else paper.served_by if paper else None
    return {
        "文书": paper.name if paper else "",
        "文号": (paper.number if paper else None)
        or number(office.settings, _year(act, office), paper.issuer if paper else None),
        "受送达人": _receiver(enterprise, office),
        "地点": _place(enterprise, act, office) if enterprise else "",
        "方式": _ticked(method),
        "日期": day(served_on, UNSERVED_DAY),
        "送达人": office.veil.person(named(service.by)) if service else "",
        "见证人": office.veil.person(named(service.witness)) if service else "",
        "备注": office.veil.text("；".join(_remarks(service))) if service else "",
        "机关": gap(paper.issuer if paper else None, office.hall),
    }


def _year(act: Act | None, office: Office) -> int:
    return act.on.year if act else office.today.year


def _receiver(enterprise: Enterprise | None, office: Office) -> str:
    if enterprise is None:
        return ""
    operator = office.veil.person(enterprise.operator)
    return f"{enterprise.name}（经营者：{operator}）" if operator else enterprise.name


def _place(enterprise: Enterprise, act: Act | None, office: Office) -> str:
    on = act.on if act else office.today
    return office.veil.text(place_of(enterprise.village, enterprise.address, office.settings, on))


def _ticked(method: str | None) -> str:
    """☑直接　□留置 …: every method of service, the one that was used ticked."""
    return "　".join(f"{'☑' if each == method else '□'}{each}" for each in SERVICE_METHODS)


def _remarks(service: Service) -> list[str]:
    told = (
        ("拒签：", service.refusal),
        ("邮件号：", service.tracking),
        ("寄出：", day(service.sent_on, "")),
        ("受托人：", service.agent),
        ("公告：", day(service.announced_on, "")),
        ("公告理由：", service.why),
        ("", service.note),
    )
    return [f"{label}{text}" for label, text in told if text]
