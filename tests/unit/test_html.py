"""The monthly report as HTML: whole, offline, exact whatever the names are."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import html as parsed
from lxml.html import HtmlElement

from swm.errors import Unreadable
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, find
from swm.reports.values import Monthly
from tests.data import monthly as samples

TEMPLATE = find(MONTHLY_HTML).decode()
PROJECT = Path(__file__).resolve().parents[2]
RENDER = """
import hashlib
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, find
from tests.data import monthly
page = render_html(monthly.hostile(), find(MONTHLY_HTML).decode())
print(hashlib.sha256(page.encode()).hexdigest())
"""


def page(report: Monthly) -> HtmlElement:
    return parsed.document_fromstring(render_html(report, TEMPLATE))


def text_of(element: HtmlElement) -> str:
    return str(element.text_content())


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_nothing_is_fetched_and_one_known_script_runs(sample: str) -> None:
    root = page(samples.SAMPLES[sample]())
    (script,) = root.iter("script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    (policy,) = root.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}'" in policy
    assert not root.xpath("//@src | //link | //iframe | //object | //base | //form")
    assert not [name for name in root.xpath("//@*") if name.attrname.startswith("on")]
    assert all(target.startswith("#") for target in root.xpath("//@href"))


@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_every_link_leads_to_one_place(sample: str) -> None:
    root = page(samples.SAMPLES[sample]())
    places = root.xpath("//@id")
    assert len(places) == len(set(places))
    assert {target[1:] for target in root.xpath("//a/@href")} <= set(places)


@pytest.mark.parametrize("sample", ["typical", "empty", "busy"])
def test_no_tag_and_no_none_is_left_over(sample: str) -> None:
    text = render_html(samples.SAMPLES[sample](), TEMPLATE)
    body = text[text.index("<body>") : text.index("<script>")]
    assert not any(left in body for left in ("{{", "{%", "None", "nan", "Undefined", "()"))


@pytest.mark.parametrize("sample", ["typical", "busy"])
def test_every_number_opens_the_records_behind_it(sample: str) -> None:
    report = samples.SAMPLES[sample]()
    root = page(report)
    for name, figure in report.figures.items():
        (target,) = root.xpath(f'//*[@id="list-{name}"]')
        assert target.getparent().tag == "details"
        rows = target.xpath(".//tbody/tr")
        assert [text_of(row[1]) for row in rows] == [entry.id for entry in figure.entries]
        assert [text_of(row[2]) for row in rows] == [entry.name for entry in figure.entries]


def test_the_headline_numbers_stand_on_top_with_their_links() -> None:
    tiles = page(samples.typical()).xpath('//nav//*[contains(@class, "tile")]')
    words = [" ".join(part for part in tile.itertext()) for tile in tiles]
    assert words == [
        "底数 41 家 较上月增加2家",
        "未销号 18 家 较上月减少1家",
        "本月新增 3 家 较上月增加1家",
        "本月销号 4 家 与上月持平",
        "超期 2 家 较上月减少1家",
        "完成率 56.1% 已销号占底数",
    ]


def test_every_open_enterprise_is_listed_and_the_overdue_are_marked() -> None:
    report = samples.busy(60)
    rows = page(report).xpath('//section[@id="annex-2"]/details[1]//tbody/tr')
    assert [text_of(row[2]) for row in rows] == [entry.name for entry in report.open_list]
    late = {text_of(row[1]) for row in rows if row.get("class") == "late"}
    assert late == {entry.id for entry in report.overdue_list} != set()
    assert all("超期" in text_of(row[7]) for row in rows if row.get("class") == "late")


def test_hostile_names_appear_exactly_and_only_as_text() -> None:
    source = render_html(samples.hostile(), TEMPLATE)
    root = parsed.document_fromstring(source)
    seen = [*samples.HOSTILE, *samples.UNSEEN.values()]
    rows = root.xpath('//section[@id="annex-2"]/details[1]//tbody/tr')
    assert [text_of(row[2]) for row in rows] == seen
    assert [text_of(row[3]) for row in rows] == seen
    villages = root.xpath('//table[@class="village"]/tbody/tr')[1:]
    assert [text_of(row[1]) for row in villages] == seen
    assert len(list(root.iter("script"))) == 1
    assert not set(map(ord, source)) & {0x202E, 0x200B, 7, 12, 27, 0xD800, 0xFFF9}


def test_the_standard_librarys_parser_reads_the_same_names() -> None:
    collector = Cells()
    collector.feed(render_html(samples.hostile(), TEMPLATE))
    assert {*samples.HOSTILE, *samples.UNSEEN.values()} <= set(collector.cells)


def test_the_village_table_has_two_head_rows_and_the_total_first() -> None:
    report = samples.typical()
    (table,) = page(report).xpath('//table[@class="village"]')
    upper, lower = table.xpath("./thead/tr")
    spans = sum(int(cell.get("colspan", "1")) for cell in upper)
    assert spans == len(report.village_columns)
    titles = {int(c.get("data-at")): text_of(c) for c in (*upper, *lower) if c.get("data-at")}
    assert titles == dict(enumerate(column.title for column in report.village_columns))
    rows = table.xpath("./tbody/tr")
    assert rows[0].get("class") == "total" and text_of(rows[0][1]) == "合计"
    for shown, row in zip(rows, (report.village_total, *report.village_rows), strict=True):
        keys = [column.key for column in report.village_columns]
        assert [text_of(cell) for cell in shown] == [row.cells[key] for key in keys]


def test_a_tie_that_does_not_hold_is_said_and_shown() -> None:
    balanced, torn = page(samples.typical()), page(samples.busy())
    assert "各项勾稽全部平衡。" in text_of(balanced)
    assert not balanced.xpath('//td[@class="bad"]')
    assert "有1项勾稽不平，原因须先查清并书面说明。" in text_of(torn)
    assert [text_of(cell) for cell in torn.xpath('//td[@class="bad"]')] == ["不平"]


def test_the_last_line_names_the_ledgers_commit() -> None:
    last = page(samples.typical()).xpath("//main/*[last()]")[0]
    assert text_of(last) == f"本报告依据台账版本 {samples.COMMIT} 生成，程序版本 swm 0.1.0。"


def test_upwards_the_categories_have_the_names_used_upwards() -> None:
    inside, upwards = text_of(page(samples.typical())), text_of(page(samples.busy()))
    assert "搬迁改造18家" in inside and "整合搬迁类" not in inside
    assert "整合搬迁类18家" in upwards


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Shanghai"), ("2", "America/New_York")])
def test_the_page_depends_on_nothing_but_the_report(seed: str, zone: str) -> None:
    here = hashlib.sha256(render_html(samples.hostile(), TEMPLATE).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == here


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ 数字.本月新曾 }}", "报告里没有“本月新曾”这一项"),
        ("甲\n{% if 镇 %}", "第2行"),
        ("{{ ''.__class__ }}", "__class__"),
    ],
)
def test_a_broken_template_is_told_to_the_person_who_edits_it(template: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        render_html(samples.typical(), template)
    assert "templates/月报.html.j2" in caught.value.hint


class Cells(HTMLParser):
    """The text of every table cell, read without lxml."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.inside = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data
