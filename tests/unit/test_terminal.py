"""The screen: nothing hidden gets through, nothing in a name is obeyed, Chinese is two columns."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.errors import ERROR, Finding, Missing
from swm.render import terminal
from swm.render import text as measuring
from swm.render.terminal import Column, Screen, table
from swm.render.text import commas, fit, pad, visible, visible_lines, width, wrap

HOSTILE = (
    ("\x1b[31m红", "<U+001B>[31m红"),
    ("\x9b31m红", "<U+009B>31m红"),
    ("铃\x07", "铃<U+0007>"),
    ("左\u202e右", "左<U+202E>右"),
    ("零\u200b宽", "零<U+200B>宽"),
    ("半\ud800个", "半<U+D800>个"),
    ("\ufeff头", "<U+FEFF>头"),
    ("行\u2028分隔", "行<U+2028>分隔"),
    ("私\ue000用", "私<U+E000>用"),
    ("软\u00ad连字", "软<U+00AD>连字"),
)


def screen(columns: int | None = 80, *, colour: bool = False, quiet: bool = False) -> Screen:
    return Screen(io.StringIO(), io.StringIO(), columns, colour, quiet)


def shown(made: Screen) -> str:
    assert isinstance(made.out, io.StringIO)
    return made.out.getvalue()


def told(made: Screen) -> str:
    assert isinstance(made.err, io.StringIO)
    return made.err.getvalue()


@pytest.mark.parametrize(("raw", "safe"), HOSTILE)
def test_hidden_characters_are_spelled_out(raw: str, safe: str) -> None:
    assert visible(raw) == safe


@pytest.mark.parametrize(
    "name", ["[/bold]", "[red]厂", ":smile:", "{{ 7*7 }}", "A & B", "<b>厂", "公司[2026]"]
)
def test_what_looks_like_markup_is_shown_as_it_is(name: str) -> None:
    assert visible(name) == name
    assert table([Column("名称")], [[name]], 80)[1] == name


def test_ordinary_text_is_untouched() -> None:
    assert visible("俵口兴旺金属加工厂（北区）\u3000No.3") == "俵口兴旺金属加工厂（北区）\u3000No.3"


def test_line_ends_become_blanks_on_one_line_and_lines_on_several() -> None:
    assert visible("一\n二\t三") == "一 二 三"
    assert visible_lines("一\r\n二\x1b") == ["一", "二<U+001B>"]


@given(st.text())
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    assert all(c.isprintable() or c.isspace() for c in visible(text))
    assert "\x1b" not in visible(text) and "\n" not in visible(text)


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("ab", 2), ("俵口", 4), ("ＡＢ", 4), ("e\u0301", 1), ("“引”", 4)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_pad_and_fit_count_columns_not_characters() -> None:
    assert pad("俵口村", 8) == "俵口村  "
    assert pad("3", 4, right=True) == "   3"
    assert fit("俵口兴旺金属加工厂", 8) == "俵口兴…"
    assert fit("俵口村", 6) == "俵口村"


@given(st.text(alphabet="俵口ab，（。 ）“”〔〕", max_size=60), st.integers(12, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns, "  ")
    joined = "".join(line.strip() for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_wrapping_fits_and_keeps_marks_with_their_words() -> None:
    lines = wrap("期限三十个自然日，自送达次日起算（方案三（二））。" * 3, 30, "  ")
    assert all(width(line) <= 32 for line in lines)
    assert all(line.strip()[0] not in "，。）" for line in lines)
    assert all(line[-1] not in "（" for line in lines)


def test_commas() -> None:
    assert commas(["甲", "乙\x1b"]) == "甲、乙<U+001B>"


def test_a_table_fits_the_window_by_cutting_only_what_may_be_cut() -> None:
    columns = [Column("编号"), Column("名称", shrink=True), Column("家数", right=True)]
    rows = [["BK-0001", "俵口兴旺金属加工制造有限责任公司北区分厂", "3"]]
    lines = table(columns, rows, 40)
    assert all(width(line) <= 40 for line in lines)
    assert lines[1].startswith("BK-0001") and lines[1].endswith("3") and "…" in lines[1]
    assert (
        table(columns, rows, None)[1] == "BK-0001  俵口兴旺金属加工制造有限责任公司北区分厂     3"
    )


def test_ten_thousand_rows_take_no_time() -> None:
    columns = [Column("编号"), Column("名称", shrink=True), Column("村"), Column("状态")]
    rows = [[f"BK-{n:04}", f"俵口兴旺{n}金属加工厂", "俵口村", "搬迁中"] for n in range(10_000)]
    started = time.perf_counter()
    lines = table(columns, rows, 100)
    assert len(lines) == 10_001
    assert time.perf_counter() - started < 1.0  # 0.1 s here; a slow machine may take longer


def test_results_and_messages_go_their_own_ways() -> None:
    made = screen(quiet=True)
    made.result(["结果"])
    made.say(["说明"])
    made.insist(["错误"])
    assert (shown(made), told(made)) == ("结果\n", "错误\n")


def test_colour_only_where_asked() -> None:
    assert screen().tint("错误", terminal.RED) == "错误"
    assert screen(colour=True).tint("错误", terminal.RED) == "\x1b[31m错误\x1b[0m"


@pytest.mark.parametrize(
    ("environ", "columns"), [({"COLUMNS": "100"}, 100), ({"COLUMNS": "x"}, None), ({}, None)]
)
def test_the_screen_takes_its_width_from_the_surroundings(
    environ: dict[str, str], columns: int | None
) -> None:
    assert Screen.opened(io.StringIO(), io.StringIO(), environ).columns == columns


def test_a_document_is_json_that_no_terminal_obeys() -> None:
    made = screen()
    made.document({"名称": "甲\x1b\x9b\u202e乙\U000e0001"})
    assert json.loads(shown(made)) == {"名称": "甲\x1b\x9b\u202e乙\U000e0001"}
    assert "\x9b" not in shown(made) and "\u202e" not in shown(made)


def test_a_refusal_numbers_all_that_is_missing_with_clause_and_command() -> None:
    missing = [
        Missing("断水：未完成", "方案三（一）", "swm inspect BK-0001 --done 断水"),
        Missing("照片"),
    ]
    assert terminal.refusal(screen(), "BK-0001：销号还不能办", missing) == [
        "BK-0001：销号还不能办，还差 2 项：",
        "  1. 断水：未完成（方案三（一））",
        "     swm inspect BK-0001 --done 断水",
        "  2. 照片",
    ]


def test_a_finding_names_file_line_and_field() -> None:
    found = Finding("字段", ERROR, "企业/BK-00/BK-0001.yaml", 3, "村", "必须填写", "写上村名")
    assert terminal.finding(screen(), found) == [
        "错误 企业/BK-00/BK-0001.yaml 第3行“村”：必须填写；写上村名"
    ]


def test_a_diff_shows_only_what_changes() -> None:
    lines = terminal.diff(screen(), "厂房.yaml", "一\n二\n三\n", "一\n二\x1b\n三\n")
    assert lines == ["厂房.yaml", "@@ 第1行 @@", " 一", "-二", "+二<U+001B>", " 三"]
    assert terminal.diff(screen(), "新.yaml", None, "一\n")[0] == "新.yaml（新文件）"


def test_files_that_differ_are_named_in_one_line() -> None:
    assert terminal.dirty_notice(["a.yaml"]).startswith("注意：a.yaml 有尚未提交的改动")
    assert "等5个文件" in terminal.dirty_notice([f"{n}.yaml" for n in range(5)])


def test_a_spare_column_goes_before_the_others_are_cut_too_short() -> None:
    columns = (Column("编号"), Column("名称", shrink=True), Column("厂房", spare=True))
    rows = [("ZR-2026-0001", "俵口兴旺金属加工厂", "CF-0001")]
    assert table(columns, rows, 60)[1].endswith("CF-0001")
    assert table(columns, rows, 30) == ["编号          名称", "ZR-2026-0001  俵口兴旺金属加…"]
    assert table(columns, rows, None)[1].endswith("CF-0001")


def test_text_of_ordinary_characters_is_measured_by_its_bytes_and_comes_out_the_same() -> None:
    for code in [*range(0x20, 0xD800), *range(0xE000, 0x11000)]:
        if measuring._ORDINARY(chr(code)):
            assert width(chr(code)) == measuring._WIDTHS[chr(code)], hex(code)
    assert width("俵口（A区）1号、") == 2 * 6 + 2 + 2
