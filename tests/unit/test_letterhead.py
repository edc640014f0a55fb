"""The head and foot of a report: red head, number, signer, addressee, imprint, marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html as parsed

from swm.domain.reportstyle import ReportStyle
from swm.domain.reporttexts import ReportText
from swm.domain.settings import read_settings
from swm.errors import Unreadable
from swm.render.html import render_html
from swm.render.letterhead import red_head
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find
from swm.render.word import render_word
from swm.reports.values import Monthly
from swm.store.yamltext import parse
from tests.data import monthly as samples
from tests.unit.test_settings import TEXT

OFFICE = "俵口镇“散乱污”企业专项整治工作领导小组办公室"


def opened(report: Monthly) -> Any:
    return docx.Document(BytesIO(render_word(report, find(MONTHLY_WORD))))


def page(report: Monthly) -> Any:
    return parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))


def styled(document: Any, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def red(signer: str | None = None, copies: str | None = "区生态环境局") -> Monthly:
    style = ReportStyle(head="红头", mark=("俵口镇人民政府文件",), signer=signer, copies=copies)
    text = ReportText(period="2026-10", number="俵政〔2026〕8号", dated=date(2026, 11, 3))
    return replace(samples.typical(), style=style, text=text, audience="上报")


def test_without_settings_a_report_has_no_red_head_and_no_imprint() -> None:
    document = opened(samples.typical())
    assert styled(document, "公文标题") == ["俵口镇2026年10月\n“散乱污”企业整治工作情况月报"]
    assert not any(
        p.style.name.startswith(("红头", "发文", "上行", "版记")) for p in document.paragraphs
    )
    assert not page(samples.typical()).xpath('//*[@class="imprint" or contains(@class, "red")]')


def test_a_red_head_has_its_mark_number_and_rule_in_red() -> None:
    document = opened(red())
    assert styled(document, "红头大") == ["俵口镇人民政府文件"]
    assert styled(document, "发文字号") == ["俵政〔2026〕8号"]
    mark, number = (document.styles[name].element for name in ("红头大", "发文字号"))
    assert mark.find(f".//{qn('w:color')}").get(qn("w:val")) == "FF0000"
    assert mark.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "方正小标宋简体"
    rule = number.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule.get(qn("w:color")) == "FF0000"
    html = page(red())
    assert html.xpath('string(//div[contains(@class, "red")])') == "俵口镇人民政府文件"
    assert html.xpath('string(//p[@class="number"])') == "俵政〔2026〕8号"


def test_a_paper_that_goes_up_has_its_number_left_and_its_signer_right() -> None:
    document = opened(red("许建国"))
    (line,) = [p for p in document.paragraphs if p.style.name == "上行文号"]
    assert line.text == "　俵政〔2026〕8号\t签发人：许建国"
    assert line.runs[-1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"
    assert styled(document, "发文字号") == []
    (number,) = page(red("许建国")).xpath('//p[@class="number up"]')
    assert [span.text_content() for span in number.xpath("./span")] == [
        "俵政〔2026〕8号", "签发人：许建国",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "size"),
    [
        (("俵口镇人民政府文件",), "大"),
        (("天津市宁河区俵口镇人民政府",), "中"),
        (("俵口镇“散乱污”企业专项整治", "工作领导小组办公室文件"), "小"),
        (("天津市宁河区俵口镇“散乱污”企业专项整治文件",), "特小"),
    ],
)
def test_the_longer_the_mark_the_smaller(mark: tuple[str, ...], size: str) -> None:
    style = ReportStyle(head="红头", mark=mark)
    assert red_head(style, None, "俵口镇")["大小"] == size
    document = opened(replace(red(), style=style))
    assert styled(document, f"红头{size}") == list(mark)


def test_the_imprint_says_who_gets_it_and_who_issued_it_when() -> None:
    rows = [[cell.text for cell in row.cells] for row in opened(red()).tables[-1].rows]
    assert rows == [["抄送：区生态环境局。"] * 2, [OFFICE, "2026年11月3日印发"]]
    alone = [[cell.text for cell in row.cells] for row in opened(red(copies=None)).tables[-1].rows]
    assert alone == [[OFFICE, "2026年11月3日印发"]]
    imprint = page(red()).xpath('//div[@class="imprint"]/div')
    assert [line.text_content() for line in imprint] == [
        "抄送：区生态环境局。", f"{OFFICE}2026年11月3日印发",
    ]  # fmt: skip


def test_addressee_signature_and_date_are_the_offices_own() -> None:
    style = ReportStyle(to="区指挥部办公室", signature="俵口镇人民政府")
    text = ReportText(period="2026-10", dated=date(2026, 11, 3))
    document = opened(replace(samples.typical(), style=style, text=text))
    assert styled(document, "主送机关") == ["区指挥部办公室："]
    assert styled(document, "公文署名") == ["俵口镇人民政府"]
    assert styled(document, "公文成文日期") == ["2026年11月3日"]
    own = replace(text, to="区生态环境局")
    assert styled(opened(replace(samples.typical(), style=style, text=own)), "主送机关") == [
        "区生态环境局："
    ]


def test_the_signature_stays_with_what_stands_before_it() -> None:
    text = ReportText(period="2026-10", note="联系人：镇环保办")
    document = opened(replace(samples.typical(), text=text))
    signed = [p for p in document.paragraphs if p.style.name in ("公文署名", "公文成文日期")]
    kept = [
        p.paragraph_format.keep_with_next or p.style.paragraph_format.keep_with_next for p in signed
    ]
    assert kept == [True, True]


@pytest.mark.parametrize(("audience", "mark"), [("内部", "内部资料　注意保存"), ("上报", "")])
def test_what_stays_inside_says_so_on_every_page(audience: str, mark: str) -> None:
    report = replace(samples.typical(), audience=audience)
    document = opened(report)
    for section in document.sections:
        assert section.header.paragraphs[0].text == mark
        assert section.even_page_header.paragraphs[0].text == mark
    marks = [p.text_content() for p in page(report).xpath('//p[@class="mark"]')]
    assert marks == ([mark] if mark else [])


@pytest.mark.parametrize("value", ["甲&乙<b>", "{{ 7*7 }}", "{%p if x %}", "左\u202e右"])
def test_hostile_settings_come_out_as_text(value: str) -> None:
    seen = value.replace("\u202e", "<U+202E>")
    style = ReportStyle(head="红头", mark=(value,), signer=value, copies=value, signature=value)
    report = replace(red(), style=style)
    document = opened(report)
    assert seen in [p.text for p in document.paragraphs if p.style.name.startswith("红头")]
    assert styled(document, "公文署名") == [seen]
    assert page(report).xpath('string(//div[contains(@class, "red")])') == seen


def test_the_settings_are_read_strictly() -> None:
    told = "月报:\n  版头: 红头\n  发文机关标志: [俵口镇人民政府文件]\n  公示反馈: 电话 010-1\n"
    style = read_settings(parse((TEXT + told).encode(), "swm.yaml")).style
    assert style is not None and style.red and style.mark == ("俵口镇人民政府文件",)
    with pytest.raises(Unreadable) as refused:
        read_settings(parse((TEXT + "月报:\n  版头: 绿头\n").encode(), "swm.yaml"))
    assert "可选：普通、红头" in str(refused.value.findings[0])
