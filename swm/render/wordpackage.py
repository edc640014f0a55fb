"""A Word template as a package: whether it is one, whether it brings what it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from swm.errors import REMINDER, Finding
from swm.render import zipped
from swm.render.templates import visible
from swm.render.wordlint import wrong

LARGEST = 50_000_000
"""Bytes of a template, unpacked."""
MOST_PARTS = 2_000
OLE = b"\xd0\xcf\x11\xe0"
"""How the files of Word 97-2003 begin, and encrypted ones."""
DOCUMENT = "word/document.xml"
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
TITLES = {"document": "", "header": "页眉", "footer": "页脚", "footnotes": "脚注"}
COMMENTS = re.compile(r"word/comments\d*\.xml")
UNWANTED = (
    (re.compile(r"vbaProject|vbaData|\.bas$"), "带有宏", "另存为不带宏的 .docx"),
    (re.compile(r"activeX"), "带有 ActiveX 控件", "删去控件"),
    (
        re.compile(r"embeddings/.*\.(?:bin|exe|ole|docm|xlsm)$"),
        "嵌入了对象（OLE）",
        "删去嵌入的对象",
    ),
    (re.compile(r"afchunk", re.IGNORECASE), "夹带了另一份文档（altChunk）", "把内容粘贴成文字"),
)
MARKS = (
    (b"<w:altChunk", "夹带了另一份文档（altChunk）", "把内容粘贴成文字"),
    (b"<o:OLEObject", "嵌入了对象（OLE）", "删去嵌入的对象"),
    (b"<!DOCTYPE", "含有 DTD", "用 Word 或 WPS 重新存一次"),
    (b"<!ENTITY", "含有 DTD", "用 Word 或 WPS 重新存一次"),
)


def faults(data: bytes, path: str) -> Iterator[Finding]:
    """What makes the file none that can be filled."""
    if data.startswith(OLE):
        hint = "在 Word 或 WPS 里另存为 .docx，不设密码"
        yield wrong(path, "", "是旧版 .doc 文件，或者加了密码，不是 docx", hint)
        return
    try:
        parts = zipped.unpack(data, LARGEST)
    except zipped.TooLarge:
        yield wrong(path, "", "太大", "请删去其中的图片")
        return
    except zipped.Forged as forged:
        yield wrong(path, "", f"不能用：{forged}", "用 Word 或 WPS 重新存一次")
        return
    except zipped.Torn:
        parts = {}
    if len(parts) > MOST_PARTS:
        yield wrong(path, "", "太大", "请删去其中的图片")
    elif DOCUMENT not in parts:
        yield wrong(path, "", "不是 Word 文档（docx）", "用 Word 或 WPS 另存为 .docx")


def unwanted(parts: Mapping[str, bytes], path: str) -> Iterator[Finding]:
    """Macros, foreign documents, objects, links to elsewhere; comments, which are left out."""
    said: dict[str, Finding] = {}
    for name, content in parts.items():
        for pattern, what, hint in UNWANTED:
            if pattern.search(name):
                said.setdefault(what, wrong(path, "", what, hint))
        for mark, what, hint in MARKS:
            if mark in content and name.endswith((".xml", ".rels", ".vml")):
                said.setdefault(what, wrong(path, "", what, hint))
        for target in _links(name, content):
            what = f"链接到文件以外：{target[:60]}"
            said.setdefault(what, wrong(path, "", what, "取消链接，图片改为嵌入"))
    if any(COMMENTS.fullmatch(name) for name in parts):
        what = "带有批注，印出来的文件里没有批注"
        said.setdefault(what, wrong(path, "", what, "不用的批注请删去", REMINDER))
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        said.setdefault("带有宏", wrong(path, "", "带有宏", "另存为不带宏的 .docx"))
    yield from said.values()


def _links(name: str, content: bytes) -> Iterator[str]:
    """The targets of links that lead out of the file."""
    if name.endswith(".rels"):
        for link in parsed(content).iter():
            if link.get("TargetMode") == "External":
                yield visible(link.get("Target", ""))


def parsed(content: bytes) -> Any:
    """A part as a tree; no entity is followed."""
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def text_parts(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The parts that hold text, parsed: '' is the document, 页眉、页脚、脚注 the others.

    Raises `XMLSyntaxError` where one is no XML.
    """
    roots: dict[str, Any] = {}
    for name in sorted(parts, key=lambda each: (each != DOCUMENT, each)):
        if found := TEXT_PARTS.fullmatch(name):
            kind = re.sub(r"\d", "", found[1])
            same = sum(key.startswith(TITLES[kind]) for key in roots) if TITLES[kind] else 0
            title = TITLES[kind] + (str(same + 1) if same else "")
            roots[title] = parsed(parts[name])
    return roots
