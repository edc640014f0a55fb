"""What a report's file says of itself: what kind it is, and how it was made.

The file may come from anybody, so nothing of what it says is believed here; it is only read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from swm.audit.contents import MOST_MARKS, TORN, page_contents, parsed
from swm.audit.wordcontents import DOCUMENT, word_contents
from swm.errors import Unreadable
from swm.render import zipped
from swm.render.provenance import AUDIENCE, EDITION, MONTH, NUMBER, SIGNER, UP_TO, VERSION
from swm.render.provenance import PROGRAM as MAKER
from swm.render.public import TIME
from swm.reports.audiences import AUDIENCES, PUBLIC, UPWARD

NAMES = (MONTH, AUDIENCE, VERSION, MAKER, UP_TO, EDITION, NUMBER, SIGNER, TIME)
LARGEST = 50_000_000
"""Bytes of a file that is not packed: the page of a town of 10,000 enterprises has an eighth."""
LONGEST = 200
"""Characters of what a file says of one thing, a 文号 for example."""
CUSTOM = "docProps/custom.xml"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_META = re.compile(r'<meta name="swm-(?P<name>[^"]+)" content="(?P<value>[^"]*)">')
_LAST_LINE = re.compile(
    r"本(?:报告|公示)依据台账版本 ([0-9a-f]{40}) 生成，程序版本 (swm [0-9][\w.+-]*)"
)
_TITLE = re.compile(r"(\d{4})年(\d{1,2})月\s*“散乱污”企业整治(工作情况月报|情况公示)", re.ASCII)
_AGAIN = re.compile(r"（第(\d{1,6})次公示）", re.ASCII)


def kind_of(data: bytes) -> str:
    """docx, xlsx, json or html, by the bytes themselves; '' for none of these.

    Raises `Unreadable` for what is damaged, was tampered with, or would fill the memory.
    """
    if data.startswith(b"PK"):
        parts = _unpacked(data)
        if DOCUMENT in parts:
            return "docx"
        return "xlsx" if "xl/workbook.xml" in parts else ""
    if len(data) > LARGEST:
        raise _too_large()
    begin = data[:1000].lstrip().lower()
    if begin.startswith(b"{"):
        return "json"
    return "html" if begin.startswith((b"<!doctype html", b"<html")) else ""


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        return zipped.unpack(data)
    except zipped.TooLarge as error:
        raise _too_large() from error
    except zipped.Forged as forged:
        raise Unreadable(
            f"这个文件损坏，或者被改造过：{forged}",
            hint="Word、WPS 和 swm 存的文件不会这样；请另要一份",
        ) from forged
    except zipped.Torn as error:
        raise Unreadable("这个文件损坏，打不开") from error


def _too_large() -> Unreadable:
    return Unreadable("这个文件太大，读不了", hint="swm 生成的报告没有这么大")


def about(data: bytes, kind: str) -> dict[str, str]:
    """What the file says of how it was made. Raises `Unreadable` where it says nothing, or
    what no report can say."""
    readers = {"docx": _of_office, "xlsx": _of_office, "html": _of_page, "json": _of_json}
    told = readers[kind](data) if kind in readers else {}
    told = {name: told[name] for name in NAMES if told.get(name)}
    if not {MONTH, AUDIENCE, VERSION, MAKER} <= set(told):
        raise Unreadable(
            "这不是 swm 生成的报告，或者其中的版本说明已被删去，不能核对",
            hint="可以核对的是 swm report 生成的 docx、html、json、xlsx",
        )
    for name, value in told.items():
        if len(value) > LONGEST:
            raise _not_ours(name, f"{value[:20]}…")
    if told[AUDIENCE] not in AUDIENCES:
        raise _not_ours(AUDIENCE, told[AUDIENCE])
    if not _COMMIT.fullmatch(told[VERSION]):
        raise _not_ours(VERSION, told[VERSION])
    return told


def _not_ours(name: str, value: str) -> Unreadable:
    return Unreadable(
        f"报告里写的{name}“{value}”不对，不能核对",
        hint="swm 生成的报告不会这样写，文件可能是伪造的；请另要一份",
    )


def _of_office(data: bytes) -> dict[str, str]:
    parts = zipped.unpack(data)
    told: dict[str, str] = {}
    if CUSTOM in parts:
        told = {each.get("name", ""): "".join(each.itertext()) for each in parsed(parts[CUSTOM])}
    if DOCUMENT in parts and VERSION not in told:
        told |= _of_text("\n".join(word_contents(data).paragraphs))
    return told


def _of_page(data: bytes) -> dict[str, str]:
    from html import unescape

    text = data.decode("utf-8", "replace")
    told = {m["name"]: unescape(m["value"]) for m in _META.finditer(text)}
    return told if VERSION in told else _of_text("\n".join(page_contents(data).paragraphs))


def _of_text(text: str) -> dict[str, str]:
    """By the last line and the title, where an office's template or program kept no more."""
    line, month = _LAST_LINE.search(text), _TITLE.search(text)
    if line is None or month is None:
        return {}
    code = f"{month[1]}-{int(month[2]):02d}"
    audience = PUBLIC if month[3].endswith(PUBLIC) else UPWARD
    told = {MONTH: code, AUDIENCE: audience, VERSION: line[1], MAKER: line[2]}
    again = _AGAIN.search(text)
    return told | {TIME: again[1]} if again else told


def _of_json(data: bytes) -> dict[str, str]:
    if sum(data.count(mark) for mark in (b",", b":", b"[", b"{")) > MOST_MARKS:
        raise _too_large()
    try:
        document = json.loads(data)
    except ValueError as error:
        raise Unreadable("这个文件不是 JSON，读不了") from error
    except RecursionError as error:
        raise Unreadable(TORN) from error
    issued = document.get("印发")
    if not isinstance(issued, Mapping):
        issued = {}
    asked = (MONTH, AUDIENCE, VERSION, MAKER, UP_TO, TIME)
    told = {name: document.get(name) for name in asked}
    told |= {name: issued.get(name) for name in (EDITION, NUMBER, SIGNER)}
    return {name: text for name, value in told.items() if (text := _as_text(value))}


def _as_text(value: Any) -> str:
    """What stands for a value in the other formats; nothing for what is no text and no number."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole or isinstance(value, str) else ""
