"""The monthly report as a value: comparisons, the village table, 勾稽, and its sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from swm.domain.periods import Period
from swm.errors import Unreadable
from swm.reports import drafts
from swm.reports.monthly import INTERNAL, UPWARD, monthly
from swm.reports.values import Monthly
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.filed import (
    Files,
    act,
    day,
    delisted,
    firm,
    letter,
    opening,
    order,
    registered,
    visit,
    yard,
)
from tests.unit.test_figures import PROMISED

OCTOBER = Period.month(2026, 10)


def played() -> Files:
    """A small town with something in every corner of the report."""
    return (
        firm("BK-0001", opening("已取缔", 销号日期=day("2018-05-01")), 村="白庙村")
        | firm("BK-0002", registered("03-02"), order("03-05", "09-20", "03-05"))
        | firm("BK-0003", registered("10-03", "关停取缔"), visit("10-03", "夜查", "在产"))
        | firm("BK-0004", registered("08-02"), order("08-05", "10-20", "08-05"), delisted("10-12"))
        | firm("BK-0005", registered("09-29"), order("10-02", "12-01"))
        | firm("BK-0006", registered("10-05", None, "群众举报"), visit("10-07", "核查", "在产"))
        | firm("BK-0007", registered("09-02") | {"录入": day("10-08")}, 村="白庙村")
        | firm(
            "BK-0008",
            registered("03-02"),
            delisted("05-05", "待整治"),
            visit("10-09", "回头看", "在产"),
            act("10-10", "回潮", "已搬迁", "待整治", 类别="关停取缔"),
        )
        | firm(
            "BK-0009", registered("03-02"), act("10-30", "核减", "待整治", "已核减", 事由="误登记")
        )
        | yard("CF-0001")
        | yard("CF-0002", letter(1, "02-01", "11-15"))
    )


class Town:
    """Reports of files committed in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.ledger = Committed(root, histories.settings_text())

    def report(self, files: Files, period: Period = OCTOBER, audience: str = UPWARD) -> Monthly:
        snapshot = self.ledger.commit(files)
        return monthly(
            Facts.of(snapshot),
            snapshot.settings,
            snapshot.policy,
            period,
            snapshot.commit,
            "1.0",
            audience,
        )


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_the_report_holds_every_promised_figure_and_its_own_commit(town: Town) -> None:
    report = town.report(played())
    assert set(PROMISED) <= set(report.figures)
    assert (report.town, report.county, report.program) == ("俵口镇", "宁河区", "1.0")
    assert re.fullmatch(r"[0-9a-f]{40}", report.version)
    assert report.version.startswith(report.version_short)


def test_the_same_commit_gives_the_same_report(town: Town) -> None:
    first = town.report(played())
    snapshot = town.ledger.commit({})
    facts = Facts.of(snapshot)
    again = monthly(
        facts, snapshot.settings, snapshot.policy, OCTOBER, first.version, "1.0", UPWARD
    )
    assert again == first


def test_figures_are_compared_with_the_last_month_the_year_and_the_beginning(town: Town) -> None:
    report = town.report(played())
    stock, new = report.figures["底数"], report.figures["本月新增"]
    assert (stock.value, stock.previous, stock.change) == (7, 7, 0)
    assert (stock.year, stock.ever, stock.last_year) == (None, None, None)
    assert (new.value, new.previous, new.year, new.ever) == (1, 2, 7, 7)
    assert report.figures["待整治"].value == 3


def test_before_the_ledger_begins_there_is_nothing_to_compare_with(town: Town) -> None:
    report = town.report(played(), Period.month(2026, 1))
    assert report.figures["底数"].previous is None
    assert report.figures["底数"].trend == "—"
    assert len(report.trend) == 1


def test_where_nothing_can_be_kept_the_report_is_the_same(town: Town) -> None:
    first = town.report(played())
    cache = town.ledger.root / ".git" / "swm" / "cache"
    for file in cache.iterdir():
        file.unlink()
    cache.rmdir()
    cache.write_text("a file in the way")
    again = town.report({})
    assert again.figures == first.figures


def test_rates_are_recomputed_from_their_parts(town: Town) -> None:
    rates = town.report(played()).rates
    assert (rates["完成率"].part, rates["完成率"].whole) == (2, 7)
    assert rates["完成率"].text == "28.6%"
    assert rates["按期完成率"].text == "100.0%"
    assert rates["签订率"].text == "50.0%"


def test_everything_ties(town: Town) -> None:
    ties = {tie.name: tie for tie in town.report(played()).ties}
    assert set(ties) == {"底数变动", "未销号", "分状态", "分类别", "分村", "分行业"}
    assert all(tie.holds for tie in ties.values())
    assert "往月列入1家" in ties["底数变动"].right


def test_the_opening_month_ties_with_the_opening_list(town: Town) -> None:
    report = town.report(played(), Period.month(2026, 1))
    assert report.figures["期初建账"].value == 1
    assert all(tie.holds for tie in report.ties)


