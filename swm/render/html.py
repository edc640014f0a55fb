"""The monthly report as one HTML file that needs no network and runs one known script."""

from __future__ import annotations

from swm.render import charts, drill, monthly, villagecharts
from swm.render.provenance import anchor_svg
from swm.render.templates import MONTHLY_HTML, broken, environment, visible
from swm.reports.values import Monthly, Point, VillageBar


def render_html(report: Monthly, template: str, printed: list[str] | None = None) -> str:
    """The report as HTML: the same value and template give the same text.

    Texts that the template prints are also noted in `printed`.
    Raises `Unreadable` where the template is broken or names what the report does not have.
    """
    from jinja2 import TemplateError
    from markupsafe import Markup

    names = monthly.context(report)
    points = tuple(
        Point(visible(point.label), point.open, point.delisted, point.new) for point in report.trend
    )
    names["标题"] = monthly.title(report)
    names["村表链"] = drill.village_links(report)
    names["锚码"] = Markup(anchor_svg(report))
    bars = tuple(
        VillageBar(visible(bar.village), bar.open, bar.delisted) for bar in report.village_bars
    )
    names["趋势图"] = Markup(charts.trend_svg(points, "未销号、当月销号与当月新增企业数"))
    names["各村进展图"] = Markup(villagecharts.village_svg(bars, "各村未销号与已销号企业数"))
    try:
        return environment(printed).from_string(template).render(names)
    except TemplateError as error:
        raise broken(MONTHLY_HTML, error) from error
