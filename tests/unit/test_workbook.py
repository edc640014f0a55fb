"""The workbook builder, read back by another library: text stays text, and every byte is the same."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from swm.domain.tablesources import CODE, DAY, FREE, NUMBER, SHARE
from swm.errors import Refused
from swm.render import workbook as writer
from swm.render.sheets import LONGEST, Head, Sheet, share, tabs, told
from swm.render.templates import UNSEEN
from swm.render.workbook import workbook
from tests.data import monthly as samples

PROJECT = Path(__file__).resolve().parents[2]
ON = date(2026, 10, 31)
OBEYED = ("=1+1", "=HYPERLINK(\"http://example.invalid\",\"点\")", "+1", "-1", "@SUM(A1)", "'甲", "http://example.invalid/甲", "mailto:a@example.invalid", "internal:表!A1", "_x0041_厂", "01012345678", "1e5", "2026-10-03", "TRUE", " 两头有空格 ", "上\n下")  # fmt: skip
COLUMNS = (
    Head("序号", sort=NUMBER),
    Head("编号", "基本情况", CODE),
    Head("企业名称", "基本情况"),
    Head("期限", sort=DAY),
    Head("完成率", sort=SHARE),
    Head("备注", sort=FREE),
)
ROWS = (
    (1, "BK-0001", "俵口兴旺金属加工厂", date(2026, 12, 31), "99.9%", "甲"),
    (2, "01012345678", "兴家坨宏达塑料制品厂", None, "—", ""),
)


def sheet(**more: Any) -> Sheet:
    given: dict[str, Any] = {
        "name": "台账",
        "title": "俵口镇“散乱污”企业整治台账",
        "columns": COLUMNS,
        "rows": ROWS,
        **more,
    }
    return Sheet(**given)


def opened(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook(sheets, "俵口镇台账", ON)))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def texts(rows: list[str]) -> Any:
    """A sheet of one column that holds these texts, as it is read back."""
    made = Sheet(name="表", title="表", columns=(Head("名称"),), rows=[(text,) for text in rows])
    return opened(made).worksheets[0]


# --- what stands in the cells -------------------------------------------------------------------


def test_numbers_are_numbers_days_days_and_codes_text() -> None:
    page = opened(sheet(subtitle="2026年10月", mark="内部资料 注意保存")).worksheets[0]
    assert [page.cell(row, 1).value for row in (1, 2, 3)] == [
        "内部资料 注意保存", "俵口镇“散乱污”企业整治台账", "2026年10月",
    ]  # fmt: skip
    assert [page.cell(4, n).value for n in range(1, 7)] == [
        "序号", "基本情况", None, "期限", "完成率", "备注",
    ]  # fmt: skip
    assert [page.cell(5, n).value for n in range(1, 7)] == [
        None, "编号", "企业名称", None, None, None,
    ]  # fmt: skip
    first = [page.cell(6, n) for n in range(1, 7)]
    assert [cell.value for cell in first] == [
        1, "BK-0001", "俵口兴旺金属加工厂", datetime(2026, 12, 31), 0.999, "甲",
    ]  # fmt: skip
    assert [cell.number_format for cell in first] == ["0", "@", "@", "yyyy-mm-dd", "0.0%", "@"]
    assert page.cell(7, 2).value == "01012345678" and page.cell(7, 2).data_type == "s"
    assert [page.cell(7, n).value for n in (4, 5, 6)] == [None, "—", None]


@pytest.mark.parametrize("text", [*samples.HOSTILE, *OBEYED])
def test_nasty_text_comes_back_exactly_and_is_no_formula(text: str) -> None:
    cell = texts([text]).cell(3, 1)
    # Excel writes _x005F_ before what looks like one of its escapes; openpyxl leaves it there.
    assert cell.value.replace("_x005F_x", "_x") == text
    assert cell.data_type == "s" and cell.hyperlink is None


@pytest.mark.parametrize(("text", "seen"), samples.UNSEEN.items())
def test_what_would_not_be_seen_is_spelled_out(text: str, seen: str) -> None:
    assert texts([text]).cell(3, 1).value == seen


def test_what_prints_is_never_spelled_out() -> None:
    assert [c for c in map(chr, range(0x110000)) if c.isprintable() and UNSEEN.match(c)] == []


def test_no_part_holds_a_formula_or_a_link() -> None:
    rows = [(text,) for text in (*samples.HOSTILE, *OBEYED)]
    made = sheet(columns=(Head("名称"),), rows=rows, total=("=SUM(A1:A9)",), foot=("=1",))
    found = parts(workbook([made], "=1+1", ON))
    assert not [name for name, text in found.items() if "<f>" in text or "<f " in text]
    assert not [name for name, text in found.items() if "<hyperlink" in text]
    assert not [name for name in found if "sheets/_rels" in name]


def test_a_text_too_long_for_a_cell_is_cut_out_loud() -> None:
    for long in ("甲" * 40_000, "𠮷" * 20_000):
        value = texts([long]).cell(3, 1).value
        assert value.startswith(long[:1000])
        assert value.endswith(f"……（共{len(long)}字，Excel 一格放不下，全文见台账）")
        assert len(value.encode("utf-16-le")) // 2 <= LONGEST
    assert told("甲" * LONGEST) == "甲" * LONGEST


def test_a_long_text_is_not_in_the_format_that_shows_hashes() -> None:
    page = texts(["甲" * 255, "甲" * 256])
    assert [page.cell(row, 1).number_format for row in (3, 4)] == ["@", "General"]


def test_a_rate_is_never_rounded_up_to_all() -> None:
    assert [share(text) for text in ("99.9%", "100.0%", "0.0%", "—", "7")] == [
        0.999, 1.0, 0.0, None, None,
    ]  # fmt: skip


# --- names of sheets ----------------------------------------------------------------------------


def test_sheets_get_names_that_excel_takes() -> None:
    names = ["甲/乙[丙]:*?\\丁'", "长" * 40, "长" * 40, "表", "表", "", "History", "换\n行"]
    found = tabs(names)
    assert found == [
        "甲／乙［丙］：＊？＼丁＇", "长" * 31, "长" * 25 + "（2）", "表", "表（2）", "表（3）", "历史", "换 行",
    ]  # fmt: skip
    made = [sheet(name=name) for name in names]
    assert opened(*made).sheetnames == found


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="“台账”有2行，Excel 一张表放不下"):
        workbook([sheet()], "台账", ON)


# --- how it looks and prints --------------------------------------------------------------------


def test_heads_stay_in_sight_and_can_be_filtered() -> None:
    page = opened(sheet(subtitle="2026年10月", fixed=3, total=(None, "", "合计", None, "50.0%", ""))).worksheets[0]  # fmt: skip
    assert page.freeze_panes == "D5"
    assert page.auto_filter.ref == "A4:F6"  # the total stays below what is sorted
    assert {str(each) for each in page.merged_cells.ranges} == {
        "A1:F1", "A2:F2", "A3:A4", "B3:C3", "D3:D4", "E3:E4", "F3:F4",
    }  # fmt: skip
    assert page.cell(7, 3).value == "合计" and page.cell(7, 5).value == 0.5


def test_it_prints_across_on_a4_with_heads_and_page_numbers() -> None:
    made = sheet(subtitle="2026年10月", print_foot="台账版本 3f9a & 1", foot=("填报单位：某某",))
    page = opened(made).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage is True
    assert page.print_title_rows == "$3:$4"
    assert page.print_area == "'台账'!$A$1:$F$7"
    assert page.oddFooter.right.text == "第 &P 页　共 &N 页"
    assert "台账版本 3f9a && 1" in page.oddFooter.left.text


def test_fonts_are_named() -> None:
    page = opened(sheet()).worksheets[0]
    fonts = [page.cell(row, 1).font.name for row in (1, 2, 4)]
    assert fonts == ["黑体", "黑体", "仿宋_GB2312"]


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    page = opened(sheet()).worksheets[0]
    sizes = [round(page.column_dimensions[letter].width) for letter in "ABCDEF"]
    assert sizes[1] >= len("01012345678") + 2
    assert sizes[2] >= 2 * len("兴家坨宏达塑料制品厂") + 2
    assert sizes[0] < 10


def test_long_texts_take_what_the_paper_leaves_then_break_into_lines() -> None:
    page = texts(["口径" * 100])
    assert 100 < page.column_dimensions["A"].width < 130
    assert page.row_dimensions[3].height > 2 * 15


def test_a_wide_table_is_squeezed_and_if_need_be_printed_on_a3() -> None:
    many = [Head(f"第{n}项的情况") for n in range(25)]
    page = opened(sheet(columns=many, rows=[["很长的说明文字很长的说明"] * 25])).worksheets[0]
    assert page.page_setup.paperSize == 8
    some = [Head(f"第{n}项") for n in range(12)]
    page = opened(sheet(columns=some, rows=[["很长的说明文字很长的说明"] * 12])).worksheets[0]
    assert page.page_setup.paperSize == 9


def test_a_title_wider_than_its_columns_widens_the_last() -> None:
    made = sheet(title="俵口镇“散乱污”企业整治台账" * 2, columns=COLUMNS[:2], rows=[(1, "甲")])
    page = opened(made).worksheets[0]
    assert page.column_dimensions["B"].width > 60


def test_an_empty_list_is_its_head() -> None:
    page = opened(sheet(rows=())).worksheets[0]
    assert page.auto_filter.ref is None and page.max_row == 3


def test_what_is_said_of_an_empty_list_stands_below_its_head_as_text() -> None:
    page = opened(sheet(rows=(), none="=没有")).worksheets[0]
    told = page["A4"]
    assert (told.value, told.data_type) == ("=没有", "s")
    assert any(each.min_row == 4 for each in page.merged_cells.ranges)
    assert page.auto_filter.ref is None
    assert opened(sheet(none="没有")).worksheets[0].max_row == opened(sheet()).worksheets[0].max_row


# --- the same bytes -----------------------------------------------------------------------------

MAKE = """
import hashlib
from tests.unit.test_workbook import sheet, ON
from swm.render.workbook import workbook
print(hashlib.sha256(workbook([sheet()], "俵口镇台账", ON)).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [{"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "America/New_York"}],
)
def test_the_same_sheets_are_the_same_bytes_anywhere(surroundings: dict[str, str]) -> None:
    env = {**os.environ, "PYTHONPATH": str(PROJECT), "LC_ALL": "C", **surroundings}
    told = subprocess.run(
        [sys.executable, "-c", MAKE],
        env=env,
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    here = hashlib.sha256(workbook([sheet()], "俵口镇台账", ON)).hexdigest()
    assert told.strip() == here


def test_parts_are_stored_and_dated_by_the_data() -> None:
    data = workbook([sheet()], "俵口镇台账", ON)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert "2026-10-31T00:00:00Z" in parts(data)["docProps/core.xml"]
