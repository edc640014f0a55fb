"""`swm report final`: a signed file is registered only where whoever opens it sees our numbers."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from swm.audit.differences import NONE, Difference
from swm.audit.finals import _has_number, reworded
from swm.audit.wordcontents import word_contents
from swm.errors import Refused, Unreadable
from swm.render import zipped
from tests.issued import Town

Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    town.say("2026-10-08", "swm report month 2026-09 --format docx")
    return (town.root / "输出/2026-09月报.docx").read_bytes()


def final(ours: bytes, edit: Edit) -> tuple[str, ...]:
    """Where the file, edited, is worded otherwise."""
    word = docx.Document(io.BytesIO(ours))
    edit(word)
    out = io.BytesIO()
    word.save(out)
    return reworded(word_contents(out.getvalue()), word_contents(ours), "2026-09")


def refused(ours: bytes, edit: Edit) -> str:
    """Why it is not registered."""
    with pytest.raises(Refused) as told:
        final(ours, edit)
    return "\n".join((told.value.message, *(each.text for each in told.value.missing)))


def indicators(word: Any) -> Any:
    return next(t for t in word.tables if t.rows[0].cells[0].text == "指标")


def cell(word: Any, name: str = "底数") -> Any:
    """The cell of an indicator's number."""
    row = next(r for r in indicators(word).rows if r.cells[0].text == name)
    return row.cells[2].paragraphs[0]


def falsified(table: Any) -> Any:
    """A copy of a table with another number."""
    other = copy.deepcopy(table)
    next(t for t in other.iter(qn("w:t")) if t.text == "2").text = "9"
    return other


def vanish(run: Any, **values: str) -> None:
    properties = run.get_or_add_rPr()
    mark = OxmlElement("w:vanish")
    for name, value in values.items():
        mark.set(qn(f"w:{name}"), value)
    properties.append(mark)


def hide(part: Any) -> None:
    for run in part.iter(qn("w:r")):
        vanish(run)


def boxed(*inner: Any) -> Any:
    """A paragraph with a text box."""
    paragraph = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'>"
        "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    next(paragraph.iter(qn("w:txbxContent"))).extend(inner)
    return paragraph


def run(text: str, mark: str = "w:t") -> Any:
    return parse_xml(f"<w:r {nsdecls('w')}><{mark}>{text}</{mark}></w:r>")


def around(tag: str, *inner: Any) -> Any:
    found = OxmlElement(tag)
    found.extend(inner)
    return found


# --- a second table ---------------------------------------------------------------------------


def hidden_before(word: Any) -> None:
    table = indicators(word)._tbl
    true = copy.deepcopy(table)
    table.addprevious(true)
    hide(true)
    table.getparent().replace(table, falsified(table))


def visible_behind(word: Any) -> None:
    table = indicators(word)._tbl
    table.addnext(falsified(table))


def in_a_text_box(word: Any) -> None:
    table = indicators(word)._tbl
    table.addnext(boxed(falsified(table)))


def in_a_header(word: Any) -> None:
    word.sections[0].header._element.append(falsified(indicators(word)._tbl))


def in_a_cell(word: Any) -> None:
    table = word.add_table(rows=1, cols=1)
    table.cell(0, 0)._tc.append(falsified(indicators(word)._tbl))


def below_a_title(word: Any) -> None:
    other = falsified(indicators(word)._tbl)
    title = copy.deepcopy(next(other.iter(qn("w:tr"))))
    for text in title.iter(qn("w:t")):
        text.text = "主要指标（续）"
    next(other.iter(qn("w:tr"))).addprevious(title)
    word.element.body.append(other)


@pytest.mark.parametrize(
    "edit", [hidden_before, visible_behind, in_a_text_box, in_a_header, in_a_cell, below_a_title]
)
def test_a_second_table_that_looks_like_ours_is_refused(ours: bytes, edit: Edit) -> None:
    told = refused(ours, edit)
    assert "与“一、主要指标”表头相同的表有2张，印发的是1张" in told


# --- what is seen of a cell -------------------------------------------------------------------


def hidden_number(word: Any) -> None:
    hide(cell(word)._p)


def hidden_by_style(word: Any) -> None:
    base = style(word, "暗", "CHARACTER")
    base.font.hidden = True
    style(word, "更暗", "CHARACTER").base_style = base
    cell(word).runs[0].style = "更暗"


def hidden_row(word: Any) -> None:
    row = cell(word)._p.getparent().getparent()
    row.get_or_add_trPr().append(OxmlElement("w:hidden"))


def struck_row(word: Any) -> None:
    row = cell(word)._p.getparent().getparent()
    row.get_or_add_trPr().append(OxmlElement("w:del"))


def split_by_a_comment(word: Any) -> None:
    text = next(cell(word)._p.iter(qn("w:t")))
    from lxml.etree import Comment

    comment = Comment("x")
    text.append(comment)
    comment.tail = "0"


def test_a_number_in_pieces_is_read_as_a_whole(ours: bytes) -> None:
    assert "“底数”第3列“本期”：定稿“20”，印发“2”" in refused(ours, split_by_a_comment)


def style(word: Any, name: str, kind: str) -> Any:
    return word.styles.add_style(name, getattr(docx.enum.style.WD_STYLE_TYPE, kind))


def hidden_twice(word: Any) -> None:
    """Two styles that hide: for Word one undoes the other."""
    for named, each in (("段", "PARAGRAPH"), ("字", "CHARACTER")):
        style(word, named, each).font.hidden = True
    paragraph = cell(word)
    paragraph.style = "段"
    added = paragraph.add_run("9")
    added.style = "字"


