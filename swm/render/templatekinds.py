"""Every template that there is: what it is for, its names, invented reports to try it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from swm.frozen import frozen
from swm.render import specimens
from swm.render.routes import ROUTE_HTML
from swm.render.templatenames import HTML_ONLY, MONTHLY, ROUTE, WORD_ONLY, Name, with_figures
from swm.render.templates import BUILT_IN, MONTHLY_HTML, MONTHLY_WORD

SUFFIXES = (".docx", ".html.j2", ".j2")
Figures = Mapping[str, str]
"""The names of the figures that the ledger's rules have, with their units."""


@frozen
class Kind:
    """A template of one name. `filled` fills it: value, template, where printed texts go."""

    file: str
    title: str
    names: tuple[Name, ...]
    specimens: Callable[[Figures], Mapping[str, Any]]
    filled: Callable[[Any, bytes, list[str]], bytes]

    def table(self, figures: Figures) -> tuple[Name, ...]:
        """The names it may use."""
        return with_figures(self.names, figures)


def _word(report: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.word import render_word

    return render_word(report, template, printed)


def _html(report: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.html import render_html

    return render_html(report, template.decode(), printed).encode()


def _route(route: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.routes import route_page

    return route_page(route, "俵&<口>镇", template.decode(), printed).encode()


KINDS = {
    kind.file: kind
    for kind in (
        Kind(
            MONTHLY_WORD,
            "月报（Word）",
            (*MONTHLY, *WORD_ONLY),
            specimens.monthly_specimens,
            _word,
        ),
        Kind(
            MONTHLY_HTML,
            "月报（网页）",
            (*MONTHLY, *HTML_ONLY),
            specimens.monthly_specimens,
            _html,
        ),
        Kind(ROUTE_HTML, "夜查路线（网页）", ROUTE, lambda _: specimens.route_specimens(), _route),
    )
}


SITE = "site/"
"""The pages of the offline site: the program's own. They are put together from one another and
from every list of the ledger, so none can be tried by itself; whoever changes one writes the site
and looks."""


def available() -> list[str]:
    """The names of the built-in templates, those of the table first."""
    lying = [name for name in _lying("") if name.endswith(SUFFIXES)]
    return [*(n for n in KINDS if n in lying), *(n for n in lying if n not in KINDS)]


def site_files() -> list[str]:
    """The names of what the site is made with, templates, style and script."""
    return [f"{SITE}{name}" for name in _lying(SITE)]


def _lying(within: str) -> list[str]:
    folder = next((each for each in BUILT_IN if each.is_dir()), None)
    return sorted(p.name for p in (folder / within).iterdir() if p.is_file()) if folder else []
