"""数据说明 and the edition as the templates see them, and what a file says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from swm.domain.periods import Period
from swm.render import qr
from swm.render.discretion import Veil
from swm.render.qr import Code
from swm.render.wordpicture import Picture
from swm.reports.audiences import INTERNAL
from swm.reports.values import Edition, Monthly, Remark

Named = dict[str, Any]

MONTH, AUDIENCE, VERSION, PROGRAM = "期间", "口径", "台账版本", "程序版本"
UP_TO = "数字截至"
"""The day up to which a period that was not over is told."""
EDITION, NUMBER, SIGNER = "版次", "文号", "签发人"
NAMED = 20
"""How many records without their original are named one by one."""
QR_WORDS = "锚的二维码，内容就是上面的一行文字"


def about(report: Monthly) -> dict[str, str]:
    """What a report's file says of how it came about: enough to make it again."""
    told = {
        MONTH: report.period.code,
        AUDIENCE: report.audience,
        VERSION: report.version,
        PROGRAM: report.program,
    }
    told |= closing(report.period)
    if report.text:
        told |= {NUMBER: report.text.number or "", SIGNER: report.text.signer or ""}
    if report.edition:
        told[EDITION] = str(report.edition.number)
    return {name: value for name, value in told.items() if value}


def closing(period: Period) -> dict[str, str]:
    """Where the numbers of a period that was not over end."""
    return {} if period.over else {UP_TO: period.end.isoformat()}


def named(report: Monthly, veil: Veil) -> Named:
    """The names of the templates for where the report's data come from."""
    told = report.provenance
    return {
        "印发": _edition(report, veil),
        "锚": told.anchor,
        "上期依据": told.previous,
        "更正撤销": _remarks(told.corrections, veil),
        "工具以外": _remarks(told.outside, veil),
        "制度变化": _remarks(told.rules, veil),
        "待补批": [veil.text(line) for line in told.unapproved],
        "原件": originals_told(report.edition),
        "缺原件": _absent(report),
        "文件信息": [{"名称": name, "文": value} for name, value in about(report).items()],
    }


def _edition(report: Monthly, veil: Veil) -> Named:
    edition = report.edition
    if edition is None:
        texts = dict.fromkeys(("更正版", "文号", "签发人", "原因", "底数增加", "底数减少"), "")
        return {"版次": 0, **texts, "变更": []}
    return {
        "版次": edition.number,
        "更正版": edition.title,
        "文号": edition.document_number,
        "签发人": edition.signer,
        "原因": veil.text(edition.reason),
        "底数增加": "、".join(edition.joined),
        "底数减少": "、".join(edition.gone),
        "变更": [
            {"行": str(line), "项目": what, "原": was, "现": now}
            for line, (what, was, now) in enumerate(edition.changes, start=1)
        ],
    }


def originals_told(edition: Edition | None) -> str:
    """Whether the originals were there when the report was issued: what lies on one computer, so
    that only an edition can say it."""
    if edition is None or edition.originals is None:
        return "原件另行保管，是否齐全在印发时核对。"
    if edition.originals == 0:
        return "没有登记原件的扫描件。"
    if not edition.absent:
        return f"登记了原件的记录{edition.originals}条，印发时原件的扫描件都在。"
    return (
        f"登记了原件的记录{edition.originals}条，"
        f"其中{len(edition.absent)}条的扫描件印发时没有找到。"
    )


def _absent(report: Monthly) -> list[str]:
    """The records without their original, for the office alone: a complaint's number is among
    them."""
    edition = report.edition
    if edition is None or report.audience != INTERNAL:
        return []
    more = len(edition.absent) - NAMED
    rest = [f"另有{more}条，名单见台账的印发记录。"] if more > 0 else []
    return [*edition.absent[:NAMED], *rest]


def _remarks(remarks: Sequence[Remark], veil: Veil) -> list[Named]:
    return [
        {"日期": each.on.isoformat(), "人": veil.person(each.who), "内容": veil.text(each.what)}
        for each in remarks
    ]


def anchor_code(report: Monthly) -> Code | None:
    """The QR of the report's anchor; None where it has none."""
    return qr.code(report.provenance.anchor) if report.provenance.anchor else None


def anchor_svg(report: Monthly) -> str:
    """The QR as markup of a page; nothing without an anchor."""
    drawn = anchor_code(report)
    return qr.svg(drawn, QR_WORDS) if drawn else ""


def anchor_pictures(report: Monthly) -> dict[str, Picture]:
    """The QR as a drawing for Word; nothing without an anchor."""
    drawn = anchor_code(report)
    if drawn is None:
        return {}
    return {"锚码": Picture("锚", QR_WORDS, qr.emf(drawn), qr.MILLIMETRES)}
