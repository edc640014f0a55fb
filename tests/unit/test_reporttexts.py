"""What people write into a report: where it lies, what it may say, how it comes out."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import html as parsed

from swm.cli.reporttexts import drafted
from swm.domain.periods import Period, parse_period
from swm.domain.reporttexts import (
    ReportText,
    is_text,
    paragraphs,
    path_of,
    period_at,
    read_text,
)
from swm.errors import Unreadable
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find
from swm.render.word import render_word
from swm.reports.monthly import monthly
from swm.reports.values import Monthly
from swm.store.facts import Facts
from swm.store.yamlread import parse
from tests import histories
from tests.committed import Committed
from tests.data import monthly as samples

PATHS = {
    "2026-10": "月报/2026/10-文字.yaml",
    "2026-Q3": "月报/2026/Q3-文字.yaml",
    "2026": "月报/2026/年-文字.yaml",
    "2026-W41": "月报/2026/W41-文字.yaml",
    "2025-12-20..2026-01-10": "月报/2026/2025-12-20..2026-01-10-文字.yaml",
}
OCTOBER = PATHS["2026-10"]


def text_of(written: str, path: str = OCTOBER) -> ReportText:
    return read_text(parse(written.encode(), path), path)


def findings(written: str, path: str = OCTOBER) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        text_of(written, path)
    return [str(finding) for finding in refused.value.findings]


def lines(report: Monthly) -> list[str]:
    document = docx.Document(BytesIO(render_word(report, find(MONTHLY_WORD))))
    return [p.text for p in document.paragraphs if p.text]


def prose(report: Monthly) -> list[str]:
    root = parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))
    found = root.xpath('//section[@class="prose"]//*[self::h2|self::h3|self::p|self::figcaption]')
    return [each.text_content() for each in found]


@pytest.mark.parametrize(("code", "path"), PATHS.items())
def test_each_period_has_one_place(code: str, path: str) -> None:
    assert path_of(parse_period(code)) == path
    assert period_at(path) == code
    assert is_text(path)


@pytest.mark.parametrize(
    "path",
    [
        "月报/2026/13-文字.yaml",
        "月报/2026/9-文字.yaml",
        "月报/2026/Q5-文字.yaml",
        "月报/2026/十月-文字.yaml",
        "月报/2026/2025-12-01..2025-12-02-文字.yaml",
        "月报/2026/W54-文字.yaml",
        "月报/10-文字.yaml",
    ],
)
def test_another_name_is_none_of_ours(path: str) -> None:
    assert period_at(path) is None
    assert "文件名不是一个期间" in findings("期间: 2026-10\n", path)[0]


def test_a_town_that_cuts_its_months_has_the_same_places() -> None:
    assert path_of(Period.month(2026, 10, 25)) == OCTOBER


def test_what_a_file_may_say() -> None:
    text = text_of(
        "期间: 2026-10\n文号: 俵整〔2026〕8号\n总体情况:\n  - 甲。\n存在问题: [乙。, 丙。]\n"
    )
    assert (text.number, text.overview, text.problems) == (
        "俵整〔2026〕8号", ("甲。",), ("乙。", "丙。"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("期间: 2026-10\n存在问体: [甲]\n", "第2行“存在问体”：没有这个字段；是不是“存在问题”？"),
        ("期间: 2026-09\n", "第1行“期间”：写的是 2026-09，文件名却是 2026-10 的；改成 2026-10"),
        ("期间: 十月\n", "第1行“期间”：“十月”不是期间"),
        ("总体情况: [甲]\n", "“期间”：必须填写"),
        ("期间: 2026-10\n总体情况: 甲\n", "第2行“总体情况”：应为列表"),
        ("期间: 2026-10\n成文日期: 明天\n", "第2行“成文日期”：“明天”不是日期"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(written: str, told: str) -> None:
    assert told in findings(written)[0]


def test_several_lines_are_several_paragraphs() -> None:
    assert paragraphs(("甲。\n\n乙。", " ", "丙。")) == ("甲。", "乙。", "丙。")


def test_words_stand_after_their_section() -> None:
    text = ReportText(
        period="2026-10",
        overview=("总甲。",),
        patrols=("巡乙。",),
        scores=("考丙。",),
        note="联系人：镇环保办",
    )
    report = replace(samples.typical(), text=text)
    said = lines(report)
    assert said[said.index("二、工作开展情况") - 1] == "总甲。"
    assert said[said.index("（二）分类整治与限期") - 1] == "巡乙。"
    assert said[said.index("三、存在问题") - 1] == "考丙。"
    assert said[said.index("附件1") - 1] == "（联系人：镇环保办）"
    body = said[said.index("一、总体情况") : said.index("附件1")]
    assert prose(report) == body


def test_a_report_reads_the_words_into_its_value(tmp_path: Path) -> None:
    snapshot = Committed(tmp_path, histories.settings_text()).commit({})
    text = ReportText(period="2026-10", problems=("甲。\n乙。",), next_steps=("丙。",))
    facts, october = Facts.of(snapshot), Period.month(2026, 10)

    def report(written: ReportText | None) -> Monthly:
        return monthly(
            facts, snapshot.settings, snapshot.policy, october, snapshot.commit, "1.0", text=written
        )

    assert report(text).problems == ("甲。", "乙。")
    assert report(text).next_steps == ("丙。",)
    bare = report(ReportText(period="2026-10", overview=("总。",)))
    assert bare.problems == report(None).problems


def test_hostile_words_come_out_exactly() -> None:
    hostile = (*samples.HOSTILE, *samples.UNSEEN)
    seen = [*samples.HOSTILE, *samples.UNSEEN.values()]
    text = ReportText(period="2026-10", overview=tuple(hostile), note="&<b>{{ 1 }}", to="]]>&")
    report = replace(samples.typical(), text=text)
    for said in (lines(report), prose(report)):
        at = said.index("二、工作开展情况")
        assert said[at - len(seen) : at] == seen
        assert "（&<b>{{ 1 }}）" in said
    assert "]]>&：" in lines(report)


def test_upwards_people_and_phones_are_veiled_in_what_people_wrote() -> None:
    words = ("臧庚火反映，电话13800000000。",)
    text = ReportText(period="2026-10", overview=words, problems=words)
    base = replace(samples.busy(), text=text, problems=words, people=frozenset({"臧庚火"}))
    said = "".join(lines(base))
    assert "臧某某反映，电话138****0000。" in said
    assert "臧庚火" not in said and "13800000000" not in said
    inside = replace(base, audience="内部", people=frozenset())
    assert "".join(lines(inside)).count(words[0]) == 2


def test_the_draft_is_what_the_report_would_say_and_reads_back() -> None:
    storable = [text for text in samples.HOSTILE if "\ue863" not in text]
    nasty = (*storable, "两行\n一句", "- 像列表", "键: 值", "# 像注释", "no", "1:30", "零\u200b宽")
    report = replace(samples.typical(), problems=nasty, next_steps=("乙。",))
    draft = drafted(report)
    text = text_of(draft)
    assert (text.problems, text.next_steps) == (nasty, ("乙。",))
    bare = replace(text, problems=(), next_steps=())
    assert bare == ReportText(period="2026-10")
    assert "# 文号: " in draft and "# 村级考核:  # " in draft


def test_what_the_draft_leaves_as_a_comment_can_be_taken_as_it_stands() -> None:
    draft = drafted(samples.typical())
    wanted = [line.removeprefix("# ") for line in draft.splitlines()[3:]]
    text = text_of("\n".join(wanted) + "\n")
    assert text.number == "俵整〔2026〕8号"
    assert text.patrols == ("写一段文字。",)
