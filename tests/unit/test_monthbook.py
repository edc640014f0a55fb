"""The month's workbook: the same numbers and lists as Word and HTML, and what an annex leaves out."""

from __future__ import annotations

import builtins
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import openpyxl
import pytest
from PIL import Image

from swm.cli.reporting import in_order
from swm.errors import Surroundings
from swm.render import pdf
from swm.render.html import render_html
from swm.render.monthbook import month_workbook
from swm.render.monthly import ANNEX_ROWS, context, too_long
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, find
from swm.render.word import render_word
from swm.reports.audiences import INTERNAL, UPWARD
from swm.reports.monthly import RATES
from swm.reports.values import Monthly
from tests.data import monthly as samples

SHEETS = [
    "总表",
    "整治进展统计表",
    "未销号清单",
    "本月新增",
    "本月销号",
    "超期",
    "补录",
    "勾稽",
    "数据说明",
]


def typical() -> Monthly:
    return replace(samples.typical(), audience=UPWARD)


def opened(report: Monthly) -> Any:
    return openpyxl.load_workbook(BytesIO(month_workbook(report)))


def rows(page: Any, head: int = 3) -> list[list[Any]]:
    """The cells below the heading: title, subtitle and one row of heads, or `head` rows."""
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=head + 1)]


def test_the_sheets_and_what_stands_above_them() -> None:
    book = opened(typical())
    assert book.sheetnames == SHEETS
    page = book["未销号清单"]
    assert page["A1"].value == "俵口镇2026年10月未销号“散乱污”企业清单"
    assert book["总表"]["A1"].value == "俵口镇2026年10月“散乱污”企业整治工作数字总表"
    assert book["本月新增"]["A1"].value == "俵口镇2026年10月新增“散乱污”企业清单"
    assert all("“散乱污”企业" in sheet["A1"].value for sheet in book.worksheets)
    assert page["A2"].value == "截至2026年10月31日　共18家"


def test_every_number_is_in_the_first_sheet() -> None:
    report = typical()
    told = {row[1]: row for row in rows(opened(report)["总表"])}
    assert list(told) == [*report.figures, *report.rates]
    for name, figure in report.figures.items():
        values = (figure.value, figure.previous, figure.change, figure.year, figure.ever)
        assert told[name][2:8] == [figure.unit, *("—" if v is None else v for v in values)]
    assert told["底数"][9].startswith("期末列入台账")
    assert told["本月销号·已取缔"][9] == "本月销号中状态为已取缔的"
    assert told["清理中"][9] == "未销号中状态为清理中的"
    assert told["完成率"][3] == 0.561 and told["完成率"][9] == "已销号（23）÷底数（41）"
    assert set(report.rates) == set(RATES)


def test_the_village_table_has_its_total_last() -> None:
    report = typical()
    page = opened(report)["整治进展统计表"]
    told = rows(page, head=4)
    titles = {column.title: column.key for column in report.village_columns}
    names = [row.cells[titles["村"]] for row in report.village_rows]
    assert [row[1] for row in told] == [*names, "合计"]
    place = [column.title for column in report.village_columns].index("底数")
    assert str(told[-1][place]) == report.village_total.cells[titles["底数"]]
    assert page.auto_filter.ref.endswith(str(4 + len(report.village_rows)))


def test_the_lists_are_those_of_the_annex() -> None:
    report = typical()
    book, names = opened(report), context(report)
    lists = {
        "未销号清单": "未销号名单",
        "本月新增": "新增名单",
        "本月销号": "销号名单",
        "超期": "超期名单",
    }
    for sheet, listed in lists.items():
        told = rows(book[sheet])
        assert [row[1] for row in told] == [line["编号"] for line in names[listed]]
        assert [row[7] or "" for row in told] == [line["备注"] for line in names[listed]]
    for row, entry in zip(rows(book["未销号清单"]), report.open_list, strict=True):
        assert row[6] == (entry.deadline and datetime(*entry.deadline.timetuple()[:3]))


def test_the_commit_is_named_and_how_to_make_it_again() -> None:
    report = typical()
    told = dict(rows(opened(report)["数据说明"]))
    assert told["台账版本"] == report.version
    assert told["重新生成"] == "swm report month 2026-10 --format xlsx --at 3f9a1c7e5b"


def test_nasty_names_come_back_exactly() -> None:
    told = [
        row[2] for row in rows(opened(replace(samples.hostile(), audience=UPWARD))["未销号清单"])
    ]
    assert told == [*samples.HOSTILE, *samples.UNSEEN.values()]


