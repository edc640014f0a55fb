"""The offline site in a real browser: from the disk, without a network, for everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Window, breaches, overflow, pages_printed, swm

KINDS = (
    "index.html", "firms.html", "firm/BK-0001.html", "villages.html", "village/01.html",
    "deadlines.html", "patrols.html", "patrol/2026-10.html", "premises.html", "numbers.html",
    "number/003.html", "reports.html", "report/2026-09.html", "map.html",
)  # fmt: skip
"""A page of each kind."""


@pytest.fixture(scope="session")
def inside(town: Path) -> Path:
    """The office's own site."""
    place = town.with_name("内部")
    swm(town, "site", str(place), "--audience", "内部")
    return place


@pytest.fixture(scope="session")
def public(town: Path) -> Path:
    """What everybody may read."""
    place = town.with_name("公示")
    swm(town, "site", str(place), "--approver", "孟签批")
    return place


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_works_and_can_be_read_by_all(
    kind: str, window: Window, inside: Path
) -> None:
    page = window.open(inside / kind)
    window.is_clean(inside)
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # the style came
    assert page.evaluate("typeof sort") == "function"  # and the script
    assert page.locator("h1").count() == page.locator("main").count() == 1
    assert page.locator('nav [aria-current="page"], nav [aria-current="true"]').count() == 1
    assert breaches(page) == []


@pytest.mark.parametrize("kind", ["index.html", "firms.html", "firm/BK-0001.html", "map.html"])
def test_it_fits_a_small_telephone(kind: str, phone: Window, inside: Path) -> None:
    page = phone.open(inside / kind)
    assert overflow(page) <= 0
    assert breaches(page) == []


@pytest.mark.parametrize("width", ["window", "phone"])
def test_the_public_page_works_for_all(
    width: str, public: Path, request: pytest.FixtureRequest
) -> None:
    window: Window = request.getfixturevalue(width)
    page = window.open(public / "index.html")
    window.is_clean(public)
    assert breaches(page) == []
    assert overflow(page) <= 0
    page.locator("select[name=state]").select_option("正在整治")
    told = page.locator("output").inner_text()
    assert f"列出 {page.locator('#firms tbody tr:visible').count()} 家" in told


def test_nothing_may_leave(window: Window, inside: Path) -> None:
    page = window.open(inside / "index.html")
    blocked = page.evaluate("""async () => {
      const blocked = [];
      addEventListener('securitypolicyviolation', (e) => blocked.push(e.effectiveDirective));
      await fetch('http://127.0.0.1:9/x').catch(() => 0);
      const image = new Image(); image.src = 'http://127.0.0.1:9/x.png';
      const script = document.createElement('script'); script.textContent = 'window.ran = 1';
      const style = document.createElement('style'); style.textContent = 'body{margin:9px}';
      document.body.append(image, script, style);
      await new Promise((done) => setTimeout(done, 50));
      return { blocked, ran: window.ran };
    }""")
    assert sorted(blocked["blocked"]) == [
        "connect-src", "img-src", "script-src-elem", "style-src-elem"
    ]  # fmt: skip
    assert blocked["ran"] is None


def test_tiles_lead_to_as_many_records(window: Window, inside: Path) -> None:
    page = window.open(inside / "index.html")
    tiles = [
        (tile.locator("b").inner_text(), tile.get_attribute("href"))
        for tile in page.locator(".tiles a").all()
    ]
    assert len(tiles) >= 5
    for said, target in tiles:
        page.goto((inside / target).as_uri())
        number = int(re.sub(r"\D", "", said))
        assert page.locator("tbody tr").count() == number, target


def test_a_villages_numbers_lead_to_its_records(window: Window, inside: Path) -> None:
    page = window.open(inside / "index.html")
    links = page.locator("table.dense tbody tr:nth-child(2) td a")
    found = [(int(each.inner_text()), each.get_attribute("href")) for each in links.all()]
    assert len(found) >= 3
    for number, target in found:
        file, _, part = target.partition("#")
        page.goto(f"{(inside / file).as_uri()}#{part}")
        details = page.locator(f'details[id="{part}"]')
        assert details.get_attribute("open") is not None
        assert details.locator("tbody tr").count() == number


def test_enterprises_are_searched_filtered_and_sorted(window: Window, inside: Path) -> None:
    page = window.open(inside / "firms.html")
    rows = page.locator("#firms tbody tr:visible")
    everything = rows.count()
    assert page.locator("output").inner_text() == f"列出 {everything} 家，共 {everything} 家"
    page.locator("input[name=find]").fill("bk-0003")
    assert rows.count() == 1
    page.locator("input[name=find]").fill("<b>&")
    assert rows.locator("th").all_inner_texts() == ["<b>&甲\"'{{ 7*7 }}厂"]
    page.locator("input[name=find]").fill("")
    village = page.locator("select[name=village]").locator("option").nth(1).inner_text()
    page.locator("select[name=village]").select_option(village)
    assert set(rows.locator("td:nth-child(3)").all_inner_texts()) == {village}
    assert 0 < rows.count() < everything
    page.locator("select[name=village]").select_option("全部")
    head = page.locator("#firms thead th", has_text="状态")
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    states = rows.locator("td:nth-child(5)").all_inner_texts()
    assert states == page.evaluate(
        "(s) => [...s].sort((a, b) => a.localeCompare(b, 'zh-CN'))", states
    )


def test_it_can_be_used_without_a_mouse(window: Window, inside: Path) -> None:
    page = window.open(inside / "map.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(4):
        page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.match(r"BK-\d{4} ", label)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"firm/{label[:7]}\.html$"))
    assert page.locator("h1").inner_text() in label


def test_photographs_are_shown_inside(window: Window, inside: Path) -> None:
    page = window.open(inside / "firm/BK-0001.html")
    photo = page.locator(".photos img")
    photo.scroll_into_view_if_needed()
    assert photo.get_attribute("alt") == "2026-11-20 日常 第1张照片"
    page.wait_for_function("document.querySelector('.photos img').naturalWidth === 320")
    window.is_clean(inside)


def test_pages_print(window: Window, inside: Path) -> None:
    for kind, most in (("index.html", 4), ("firm/BK-0001.html", 4), ("firms.html", 3)):
        page = window.open(inside / kind)
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        assert 1 <= pages_printed(page) <= most, kind
