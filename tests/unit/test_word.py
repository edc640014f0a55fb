"""The monthly report as Word: layout, exact text, native chart, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize, fromstring

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from lxml import html as parsed

from swm.audit import verifying
from swm.errors import Unreadable
from swm.render import wordtemplate, zipped
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find, visible
from swm.render.word import render_word
from swm.render.wordtable import TEXT_WIDTH
from swm.reports.values import Monthly, OtherVillages
from tests.data import monthly as samples

TEMPLATE = find(MONTHLY_WORD)
PROJECT = Path(__file__).resolve().parents[2]
SEEN = [*samples.HOSTILE, *samples.UNSEEN.values()]
RENDER = """
import hashlib
from swm.render.templates import MONTHLY_WORD, find
from swm.render.word import render_word
from tests.data import monthly
print(hashlib.sha256(render_word(monthly.hostile(), find(MONTHLY_WORD))).hexdigest())
"""
VILLAGE, OPEN, NEW, DELISTED, INDICATORS, TIES, SUPPLEMENTS = range(7)
"""The tables of a report in which no list is empty."""


def opened(report: Monthly) -> Any:
    return docx.Document(BytesIO(render_word(report, TEMPLATE)))


def paragraphs(report: Monthly) -> list[str]:
    return [p.text for p in opened(report).paragraphs if p.text]


def column(table: Table, at: int, head: int = 1) -> list[str]:
    return [row.cells[at].text for row in table.rows[head:]]


# --- What it says -----------------------------------------------------------------------------


def test_an_ordinary_month_reads_as_an_office_would_write_it() -> None:
    text = paragraphs(samples.typical())
    assert text[0] == "俵口镇2026年10月\n“散乱污”企业整治工作情况月报"
    assert text[2] == (
        "截至2026年10月31日，全镇列入台账的“散乱污”企业共41家，其中已销号23家，未销号18家，"
        "较上月减少1家，完成率56.1%。本月新增3家，较上月增加1家；销号4家，与上月持平；"
        "回潮1家；核减1家。"
    )
    assert text[3] == (
        "按整治类别分，关停取缔15家（已销号9家）、搬迁改造18家（已销号10家）、"
        "限期整改6家（已销号4家）、待定2家。未销号企业中，待整治4家、清理中4家、搬迁中5家、"
        "整改中4家、执法中1家，分布在12个村，较多的是兴家坨村、大杨村、北苑村、南河村、"
        "柳滩村等6个村，各2家，其余6个村各1家。"
    )
    assert [line for line in text if line[1:2] == "、" and line[0] in "一二三四"][:4] == [
        "一、总体情况", "二、工作开展情况", "三、存在问题", "四、下一步工作",
    ]  # fmt: skip


def test_what_was_held_and_announced_is_told_in_the_offices_words() -> None:
    text = paragraphs(samples.typical())
    assert (
        "本月开展宣传5场，发放宣传材料6份，悬挂张贴标语和推送信息4条，曝光典型案例2件。"
        "举办业务培训1场，参加38人次；召开领导小组会议和其他会议2次。"
        "各村报送零报告9份，既没有登记、排查也没有报送零报告的有1个村。"
    ) in text
    assert (
        "2026年第三季度村级考核结果已于2026年10月12日公布（更正版第1次），参评11个村"
        "（另有1个村没有整治对象，不参评），其中优秀8个村、良好2个村、合格1个村。"
        "得分最高的是俵口村、兴家坨村、大杨村等4个村（98.5分），最低的是石桥村（72分）。"
    ) in text


def test_an_empty_ledger_is_told_in_whole_sentences() -> None:
    text = paragraphs(samples.empty())
    assert text[2] == (
        "截至2026年10月31日，全镇没有列入台账的“散乱污”企业。"
        "本月没有新增企业；没有企业销号；没有企业回潮。"
    )
    for sentence in (
        "本月没有巡查和夜查记录。本月未发现违法生产。",
        "本月没有到期应完成整治的企业。截至2026年10月31日，没有超期未完成的企业，下月没有企业到期。"
        "本月没有办理延期；没有企业逾期转为关停取缔。",
        "本月没有组织联合执法。本月没有企业验收销号。",
        "本月没有现场处置；没有移送事项，没有收到反馈。本月没有制发文书，没有送达。",
        "本月没有到期应做的回头看；截至2026年10月31日，没有逾期未做的回头看。"
        "本月没有回头看记录。本月没有企业因回潮重新纳入整治；未发现原址再生和异地转移。",
        "台账中没有需要落实包保责任的企业。",
        "台账尚未登记出租厂房。",
        "本月没有收到举报投诉和上级交办事项。",
        "本月没有开展宣传活动，没有曝光典型案例。本月没有举办业务培训；没有召开专题会议。"
        "没有收到零报告，没有应报未报的村。",
        "本月未发现突出问题。",
        "没有未销号企业。",
        "本月没有补录。",
    ):
        assert sentence in text


def test_enforcement_papers_and_transfers_are_told_in_whole_sentences() -> None:
    text = paragraphs(samples.typical())
    at = text.index("（三）联合执法、移送与销号")
    assert text[at + 1 : at + 3] == [
        "本月组织联合执法2次，涉及企业2家，参加部门7次，出动21人次。本月销号4家，其中已取缔2家、"
        "已搬迁1家、已整改1家；本年累计销号28家。",
        "对现场发现的违法生产作出处置2件，超期未完成1件；移送有关机关处理3件，收到反馈2件，"
        "月末尚未反馈1件。本月制发文书9件，送达8件，其中公告送达1件。",
    ]
    assert not any("报区验收" in line for line in text[:60])


def test_what_the_county_accepted_is_told_where_it_accepts() -> None:
    text = paragraphs(samples.busy())
    at = text.index("（三）联合执法、移送与销号")
    assert "出动21人次。申请人民法院强制执行1件。" in text[at + 1]
    assert text[at + 2] == (
        "本月报区验收3件，区验收退回1件；镇验收销号4件，区验收销号0件，上级直接销号0件。"
    )


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_no_heading_stands_over_nothing(sample: str) -> None:
    kinds = [p.style.style_id for p in opened(samples.SAMPLES[sample]()).paragraphs]
    for here, after in pairwise(kinds):
        assert here != "Heading2" or after == "公文正文"
        assert here != "Heading1" or after in ("公文正文", "Heading2")


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_word_and_html_say_the_same_word_for_word(sample: str) -> None:
    report = samples.SAMPLES[sample]()
    said = paragraphs(report)
    body = said[said.index("一、总体情况") : said.index("附件1")]
    root = parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))
    prose = root.xpath('//section[@class="prose"]//*[self::h2|self::h3|self::p|self::figcaption]')
    assert [element.text_content() for element in prose] == body
    notes = said[said.index("二、口径") : said.index("三、勾稽")]
    headings = root.xpath('//section[@id="annex-3"]/*[self::h4|self::p]')
    words = [element.text_content() for element in headings]
    assert words[words.index("二、口径") : words.index("三、勾稽")] == notes


@pytest.mark.parametrize("sample", ["typical", "amended"])
def test_the_notes_on_the_data_are_the_same_in_both(sample: str) -> None:
    report = samples.SAMPLES[sample]()
    said = [text for text in paragraphs(report) if text.strip()]
    notes = said[said.index("附件3") + 2 : -1]
    root = parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))
    told = root.xpath('//section[@id="annex-3"]/*[self::h4|self::p]')
    assert [e.text_content() for e in told if e.text_content().strip()] == notes


def test_an_amended_edition_says_so_and_lists_every_number() -> None:
    report = samples.amended()
    assert report.edition is not None
    document = opened(report)
    said = [p.text for p in document.paragraphs]
    assert said[1] == "（更正版第1次，改动见附件3）"
    table = next(t for t in document.tables if t.rows[0].cells[1].text == "项目")
    assert column(table, 1) == [visible(what) for what, _, _ in report.edition.changes]
    assert column(table, 2) == ["1"] * len(report.edition.changes)
    assert report.provenance.anchor in said


def test_what_the_file_says_of_itself_reads_back_exactly() -> None:
    report = samples.amended()
    told = verifying.about(render_word(report, TEMPLATE), "docx")
    assert report.edition is not None
    assert told["文号"] == visible(report.edition.document_number)
    assert told["签发人"] == visible(report.edition.signer)
    assert (told["期间"], told["口径"], told["版次"]) == ("2026-10", "内部", "2")
    page = render_html(report, find(MONTHLY_HTML).decode()).encode()
    assert verifying.about(page, "html") == told


def test_the_anchors_code_is_a_drawing_and_no_bitmap() -> None:
    with zipfile.ZipFile(BytesIO(render_word(samples.amended(), TEMPLATE))) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert pictures == ["word/media/drawing1.emf"]
        assert archive.read(pictures[0])[40:44] == b" EMF"
        assert b'Extension="emf"' in archive.read("[Content_Types].xml") or (
            b"/word/media/drawing1.emf" in archive.read("[Content_Types].xml")
        )


@pytest.mark.parametrize("sample", ["typical", "empty", "busy"])
def test_no_tag_and_no_none_is_left_over(sample: str) -> None:
    document = opened(samples.SAMPLES[sample]())
    text = "".join(document.element.body.itertext())
    assert not any(left in text for left in ("{{", "{%", "None", "Undefined", "Entry("))


def test_the_last_line_names_the_ledgers_commit() -> None:
    last = paragraphs(samples.typical())[-1]
    assert last == f"本报告依据台账版本 {samples.COMMIT} 生成，程序版本 swm 0.1.0。"


def test_ties_show_both_sides_and_whether_they_hold() -> None:
    table = opened(samples.busy()).tables[TIES]
    torn = [[cell.text for cell in row.cells] for row in table.rows if row.cells[6].text == "不平"]
    assert torn == [["3", "未销号按状态", "未销号", "18", "各未销号状态之和", "17", "不平"]]


# --- The lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 60, 450])
def test_every_open_enterprise_is_listed_by_name(count: int) -> None:
    report = samples.busy(count)
    table = opened(report).tables[OPEN]
    assert column(table, 0) == [str(at) for at in range(1, count + 1)]
    assert column(table, 1) == [entry.id for entry in report.open_list]
    assert column(table, 2) == [entry.name for entry in report.open_list]
    overdue = {entry.id for entry in report.overdue_list}
    marked = {row.cells[1].text for row in table.rows if "超期" in row.cells[7].text}
    assert marked == overdue


def test_a_spliced_list_is_the_same_as_the_templates_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    looped = zipped.unpack(render_word(samples.hostile(), TEMPLATE))
    monkeypatch.setattr(wordtemplate, "LONG_LIST", 0)
    spliced = zipped.unpack(render_word(samples.hostile(), TEMPLATE))
    one, other = (
        canonicalize(looped.pop(wordtemplate.DOCUMENT)),
        canonicalize(spliced.pop(wordtemplate.DOCUMENT)),
    )
    assert one == other
    assert looped == spliced


@pytest.mark.parametrize("threshold", [0, 300])
def test_line_ends_and_tabs_survive_in_a_list(
    monkeypatch: pytest.MonkeyPatch, threshold: int
) -> None:
    monkeypatch.setattr(wordtemplate, "LONG_LIST", threshold)
    base = samples.typical()
    entry = base.open_list[0]._replace(note="一\r\n二\t三")
    table = opened(replace(base, open_list=(entry,))).tables[OPEN]
    assert table.rows[1].cells[7].text == "一\n二\t三"


def test_hostile_names_appear_exactly_everywhere() -> None:
    document = opened(samples.hostile())
    tables = document.tables
    for at in (OPEN, NEW, SUPPLEMENTS):
        assert column(tables[at], 2) == SEEN
    assert column(tables[VILLAGE], 1, head=3) == SEEN
    assert column(tables[TIES], 1) == SEEN
    text = [p.text for p in document.paragraphs]
    numbered = text[text.index("三、存在问题") + 1 : text.index("四、下一步工作")]
    assert [line.split("是", 1)[1] for line in numbered] == SEEN
    assert document.core_properties.title == "甲&<乙>镇2026年10月“散乱污”企业整治工作情况月报"


# --- How it looks -----------------------------------------------------------------------------


def test_pages_follow_the_standard() -> None:
    document = opened(samples.typical())
    portrait, landscape, *others = document.sections
    assert len(others) == 2
    for section in (portrait, *others):
        margins = section.top_margin, section.right_margin, section.bottom_margin
        for margin, wanted in zip(margins, (37, 26, 35), strict=True):
            assert abs(margin - Mm(wanted)) < Mm(0.1)
        assert abs(section.left_margin - Mm(28)) < Mm(0.1)
        assert abs(section.page_width - Mm(210)) < Mm(0.1)
    assert landscape.page_width > landscape.page_height
    width = landscape.page_width - landscape.left_margin - landscape.right_margin
    assert abs(width - Mm(225)) < Mm(0.5)
    for properties in document.element.body.iter(qn("w:sectPr")):
        grid = properties.find(qn("w:docGrid"))
        assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = document.styles["公文正文"].element
    assert body.find(f".//{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val")) == "-5"


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = opened(samples.typical())
    assert document.settings.odd_and_even_pages_header_footer
    first = document.sections[0]
    for footer, side in ((first.footer, "right"), (first.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "PAGE" in "".join(paragraph._p.itertext())


def test_every_style_names_its_fonts_and_no_theme_shows_through() -> None:
    parts = zipped.unpack(render_word(samples.typical(), TEMPLATE))
    for name in ("word/styles.xml", "word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        assert b"Theme" not in parts[name] and b"cstheme" not in parts[name]
    fonts = list(opened(samples.typical()).styles.element.iter(qn("w:rFonts")))
    slots = [qn(f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
    assert all(font.get(slot) for font in fonts for slot in slots)
    east = {font.get(qn("w:eastAsia")) for font in fonts}
    assert east == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_tables_have_real_widths_repeat_their_heads_and_tear_no_row(sample: str) -> None:
    for table in opened(samples.SAMPLES[sample]()).tables:
        grid = [int(col.get(qn("w:w"))) for col in table._tbl.tblGrid]
        assert min(grid) > 100
        for row in table._tbl.tr_lst:
            assert row.trPr.find(qn("w:cantSplit")) is not None
            spans = [(cell.width.twips, cell.grid_span) for cell in row.tc_lst]
            assert sum(span for _, span in spans) == len(grid)
            assert sum(width for width, _ in spans) == sum(grid)
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None


def test_the_village_table_fills_the_page_under_a_head_of_two_rows() -> None:
    report = samples.typical()
    table = opened(report).tables[VILLAGE]
    grid = [int(col.get(qn("w:w"))) for col in table._tbl.tblGrid]
    assert len(grid) == len(report.village_columns)
    assert TEXT_WIDTH - len(grid) <= sum(grid) <= TEXT_WIDTH
    heads = [row for row in table._tbl.tr_lst if row.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 2
    upper = [cell.text for cell in table.rows[0].cells]
    lower = [cell.text for cell in table.rows[1].cells]
    assert lower == [column.title for column in report.village_columns]
    assert upper == [column.group or column.title for column in report.village_columns]
    keys = [column.key for column in report.village_columns]
    for shown, row in zip(
        table.rows[2:], (report.village_total, *report.village_rows), strict=True
    ):
        assert [cell.text for cell in shown.cells] == [row.cells[key] for key in keys]


def test_the_signature_is_never_alone_on_a_page() -> None:
    document = opened(samples.typical())
    text = [p.text for p in document.paragraphs]
    last = text.index("俵口镇“散乱污”企业专项整治工作领导小组办公室")
    for paragraph in document.paragraphs[last - 4 : last + 1]:
        kept = paragraph._p.pPr.keepNext if paragraph._p.pPr is not None else None
        assert (kept is not None and kept.val) or paragraph.style.paragraph_format.keep_with_next
    assert text[last + 1] == "2026年10月31日"


# --- The chart and the file -------------------------------------------------------------------


def test_the_charts_are_native_and_bring_their_workbooks() -> None:
    document = opened(samples.typical())
    references = document.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
    )
    sheets = []
    for number, reference in enumerate(references, start=1):
        chart = document.part.related_parts[reference.get(qn("r:id"))]
        assert chart.partname == f"/word/charts/chart{number}.xml"
        (book,) = [relation.target_part for relation in chart.rels.values()]
        assert book.partname == f"/word/embeddings/chart{number}.xlsx"
        assert f'r:id="{next(iter(chart.rels))}"'.encode() in chart.blob
        workbook = fromstring(zipped.unpack(book.blob)["xl/workbook.xml"])
        sheets += [sheet.get("name") for sheet in workbook.iter() if sheet.tag.endswith("}sheet")]
    assert sheets == ["趋势", "各村"]


def test_a_village_chart_stands_where_there_are_villages_and_takes_the_next_number() -> None:
    both = paragraphs(samples.typical())
    assert "各村未销号和已销号的企业数见图2。" in both
    assert "图2　各村整治进展（单位：家）" in both
    alone = paragraphs(replace(samples.typical(), trend=()))
    assert "图1　各村整治进展（单位：家）" in alone
    many = paragraphs(replace(samples.typical(), village_others=OtherVillages(21, 9, 40)))
    assert (
        "未销号较多的12个村未销号和已销号的企业数见图2，其余21个村共未销号9家、已销号40家。" in many
    )
    assert not [line for line in paragraphs(samples.empty()) if "各村整治进展" in line]


def test_a_month_without_a_trend_has_no_chart() -> None:
    document = opened(samples.empty())
    assert not list(document.element.body.iter(qn("w:drawing")))
    assert not [p.text for p in document.paragraphs if "图1" in p.text]


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_the_archive_holds_no_time_and_deflates_nothing(sample: str) -> None:
    data = render_word(samples.SAMPLES[sample](), TEMPLATE)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.compress_type == zipfile.ZIP_STORED
        assert archive.namelist()[0] == "[Content_Types].xml"
    properties = docx.Document(BytesIO(data)).core_properties
    assert properties.created == properties.modified == datetime(2026, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Shanghai"), ("2", "America/New_York")])
def test_the_bytes_depend_on_nothing_but_report_and_template(seed: str, zone: str) -> None:
    here = hashlib.sha256(render_word(samples.hostile(), TEMPLATE)).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == here


# --- The template -----------------------------------------------------------------------------


@pytest.fixture
def make_monthly(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(PROJECT / "templates"))
    return import_module("make_monthly")


def test_the_template_is_what_its_script_makes(make_monthly: Any) -> None:
    made, kept = zipped.unpack(make_monthly.make()), zipped.unpack(TEMPLATE)
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


def template_of(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_an_offices_own_template_works_with_the_same_names() -> None:
    own = template_of("{{ 镇 }}：{{ 数字.本月新增 }}", "{%p for 项 in 新增名单 %}", "{{ 项.名称 }}",
                      "{%p endfor %}", "{{ 趋势图 }}")  # fmt: skip
    report = samples.typical()
    document = docx.Document(BytesIO(render_word(report, own)))
    lines = [p.text for p in document.paragraphs]
    assert lines[:4] == ["俵口镇：3家", *(entry.name for entry in report.new_list)]
    assert len(list(document.element.body.iter(qn("w:drawing")))) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ 数字.本月新曾 }}", "报告里没有“本月新曾”这一项"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{% if 镇 %}没有结尾", "有误"),
        ("{%p if 镇 %}会丢的文字", "文字会丢失"),
        ("｛｛ 镇 ｝｝", "全角花括号"),
        ("{{ '<b>'|safe }}", "没有“|safe”这种写法"),
        ("{{ 镇 ", "花括号没有配对"),
        ("{{ 各类 }}", "不是文字和数字"),
    ],
)
def test_a_broken_template_is_refused_instead_of_losing_text(line: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        render_word(samples.typical(), template_of(line, "后一段"))


@pytest.mark.parametrize("data", [b"", b"not a zip", zipped.pack({"a.txt": b"1"})])
def test_what_is_no_word_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unreadable, match="不是 Word 文档"):
        render_word(samples.typical(), data)
