"""缺少的原件 on the last page of an issued report: what was not on the computer that issued it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pytest

from swm.audit.provenance import kept
from swm.domain.reportrecords import Issued
from swm.render.discretion import veil_for
from swm.render.provenance import NAMED, named
from swm.reports.values import Edition, Monthly
from swm.store.ledger import find
from tests.data import monthly as samples
from tests.issued import Town

ISSUED_ON = "2026-10-08"
ASIDE = "原件另行保管，是否齐全在印发时核对。"
WHOLE = "登记了原件的记录1条，印发时原件的扫描件都在。"
LACKING = "登记了原件的记录1条，其中1条的扫描件印发时没有找到。"
WHERE = "BK-0002第3条"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town with one served order whose 回证 was scanned."""
    town = Town.begun(tmp_path_factory.mktemp("town"))
    (town.root / ".git/回证.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<</Type /Page>>\nendobj\n")
    town.say(
        "2026-09-20", "swm advance 2 限期搬迁 --days 30 --doc-name 限期搬迁告知书 --by 甲一、乙二"
    )
    town.say("2026-09-21", "swm serve 2 2 --on 2026-09-21 --method 直接 --scan .git/回证.pdf")
    return town


@pytest.fixture
def town(scanned: Town, tmp_path: Path) -> Town:
    return scanned.copied(tmp_path)


def last(town: Town) -> Issued:
    report = kept(find(town.root, town.root).snapshot(), "2026-09")
    assert report is not None and report.latest is not None
    return report.latest


def printed(town: Town, name: str = "2026-09月报") -> tuple[list[str], str]:
    word = docx.Document(io.BytesIO((town.root / f"输出/{name}.docx").read_bytes()))
    return [p.text for p in word.paragraphs], (town.root / f"输出/{name}.html").read_text("utf-8")


@pytest.mark.parametrize("audience", ["上报", "内部"])
def test_all_there(town: Town, audience: str) -> None:
    town.say(ISSUED_ON, f"swm report issue 2026-09 --audience {audience}")
    assert (last(town).originals, last(town).absent) == (1, ())
    lines, page = printed(town)
    assert WHOLE in lines and f"<p>{WHOLE}</p>" in page


@pytest.mark.parametrize(("audience", "named_there"), [("上报", False), ("内部", True)])
def test_what_is_not_there_is_counted_and_named_inside(
    town: Town, audience: str, named_there: bool
) -> None:
    shutil.rmtree(town.root / "原件")
    town.say(ISSUED_ON, f"swm report issue 2026-09 --audience {audience}")
    assert last(town).absent == (WHERE,)
    lines, page = printed(town)
    assert LACKING in lines and f"<p>{LACKING}</p>" in page
    assert (WHERE in lines) is named_there and (f"<p>{WHERE}</p>" in page) is named_there


def test_a_file_issued_where_it_lay_is_the_same_where_it_does_not(town: Town) -> None:
    town.say(ISSUED_ON, "swm report issue 2026-09")
    shutil.rmtree(town.root / "原件")
    for kind in ("docx", "html", "json", "xlsx"):
        told = town.say("2026-10-09", f"swm report verify 输出/2026-09月报.{kind}")
        assert "完全一致" in told and "首次印发" in told
    town.say("2026-10-09", "swm report issue 2026-09 --again --out 再印")
    town.say("2026-10-09", "swm report amend 2026-09 --why 补列 --approver 孟批准")
    assert WHOLE in printed(town)[0] and LACKING in printed(town, "2026-09月报-更正1")[0]


def test_one_scan_that_several_records_name_is_told_by_record(town: Town) -> None:
    town.say(
        "2026-09-22",
        "swm complaint add --source 上级交办 --village 俵口村 --text 夜间喷漆 --scan .git/回证.pdf",
    )
    shutil.rmtree(town.root / "原件")
    town.say(ISSUED_ON, "swm report issue 2026-09")
    assert (last(town).originals, len(last(town).absent)) == (2, 2)


def test_a_draft_says_that_it_was_not_looked_for(town: Town) -> None:
    town.say(ISSUED_ON, "swm report month 2026-09")
    lines, page = printed(town)
    assert ASIDE in lines and f"<p>{ASIDE}</p>" in page


def told(absent: tuple[str, ...], originals: int | None = 40) -> Monthly:
    from dataclasses import replace

    edition = Edition(1, originals=originals, absent=absent)
    return replace(samples.typical(), audience="内部", edition=edition)


def test_a_long_list_is_cut_and_says_where_the_rest_is() -> None:
    report = told(tuple(f"BK-{n:04}第1条" for n in range(1, 31)))
    lines = named(report, veil_for("内部", frozenset()))["缺原件"]
    assert len(lines) == NAMED + 1
    assert lines[-1] == "另有10条，名单见台账的印发记录。"


@pytest.mark.parametrize(
    ("originals", "words"),
    [
        (None, ASIDE),
        (0, "没有登记原件的扫描件。"),
        (40, "登记了原件的记录40条，印发时原件的扫描件都在。"),
    ],
)
def test_one_sentence_says_how_it_stands(originals: int | None, words: str) -> None:
    assert named(told((), originals), veil_for("内部", frozenset()))["原件"] == words
