"""The names that templates may use: each is documented, none is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from swm.render import templatenames as t
from swm.render.monthly import Lines, context
from swm.render.templatekinds import KINDS
from swm.render.templatenames import Name
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD
from swm.reports.values import Monthly
from tests.data import monthly as samples

GIVEN_BY_THE_WRITER = {"趋势图", "各村进展图", "村级统计表", "标题"}
"""What word.py and html.py add to the context."""
OF_KIND: dict[str, type | tuple[type, ...]] = {
    t.TEXT: str,
    t.NUMBER: int,
    t.FLAG: (bool, int),
    t.LIST: (list, Lines),
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
            if name.inside:
                yield from differences(name.inside, each, f"{path}[].")
            elif not isinstance(each, str):
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
        if not name.inside:
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


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_every_name_that_a_report_gives_is_documented_as_what_it_is(sample: str) -> None:
    report: Monthly = samples.SAMPLES[sample]()
    assert list(differences(t.MONTHLY, context(report), "")) == []


def test_no_documented_name_is_invented() -> None:
    reports = [context(make()) for make in samples.SAMPLES.values()]
    real = set().union(*(used(t.MONTHLY, report) for report in reports))
    assert everything(t.MONTHLY) - real == {"趋势图", "各村进展图"}


def test_what_word_and_html_add_is_documented_where_it_is() -> None:
    word = {name.name for name in KINDS[MONTHLY_WORD].names}
    page = {name.name for name in KINDS[MONTHLY_HTML].names}
    assert word - page == {"村级统计表"} and page - word == {"标题"}
    assert word | page >= GIVEN_BY_THE_WRITER


def test_every_name_has_a_meaning() -> None:
    for kind in KINDS.values():
        assert [path for path, name in t.lines(kind.names) if not name.meaning] == []
