"""移送函: what the town has no power over is handed to whoever has (方案五3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from swm.domain.calendar import Deadline
from swm.domain.fold import Standing, Step
from swm.domain.records import Enterprise, Transfer, Visit
from swm.domain.transfers import ANSWER_WITHIN
from swm.render.forms.blanks import DAY, LINE, day, ended, gap, number
from swm.render.forms.records import now, number_list, step_of, steps_of, visits_of
from swm.render.forms.values import Named, Office, Sheet, Subject, missing
from swm.render.whereabouts import address_in

TEMPLATE = "移送函.docx"
RECENT = 3
"""How many of the last visits before the transfer the letter tells of."""


def fill(subject: Subject, office: Office) -> Sheet:
    """The letter of the transfer named, of the last one, or a draft."""
    names = _frame(office)
    enterprise = subject.enterprise
    if enterprise is None:
        return Sheet(TEMPLATE, "（空白）移送函", "移送函", office.today, names)
    record = _record(enterprise, subject.number, office)
    steps = steps_of(enterprise, office.policy)
    before = steps if record is None else _until(record, steps)
    names |= _about(enterprise, now(before), office, record.on if record else office.today)
    names["各次巡查"] = [_visit(v, office) for v in visits_of(before)[-RECENT:]]
    if record is None:
        note = (
            "没有登记移送，按草稿填写；登记：",
            f"  swm transfer {enterprise.id} --to 机关 --matter 事项",
        )
        title = f"移送函（{enterprise.name}）"
        return Sheet(TEMPLATE, f"{enterprise.id}草稿移送函", title, office.today, names, note)
    names |= {
        "机关": record.to,
        "文号": record.letter or number(office.settings, record.on.year),
        "事项": ended(office.veil.text(record.matter)),
        "日期": day(record.on),
        "反馈期限": day(limit.day) if (limit := _answer_by(record, office)) else "",
    }
    stem = f"{enterprise.id}第{record.number}条移送函"
    return Sheet(TEMPLATE, stem, f"移送函（{enterprise.name}）", record.on, names)


def _record(enterprise: Enterprise, wanted: int | None, office: Office) -> Transfer | None:
    found = [
        s.record for s in steps_of(enterprise, office.policy) if isinstance(s.record, Transfer)
    ]
    if wanted is None:
        return found[-1] if found else None
    record = step_of(enterprise, wanted, office.policy).record
    if isinstance(record, Transfer):
        return record
    hint = number_list(found, "移送", enterprise.id)
    raise missing(enterprise.id, wanted, "移送", hint)


def _until(record: Transfer, steps: Sequence[Step]) -> Sequence[Step]:
    """The steps up to the record itself: what is of the same day and came after it is not told."""
    return steps[: next(at for at, s in enumerate(steps) if s.record.number == record.number) + 1]


def _answer_by(record: Transfer, office: Office) -> Deadline | None:
    rule = office.policy.optional(ANSWER_WITHIN, record.on)
    if rule is None:
        return None
    return office.policy.calendar.deadline(record.on, rule.days, rule.unit, rule.roll, "移送")


def _frame(office: Office) -> Named:
    """The names of a letter of which nothing is known."""
    return {
        "镇": office.settings.town,
        "发函": office.hall,
        "机关": LINE * 2,
        "文号": number(office.settings, office.today.year),
        "编号": "",
        "企业": LINE * 2,
        "村": "____村",
        "地址": LINE * 2,
        "经营者": LINE,
        "证照": "",
        "行业": "",
        "产品": "",
        "类别": "",
        "状态": "",
        "各问题": [],
        "各次巡查": [],
        "事项": LINE * 5,
        "反馈期限": DAY,
        "日期": DAY,
    }


def _about(enterprise: Enterprise, at: Standing, office: Office, on: date) -> Named:
    village, settings = enterprise.village, office.settings
    return {
        "编号": enterprise.id,
        "企业": enterprise.name,
        "村": settings.village_at(village, on),
        "地址": gap(office.veil.text(address_in(village, enterprise.address, settings, on))),
        "经营者": gap(office.veil.person(enterprise.operator)),
        "证照": enterprise.licence or "",
        "行业": enterprise.industry or "",
        "产品": office.veil.text(enterprise.product),
        "类别": at.category or "",
        "状态": at.state,
        "各问题": [ended(office.veil.text(text)) for text in at.problems],
    }


def _visit(visit: Visit, office: Office) -> Named:
    told = [visit.found or "", *(f"问题：{text}" for text in visit.problems)]
    return {
        "日期": day(visit.on),
        "方式": "行政检查" if visit.official else visit.kind,
        "结果": visit.result,
        "发现": ended(office.veil.text("；".join(part for part in told if part))),
    }
