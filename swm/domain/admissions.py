"""准入: an application is judged by the rules, supplemented, decided (方案五1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from swm.domain.admissionrecords import (
    ADMITTED,
    REJECTED,
    WAITING,
    Admission,
    Decided,
    Reason,
    Review,
    Ruling,
    Supplement,
)
from swm.domain.admissionrules import OF_IDENTITY, Case, judged, required
from swm.domain.cautions import places
from swm.domain.edits import Change
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown, next_filed, opened
from swm.domain.kinds import ADMISSION
from swm.domain.likeness import Known
from swm.domain.measures import misplaced
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_premises, unknown_village
from swm.domain.records import Approval, Premises
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import declared, frozen

TERM_RULE = "准入补充材料期限"
ALL = "齐全"
"""Said instead of the list when everything that is required was handed in."""


@declared
class AdmitRequest:
    """Who wants to come in, how, and what was handed in."""

    kind: str
    name: str
    village: str
    on: date
    operator: str | None = None
    phone: str | None = None
    uscc: str | None = None
    premises: str | None = None
    address: str | None = None
    position: str | None = None
    industry: str | None = None
    product: str | None = None
    materials: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    note: str | None = None
    decision: str | None = None
    """None: what the rules advise."""
    why: str | None = None
    approval: Approval | None = None


@declared
class SupplementRequest:
    """What was handed in later, and which enterprises were found to be others, with the proof."""

    on: date
    materials: tuple[str, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    note: str | None = None
    decision: str | None = None
    why: str | None = None
    approval: Approval | None = None


@declared
class DecideRequest:
    """What a person decides."""

    on: date
    decision: str
    why: str | None = None
    approval: Approval | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


@frozen
class Scene:
    """The ledger as the rules look at it. `premises` are those applied for, if there are any."""

    known: Sequence[Known]
    premises: Premises | None
    policy: Policy
    settings: Settings


def admit(
    existing: Collection[str],
    request: AdmitRequest,
    scene: Scene,
    today: date,
    *,
    premises: Collection[str] = (),
) -> Change:
    """审查 of a new application; its id the next of its year. Raises `Refused`.

    `existing` are the ids of all applications, `premises` those of all 厂房.
    """
    refuse_future(request.on, today)
    wrong = [
        *unknown_village(request.village, scene.settings, request.on),
        *unknown_premises(request.premises or None, premises),
        *misplaced(request.position),
        *_strange_materials(request.materials, request.kind, request.on, scene.policy),
    ]
    if wrong:
        raise Refused("准入还不能审查", wrong)
    review = Review(
        number=1,
        type="审查",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=request.kind,
        name=request.name,
        village=request.village,
        operator=request.operator or None,
        phone=request.phone or None,
        uscc=request.uscc or None,
        premises=request.premises or None,
        address=request.address or (scene.premises.address if scene.premises else None),
        position=request.position or (scene.premises.position if scene.premises else None),
        industry=request.industry or None,
        product=request.product or None,
        materials=_all(request.materials, request.kind, request.on, scene.policy),
        note=request.note,
        advice=WAITING,
        decision=WAITING,
    )
    advice, reasons = judged(_case(review, review.materials, (), request.on, scene))
    review = _ruled(review, advice, reasons, request)
    new = Admission(id=next_filed(ADMISSION, request.on.year, existing), records=(review,))
    return Change(
        verb="admit",
        subject=f"准入 {new.id} {new.title}",
        files={new.path: opened(new, scene.policy, today)},
        body=(f"发生：{request.on}", f"录入：{today}", f"建议：{advice}", "依据：方案五1"),
        notes=(*_said(new, scene.policy), *_unruled(request, scene.policy)),
        recorded=_recorded(new, review),
    )


def supplement(
    admission: Admission, request: SupplementRequest, scene: Scene, today: date
) -> Change:
    """补充 to an application that waits for it: all of it is judged again. Raises `Refused`."""
    refuse_future(request.on, today)
    _require_alive(admission)
    review = admission.review
    wrong = [
        *_not_waiting(admission),
        *_strange_materials(request.materials, review.kind, review.on, scene.policy),
        *_strange_settled(admission, request.settled),
    ]
    if not request.materials and not request.settled:
        command = "加上 --materials 材料，或 --settle 企业编号=证明"
        wrong.append(Missing("补交的材料或核实的情况", "方案五1", command))
    if wrong:
        raise Refused(f"{admission.id} 还不能补充", wrong)
    given = _all(request.materials, review.kind, review.on, scene.policy)
    added = Supplement(
        number=admission.next_number,
        type="补充",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        materials=given,
        settled=dict(request.settled),
        note=request.note,
        advice=WAITING,
        decision=WAITING,
    )
    everything = tuple(dict.fromkeys((*admission.materials, *given)))
    settled = (*admission.settled, *request.settled)
    advice, reasons = judged(_case(review, everything, settled, request.on, scene))
    return _appended(admission, _ruled(added, advice, reasons, request), scene.policy, today)


def decide(admission: Admission, request: DecideRequest, policy: Policy, today: date) -> Change:
    """决定 by a person, on the advice as it stands. Raises `Refused`."""
    refuse_future(request.on, today)
    _require_alive(admission)
    if request.decision == admission.last.decision:
        raise Refused(f"{admission.id} 的结论本来就是{request.decision}，没有变化")
    advised = admission.advised
    added = Decided(
        number=admission.next_number,
        type="决定",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        note=request.note,
        advice=advised.advice,
        reasons=advised.reasons,
        decision=request.decision,
        why=request.why,
        approval=request.approval,
    )
    return _appended(admission, added, policy, today)


# --- judging ----------------------------------------------------------------------------------------


def _case(
    review: Review,
    materials: Sequence[str],
    settled: Collection[str],
    on: date,
    scene: Scene,
) -> Case:
    return Case(
        kind=review.kind,
        applicant=Known(
            id="",
            name=review.name,
            operator=review.operator,
            phone=review.phone,
            uscc=review.uscc,
            premises=review.premises,
            position=review.position,
            village=review.village,
        ),
        address=review.address,
        industry=review.industry,
        product=review.product,
        materials=tuple(materials),
        settled=frozenset(settled),
        on=on,
        premises=scene.premises,
        known=scene.known,
        places=places(scene.settings),
        policy=scene.policy,
    )


def _ruled(record: Any, advice: str, reasons: tuple[Reason, ...], request: Any) -> Any:
    from dataclasses import replace

    decision = request.decision or advice
    return replace(
        record,
        advice=advice,
        reasons=reasons,
        decision=decision,
        why=request.why,
        approval=request.approval,
    )


def _appended(admission: Admission, added: Ruling, policy: Policy, today: date) -> Change:
    head = f"{admission.id} 还不能{'补充' if isinstance(added, Supplement) else '决定'}"
    new, edits = grown(admission, [added], policy, today, head)
    return Change(
        verb="admit supplement" if isinstance(added, Supplement) else "admit decide",
        subject=f"准入{added.type} {new.id} {new.title}（第{added.number}条）",
        files={new.path: edits},
        body=(f"发生：{added.on}", f"录入：{today}", f"建议：{added.advice}", "依据：方案五1"),
        notes=tuple(_said(new, policy)),
        recorded=_recorded(new, added),
    )


def _recorded(admission: Admission, ruling: Ruling) -> dict[str, Any]:
    return {
        "编号": admission.id,
        "序号": ruling.number,
        "建议": ruling.advice,
        "结论": ruling.decision,
        "理由": [f"{r.text}（{r.clause}）" for r in ruling.reasons],
    }


# --- what is wrong ----------------------------------------------------------------------------------


def _all(given: Sequence[str], kind: str, on: date, policy: Policy) -> tuple[str, ...]:
    named = [name for name in given if name != ALL]
    whole = required(kind, on, policy) if ALL in given else ()
    return tuple(dict.fromkeys((*named, *whole)))


def _strange_materials(
    given: Sequence[str], kind: str, on: date, policy: Policy
) -> Iterator[Missing]:
    known = required(kind, on, policy)
    for name in given:
        if known and name != ALL and name not in known:
            yield Missing(
                f"{kind}没有“{name}”这项材料", "方案五1", f"可用：{'、'.join(known)}、{ALL}"
            )


def _strange_settled(admission: Admission, settled: Mapping[str, str]) -> Iterator[Missing]:
    asked = [
        r.related
        for r in admission.last.reasons
        if r.leads_to == WAITING and r.related and r.rule in OF_IDENTITY
    ]
    for id, proof in settled.items():
        if id not in asked:
            known = "、".join(dict.fromkeys(asked))
            hint = f"要核实的：{known}" if known else "没有要核实的企业，去掉 --settle"
            yield Missing(f"{id} 不在要核实的企业里", "方案五1", hint)
        if not proof.strip():
            yield Missing(f"{id} 不是同一家的证明", "方案五1", f"--settle {id}=证明")


def _not_waiting(admission: Admission) -> Iterator[Missing]:
    decision = admission.last.decision
    if decision != WAITING:
        review = admission.review
        again = f"swm admit --kind {review.kind} --name {review.name} --village {review.village}"
        text = f"{admission.id} 的结论已经是{decision}，不等待补充"
        yield Missing(
            text, "方案五1", f"重新申请：{again}；改结论：swm admit decide {admission.id}"
        )


def _require_alive(admission: Admission) -> None:
    if admission.withdrawn:
        raise Refused(f"{admission.id} 已经撤销", hint="重新审查：swm admit")


def _unruled(request: AdmitRequest, policy: Policy) -> Iterator[str]:
    if not required(request.kind, request.on, policy):
        yield f"提醒：制度/标准.yaml 没有{request.kind}的“准入材料”，没有核对材料，请补上"


# --- what is told -----------------------------------------------------------------------------------


def _said(admission: Admission, policy: Policy) -> Iterator[str]:
    """The advice with its numbered reasons, then what comes next."""
    ruling = admission.last
    differs = "" if ruling.decision == ruling.advice else f"，结论：{ruling.decision}"
    count = f"，理由{len(ruling.reasons)}条" if ruling.reasons else "，没有发现不符合的情形"
    yield f"建议：{ruling.advice}{count}{differs}"
    for number, reason in enumerate(ruling.reasons, start=1):
        if reason.remedy and reason.remedy.startswith("swm "):
            yield f"{number}. {reason.text}（{reason.clause}），办理：{reason.remedy}"
            continue
        yield f"{number}. {reason.text}（{reason.clause}）"
        if reason.remedy:
            yield f"   需：{reason.remedy}"
    yield from _next(admission, policy)


def _next(admission: Admission, policy: Policy) -> Iterator[str]:
    ruling, review = admission.last, admission.review
    if ruling.decision == WAITING:
        end = waiting_until(admission, policy)
        until = f"{end} 前" if end else ""
        yield (
            f"{until}补齐：swm admit supplement {admission.id} --materials {ALL} "
            "--settle 企业编号=证明"
        )
    elif ruling.decision == ADMITTED and review.premises:
        yield f"入驻以后：swm premises tenant {review.premises} --name {review.name} --from 日期"
    elif ruling.decision == REJECTED:
        yield "不予准入的，告知供电、供水等单位不予接通（方案五1）"


def waiting_until(admission: Admission, policy: Policy) -> date | None:
    """By when an application that waits is to be supplemented."""
    if admission.last.decision != WAITING:
        return None
    rule = policy.optional(TERM_RULE, admission.last.on)
    if rule is None:
        return None
    return policy.calendar.deadline(admission.last.on, rule.days, rule.unit, rule.roll).day
