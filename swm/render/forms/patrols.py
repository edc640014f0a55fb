"""巡查记录: one visit, or one patrol over several places, as the people who went would sign it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from swm.domain.patrolrecords import Outing, Patrol, Spot, is_premises
from swm.domain.records import OFFICIAL, Enterprise, Record, Visit
from swm.errors import NotFound, Refused
from swm.frozen import frozen
from swm.render.forms.blanks import day, named, padded
from swm.render.forms.records import number_list, step_of, steps_of, visits_of
from swm.render.forms.sightings import alarming, clock_of, found_in, reported
from swm.render.forms.values import Named, Office, Sheet, Subject, missing
from swm.render.whereabouts import villages_on

TEMPLATE, NIGHT_TEMPLATE = "巡查记录.docx", "夜查记录.docx"
NIGHT = "夜查"
THIS = "本记录"
"""Where a point that is no enterprise is on record: on this sheet alone."""
ROOM = 6
"""Rows to write in on the blank form."""
EMPTY: Named = {"序": "", "对象": "", "时间": "", "结果": "", "情况": "", "记录": ""}
NO_ALARM: Named = {
    "对象": "", "通知派出所": "", "派出所到场": "", "报告主要领导": "", "执法人员到场": "",
    "劝止": "",
}  # fmt: skip


@frozen
class Seen:
    """What one place looked like: an enterprise's visit, or a point of the patrol."""

    what: str
    time: str
    result: str
    found: str
    record: str
    visit: Visit | None = None


def fill(subject: Subject, office: Office) -> Sheet:
    """The record of the visit named, of the last one, or of the patrol."""
    return filled(subject, office, night=False)


def filled(subject: Subject, office: Office, *, night: bool) -> Sheet:
    """The same as a 夜查记录 where `night`. Raises `Refused` for what is no visit, or no 夜查."""
    form = "夜查记录" if night else "巡查记录"
    template = NIGHT_TEMPLATE if night else TEMPLATE
    if subject.file is not None:
        return _of_patrol(subject, office, night, form, template)
    if subject.enterprise is None:
        names = _frame(office) | {"各处": [EMPTY] * ROOM, "各报告": [NO_ALARM] * 2}
        names["方式"] = NIGHT if night else ""
        return Sheet(template, f"（空白）{form}", form, office.today, names)
    visit = _visit(subject.enterprise, subject.number, office, night)
    seen = [_seen(subject.enterprise, visit, office, night)]
    names = (
        _frame(office)
        | _party(visit, office)
        | {
            "编号": f"{subject.enterprise.id} 第{visit.number}条",
            "起": _clock(visit),
            "村": office.settings.village_at(subject.enterprise.village, visit.on),
        }
    )
    return _sheet(template, f"{subject.enterprise.id}第{visit.number}条{form}", names, seen,
                  visit, form, office)  # fmt: skip


def _visit(enterprise: Enterprise, wanted: int | None, office: Office, night: bool) -> Visit:
    visits = visits_of(steps_of(enterprise, office.policy))
    known = [v for v in visits if not night or v.kind == NIGHT]
    what = "夜查记录" if night else "巡查记录"
    if wanted is None:
        if not known:
            raise NotFound(f"{enterprise.id} 还没有{what}", f"查看：swm show {enterprise.id}")
        return known[-1]
    record = step_of(enterprise, wanted, office.policy).record
    if record in known and isinstance(record, Visit):
        return record
    raise missing(enterprise.id, wanted, what, number_list(known, what, enterprise.id))


def _of_patrol(subject: Subject, office: Office, night: bool, form: str, template: str) -> Sheet:
    patrol = subject.file
    assert isinstance(patrol, Patrol)
    if patrol.withdrawn:
        raise Refused(f"{patrol.id} 已撤销", hint=f"查看：swm patrol show {patrol.id}")
    outing = patrol.outing
    if night and outing.kind != NIGHT:
        hint = f"swm form 巡查记录 {patrol.id}"
        raise Refused(f"{patrol.id} 是{outing.kind}，不是夜查", hint=hint)
    seen = [*_called(patrol, outing, subject, office, night), *_spots(patrol, office)]
    names = (
        _frame(office)
        | _party(outing, office)
        | {
            "编号": patrol.id,
            "起": _hour(outing.start, outing),
            "止": _hour(outing.end, outing),
            "村": named(villages_on(outing.villages, office.settings, outing.on)),
        }
    )
    return _sheet(template, f"{patrol.id}{form}", names, seen, outing, form, office)


