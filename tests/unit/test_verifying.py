"""A report's file against the ledger: the same, or exactly where it differs, or why not to tell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest

from swm.audit import contents, differences, telling
from swm.audit.reports import PROGRAM
from swm.audit.wordcontents import word_contents
from swm.audit.wordstyles import WORD
from swm.errors import Unreadable
from swm.render import zipped
from tests.issued import Town

TODAY = "2026-10-09"
FORMATS = ("docx", "html", "json", "xlsx")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    town.say("2026-10-08", "swm report issue 2026-09 --doc-no 俵整办〔2026〕9号")
    town.say(TODAY, "swm report month 2026-09 --format docx,html,json,xlsx --out .git/草稿")
    town.say(
        TODAY, "swm add --name 俵口后来塑料厂 --village 俵口村 --category 关停取缔 --on 2026-09-25"
    )
    return town


def issued(town: Town, kind: str) -> bytes:
    return (town.root / f"输出/2026-09月报.{kind}").read_bytes()


def put(town: Town, data: bytes, kind: str) -> str:
    """A file as somebody brings it, under a name that says nothing."""
    (town.root / f".git/来件.{kind}").write_bytes(data)
    return f"swm report verify .git/来件.{kind}"


@pytest.mark.parametrize("kind", FORMATS)
def test_an_issued_file_is_the_same_whatever_came_later(town: Town, kind: str) -> None:
    told = town.say(TODAY, put(town, issued(town, kind), "bin"))
    assert "完全一致" in told and "就是印发登记的文件（首次印发）" in told


@pytest.mark.parametrize("kind", FORMATS)
def test_a_draft_is_the_same_and_not_registered(town: Town, kind: str) -> None:
    data = (town.root / f".git/草稿/2026-09月报.{kind}").read_bytes()
    told = town.say(TODAY, put(town, data, kind))
    assert "完全一致" in told and "没有登记印发（草稿）" in told


def test_a_report_on_a_quarter_is_made_again_too(town: Town) -> None:
    town.say("2026-10-09", "swm report quarter 2026-Q3 --format docx,xlsx --out .git/季")
    for kind in ("docx", "xlsx"):
        told = town.say(TODAY, f"swm report verify .git/季/2026-Q3季报.{kind}")
        assert "完全一致：2026-Q3季报（上报）" in told


def test_a_cell_that_was_changed_in_excel_is_named(town: Town) -> None:
    parts = zipped.unpack(issued(town, "xlsx"))
    name = "xl/worksheets/sheet1.xml"
    number = rb'(<c r="[A-Z]+\d+" s="\d+"><v>)2(</v>)'
    changed = re.sub(number, rb"\g<1>7\2", parts[name], count=1)
    assert changed != parts[name]
    told = town.refused(TODAY, put(town, zipped.pack({**parts, name: changed}), "xlsx"))
    assert "文件里是 7，应为 2" in told


def test_an_archive_that_was_packed_anew_holds_the_same_but_is_another_file(town: Town) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in zipped.unpack(issued(town, "docx")).items():
            archive.writestr(name, data)
    command = put(town, out.getvalue(), "docx")
    told = town.say(TODAY, command)
    assert "内容与台账重新生成的一致，文件重新打包过" in told
    assert "内容与印发登记的文件相同（首次印发），但不是登记的那个文件" in told
    assert "完全一致" not in told and "就是" not in told
    document = json.loads(town.say(TODAY, f"{command} --json"))
    assert (document["一致"], document["重新打包"]) == (True, True)
    assert (document["印发登记"], document["内容同登记"]) == (None, "首次印发")


def test_a_cell_that_was_changed_in_word_is_named(town: Town) -> None:
    word = docx.Document(io.BytesIO(issued(town, "docx")))
    table = next(t for t in word.tables if t.rows[0].cells[0].text == "指标")
    row = next(r for r in table.rows if r.cells[0].text == "未销号")
    row.cells[2].paragraphs[0].runs[0].text = "1"
    out = io.BytesIO()
    word.save(out)
    told = town.refused(TODAY, put(town, out.getvalue(), "docx"))
    assert "“未销号”第3列“本期”：文件里是 1，应为 2" in told.replace("\n    ", "")


def test_a_cell_that_was_changed_on_the_page_is_named(town: Town) -> None:
    page = issued(town, "html").decode()
    changed = page.replace('href="#list-底数">2<', 'href="#list-底数">9<', 1)
    assert changed != page
    told = town.refused(TODAY, put(town, changed.encode(), "html")).replace("\n    ", "")
    assert "“底数”" in told and "文件里是 9，应为 2" in told.replace("应为2", "应为 2")
    assert "文件里是" in town.refused(TODAY, put(town, page.replace("结", "終").encode(), "html"))


def test_a_script_slipped_into_the_page_is_seen(town: Town) -> None:
    page = issued(town, "html").replace(b"</body>", b"<script>1</script></body>")
    assert "版式或脚本" in town.refused(TODAY, put(town, page, "html"))


def test_a_number_that_was_changed_in_json_is_named(town: Town) -> None:
    document = json.loads(issued(town, "json"))
    document["数字"]["底数"]["值"] = 3
    document["村级统计表"][0]["底数"] = "3"
    told = town.refused(TODAY, put(town, json.dumps(document).encode(), "json") + " --json")
    found = json.loads(told.rpartition("}")[0] + "}")
    assert found["一致"] is False
    places = {(d["位置"], d["文件"], d["应为"]) for d in found["不同"]}
    assert ("数字 → 底数 → 值", "3", "2") in places
    assert ("村级统计表 第1项 → 底数", "3", "2") in places


def test_a_paragraph_that_was_reworded_is_shown_where_it_parts(town: Town) -> None:
    word = docx.Document(io.BytesIO(issued(town, "docx")))
    paragraph = next(p for p in word.paragraphs if p.text.startswith("截至"))
    run = next(r for r in paragraph.runs if "散乱污" in r.text)
    run.text = run.text.replace("散乱污", "小散乱污", 1)
    out = io.BytesIO()
    word.save(out)
    told = town.refused(TODAY, put(town, out.getvalue(), "docx")).replace("\n    ", "")
    assert "“小散乱污”企业" in told and "应为 …" in told


def test_another_programs_file_is_said_to_be_one(town: Town) -> None:
    page = issued(town, "html").replace(PROGRAM.encode(), b"swm 9.9.9")
    told = town.refused(TODAY, put(town, page, "html"), 5)
    assert f"由 swm 9.9.9 生成，本机是 {PROGRAM}" in told


def test_a_commit_that_is_not_here_is_said_plainly(town: Town) -> None:
    document = json.loads((town.root / ".git/草稿/2026-09月报.json").read_bytes())
    document["台账版本"] = "12" * 20
    told = town.refused(TODAY, put(town, json.dumps(document).encode(), "json"), 5)
    assert "没有报告所依据的版本" in told and "另一本台账" in told


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"{ not json",
        b'{"a": 1}',
        b"<!DOCTYPE html><html><p>hello</p></html>",
        "一封信".encode(),
    ],
)
def test_what_is_no_report_of_ours_is_not_judged(town: Town, data: bytes) -> None:
    told = town.refused(TODAY, put(town, data, "bin"), 5)
    assert "Traceback" not in told


def test_a_template_that_keeps_only_the_last_line_is_enough(town: Town) -> None:
    parts = zipped.unpack((town.root / ".git/草稿/2026-09月报.docx").read_bytes())
    del parts["docProps/custom.xml"]
    told = telling.about(zipped.pack(parts), "docx")
    assert told["期间"] == "2026-09" and told["程序版本"] == PROGRAM
    page = (town.root / ".git/草稿/2026-09月报.html").read_text("utf-8")
    bare = "\n".join(line for line in page.splitlines() if not line.startswith('<meta name="swm'))
    assert telling.about(bare.encode(), "html") == told


def test_a_bomb_is_not_unfolded() -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = entity + b'<w:document xmlns:w="' + WORD[1:-1].encode() + b'"><w:body><w:p>'
    body += b"<w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(Unreadable, match="DTD"):
        word_contents(zipped.pack({"word/document.xml": body}))
    with pytest.raises(Unreadable):
        word_contents(b"PK")


def test_struck_out_text_is_not_read() -> None:
    word = docx.Document()
    table = word.add_table(rows=1, cols=1)
    cell = table.cell(0, 0)
    run = cell.paragraphs[0].add_run("12")
    struck = run._element.makeelement(f"{WORD}del", {})
    run._element.addprevious(struck)
    struck.append(run._element)
    cell.paragraphs[0].add_run("13")
    out = io.BytesIO()
    word.save(out)
    assert word_contents(out.getvalue()).tables[0].rows == (("13",),)


def test_a_workbook_is_compared_cell_by_cell(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    def book(value: object) -> bytes:
        out = io.BytesIO()
        made = Workbook(out, {"in_memory": True})
        sheet = made.add_worksheet("总表")
        sheet.write_row(0, 0, ["指标", "本期"])
        sheet.write_row(1, 0, ["底数", value])
        made.close()
        return zipped.canonical(out.getvalue())

    (found,) = differences.sheet_differences(book(3), book(2))
    assert (found.place, found.there, found.here) == ("表“总表”B2", "3", "2")
    (found,) = differences.sheet_differences(book("三"), book("二"))
    assert (found.there, found.here) == ("三", "二")


@pytest.mark.parametrize("deep", [0, 400, -30])
def test_a_file_whose_packed_bytes_are_damaged_is_told(town: Town, deep: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in zipped.unpack(issued(town, "docx")).items():
            archive.writestr(name, data)
        part = archive.getinfo("word/document.xml")
    torn = bytearray(packed.getvalue())
    begins = part.header_offset + 30 + len(part.filename)
    place = begins + (deep if deep >= 0 else part.compress_size + deep)
    torn[place : place + 20] = b"\xff" * 20
    told = town.lines(TODAY, put(town, bytes(torn), "docx"))
    assert told == ["这个文件损坏，打不开", "[5]"]


def test_a_file_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(2_000_000))
    monkeypatch.setattr(zipped.unpack, "__defaults__", (1_000_000,))
    monkeypatch.setattr(telling, "LARGEST", 1_000_000)
    for data in (bomb.getvalue(), b"{" + bytes(1_000_000), b"<html>" + bytes(1_000_000)):
        with pytest.raises(Unreadable, match="太大"):
            telling.kind_of(data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("json", b'{"a": [' + b"1," * contents.MOST_MARKS + b"1]}"),
        ("html", b"<html>" + b"<p>" * contents.MOST_MARKS),
    ],
)
def test_a_file_of_millions_of_pieces_is_not_read(kind: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match="太"):
        telling.about(data, kind)


def test_a_part_of_millions_of_pieces_is_not_read() -> None:
    with pytest.raises(Unreadable, match="太多"):
        contents.parsed(b"<a>" + b"<b/>" * contents.MOST_MARKS + b"</a>")


def test_a_workbook_whose_texts_are_missing_is_told(town: Town) -> None:
    parts = zipped.unpack(issued(town, "xlsx"))
    name = "xl/sharedStrings.xml"
    parts[name] = re.sub(rb"<si>.*</si>", b"<si><t>x</t></si>", parts[name], flags=re.DOTALL)
    told = town.lines(TODAY, put(town, zipped.pack(parts), "xlsx"))
    assert told == ["这个文件损坏，读不了", "[5]"]
