"""A report's file against the ledger: made again from what the file says of itself, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from swm.audit.contents import DOCUMENT, page_contents, word_contents
from swm.audit.differences import (
    Difference,
    document_differences,
    paragraph_differences,
    part_differences,
    same_parts,
    sheet_differences,
    table_differences,
)
from swm.audit.issuing import Writer, edition_of, hashed, made
from swm.audit.provenance import kept
from swm.audit.publishing import made_public, notice_on
from swm.audit.reports import PROGRAM, report_on
from swm.domain.fields import BadValue
from swm.domain.noticeissues import month_of
from swm.domain.periods import parse_period
from swm.errors import NotFound, Unreadable
from swm.frozen import frozen
from swm.render import zipped
from swm.render.provenance import AUDIENCE, EDITION, MONTH, NUMBER, SIGNER, VERSION
from swm.render.provenance import PROGRAM as MAKER
from swm.reports.audiences import PUBLIC, UPWARD
from swm.reports.values import Edition
from swm.store.ledger import Ledger

LARGEST = 200_000_000
"""Bytes that an unpacked file may have."""
_META = re.compile(r'<meta name="swm-(?P<name>[^"]+)" content="(?P<value>[^"]*)">')
_LAST_LINE = re.compile(
    r"本(?:报告|公示)依据台账版本 ([0-9a-f]{40}) 生成，程序版本 (swm [0-9][\w.+-]*)"
)
_TITLE = re.compile(r"(\d{4})年(\d{1,2})月\s*“散乱污”企业整治(工作情况月报|情况公示)")
Progress = Callable[[int, int], None] | None


@frozen
class Verdict:
    """What came of it: nothing differs, or where."""

    about: Mapping[str, str]
    identical: bool
    """Byte for byte, or part for part where the archive was only packed otherwise."""
    differences: tuple[Difference, ...]
    registered: str = ""
    """首次印发 or 更正版第1次 whose record holds this file's SHA-256; for a notice also when it was
    put out and who approved it."""


def kind_of(data: bytes) -> str:
    """docx, xlsx, json or html, by the bytes themselves. Raises `Unreadable`."""
    if data.startswith(b"PK"):
        try:
            if zipped.declared_size(data) > LARGEST:
                raise Unreadable("这个文件太大，不是 swm 生成的报告")
            parts = zipped.unpack(data)
        except zipped.TORN as error:
            raise Unreadable("这个文件损坏，打不开") from error
        if "word/document.xml" in parts:
            return "docx"
        return "xlsx" if "xl/workbook.xml" in parts else ""
    if data.lstrip().startswith(b"{"):
        return "json"
    return "html" if data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")) else ""


def about(data: bytes, kind: str) -> dict[str, str]:
    """What the file says of how it was made. Raises `Unreadable` where it says nothing."""
    readers = {"docx": _of_office, "xlsx": _of_office, "html": _of_page, "json": _of_json}
    told = readers[kind](data) if kind in readers else {}
    if not {MONTH, AUDIENCE, VERSION, MAKER} <= set(told):
        raise Unreadable(
            "这不是 swm 生成的报告，或者其中的版本说明已被删去，不能核对",
            hint="可以核对的是 swm report 生成的 docx、html、json、xlsx",
        )
    return told


def _of_office(data: bytes) -> dict[str, str]:
    from lxml import etree

    parts = zipped.unpack(data)
    told: dict[str, str] = {}
    if "docProps/custom.xml" in parts:
        try:
            root = etree.fromstring(
                parts["docProps/custom.xml"], etree.XMLParser(resolve_entities=False)
            )
        except etree.XMLSyntaxError as error:
            raise Unreadable("这个文件损坏，读不了") from error
        told = {str(each.get("name")): "".join(each.itertext()) for each in root}
    if "word/document.xml" in parts and VERSION not in told:
        contents = word_contents(data)
        told |= _of_text("\n".join(contents.paragraphs))
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
    return {MONTH: code, AUDIENCE: audience, VERSION: line[1], MAKER: line[2]}


def _of_json(data: bytes) -> dict[str, str]:
    try:
        document = json.loads(data)
    except ValueError as error:
        raise Unreadable("这个文件不是 JSON，读不了") from error
    told = {name: document.get(name) for name in (MONTH, AUDIENCE, VERSION, MAKER)}
    issued = document.get("印发") or {}
    told |= {name: issued.get(name) for name in (EDITION, NUMBER, SIGNER)}
    return {name: str(value) for name, value in told.items() if value not in (None, "")}


def require_program(program: str) -> None:
    """Raise `Unreadable` unless it was this version that made the file."""
    if program != PROGRAM:
        raise Unreadable(
            f"这份报告由 {program} 生成，本机是 {PROGRAM}，不能逐字节核对",
            hint=f"请在装有 {program} 的电脑上核对",
        )


def again(
    ledger: Ledger, told: Mapping[str, str], kind: str, writer: Writer, progress: Progress
) -> bytes:
    """The file made once more from the commit that it names. Raises `Unreadable`."""
    require_program(told[MAKER])
    try:
        commit = ledger.resolve(told[VERSION])
    except NotFound as error:
        raise Unreadable(
            f"这本台账里没有报告所依据的版本 {told[VERSION][:10]}",
            hint="报告可能出自另一本台账，或者历史不全、被改写过",
        ) from error
    settings = ledger.snapshot(commit).settings
    try:
        period = parse_period(told[MONTH], settings.cutoff)
    except BadValue as error:
        raise Unreadable(f"报告里的期间“{told[MONTH]}”不对，不能核对") from error
    facts = ledger.facts(commit, progress)
    if told[AUDIENCE] == PUBLIC:
        return made_public(ledger, notice_on(ledger, facts, period), {kind: writer}).files[kind]
    report = report_on(
        ledger,
        facts,
        period,
        told[AUDIENCE],
        number=told.get(NUMBER),
        signer=told.get(SIGNER),
        edition=_edition(ledger, told),
    )
    return made(ledger, report, {kind: writer}).files[kind]


def _edition(ledger: Ledger, told: Mapping[str, str]) -> Edition | None:
    """How it was issued: what the file says, and for a 更正版 what is on file."""
    text = told.get(EDITION, "")
    number = int(text) if text.isdecimal() else 0
    if number == 0:
        return None
    report = kept(ledger.snapshot(), told[MONTH])
    editions = {issued.edition: issued for issued in report.editions} if report else {}
    filed = edition_of(editions[number]) if number in editions else None
    return Edition(
        number=number,
        document_number=told.get(NUMBER, ""),
        signer=told.get(SIGNER, ""),
        reason=filed.reason if filed else "",
        changes=filed.changes if filed else (),
        originals=filed.originals if filed else None,
        absent=filed.absent if filed else (),
        joined=filed.joined if filed else (),
        gone=filed.gone if filed else (),
    )


def verify(
    ledger: Ledger,
    data: bytes,
    writers_for: Callable[[str], Mapping[str, Writer]],
    progress: Progress = None,
) -> Verdict:
    """Whether the file is what the ledger makes; `writers_for` an audience make the formats.

    Raises `Unreadable` where that can't be told.
    """
    kind = kind_of(data)
    told = about(data, kind)
    writers = writers_for(told[AUDIENCE])
    if kind not in writers:
        raise Unreadable(f"本机不能生成 {kind}，不能核对")
    fresh = again(ledger, told, kind, writers[kind], progress)
    if fresh == data or (kind in ("docx", "xlsx") and same_parts(data, fresh)):
        return Verdict(told, True, (), _registered(ledger, told, data, fresh))
    return Verdict(told, False, tuple(_differences(kind, data, fresh)))


def _registered(ledger: Ledger, told: Mapping[str, str], *same: bytes) -> str:
    """As what it left the house. An archive that was packed anew counts by what is in it."""
    digests = {hashed("", data).sha256 for data in same}
    if told[AUDIENCE] == PUBLIC:
        period = parse_period(told[MONTH], ledger.snapshot(told[VERSION]).settings.cutoff)
        report = kept(ledger.snapshot(), month_of(period))
        for notice in report.published_on(period.code) if report else ():
            if not digests.isdisjoint(each.sha256 for each in notice.files):
                return f"{notice.title}，{notice.on}，{notice.approval.person}批准"
        return ""
    report = kept(ledger.snapshot(), told[MONTH])
    for issued in report.editions if report else ():
        if not digests.isdisjoint(each.sha256 for each in issued.files):
            return issued.title
    return ""


def _differences(kind: str, there: bytes, here: bytes) -> list[Difference]:
    if kind == "json":
        return document_differences(there, here)
    if kind == "html":
        one, other = page_contents(there), page_contents(here)
        found = [*table_differences(one, other), *paragraph_differences(one, other)]
        return found or [Difference("版式或脚本", f"{len(there)}字节", f"{len(here)}字节")]
    if kind == "xlsx":
        return [*sheet_differences(there, here), *part_differences(there, here)]
    one, other = word_contents(there), word_contents(here)
    told = [*table_differences(one, other), *paragraph_differences(one, other)]
    parts = part_differences(there, here)
    return [*told, *(part for part in parts if not (told and part.place.endswith(DOCUMENT)))]
