"""A report's file that is made to deceive: `swm report verify` says so, or that it cannot be told."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from swm.audit.issuing import made
from swm.audit.publishing import made_public, notice_on
from swm.audit.reports import report_on
from swm.cli.publishing import WRITERS as NOTICE
from swm.cli.reporting import WRITERS
from swm.domain.periods import parse_period
from swm.render import zipped
from swm.render.templates import MONTHLY_HTML, find
from swm.reports.public import Again
from swm.reports.values import Edition
from swm.store.ledger import find as ledger_at
from tests.issued import Town

TODAY = "2026-10-09"
FORMATS = ("docx", "html", "json", "xlsx")
NUMBER, SIGNER = "俵整办〔2026〕9号", "郑签发"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    town.say("2026-10-08", f"swm report issue 2026-09 --doc-no {NUMBER} --signer {SIGNER}")
    town.say(TODAY, f"swm report month 2026-09 --doc-no {NUMBER} --format {','.join(FORMATS)}")
    (town.root / "输出").rename(town.root / ".git/草稿")
    town.say(TODAY, "swm report issue 2026-09 --again")
    return town


def issued(town: Town, kind: str) -> bytes:
    return (town.root / f"输出/2026-09月报.{kind}").read_bytes()


def put(town: Town, data: bytes) -> str:
    (town.root / ".git/来件").write_bytes(data)
    return "swm report verify .git/来件"


def forged(
    town: Town,
    kind: str,
    month: str = "2026-09",
    audience: str = "上报",
    at: str | None = None,
    **claims: Any,
) -> bytes:
    """What our own program makes for whoever calls it with claims of his own."""
    ledger = ledger_at(town.root, town.root)
    facts = ledger.facts(ledger.resolve(at) if at else issued_from(town))
    edition = None
    if "number" in claims:
        claims = {"document_number": NUMBER, "signer": SIGNER, **claims}
        edition = Edition(reason="", changes=(), originals=0, **claims)
        claims = {}
    report = report_on(ledger, facts, parse_period(month), audience, edition=edition, **claims)
    return made(ledger, report, {kind: WRITERS[kind]}).files[kind]


def issued_from(town: Town) -> str:
    return str(json.loads(issued(town, "json"))["台账版本"])


# --- what it claims to be ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_the_forger_can_make_the_very_file(town: Town, kind: str) -> None:
    """So that what the tests below refuse is refused for its claims."""
    assert forged(town, kind, number=1) == issued(town, kind)


@pytest.mark.parametrize("kind", ["docx", "json"])
@pytest.mark.parametrize(
    ("month", "number", "said"),
    [("2026-08", 1, "（没有登记印发）"), ("2026-09", 2, "（只登记到第1版）")],
)
def test_an_edition_that_is_not_on_file_is_told(
    town: Town, kind: str, month: str, number: int, said: str
) -> None:
    told = town.refused(TODAY, put(town, forged(town, kind, month, number=number)))
    assert f"版次：文件里是 第{number}版，应为 {said}" in told
    assert "可能是伪造的" in told and "完全一致" not in told


@pytest.mark.parametrize("kind", ["html", "json"])
@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"document_number": "俵整办〔2026〕99号"}, f"文件里是 俵整办〔2026〕99号，应为 {NUMBER}"),
        ({"signer": "假签发人"}, f"文件里是 假签发人，应为 {SIGNER}"),
        ({"audience": "内部"}, "口径：文件里是 内部，应为 上报"),
        ({"at": "HEAD"}, "台账版本：文件里是 0000000000，应为"),
    ],
)
def test_an_edition_with_other_particulars_than_on_file_is_told(
    town: Town, kind: str, claims: dict[str, str], said: str
) -> None:
    told = town.refused(TODAY, put(town, forged(town, kind, number=1, **claims)))
    assert said in "".join(line.removeprefix("    ") for line in told.splitlines())


@pytest.mark.parametrize("kind", ["docx", "json"])
def test_a_number_typed_for_a_draft_does_not_make_it_an_edition(town: Town, kind: str) -> None:
    data = (town.root / f".git/草稿/2026-09月报-草稿.{kind}").read_bytes()
    told = town.say(TODAY, put(town, data))
    assert "完全一致" in told and "没有登记印发（草稿）" in told


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_nobody_can_have_signed_a_draft(town: Town, kind: str) -> None:
    told = town.refused(TODAY, put(town, forged(town, kind, signer="假签发人")))
    assert "签发人：文件里是 假签发人，应为 （没有）" in told


def test_an_audience_that_nobody_has_is_refused(town: Town) -> None:
    told = town.refused(TODAY, put(town, forged(town, "json", audience="省长专报")), 5)
    assert "口径“省长专报”不对" in told


def test_a_notice_that_went_up_again_only_by_its_own_words_is_told(town: Town) -> None:
    ledger = ledger_at(town.root, town.root)
    for time, said in (
        (2, "次数：文件里是 第2次，应为 （没有登记公示）"),
        (10**9, "第1000000000次"),
    ):
        notice = notice_on(
            ledger, ledger.facts(), parse_period("2026-09"), Again(time, date(2026, 10, 9), "")
        )
        for kind in ("docx", "json"):
            data = made_public(ledger, notice, {kind: NOTICE[kind]}).files[kind]
            told = town.refused(TODAY, put(town, data))
            assert said in told and "可能是伪造的" in told and "完全一致" not in told


def test_a_notice_that_went_up_again_from_another_commit_is_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    publish = "swm report issue 2026-09 --audience 公示 --approver 孟书记"
    town.say("2026-10-08", publish)
    town.say("2026-10-09", f"{publish} --why 换一张")
    ledger = ledger_at(town.root, town.root)
    notice = notice_on(
        ledger, ledger.facts(), parse_period("2026-09"), Again(2, date(2026, 10, 9), "")
    )
    data = made_public(ledger, notice, {"json": NOTICE["json"]}).files["json"]
    assert "台账版本：文件里是" in town.refused(TODAY, put(town, data))
    true = (town.root / "输出/2026-09公示-第2次.json").read_bytes()
    assert "就是公示登记的文件（第2次公示" in town.say(TODAY, put(town, true))


def test_a_commit_beside_the_history_is_nobodys_record(town: Town) -> None:
    beside = town.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "x")
    told = town.refused(TODAY, put(town, forged(town, "json", at=beside)), 5)
    assert "不在台账现在的历史里" in told


def test_a_record_that_was_changed_afterwards_is_told(town: Town, tmp_path_factory: Any) -> None:
    other = town.copied(tmp_path_factory.mktemp("other"))
    (place,) = (other.root / "月报").rglob("09.yaml")
    text = place.read_text("utf-8")
    true = sha256(issued(town, "json")).hexdigest()
    assert true in text
    place.write_text(text.replace(true, "ab" * 32), "utf-8")
    other.git("commit", "-aqm", "x")
    told = other.refused(TODAY, put(other, issued(town, "json")))
    assert "登记的 SHA-256：文件里是" in told and "就是" not in told


def test_an_edition_whose_template_drops_its_particulars_is_known_by_its_hash(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    page = find(MONTHLY_HTML).decode()
    bare = "\n".join(line for line in page.split("\n") if "swm-" not in line)
    assert bare != page
    (town.root / "templates").mkdir()
    (town.root / f"templates/{MONTHLY_HTML}").write_text(bare, "utf-8")
    town.say("2026-10-01", "swm adopt --why 换模板")
    town.say("2026-10-08", "swm report issue 2026-09 --signer 郑签发")
    data = issued(town, "html")
    assert b"swm-" not in data
    assert "就是印发登记的文件（首次印发）" in town.say(TODAY, put(town, data))
    changed = data.replace("俵口村".encode(), "别口村".encode())
    assert "不一致" in town.refused(TODAY, put(town, changed))


# --- how it is packed -------------------------------------------------------------------------


def twice(data: bytes, first: bool) -> bytes:
    """With a second document, before or behind the true one."""
    parts = zipped.unpack(data)
    true = parts["word/document.xml"]
    false = ("word/document.xml", true.replace("俵口镇".encode(), "某某镇".encode()))
    entries = [*parts.items()]
    entries.insert(0 if first else len(entries), false)
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, part in entries:
            archive.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda data: twice(data, True), "有重名的部件 word/document.xml"),
        (lambda data: twice(data, False), "有重名的部件 word/document.xml"),
        (lambda data: b"PK" + b"junk" * 100 + data, "各部件以外还夹带了内容"),
        (lambda data: data + b"junk", "损坏"),
    ],
)
def test_a_second_content_in_the_file_is_not_passed(
    town: Town, forge: Callable[[bytes], bytes], why: str
) -> None:
    told = town.refused(TODAY, put(town, forge(issued(town, "docx"))), 5)
    assert why in told and "一致" not in told
