"""What a Word file says to those who look at it: its tables, its paragraphs, what stands around them.

Hidden text and text that was struck out while changes were tracked are not there for the reader, so
they are not read. What a table shows beside its plain text is noted, because it cannot be compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from swm.audit.contents import Contents, Table, parsed, refuse_crowded, told_apart
from swm.audit.wordstyles import HIDDEN, NUMBERED, WORD, Styles, hides, is_on
from swm.errors import Unreadable
from swm.render import zipped

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
    f"{WORD}{tag}"
    for tag in (
        *("tbl", "tblGrid", "gridCol", "tr", "tc", "p", "r", "t", "br", "tab", "cr"),
        *("noBreakHyphen", "softHyphen", "hyperlink", "smartTag", "proofErr"),
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
    )
)
"""What a table may hold and still be nothing but its text."""
REVISED = "没有接受的修订"
_SPOKEN = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"), REVISED),
    **dict.fromkeys(("fldSimple", "fldChar", "instrText"), "域"),
    **dict.fromkeys(("drawing", "pict", "object", "AlternateContent"), "图形或文本框"),
    **dict.fromkeys(("oMath", "oMathPara"), "公式"),
    **dict.fromkeys(("sdt", "sdtContent", "customXml"), "内容控件"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "脚注"),
    **dict.fromkeys(("vanish", "hidden"), HIDDEN),
    "numPr": NUMBERED,
    "sym": "符号",
}
_TELLING = frozenset(
    f"{WORD}{tag}" for tag in ("ins", "del", "cellIns", "cellDel", "numPr", "vanish", "hidden")
)
"""What among the properties of a row, a cell, a paragraph or a run shows or hides."""
_STYLED = frozenset(f"{WORD}{tag}" for tag in ("tblStyle", "pStyle", "rStyle"))


def word_contents(data: bytes) -> Contents:
    """All that a docx says, accepted changes and all. Raises `Unreadable`."""
    try:
        parts = zipped.unpack(data)
    except (zipped.Torn, zipped.TooLarge) as error:
        raise Unreadable("这个文件不是 Word 文档（docx）") from error
    _require_main(parts)
    refuse_crowded(*(part for part in parts.values() if _is_word(part)))
    root = parsed(parts[DOCUMENT])
    reader = _Reader(Styles(parsed(parts[STYLES]) if STYLES in parts else None))
    tables: list[Table] = []
    paragraphs: list[str] = []
    body = root.find(f"{WORD}body")
    for block in () if body is None else _within(body, _BLOCKS):
        if block.tag == _TABLE:
            tables.append(reader.table(paragraphs[-1] if paragraphs else "", block))
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


class _Reader:
    """Reads what is seen, by the styles of the file."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def table(self, name: str, table: Any) -> Table:
        """A table of the document, under its heading."""
        return Table(name, self._rows(table), frozenset(self._beyond(table)))

    def _rows(self, table: Any) -> tuple[tuple[str, ...], ...]:
        hidden = self._styles.hide(table.find(f"{WORD}tblPr/{WORD}tblStyle"))
        return tuple(
            tuple(self._cell(cell, hidden) for cell in _within(row, (_CELL,)))
            for row in _within(table, (_ROW,))
            if not _gone(row)
        )

    def _cell(self, cell: Any, hidden: bool) -> str:
        if cell.find(f"{WORD}tcPr/{WORD}cellDel") is not None:
            return ""
        return "\n".join(self.text(block, hidden) for block in _within(cell, _BLOCKS))

    def text(self, block: Any, hidden: bool = False) -> str:
        """The text of a paragraph, or of a table within a cell; what stands in a text box too."""
        pieces: list[str] = []
        self._gather(block, pieces, hidden)
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
            hidden = hidden or self._styles.hide(node.find(f"{WORD}pPr/{WORD}pStyle"))
        for child in node:
            if child.tag == _T:
                pieces.append(child.text or "")
            elif child.tag in _SPACES:
                pieces.append(" ")
            elif child.tag == _R:
                if not self._unseen(child, hidden):
                    self._gather(child, pieces, hidden)
            elif child.tag not in _STRUCK and not _is_property(child.tag):
                self._gather(child, pieces, hidden)

    def _unseen(self, run: Any, hidden: bool) -> bool:
        properties = run.find(f"{WORD}rPr")
        if properties is None:
            return hidden
        said = hides(properties)
        if said is not None:
            return said
        return hidden or self._styles.hide(properties.find(f"{WORD}rStyle"))

    def _beyond(self, table: Any) -> Iterator[str]:
        """What a table holds that is no plain text, told in Chinese."""
        waiting, styles = [table], set[str]()
        while waiting:
            for child in waiting.pop():
                if _is_property(child.tag):
                    yield from _shown(child)
                    named = child.iterfind("*")
                    styles.update(e.get(f"{WORD}val", "") for e in named if e.tag in _STYLED)
                elif child.tag in _PLAIN:
                    waiting.append(child)
                else:
                    yield _called(child.tag)
        yield from self._styles.effects(styles)


def _is_property(tag: str) -> bool:
    return tag.startswith(WORD) and tag.endswith(("Pr", "}tblPrEx"))


def _shown(properties: Any) -> Iterator[str]:
    """What the properties of a row, a cell, a paragraph or a run show or hide."""
    for each in properties.iter(*_TELLING):
        if is_on(each.get(f"{WORD}val", "1")):
            yield _called(each.tag)


def _called(tag: str) -> str:
    local = tag.rpartition("}")[2]
    return _SPOKEN.get(local, f"文字以外的内容（{local[:20]}）")


def _gone(row: Any) -> bool:
    """Whether a row is hidden or was struck out."""
    properties = row.find(f"{WORD}trPr")
    if properties is None:
        return False
    hidden = properties.find(f"{WORD}hidden")
    if hidden is not None and is_on(hidden.get(f"{WORD}val", "1")):
        return True
    return properties.find(f"{WORD}del") is not None


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
