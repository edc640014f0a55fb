"""停租告知书: the landlord is asked to let no longer to a 散乱污 enterprise (方案五1)."""

from __future__ import annotations

from datetime import date

from swm.domain.clearingcases import TERMS, cases, in_force
from swm.domain.clearings import OFFICE
from swm.domain.fold import standing
from swm.domain.policy import DatedValue
from swm.domain.records import CLEARED, NOTICE, Clearing, Premises
from swm.domain.settings import holds
from swm.errors import Refused
from swm.render.forms.blanks import DAY, LINE, clauses, day, gap, named, number
from swm.render.forms.deadlines import ROLLS
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.whereabouts import place_of

TEMPLATE = "停租告知书.docx"
CLAUSE = "方案五1"


def fill(subject: Subject, office: Office) -> Sheet:
    """The notice on record, the last one where none is named, or a draft for today's tenant."""
    names = _frame(office)
    if not subject.premises:
        return Sheet(TEMPLATE, "（空白）停租告知书", "停租告知书", office.today, names)
    premises = subject.premises[0]
    step = _step(premises, subject.number)
    names |= _place(premises, office, step.on if step else office.today)
    if step is None:
        return _drafted(subject, premises, names, office)
    names |= {
        "文号": step.document or number(office.settings, step.on.year),
        "对象": office.veil.person(step.told) or names["对象"],
        **_tenant(step.tenant, subject, office, step.on),
        "期限": _term(office.policy.optional(TERMS[CLEARED], step.on)),
        "届满": _ends(step, office),
        "日期": day(step.on),
    }
    stem = f"{premises.id}第{step.number}条停租告知书"
    return Sheet(TEMPLATE, stem, f"停租告知书（{premises.id}）", step.on, names)


def _step(premises: Premises, wanted: int | None) -> Clearing | None:
    notices = [c for c in in_force(premises.clearings) if c.step == NOTICE]
    if wanted is None:
        open_ = [case.notice for case in cases(premises) if case.cleared is None]
        return open_[-1] if open_ else None
    found = next((c for c in notices if c.number == wanted), None)
    if found is None:
        known = "、".join(f"第{c.number}条（{c.on}）" for c in notices)
        hint = f"停租告知：{known}" if known else f"登记：swm premises notice {premises.id}"
        raise Refused(f"{premises.id} 的清退记录第{wanted}条不是停租告知", hint=hint)
    return found


def _drafted(subject: Subject, premises: Premises, names: Named, office: Office) -> Sheet:
    """A draft about the one tenant of today who is on the list; else the tenant is left open."""
    listed = [e for e in subject.others.values() if _in(e.id, e.name, premises, office)]
    on_list = [e for e in listed if office.policy.state(e.remediation.state).open]
    tenant = on_list[0].id if len(on_list) == 1 else None
    names |= _tenant(tenant, subject, office, office.today)
    note = (
        "没有登记停租告知，按草稿填写；登记：",
        f"  swm premises notice {premises.id}",
    )
    stem = f"{premises.id}草稿停租告知书"
    return Sheet(TEMPLATE, stem, f"停租告知书（{premises.id}）", office.today, names, note)


def _in(id: str, name: str, premises: Premises, office: Office) -> bool:
    return any(t.name in (id, name) and holds(t, office.today) for t in premises.tenants)


def _frame(office: Office) -> Named:
    """The names of a notice of which nothing is known."""
    return {
        "镇": office.settings.town,
        "机关": office.bureau,
        "办公室": f"{office.settings.town}{OFFICE}",
        "文号": number(office.settings, office.today.year),
        "对象": LINE,
        "村": "____村",
        "坐落": LINE * 2,
        "厂房": "",
        "企业": LINE * 2,
        "企业编号": "",
        "类别": "",
        "状态": "",
        "依据": clauses(office.policy, CLAUSE, office.today) or LINE,
        "期限": _term(office.policy.optional(TERMS[CLEARED], office.today)),
        "届满": "",
        "日期": DAY,
    }


def _place(premises: Premises, office: Office, on: date) -> Named:
    owners = [o.name for o in premises.owners if holds(o, office.today)]
    return {
        "对象": gap(office.veil.person(named(owners))),
        "村": office.settings.village_at(premises.village, on),
        "坐落": office.veil.text(place_of(premises.village, premises.address, office.settings, on)),
        "厂房": premises.id,
    }


def _tenant(id: str | None, subject: Subject, office: Office, on: date) -> Named:
    """The tenant, and where it stood on that day."""
    known = subject.others.get(id or "")
    if known is None:
        return {"企业": gap(id, LINE * 2), "企业编号": "", "类别": "", "状态": ""}
    at = standing(known, office.policy, on)
    return {
        "企业": known.name,
        "企业编号": known.id,
        "类别": at.category or "" if at.state else "",
        "状态": at.state,
    }


def _term(rule: DatedValue | None) -> str:
    if rule is None:
        return "____日"
    rolls = f"，{ROLLS}" if rule.roll else ""
    return f"{rule.days}日（{rule.unit}），自收到本告知书之日的次日起算{rolls}"


def _ends(step: Clearing, office: Office) -> str:
    """The last day for clearing out, counted from the notice."""
    rule = office.policy.optional(TERMS[CLEARED], step.on)
    if rule is None:
        return ""
    return day(office.policy.calendar.deadline(step.on, rule.days, rule.unit, rule.roll).day)
