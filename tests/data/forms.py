"""Every form filled three ways: an ordinary case, nothing at all, and words that attack."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from zipfile import ZipFile

from lxml import etree

from swm.render.forms import FORMS, Form
from swm.render.forms.oddities import odd
from swm.render.forms.specimens import SUBJECTS
from swm.render.forms.values import Office, Sheet
from tests.data.monthly import HOSTILE, UNSEEN
from tests.policy_fixture import policy, settings

ATTACKS = (*HOSTILE, *UNSEEN)


def office(**overrides: Any) -> Office:
    """The town of the tests on 20 November 2026."""
    values: dict[str, Any] = {
        "settings": settings(),
        "policy": policy(),
        "today": date(2026, 11, 20),
        "version": "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09",
        "program": "swm 0.0.0",
    }
    return Office(**{**values, **overrides})


def specimens(at: Office | None = None) -> Iterator[tuple[str, str, Sheet]]:
    """(form, kind, sheet) of every form and template: 普通, 空白, 敌意."""
    at = at or office()
    for form in FORMS.values():
        for template, sheet in form.specimens(at).items():
            yield template, "普通", sheet
        for variant in form.names:
            yield variant, "空白", form.blank(at, variant)
        for sheet in hostile(form, at):
            yield sheet.template, "敌意", sheet


def hostile(form: Form, at: Office) -> Iterator[Sheet]:
    """The ordinary cases with an attack wherever a person may have written something."""
    for make in SUBJECTS[form.name]:
        yield form.fill(odd(make(), ATTACKS), at)


def words(found: Any, keep: Callable[[str], bool] = bool) -> Iterator[str]:
    """Every text among the names of a sheet."""
    if isinstance(found, str):
        if keep(found):
            yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from words(each, keep)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from words(each, keep)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def told(data: bytes) -> str:
    """The text of a Word file as lxml reads it, paragraph by paragraph."""
    with ZipFile(io.BytesIO(data)) as opened:
        body = etree.fromstring(opened.read("word/document.xml"))
    return "\n".join(_paragraph(p) for p in body.iter(f"{W}p"))


def _paragraph(element: Any) -> str:
    said = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        said.get(e.tag, e.text or "") for e in element.iter(f"{W}t", f"{W}br", f"{W}tab")
    )
