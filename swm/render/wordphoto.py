"""Photographs in a Word file: as they were taken, never stretched, at most as large as the page has
room for.

Only what Word reads everywhere goes in: JPEG and PNG as they lie in 附件/, anything else, and
anything too large to send by mail, as a smaller JPEG.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from swm.errors import Unreadable
from swm.frozen import frozen
from swm.render import worddrawing
from swm.render.worddrawing import MILLIMETRE, RELATIONS, Frame
from swm.render.wordtable import Xml

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from PIL.Image import Image

WIDEST, TALLEST = 130 * MILLIMETRE, 88 * MILLIMETRE
"""Two photographs with their captions stand on one page."""
HEAVIEST = 2_000_000
"""Bytes up to which a photograph is put in as it lies."""
LONGEST_SIDE = 1600
"""Pixels that a heavier one is scaled down to."""
QUALITY = 85
KINDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
IMAGE = f"{RELATIONS}/image"
FIRST = 1000
"""Photographs are counted from here, charts from one: no two drawings share a number."""


@frozen
class Photograph:
    """One photograph; a template prints it where it prints the name that holds it."""

    data: bytes
    kind: str
    """JPEG or PNG."""
    pixels: tuple[int, int]
    words: str
    """What it shows, for those who cannot see it."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in English metric units, in the proportion of the pixels."""
        wide, high = self.pixels
        scale = min(WIDEST / wide, TALLEST / high)
        return round(wide * scale), round(high * scale)


def photograph(data: bytes, words: str) -> Photograph:
    """The photograph in `data`. Raises `Unreadable` where it is broken or no photograph."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            if opened.format in KINDS and len(data) <= HEAVIEST:
                return Photograph(data, opened.format, opened.size, words)
            return _smaller(opened, words)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable("照片已损坏，打不开") from error


def _smaller(opened: Image, words: str) -> Photograph:
    """The photograph as a JPEG whose longer side has at most `LONGEST_SIDE` pixels."""
    plain = opened.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return Photograph(out.getvalue(), "JPEG", plain.size, words)


def hung(document: DocxTemplate, names: Any) -> Any:
    """`names` with every `Photograph` in them, however deep, put into the package and replaced by
    what prints it. The same photograph is put in once."""
    known: dict[str, str] = {}
    place = FIRST

    def put(each: Photograph) -> Xml:
        nonlocal place
        place += 1
        digest = hashlib.sha256(each.data).hexdigest()
        if digest not in known:
            known[digest] = _put_in(document, each, len(known) + 1)
        frame = Frame(place=place, name=f"照片{place - FIRST}", words=each.words, size=each.size)
        return Xml(worddrawing.picture(frame, known[digest]))

    return _replaced(names, put)


def _replaced(value: Any, put: Callable[[Photograph], Xml]) -> Any:
    if isinstance(value, Photograph):
        return put(value)
    if type(value) is dict:
        return {key: _replaced(each, put) for key, each in value.items()}
    if type(value) in (list, tuple):
        return [_replaced(each, put) for each in value]
    return value


def _put_in(document: DocxTemplate, each: Photograph, place: int) -> str:
    """Put the bytes into the package; returns the id of the relationship to them."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    suffix, content_type = KINDS[each.kind]
    main = document.docx.part
    name = PackURI(f"/word/media/photo{place}.{suffix}")
    return str(main.relate_to(Part(name, content_type, each.data, main.package), IMAGE))