def numbered_by_style(word: Any) -> None:
    base = style(word, "编号", "PARAGRAPH")
    base.element.get_or_add_pPr().append(OxmlElement("w:numPr"))
    style(word, "又编号", "PARAGRAPH").base_style = base
    cell(word).style = "又编号"


def unknown(word: Any) -> None:
    """What Word does not know, it passes over with all that is in it."""
    paragraph = cell(word)._p
    strange = parse_xml("<x:aPr xmlns:x='urn:x'/>")
    strange.append(paragraph.find(qn("w:r")))
    paragraph.append(strange)


def backwards(word: Any) -> None:
    paragraph = cell(word)._p
    paragraph.append(around("w:bdo", paragraph.find(qn("w:r"))))


def struck_out(word: Any) -> None:
    paragraph = cell(word)
    paragraph._p.append(around("w:del", run("9", "w:delText")))


def written_in(word: Any) -> None:
    paragraph = cell(word)._p
    true = paragraph.find(qn("w:r"))
    paragraph.append(around("w:ins", true))


def reckoned(word: Any) -> None:
    field = around("w:fldSimple", cell(word)._p.find(qn("w:r")))
    field.set(qn("w:instr"), "= 9")
    cell(word)._p.append(field)


def drawn_over(word: Any) -> None:
    cell(word)._p.append(around("w:r", OxmlElement("w:pict")))


def with_a_symbol(word: Any) -> None:
    cell(word)._p.append(around("w:r", OxmlElement("w:sym")))


def numbered(word: Any) -> None:
    cell(word)._p.get_or_add_pPr().append(OxmlElement("w:numPr"))


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (hidden_number, "隐藏的文字"),
        (hidden_by_style, "隐藏的文字"),
        (hidden_row, "隐藏的文字"),
        (hidden_twice, "隐藏的文字"),
        (struck_row, "没有接受的修订"),
        (struck_out, "没有接受的修订"),
        (written_in, "没有接受的修订"),
        (reckoned, "域"),
        (drawn_over, "图形或文本框"),
        (with_a_symbol, "符号"),
        (numbered, "自动编号"),
        (numbered_by_style, "自动编号"),
        (unknown, "文字以外的内容（aPr）"),
        (backwards, "文字以外的内容（bdo）"),
    ],
)
def test_what_a_table_shows_beside_its_text_is_refused(ours: bytes, edit: Edit, what: str) -> None:
    assert f"表“一、主要指标”里有{what}" in refused(ours, edit)


def test_another_document_within_the_file_is_refused(ours: bytes) -> None:
    told = refused(ours, lambda word: word.element.body.append(OxmlElement("w:altChunk")))
    assert "夹带了另一份文档" in told


def test_the_document_that_is_opened_is_the_one_that_is_read(ours: bytes) -> None:
    parts = zipped.unpack(ours)
    parts["word/other.xml"] = parts["word/document.xml"].replace(b">2<", b">9<")
    links = parts["_rels/.rels"]
    parts["_rels/.rels"] = links.replace(b"word/document.xml", b"word/other.xml")
    assert parts["_rels/.rels"] != links
    with pytest.raises(Unreadable, match="正文"):
        word_contents(zipped.pack(parts))


# --- numbers in words -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "refused"),
    [
        ("十", "十二", True),
        ("共三家", "共五家", True),
        ("二", "两", True),
        ("十", "", True),
        ("", "十二", True),
        ("三号院", "三号大院", False),
        ("规范整治", "统一整治", False),
    ],
)
def test_a_number_in_words_is_a_number(ours: str, theirs: str, refused: bool) -> None:
    assert _has_number(Difference("", theirs or NONE, ours or NONE)) is refused


# --- what a person may do ---------------------------------------------------------------------


def honest(word: Any) -> None:
    """As Word leaves it: marks of the spelling, a bookmark, a table in a control, tracked words."""
    table = indicators(word)._tbl
    paragraph = cell(word)._p
    paragraph.append(OxmlElement("w:proofErr"))
    paragraph.append(OxmlElement("w:bookmarkStart"))
    around_it = around("w:sdt", around("w:sdtContent"))
    table.addprevious(around_it)
    around_it[0].append(table)
    words = next(p for p in word.paragraphs if p.text.startswith("截至"))
    words._p.append(around("w:del", run("原来的话", "w:delText")))
    words._p.append(around("w:ins", run("新写的话")))


def test_a_file_that_was_honestly_edited_is_registered(ours: bytes) -> None:
    (told,) = final(ours, honest)
    assert "新写的话" in told and "原来的话" not in told


def test_words_in_a_text_box_or_a_header_are_noted(ours: bytes) -> None:
    def edit(word: Any) -> None:
        word.element.body.insert(0, boxed(around("w:p", run("框里的话"))))
        word.sections[0].header.add_paragraph("页眉的话")
        footer = word.sections[0].footer.paragraphs[0]._p
        next(t for t in footer.iter(qn("w:t")) if t.text == "1").text = "12"

    told = " ".join(final(ours, edit))
    assert "框里的话" in told and "页眉的话" in told and "12" not in told


def test_the_reading_of_hidden_text() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("")
    for text, values in (("甲", None), ("乙", {}), ("丙", {"val": "0"}), ("丁", {"val": "true"})):
        piece = paragraph.add_run(text)
        if values is not None:
            vanish(piece._r, **values)
    out = io.BytesIO()
    word.save(out)
    assert word_contents(out.getvalue()).paragraphs == ("甲丙",)
