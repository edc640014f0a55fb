"""Drawings in a Word file, and what the file says about itself besides title and date."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from swm.frozen import frozen
from swm.render import worddrawing
from swm.render.templates import visible
from swm.render.worddrawing import MILLIMETRE, RELATIONS, Frame

EMF_TYPE = "image/x-emf"
ABOUT = "/docProps/custom.xml"
ABOUT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
ABOUT_KIND = f"{RELATIONS}/custom-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people may name themselves ([MS-OLEPS])."""


@frozen
class Picture:
    """A vector drawing in the line of text, and what says it in words."""

    name: str
    words: str
    emf: bytes
    size: int
    """Width and height in millimetres."""


def placed(main: Any, picture: Picture, place: int) -> str:
    """Put the drawing into the package of the document part `main`; the markup that prints it.

    The markup closes the run it stands in and opens it again.
    """
    from docx.opc.part import Part

    name = main.package.next_partname("/word/media/drawing%d.emf")
    inside = main.relate_to(Part(name, EMF_TYPE, picture.emf, main.package), f"{RELATIONS}/image")
    size = (picture.size * MILLIMETRE,) * 2
    frame = Frame(place=place, name=picture.name, words=picture.words, size=size)
    return worddrawing.picture(frame, inside)


def tell_about(package: Any, about: Mapping[str, str]) -> None:
    """Give the file these properties of its own, in place of any that its template had."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    for identity in [i for i, rel in package.rels.items() if rel.reltype == ABOUT_KIND]:
        del package.rels[identity]
    lines = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{place}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(visible(value), quote=False)}</vt:lpwstr></property>"
        for place, (name, value) in enumerate(about.items(), start=2)
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{lines}</Properties>'
    )
    package.relate_to(Part(PackURI(ABOUT), ABOUT_TYPE, text.encode(), package), ABOUT_KIND)
