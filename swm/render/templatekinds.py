"""Every template that there is: what it is for, its names, invented cases to try it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from swm.domain.policy import Policy
from swm.frozen import frozen
from swm.render import noticespecimens, specimens
from swm.render.forms import FORMS, Form
from swm.render.forms.names import NAMES
from swm.render.monthlynames import HTML_ONLY, MONTHLY, WORD_ONLY
from swm.render.pagenames import PUBLIC, ROUTE
from swm.render.routes import ROUTE_HTML
from swm.render.templatenames import Name, with_figures
from swm.render.templates import (
    BUILT_IN,
    MONTHLY_HTML,
    MONTHLY_WORD,
    PUBLIC_HTML,
    PUBLIC_WORD,
)

SUFFIXES = (".docx", ".html.j2", ".j2")


@frozen
class Known:
    """By which rules a template is looked at."""

    figures: Mapping[str, str]
    """The names of the figures that the ledger's rules have, with their units."""
    shipped: Callable[[], Policy]
    """The rules that are shipped, by which the invented cases of the forms are filled."""


@frozen
class Kind:
    """A template of one name. `filled` fills it: value, template, where printed texts go."""

    file: str
    title: str
    names: tuple[Name, ...]
    specimens: Callable[[Known], Mapping[str, Any]]
    filled: Callable[[Any, bytes, list[str]], bytes]

    def table(self, known: Known) -> tuple[Name, ...]:
        """The names it may use."""
        return with_figures(self.names, known.figures)


def _word(report: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.word import render_word

    return render_word(report, template, printed)


def _html(report: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.html import render_html

    return render_html(report, template.decode(), printed).encode()


def _public_word(notice: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.public import render_word

    return render_word(notice, template, printed)


def _public_html(notice: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.public import render_html

    return render_html(notice, template.decode(), printed).encode()


def _route(route: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.routes import route_page

    return route_page(route, "俵&<口>镇", template.decode(), printed).encode()


def _form(sheet: Any, template: bytes, printed: list[str]) -> bytes:
    from swm.render.wordtemplate import filled

    return filled(
        sheet.template, template, sheet.names, title=sheet.title, on=sheet.on, printed=printed
    )


def _monthly(known: Known) -> Mapping[str, Any]:
    return specimens.monthly_specimens(known.figures)


def _notices(_: Known) -> Mapping[str, Any]:
    return noticespecimens.public_specimens()


def _routes(_: Known) -> Mapping[str, Any]:
    return noticespecimens.route_specimens()


def _sheets(known: Known, *, form: Form, template: str) -> Mapping[str, Any]:
    from swm.render.forms.trials import form_specimens

    return form_specimens(form, template, known.shipped())


def _kinds() -> Iterator[Kind]:
    yield Kind(MONTHLY_WORD, "月报（Word）", (*MONTHLY, *WORD_ONLY), _monthly, _word)
    yield Kind(MONTHLY_HTML, "月报（网页）", (*MONTHLY, *HTML_ONLY), _monthly, _html)
    yield Kind(PUBLIC_WORD, "公示（Word）", PUBLIC, _notices, _public_word)
    yield Kind(PUBLIC_HTML, "公示（网页）", PUBLIC, _notices, _public_html)
    yield Kind(ROUTE_HTML, "夜查路线（网页）", ROUTE, _routes, _route)
    for form in FORMS.values():
        for name in form.templates:
            cases = partial(_sheets, form=form, template=name)
            yield Kind(name, f"表单：{form.name}", NAMES[form.name], cases, _form)


KINDS = {kind.file: kind for kind in _kinds()}
SITE = "site/"
"""The pages of the offline site. Each is put together with the frame and the macros of all from
every list of the ledger, so none can be tried by itself: whoever changes one writes the site and
looks. They have no kind, can be taken by `template copy`, and the check says that it leaves them."""


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
