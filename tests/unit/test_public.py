"""公示: firm, village, measure, result; a search of all files for everything that must not be there."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from lxml import html as parsed

from swm.domain.periods import Period
from swm.domain.reportstyle import ReportStyle
from swm.errors import Unreadable
from swm.render.public import render_html, render_json, render_word
from swm.render.templates import PUBLIC_HTML, PUBLIC_WORD, find
from swm.reports.public import Again, Public, Shown, public
from swm.store.facts import Facts
from swm.store.ledger import Ledger
from swm.store.ledger import find as find_ledger
from tests import histories
from tests.committed import Committed
from tests.data import monthly as samples
from tests.filed import act, day, delisted, firm, order, registered, visit
from tests.policy_fixture import LEDGER

OCTOBER = Period.month(2026, 10)
PERSONAL = ("经营者", "姓名", "房东", "承租人", "带班领导", "发现人", "批准人", "法定代表人")
PLACES = ("地址", "坐标", "电话", "厂房", "统一社会信用代码")
WORDS = ("备注", "发现", "内容", "措施", "说明")


def notice(facts: Facts, snapshot: Any, period: Period = OCTOBER) -> Public:
    return public(facts, snapshot.settings, snapshot.policy, period, snapshot.commit, "swm 0.1.0")


def files_of(made: Public) -> dict[str, str]:
    """Every file's text: each part of the Word file, the page, the JSON."""
    word = render_word(made, find(PUBLIC_WORD))
    with zipfile.ZipFile(BytesIO(word)) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    page = render_html(made, find(PUBLIC_HTML).decode())
    return parts | {"html": page, "json": render_json(made).decode()}


