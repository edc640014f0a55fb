"""准入审查表: an application, what the rules advise and why, what was decided (方案五1)."""

from __future__ import annotations

from collections.abc import Iterable

from swm.domain.admissionrecords import Admission, Reason
from swm.domain.policy import Materials
from swm.domain.records import ADMISSION_KINDS
from swm.errors import Refused
from swm.render.forms.blanks import DAY, clauses, day, named, padded
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.whereabouts import address_in

TEMPLATE = "准入审查表.docx"
NO_REASON: Named = {"序": "", "情形": "", "依据": "", "处理": "", "办法": ""}
ROOM = 4
"""Rows to write reasons in on the blank form."""


def fill(subject: Subject, office: Office) -> Sheet:
    """The form of one application. Raises `Refused` for one that is withdrawn."""
    names = _frame(office)
    admission = subject.file
    if admission is None:
        return Sheet(TEMPLATE, "（空白）准入审查表", "准入审查表", office.today, names)
    assert isinstance(admission, Admission)
    if admission.withdrawn:
        hint = f"查看：swm admit show {admission.id}"
        raise Refused(f"{admission.id} 的登记已撤销", hint=hint)
    names |= _application(admission, office) | _ruling(admission, office)
    title = f"准入审查表（{admission.review.name}）"
    return Sheet(TEMPLATE, f"{admission.id}准入审查表", title, admission.last.on, names)


def _frame(office: Office) -> Named:
    keys = (
        *("编号", "名称", "村", "地址", "厂房", "经营者", "电话", "信用代码", "行业", "产品"),
        *("材料", "缺少", "建议", "结论", "决定理由", "批准", "审查人", "核实"),
    )
    return dict.fromkeys(keys, "") | {
        "镇": office.settings.town,
        "方式": "　".join(f"□{kind}" for kind in ADMISSION_KINDS),
        "结论框": _ticked(""),
        "申请日期": DAY,
        "审查日期": DAY,
        "各理由": [NO_REASON] * ROOM,
    }


def _ticked(decision: str) -> str:
    kinds = ("准入", "不予准入", "补充材料")
    return "　".join(f"{'☑' if each == decision else '□'}{each}" for each in kinds)


def _application(admission: Admission, office: Office) -> Named:
    review, on = admission.review, admission.last.on
    wanted = _wanted(office.policy.standards.materials, admission)
    given = admission.materials
    kinds = (f"{'☑' if kind == review.kind else '□'}{kind}" for kind in ADMISSION_KINDS)
    return {
        "编号": admission.id,
        "方式": "　".join(kinds),
        "名称": review.name,
        "村": office.settings.village_at(review.village, on),
        "地址": office.veil.text(address_in(review.village, review.address, office.settings, on)),
        "厂房": review.premises or "",
        "经营者": office.veil.person(review.operator),
        "电话": office.veil.phone(review.phone),
        "信用代码": review.uscc or "",
        "行业": review.industry or "",
        "产品": office.veil.text(review.product),
        "材料": named(given, "没有交材料"),
        "缺少": named([name for name in wanted if name not in given], "没有"),
        "核实": office.veil.text(
            "；".join(f"{id}：{proof}" for id, proof in admission.settled.items())
        ),
        "申请日期": day(admission.on),
    }


def _wanted(rules: Iterable[Materials], admission: Admission) -> tuple[str, ...]:
    """What had to be handed in for this kind on the day of the application."""
    for rule in rules:
        if rule.kind == admission.review.kind and rule.holds(admission.on):
            return rule.items
    return ()


def _ruling(admission: Admission, office: Office) -> Named:
    last = admission.last
    reasons = [_reason(n, r, office) for n, r in enumerate(last.reasons, start=1)]
    nothing = NO_REASON | {"情形": "各条规则都没有查出问题"}
    approval = last.approval
    told = (approval.person, day(approval.on, ""), approval.basis or "") if approval else ()
    return {
        "各理由": padded(reasons, 1, nothing),
        "建议": last.advice,
        "结论": last.decision,
        "结论框": _ticked(last.decision),
        "决定理由": office.veil.text(last.why),
        "批准": office.veil.text("　".join(part for part in told if part)),
        "审查人": office.veil.person(named(last.by)),
        "审查日期": day(last.on),
    }


def _reason(place: int, reason: Reason, office: Office) -> Named:
    return {
        "序": str(place),
        "情形": office.veil.text(reason.text),
        "依据": clauses(office.policy, reason.clause, office.today) or reason.clause,
        "处理": reason.leads_to,
        "办法": office.veil.text(reason.remedy),
    }
