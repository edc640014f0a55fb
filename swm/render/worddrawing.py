"""What stands in a line of Word text without being text: charts, drawings, photographs."""

from __future__ import annotations

from html import escape

from swm.frozen import frozen
from swm.render.templates import visible

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
MILLIMETRE = 36_000
"""In English metric units, in which Word measures drawings."""


@frozen
class Frame:
    """The frame of one drawing: its place among those of the file, its name, what says it in
    words for those who cannot see it, its width and height in English metric units."""

    place: int
    name: str
    words: str
    size: tuple[int, int]


def chart(frame: Frame, identity: str) -> str:
    """The chart part of that relationship, in its frame."""
    inside = f'<c:chart xmlns:c="{DRAWING}/chart" xmlns:r="{RELATIONS}" r:id="{identity}"/>'
    return _inline(frame, "chart", inside, "<wp:cNvGraphicFramePr/>")


def picture(frame: Frame, identity: str) -> str:
    """The image part of that relationship, in its frame; a person cannot stretch it by hand."""
    lock = (
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{DRAWING}/main"'
        ' noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    )
    width, height = frame.size
    inside = (
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{frame.place}" name="{escape(frame.name)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{RELATIONS}" r:embed="{identity}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return _inline(frame, "picture", inside, lock)


def _inline(frame: Frame, kind: str, inside: str, lock: str) -> str:
    """The drawing in the line of text; it closes the run it stands in and opens it again."""
    width, height = frame.size
    told = f'name="{escape(frame.name)}" descr="{escape(visible(frame.words))}"'
    return (
        "</w:t></w:r><w:r><w:drawing>"
        f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{frame.place}" {told}/>{lock}<a:graphic xmlns:a="{DRAWING}/main">'
        f'<a:graphicData uri="{DRAWING}/{kind}">{inside}</a:graphicData></a:graphic>'
        '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )
