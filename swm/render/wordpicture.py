"""Drawings in a Word file."""

from __future__ import annotations

from typing import Any

from swm.frozen import frozen
from swm.render import worddrawing
from swm.render.worddrawing import MILLIMETRE, RELATIONS, Frame

EMF_TYPE = "image/x-emf"


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
