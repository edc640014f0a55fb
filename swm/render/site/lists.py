"""The site's lists: enterprises, deadlines, premises and letters, numbers and their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from swm.render.discretion import Veil
from swm.render.dossier import deadline
from swm.render.site import links
from swm.render.site.links import Links
from swm.render.site.tables import (
    LEFT,
    MINOR,
    NOWRAP,
    NUMBER,
    Cell,
    Named,
    cell,
    column,
    row,
    table,
)
from swm.reports.dues import Upcoming
from swm.reports.lists import Listed
from swm.reports.places import Place, Signed
from swm.reports.site import AHEAD, SOON, Site
from swm.reports.values import NONE, Entry, Figure

FIRM_COLUMNS = (
    column("编号", f"{NOWRAP} {MINOR}"),
    column("企业名称", LEFT, head=True),
    column("村", NOWRAP),
    column("类别", f"{NOWRAP} {MINOR}"),
    column("状态", NOWRAP),
    column("期限", NOWRAP),
)


def firm_cells(firm: Listed, site: Site, categories: Mapping[str, str]) -> list[Cell]:
    """One enterprise in a list."""
    page = links.firm_page(firm.id)
    when = "待送达" if firm.awaiting else _deadline(firm, site)
    return [
        cell(firm.id, page),
        cell(firm.name, page),
        cell(firm.village),
        cell(categories.get(firm.category, firm.category) or "待定"),
        cell(firm.state),
        cell(when, style="due bad" if firm.overdue else "due"),
    ]


def _deadline(firm: Listed, site: Site) -> str:
    """2026-10-30（超期11天）; nothing where none counts any more."""
    if firm.deadline is None or firm.state not in site.open_states:
        return ""
    return deadline(firm.deadline, site.day).removeprefix("期限 ")


def firm_rows(
    firms: Iterable[Listed], site: Site, categories: Mapping[str, str]
) -> Iterable[Named]:
    """The enterprises as rows that the page's script can search."""
    for firm in firms:
        style = "late" if firm.overdue else ""
        data = {
            "find": f"{firm.id} {firm.name} {site.initials.get(firm.id, '')}".lower(),
            "village": firm.village,
            "category": categories.get(firm.category, firm.category) or "待定",
            "state": firm.state,
            "late": "1" if firm.overdue else "",
        }
        yield row(firm_cells(firm, site, categories), style=style, data=data)


def firms_table(
    title: str, firms: Sequence[Listed], site: Site, categories: Mapping[str, str], id: str = ""
) -> Named:
    """A table of enterprises."""
    return table(title, FIRM_COLUMNS, firm_rows(firms, site, categories), id=id)


def due_firms(site: Site, within: int | None) -> list[Listed]:
    """Those overdue (None), or due within so many days from the site's day on; soonest first."""
    open_ = [f for f in site.firms if f.deadline and not f.awaiting and f.state in site.open_states]
    if within is None:
        found = [f for f in open_ if f.overdue]
    else:
        last = site.day + timedelta(days=within)
        found = [f for f in open_ if not f.overdue and f.deadline and f.deadline <= last]
    return sorted(found, key=lambda f: (f.deadline or site.day, f.id))


def deadline_tables(
    site: Site, known: Links, categories: Mapping[str, str], veil: Veil
) -> list[Named]:
    """Overdue, soon, later, and whatever else has a day."""
    soon = due_firms(site, SOON)
    later = [f for f in due_firms(site, AHEAD) if f not in soon]
    late = due_firms(site, None)
    return [
        firms_table(f"超期（{len(late)}家）", late, site, categories, "late"),
        firms_table(f"{SOON}日内到期（{len(soon)}家）", soon, site, categories, "soon"),
        firms_table(
            f"{SOON + 1}至{AHEAD}日内到期（{len(later)}家）", later, site, categories, "later"
        ),
        *(_upcoming(t, each, site.day, known, veil) for t, each in site.others.items()),
    ]


def _upcoming(title: str, found: Sequence[Upcoming], day: date, known: Links, veil: Veil) -> Named:
    named = any(each.name for each in found)  # a complaint has no name
    columns = (
        column("编号", f"{NOWRAP} {MINOR}" if named else NOWRAP, head=not named),
        *([column("名称", LEFT, head=True)] if named else []),
        column("村", NOWRAP),
        column("内容", LEFT),
        column("日期", NOWRAP),
    )
    rows = (
        row(
            [
                cell(each.id, known.thing(each.id)),
                *([cell(veil.called(each.id, each.name), known.thing(each.id))] if named else []),
                cell(each.village),
                cell(each.text),
                cell(each.on, style="bad" if each.on < day else ""),
            ]
        )
        for each in found
    )
    return table(f"{title}（{len(found)}）", columns, rows)


