"""A report on a period that is not over says so, tells no future, and can be made again."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import docx
import pytest

from swm.domain.periods import Period
from tests.issued import Town

TODAY = "2026-09-20"
CUT = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("period", "code", "title", "last"),
    [
        (Period.month(2026, 9), "2026-09", "2026年9月", date(2026, 8, 31)),
        (Period.month(2026, 10, 25), "2026-10", "2026年10月", date(2026, 9, 25)),
        (Period.quarter(2026, 4), "2026-Q4", "2026年第四季度", date(2026, 9, 30)),
        (Period.year(2026), "2026", "2026年", date(2025, 12, 31)),
        (Period.week(date(2026, 9, 18)), "2026-W38", "2026年第38周", date(2026, 9, 13)),
    ],
)
def test_it_is_named_and_compared_as_the_whole_is(
    period: Period, code: str, title: str, last: date
) -> None:
    cut = period.up_to(period.start)
    assert (cut.end, cut.over, cut.whole) == (period.start, False, period)
    assert cut.code == code == period.code and cut.title.startswith(title)
    assert cut.label == period.label and cut.year_start == period.year_start
    assert cut.previous() == period.previous() and cut.previous().end == last
    assert cut.same_last_year() == period.same_last_year() and cut.next_end == period.next_end
    assert cut.up_to(period.end) == cut, "it is not made longer again"


def test_what_is_over_stays_and_a_range_is_what_is_told() -> None:
    month = Period.month(2026, 9)
    assert month.up_to(date(2026, 10, 1)) is month and month.up_to(month.end) is month
    cut = Period.range(date(2026, 9, 1), date(2026, 9, 30)).up_to(CUT)
    assert (cut.code, cut.over) == ("2026-09-01..2026-09-20", True)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    town.say(
        "2026-09-15",
        "swm advance 2 限期搬迁 --days 9 --doc-name 限期搬迁告知书 --served 2026-09-15 --by 甲一、乙二",
    )
    town.say(TODAY, "swm report month 2026-09 --format docx,html,json,xlsx")
    return town


def document(town: Town) -> dict[str, object]:
    found: dict[str, object] = json.loads((town.root / "输出/2026-09月报.json").read_text("utf-8"))
    return found


def test_a_limit_that_has_not_come_is_not_overdue(town: Town) -> None:
    numbers = document(town)["数字"]
    assert isinstance(numbers, dict)
    assert numbers["超期"]["值"] == 0, "its limit is the 24th"
    assert document(town)["数字截至"] == TODAY


def test_the_paper_says_up_to_which_day(town: Town) -> None:
    word = docx.Document(io.BytesIO((town.root / "输出/2026-09月报.docx").read_bytes()))
    lines = [p.text for p in word.paragraphs]
    assert "（2026年9月1日至9月20日）" in lines
    page = (town.root / "输出/2026-09月报.html").read_text("utf-8")
    for said in ("\n".join(lines), page):
        assert "截至2026年9月20日" in said
        assert "9月30日" not in said


@pytest.mark.parametrize("kind", ["docx", "html", "json", "xlsx"])
def test_it_can_be_made_again_later(town: Town, kind: str) -> None:
    told = town.say("2026-11-03", f"swm report verify 输出/2026-09月报.{kind}")
    assert "完全一致：2026-09月报" in told


def test_a_notice_on_it_is_made_again_too(town: Town) -> None:
    command = "swm report month 2026-09 --audience 公示 --approver 孟签批 --out .git/稿"
    town.say(TODAY, f"{command} --format docx,html,json")
    for kind in ("docx", "html", "json"):
        told = town.say("2026-11-03", f"swm report verify .git/稿/2026-09公示.{kind}")
        assert "完全一致：2026-09公示" in told


def test_a_day_that_is_none_is_told(town: Town, tmp_path: Path) -> None:
    told = document(town) | {"数字截至": "2026-09-99"}
    (town.root / ".git/改.json").write_text(json.dumps(told), "utf-8")
    assert "不对，不能核对" in town.refused("2026-11-03", "swm report verify .git/改.json", 5)


def test_the_days_so_far_are_compared_with_no_whole_month(tmp_path: Path) -> None:
    town = Town.begun(tmp_path).october()
    earlier = "swm add --name 俵口老砖厂 --village 俵口村 --category 关停取缔 --on 2026-08-20"
    town.say("2026-10-14", earlier)
    numbers = town.report("2026-10-20", "2026-10")["数字"]
    assert (numbers["底数"]["值"], numbers["底数"]["上期"]) == (4, 3), "a stock may be compared"
    assert (numbers["本月新增"]["值"], numbers["本月新增"]["上期"]) == (1, None)
    assert town.report("2026-11-01", "2026-10")["数字"]["巡查次数"]["上期"] is not None
