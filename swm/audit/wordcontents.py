"""What a Word file says to those who look at it: its tables, its paragraphs, what stands around them.

Hidden text and text that was struck out while changes were tracked are not there for the reader, so
they are not read. What a table shows beside its plain text is noted, because it cannot be compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from swm.audit.contents import Contents, Table, parsed, refuse_crowded, told_apart
from swm.errors import Unreadable
from swm.render import zipped

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
RELATIONS = "_rels/.rels"
MAIN = "/officeDocument"

_P, _R, _T, _TABLE, _ROW, _CELL = (f"{WORD}{tag}" for tag in ("p", "r", "t", "tbl", "tr", "tc"))
_BLOCKS = frozenset({_P, _TABLE})
_AROUND = frozenset(f"{WORD}{tag}" for tag in ("hdr", "ftr", "footnotes", "endnotes"))
_SPACES = frozenset(f"{WORD}{tag}" for tag in ("br", "tab", "cr"))
_WRAPPED = frozenset(
    f"{WORD}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
"""What may stand around blocks, rows and cells without being one."""
_STRUCK = frozenset(f"{WORD}{tag}" for tag in ("del", "moveFrom"))
_FOREIGN = frozenset(f"{WORD}{tag}" for tag in ("altChunk", "subDoc"))

_PLAIN = frozenset(
    {
        *("tbl", "tblGrid", "gridCol", "tr", "tc", "p", "r", "t", "br", "tab", "cr"),
        *("noBreakHyphen", "softHyphen", "hyperlink", "smartTag", "dir", "bdo", "proofErr"),
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
    }
)
"""What a table may hold and still be nothing but its text."""
_SPOKEN = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"), "没有接受的修订"),
    **dict.fromkeys(("delText", "delInstrText"), "没有接受的修订"),
    **dict.fromkeys(("fldSimple", "fldChar", "instrText"), "域"),
    **dict.fromkeys(("drawing", "pict", "object", "AlternateContent"), "图形或文本框"),
    **dict.fromkeys(("oMath", "oMathPara"), "公式"),
    **dict.fromkeys(("sdt", "sdtContent", "customXml"), "内容控件"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "脚注"),
    "numPr": "自动编号",
    "sym": "符号",
}
_TELLING = frozenset({"ins", "del", "cellIns", "cellDel", "numPr"})
"""What among the properties of a row, a cell or a paragraph shows."""


def word_contents(data: bytes) -> Contents:
    """All that a docx says, accepted changes and all. Raises `Unreadable`."""
    try:
        parts = zipped.unpack(data)
    except (zipped.Torn, zipped.TooLarge) as error:
        raise Unreadable("这个文件不是 Word 文档（docx）") from error
    _require_main(parts)
    refuse_crowded(*(part for part in parts.values() if _is_word(part)))
    root = parsed(parts[DOCUMENT])
    reader = _Reader(parsed(parts[STYLES]) if STYLES in parts else None)
    tables: list[Table] = []
    paragraphs: list[str] = []
    body = root.find(f"{WORD}body")
    for block in () if body is None else _within(body, _BLOCKS):
        if block.tag == _TABLE:
            name = paragraphs[-1] if paragraphs else ""
            tables.append(Table(name, reader.rows(block), frozenset(_beyond(block))))
        elif text := reader.text(block):
            paragraphs.append(text)
    lines, margins = list(_lines(root)), set[str]()
    for around in _around(parts):
        lines += _lines(around)
        margins.update(reader.margins(around))
    return Contents(
        tables=told_apart(tables),
        paragraphs=tuple(paragraphs),
        margins=tuple(sorted(margins)),
        lines=tuple(lines),
        foreign=any(True for _ in root.iter(*_FOREIGN)),
    )


def _require_main(parts: Mapping[str, bytes]) -> None:
    """Raise `Unreadable` unless the document that programs open is the one that is read here."""
    if DOCUMENT not in parts:
        raise Unreadable("这个文件不是 Word 文档（docx）")
    links = parsed(parts.get(RELATIONS, b"<none/>"))
    targets = [link.get("Target", "") for link in links if link.get("Type", "").endswith(MAIN)]
    if RELATIONS in parts and [target.removeprefix("/") for target in targets] != [DOCUMENT]:
        raise Unreadable(
            "这个文件的正文不在通常的位置，读不了", hint="在 Word 或 WPS 里重新另存为 docx"
        )


def _is_word(part: bytes) -> bool:
    return WORD[1:-1].encode() in part and part.lstrip().startswith(b"<")


def _around(parts: Mapping[str, bytes]) -> Iterator[Any]:
    """The headers, the footers and the notes, whatever they are called."""
    for name, part in parts.items():
        if name != DOCUMENT and _is_word(part) and (root := parsed(part)).tag in _AROUND:
            yield root


def _within(parent: Any, wanted: Collection[str]) -> Iterator[Any]:
    """The blocks, rows or cells of a parent in order, also those that something is put around."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPED:
            yield from _within(child, wanted)


def _lines(root: Any) -> Iterator[str]:
    """The rows of all tables, whatever is hidden in them, without what is nested there."""
    return ("".join("".join(_own_texts(row)).split()) for row in root.iter(_ROW))