def _sheet(
    template: str,
    stem: str,
    names: Named,
    seen: Sequence[Seen],
    record: Record,
    form: str,
    office: Office,
) -> Sheet:
    alarms = [_alarm(each, office) for each in seen if each.visit and alarming(each.visit)]
    names |= {
        "各处": [_row(place, each) for place, each in enumerate(seen, start=1)],
        "各报告": padded(alarms, 1, NO_ALARM | {"对象": "没有"}),
        "备注": office.veil.text(getattr(record, "note", None)),
        "录入人": office.veil.person(named(record.by)),
    }
    return Sheet(template, stem, form, record.on, names)


def _frame(office: Office) -> Named:
    """The names of a record of which nothing is known."""
    return {
        "镇": office.settings.town,
        "编号": "",
        "方式": "",
        "性质": "",
        "日期": day(None),
        "起": "",
        "止": "",
        "村": "",
        "领导": "",
        "人员": "",
        "机关": "",
        "证号": "",
        "备注": "",
        "录入人": "",
    }


def _party(record: Visit | Outing, office: Office) -> Named:
    """Who went, as what."""
    return {
        "方式": record.kind,
        "性质": OFFICIAL if record.nature == OFFICIAL else "属地巡查",
        "日期": day(record.on),
        "领导": office.veil.person(record.leader),
        "人员": office.veil.person(named(record.people)),
        "机关": record.agency or "",
        "证号": "、".join(
            f"{office.veil.person(who)} {number}" for who, number in record.licences.items()
        ),
    }


def _clock(visit: Visit) -> str:
    return visit.time or ""


def _hour(moment: datetime, outing: Outing) -> str:
    """22:05; past midnight 次日01:10."""
    return f"{'' if moment.date() == outing.on else '次日'}{moment:%H:%M}"


def _called(
    patrol: Patrol, outing: Outing, subject: Subject, office: Office, night: bool
) -> Iterator[Seen]:
    """The visits that the patrol names, from the enterprises' own files."""
    for call in outing.calls:
        enterprise = subject.others.get(call.enterprise)
        visit = _named_visit(enterprise, call.number, office) if enterprise else None
        if enterprise is None or visit is None:
            yield Seen(call.enterprise, "", "", "记录已撤销", f"第{call.number}条")
        else:
            yield _seen(enterprise, visit, office, night)


def _named_visit(enterprise: Enterprise, number: int, office: Office) -> Visit | None:
    visits = visits_of(steps_of(enterprise, office.policy))
    return next((v for v in visits if v.number == number), None)


def _spots(patrol: Patrol, office: Office) -> Iterator[Seen]:
    for spot in patrol.spots:
        yield Seen(
            what=_spot_named(spot, office, patrol.outing.on),
            time=spot.time or "",
            result=spot.result,
            found=office.veil.text(spot.found),
            record=THIS,
        )


def _spot_named(spot: Spot, office: Office, on: date) -> str:
    what = f"厂房 {spot.place}" if is_premises(spot.place) else office.veil.text(spot.place)
    village = office.settings.village_at(spot.village, on) if spot.village else ""
    return f"{what}（{village}）" if village else what


def _seen(enterprise: Enterprise, visit: Visit, office: Office, night: bool) -> Seen:
    return Seen(
        what=f"{enterprise.id} {enterprise.name}",
        time=visit.time or "",
        result=visit.result + ("（外围查看）" if visit.outside else ""),
        found=office.veil.text("\n".join((*found_in(visit), *(() if night else reported(visit))))),
        record=f"第{visit.number}条",
        visit=visit,
    )


def _row(place: int, seen: Seen) -> Named:
    return {
        "序": str(place),
        "对象": seen.what,
        "时间": seen.time,
        "结果": seen.result,
        "情况": seen.found,
        "记录": seen.record,
    }


def _alarm(seen: Seen, office: Office) -> Named:
    visit = seen.visit
    assert visit is not None
    return {
        "对象": seen.what,
        "通知派出所": clock_of(visit.police_at, visit),
        "派出所到场": clock_of(visit.police_came, visit),
        "报告主要领导": clock_of(visit.reported_at, visit),
        "执法人员到场": clock_of(visit.officers_came, visit),
        "劝止": office.veil.text(visit.kept_order),
    }
