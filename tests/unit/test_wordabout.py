"""What a Word file says of itself, whatever its template says: nobody's name, no comment, no change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import docx
import pytest

from swm.domain.periods import Period
from swm.domain.reportstyle import ReportStyle
from swm.errors import ERROR, REMINDER, Finding, Unreadable
from swm.render import public, zipped
from swm.render.templatecheck import check_template, words_of
from swm.render.templatekinds import Known
from swm.render.templates import MONTHLY_WORD, PUBLIC_WORD, find
from swm.render.word import render_word
from swm.render.wordtemplate import filled
from swm.reports.public import Public
from tests.data import forms as invented
from tests.data import monthly as samples
from tests.policy_fixture import policy
from tests.signed import PAPERS, signed

WHO, NOTE = "臧庚火", "举报人李某某提供"
"""Who saved the template, and what he noted in it."""
DAY = date(2026, 10, 31)
KNOWN = Known(samples.UNITS, policy)


def saved(name: str) -> bytes:
    return signed(find(name), WHO, NOTE)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part, those of files inside the file too."""
    found = zipped.unpack(data)
    for name in [name for name in found if name.endswith(zipped.NESTED)]:
        found |= {f"{name}!{part}": held for part, held in parts_of(found[name]).items()}
    return found


def holding(data: bytes, *words: str) -> set[str]:
    """The parts in which one of the words stands."""
    return {n for n, held in parts_of(data).items() if any(w.encode() in held for w in words)}


def report() -> bytes:
    return render_word(samples.typical(), saved(MONTHLY_WORD))


NOTICE = Public(
    town="俵口镇",
    period=Period.month(2026, 10),
    version=samples.COMMIT,
    program="swm 0.0.0",
    style=ReportStyle(),
    dated=DAY,
    underway=(),
    finished=(),
)


def notice() -> bytes:
    return public.render_word(NOTICE, saved(PUBLIC_WORD))


def form() -> bytes:
    sheets = (sheet for _, _, sheet in invented.specimens() if sheet.template == "一企一档.docx")
    sheet = next(sheets)
    return filled(sheet.template, saved(sheet.template), sheet.names, title=sheet.title, on=DAY)


def test_a_saved_template_has_the_name_in_many_parts() -> None:
    assert {
        *("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"),
        *("docProps/thumbnail.jpeg", "word/document.xml", "word/comments.xml"),
        *("word/people.xml", "word/settings.xml", "customXml/item1.xml"),
    } <= holding(saved(MONTHLY_WORD), WHO, NOTE)


@pytest.mark.parametrize("make", [report, notice, form])
def test_no_part_of_what_is_made_has_it(make: Callable[[], bytes]) -> None:
    data = make()
    assert holding(data, WHO, NOTE) == set()
    parts = zipped.unpack(data)
    assert not [n for n in parts if n.startswith(("customXml", "word/comments", "word/people"))]
    assert [n for n in parts if n.startswith("docProps")][:1] == ["docProps/core.xml"]


@pytest.mark.parametrize("make", [report, notice, form])
def test_it_opens_and_the_text_stands_as_it_was_accepted(make: Callable[[], bytes]) -> None:
    data = make()
    text = "\n".join(each.text for each in docx.Document(BytesIO(data)).paragraphs)
    assert "接受的话" in text and "可以改的话" in text and "公章" not in text
    assert len(docx.Document(BytesIO(data)).inline_shapes) >= 1, "the picture stays"
    assert "接受的话" in words_of(data)


@pytest.mark.parametrize("make", [report, notice, form])
def test_every_relation_leads_to_a_part_and_every_part_has_a_type(
    make: Callable[[], bytes],
) -> None:
    parts = zipped.unpack(make())
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        if name.endswith(".xml") and name != "[Content_Types].xml":
            assert f'PartName="/{name}"' in types, name
    assert types.count("PartName=") == len({*parts} - {"[Content_Types].xml"} - others(parts))


def others(parts: dict[str, bytes]) -> set[str]:
    """Parts whose type goes by the ending of their name."""
    return {name for name in parts if not name.endswith(".xml")}


def test_what_is_said_on_purpose_is_said() -> None:
    about = docx.Document(BytesIO(report())).core_properties
    assert about.title == "俵口镇2026年10月“散乱污”企业整治工作情况月报"
    assert about.created == about.modified and about.created is not None
    assert about.created.replace(tzinfo=None) == datetime(2026, 10, 31)
    told = (about.author, about.last_modified_by, about.comments, about.keywords, about.category)
    assert told == ("", "", "", "", "") and about.subject == about.content_status == ""
    custom = zipped.unpack(report())["docProps/custom.xml"].decode()
    assert 'name="台账版本"' in custom and 'name="口径"' in custom
    assert "docProps/custom.xml" not in zipped.unpack(form()), "a form says nothing of its own"


def test_the_same_template_gives_the_same_bytes() -> None:
    assert report() == report()
    assert notice() == notice()


def test_who_made_the_template_leaves_no_trace_in_the_bytes() -> None:
    one = render_word(samples.typical(), signed(find(MONTHLY_WORD), "甲某", NOTE))
    other = render_word(samples.typical(), signed(find(MONTHLY_WORD), "乙某", "别的话"))
    assert one == other


def with_a_file(inside: bytes) -> bytes:
    """The template of the notice with a Word file in it."""
    parts = zipped.unpack(find(PUBLIC_WORD))
    parts["word/embeddings/a.docx"] = inside
    lines = {
        "word/_rels/document.xml.rels": f'<Relationship Id="rId77" Type="{PAPERS}/relationships'
        '/package" Target="embeddings/a.docx"/></Relationships>',
        "[Content_Types].xml": '<Default Extension="docx" ContentType="application/x"/></Types>',
    }
    for name, line in lines.items():
        told, _, end = parts[name].decode().rpartition("</")
        assert line.endswith(f"</{end.strip()}")
        parts[name] = (told + line).encode()
    return zipped.pack(parts)


def test_a_file_inside_the_template_has_no_author_either() -> None:
    book = docx.Document()
    book.core_properties.author = WHO
    inside = BytesIO()
    book.save(inside)
    template = with_a_file(inside.getvalue())
    assert holding(template, WHO) == {"word/embeddings/a.docx!docProps/core.xml"}
    made = public.render_word(NOTICE, template)
    assert "word/embeddings/a.docx" in zipped.unpack(made) and holding(made, WHO) == set()


def test_what_is_no_file_inside_a_template_is_told() -> None:
    with pytest.raises(Unreadable, match="嵌入的文件读不了"):
        public.render_word(NOTICE, with_a_file(b"PK no archive"))


def test_the_check_says_what_is_left_out() -> None:
    found: list[Finding] = check_template(
        PUBLIC_WORD, saved(PUBLIC_WORD), "templates/公示.docx", KNOWN
    )
    told = "\n".join(str(each) for each in found if each.level == REMINDER)
    assert "带有批注，印出来的文件里没有批注" in told
    assert "还有没有接受的修订，印出来的文件里按已接受处理" in told
    assert not [each for each in found if each.level == ERROR]
