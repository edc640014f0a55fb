"""The monthly report as Word, from a template made by `templates/make_monthly.py` or an office."""

from __future__ import annotations

from swm.render import monthly, wordchart, wordvillages
from swm.render.provenance import about, anchor_pictures
from swm.render.templates import MONTHLY_WORD
from swm.render.wordtable import village_table
from swm.render.wordtemplate import filled
from swm.reports.values import Monthly

LISTS = ("未销号名单", "新增名单", "销号名单", "补录名单")


def render_word(report: Monthly, template: bytes, printed: list[str] | None = None) -> bytes:
    """The report as docx: the same value and template give the same bytes.

    Texts that the template prints are also noted in `printed`.
    Raises `Unreadable` where the template is broken: no docx, a name that the report does not
    have, a tag whose text would be lost.
    """
    names = monthly.context(report)
    names["村级统计表"] = village_table(names["村表"])
    names["锚码"] = ""
    return filled(
        MONTHLY_WORD,
        template,
        names,
        title=monthly.title(report),
        on=report.period.end,
        lists=LISTS,
        printed=printed,
        charts={
            "趋势图": wordchart.trend_chart(report.trend, report.period.end),
            "各村进展图": wordvillages.village_chart(report.village_bars, report.period.end),
        },
        pictures=anchor_pictures(report),
        about=about(report),
    )
