"""What leaves the house when two do it at once, when a disk refuses, when a cache was forged, when the
town's months were cut otherwise since."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zlib
from pathlib import Path

import pytest

from swm.audit.issuing import Made
from swm.audit.provenance import kept
from swm.cli.leaving import Papers
from swm.domain.reportrecords import Issued
from swm.store.ledger import find
from tests.issued import Town

TODAY = "2026-10-08"
LATER = "2026-10-20"
ISSUE = "swm report issue 2026-09"
PUBLISH = f"{ISSUE} --audience 公示 --approver 孟签批"


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("september"))


@pytest.fixture(scope="module")
def left(september: Town, tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = september.copied(tmp_path_factory.mktemp("left"))
    town.say(TODAY, ISSUE)
    town.say(TODAY, PUBLISH)
    return town


@pytest.fixture
def town(september: Town, tmp_path: Path) -> Town:
    return september.copied(tmp_path)


@pytest.fixture
def issued(left: Town, tmp_path: Path) -> Town:
    return left.copied(tmp_path)


def edition(town: Town) -> Issued:
    report = kept(find(town.root, town.root).snapshot(), "2026-09")
    assert report is not None and report.latest is not None
    return report.latest


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lying(town: Town) -> list[str]:
    return sorted(p.name for p in (town.root / "输出").iterdir())


# --- the files --------------------------------------------------------------------------------


def test_who_is_refused_takes_nothing_away_that_another_has_put_there(tmp_path: Path) -> None:
    made = Made("2026-09月报", {"docx": b"word", "html": b"page"}, ())
    late, first = Papers(tmp_path, made), Papers(tmp_path, made)
    late.keep()
    first.keep()
    first.settle()
    late.drop()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2026-09月报.docx", "2026-09月报.html"]


def test_one_file_that_cannot_be_written_leaves_the_others_as_they_were(town: Town) -> None:
    (town.root / "输出/2026-09月报.html").mkdir(parents=True)
    (town.root / "输出/2026-09月报.docx").write_bytes(b"draft")
    head = town.git("rev-parse", "HEAD")
    assert "2026-09月报.html 写不了" in town.refused(TODAY, ISSUE, 4)
    assert town.git("rev-parse", "HEAD") == head
    assert lying(town) == ["2026-09月报.docx", "2026-09月报.html"]
    assert (town.root / "输出/2026-09月报.docx").read_bytes() == b"draft"


def test_a_draft_never_takes_the_place_of_what_left_the_house(issued: Town) -> None:
    issued.say(
        LATER, "swm add --name 俵口后来塑料厂 --village 俵口村 --category 关停取缔 --on 2026-09-25"
    )
    told = issued.say(LATER, "swm report month 2026-09 --format docx,html")
    assert "输出/2026-09月报-草稿.docx" in told and "没有动它" in told
    told = issued.say(LATER, "swm report month 2026-09 --audience 公示 --approver 孟签批")
    assert "输出/2026-09公示-草稿.docx" in told
    for each in edition(issued).files:
        assert sha(issued.root / "输出" / each.name) == each.sha256
    assert "输出/2026-08月报.docx" in issued.say(LATER, "swm report month 2026-08")


@pytest.mark.parametrize("command", [ISSUE, PUBLISH.partition(" --approver")[0]])
def test_again_with_dry_run_writes_nothing(issued: Town, command: str) -> None:
    told = issued.say(LATER, f"{command} --again --dry-run --out 再印")
    assert "未写入（--dry-run）" in told and "再印/2026-09" in told
    assert not (issued.root / "再印").exists()


def test_again_as_a_document(issued: Town) -> None:
    told = json.loads(issued.say(LATER, f"{ISSUE} --again --json --out 再印"))
    assert told["写入"] is True and told["文件"][0] == "再印/2026-09月报.docx"


def test_a_registered_name_that_is_none_of_ours_is_refused(issued: Town) -> None:
    path = issued.root / "月报/2026/09.yaml"
    path.write_text(path.read_text("utf-8").replace("2026-09月报.docx", "月报.docx"), "utf-8")
    issued.git("commit", "-qam", "改名")
    told = issued.refused(LATER, f"{ISSUE} --again")
    assert "2026-09月报.docx 重新生成的和登记的不一致" in told


def test_number_and_signer_are_trimmed(town: Town) -> None:
    town.say(TODAY, f"{ISSUE} --doc-no ' 俵整〔2026〕8号 ' --signer ' 郑签发 '")
    assert (edition(town).document_number, edition(town).signer) == ("俵整〔2026〕8号", "郑签发")


# --- a cache that somebody wrote into ---------------------------------------------------------


def forge(town: Town, was: str, now: str) -> None:
    """Another name in the cached facts, the check sum put right."""
    for place in (town.root / ".git/swm/cache").glob("facts-*.db"):
        database = sqlite3.connect(":memory:")
        database.deserialize(place.read_bytes())
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for column in database.execute(f"PRAGMA table_info({table})").fetchall():
                database.execute(
                    f'UPDATE {table} SET "{column[1]}" = ? WHERE "{column[1]}" = ?', (now, was)
                )
        database.commit()
        data = database.serialize()
        place.unlink()
        renamed = re.sub(r"-[0-9a-f]{8}\.db$", f"-{zlib.crc32(data):08x}.db", place.name)
        place.with_name(renamed).write_bytes(data)


def test_what_leaves_the_house_trusts_no_cache(town: Town) -> None:
    name, forged = "俵口振兴塑料厂", "俵口无此企业厂"
    town.say(TODAY, "swm figure 底数")
    forge(town, name, forged)
    assert forged in town.say(TODAY, "swm list"), "a view for the eyes may be forged"
    for command in (ISSUE, PUBLISH):
        town.say(TODAY, command)
    for what in ("月报", "公示"):
        page = (town.root / f"输出/2026-09{what}.html").read_text("utf-8")
        assert name in page and forged not in page
        assert "完全一致" in town.say(TODAY, f"swm report verify 输出/2026-09{what}.html")


def test_a_forged_answer_is_in_no_anchor(town: Town) -> None:
    town.say(TODAY, "swm report month 2026-09 --out .git/稿")
    place = town.root / ".git/swm/cache/history/answers"
    known = json.loads(place.read_bytes().partition(b"\n")[2])
    forged = {q: [a[0], "A" * 26] if q.startswith("anchor ") else a for q, a in known.items()}
    text = json.dumps(forged).encode()
    place.write_bytes(b"%08x\n%s" % (zlib.crc32(text), text))
    town.say(TODAY, ISSUE)
    assert "AAAA" not in edition(town).anchor
    assert town.say(TODAY, "swm audit anchor 2026-09").startswith("2026 0900")


# --- months that are cut otherwise since ------------------------------------------------------


def cut_on_the_25th(town: Town, today: str) -> None:
    place = town.root / "swm.yaml"
    place.write_text(re.sub("月报周期: .*", "月报周期: 25", place.read_text("utf-8")), "utf-8")
    town.say(today, "swm adopt --why 改周期")


def test_what_was_issued_stays_what_it_was_when_months_are_cut_otherwise(issued: Town) -> None:
    cut_on_the_25th(issued, LATER)
    for command in (ISSUE, PUBLISH.partition(" --approver")[0]):
        assert "与登记的一致" in issued.say(LATER, f"{command} --again --out .git/再印")
    told = issued.say(LATER, "swm report explain 2026-09 本月新增")
    assert "2026年9月1日至9月30日" in told and "印发登记的是" not in told
    issued.say(LATER, "swm report final 2026-09 输出/2026-09月报.docx")
    amended = issued.refused(LATER, "swm report amend 2026-09 --why 补列 --approver 孟批准")
    assert "更正版不能换期间" in amended


def test_a_notice_lies_with_the_month_that_its_anchor_names(town: Town) -> None:
    cut_on_the_25th(town, TODAY)
    range_ = "2026-09-20..2026-09-28"
    town.say(TODAY, f"swm report issue {range_} --audience 公示 --approver 孟签批")
    assert (town.root / "月报/2026/10.yaml").is_file()
    assert range_ in town.say(TODAY, "swm report list 2026-10")
    told = town.say(TODAY, f"swm report verify 输出/{range_}公示.docx")
    assert "就是公示登记的文件" in told


# --- originals --------------------------------------------------------------------------------


def test_a_scan_that_lies_elsewhere_is_not_there(town: Town) -> None:
    (town.root / ".git/回证.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<</Type /Page>>\nendobj\n")
    town.say(
        "2026-09-20", "swm advance 2 限期搬迁 --days 30 --doc-name 限期搬迁告知书 --by 甲一、乙二"
    )
    town.say("2026-09-21", "swm serve 2 2 --on 2026-09-21 --method 直接 --scan .git/回证.pdf")
    assert "缺原件" not in town.say(TODAY, "swm report check 2026-09")
    (scan,) = (p for p in (town.root / "原件").rglob("*") if p.is_file())
    scan.rename(town.root / "原件" / scan.name)
    assert "缺原件" in town.say(TODAY, "swm report check 2026-09")


# --- where nothing is written -----------------------------------------------------------------


def test_no_draft_of_texts_goes_into_a_mere_folder(town: Town, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(town.root / ".git")
    told = town.refused(TODAY, "swm report text 2026-09", 4)
    assert "只能看，不能写" in told
    assert not (town.root / "月报").exists()


@pytest.mark.parametrize("folder", ["输出/../.git/web", "输出/../附件", "输出/../.git"])
def test_no_site_goes_among_the_ledgers_own_files(town: Town, folder: str) -> None:
    told = town.refused(TODAY, f"swm site {folder} --audience 内部")
    assert "不往那里写" in told
    assert not (town.root / ".git/web").exists() and not (town.root / "附件").exists()
