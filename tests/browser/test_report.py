"""The monthly report as HTML in a real browser: whole without a network, and every number opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from swm.render.html import render_html
from swm.render.templates import MONTHLY_HTML, find
from swm.reports.definitions import FIGURES
from tests.browser.conftest import Window, breaches, overflow, pages_printed, swm
from tests.data import monthly as samples

COUNT_ROWS = """(list) => [...document.getElementById(list).querySelectorAll('tbody tr')]
    .filter((row) => row.checkVisibility()).length"""
DRILL = """() => [...document.querySelectorAll('a.n[href^="#list-"], a.tile[href^="#list-"]')]
  .map((link) => {
    const number = link.matches('.tile') ? link.querySelector('b') : link;
    const list = decodeURIComponent(link.hash.slice(1)), where = document.getElementById(list);
    link.click();
    return {
      said: parseInt(number.textContent.replace(/^\\D+/, '')), text: link.textContent, list,
      open: where.closest('details').open,
      rows: [...where.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length,
      withheld: where.textContent.includes('名单只供内部使用'),
    };
  })"""

FEWER = """() => document.querySelectorAll('#lists details:nth-of-type(n+4)')
    .forEach((list) => list.remove())"""


@pytest.fixture(scope="session")
def report(town: Path) -> Path:
    """October's report for the county."""
    out = town.with_name("out")
    swm(town, "report", "month", "2026-10", "--format", "html", "--out", str(out))
    return out / "2026-10月报.html"


def test_it_stands_alone(window: Window, report: Path) -> None:
    page = window.open(report)
    window.is_clean(report.parent)
    assert window.asked == [report.as_uri()]
    assert page.evaluate("document.querySelectorAll('svg.trend').length") >= 1


def test_nothing_may_leave_and_no_other_script_runs(window: Window, report: Path) -> None:
    page = window.open(report)
    blocked = page.evaluate("""async () => {
      const blocked = [];
      addEventListener('securitypolicyviolation', (e) => blocked.push(e.effectiveDirective));
      await fetch('http://127.0.0.1:9/x').catch(() => 0);
      const image = new Image(); image.src = 'http://127.0.0.1:9/x.png';
      const script = document.createElement('script'); script.textContent = 'window.ran = 1';
      document.body.append(image, script);
      await new Promise((done) => setTimeout(done, 50));
      return { blocked, ran: window.ran };
    }""")
    assert sorted(blocked["blocked"]) == ["connect-src", "img-src", "script-src-elem"]
    assert blocked["ran"] is None


def test_every_number_opens_as_many_records_as_it_says(window: Window, report: Path) -> None:
    found: list[dict[str, Any]] = window.open(report).evaluate(DRILL)
    assert len(found) > 150
    assert all(each["open"] for each in found)
    summed = {f"list-{name}" for name, each in FIGURES.items() if each.counts_people}
    counted = [e for e in found if not e["withheld"] and e["list"] not in summed]
    wrong = [e for e in counted if e["said"] != e["rows"]]
    assert wrong == []
    assert window.said == []


def test_a_villages_number_shows_that_village_and_can_be_widened(
    window: Window, report: Path
) -> None:
    page = window.open(report)
    link = page.locator("table.village tbody tr:nth-child(3) a.n").first
    village = page.locator("table.village tbody tr:nth-child(3) td:nth-child(2)").inner_text()
    list_ = link.evaluate("(link) => decodeURIComponent(link.hash.slice(1))")
    number = int(link.inner_text())
    link.press("Enter")
    shown = page.locator(f'[id="{list_}"]')
    assert page.evaluate(COUNT_ROWS, list_) == number
    assert shown.locator(".only").inner_text().startswith(f"只列出{village}的{number}条。")
    shown.get_by_role("button", name="全部列出").click()
    assert page.evaluate(COUNT_ROWS, list_) > number
    assert shown.locator(".only").count() == 0


def test_columns_sort_by_keyboard_and_say_so(window: Window, report: Path) -> None:
    page = window.open(report)
    head = page.locator("#annex-2 th", has_text="企业名称").first
    button = head.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    cells = page.locator("#annex-2 table").first.locator("tbody td:nth-child(3)")
    names = cells.all_inner_texts()
    ordered = page.evaluate("(n) => [...n].sort((a, b) => a.localeCompare(b, 'zh'))", names)
    assert names == ordered and len(names) >= 4
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert cells.all_inner_texts() == ordered[::-1]


def test_the_total_stays_on_top_of_the_village_table(window: Window, report: Path) -> None:
    page = window.open(report)
    page.locator("table.village th", has_text="超期").get_by_role("button").click()
    rows = page.locator("table.village tbody tr")
    assert rows.nth(0).locator("td").nth(1).inner_text() == "合计"
    at = page.locator("table.village th", has_text="超期").get_attribute("data-at")
    numbers = [int(r.locator("td").nth(int(at)).inner_text()) for r in rows.all()[1:]]
    assert numbers == sorted(numbers)


def test_it_prints_without_lists_and_buttons(window: Window, report: Path) -> None:
    page = window.open(report)
    assert 6 <= pages_printed(page) <= 16
    page.emulate_media(media="print")
    assert not page.locator("#lists").is_visible()
    assert not page.locator(".tiles").is_visible()
    assert page.locator("table.village").is_visible()


@pytest.mark.parametrize("width", ["window", "phone"])
def test_everybody_can_read_it(width: str, report: Path, request: pytest.FixtureRequest) -> None:
    window: Window = request.getfixturevalue(width)
    page = window.open(report)
    page.evaluate(FEWER)  # the lists are alike, and a hundred of them take axe half a minute
    assert breaches(page) == []
    assert overflow(page) <= 0


def test_names_that_try_to_be_markup_stay_text(window: Window, tmp_path: Path) -> None:
    place = tmp_path / "敌意.html"
    text = render_html(samples.hostile(), find(MONTHLY_HTML).decode())
    place.write_text(text, "utf-8", "surrogateescape")
    page = window.open(place)
    window.is_clean(tmp_path)
    assert page.evaluate("document.scripts.length") == 1
    shown = page.locator("#annex-2 table").first.locator("tbody td:nth-child(3)").all_inner_texts()
    assert set(samples.HOSTILE) <= set(shown)
