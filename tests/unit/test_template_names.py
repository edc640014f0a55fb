"""The names that templates may use: each is documented, none is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from swm.domain.periods import Period
from swm.render import drill, public, specimens
from swm.render import templatenames as t
from swm.render.forms import FORMS
from swm.render.forms.names import NAMES
from swm.render.forms.trials import form_specimens
from swm.render.forms.values import Sheet
from swm.render.monthly import Lines, context
from swm.render.monthlynames import HTML_ONLY, MONTHLY
from swm.render.noticespecimens import public_specimens, route_specimens
from swm.render.pagenames import PUBLIC, ROUTE
from swm.render.routes import route_names
from swm.render.templatekinds import KINDS
from swm.render.templatenames import Name
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD
from swm.render.wordphoto import Photograph
from swm.reports.values import Monthly
from tests.data import forms as form_samples
from tests.data import monthly as samples
from tests.policy_fixture import policy

CHARTS = {"趋势图", "各村进展图", "锚码"}
"""What word.py and html.py draw, each in its own way."""
GIVEN_BY_THE_WRITER = {*CHARTS, "村级统计表", "标题", "村表链"}
"""What word.py and html.py add to the context."""
OF_KIND: dict[str, type | tuple[type, ...]] = {
    t.TEXT: str,
    t.NUMBER: int,
    t.FLAG: (bool, int),
    t.LIST: (list, Lines),
    t.CHART: (str, Photograph),
}


def differences(table: Sequence[Name], value: dict[str, Any], path: str) -> Iterator[str]:
    """Where the table and what a template gets are not the same."""
    known = {name.name for name in table}
    for key in value.keys() - known:
        yield f"{path}{key} is not documented"
    for name in table:
        if name.name in value:
            yield from _differences(name, value[name.name], f"{path}{name.name}")


def _differences(name: Name, value: Any, path: str) -> Iterator[str]:
    if value is None:
        return
    wanted = OF_KIND.get(name.kind, dict)
    if not isinstance(value, wanted):
        yield f"{path} is {type(value).__name__}, said to be {name.kind}"
    elif name.kind == t.LIST:
        for each in list(value)[:3]:
            if name.inside and not name.inside[0].name:
                yield from _differences(name.inside[0], each, f"{path}[]")
            elif name.inside and each is not None:
                yield from differences(name.inside, each, f"{path}[].")
            elif not isinstance(each, str | None):
                yield f"{path}[] is {type(each).__name__}"
    elif name.kind == t.BY_NAME:
        for key, each in value.items():
            yield from differences(name.inside, each, f"{path}.{key}.")
    elif name.kind in (t.RECORD, t.FIGURE):
        yield from differences(name.inside, value, f"{path}.")


def used(table: Sequence[Name], value: dict[str, Any], path: str = "") -> set[str]:
    """The documented names that this report really has."""
    found = set()
    for name in table:
        if name.name not in value or value[name.name] is None:
            continue
        held, here = value[name.name], f"{path}{name.name}"
        found.add(here)
        if not name.inside or not name.inside[0].name:
            continue
        inner = held.values() if name.kind == t.BY_NAME else held if name.kind == t.LIST else [held]
        for each in list(inner)[:2]:
            found |= used(name.inside, each, f"{here}.")
    return found


def everything(table: Sequence[Name], path: str = "") -> set[str]:
    found = set()
    for name in table:
        found |= {f"{path}{name.name}"} | everything(name.inside, f"{path}{name.name}.")
    return found


def reports() -> Iterator[Monthly]:
    """The samples, and the specimens that templates are tried on: a week among them."""
    yield from (make() for make in samples.SAMPLES.values())
    yield from specimens.monthly_specimens(samples.UNITS).values()
    yield replace(samples.typical(), period=Period.week(date(2026, 10, 5)))


@pytest.mark.parametrize("report", list(reports()))
def test_every_name_that_a_report_gives_is_documented_as_what_it_is(report: Monthly) -> None:
    assert list(differences(MONTHLY, context(report), "")) == []
    links = {"村表链": drill.village_links(report)}
    assert list(differences(HTML_ONLY, links, "")) == []


def test_no_documented_name_is_invented() -> None:
    real = set().union(*(used(MONTHLY, context(report)) for report in reports()))
    assert everything(MONTHLY) - real == CHARTS


def test_what_word_and_html_add_is_documented_where_it_is() -> None:
    word = {name.name for name in KINDS[MONTHLY_WORD].names}
    page = {name.name for name in KINDS[MONTHLY_HTML].names}
    assert word - page == {"村级统计表"} and page - word == {"标题", "村表链"}
    assert word | page >= GIVEN_BY_THE_WRITER


def test_the_names_of_the_notice_are_those_that_it_gives() -> None:
    given = [public.context(notice) for notice in public_specimens().values()]
    assert [list(differences(PUBLIC, names, "")) for names in given] == [[], [], []]
    assert everything(PUBLIC) == set().union(*(used(PUBLIC, names) for names in given))


def test_the_names_of_the_route_are_those_that_the_page_gets() -> None:
    given = [route_names(route, "俵口镇") for route in route_specimens().values()]
    assert [list(differences(ROUTE, names, "")) for names in given] == [[], [], []]
    assert everything(ROUTE) == set().union(*(used(ROUTE, names) for names in given))


def sheets(form: str) -> Iterator[Sheet]:
    """The form's specimens, and what it is filled with by the tests of the forms."""
    for template in FORMS[form].templates:
        yield from form_specimens(FORMS[form], template, policy()).values()
    yield from (s for name, _, s in form_samples.specimens() if name in FORMS[form].templates)


@pytest.mark.parametrize("form", FORMS)
def test_the_names_of_a_form_are_those_that_it_is_filled_with(form: str) -> None:
    given = [sheet.names for sheet in sheets(form)]
    assert [found for names in given for found in differences(NAMES[form], names, "")] == []
    for names in given:
        assert {name.name for name in NAMES[form]} == names.keys()


@pytest.mark.parametrize("form", FORMS)
def test_no_name_of_a_form_is_invented(form: str) -> None:
    real = set().union(*(used(NAMES[form], sheet.names) for sheet in sheets(form)))
    assert everything(NAMES[form]) - real == set()


def test_every_name_has_a_meaning() -> None:
    for kind in KINDS.values():
        assert [path for path, name in t.lines(kind.names) if not name.meaning] == []