def test_inside_it_says_so_and_upwards_nobody_is_named() -> None:
    report = typical()
    entry = report.supplements[0]._replace(note="由臧庚火补记，电话13800001234")
    report = replace(report, supplements=(entry,), people=frozenset({"臧庚火"}))
    assert rows(opened(report)["补录"])[0][6] == "由臧某某补记，电话138****1234"
    inside = opened(replace(report, audience=INTERNAL))["补录"]
    assert inside["A1"].value == "内部资料 注意保存"
    assert rows(inside, head=4)[0][6] == "由臧庚火补记，电话13800001234"


def test_an_empty_month_is_a_workbook_too() -> None:
    book = opened(replace(samples.empty(), audience=UPWARD))
    assert book.sheetnames == SHEETS
    for sheet, told in NOTHING.items():
        assert rows(book[sheet]) == [[told, *[None] * (book[sheet].max_column - 1)]]
    assert book["补录"]["A4"].data_type == "s" and book["补录"].auto_filter.ref is None


NOTHING = {
    "未销号清单": "没有未销号企业。",
    "本月新增": "本月没有新增企业。",
    "本月销号": "本月没有企业销号。",
    "超期": "没有超期未完成的企业。",
    "补录": "本月没有补录。",
}


def test_the_same_report_is_the_same_bytes() -> None:
    assert month_workbook(typical()) == month_workbook(typical())


# --- what is too long for an annex --------------------------------------------------------------


def word(report: Monthly) -> Any:
    return docx.Document(BytesIO(render_word(report, find(MONTHLY_WORD))))


def test_a_list_of_the_cap_is_printed_and_one_more_is_not() -> None:
    at_most, beyond = samples.busy(ANNEX_ROWS), samples.busy(ANNEX_ROWS + 1)
    assert not too_long(at_most) and too_long(beyond)
    said = "未销号企业共501家，名单见同名Excel文件“2026-10月报.xlsx”的“未销号清单”表，与本报告一并报送。"
    assert said in [p.text for p in word(beyond).paragraphs]
    assert "一并报送" not in "\n".join(p.text for p in word(at_most).paragraphs)
    assert len(word(at_most).tables) == len(word(beyond).tables) + 1
    assert len(rows(opened(beyond)["未销号清单"])) == ANNEX_ROWS + 1


def test_the_page_of_a_browser_has_the_list_in_full() -> None:
    beyond = samples.busy(ANNEX_ROWS + 1)
    page = render_html(beyond, find(MONTHLY_HTML).decode())
    assert all(f">{entry.id}<" in page for entry in beyond.open_list)


def test_the_workbook_is_written_with_the_word_report() -> None:
    beyond = samples.busy(ANNEX_ROWS + 1)
    assert in_order(("docx", "html"), beyond) == ("docx", "html", "xlsx")
    assert in_order(("xlsx", "docx"), beyond) == ("xlsx", "docx")
    assert in_order(("html",), beyond) == ("html",)
    assert in_order(("docx", "html"), typical()) == ("docx", "html")


# --- PDF ----------------------------------------------------------------------------------------


def test_a_pdf_comes_last_and_says_how_to_get_what_makes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert in_order(("pdf", "docx", "json"), typical()) == ("docx", "json", "pdf")
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> ModuleType:
        if name == "weasyprint":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Surroundings) as caught:
        pdf.render_pdf("<html></html>", samples.OCTOBER.end)
    assert caught.value.exit_code == 4
    assert "WeasyPrint" in caught.value.message and "pip install 'swm[pdf]'" in caught.value.hint


def test_a_pdf_is_the_page_and_always_the_same(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="swm[pdf] is not installed")
    page = render_html(typical(), find(MONTHLY_HTML).decode())
    made = pdf.render_pdf(page, samples.OCTOBER.end)
    assert made.startswith(b"%PDF-") and made == pdf.render_pdf(page, samples.OCTOBER.end)
    assert made != pdf.render_pdf(page, samples.OCTOBER.start)


def test_a_pdf_shows_what_the_page_holds_and_fetches_nothing(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="swm[pdf] is not installed")
    place = tmp_path / "图.png"
    Image.new("RGB", (2, 2), "red").save(place)
    inside = "data:image/png;base64," + b64encode(place.read_bytes()).decode()
    for source, shown in ((inside, True), (place.as_uri(), False)):
        page = f'<html><head></head><body><img src="{source}"><p>甲</p></body></html>'
        made = pdf.render_pdf(page, samples.OCTOBER.end)
        assert (b"/Image" in made) == shown
