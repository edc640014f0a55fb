"""A public notice leaves the house: recorded, tagged, made again, checked against the ledger."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from swm.audit.provenance import kept
from swm.domain.reportrecords import Published, Report
from swm.store.ledger import find
from tests.issued import Town

TODAY = "2026-10-08"
LATER = "2026-10-20"
PUBLISH = "swm report issue 2026-09 --audience 公示 --approver 孟签批"
FORMATS = ("docx", "html", "json")


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("september"))


@pytest.fixture(scope="module")
def put_out(september: Town, tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = september.copied(tmp_path_factory.mktemp("published"))
    town.say(TODAY, f"{PUBLISH} --approval 签批单3号 --by 甲一")
    return town


@pytest.fixture
def town(september: Town, tmp_path: Path) -> Town:
    return september.copied(tmp_path)


@pytest.fixture
def published(put_out: Town, tmp_path: Path) -> Town:
    return put_out.copied(tmp_path)


def on_file(town: Town) -> Report:
    found = kept(find(town.root, town.root).snapshot(), "2026-09")
    assert found is not None
    return found


def notices(town: Town) -> tuple[Published, ...]:
    return on_file(town).published


def put(town: Town, data: bytes) -> str:
    """A file as somebody brings it, under a name that says nothing."""
    (town.root / ".git/来件").write_bytes(data)
    return "swm report verify .git/来件"


def of(town: Town, kind: str) -> bytes:
    return (town.root / f"输出/2026-09公示.{kind}").read_bytes()


def test_one_commit_one_tag_and_who_approved_on_file(published: Town) -> None:
    (notice,) = notices(published)
    assert (notice.approval.person, notice.approval.basis) == ("孟签批", "签批单3号")
    assert notice.underway == ("BK-0001..0002",) and notice.by == ("甲一",)
    head = published.git("rev-parse", "HEAD")
    assert published.git("rev-parse", "月报/2026-09-公示^{commit}") == head
    assert published.git("rev-parse", "HEAD~") == notice.version


def test_the_approver_is_in_no_file_that_leaves(published: Town) -> None:
    word = docx.Document(io.BytesIO(of(published, "docx")))
    said = "\n".join(p.text for p in word.paragraphs)
    assert "俵口镇" in said
    for text in (said, of(published, "html").decode(), of(published, "json").decode()):
        assert "孟签批" not in text and "闻经营" not in text


@pytest.mark.parametrize("kind", FORMATS)
def test_the_file_is_verified_whatever_came_later(published: Town, kind: str) -> None:
    published.say(
        LATER, "swm add --name 俵口后来塑料厂 --village 俵口村 --category 关停取缔 --on 2026-09-25"
    )
    told = published.say(LATER, put(published, of(published, kind)))
    assert "完全一致：2026-09公示，台账版本" in told
    assert "就是公示登记的文件（公示，2026-10-08，孟签批批准）" in told


@pytest.mark.parametrize("kind", FORMATS)
def test_files_that_were_only_made_are_told_from_those_that_were_put_out(
    town: Town, kind: str
) -> None:
    made = "swm report month 2026-09 --audience 公示 --approver 孟签批 --out .git/稿"
    told = town.say(TODAY, f"{made} --format docx,html,json")
    assert "没有登记；对外公示：swm report issue 2026-09 --audience 公示" in told
    data = (town.root / f".git/稿/2026-09公示.{kind}").read_bytes()
    told = town.say(TODAY, put(town, data))
    assert "完全一致" in told and "没有登记为对外的公示" in told


def test_a_name_that_was_changed_in_word_is_found_with_its_cell(published: Town) -> None:
    word = docx.Document(io.BytesIO(of(published, "docx")))
    cell = next(
        c for t in word.tables for r in t.rows for c in r.cells if c.text == "俵口振兴塑料厂"
    )
    cell.paragraphs[0].runs[0].text = "俵口振兴塑料店"
    out = io.BytesIO()
    word.save(out)
    told = published.refused(LATER, put(published, out.getvalue()))
    flat = told.replace("\n    ", "")
    assert "第2行“俵口振兴塑料厂”第2列“企业名称”" in flat
    assert "文件里是 俵口振兴塑料店，应为 俵口振兴塑料厂" in flat


def test_a_line_that_was_taken_out_of_the_page_is_found(published: Town) -> None:
    page = of(published, "html").decode()
    row = next(line for line in page.splitlines() if "俵口振兴塑料厂" in line)
    told = published.refused(LATER, put(published, page.replace(row, "").encode()))
    assert "不一致" in told


def test_json_that_was_changed_is_found(published: Town) -> None:
    document = json.loads(of(published, "json"))
    document["企业"][0]["结果"] = "已取缔"
    told = published.refused(LATER, put(published, json.dumps(document).encode()))
    assert "正在整治" in told


def test_the_same_files_come_again(published: Town) -> None:
    published.october()
    told = published.say(
        "2026-11-03", "swm report issue 2026-09 --audience 公示 --again --out 再出"
    )
    assert "与登记的一致" in told
    for kind in FORMATS:
        again = (published.root / f"再出/2026-09公示.{kind}").read_bytes()
        assert again == of(published, kind)


def test_nothing_comes_again_of_what_was_never_put_out(town: Town) -> None:
    told = town.refused(TODAY, "swm report issue 2026-09 --audience 公示 --again")
    assert "还没有登记过公示" in told


def test_another_one_says_why_and_leaves_the_first_files(published: Town) -> None:
    first = of(published, "docx")
    assert "再次公示要写明原因" in published.refused(LATER, PUBLISH)
    published.say(LATER, f"{PUBLISH} --why 改了联系电话")
    assert [n.title for n in notices(published)] == ["公示", "第2次公示"]
    assert of(published, "docx") == first
    assert (published.root / "输出/2026-09公示-第2次.docx").is_file()
    told = published.say(LATER, "swm report list 2026-09")
    assert "第2次公示（2026-10-20）：改了联系电话" in told


def said(town: Town, kind: str) -> str:
    """All that the second notice says, in Word or on the page."""
    place = town.root / f"输出/2026-09公示-第2次.{kind}"
    if kind == "docx":
        return "\n".join(p.text for p in docx.Document(str(place)).paragraphs)
    return place.read_text("utf-8")


@pytest.fixture(scope="module")
def put_out_again(put_out: Town, tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = put_out.copied(tmp_path_factory.mktemp("again"))
    town.say(LATER, f"{PUBLISH} --why 改了联系电话，闻经营来过 --on 2026-10-19")
    return town


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_another_one_says_that_it_is_one_why_and_of_which_day(
    put_out_again: Town, kind: str
) -> None:
    told = said(put_out_again, kind)
    assert "（第2次公示）" in told and "再次公示的原因：改了联系电话，闻某某来过。" in told
    assert "2026年10月19日" in told
    first = of(put_out_again, "html").decode()
    assert "次公示" not in first and "<p>2026年9月30日</p>" in first


def test_a_day_that_people_wrote_stands(put_out: Town, tmp_path: Path) -> None:
    town = put_out.copied(tmp_path)
    place = town.root / "月报/2026/09-文字.yaml"
    place.write_text("期间: 2026-09\n成文日期: 2026-10-09\n", "utf-8")
    town.say(LATER, "swm adopt --why 写明日期")
    town.say(LATER, f"{PUBLISH} --why 改了联系电话")
    assert "2026年10月9日" in said(town, "docx")


@pytest.mark.parametrize("kind", FORMATS)
def test_another_one_is_verified_and_made_again(
    put_out_again: Town, tmp_path: Path, kind: str
) -> None:
    town = put_out_again.copied(tmp_path)
    town.say("2026-10-21", f"{PUBLISH} --why 又改了")
    data = (town.root / f"输出/2026-09公示-第2次.{kind}").read_bytes()
    told = town.say("2026-10-21", put(town, data))
    assert "就是公示登记的文件（第2次公示，2026-10-19，孟签批批准）" in told
    town.say("2026-11-03", "swm report issue 2026-09 --audience 公示 --again --out 再出")
    again = (town.root / f"再出/2026-09公示-第3次.{kind}").read_bytes()
    assert again == (town.root / f"输出/2026-09公示-第3次.{kind}").read_bytes()


def test_another_one_without_its_record_is_no_notice_of_ours(
    put_out: Town, put_out_again: Town, tmp_path: Path
) -> None:
    data = (put_out_again.root / "输出/2026-09公示-第2次.docx").read_bytes()
    town = put_out.copied(tmp_path)
    told = town.refused(LATER, put(town, data))
    assert "不一致" in told


def test_it_stands_beside_the_report_that_is_issued(published: Town) -> None:
    published.say(LATER, "swm report issue 2026-09")
    published.say(LATER, "swm report issue 2026-Q3 --audience 公示 --approver 孟签批")
    report = on_file(published)
    assert report.latest is not None and len(report.published) == 2
    assert published.git("tag").split() == [
        "月报/2026-09",
        "月报/2026-09-公示",
        "月报/2026-Q3-公示",
    ]
    told = published.say(LATER, "swm report list")
    assert [word in told for word in ("首次印发", "2026-Q3", "YB-2026-09第1条")] == [True] * 3


def test_what_is_refused_leaves_nothing(town: Town) -> None:
    before = town.git("rev-parse", "HEAD")
    assert "没有写批准人" in town.refused(TODAY, "swm report issue 2026-09 --audience 公示")
    assert "还没有过完" in town.refused("2026-09-30", PUBLISH)
    assert "公示不写文号" in town.refused(TODAY, f"{PUBLISH} --doc-no 1号", 2)
    assert "公示不写签发人" in town.refused(TODAY, f"{PUBLISH} --signer 郑签发", 2)
    assert "公示不出更正版" in amended(town)
    assert town.git("rev-parse", "HEAD") == before and town.git("tag") == ""
    assert not list((town.root / "输出").glob("*"))


def amended(town: Town) -> str:
    issued = town.copied(town.root.parent / f"{town.root.name}-2")
    issued.say(TODAY, "swm report issue 2026-09")
    return issued.refused(TODAY, "swm report amend 2026-09 --audience 公示 --why 改", 2)


def test_an_act_without_approval_keeps_it_in_the_house(town: Town) -> None:
    town.say("2026-09-20", "swm advance 2 核减 --reason 误登记 --by 甲一、乙二")
    told = town.refused(TODAY, PUBLISH)
    assert "2026年9月的公示还不能出" in told and "第2条核减（2026-09-20）尚无批准" in told
    place = town.root / "swm.yaml"
    text = place.read_text("utf-8").replace("镇名: 俵口镇", "镇名: 俵口镇\n待补批可印发: 是")
    place.write_text(text, "utf-8")
    assert "没有提交的改动" in town.refused(TODAY, PUBLISH)
    town.say(TODAY, "swm adopt --why 镇里同意")
    town.say(TODAY, f"{PUBLISH} --why 先公示再补批")
    (notice,) = notices(town)
    assert (notice.excuse, notice.reason) == ("先公示再补批", None)


def test_a_dry_run_leaves_nothing(town: Town) -> None:
    before = town.git("rev-parse", "HEAD")
    town.say(TODAY, f"{PUBLISH} --dry-run")
    assert town.git("rev-parse", "HEAD") == before and town.git("tag") == ""
    assert not list((town.root / "输出").glob("*"))


def test_a_notice_is_neither_corrected_nor_withdrawn(published: Town) -> None:
    told = published.refused(LATER, "swm undo --why 不要了")
    assert "再次公示" in told
    told = published.refused(LATER, "swm correct YB-2026-09 1 --why 改 --set 批准.人=别人")
    assert "批准" in told


@pytest.mark.parametrize(("audience", "named"), [("内部", True), ("上报", False)])
def test_the_site_lists_it_and_names_the_approver_inside_only(
    published: Town, audience: str, named: bool
) -> None:
    published.say(LATER, f"swm site 输出/网站 --audience {audience}")
    page = (published.root / "输出/网站/reports.html").read_text("utf-8")
    assert "对外的公示" in page and "还没有印发过月报" in page
    assert ("孟签批" in page) is named
    everywhere = (p.read_text("utf-8") for p in (published.root / "输出/网站").rglob("*.html"))
    assert any("孟签批" in text for text in everywhere) is named


def test_nothing_goes_up_before_it_was_approved(town: Town) -> None:
    told = town.refused(LATER, f"{PUBLISH} --on 2026-10-01 --approved-on 2026-10-09")
    assert "公示的日期 2026-10-01 早于批准的日期（2026-10-09）" in told


def test_the_list_names_who_was_added_and_of_which_period(published: Town) -> None:
    published.say(
        LATER, "swm add --name 俵口后来塑料厂 --village 俵口村 --category 关停取缔 --on 2026-09-25"
    )
    published.say(LATER, f"{PUBLISH} --why 漏列一家")
    quarter = "swm report issue 2026-Q3 --audience 公示 --approver 孟签批"
    published.say(LATER, quarter)
    published.say(LATER, f"{quarter} --why 公示栏破损")
    told = published.say(LATER, "swm report list 2026-09")
    assert "2026-09 第2次公示（2026-10-20）：漏列一家\n  正在整治的名单增加1家：BK-0003" in told
    assert "2026-Q3 第2次公示（2026-10-20）：公示栏破损\n  名单没有变化" in told


def test_the_list_fits_a_narrow_screen(published: Town) -> None:
    published.say(
        LATER, "swm report issue 2026-09-01..2026-09-28 --audience 公示 --approver 孟签批"
    )
    published.say(LATER, "swm report issue 2026-09 --doc-no 俵整办〔2026〕9号 --signer 郑签发")
    from swm.render.text import width

    told = published.lines(LATER, "swm report list")
    assert max(map(width, told)) <= 80
