"""An enterprise's page: its profile, where it stands, and everything that happened, in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.entries import late
from swm.domain.fold import Standing, fold, last
from swm.domain.lookbacks import watches
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Record, Visit
from swm.domain.settings import Settings, holds
from swm.frozen import frozen
from swm.render import leads
from swm.render.discretion import Veil
from swm.render.dossier import as_mended, condition, later_marks, waits_for
from swm.render.site import links
from swm.render.site.links import Links
from swm.render.site.tables import LEFT, NOWRAP, Named, cell, column, row, table
from swm.render.whereabouts import grid_on
from swm.render.wording import words
from swm.reports.registers import Paper

PROFILE = (
    "证照情况", "统一社会信用代码", "经营者", "电话", "村", "网格", "地址", "坐标", "厂房", "行业",
    "产品与工艺", "特征", "来源", "用电户号", "与居民合用", "备注",
)  # fmt: skip
"""What is told of an enterprise, in this order."""
NEWEST_PHOTO = 16
"""How many characters of a photograph's SHA-256 its file name has."""


@frozen
class Room:
    """What an enterprise's page is made within."""

    policy: Policy
    settings: Settings
    opening_date: date | None
    day: date
    veil: Veil
    known: Links
    papers: Mapping[str, tuple[Paper, ...]]
    categories: Mapping[str, str]
    photos: Mapping[str, str]
    """The page-relative file of each photograph that may be shown, by its SHA-256."""


def firm_page(enterprise: Enterprise, room: Room) -> Named:
    """Every name that the page's template may use."""
    now = last(fold(enterprise.records, room.policy))
    village = room.settings.village_at(enterprise.village, room.day)
    told = condition(now, room.policy, room.day)
    return {
        "编号": enterprise.id,
        "名称": enterprise.name,
        "曾用名": "、".join(enterprise.former_names),
        "村": village,
        "村链": room.known.village(village),
        "状态": now.state,
        "状况": _upward(told, room),
        "概况": list(_profile(enterprise, room)),
        "包保": [
            {"角色": a.role, "姓名": room.veil.person(a.person), "部门": a.department or ""}
            for a in enterprise.assignments
            if holds(a, room.day)
        ],
        "各项": [f"{name} {s.status}（第{s.number}条）" for name, s in now.items.items()],
        "问题": [
            leads.written(f"{p}（第{n}条）", room.veil) for p, n in _unsolved(now, room.policy)
        ],
        "各条": list(_timeline(enterprise, room)),
        "回头看": _look_backs(enterprise, room),
        "文书": _papers(enterprise, room),
    }


def _unsolved(now: Standing, policy: Policy) -> Iterable[tuple[str, int]]:
    """Problems that are still to be solved: where the matter has ended, none is."""
    state = policy.state(now.state)
    return () if state.delisted or state.final else now.problems.items()


def _upward(text: str, room: Room) -> str:
    """Where it stands, its category under the name that this audience knows."""
    for name, shown in room.categories.items():
        text = text.replace(f"类别{name}", f"类别{shown}", 1) if name != shown else text
    return text


def _profile(enterprise: Enterprise, room: Room) -> Iterator[Named]:
    told = fields.fragment(enterprise)
    told |= {"村": room.settings.village_at(enterprise.village, room.day)}
    told |= {"网格": grid_on(enterprise.grid, room.settings, room.day)}
    for key in PROFILE:
        value = told.get(key)
        if not value or (key in leads.INSIDE and not room.veil.lifted):
            continue
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        link = room.known.thing(text) if key == "厂房" else ""
        yield {"名": key, "值": _veiled(key, text, room.veil), "链": link}


def _veiled(key: str, text: str, veil: Veil) -> str:
    if veil.lifted:
        return text
    if key == "经营者":
        return veil.person(text)
    if key == "电话":
        return veil.phone(text)
    if key == "来源":
        return leads.source(text)
    return leads.written(text, veil)


def _timeline(enterprise: Enterprise, room: Room) -> Iterator[Named]:
    """Every record, oldest first, as it was mended; with what became of it since."""
    waiting = waits_for(enterprise, last(fold(enterprise.records, room.policy)), room.policy)
    for record in sorted(enterprise.records, key=lambda r: (r.on, r.number)):
        mended = as_mended(record, enterprise.records)
        shown = mended if room.veil.lifted else leads.outside(mended, enterprise.records)
        if shown is None:
            continue
        marks = [*later_marks(record, enterprise.records)]
        if found := waiting.get(record.number):
            marks.insert(0, found)
        if late(mended, room.policy):
            marks.append(f"{mended.entered_on} 补录")
        head, _, rest = room.veil.text(words(shown)).partition("：")
        yield {
            "序号": record.number,
            "日期": mended.on.isoformat(),
            "题": head,
            "文": rest,
            "标": marks,
            "撤销": any(mark.startswith("已由") for mark in marks),
            "照片": list(_photos(mended, room)),
        }


def _photos(record: Record, room: Room) -> Iterator[Named]:
    if isinstance(record, Visit):
        for place, digest in enumerate(record.photos, start=1):
            if digest in room.photos:
                yield {
                    "链": room.photos[digest],
                    "说": f"{record.on} {record.kind} 第{place}张照片",
                }


def photo_name(digest: str, suffix: str) -> str:
    """Where a photograph lies in the site."""
    return f"photo/{digest[:NEWEST_PHOTO]}{suffix}"


def _look_backs(enterprise: Enterprise, room: Room) -> Named | None:
    found = [
        each
        for watch in watches(enterprise, room.policy, room.opening_date)
        for each in watch.look_backs
        if watch.left is None or each.due < watch.left
        if each.done is not None or each.due <= room.day or each is watch.next
    ]
    if not found:
        return None
    columns = (
        column("应在", NOWRAP, head=True),
        column("哪一次", LEFT),
        column("做于", NOWRAP),
        column("记录", NOWRAP),
    )
    rows = (
        row(
            [
                cell(each.due),
                cell(each.name),
                cell(each.done or ("还没有到" if each.due > room.day else "没有做"),
                     style="bad" if each.late or (not each.done and each.due < room.day) else ""),
                cell(f"第{each.number}条" if each.number else "", f"{links.firm_page(enterprise.id)}#r{each.number}" if each.number else ""),
            ]
        )
        for each in found
    )  # fmt: skip
    return table("回头看", columns, rows)


def _papers(enterprise: Enterprise, room: Room) -> Named | None:
    found: Sequence[Paper] = room.papers.get(enterprise.id, ())
    if not found:
        return None
    columns = (
        column("文书", LEFT, head=True),
        column("文号", LEFT),
        column("作出机关", LEFT),
        column("日期", NOWRAP),
        column("送达", NOWRAP),
        column("记录", NOWRAP),
    )
    page = links.firm_page(enterprise.id)
    rows = (
        row(
            [
                cell(each.name),
                cell(each.number),
                cell(each.issuer),
                cell(each.on),
                cell(each.status(room.day), style="bad" if each.waits(room.day) else ""),
                cell(f"第{each.record}条", f"{page}#r{each.record}"),
            ]
        )
        for each in found
    )
    return table("文书", columns, rows)