def _own_texts(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag == _T:
            yield child.text or ""
        elif child.tag != _TABLE and not str(child.tag).endswith("}txbxContent"):
            yield from _own_texts(child)


def _beyond(table: Any) -> Iterator[str]:
    """What a table holds that is no plain text, told in Chinese."""
    waiting = [table]
    while waiting:
        for child in waiting.pop():
            local = str(child.tag).rpartition("}")[2]
            if local.endswith("Pr") or local == "tblPrEx":
                yield from (_SPOKEN[each] for each in _telling(child))
            else:
                if local not in _PLAIN:
                    yield _SPOKEN.get(local, f"文字以外的内容（{local[:20]}）")
                waiting.append(child)


def _telling(properties: Any) -> set[str]:
    locals_ = {str(each.tag).rpartition("}")[2] for each in properties.iter()}
    return locals_ & _TELLING


class _Reader:
    """Reads what is seen, by the styles of the file."""

    def __init__(self, styles: Any) -> None:
        self._hidden = _hidden_styles(styles)

    def rows(self, table: Any) -> tuple[tuple[str, ...], ...]:
        """The rows of a table that are seen, cell by cell."""
        hidden = self._by_style(table.find(f"{WORD}tblPr/{WORD}tblStyle"), "" in self._hidden)
        return tuple(
            tuple(self._cell(cell, hidden) for cell in _within(row, (_CELL,)))
            for row in _within(table, (_ROW,))
            if not _gone(row)
        )

    def _cell(self, cell: Any, hidden: bool) -> str:
        if cell.find(f"{WORD}tcPr/{WORD}cellDel") is not None:
            return ""
        return "\n".join(self.text(block, hidden) for block in _within(cell, _BLOCKS))

    def text(self, block: Any, hidden: bool | None = None) -> str:
        """The text of a paragraph, or of a table within a cell; what stands in a text box too."""
        pieces: list[str] = []
        self._gather(block, pieces, "" in self._hidden if hidden is None else hidden)
        return "".join(pieces).strip()

    def margins(self, root: Any) -> Iterator[str]:
        """The paragraphs of a header, a footer or the notes, without what Word reckons itself (the
        number of the page)."""
        for field in [*root.iter(f"{WORD}fldSimple")]:
            field.getparent().remove(field)
        for paragraph in _outermost(root):
            _drop_fields(paragraph)
            if text := self.text(paragraph):
                yield text

    def _gather(self, node: Any, pieces: list[str], hidden: bool) -> None:
        if node.tag == _P:
            hidden = self._by_style(node.find(f"{WORD}pPr/{WORD}pStyle"), hidden)
        for child in node:
            if child.tag == _T:
                pieces.append(child.text or "")
            elif child.tag in _SPACES:
                pieces.append(" ")
            elif child.tag not in _STRUCK and not (child.tag == _R and self._unseen(child, hidden)):
                self._gather(child, pieces, hidden)

    def _unseen(self, run: Any, hidden: bool) -> bool:
        properties = run.find(f"{WORD}rPr")
        if properties is None:
            return hidden
        said = _vanish(properties)
        return self._by_style(properties.find(f"{WORD}rStyle"), hidden) if said is None else said

    def _by_style(self, named: Any, otherwise: bool) -> bool:
        style = None if named is None else named.get(f"{WORD}val")
        return otherwise or (style is not None and style in self._hidden)


def _gone(row: Any) -> bool:
    """Whether a row is hidden or was struck out."""
    properties = row.find(f"{WORD}trPr")
    if properties is None:
        return False
    hidden = properties.find(f"{WORD}hidden")
    return properties.find(f"{WORD}del") is not None or (hidden is not None and _on(hidden))


def _vanish(properties: Any) -> bool | None:
    """Whether these properties of text hide it; None where they say nothing."""
    said = properties.find(f"{WORD}vanish")
    return None if said is None else _on(said)


def _on(switch: Any) -> bool:
    return switch.get(f"{WORD}val", "1") not in ("0", "false", "off")


def _hidden_styles(styles: Any) -> frozenset[str]:
    """The styles that hide their text, by id; '' where everything is hidden that says nothing."""
    if styles is None:
        return frozenset()
    told: dict[str, bool | None] = {}
    based: dict[str, str] = {}
    for style in styles.iterfind(f"{WORD}style"):
        id, properties, on = style.get(f"{WORD}styleId", ""), style.find(f"{WORD}rPr"), None
        if properties is not None:
            on = _vanish(properties)
        told[id] = on
        parent = style.find(f"{WORD}basedOn")
        based[id] = "" if parent is None else parent.get(f"{WORD}val", "")
    defaults = styles.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
    told[""] = defaults is not None and bool(_vanish(defaults))
    for id in based:
        _settle(id, told, based)
    return frozenset(id for id, hidden in told.items() if hidden)


def _settle(id: str, told: dict[str, bool | None], based: Mapping[str, str]) -> None:
    """Give a style, and those that it is based on, what they have from further up."""
    path: dict[str, None] = {}
    while told.get(id, False) is None and id not in path:
        path[id] = None
        id = based[id]
    told.update(dict.fromkeys(path, bool(told.get(id))))


def _outermost(root: Any) -> Iterator[Any]:
    """The paragraphs that stand in no other."""
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            if child.tag == _P:
                yield child
            else:
                waiting.append(child)


def _drop_fields(paragraph: Any) -> None:
    """Take out what stands between the marks of a field, which Word puts there."""
    depth = 0
    for run in list(paragraph.iter(_R)):
        marks = [mark.get(f"{WORD}fldCharType") for mark in run.iterfind(f"{WORD}fldChar")]
        depth += marks.count("begin")
        if depth > 0:
            run.getparent().remove(run)
        depth -= marks.count("end")
