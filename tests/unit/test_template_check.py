"""The check of an office's template: a template broken in each way gives its own message, at its
place; the built-in ones are in order."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from swm.errors import ERROR, REMINDER, Finding
from swm.render import specimens, templatecheck, zipped
from swm.render.monthly import context
from swm.render.templatecheck import check_template, words_of
from swm.render.templatekinds import KINDS, Known, available, site_files
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find
from tests.data import monthly as samples
from tests.policy_fixture import policy

WORD, PAGE = find(MONTHLY_WORD), find(MONTHLY_HTML).decode()
PATH = f"templates/{MONTHLY_WORD}"
KNOWN = Known(samples.UNITS, policy)
TABLE = 0
"""The first table of the built-in template: 未销号企业."""


def check(data: bytes) -> list[Finding]:
    return check_template(MONTHLY_WORD, data, PATH, KNOWN)


def check_page(source: str) -> list[Finding]:
    path = f"templates/{MONTHLY_HTML}"
    return check_template(MONTHLY_HTML, source.encode(), path, KNOWN)


def edited(change: Callable[[Any], None]) -> bytes:
    """The built-in template after somebody did something to it in Word."""
    document = docx.Document(BytesIO(WORD))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """The built-in template with other parts besides, by their names."""
    return zipped.pack({**zipped.unpack(WORD), **parts})


def line(text: str) -> bytes:
    """The built-in template with one paragraph more, at its end."""
    return edited(lambda document: document.add_paragraph(text))


def told(found: list[Finding], level: str = ERROR) -> str:
    return "\n".join(str(each) for each in found if each.level == level)


@pytest.mark.parametrize("name", available())
def test_every_built_in_template_is_in_the_table_and_in_order(name: str) -> None:
    assert name in KINDS
    assert check_template(name, find(name), name, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 数字.本月新曾 }}", "没有“本月新曾”；是不是“本月新增”？"),
        ("{{ 镇明 }}", "没有“镇明”这个名称；是不是“镇”？"),
        ("{{ 完全无关 }}", "没有“完全无关”这个名称；可用的名称：swm template names"),
        ("{{ 数字.本月新增.本年累记 }}", "没有“本年累记”；是不是“本年累计”？"),
        ("{{ 比率.完成绿 }}", "没有“完成绿”；是不是“完成率”？"),
        ("{{ 镇.名称 }}", "“镇”里没有“名称”"),
        ("{{ 各类 }}", "“各类”是清单，不能直接写出"),
        ("{{ 数字 }}", "“数字”是清单，不能直接写出"),
        ("{{ 考核 }}", "“考核”是一组数据，不能直接写出；写明要哪一项：期间"),
        ("{{ 区级 }}", "“区级”只说是否，不能写出"),
        ("{{ 各类.名称 }}", "“各类”是清单，没有“名称”"),
        ("{% for 项 in 镇 %}{% endfor %}", "“镇”不是清单"),
        ("{% for 项 in 各村 %}{{ 项.村名 }}{% endfor %}", "没有“村名”；是不是“名称”？"),
        ("{% for 项 in 各村 %}{{ 项.家数 }}{% endfor %}", "没有“家数”；可用：名称、文"),
        ("{{ 版头.标志 }}", "“标志”是清单，不能直接写出"),
        ("{{ 印发.版此 }}", "没有“版此”；是不是“版次”？"),
        ("{{ 数字.本月新增.较上月 }}", "没有“较上月”；是不是“较上期”？"),
        ("{% for 项 in 各村 %}{{ loop.indx }}{% endfor %}", "没有“indx”；是不是“index”？"),
        ("{{ 村级统计表 }}", "“村级统计表”是一张表，要单独成段；写作 {{p 村级统计表 }}"),
        ("{{p 镇 }}", "“镇”是文字，不能带 p，文字会丢失"),
        ("{{r 镇 }}", "“镇”是文字，不能带 r，文字会丢失"),
        ("{{ 镇|safe }}", "不能用“|safe”"),
        ("{{ 镇|uper }}", "没有“|uper”这种写法；是不是“upper”？"),
        ("{% if 镇 is odddd %}{% endif %}", "没有“is odddd”这种写法"),
        ("｛｛ 镇 ｝｝", "用了全角花括号"),
        ("{｛ 镇 ｝}", "用了全角花括号"),
        ("｛% if 镇 %｝", "用了全角花括号"),
        ("{{ 镇 }", "花括号没有配对"),
        ("{{ 镇", "花括号没有配对"),
        ("镇 }}", "花括号没有配对"),
        ("{{ 镇 镇 }}", "“镇”多余"),
        ("{{ }}", "花括号里要写名称"),
        ("{% iff 镇 %}", "不认识的标记“iff”；是不是“if”？"),
        ("{% include '别处' %}", "模板里不能用“include”"),
        ("{% autoescape false %}{{ 镇 }}{% endautoescape %}", "模板里不能用“autoescape”"),
        ("{% if 镇 %}没有结尾", "{% if 镇 %} 没有结束，缺少 {% endif %}"),
        ("没有开头{% endif %}", "前面没有与它配对的标记"),
        ("{% for 项 in 各村 %}{% endif %}", "“for”还没有结束；先写 {% endfor %}"),
        ("{% else %}", "前面没有与它配对的标记"),
        ("会丢的文字{%p if 镇 %}", "这一段还有“会丢的文字”，文字会丢失；{%p … %} 要单独成段"),
        ("{%p if 不平 % 2 %}", "里面不能有“%”和“}”"),
        ("{% p if 镇 %}", "{% 和 p 之间不能有空格"),
        ("{%tr if 镇 %}", "不在表格里"),
        ("{% if 镇 %}{%p endif %}", "写法不同"),
    ],
)
def test_each_mistake_in_a_paragraph_has_its_own_message(text: str, message: str) -> None:
    said = told(check(line(text)))
    assert message in said
    assert re.search(r"第\d+段", said), "where it stands"


def test_all_that_is_wrong_is_told_in_one_run() -> None:
    def change(document: Any) -> None:
        for text in (
            "{{ 数字.本月新曾 }}",
            "{% if 镇明 %}",
            "{{ 各村 }}",
            "{% endfor %}",
            "{{ 区 区 }}",
        ):
            document.add_paragraph(text)

    said = told(check(edited(change)))
    for part in ("本月新增", "镇明", "各村", "endif", "endfor", "“区”多余"):
        assert part in said


def test_a_mistake_in_a_table_is_told_with_table_row_and_cell() -> None:
    def change(document: Any) -> None:
        document.tables[TABLE].rows[2].cells[2].paragraphs[0].text = "{{ 项.企业名 }}"

    assert "第1个表第3行第3格" in told(check(edited(change)))


def test_a_mistake_in_a_footer_is_told_with_the_footer() -> None:
    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].add_run("{{ 镇明 }}")

    assert "页脚" in told(check(edited(change)))


def test_a_row_tag_that_is_not_alone_in_its_row() -> None:
    def change(document: Any) -> None:
        document.tables[TABLE].rows[1].cells[0].paragraphs[0].add_run("多余")

    assert "这一行还有“多余”，文字会丢失；{%tr … %} 要单独占一行" in told(check(edited(change)))


def paragraph(markup: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{markup}</w:p>")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z">{inner}</w:{kind}>'


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (
            run("{{ 镇") + tracked("ins", run(" }}")),
            "{{ 镇 }} 一半在修订（插入）里，一半在外面，文字会丢失；在 Word 里接受全部修订",
        ),
        (
            tracked("ins", run("{{")) + run(" 镇 }}"),
            "{{ 镇 }} 一半在修订（插入）里",
        ),
        (run("{{ 镇") + control(run(" }}")), "一半在内容控件里，一半在外面"),
        (
            run("{% if 镇 %}") + control(run("甲{% endif %}")),
            "不在同一处（一个在单元格、内容控件",
        ),
        (
            f'{run("{% if 镇 %}")}<w:hyperlink w:anchor="甲">{run("甲{% endif %}")}</w:hyperlink>',
            "不在同一处",
        ),
    ],
)
def test_tags_half_inside_something(markup: str, message: str) -> None:
    data = edited(lambda document: document.element.body.insert(0, paragraph(markup)))
    assert message in told(check(data))


@pytest.mark.parametrize(
    "markup",
    [
        run("{{ ") + tracked("ins", run("镇")) + run(" }}"),
        run("{") + run("{ 镇 }") + run("}"),
        run("{{ 数字") + run(".本月新增 }}"),
        tracked("ins", run("{{ 镇 }}")),
        control(run("{% if 镇 %}甲{% endif %}")),
    ],
)
def test_tags_that_word_cut_in_pieces_are_right_all_the_same(markup: str) -> None:
    data = edited(lambda document: document.element.body.insert(0, paragraph(markup)))
    assert told(check(data)) == ""


def test_a_condition_may_not_begin_in_one_cell_and_end_in_another() -> None:
    def change(document: Any) -> None:
        cells = document.tables[TABLE].rows[2].cells
        cells[2].paragraphs[0].add_run("{% if 项.备注 %}")
        cells[3].paragraphs[0].add_run("{% endif %}")

    said = told(check(edited(change)))
    assert "第1个表第3行第4格" in said and "不在同一处" in said


def test_a_condition_over_two_paragraphs_is_only_mentioned() -> None:
    def change(document: Any) -> None:
        document.element.body.insert(0, paragraph(run("乙{% endif %}")))
        document.element.body.insert(0, paragraph(run("{% if 镇 %}甲")))

    found = check(edited(change))
    assert told(found) == ""
    assert "不在同一段，不成立时两段会并成一段；各自单独成段，写作 {%p … %}" in told(
        found, REMINDER
    )


# --- What Word and WPS would not show right ---------------------------------------------------


def test_tracked_changes_are_mentioned() -> None:
    markup = tracked("ins", run("新加的"))
    data = edited(lambda document: document.element.body.insert(0, paragraph(markup)))
    assert "还有没有接受的修订" in told(check(data), REMINDER)


def test_a_table_without_a_grid_is_mentioned() -> None:
    def change(document: Any) -> None:
        grid = document.tables[TABLE]._tbl.tblGrid
        for column in list(grid):
            grid.remove(column)

    assert "第1个表 没有列宽（gridCol）" in told(check(edited(change)), REMINDER)


def test_a_grid_that_does_not_match_the_cells_is_mentioned() -> None:
    def change(document: Any) -> None:
        grid = document.tables[TABLE]._tbl.tblGrid
        grid.remove(grid[0])

    assert "第1个表 第1行有8列，列宽却有7个" in told(check(edited(change)), REMINDER)


def test_theme_fonts_are_mentioned() -> None:
    def change(document: Any) -> None:
        face = next(document.styles.element.iter(qn("w:rFonts")))
        face.set(qn("w:eastAsiaTheme"), "minorEastAsia")

    assert "用了主题字体" in told(check(edited(change)), REMINDER)


def test_a_western_font_alone_on_chinese_text_is_mentioned() -> None:
    def change(document: Any) -> None:
        document.add_paragraph().add_run("中文").font.name = "Arial"

    assert "“中文”只指定了西文字体" in told(check(edited(change)), REMINDER)


def test_no_default_chinese_font_is_mentioned() -> None:
    def change(document: Any) -> None:
        for face in document.styles.element.iter(qn("w:rFonts")):
            del face.attrib[qn("w:eastAsia")]

    assert "没有默认的中文字体" in told(check(edited(change)), REMINDER)


def test_a_minus_sign_in_a_tag_is_mentioned() -> None:
    assert "会把前后的段落并在一起" in told(check(line("甲{%- if 镇 %}乙{% endif %}")), REMINDER)


# --- The file ---------------------------------------------------------------------------------

LINK = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="attachedTemplate" Target='file:///c:/x.dotm' TargetMode='External'/>
</Relationships>"""


