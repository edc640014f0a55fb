"""Marks that people leave in a Word file while they work on it: changes, comments, permissions.

All of them bear a name, and a struck-out sentence is still in the file. What is printed has none:
changes are taken as accepted.
"""

from __future__ import annotations

import re
from typing import Any

from swm.render.wordplaces import W

STRUCK = ("del", "moveFrom")
PUT_IN = ("ins", "moveTo")
NOTED = (
    *("commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
    *("trPrChange", "tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge"),
    *("attachedTemplate", "mailMerge", "docVars"),
)
"""What says who did what, or where the writer's own files lie, and prints nothing."""
_FOUND = re.compile(
    rf"<(?:[\w.-]+:)?(?:{'|'.join((*STRUCK, *PUT_IN, *NOTED))})[\s/>]".encode("ascii")
)
_FILE = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)$", re.IGNORECASE)
"""How a picture is called that bears the name of the file it was: WPS writes the whole path."""
_NAMED = re.compile(
    rb"""\s(?:descr|title|name)=["'][^"'<]*(?:[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)["'])""",
    re.IGNORECASE,
)
PICTURE = "图片"


def unmarked(part: bytes) -> bytes:
    """The part without such marks; the very same bytes where it has none."""
    if not (_FOUND.search(part) or _NAMED.search(part)):
        return part
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(part, parser)
    for mark in list(root.iter(*(f"{W}{name}" for name in STRUCK))):
        _take_out(mark)
    for mark in list(root.iter(*(f"{W}{name}" for name in PUT_IN))):
        _take_in(mark)
    for mark in list(root.iter(*(f"{W}{name}" for name in NOTED))):
        mark.getparent().remove(mark)
    for shape in root.iter("{*}docPr", "{*}cNvPr"):
        _rename(shape)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _take_out(mark: Any) -> None:
    """What was struck out: runs, or the row whose properties say so."""
    within = mark.getparent()
    if within is None:
        return
    row = within.getparent() if within.tag == f"{W}trPr" else None
    if row is not None and row.getparent() is not None:
        row.getparent().remove(row)
    else:
        within.remove(mark)


def _take_in(mark: Any) -> None:
    """What was put in stands there like any other text."""
    within = mark.getparent()
    if within is None:
        return
    place = within.index(mark)
    within[place : place + 1] = list(mark)


def _rename(shape: Any) -> None:
    """A picture that is called by its file's name."""
    for key in ("descr", "title"):
        if _FILE.search(shape.get(key, "")):
            del shape.attrib[key]
    if _FILE.search(shape.get("name", "")):
        shape.set("name", PICTURE)
