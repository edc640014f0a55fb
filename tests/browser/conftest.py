"""A real Chromium without any network, and the pages it is shown.

The browser is the machine's own; Playwright only drives it. Where either is missing these tests
are skipped, and the summary says so: `make browser` gets both.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from swm.cli.main import run

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
TODAY = "2026-11-20"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share one browser and one township, and are run apart from the others."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="BROWSER TESTS SKIPPED: no playwright (make browser)"
    )
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("BROWSER TESTS SKIPPED: no chromium on this machine (make browser)")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield opened
        opened.close()


class Window:
    """One page, and everything it said or asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda told: self.said.append(told.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, place: Path, part: str = "") -> Any:
        """Show the file, from the disk as a leader does."""
        self.said.clear()
        self.asked.clear()
        self.page.goto(place.as_uri() + part)
        return self.page

    def is_clean(self, folder: Path) -> None:
        """Nothing went wrong, and nothing but files of the folder was asked for."""
        assert self.said == []
        outside = [url for url in self.asked if not url.startswith(folder.as_uri())]
        assert outside == []


@pytest.fixture
def window(browser: Any) -> Iterator[Window]:
    """A window of 1280 by 900 that is offline."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield Window(context.new_page())
    context.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Window]:
    """A window as narrow as a small telephone."""
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    yield Window(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played-out township, with a photograph and a name that tries to be markup."""
    from PIL import Image

    place = tmp_path_factory.mktemp("browser") / "town"
    swm(None, "demo", str(place), "--enterprises", "20", "--months", "6")
    picture = place.with_name("picture.png")
    Image.new("RGB", (320, 240), (90, 120, 60)).save(picture)
    swm(place, "inspect", "BK-0001", "--kind", "日常", "--by", "甲一,乙二", "--result", "停产",
        "--photo", str(picture))  # fmt: skip
    swm(place, "add", "--name", "<b>&甲\"'{{ 7*7 }}厂", "--village", "俵口村")
    swm(place, "report", "issue", "2026-09", "--approver", "孟签批")
    return place


def swm(ledger: Path | None, *words: str) -> None:
    """One command that must succeed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SWM_TODAY", TODAY)
        if ledger is not None:
            patch.setenv("SWM_LEDGER", str(ledger))
        assert run([*words, "-q"]) == 0


def breaches(page: Any) -> list[str]:
    """What axe-core finds that keeps people out: serious and critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window: to be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def pages_printed(page: Any) -> int:
    """On how many sheets it prints."""
    import re

    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
