"""一企一档: everything on file about one enterprise, on paper (方案五2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from swm.domain.entries import late
from swm.domain.fold import Standing, Step, fold, last, of_township
from swm.domain.lookbacks import watches_from
from swm.domain.papers import borne, number_of
from swm.domain.records import Act, Assignment, Enterprise, Lead, Record, Transfer
from swm.render import leads
from swm.render.dossier import as_mended, condition, later_marks, waits_for
from swm.render.forms.blanks import DAY, LINE, day, in_words, named
from swm.render.forms.headlines import headline
from swm.render.forms.photographs import photographs
from swm.render.forms.places import letters, places
from swm.render.forms.profiles import paired, profile
from swm.render.forms.records import service_of
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.wording import words

TEMPLATE = "一企一档.docx"
LISTS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "各项": (3, ("项", "情况", "日期", "凭")),
    "各包保": (6, ("角色", "姓名", "部门", "自", "至")),
    "目录": (12, ("序号", "日期", "类型", "摘要", "照片")),
    "各文书": (4, ("文号", "名称", "机关", "日期", "送达", "凭")),
    "各厂房": (2, ("编号", "坐落", "用途", "房东", "承租")),
    "各保证书": (3, ("编号", "厂房", "类型", "签订人", "签订", "至", "现状")),
    "各回头看": (3, ("次", "应查", "完成", "凭", "逾期")),
}
"""The lists, how many rows the blank has to write in, and what stands in a row."""
STORIES = 6
"""How many records the blank has room to tell of."""


def fill(subject: Subject, office: Office) -> Sheet:
    """The whole dossier; blank, the cover sheet with an empty profile."""
    enterprise = subject.enterprise
    if enterprise is None:
        names = _frame(office) | _room(office)
        return Sheet(TEMPLATE, "（空白）一企一档", "一企一档", office.today, names)
    steps = fold(enterprise.records, office.policy)
    at = last(steps)
    records = _records(enterprise, office)
    shots, notices = photographs(subject, steps, office)
    names = _frame(office) | {
        "编号": enterprise.id,
        "企业": enterprise.name,
        "曾用名": named(enterprise.former_names),
        "基本": profile(enterprise, office),
        "整治": in_words(condition(at, office.policy, office.today)),
        "各项": [_item(name, s, office) for name, s in _items(at, office)],
        "各包保": [_assigned(a, office) for a in enterprise.assignments],
        "目录": [_listed(r, records, office) for r in records],
        "经过": list(_told(enterprise, records, at, office)),
        "各文书": [_paper(r, valid, enterprise, office) for r, valid in borne(enterprise)],
        "各厂房": places(subject, office),
        "各保证书": letters(subject, office),
        "各回头看": list(_look_backs(steps, office)),
        "各线索": [r.complaint for r in records if isinstance(r, Lead)],
        "各照片": shots,
    }
    title = f"一企一档（{enterprise.name}）"
    stem = f"{enterprise.id}一企一档"
    return Sheet(TEMPLATE, stem, title, office.today, names, notices)


def _frame(office: Office) -> Named:
    return {
        "镇": office.settings.town,
        "标识": office.mark,
        "编号": "",
        "企业": "",
        "曾用名": "",
        "基本": paired({}, office),
        "整治": "",
        "各线索": [],
        "各照片": [],
        "经过": [],
        "日期": day(office.today),
        "版本": office.version,
        "程序": office.program,
        **{name: [] for name in LISTS},
    }


def _room(office: Office) -> Named:
    """Empty rows and lines: the blank says nothing of an enterprise, it is written in."""
    rows = {name: [dict.fromkeys(keys, "")] * count for name, (count, keys) in LISTS.items()}
    stories = [
        {"序号": str(place), "日期": DAY, "文": LINE * 6, "标记": ""}
        for place in range(1, STORIES + 1)
    ]
    return {**rows, "经过": stories}


# --- where it stands ------------------------------------------------------------------------------


def _items(at: Standing, office: Office) -> Iterator[tuple[str, tuple[str, date, int]]]:
    """The standard's items of this round, and the problems; once it is delisted by a standard of
    items, the problems that brought it there are past."""
    for name, status in at.items.items():
        yield name, (status.status, status.on, status.number)
    if at.items and at.state and office.policy.state(at.state).delisted:
        return
    for name, status in at.solved.items():
        yield f"问题：{name}", ("已整改", status.on, status.number)
    for problem, number in at.problems.items():
        known = next((v.on for v in at.visits if v.number == number), date.min)
        yield f"问题：{problem}", ("未整改", known, number)


def _item(name: str, status: tuple[str, date, int], office: Office) -> Named:
    how, on, number = status
    return {
        "项": leads.written(name, office.veil),
        "情况": how,
        "日期": day(on, "") if on != date.min else "",
        "凭": f"第{number}条",
    }


def _assigned(held: Assignment, office: Office) -> Named:
    return {
        "角色": held.role,
        "姓名": office.veil.person(held.person),
        "部门": office.settings.village_at(held.department or "", office.today),
        "自": _short(held.since),
        "至": _short(held.until) or "现在",
    }


def _short(on: date | None) -> str:
    return str(on) if on else ""


# --- records --------------------------------------------------------------------------------------


def _records(enterprise: Enterprise, office: Office) -> Sequence[Record]:
    """Every record as it was mended and as this audience may read it."""
    every = [as_mended(record, enterprise.records) for record in enterprise.records]
    if office.veil.lifted:
        return every
    told = (leads.outside(record, enterprise.records) for record in every)
    return [record for record in told if record is not None]


def _listed(record: Record, records: Sequence[Record], office: Office) -> Named:
    """One line of the table of contents."""
    gone = [mark for mark in later_marks(record, records) if "撤销" in mark]
    return {
        "序号": str(record.number),
        "日期": _short(record.on),
        "类型": record.type,
        "摘要": office.veil.text(headline(record)) + ("（已撤销）" if gone else ""),
        "照片": str(len(getattr(record, "photos", ()))) if getattr(record, "photos", ()) else "",
    }


def _told(
    enterprise: Enterprise, records: Sequence[Record], at: Standing, office: Office
) -> Iterator[Named]:
    """Every record in plain words, and what became of it."""
    waiting = waits_for(enterprise, at, office.policy)
    for record in records:
        marks = [waiting.get(record.number, ""), *later_marks(record, records)]
        if late(record, office.policy):
            marks.append(f"{record.entered_on} 补录")
        told = "；".join(mark for mark in marks if mark)
        yield {
            "序号": str(record.number),
            "日期": day(record.on),
            "文": in_words(office.veil.text(words(record))),
            "标记": in_words(f"【{told}】") if told else "",
        }


def _paper(record: Record, valid: bool, enterprise: Enterprise, office: Office) -> Named:
    """One paper, or the letter of a transfer."""
    if isinstance(record, Act) and record.paper:
        name, issuer = record.paper.name, record.paper.issuer or office.hall
    else:
        name, issuer = "移送函", office.hall
    return {
        "文号": number_of(record) or "",
        "名称": name,
        "机关": issuer,
        "日期": _short(record.on),
        "送达": "已撤销" if not valid else _served(record, enterprise),
        "凭": f"第{record.number}条",
    }


def _served(record: Record, enterprise: Enterprise) -> str:
    if isinstance(record, Transfer):
        return f"{record.received_on} 签收" if record.received_on else ""
    assert isinstance(record, Act)
    if record.paper and record.paper.served_on:
        return f"{record.paper.served_on} {record.paper.served_by or ''}".strip()
    service = service_of(enterprise, record)
    if service is None and not of_township(record.paper.issuer if record.paper else None):
        return ""
    return f"{service.on} {service.method}" if service else "未送达"


def _look_backs(steps: Sequence[Step], office: Office) -> Iterator[Named]:
    """Those that were made, and the next that is due, of every time that it was delisted."""
    opening = office.settings.opening_date
    for watch in watches_from(steps, office.policy, opening):
        done = [each for each in watch.look_backs if each.done]
        coming = [watch.next] if watch.next and watch.left is None else []
        for each in (*done, *coming):
            yield {
                "次": each.name,
                "应查": _short(each.due),
                "完成": _short(each.done) or "尚未做",
                "凭": f"第{each.number}条" if each.number else "",
                "逾期": "逾期" if each.late or (not each.done and each.due < office.today) else "",
            }
