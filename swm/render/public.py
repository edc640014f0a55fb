"""公示 as Word, HTML and JSON: the same few names for both templates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from swm.domain.periodwords import days_of, heading_of, words_of
from swm.render.discretion import veil_for
from swm.render.letterhead import chinese_date
from swm.render.provenance import AUDIENCE, MONTH, PROGRAM, VERSION, closing
from swm.render.templates import PUBLIC_HTML, PUBLIC_WORD, broken, environment
from swm.reports.audiences import PUBLIC
from swm.reports.public import Public, Shown

Named = dict[str, Any]
TIME = "次数"
LISTS = ("整治名单", "完成名单")


def title(notice: Public) -> str:
    """The notice's title on one line."""
    again = f"（{notice.again.title}）" if notice.again else ""
    return f"{notice.town}{notice.period.title}“散乱污”企业整治情况公示{again}"


def context(notice: Public) -> Named:
    """Every name a template of the notice may use."""
    return {
        "镇": notice.town,
        "标题": title(notice),
        "期间名": heading_of(notice.period),
        "再次": notice.again.title if notice.again else "",
        "再次原因": _reason(notice),
        "起止": days_of(notice.period),
        "期末": chinese_date(notice.period.end),
        "本期词": words_of(notice.period).this,
        "落款": notice.style.signed_by(notice.town),
        "成文日期": chinese_date(notice.dated),
        "反馈": notice.style.feedback or "",
        "整治数": f"{len(notice.underway)}家",
        "完成数": f"{len(notice.finished)}家",
        "整治名单": _lines(notice.underway),
        "完成名单": _lines(notice.finished),
        "版本": notice.version,
        "程序": notice.program,
        "文件信息": [{"名称": name, "文": value} for name, value in about(notice).items()],
    }


def _reason(notice: Public) -> str:
    """Why it goes up again, without its full stop: everybody reads it, so nobody is named."""
    if notice.again is None:
        return ""
    return veil_for(PUBLIC, notice.people).text(notice.again.reason).rstrip("。")


def about(notice: Public) -> dict[str, str]:
    """What a notice's file says of how it came about: enough to make it again."""
    again = {TIME: str(notice.again.time)} if notice.again else {}
    return {
        MONTH: notice.period.code,
        AUDIENCE: PUBLIC,
        **again,
        VERSION: notice.version,
        PROGRAM: notice.program,
        **closing(notice.period),
    }


def _lines(shown: Sequence[Shown]) -> list[Named]:
    return [
        {"行": str(at), "名称": s.name, "村": s.village, "措施": s.measure, "结果": s.result}
        for at, s in enumerate(shown, start=1)
    ]


def render_word(notice: Public, template: bytes, printed: list[str] | None = None) -> bytes:
    """The notice as docx. Texts that the template prints are also noted in `printed`.

    Raises `Unreadable` where the template is broken.
    """
    from swm.render.wordtemplate import filled

    return filled(
        PUBLIC_WORD,
        template,
        context(notice),
        title=title(notice),
        on=notice.period.end,
        lists=LISTS,
        about=about(notice),
        printed=printed,
    )


def render_html(notice: Public, template: str, printed: list[str] | None = None) -> str:
    """The notice as one offline page; texts that the template prints are noted in `printed`.

    Raises `Unreadable` where the template is broken.
    """
    from jinja2 import TemplateError

    try:
        return environment(printed).from_string(template).render(context(notice))
    except TemplateError as error:
        raise broken(PUBLIC_HTML, error) from error


def render_json(notice: Public) -> bytes:
    """The notice for another program."""
    document = {
        **about(notice),
        **({"原因": _reason(notice)} if notice.again else {}),
        "企业": [
            {"名称": s.name, "村": s.village, "整治措施": s.measure, "结果": s.result}
            for s in (*notice.underway, *notice.finished)
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "backslashreplace")
