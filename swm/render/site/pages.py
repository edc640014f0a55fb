"""Every file of the site, one after another: pages from templates, the style, the script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from swm.domain.records import Enterprise
from swm.frozen import frozen
from swm.render import charts
from swm.render.discretion import Veil
from swm.render.letterhead import chinese_date
from swm.render.site import firm, issued, links, lists, overview, patrols, plot, public
from swm.render.site.firm import Room
from swm.render.site.links import Links
from swm.render.site.tables import Named
from swm.render.templates import again, broken, environment, visible
from swm.reports.audiences import INTERNAL
from swm.reports.site import PublicSite, Site
from swm.reports.values import Point

if TYPE_CHECKING:
    from jinja2 import Template

Page = tuple[str, bytes]
"""A file's path from the site's top folder, and its bytes."""
Find = Callable[[str], str]
"""How a template of the site is found by its name."""
FRAME, MACROS = "页.html.j2", "宏.html.j2"
STATIC = ("site.css", "site.js")
MENU = (
    ("总览", links.HOME),
    ("企业", links.FIRMS),
    ("各村", links.VILLAGES),
    ("期限", links.DEADLINES),
    ("巡查", links.PATROLS),
    ("厂房与保证书", links.PREMISES),
    ("数字", links.NUMBERS),
    ("月报", links.REPORTS),
    ("分布图", links.PLOT),
)


class Press:
    """The templates, each compiled once, and what every page of one site says alike."""

    def __init__(self, find: Find, same: Named, menu: Iterable[tuple[str, str]]) -> None:
        self._find, self._same = find, same
        self._menu = list(menu)
        self._room = environment()
        self._compiled: dict[str, Template] = {}

    def page(self, path: str, template: str, title: str, names: Named) -> Page:
        """One page: its own template, then the frame of all. Raises `Unreadable` where one is
        broken."""
        from markupsafe import Markup

        root = "../" * path.count("/")
        top = path if path in {p for _, p in self._menu} else _above(path)
        menu = [{"名": n, "链": p, "此": p == path, "内": p == top} for n, p in self._menu]
        given = {**self._same, "根": root, "题": title, "导航": menu}
        body = self._printed(template, {**given, **names})
        return path, self._printed(FRAME, {**given, "正文": Markup(body)}).encode()

    def _printed(self, name: str, names: Named) -> str:
        """One template by itself, within the limits of one rendering."""
        from jinja2 import TemplateError

        try:
            if name not in self._compiled:
                self._compiled[name] = again(self._room).from_string(self._source(name))
            again(self._room)
            return self._compiled[name].render(names)
        except TemplateError as error:
            raise broken(f"site/{name}", error) from error

    def _source(self, name: str) -> str:
        """A page's template with the macros before it, on its first line: its lines keep their
        numbers."""
        if name == FRAME:
            return self._find(name)
        return self._find(MACROS).replace("\n", "") + self._find(name)


_PARTS = {
    "firm": links.FIRMS,
    "village": links.VILLAGES,
    "patrol": links.PATROLS,
    "number": links.NUMBERS,
    "report": links.REPORTS,
}


def _above(path: str) -> str:
    """The page of the menu under which a page stands."""
    return _PARTS.get(path.partition("/")[0], "")


@frozen
class Work:
    """What the pages of one site are made from."""

    site: Site
    known: Links
    veil: Veil
    categories: Mapping[str, str]
    press: Press


def site_pages(
    site: Site, enterprises: Iterable[Enterprise], room: Room, find: Find
) -> Iterator[Page]:
    """Every file of a site for 内部 or 上报."""
    inside = site.month.audience == INTERNAL
    empty = {links.PLOT: not site.spots, links.REPORTS: not (site.reports or site.notices)}
    menu = [each for each in MENU if not empty.get(each[1])]
    press = Press(find, _same(site, inside), menu)
    work = Work(site, room.known, room.veil, room.categories, press)
    yield from ((name, find(name).encode()) for name in STATIC)
    yield _home(work)
    yield from _lists(work)
    yield from _villages(work)
    yield from _patrols(work)
    yield from _numbers(work)
    yield from _reports(work)
    if site.spots:
        yield _plot(work)
    for enterprise in enterprises:
        names = firm.firm_page(enterprise, room)
        path = links.firm_page(enterprise.id)
        yield press.page(path, "企业.html.j2", enterprise.name, names)


def _same(site: Site, inside: bool) -> Named:
    month = site.month
    return {
        "镇": month.town,
        "区": month.county,
        "受众": month.audience,
        "内部": inside,
        "日": chinese_date(site.day),
        "版本": month.version,
        "程序": month.program,
    }


def _home(work: Work) -> Page:
    from markupsafe import Markup

    month = work.site.month
    points = tuple(
        Point(visible(p.label), p.open, p.delisted, p.new) for p in charts.telling(month.trend)
    )
    names = {
        "期间": month.period.title,
        "上期": month.period.previous().title,
        "各数": overview.tiles(month, work.known),
        "完成率": month.rates["完成率"].text,
        "趋势图": Markup(charts.trend_svg(points, "未销号、本月销号与本月新增企业数")),
        "趋势表": overview.trend_table(month),
        "月数": len(points),
        "各表": overview.urgent(work.site, work.categories),
        "村表": overview.village_overview(month, work.known),
    }
    return work.press.page(links.HOME, "总览.html.j2", f"{month.town}“散乱污”企业整治情况", names)


def _lists(work: Work) -> Iterator[Page]:
    site, press = work.site, work.press
    every = lists.firms_table("企业清单", site.firms, site, work.categories, "firms")
    yield press.page(links.FIRMS, "企业清单.html.j2", "企业清单", {"表": every, **_choices(every)})
    tables = lists.deadline_tables(site, work.known, work.categories, work.veil)
    told = "已过期限的，和三十日内将到的。期限当日不算超期。"
    yield press.page(links.DEADLINES, "表页.html.j2", "期限", {"各表": tables, "说": told})
    found = lists.premises_tables(site.places, site.letters, work.known, work.veil)
    yield press.page(links.PREMISES, "表页.html.j2", "厂房与保证书", {"各表": found, "说": ""})


def _choices(table: Named) -> Named:
    """What the list can be narrowed to: every village, category and state that occurs."""
    rows = table["行"]
    return {
        name: list(dict.fromkeys(r["据"][key] for r in rows))
        for name, key in (("各村", "village"), ("各类别", "category"), ("各状态", "state"))
    }


def _villages(work: Work) -> Iterator[Page]:
    month = work.site.month
    table = overview.village_overview(month, work.known)
    told = "点数字看这个村的名单。"
    yield work.press.page(links.VILLAGES, "表页.html.j2", "各村情况", {"各表": [table], "说": told})
    for each in month.village_rows:
        names = overview.village_page(work.site, each, work.known, work.categories, work.veil)
        page = work.known.village(each.cells["村"])
        yield work.press.page(page, "村.html.j2", each.cells["村"], names)


def _patrols(work: Work) -> Iterator[Page]:
    months = patrols.by_month(work.site.outings)
    told = "只列已经走过的巡查：成组巡查，和按日期、方式、人员归并的单次到访。"
    names = {"各表": [patrols.months_table(months)], "说": told}
    yield work.press.page(links.PATROLS, "表页.html.j2", "巡查", names)
    for month in months:
        path = links.outing_page(month[1][0].on)
        outings = patrols.month_page(month, work.known, work.veil)
        title = f"{month[0][:4]}年{int(month[0][5:])}月巡查"
        yield work.press.page(path, "巡查.html.j2", title, {"各次": outings})


def _numbers(work: Work) -> Iterator[Page]:
    month = work.site.month
    table = lists.numbers_table(month.figures.values(), work.known, month.period.title)
    names = {"各表": [table], "说": "点本期的数看名单。数字的口径与月报相同。"}
    yield work.press.page(links.NUMBERS, "表页.html.j2", "数字", names)
    for name, path in work.known.figures.items():
        figure = month.figures[name]
        rows = lists.entries_table(
            f"{name}：{figure.text}", figure.entries, work.known, work.categories, work.veil
        )
        yield work.press.page(
            path, "表页.html.j2", name, {"各表": [rows], "说": month.period.title}
        )


def _reports(work: Work) -> Iterator[Page]:
    reports = work.site.reports
    notices = issued.notices_table(work.site.notices, work.site.month.audience == INTERNAL)
    if reports or notices:
        tables = [issued.reports_table(reports), *([notices] if notices else [])]
        names = {"各表": tables, "说": "点月份看印发时的数字。" if reports else ""}
        yield work.press.page(links.REPORTS, "表页.html.j2", "月报", names)
    for each in reports:
        path = issued.issued_page(each)
        yield work.press.page(path, "印发.html.j2", each.title, issued.issued_names(each))


def _plot(work: Work) -> Page:
    from markupsafe import Markup

    site = work.site
    marks = [{"图": Markup(plot.legend_svg(sort)), "名": name} for sort, name in plot.LEGEND]
    firms = [spot.firm for spot in site.spots]
    names = {
        "图": Markup(plot.plot_svg(site)),
        "图例": marks,
        "表": lists.firms_table("图上的企业", firms, site, work.categories, "list"),
    }
    return work.press.page(links.PLOT, "分布.html.j2", "企业分布图", names)


def public_pages(site: PublicSite, find: Find) -> Iterator[Page]:
    """Every file of the site that everybody may read."""
    same = {
        "镇": site.town,
        "区": site.county,
        "受众": "公示",
        "内部": False,
        "日": chinese_date(site.day),
        "版本": site.version,
        "程序": site.program,
    }
    press = Press(find, same, ())
    yield from ((name, find(name).encode()) for name in STATIC)
    title = f"{site.town}“散乱污”企业整治情况公示"
    yield press.page(links.HOME, "公示.html.j2", title, public.names(site))
