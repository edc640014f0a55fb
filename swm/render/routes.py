"""Tonight's route as one HTML page to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from swm.render.templates import Own, broken, environment, find_page

ROUTE_HTML = "巡查路线.html.j2"


def render_route(route: Mapping[str, Any], town: str, own: Own) -> str:
    """The page. Raises `Unreadable` where the office's own template is broken."""
    return route_page(route, town, find_page(ROUTE_HTML, own))


def route_names(route: Mapping[str, Any], town: str) -> dict[str, Any]:
    """Every name that a template of the route may use; `route` is `patrols.route_document`."""
    return {"镇名": town, **route, "日期": str(route["日期"])}


def route_page(
    route: Mapping[str, Any], town: str, template: str, printed: list[str] | None = None
) -> str:
    """The page by this template. Texts that it prints are also noted in `printed`."""
    from jinja2 import TemplateError

    try:
        return environment(printed).from_string(template).render(route_names(route, town))
    except TemplateError as error:
        raise broken(ROUTE_HTML, error) from error
