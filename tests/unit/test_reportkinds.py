"""Reports on weeks, quarters, years and ranges: each speaks of its own period, truly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import html as parsed

from swm.domain.periods import MONTH, QUARTER, WEEK, YEAR, Period
from swm.domain.periodwords import days_of, heading_of, last_finished, whole_months, words_of
from swm.render.figures import report_document
from swm.render.html import render_html
from swm.render.monthly import context
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find
from swm.render.word import render_word
from swm.reports.values import Figure, Monthly
from tests.data import monthly as samples
from tests.unit.test_monthly import Town, played

OTHERS = {
    "本周": Period.week(date(2026, 10, 8)),
    "本季度": Period.quarter(2026, 3),
    "本年": Period.year(2025),
    "本期": Period.range(date(2026, 10, 1), date(2026, 10, 15)),
}
OF_A_MONTH = ("本月", "上月", "往月", "月报", "月末")
"""What no report on another period may say."""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def sample(name: str, period: Period) -> Monthly:
    """A sample report as if it were on another period."""
    made = samples.SAMPLES[name]()
    return replace(made, period=period, problems=("甲。",), next_steps=("乙。",))


def words_in_word(report: Monthly) -> str:
    document = docx.Document(BytesIO(render_word(report, find(MONTHLY_WORD))))
    return "".join(document.element.body.itertext())


def prose(report: Monthly) -> list[str]:
    root = parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))
    return [p.text_content() for p in root.xpath('//section[@class="prose"]//p')]


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period.month(2026, 10), "本月 上月 月末 往月 下月 月报"),
        (Period.quarter(2026, 3), "本季度 上季度 季末 往期 下月 季报"),
        (Period.year(2026), "本年 上年 年末 往期 下月 年报"),
        (Period.week(date(2026, 10, 8)), "本周 上周 期末 往期 下月底前 周报"),
        (Period.range(date(2026, 10, 1), date(2026, 10, 15)), "本期 上期 期末 往期 下月底前 专报"),
        (Period.range(date(2026, 10, 1), date(2026, 10, 31)), "本期 上期 期末 往期 下月 专报"),
        (Period.month(2026, 10, 25), "本月 上月 月末 往月 下月 月报"),
    ],
)
def test_each_kind_has_its_words(period: Period, told: str) -> None:
    words = words_of(period)
    said = (words.this, words.last, words.close, words.earlier, words.coming, words.paper)
    assert " ".join(said) == told


def test_a_figures_name_is_shown_with_the_periods_own_word() -> None:
    quarter, week = words_of(Period.quarter(2026, 3)), words_of(OTHERS["本周"])
    assert quarter.told("本月销号·已取缔") == "本季度销号·已取缔"
    assert quarter.told("下月到期") == "下月到期"
    assert week.told("下月到期") == "下月底前到期"
    assert week.told("往月补录列入") == "往期补录列入"
    assert words_of(Period.month(2026, 10)).told("本月新增") == "本月新增"


def test_a_title_leaves_a_weeks_days_to_the_line_below() -> None:
    week, cut = OTHERS["本周"], Period.month(2026, 10, 25)
    assert (heading_of(week), days_of(week)) == ("2026年第41周", "2026年10月5日至10月11日")
    assert (heading_of(cut), days_of(cut)) == ("2026年10月", "2026年9月26日至10月25日")
    for period in (Period.month(2026, 10), OTHERS["本季度"], OTHERS["本期"]):
        assert (heading_of(period), days_of(period)) == (period.title, "")


@pytest.mark.parametrize(
    ("kind", "cutoff", "code"),
    [
        (MONTH, None, "2026-10"),
        (MONTH, 25, "2026-11"),
        (QUARTER, None, "2026-Q3"),
        (YEAR, None, "2025"),
        (WEEK, None, "2026-W47"),
    ],
)
def test_the_last_period_that_is_over(kind: str, cutoff: int | None, code: str) -> None:
    assert last_finished(kind, date(2026, 11, 26), cutoff).code == code


def test_in_january_the_last_quarter_and_month_are_the_old_years() -> None:
    day = date(2027, 1, 1)
    assert last_finished(QUARTER, day, None).code == "2026-Q4"
    assert last_finished(MONTH, day, None).code == "2026-12"
    assert last_finished(YEAR, day, None).code == "2026"


@pytest.mark.parametrize("name", ["busy", "empty"])
@pytest.mark.parametrize("this", OTHERS)
def test_no_report_on_another_period_speaks_of_a_month(this: str, name: str) -> None:
    report = sample(name, OTHERS[this])
    page = parsed.document_fromstring(render_html(report, find(MONTHLY_HTML).decode()))
    for script in page.xpath("//script|//style"):
        script.getparent().remove(script)
    for said in (words_in_word(report), page.text_content()):
        assert this in said and words_of(report.period).paper in said
        assert [word for word in OF_A_MONTH if word in said] == []


@pytest.mark.parametrize("this", OTHERS)
def test_word_and_html_say_the_same_on_every_period(this: str) -> None:
    report = sample("busy", OTHERS[this])
    lines = [
        p.text for p in docx.Document(BytesIO(render_word(report, find(MONTHLY_WORD)))).paragraphs
    ]
    body = [line for line in lines if line]
    assert [line for line in prose(report) if line not in body] == []


def test_a_quarter_is_compared_with_the_quarter_before() -> None:
    text = prose(sample("typical", OTHERS["本季度"]))
    assert "本季度新增3家，较上季度增加1家；销号4家，与上季度持平；" in text[0]
    assert any(line.startswith("本季度开展巡查17次，较上季度增加2次、增长13.3%，") for line in text)


def test_what_is_owed_by_the_month_is_left_out_of_a_week(town: Town) -> None:
    week, month = (town.report(played(), OTHERS["本周"]), town.report({}))
    for report, told in ((week, False), (month, True)):
        names = [each["键"] for each in context(report)["各指标"]]
        assert ("应报未报" in names) is told
        assert any("零报告" in line for line in prose(report)) is told
        assert any("夜查" in line and "要求" in line for line in report.problems) is told
    assert not whole_months(week.period)
    assert set(report_document(week)["数字"]) == set(report_document(month)["数字"])


@pytest.mark.parametrize("this", OTHERS)
def test_drafts_speak_of_the_period_and_never_of_a_month(town: Town, this: str) -> None:
    report = town.report(played(), OTHERS[this] if this != "本年" else Period.year(2026))
    said = "".join(report.problems + report.next_steps)
    assert "本月" not in said and "上月" not in said
    assert all(tie.holds for tie in report.ties)


def test_a_week_within_a_month_has_a_trend_of_whole_months_before(town: Town) -> None:
    report = town.report(played(), OTHERS["本周"])
    assert report.trend[-1].label == "9月"
    assert "此前9个月未销号、当月销号和当月新增的企业数见图1。" in prose(report)
    first = town.report({}, Period.week(date(2026, 1, 7)))
    assert first.trend == ()


def test_a_quarter_ends_the_trend_with_its_own_last_month(town: Town) -> None:
    report = town.report(played(), OTHERS["本季度"])
    assert report.trend[-1].label == "9月"
    assert any(line.startswith("近9个月") for line in prose(report))


def test_a_year_does_not_tell_its_own_sum_twice() -> None:
    said = "".join(prose(sample("typical", OTHERS["本年"])))
    assert "本年累计" not in said
    assert "本年销号4家" in said


def test_with_nothing_before_the_sentence_still_reads(town: Town) -> None:
    text = prose(town.report(played(), Period.quarter(2026, 1)))
    assert "较上季度" not in "".join(text) and "同期" not in "".join(text)
    assert "本季度新增3家；没有企业销号；没有企业回潮。" in text[0]


def test_last_year_is_told_in_a_sentence_of_its_own() -> None:
    base = sample("typical", Period.month(2026, 10))
    before = {"未销号": 24, "本月新增": 3, "本月销号": 0, "巡查次数": 16}
    figures = base.figures | {
        name: replace(base.figures[name], last_year=value) for name, value in before.items()
    }
    text = prose(replace(base, figures=figures))
    assert text[1] == (
        "与上年同期相比，未销号企业减少6家、下降25.0%，新增企业持平，销号企业增加4家，"
        "巡查增加1次、增长6.3%。"
    )


@pytest.mark.parametrize(
    ("value", "base", "told"),
    [
        (5, None, ""),
        (5, 5, "持平"),
        (0, 0, "持平"),
        (3, 0, "增加3家"),
        (2, 9, "减少7家"),
        (0, 10, "减少10家、下降100.0%"),
        (12, 10, "增加2家、增长20.0%"),
        (17, 15, "增加2家、增长13.3%"),
        (30001, 30000, "增加1家"),
    ],
)
def test_a_change_in_words(value: int, base: int | None, told: str) -> None:
    assert Figure("底数", "家", (), value).against(base) == told
