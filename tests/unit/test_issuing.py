"""Reports that leave the house: checked, issued, amended, signed; what is kept of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import docx
import pytest
from lxml import html

from swm.audit.anchors import anchor_of
from swm.audit.provenance import kept
from swm.domain.periods import Period
from swm.domain.reportrecords import Report, tag_name
from swm.store import tags
from swm.store.ledger import find
from tests.issued import Town

ISSUED_ON = "2026-10-08"
ISSUE = "swm report issue 2026-09 --doc-no 俵整办〔2026〕9号 --signer 郑签发"
TAG = "月报/2026-09"


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("september"))


@pytest.fixture(scope="module")
def left_the_house(september: Town, tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = september.copied(tmp_path_factory.mktemp("issued"))
    town.say(ISSUED_ON, ISSUE)
    return town


@pytest.fixture
def town(september: Town, tmp_path: Path) -> Town:
    return september.copied(tmp_path)


@pytest.fixture
def issued(left_the_house: Town, tmp_path: Path) -> Town:
    return left_the_house.copied(tmp_path)


def on_file(town: Town) -> Report:
    found = kept(find(town.root, town.root).snapshot(), "2026-09")
    assert found is not None
    return found


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- check ------------------------------------------------------------------------------------


def test_a_month_that_is_not_over_cannot_be_issued(town: Town) -> None:
    told = town.refused("2026-09-30", "swm report check 2026-09")
    assert "还没有过完（到 2026-09-30）" in told
    assert "还没有过完" in town.refused("2026-09-30", "swm report issue 2026-09")
    assert "可以印发" in town.say("2026-10-01", "swm report check 2026-09")


def test_a_month_before_the_ledger_is_not_issued(town: Town) -> None:
    told = town.refused(ISSUED_ON, "swm report issue 2020-01")
    assert "2020年1月在建账以前（台账从2026-09-02开始）" in told
    told = town.refused(ISSUED_ON, "swm report issue 2020-01 --audience 公示 --approver 孟签批")
    assert "在建账以前" in told and town.git("tag") == ""


def test_what_is_not_entered_is_a_reminder_with_its_command(town: Town) -> None:
    told = town.say(ISSUED_ON, "swm report check 2026-09")
    assert "9月夜查1次，要求4次，还差3次没有登记" in told
    assert "兴家坨村：没有零报告，也没有登记和排查" in told
    assert "→ swm activity missing 2026-09" in told
    town.say(
        "2026-09-25", "swm advance 2 限期搬迁 --days 30 --doc-name 限期搬迁告知书 --by 甲一、乙二"
    )
    told = town.say(ISSUED_ON, "swm report check 2026-09")
    assert "BK-0002 俵口振兴塑料厂：第2条文书待送达" in told
    assert "→ swm serve BK-0002 2 --on 日期 --method 直接" in told


def test_an_uncommitted_edit_blocks_and_is_named(town: Town) -> None:
    place = town.root / "企业/BK-00/BK-0001.yaml"
    place.write_text(place.read_text("utf-8") + "# 注\n", "utf-8")
    (town.root / "记事.txt").write_text("不是台账的文件", "utf-8")
    told = town.refused(ISSUED_ON, "swm report check 2026-09")
    assert "没有提交的改动" in told and "企业/BK-00/BK-0001.yaml" in told
    assert "记事" not in told
    assert "swm adopt --why" in town.refused(ISSUED_ON, ISSUE)
    assert town.git("tag") == ""


def test_a_broken_file_is_named_and_nothing_is_issued(town: Town) -> None:
    place = town.root / "企业/BK-00/BK-0001.yaml"
    place.write_text(place.read_text("utf-8").replace("序号: 1", "序号: 一"), "utf-8")
    town.git("commit", "-qam", "弄坏")
    for command in ("swm report check 2026-09", ISSUE):
        told = town.refused(ISSUED_ON, command, 5)
        assert "BK-0001.yaml" in told and "不是整数" in told


def test_a_pending_approval_blocks_unless_the_town_allows_it(town: Town) -> None:
    town.say("2026-09-20", "swm advance 2 核减 --reason 误登记 --by 甲一、乙二")
    told = town.refused(ISSUED_ON, ISSUE + " --why 急")
    assert "待补批：BK-0002 俵口振兴塑料厂：第2条核减（2026-09-20）尚无批准" in told
    assert "待补批可印发: 是" in told
    place = town.root / "swm.yaml"
    text = place.read_text("utf-8").replace("镇名: 俵口镇", "镇名: 俵口镇\n待补批可印发: 是")
    place.write_text(text, "utf-8")
    town.say(ISSUED_ON, "swm adopt --why 镇里同意")
    assert "待补批" in town.refused(ISSUED_ON, ISSUE), "a reason is still wanted"
    town.say(ISSUED_ON, ISSUE + " --why 区里催报")
    (edition,) = on_file(town).editions
    assert edition.excuse == "区里催报"


def test_a_correction_without_approval_blocks_whenever_it_was_made(town: Town) -> None:
    town.say("2026-10-05", "swm correct 1 2 --why 看错了 --set 结果=在产")
    told = town.refused(ISSUED_ON, ISSUE)
    assert "更正（2026-10-05）尚无批准" in told
    town.say(ISSUED_ON, "swm report month 2026-09")
    page = (town.root / "输出/2026-09月报.html").read_text("utf-8")
    assert "更正（2026-10-05）</p>" in page, "the paper says what the check says"
    assert "台账中有1条记录待补批，涉及1家企业。" in page


def test_what_is_pending_since_is_no_obstacle(town: Town) -> None:
    town.say("2026-10-05", "swm advance 2 核减 --reason 误登记 --by 甲一、乙二")
    town.say(ISSUED_ON, ISSUE)


# --- issue ------------------------------------------------------------------------------------


def test_what_was_printed_is_kept(issued: Town) -> None:
    (edition,) = on_file(issued).editions
    document = json.loads((issued.root / "输出/2026-09月报.json").read_text("utf-8"))
    for name, number in edition.figures.items():
        printed = document["数字"][name]
        assert (number.value, number.unit, number.previous) == (
            printed["值"],
            printed["单位"],
            printed["上期"],
        )
    assert len(edition.figures) == len(document["数字"]) > 80
    assert edition.stock == ("BK-0001..0002",)
    assert {row.village for row in edition.villages} == {"合计", "俵口村", "兴家坨村"}
    assert (edition.document_number, edition.signer) == ("俵整办〔2026〕9号", "郑签发")
    for each in edition.files:
        assert each.sha256 == sha(issued.root / "输出" / each.name)
    assert [t.name for t in edition.templates] == ["月报.docx", "月报.html.j2"]


def test_the_report_names_the_commit_before_its_own(issued: Town) -> None:
    (edition,) = on_file(issued).editions
    assert edition.version == issued.git("rev-parse", "HEAD^")
    assert edition.anchor.replace(" ", "")[:6] == "202609"
    word = docx.Document(str(issued.root / "输出/2026-09月报.docx"))
    text = [p.text for p in word.paragraphs]
    assert edition.anchor in text
    assert text[-1].startswith(f"本报告依据台账版本 {edition.version} 生成")


def test_the_months_anchor_stays_that_of_the_issued_commit(issued: Town) -> None:
    (edition,) = on_file(issued).editions
    issued.october()
    then = json.loads(issued.say("2026-11-03", "swm audit anchor 2026-09 --json"))
    now = json.loads(issued.say("2026-11-03", "swm audit anchor --json"))
    assert now["提交数"] == then["提交数"] + 3, "its own commit, and two since"
    ledger = find(issued.root, issued.root)
    assert anchor_of(ledger, edition.version, "2026-09").text == edition.anchor


def test_it_is_tagged_once_and_the_tag_never_moves(issued: Town) -> None:
    assert issued.git("tag", "-l").splitlines() == [TAG]
    assert issued.git("cat-file", "-t", f"refs/tags/{TAG}") == "tag"
    assert issued.git("rev-parse", f"{TAG}^{{commit}}") == issued.git("rev-parse", "HEAD")
    issued.october()
    before = issued.git("rev-parse", TAG)
    issued.say("2026-11-03", "swm report issue 2026-10")
    assert issued.git("rev-parse", TAG) == before


def test_a_second_issue_is_refused_and_names_amend(issued: Town) -> None:
    told = issued.refused(ISSUED_ON, ISSUE)
    assert "已于2026-10-08印发（首次印发）" in told
    assert "swm report amend 2026-09" in told
    assert "已经印发" in issued.refused(ISSUED_ON, "swm report check 2026-09")


def test_undo_does_not_take_back_what_left_the_house(issued: Town) -> None:
    told = issued.refused(ISSUED_ON, "swm undo --why 印错")
    assert "2026-09月报的登记不能撤销" in told and "swm report amend" in told
    told = issued.refused(ISSUED_ON, "swm correct YB-2026-09 1 --set 版次=2 --why 试")
    assert "“版次”不能更正" in told


def test_a_rehearsal_leaves_nothing(town: Town) -> None:
    head = town.git("rev-parse", "HEAD")
    assert "将记录：印发 YB-2026-09" in town.say(ISSUED_ON, ISSUE + " --dry-run")
    assert town.git("rev-parse", "HEAD") == head and town.git("tag") == ""
    assert not (town.root / "输出/2026-09月报.docx").exists()
    assert not (town.root / ".git/swm/untagged").exists()


def test_files_of_a_refused_issue_do_not_stay(town: Town) -> None:
    told = town.refused(ISSUED_ON, ISSUE + " --on 2026-09-15")
    assert "还没有过完" in told
    assert not list((town.root / "输出").glob("*"))


def test_the_same_files_are_those_of_its_audience(issued: Town) -> None:
    told = issued.refused("2026-11-03", "swm report issue 2026-09 --audience 内部 --again")
    assert "2026年9月份月报印发的口径是上报" in told


def test_a_signed_file_is_not_older_than_what_it_signs(issued: Town) -> None:
    told = issued.refused(
        "2026-10-20", "swm report final 2026-09 输出/2026-09月报.docx --on 2026-10-01"
    )
    assert "定稿的日期 2026-10-01 早于印发的日期（2026-10-08，首次印发）" in told


def test_a_registered_signed_file_is_known_again(issued: Town) -> None:
    word = docx.Document(str(issued.root / "输出/2026-09月报.docx"))
    word.paragraphs[-1].add_run("（已阅）")
    word.save(str(issued.root / ".git/定稿.docx"))
    issued.say("2026-10-20", "swm report final 2026-09 .git/定稿.docx --on 2026-10-15")
    told = issued.refused("2026-10-20", "swm report verify .git/定稿.docx")
    assert "就是登记的定稿（2026-10-15）" in told


def test_a_stock_is_explained_by_the_record_of_its_day(issued: Town) -> None:
    told = issued.say("2026-10-20", "swm report explain 2026-09 底数")
    line = next(line for line in told.splitlines() if line.startswith("BK-0001"))
    assert "第1条" in line and "2026-09-02" in line


def test_the_same_files_come_again(issued: Town) -> None:
    issued.october()
    told = issued.say("2026-11-03", "swm report issue 2026-09 --again --out 再印")
    assert "与登记的一致" in told
    for each in on_file(issued).editions[0].files:
        assert sha(issued.root / "再印" / each.name) == each.sha256


def test_a_broken_issue_with_a_tag_missing_stops_no_other_record(issued: Town) -> None:
    from swm.store.refs import UNTAGGED

    path = issued.root / "月报/2026/09.yaml"
    path.write_text(path.read_text("utf-8") + "坏了: [\n", "utf-8")
    issued.git("commit", "-qam", "手工改坏")
    (issued.root / ".git/swm" / UNTAGGED).touch()
    told = issued.say("2026-10-09", "swm inspect 1 --kind 日常 --by 甲一、乙二 --result 停产")
    assert "已记录" in told


def test_a_template_edited_since_does_not_change_the_files_that_come_again(town: Town) -> None:
    from swm.render.templates import MONTHLY_HTML, find

    own = town.root / "templates" / MONTHLY_HTML
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(find(MONTHLY_HTML))
    town.say(ISSUED_ON, "swm adopt --why 用自己的模板")
    town.say(ISSUED_ON, ISSUE)
    own.write_text(own.read_text("utf-8").replace("<h3>数据说明</h3>", "<h3>说明</h3>"), "utf-8")
    town.say("2026-10-09", "swm adopt --why 改模板")
    town.say("2026-10-09", "swm report issue 2026-09 --again --out 再印")
    assert "完全一致" in town.say("2026-10-09", "swm report verify 输出/2026-09月报.html")


# --- the tag, when a process died -------------------------------------------------------------


def test_a_missing_tag_is_made_by_the_next_write_the_very_same(issued: Town) -> None:
    before = issued.git("rev-parse", TAG)
    issued.git("tag", "-d", TAG)
    assert f"标签 {TAG} 还没有打上" in issued.refused("2026-10-09", "swm report check 2026-09")
    (issued.root / ".git/swm/untagged").write_bytes(b"")
    issued.say("2026-10-09", "swm activity add --kind 宣传 --title 入户 --copies 10")
    assert issued.git("rev-parse", TAG) == before
    assert not (issued.root / ".git/swm/untagged").exists()


def test_a_missing_tag_is_made_by_the_next_issue_without_the_mark(issued: Town) -> None:
    before = issued.git("rev-parse", TAG)
    issued.git("tag", "-d", TAG)
    issued.october().say("2026-11-03", "swm report issue 2026-10")
    assert issued.git("rev-parse", TAG) == before


@pytest.mark.parametrize(
    "command",
    [
        "swm report amend 2026-09 --why 数字有误 --approver 孟镇长 --signer 孟镇长",
        "swm report issue 2026-09 --audience 公示 --approver 孟镇长",
        "swm report amend 2026-09 --why 数字有误 --on 2026-09-15",
    ],
)
def test_a_refused_command_makes_no_tag(issued: Town, command: str) -> None:
    issued.git("tag", "-d", TAG)
    if "--on" not in command:
        issued.git("switch", "-qc", "trial")
        assert "分支 trial" in issued.refused("2026-10-09", command, 4)
    else:
        issued.refused("2026-10-09", command)
    assert issued.git("tag") == ""


def test_the_tags_that_were_missing_are_made_by_a_correction_too(issued: Town) -> None:
    before = issued.git("rev-parse", TAG)
    issued.git("tag", "-d", TAG)
    issued.say("2026-10-09", "swm report amend 2026-09 --why 数字有误 --approver 孟镇长")
    assert issued.git("rev-parse", TAG) == before
    assert issued.git("tag").splitlines() == [TAG, f"{TAG}-更正1"]


def test_a_tag_that_somebody_moved_is_told_and_left_alone(issued: Town) -> None:
    issued.git("tag", "-f", TAG, "HEAD^")
    moved = issued.git("rev-parse", TAG)
    issued.october()
    told = issued.refused("2026-11-03", "swm report check 2026-10")
    assert f"标签 {TAG} 指的不是印发它的那次提交" in told
    assert issued.git("rev-parse", TAG) == moved
    ledger = find(issued.root, issued.root)
    report = on_file(issued)
    assert tags.astray(ledger)[0][0] == TAG == tag_name(report, report.editions[0])


# --- the next month ---------------------------------------------------------------------------


def late_entry(town: Town) -> Town:
    """In October a firm is entered that was found in September."""
    town.october().say(
        "2026-10-20",
        "swm add --name 俵口迟录砖厂 --village 俵口村 --category 关停取缔 --on 2026-09-20",
    )
    return town


def test_a_late_entry_shows_in_the_next_month_and_leaves_the_issued_number(issued: Town) -> None:
    late_entry(issued)
    report = issued.report("2026-11-03", "2026-10")
    stock = report["数字"]["底数"]
    assert (stock["上期"], stock["值"], stock["增减"]) == (2, 4, 2), "recomputed it would be 3"
    assert report["数字"]["补录"]["记录"] == ["BK-0004"]
    movement = report["勾稽"][0]
    assert (movement["左"], movement["右"], movement["相符"]) == (4, 4, True)
    place = issued.root / "说明"
    issued.say("2026-11-03", "swm report month 2026-10 --format html,docx --out 说明")
    text = html.fromstring((place / "2026-10月报.html").read_bytes()).text_content()
    assert "印发后补列1家、减少0家" in text
    assert "上期为2026年9月（首次印发，2026-10-08）的数" in text
    word = docx.Document(str(place / "2026-10月报.docx"))
    assert any("上期为2026年9月（首次印发" in p.text for p in word.paragraphs)


def test_an_enterprise_that_leaves_the_issued_month_ties_too(issued: Town) -> None:
    issued.october().say(
        "2026-10-21",
        "swm correct 2 1 --set 类别=关停取缔 --why 登记错 --approver 孟批准",
    )
    issued.say(
        "2026-10-22",
        "swm advance 2 核减 --reason 误登记 --on 2026-09-25 --by 甲一、乙二 --approver 孟批准",
    )
    report = issued.report("2026-11-03", "2026-10")
    assert report["数字"]["底数"]["上期"] == 2 and report["数字"]["底数"]["值"] == 2
    assert report["勾稽"][0]["相符"]


# --- days ---------------------------------------------------------------------------------------


def headed(town: Town) -> Town:
    """With a red head, and so with an imprint."""
    place = town.root / "swm.yaml"
    place.write_text(place.read_text("utf-8") + "月报:\n  版头: 红头\n", "utf-8")
    town.say(ISSUED_ON, "swm adopt --why 红头")
    return town


def days(town: Town, name: str) -> tuple[str, str]:
    """成文日期 and the day in 版记, the same in Word and on the page."""
    page = html.fromstring((town.root / f"输出/{name}.html").read_bytes())
    dated = page.xpath('string(//div[@class="sign"]/p[2])')
    imprint = page.xpath('string(//div[@class="imprint"]/div[last()]/span[last()])')
    word = docx.Document(str(town.root / f"输出/{name}.docx"))
    assert dated in [p.text for p in word.paragraphs]
    cells = [cell.text for t in word.tables for row in t.rows for cell in row.cells]
    assert imprint in cells
    return dated, imprint


def test_the_imprint_has_the_day_of_issue_and_an_amendment_its_own(town: Town) -> None:
    headed(town).say("2026-10-12", f"{ISSUE} --on 2026-10-10")
    assert days(town, "2026-09月报") == ("2026年9月30日", "2026年10月10日印发")
    town.say("2026-10-21", "swm report amend 2026-09 --why 改 --approver 孟批准")
    assert days(town, "2026-09月报-更正1") == ("2026年10月21日", "2026年10月21日印发")
    for name in ("2026-09月报", "2026-09月报-更正1"):
        for kind in ("docx", "html", "json", "xlsx"):
            told = town.say("2026-11-03", f"swm report verify 输出/{name}.{kind}")
            assert "就是印发登记的文件" in told
    told = town.say("2026-11-03", "swm report issue 2026-09 --again --out 再出")
    assert "与登记的一致" in told


def test_the_day_that_people_wrote_is_that_of_an_amendment_too(town: Town) -> None:
    headed(town)
    place = town.root / "月报/2026/09-文字.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("期间: 2026-09\n成文日期: 2026-10-09\n", "utf-8")
    town.say(ISSUED_ON, "swm adopt --why 写明日期")
    town.say("2026-10-12", ISSUE)
    assert days(town, "2026-09月报") == ("2026年10月9日", "2026年10月12日印发")
    town.say("2026-10-21", "swm report amend 2026-09 --why 改 --approver 孟批准")
    assert days(town, "2026-09月报-更正1") == ("2026年10月9日", "2026年10月21日印发")


# --- amend ------------------------------------------------------------------------------------


def test_an_amendment_wants_a_reason_and_an_approver(issued: Town) -> None:
    told = issued.refused("2026-10-21", "swm report amend 2026-09")
    assert "为什么要更正" in told and "由谁批准更正" in told
    told = issued.refused(
        "2026-10-21", "swm report amend 2026-09 --why 补 --approver 孟批准 --audience 内部"
    )
    assert "不能换口径" in told
    assert "还没有印发" in issued.refused("2026-10-21", "swm report amend 2026-08 --why 补")


def test_an_amendment_prints_what_changed_from_what_to_what(issued: Town) -> None:
    late_entry(issued)
    told = issued.say("2026-10-21", "swm report amend 2026-09 --why 迟录一家 --approver 孟批准")
    assert "更正版第1次，改动" in told
    first, second = on_file(issued).editions
    assert (first.edition, second.edition) == (1, 2)
    assert first.figures["底数"].value == 2 and second.figures["底数"].value == 3
    changed = {each.what: (each.was, each.now) for each in second.changes}
    assert changed["底数 本期"] == ("2", "3")
    assert changed["村级统计表 俵口村 底数"] == ("2", "3")
    assert "夜查次数 本期" not in changed
    assert sha(issued.root / "输出/2026-09月报.docx") == first.files[0].sha256, "it stays"
    place = issued.root / "输出/2026-09月报-更正1.docx"
    word = docx.Document(str(place))
    text = [p.text for p in word.paragraphs]
    assert "（更正版第1次，改动见附件3）" in text
    assert "更正原因：迟录一家" in text
    (joined,) = second.joined
    assert joined.startswith("BK-0004 ") and joined.endswith("（俵口村）") and second.gone == ()
    assert f"底数增加：{joined}。" in text and not any("底数减少" in line for line in text)
    rows = [[c.text for c in row.cells] for t in word.tables for row in t.rows]
    line = next(row for row in rows if row[1:2] == ["底数 本期"])
    assert line[1:] == ["底数 本期", "2", "3"]
    page = html.fromstring(place.with_suffix(".html").read_bytes())
    assert "底数 本期" in [cell.text for cell in page.iter("td")]
    assert f"底数增加：{joined}。" in [line.text for line in page.iter("p")]
    for file in ("2026-09月报-更正1.docx", "2026-09月报-更正1.html"):
        assert "一致" in issued.say("2026-10-22", f"swm report verify 输出/{file}")
    assert issued.git("tag").splitlines() == [TAG, f"{TAG}-更正1"]
    report = issued.report("2026-11-03", "2026-10")
    assert report["数字"]["底数"]["上期"] == 3, "上期 is that of the latest edition"


# --- the signed file --------------------------------------------------------------------------


def edited(town: Town, name: str, *, words: bool = False, cell: str | None = None) -> str:
    """The issued Word file as a person would have changed it."""
    word = docx.Document(str(town.root / "输出/2026-09月报.docx"))
    if words:
        next(p for p in word.paragraphs if p.text.startswith("截至")).add_run("（已核）")
        word.add_table(rows=1, cols=1).cell(0, 0).text = "签发栏 2026"
    if cell is not None:
        table = next(t for t in word.tables if t.rows[0].cells[0].text == "指标")
        row = next(r for r in table.rows if r.cells[0].text == "底数")
        row.cells[2].paragraphs[0].runs[0].text = cell
    word.save(str(town.root / name))
    return name


def test_a_signed_file_may_be_worded_otherwise(issued: Town) -> None:
    name = edited(issued, ".git/定稿.docx", words=True)
    told = issued.say(
        "2026-10-09", f"swm report final 2026-09 {name} --pages 18 --place 2026年第3盒"
    )
    assert "文字与生成的不同的有1处" in told and "（已核）" in told
    report = on_file(issued)
    (final,) = report.finals
    assert final.file.sha256 == sha(issued.root / name)
    assert (final.of, final.pages, final.place) == (1, 18, "2026年第3盒")
    assert "已经登记为定稿" in issued.refused("2026-10-09", f"swm report final 2026-09 {name}")


def test_a_number_in_a_table_that_differs_is_named_with_its_place(issued: Town) -> None:
    name = edited(issued, ".git/定稿.docx", cell="5")
    told = issued.refused("2026-10-09", f"swm report final 2026-09 {name}")
    assert "表“一、主要指标”第3行“底数”第3列“本期”：定稿“5”，印发“2”" in told.replace("\n     ", "")
    assert not on_file(issued).finals


def test_a_table_that_is_gone_is_no_signed_report(issued: Town) -> None:
    word = docx.Document(str(issued.root / "输出/2026-09月报.docx"))
    table = next(t for t in word.tables if t.rows[0].cells[0].text == "指标")
    table._element.getparent().remove(table._element)
    word.save(str(issued.root / ".git/定稿.docx"))
    assert "主要指标" in issued.refused("2026-10-09", "swm report final 2026-09 .git/定稿.docx")
    (issued.root / ".git/定稿.txt").write_text("不是 Word", "utf-8")
    assert "docx" in issued.refused("2026-10-09", "swm report final 2026-09 .git/定稿.txt")


# --- explain ----------------------------------------------------------------------------------


def test_a_number_is_explained_by_its_records_and_their_commits(issued: Town) -> None:
    late_entry(issued)
    told = issued.say("2026-11-03", "swm report explain 2026-09 底数 --json")
    found = json.loads(told)
    assert (found["值"], found["印发"], found["版次"]) == (2, 2, "首次印发")
    assert [r["编号"] for r in found["记录"]] == ["BK-0001", "BK-0002"]
    for record in found["记录"]:
        assert record["录入人"] == "方志明" and record["提交"]
    told = issued.say("2026-11-03", "swm report explain 2026-09 夜查家次")
    assert "BK-0001" in told and "第2条" in told and "方志明" in told
    now = json.loads(issued.say("2026-11-03", "swm report explain 2026-09 底数 --at HEAD --json"))
    assert (now["值"], now["版次"]) == (3, None)
    assert "没有" in issued.refused("2026-11-03", "swm report explain 2026-09 没有这个数")


def test_the_commit_named_is_the_one_that_wrote_the_record(issued: Town) -> None:
    from swm.audit.explaining import explained
    from swm.reports import figures

    ledger = find(issued.root, issued.root)
    found = explained(ledger, ledger.facts(), Period.month(2026, 9, None), "夜查家次")
    (because,) = found.records
    shown = issued.git("show", "--format=%s", because.commit)
    assert shown.startswith("夜查 BK-0001") and f"序号: {because.entry.number}" in shown
    assert figures.FIGURES["夜查家次"].unit == found.figure.unit