def marked(markup: str) -> bytes:
    parts = zipped.unpack(WORD)
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + markup.encode(), 1
    )
    return zipped.pack(parts)


def twice() -> bytes:
    """A second document beside the one that is checked."""
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in zipped.unpack(WORD).items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", b"<w:document/>")
    return out.getvalue()


def understated() -> bytes:
    """A part of 60 MB that says it has ten bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in zipped.unpack(WORD).items():
            archive.writestr(name, content)
        archive.writestr("word/media/大.bin", bytes(60_000_000))
    data = bytearray(out.getvalue())
    place = data.rfind(b"PK\1\2")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "不是 Word 文档（docx）"),
        (twice(), "不能用：有重名的部件 word/document.xml；用 Word 或 WPS 重新存一次"),
        (understated(), "部件 word/media/大.bin 的说明两处不一致"),
        (b"{\\rtf1}", "不是 Word 文档（docx）"),
        (zipped.pack({"a.txt": b"1"}), "不是 Word 文档（docx）"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧版 .doc 文件，或者加了密码"),
        (with_parts(**{"word/document.xml": b"<w:document"}), "不是完好的 Word 文档"),
        (with_parts(**{"word/vbaProject.bin": b"1"}), "带有宏；另存为不带宏的 .docx"),
        (with_parts(**{"word/activeX/activeX1.xml": b"<a/>"}), "带有 ActiveX 控件"),
        (with_parts(**{"word/embeddings/oleObject1.bin": b"1"}), "嵌入了对象（OLE）"),
        (with_parts(**{"word/_rels/settings.xml.rels": LINK}), "链接到文件以外：file:///c:/x.dotm"),
        (marked('<w:altChunk r:id="rId9" xmlns:r="urn:r"/>'), "夹带了另一份文档（altChunk）"),
        (
            marked('<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:o"/></w:object></w:r></w:p>'),
            "嵌入了对象",
        ),
        (
            with_parts(**{"word/header9.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "含有 DTD",
        ),
        (with_parts(**{"word/media/大.bin": bytes(51_000_000)}), "太大"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_must_not_be_a_template(data: bytes, message: str) -> None:
    assert message in told(check(data))


# --- The trial --------------------------------------------------------------------------------


def test_ampersands_in_a_tag_print_as_they_are() -> None:
    data = line("{{ '甲&乙' }}")
    assert check(data) == []
    filled = KINDS[MONTHLY_WORD].filled(samples.typical(), data, [])
    assert docx.Document(BytesIO(filled)).paragraphs[-1].text == "甲&乙"


def test_a_template_that_only_some_reports_break_is_found_by_trying() -> None:
    said = told(check(line("{{ 趋势[0].月份 }}")))
    assert "试填空白的数据：" in said and "没有“0”这一项" in said


def test_a_template_that_runs_on_is_stopped_in_the_trial() -> None:
    loops = "{% for 甲 in 各指标 %}" * 5 + "{% endfor %}" * 5
    assert "循环太多，已停止" in told(check(line(loops)))


def test_text_that_does_not_come_out_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templatecheck, "words_of", lambda filled: words_of(filled).replace("&", ""))
    assert "“甲&乙厂”没有原样出现在文件里" in told(check(WORD))


def test_odd_text_comes_out_of_word_as_it_went_in() -> None:
    printed: list[str] = []
    report = specimens.odd(samples.UNITS)
    filled = KINDS[MONTHLY_WORD].filled(report, WORD, printed)
    assert set(printed) >= {"甲&乙厂", "{_{ 花括号 }_}厂", "换\n行\t厂", "左<U+202E>右<U+200B>厂"}
    text = words_of(filled)
    assert [each for each in printed if each not in text] == []


# --- HTML -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ("{{ 数字.本月新曾 }}", "是不是“本月新增”？"),
        ("{% if 镇 %}", "没有结束，缺少 {% endif %}"),
        ("{{ 镇|safe }}", "不能用“|safe”"),
        ("｛｛ 镇 ｝｝", "用了全角花括号"),
        ("{{ 镇", "花括号没有配对"),
        ('<img src="https://example.com/a.png">', "要从网上取东西"),
        ("<style>@import 'a.css';</style>", "要从网上取东西"),
        ("<a title={{ 镇 }}>甲</a>", "属性值没有加引号"),
        ("{% include 'x' %}", "模板里不能用“include”"),
    ],
)
def test_each_mistake_in_a_page_has_its_message_and_its_line(addition: str, message: str) -> None:
    lines = PAGE.split("\n")
    at = lines.index("<main>") + 1
    (found,) = check_page("\n".join([*lines[:at], addition, *lines[at:]]))[:1]
    assert message in str(found)
    assert found.line == at + 1


def test_a_page_in_another_encoding_is_refused() -> None:
    path = f"templates/{MONTHLY_HTML}"
    found = check_template(MONTHLY_HTML, PAGE.encode("gb18030"), path, KNOWN)
    assert "不是 UTF-8 编码" in told(found)


# --- The names --------------------------------------------------------------------------------


def test_pages_of_the_site_are_not_checked_and_that_is_said() -> None:
    """They are put together with frame and macros from every list of the ledger: none can be tried
    by itself, so none is in the table."""
    assert not {*site_files()} & {*KINDS, *available()}
    for name in site_files():
        (found,) = check_template(name, b"{{", f"templates/{name}", KNOWN)
        assert found.level == REMINDER and "离线网站的页面，这里不检查" in found.message


def test_what_is_no_template_of_ours_is_left_alone() -> None:
    (found,) = check_template("说明.txt", b"{{", "templates/说明.txt", KNOWN)
    assert found.level == REMINDER and "程序不用" in found.message


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_tried_three_times_and_sees_odd_text(name: str) -> None:
    kind = KINDS[name]
    cases = kind.specimens(KNOWN)
    assert list(cases) == ["寻常", "空白", "怪字"]
    printed: list[str] = []
    kind.filled(cases["怪字"], find(name), printed)
    dangerous = [each for each in specimens.ODD[:6] if any(each in text for text in printed)]
    assert dangerous, "nothing that could break the file"


@pytest.mark.parametrize("name", [n for n in KINDS if n != MONTHLY_WORD and n.endswith(".docx")])
def test_a_misspelt_name_is_told_in_every_word_template(name: str) -> None:
    document = docx.Document(BytesIO(find(name)))
    document.add_paragraph("{{ 镇明 }}")
    out = BytesIO()
    document.save(out)
    found = check_template(name, out.getvalue(), f"templates/{name}", KNOWN)
    assert "没有“镇明”这个名称；是不是“镇”？" in told(found)


@pytest.mark.parametrize("name", [n for n in KINDS if n.endswith(".html.j2")])
def test_a_misspelt_name_is_told_in_every_page(name: str) -> None:
    source = find(name).decode().replace("<body>", "<body>{{ 处所明 }}")
    found = check_template(name, source.encode(), f"templates/{name}", KNOWN)
    assert "没有“处所明”这个名称" in told(found)


@pytest.mark.parametrize("title", ["寻常", "空白", "怪字"])
def test_specimens_are_reports_that_a_template_could_meet(title: str) -> None:
    report = specimens.monthly_specimens(samples.UNITS)[title]
    assert set(context(report)["数字"]) == set(samples.UNITS)