def test_the_village_table_has_a_row_a_village_zeros_included(town: Town) -> None:
    report = town.report(played())
    rows = {row.cells["村"]: row.cells for row in report.village_rows}
    assert list(rows) == ["俵口村", "兴家坨村", "白庙村", "空村"]
    keys = [column.key for column in report.village_columns]
    assert all(set(keys) <= set(cells) for cells in rows.values())
    assert rows["空村"]["底数"] == "0"
    assert rows["空村"]["完成率"] == "—"
    assert (rows["白庙村"]["底数"], rows["白庙村"]["累计完成"]) == ("2", "1")
    assert rows["白庙村"]["关停取缔·完成率"] == "100.0%"
    assert rows["俵口村"]["备注"] == "待核查1家"
    total = report.village_total
    assert total.total
    assert (total.cells["村"], total.cells["排查总数"], total.cells["底数"]) == ("合计", "8", "7")
    assert total.cells["完成率"] == report.rates["完成率"].text


def test_categories_go_by_the_name_that_the_reader_uses(town: Town) -> None:
    upward = town.report(played())
    inside = town.report({}, audience=INTERNAL)
    groups = {column.group for column in upward.village_columns}
    assert groups == {"", "关停取缔类", "整合搬迁类", "升级改造类"}
    assert {c.group for c in inside.village_columns} == {"", "关停取缔", "搬迁改造", "限期整改"}
    assert [name for name, *_ in upward.categories] == ["关停取缔", "搬迁改造", "限期整改", "待定"]


def test_the_lists_go_village_by_village(town: Town) -> None:
    report = town.report(played())
    assert [(e.village, e.id) for e in report.open_list] == [
        ("俵口村", "BK-0002"),
        ("俵口村", "BK-0003"),
        ("俵口村", "BK-0005"),
        ("俵口村", "BK-0008"),
        ("白庙村", "BK-0007"),
    ]
    assert [e.id for e in report.overdue_list] == ["BK-0002"]
    assert [e.id for e in report.new_list] == ["BK-0003"]
    assert [e.id for e in report.delisted_list] == ["BK-0004"]
    assert [e.id for e in report.supplements] == ["BK-0007"]
    assert dict(report.villages_open) == {"俵口村": 4, "白庙村": 1, "兴家坨村": 0, "空村": 0}


def test_the_trend_ends_with_the_month_itself(town: Town) -> None:
    trend = town.report(played()).trend
    assert [point.label for point in trend] == [f"{month}月" for month in range(1, 11)]
    assert (trend[-1].open, trend[-1].delisted, trend[-1].new) == (5, 1, 1)


def test_problems_and_next_steps_are_full_sentences_with_the_numbers_in_place(town: Town) -> None:
    report = town.report(played())
    said = report.problems + report.next_steps
    assert all(sentence.endswith("。") and len(sentence) > 12 for sentence in said)
    text = "".join(said)
    for expected in (
        "超期未完成整治的企业有1家（俵口村），已超期41天。",
        "限期文书已经作出但尚未送达的企业有1家",
        "列入满30日仍未下达整治期限的企业有1家（白庙村）；",
        "比每月4次的要求少3次",
        "违法生产2家次中，有2家次没有通知派出所的记录",
        "应签保证书的厂房中有1处没有有效的保证书",
        "对30日内到期的1份保证书提前办理续签",
    ):
        assert expected in text
    assert not re.search(r"检查|责令|强制", text)


def test_problems_and_next_steps_never_come_to_more_than_ten_points_each(town: Town) -> None:
    report = town.report(played())
    worst = dict.fromkeys(report.figures, 3) | {"夜查次数": 0, "宣传": 0, "培训": 0}
    worst |= {"按期完成": 1, "举报按期办结": 1}
    worst |= {f"违法生产·{told}": 0 for told in ("通知派出所", "报告主要领导")}
    entries = tuple(report.figures["超期"].entries) * 3
    found = {
        name: replace(report.figures[name], value=value, entries=entries)
        for name, value in worst.items()
    }
    policy = town.ledger.commit({}).policy
    problems = drafts.problems(found, report.rates, policy, OCTOBER)
    steps = drafts.next_steps(found, policy, OCTOBER)
    assert (len(problems), len(steps)) == (9, 10)
    assert all(point.count("。") == 1 for point in (*problems, *steps))


def test_an_empty_ledger_still_makes_a_report_without_an_empty_section(town: Town) -> None:
    report = town.report({})
    assert report.figures["底数"].value == 0
    assert report.problems and report.next_steps
    assert all(tie.holds for tie in report.ties)
    assert report.rates["完成率"].text == "—"


def test_a_file_that_cannot_be_read_stops_the_report(town: Town) -> None:
    with pytest.raises(Unreadable) as refused:
        town.report(played() | {"企业/BK-00/BK-0002.yaml": b"a: [\n"})
    assert refused.value.exit_code == 5
    assert refused.value.findings[0].path == "企业/BK-00/BK-0002.yaml"


def test_a_town_that_cuts_its_months_off_on_the_25th(town: Town) -> None:
    period = Period.month(2026, 10, 25)
    report = town.report(played(), period)
    assert report.figures["底数"].value == 8
    assert report.period.end == date(2026, 10, 25)
    assert all(tie.holds for tie in report.ties)