# --- premises and letters -----------------------------------------------------------------------


def premises_tables(
    places: Sequence[Place], letters: Sequence[Signed], known: Links, veil: Veil
) -> list[Named]:
    """厂房, then 保证书."""
    columns = (
        column("编号", f"{NOWRAP} {MINOR}"),
        column("坐落", LEFT, head=True),
        column("村", NOWRAP),
        column("用途", f"{NOWRAP} {MINOR}"),
        column("房东", LEFT),
        column("承租", LEFT),
        column("保证书", NOWRAP),
    )
    owing = sum(place.owes and not place.signed for place in places)
    title = f"厂房（{len(places)}处，应签未签{owing}处）"
    return [
        table(title, columns, (_place(place, known, veil) for place in places), id="premises"),
        _letters(letters, known, veil),
    ]


def _place(place: Place, known: Links, veil: Veil) -> Named:
    owing = place.owes and not place.signed
    tenant = known.thing(place.tenants)  # one of the ledger's own leads to its page
    cells = [
        cell(place.id),
        cell(veil.text(place.address)),
        cell(place.village),
        cell(place.use),
        cell(veil.person(place.owners)),
        cell(veil.text(place.tenants), tenant),
        cell("未签" if place.letter == "无" else place.letter, style="bad" if owing else ""),
    ]
    return row(cells, id=place.id)


def _letters(letters: Sequence[Signed], known: Links, veil: Veil) -> Named:
    columns = (
        column("编号", NOWRAP, head=True),
        column("类型", f"{LEFT} {MINOR}"),
        column("签订人", NOWRAP),
        column("厂房", LEFT),
        column("签订日期", f"{NOWRAP} {MINOR}"),
        column("有效期至", NOWRAP),
        column("现状", NOWRAP),
    )
    rows = (
        row(
            [
                cell(each.number),
                cell(each.kind),
                cell(veil.person(each.landlord)),
                cell(
                    "、".join(each.premises),
                    known.thing(each.premises[0]) if len(each.premises) == 1 else "",
                ),
                cell(each.on),
                cell(each.until or "长期"),
                cell(each.status, style="" if each.status == "有效" else "bad"),
            ]
        )
        for each in letters
    )
    return table(f"保证书（{len(letters)}份）", columns, rows, id="letters")


# --- numbers ------------------------------------------------------------------------------------

ENTRY_COLUMNS = (
    column("编号", f"{NOWRAP} {MINOR}"),
    column("名称", LEFT, head=True),
    column("村", NOWRAP),
    column("类别", f"{NOWRAP} {MINOR}"),
    column("状态", NOWRAP),
    column("日期", NOWRAP),
    column("期限", f"{NOWRAP} {MINOR}"),
    column("说明", LEFT),
)


def entries_table(
    title: str,
    entries: Iterable[Entry],
    known: Links,
    categories: Mapping[str, str],
    veil: Veil,
    id: str = "",
) -> Named:
    """The records behind a number."""
    rows = (
        row(
            [
                cell(e.id, known.thing(e.id)),
                cell(veil.called(e.id, e.name), known.thing(e.id)),
                cell(e.village),
                cell(categories.get(e.category, e.category)),
                cell(e.state),
                cell(e.on),
                cell(e.deadline),
                cell(veil.text(e.note)),
            ]
        )
        for e in entries
    )
    return table(title, ENTRY_COLUMNS, rows, id=id)


def numbers_table(figures: Iterable[Figure], known: Links, title: str) -> Named:
    """Every figure with its comparisons; each number leads to its records."""
    columns = (
        column("指标", LEFT, head=True),
        column("单位", NOWRAP),
        column("本期", NUMBER),
        column("上期", NUMBER),
        column("增减", f"{NOWRAP} {MINOR}"),
        column("本年累计", f"{NUMBER} {MINOR}"),
        column("建账以来", f"{NUMBER} {MINOR}"),
        column("上年同期", f"{NUMBER} {MINOR}"),
    )
    rows = (
        row(
            [
                cell(f.name),
                cell(f.unit),
                cell(f.value, known.figures.get(f.name, "")),
                _number(f.previous),
                cell(f.trend),
                *map(_number, (f.year, f.ever, f.last_year)),
            ]
        )
        for f in figures
    )
    return table(title, columns, rows)


def _number(value: int | None) -> Cell:
    return cell(NONE if value is None else value)
