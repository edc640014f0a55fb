"""What a Word file says of itself: its title, its day, how it came about. No more goes along.

Who made the office's template, what he noted there, his comments and tracked changes stay with the
template: a clerk who saves one in Word need not know that all of this would leave the house.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from swm.errors import Unreadable
from swm.render import zipped
from swm.render.templates import visible
from swm.render.worddrawing import RELATIONS
from swm.render.wordmarks import unmarked

Parts = dict[str, bytes]
TYPES, TOP = "[Content_Types].xml", "_rels/.rels"
CORE, ABOUT = "docProps/core.xml", "docProps/custom.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that people may name themselves ([MS-OLEPS])."""
_KINDS = {
    CORE: (
        f"{_PACKAGE}/relationships/metadata/core-properties",
        "application/vnd.openxmlformats-package.core-properties+xml",
    ),
    ABOUT: (
        f"{RELATIONS}/custom-properties",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    ),
}
"""How each part of ours is related to the file, and what it is."""
LEFT_BEHIND = frozenset(
    {
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("customXml", "glossaryDocument", "attachedTemplate", "documenttasks", "printerSettings"),
        *("mailMergeSource", "mailMergeHeaderSource", "recipientData"),
    }
)
"""Parts that tell of people and print nothing, by the last word of how they are related."""


def telling_its_own(
    parts: Mapping[str, bytes], title: str, on: date, about: Mapping[str, str]
) -> Parts:
    """The filled file's parts with these properties and no others, without anybody's marks.

    Raises `Unreadable` for an Office file in the template that is none.
    """
    own = {CORE: _core(title, on)} | ({ABOUT: _custom(about)} if about else {})
    return {
        name: unmarked(data) if name.startswith("word/") and name.endswith(".xml") else data
        for name, data in _with(own, parts).items()
    }


def _with(own: Mapping[str, bytes], parts: Mapping[str, bytes]) -> Parts:
    """What the document itself is made of, and the properties `own`; files inside it have none."""
    kept = {name: _fewer(data) if name.endswith(".rels") else data for name, data in parts.items()}
    main = _document(kept[TOP])
    found = {name: kept[name] for name in sorted(_reached(main, kept))}
    found = {n: _inner(d) if n.endswith(zipped.NESTED) else d for n, d in found.items()}
    found |= own
    return found | {TYPES: _types(kept[TYPES], found, own), TOP: _top(main, own)}


def _inner(data: bytes) -> bytes:
    from lxml.etree import XMLSyntaxError

    try:
        return zipped.pack(_with({}, zipped.unpack(data)))
    except (*zipped.TORN, XMLSyntaxError) as error:
        raise Unreadable("模板里嵌入的文件读不了", hint="删去嵌入的文件，或换一份再嵌入") from error


# --- relations ------------------------------------------------------------------------------------


def _fewer(rels: bytes) -> bytes:
    """The relations without those to what is left behind."""
    root = _parsed(rels)
    gone = [each for each in root if each.get("Type", "").rpartition("/")[2] in LEFT_BEHIND]
    for each in gone:
        root.remove(each)
    return _written(root) if gone else rels


def _document(top: bytes) -> str:
    """The part that the file is about."""
    for each in _parsed(top):
        if each.get("Type", "").rpartition("/")[2] == "officeDocument":
            return str(each.get("Target")).lstrip("/")
    raise KeyError("officeDocument")


def _reached(main: str, parts: Mapping[str, bytes]) -> set[str]:
    """The part, its relations, and whatever they lead to."""
    reached, waiting = set[str](), [main]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in parts:
            continue
        reached.add(name)
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if rels in parts:
            reached.add(rels)
            waiting += _targets(parts[rels], folder)
    return reached


def _targets(rels: bytes, folder: str) -> Iterator[str]:
    for each in _parsed(rels):
        if each.get("TargetMode") != "External":
            target = posixpath.join("/", folder, each.get("Target", ""))
            yield posixpath.normpath(target).lstrip("/")


def _top(main: str, own: Mapping[str, bytes]) -> bytes:
    """The relations of the file itself."""
    kinds = {main: f"{RELATIONS}/officeDocument"} | {name: _KINDS[name][0] for name in own}
    lines = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{escape(name)}"/>'
        for place, (name, kind) in enumerate(kinds.items(), start=1)
    )
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()
    )


def _types(types: bytes, found: Mapping[str, bytes], own: Mapping[str, bytes]) -> bytes:
    """What each part is: those that are there, and those of ours."""
    root = _parsed(types)
    for each in list(root):
        name = each.get("PartName", "").lstrip("/")
        if name and (name not in found or name in own):
            root.remove(each)
    for name in own:
        root.append(
            root.makeelement(
                f"{{{_PACKAGE}/content-types}}Override",
                {"PartName": f"/{name}", "ContentType": _KINDS[name][1]},
            )
        )
    return _written(root)


def _parsed(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


# --- properties -----------------------------------------------------------------------------------


def _core(title: str, on: date) -> bytes:
    """Title and day; the day is the document's own, never the clock's."""
    day = "".join(
        f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{on}T00:00:00Z</dcterms:{what}>'
        for what in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(visible(title), quote=False)}</dc:title>{day}</cp:coreProperties>"
    ).encode()


def _custom(about: Mapping[str, str]) -> bytes:
    """How the file came about (文件 → 信息 → 高级属性 → 自定义)."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006"
    lines = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{place}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(visible(value), quote=False)}</vt:lpwstr></property>"
        for place, (name, value) in enumerate(about.items(), start=2)
    )
    return (
        f'{_HEAD}<Properties xmlns="{kinds}/custom-properties"'
        f' xmlns:vt="{kinds}/docPropsVTypes">{lines}</Properties>'
    ).encode()