def secrets(value: Any, key: str = "") -> Iterator[str]:
    """Every person, phone, place, number and free text of a ledger's file."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from secrets(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from secrets(child, key)
    elif key in PERSONAL or key in PLACES or key in ("经办", "人员") or key in WORDS:
        yield from re.split("[、,，]", str(value)) if key in PERSONAL else [str(value)]


def test_no_file_holds_a_person_phone_place_complaint_or_note_of_the_ledger() -> None:
    ledger: Ledger = find_ledger(LEDGER, Path.cwd())
    files = [path for path in LEDGER.rglob("*.yaml") if "制度" not in path.parts]
    found = {text for path in files for text in secrets(yaml.safe_load(path.read_text("utf-8")))}
    found |= {path.stem for path in files if path.stem != "swm"}
    snapshot, facts = ledger.snapshot(), ledger.facts()
    made = notice(facts, snapshot, Period.month(2026, 10))
    public_words = {shown.name for shown in made.underway + made.finished}
    public_words |= set(snapshot.settings.village_names(OCTOBER.end)) | {"自行清理"}
    secret = {text for text in found if len(text) > 1 and text not in public_words}
    assert len(secret) > 200 and made.underway
    produced = files_of(made)
    leaks = [(name, text) for name, said in produced.items() for text in secret if text in said]
    assert leaks == []


@pytest.fixture
def town(tmp_path: Path) -> Committed:
    return Committed(tmp_path, histories.settings_text())


def played() -> dict[str, bytes]:
    return (
        firm("BK-0001", registered("03-02"), order("03-05", "09-20", "03-05"))
        | firm("BK-0002", registered("08-02"), order("08-05", "10-20", "08-05"), delisted("10-12"))
        | firm("BK-0003", registered("10-05", None, "群众举报"), visit("10-07", "核查", "在产"))
        | firm(
            "BK-0004", registered("03-02"), act("10-30", "核减", "待整治", "已核减", 事由="误登记")
        )
        | firm("BK-0005", registered("03-02"), delisted("05-05", "待整治"))
        | firm(
            "BK-0006",
            registered("03-02"),
            delisted("10-05", "待整治"),
            visit("10-09", "回头看", "在产"),
            act("10-10", "回潮", "已搬迁", "待整治", 类别="关停取缔"),
        )
        | firm(
            "BK-0007",
            registered("10-05", None, "群众举报"),
            act("10-08", "查否", "待核查", "不予列入"),
        )
    )


def test_only_the_listed_are_shown_each_once_with_measure_and_result(town: Committed) -> None:
    snapshot = town.commit(played())
    made = notice(Facts.of(snapshot), snapshot)
    names = {f"BK-000{n}": snapshot.enterprise(f"BK-000{n}").name for n in range(1, 8)}
    assert [s.name for s in made.underway] == [names["BK-0001"], names["BK-0006"]]
    assert [(s.name, s.result) for s in made.finished] == [(names["BK-0002"], "已搬迁")]
    assert {s.result for s in made.underway} == {"正在整治"}
    assert {s.measure for s in made.underway} <= {"关停取缔类", "整合搬迁类", "升级改造类", "待定"}


def test_a_file_that_cannot_be_read_stops_the_notice(town: Committed) -> None:
    snapshot = town.commit(played() | {"企业/BK-00/BK-0002.yaml": b"a: [\n"})
    with pytest.raises(Unreadable, match="不能出公示"):
        notice(Facts.of(snapshot), snapshot)


def plain(rows: int = 3, feedback: str | None = None) -> Public:
    shown = tuple(Shown(f"第{n}厂", "俵口村", "关停取缔类", "正在整治") for n in range(rows))
    return Public(
        town="俵口镇",
        period=OCTOBER,
        version=samples.COMMIT,
        program="swm 0.1.0",
        style=ReportStyle(feedback=feedback),
        dated=OCTOBER.end,
        underway=shown,
        finished=(),
    )


@pytest.mark.parametrize("again", [None, Again(2, day("2026-11-20"), "改了联系电话")])
@pytest.mark.parametrize("rows", [0, 3, 700])
@pytest.mark.parametrize(
    "period", [OCTOBER, Period.quarter(2026, 3), Period.week(day("2026-10-08"))]
)
def test_word_and_html_say_the_same(rows: int, period: Period, again: Again | None) -> None:
    made = replace(plain(rows, "电话 022-00000000\n地址 镇政府"), period=period, again=again)
    document = docx.Document(BytesIO(render_word(made, find(PUBLIC_WORD))))
    root = parsed.document_fromstring(render_html(made, find(PUBLIC_HTML).decode()))
    told = [p.text for p in document.paragraphs if p.text]
    heads = [told[0].replace("\n", ""), *told[1:]]
    assert [e.text_content() for e in root.xpath("//h1|//h2|//h3|//p")] == heads
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows] if rows else []
    assert [
        [c.text_content() for c in row.xpath("./th|./td")] for row in root.xpath("//tr")
    ] == table


def test_the_notice_in_an_offices_words() -> None:
    document = docx.Document(BytesIO(render_word(plain(), find(PUBLIC_WORD))))
    text = [p.text for p in document.paragraphs]
    assert text[0] == "俵口镇2026年10月\n“散乱污”企业整治情况公示"
    assert text[1] == (
        "为接受社会监督，现将截至2026年10月31日全镇“散乱污”企业整治情况公示如下："
        "列入整治、正在整治的企业3家；本月没有企业完成整治。名单附后。"
    )


@pytest.mark.parametrize("name", [*samples.HOSTILE, *samples.UNSEEN])
def test_hostile_names_come_out_as_text(name: str) -> None:
    made = replace(plain(), underway=(Shown(name, name, "待定", "正在整治"),))
    seen = samples.UNSEEN.get(name, name)
    table = docx.Document(BytesIO(render_word(made, find(PUBLIC_WORD)))).tables[0]
    assert [cell.text for cell in table.rows[1].cells][1:3] == [seen, seen]
    root = parsed.document_fromstring(render_html(made, find(PUBLIC_HTML).decode()))
    assert [c.text_content() for c in root.xpath("//tbody/tr/td")][1:3] == [seen, seen]
    json.loads(render_json(made))


def test_the_same_notice_has_the_same_bytes() -> None:
    assert render_word(plain(), find(PUBLIC_WORD)) == render_word(plain(), find(PUBLIC_WORD))
