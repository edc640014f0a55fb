"""What a director would stumble over: numbers set side by side that do not compare, facts from after
the period, sentences that contradict their own number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from swm.audit.provenance import provenance
from swm.domain.periods import Period
from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, find
from swm.reports import drafts
from swm.reports.assessment import assessment
from swm.reports.audiences import INTERNAL
from swm.reports.figures import FIGURES
from swm.reports.monthly import RATES
from swm.reports.values import Entry, Figure, Monthly, Rate
from swm.store import ledger as ledgers
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.data import monthly as samples
from tests.filed import act, firm, letter, registered, visit, yard
from tests.issued import Town as Office
from tests.policy_fixture import policy
from tests.unit.test_monthly import Town
from tests.unit.test_reportkinds import prose

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def page(report: Monthly) -> str:
    """The whole page, as markup."""
    return render_html(report, find(MONTHLY_HTML).decode())


def with_number(report: Monthly, name: str, *entries: Entry) -> Monthly:
    found = replace(report.figures[name], entries=entries, value=len(entries))
    return replace(report, figures=report.figures | {name: found})


# --- an earlier period that the ledger did not see begin ---------------------------------------

BEGUN = firm("BK-0001", registered("01-20"), visit("02-03")) | firm("BK-0002", registered("02-10"))


def test_a_flow_is_not_compared_with_a_period_that_was_kept_in_part(tmp_path: Path) -> None:
    place = Town(tmp_path)
    text = place.ledger.root / "swm.yaml"
    kept = text.read_text("utf-8").replace("建账基准日: 2026-01-01\n", "")
    report = place.report(BEGUN | {"swm.yaml": kept.encode()}, Period.month(2026, 2))
    new, stock, silent = (report.figures[name] for name in ("本月新增", "未销号", "应报未报"))
    assert (new.value, new.previous, new.trend) == (1, None, "—")
    assert (stock.value, stock.previous) == (2, 1), "how it stood on 31 January is known"
    assert silent.previous is None
    assert all(tie.holds for tie in report.ties)
    assert report.figures["违法生产·通知派出所"].previous is None
    march = place.report({}, Period.month(2026, 3))
    assert march.figures["本月新增"].previous == 1
    year = place.report({}, Period.quarter(2026, 2))
    assert year.figures["本月新增"].previous is None, "the first quarter was kept from 20 January"


def test_where_no_number_has_an_earlier_one_nothing_is_said_of_how_it_is_reckoned() -> None:
    report = samples.typical()
    bare = {name: replace(each, previous=None) for name, each in report.figures.items()}
    assert "上期未印发，按现有台账计算。本年累计" in page(report)
    assert "上期未印发" not in page(replace(report, figures=bare))


# --- what came after the period ---------------------------------------------------------------


def test_an_act_after_the_period_is_no_pending_one_of_it(tmp_path: Path) -> None:
    removed = act("10-05", "核减", "待整治", "已核减", 事由="误登记")
    del removed["批准"]
    files = firm("BK-0001", registered("03-02"), removed)
    place = Town(tmp_path)
    september, october = (place.report(files, Period.month(2026, m)) for m in (9, 10))
    assert not any("待补批" in line for line in september.reminders)
    assert "台账中有1条记录待补批，涉及1家企业。" in october.reminders


def test_a_result_is_told_once_it_was_announced_by_the_periods_end(tmp_path: Path) -> None:
    facts = Facts.of(Committed(tmp_path, histories.settings_text()).commit(BEGUN))
    told = assessment(facts, OCTOBER, date(2026, 1, 1))
    assert told is not None and (told.title, told.on) == ("2026年第三季度", None)
    assert assessment(facts, Period.month(2026, 2), date(2026, 1, 20)) is None
    assert assessment(facts, Period.month(2026, 2), None) is None


def test_without_a_quarter_to_tell_of_there_is_no_heading_either() -> None:
    report = replace(samples.typical(), assessment=None)
    assert "（十）村级考核" not in page(report)
    assert not any("村级考核结果" in line for line in prose(report))


# --- sentences --------------------------------------------------------------------------------


def late(rate: Rate) -> str:
    """What is said of two enterprises whose look-back is late."""
    entries = tuple(Entry(f"BK-{n:04d}", "某厂", "俵口村") for n in (1, 2))
    figures = {name: Figure(name, d.unit, (), 0) for name, d in FIGURES.items()}
    figures["回头看逾期"] = Figure("回头看逾期", "家", entries, 2)
    rates = dict.fromkeys(RATES, Rate(0, 0)) | {"回头看按期率": rate}
    found = drafts.problems(figures, rates, policy(), OCTOBER)
    return next(line for line in found if "回头看逾期" in line)


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        (Rate(3, 4), "，本月回头看按期率为75.0%。"),
        (Rate(4, 4), "，均为往月到期。"),
        (Rate(0, 0), "，均为往月到期。"),
    ],
    ids=str,
)
def test_a_rate_of_a_hundred_is_no_problem(rate: Rate, told: str) -> None:
    assert late(rate) == "已销号企业中回头看逾期未做的有2家（俵口村）" + told


def test_premises_with_a_tenant_do_not_stand_empty(town: Town) -> None:
    tenant = {"名称": "某某厂", "自": date(2026, 9, 1), "至": date(2026, 10, 15)}
    files = yard("CF-0001", 用途="空置待租") | yard("CF-0002", 用途="空置待租", 承租=[tenant])
    report = {m: town.report(files, Period.month(2026, m)) for m in (8, 9, 10)}
    counted = {m: [e.id for e in r.figures["空置"].entries] for m, r in report.items()}
    assert counted == {8: ["CF-0001", "CF-0002"], 9: ["CF-0001"], 10: ["CF-0001", "CF-0002"]}
    assert report[9].figures["应签"].value == 2


def test_villages_whose_premises_lack_a_letter_are_counted_where_not_all_are_named(
    town: Town,
) -> None:
    files = {}
    for number, village in enumerate(("俵口村", "兴家坨村", "白庙村", "空村"), start=1):
        files |= yard(f"CF-{number:04d}", 村=village)
    text = "".join(town.report(files | yard("CF-0005", letter(1, "02-01"))).problems)
    assert "（俵口村1处、兴家坨村1处、白庙村1处等4个村）" in text


def test_one_kind_of_delisting_is_told_of_all(town: Town) -> None:
    report = samples.typical()
    made = {
        name: replace(figure, value=2 if name in ("本月销号", "本月销号·已取缔") else 0, entries=())
        for name, figure in report.figures.items()
        if name.startswith("本月销号")
    }
    assert "本月销号2家，均为已取缔；" in "".join(
        prose(replace(report, figures=report.figures | made))
    )


def test_villages_that_missed_several_months_are_counted_both_ways() -> None:
    quarter = replace(samples.typical(), period=Period.quarter(2026, 3))
    missed = [
        Entry(village, village, village, note=f"2026年{month}月没有零报告，也没有登记和排查")
        for village, month in (("俵口村", 7), ("俵口村", 8), ("白庙村", 9))
    ]
    report = with_number(quarter, "应报未报", *missed)
    assert "没有报送零报告的有2个村、3村次。" in "".join(prose(report))
    assert drafts.missed_months(missed) == {"俵口村": ["7月", "8月"], "白庙村": ["9月"]}


def test_the_notes_tell_each_change_once_in_the_words_of_the_office(tmp_path: Path) -> None:
    office = Office.begun(tmp_path)
    settings = tmp_path / "swm.yaml"
    settings.write_text(settings.read_text("utf-8") + "# 改\n", "utf-8")
    office.say("2026-09-25", "swm adopt --why 改设置")
    firm_file = tmp_path / "企业/BK-00/BK-0002.yaml"
    firm_file.write_text(firm_file.read_text("utf-8") + "# 改\n", "utf-8")
    settings.write_text(settings.read_text("utf-8") + "# 再改\n", "utf-8")
    office.say("2026-09-26", "swm adopt --why 都改")
    approved = "--set 批准.人=孟批准 --set 批准.日期=2026-09-09 --set 批准.依据=签批单"
    office.say("2026-09-27", f"swm correct 1 3 --why 补批 {approved}")
    ledger = ledgers.find(tmp_path, tmp_path)
    ever = Period.range(date(2020, 1, 1), date(2099, 12, 31))
    told = provenance(ledger, ledger.facts(), ledger.snapshot(), ever, None, INTERNAL)
    assert [each.what for each in told.outside] == ["采纳手工改动：swm.yaml 等2个文件"]
    assert [each.what for each in told.rules if "采纳" in each.what] == ["采纳手工改动：swm.yaml"]
    (corrected,) = told.corrections
    assert "批准人、批准日期、批准依据" in corrected.what and "批准." not in corrected.what


def test_the_headings_of_the_notes_are_plain() -> None:
    told = page(replace(samples.typical(), edition=None))
    assert "原件另行保管，是否齐全在印发时核对。" in told
    assert "六、未经程序登记、直接改动台账文件的情况" in told
    assert "本月没有这种情况。" in told
