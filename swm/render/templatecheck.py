"""The check of a template: everything that is wrong with it at once, and then three trials.

What can be seen without filling it is looked for first. A template without errors is filled with
an ordinary report, an empty one and one full of odd text; whatever it prints must be found again
in the file, character for character.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator

from swm.errors import ERROR, REMINDER, Finding, SwmError
from swm.render import pagelint, wordlint, wordpackage, zipped
from swm.render.templatekinds import KINDS, Kind, Known, available, site_files
from swm.render.templates import visible
from swm.render.templateshapes import check_names
from swm.render.templatetags import Tag, check_tags
from swm.render.wordlint import wrong
from swm.render.wordplaces import W

LARGEST_PAGE = 2_000_000
"""Bytes of an HTML template."""


def check_template(name: str, data: bytes, path: str, known: Known) -> list[Finding]:
    """Everything that is wrong with the template `name`, whose bytes lie at `path`."""
    if name in site_files():
        hint = "收录以后写一次网站看看：swm site 输出/网站 --audience 内部"
        return [wrong(path, "", "是离线网站的页面，这里不检查", hint, REMINDER)]
    if name not in available():
        hint = "程序用的名称：swm template list"
        return [wrong(path, "", "程序不用这个名称的模板", hint, REMINDER)]
    found = list(
        _word(data, path, name, known) if _is_word(name) else _page(data, path, name, known)
    )
    kind = KINDS.get(name)
    if kind is not None and not any(each.level == ERROR for each in found):
        found += _trials(kind, data, path, known)
    return found


def _is_word(name: str) -> bool:
    return name.endswith(".docx")


def _word(data: bytes, path: str, name: str, known: Known) -> Iterator[Finding]:
    from lxml.etree import XMLSyntaxError

    faults = list(wordpackage.faults(data, path))
    yield from faults
    if faults:
        return
    try:
        parts = zipped.unpack(data)
        yield from wordpackage.unwanted(parts, path)
        roots = wordpackage.text_parts(parts)
        styles = (
            wordpackage.parsed(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
        )
    except (XMLSyntaxError, *zipped.TORN):
        yield wrong(path, "", "不是完好的 Word 文档", "用 Word 或 WPS 重新存一次")
        return
    yield from wordlint.losses(roots, path)
    yield from wordlint.habits(roots, styles, path)
    yield from _tags(wordlint.tags_of(roots), path, name, known)


def _page(data: bytes, path: str, name: str, known: Known) -> Iterator[Finding]:
    if len(data) > LARGEST_PAGE:
        yield wrong(path, "", "太大", "请删去其中的图片")
        return
    try:
        source = data.decode()
    except UnicodeDecodeError:
        yield wrong(path, "", "不是 UTF-8 编码的文字", "用记事本另存为 UTF-8")
        return
    found = [*pagelint.page_findings(source, path)]
    found += _tags(pagelint.page_tags(source), path, name, known)
    yield from sorted(found, key=lambda each: each.line or 0)


def _tags(tags: list[Tag], path: str, name: str, known: Known) -> list[Finding]:
    """The tags, and the names in them."""
    found = check_tags(tags, path)
    kind = KINDS.get(name)
    if kind is not None:
        found += check_names(tags, kind.table(known), path)
    return found


def _trials(kind: Kind, data: bytes, path: str, known: Known) -> Iterator[Finding]:
    for title, value in kind.specimens(known).items():
        printed: list[str] = []
        try:
            filled = kind.filled(value, data, printed)
        except SwmError as error:
            said = error.message.removeprefix(f"模板 {kind.file} ")
            yield wrong(path, "", f"试填{title}的数据：{said}")
            return
        yield from _lost(title, printed, filled, path)


def _lost(title: str, printed: list[str], filled: bytes, path: str) -> Iterator[Finding]:
    """Texts that were printed and cannot be found again."""
    text = words_of(filled)
    for missing in [each for each in dict.fromkeys(printed) if each not in text][:3]:
        shown = visible(" ".join(missing.split()))[:40]
        yield wrong(path, "", f"试填{title}的数据：“{shown}”没有原样出现在文件里")


def words_of(filled: bytes) -> str:
    """The text of a filled file, paragraph by paragraph."""
    if not filled.startswith(b"PK"):
        return html.unescape(filled.decode())
    roots = wordpackage.text_parts(zipped.unpack(filled))
    out = io.StringIO()
    for root in roots.values():
        for paragraph in root.iter(f"{W}p"):
            out.write(_text(paragraph))
            out.write("\0")
    return out.getvalue()


def _text(paragraph: object) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n"}
    found = paragraph.iter(f"{W}t", *marks)  # type: ignore[attr-defined]
    return "".join(marks.get(each.tag) or each.text or "" for each in found)
