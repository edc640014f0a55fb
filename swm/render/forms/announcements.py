"""考核通报: the result of a period's village scoring, as it was announced (方案六4)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from swm.domain.kinds import SCORE
from swm.domain.periods import parse_period
from swm.domain.points import signed, tenths
from swm.domain.scorerecords import Announced, Deducted, ItemScore, Score, VillageScore
from swm.errors import NotFound
from swm.render.forms.blanks import DAY, LINE, day, named, number
from swm.render.forms.values import Named, Office, Sheet, Subject

TEMPLATE = "考核通报.docx"
ROOM = 8
"""Rows to write villages in on the blank form."""
EMPTY: Named = {"名次": "", "村": "", "得分": "", "等次": "", "否决": ""}
NO_ITEM: Named = {"村": "", "项目": "", "得分": "", "事项": ""}
BONUS = "加分"
_OWN = re.compile(rf"[；、]?{SCORE.prefix}-\S+ 第\d+条")
"""A record of the scoring's own file, as a veto names it."""


def fill(subject: Subject, office: Office) -> Sheet:
    """The notice of the last announced edition. Raises `NotFound` where nothing was announced."""
    score = subject.file
    if score is None:
        names = _frame(office) | {"各村": [EMPTY] * ROOM, "各事项": [NO_ITEM] * ROOM}
        return Sheet(TEMPLATE, "（空白）考核通报", "村级考核通报", office.today, names)
    assert isinstance(score, Score)
    period = parse_period(score.period, office.settings.cutoff)
    if not score.announcements:
        hint = f"先公布：swm score {score.period} --announce"
        raise NotFound(f"{period.title}的考核结果没有公布过", hint)
    last = score.announcements[-1]
    names = (
        _frame(office)
        | _result(last, office)
        | {
            "期间": period.title,
            "更正": f"（{last.title}）" if last.edition > 1 else "",
            "更正原因": office.veil.text(last.reason),
        }
    )
    return Sheet(
        TEMPLATE,
        f"{score.period}考核通报",
        f"{period.title}村级考核结果的通报",
        last.on,
        names,
    )


def _frame(office: Office) -> Named:
    return {
        "镇": office.settings.town,
        "机关": office.bureau,
        "文号": number(office.settings, office.today.year),
        "期间": f"____年{LINE}",
        "更正": "",
        "更正原因": "",
        "参评": "____",
        "不参评": [],
        "各等次": [],
        "最高": "",
        "最低": "",
        "各村": [],
        "各事项": [],
        "附注": [],
        "日期": DAY,
        "批准日期": DAY,
    }


def _result(last: Announced, office: Office) -> Named:
    scored = [r for r in last.results if r.takes_part]
    points = {r.village: tenths(r.points or "0") for r in scored}
    best, least = max(points.values(), default=0), min(points.values(), default=0)
    ranks = [r.rank for r in scored]
    return {
        "文号": number(office.settings, last.on.year),
        "参评": str(len(scored)),
        "不参评": [r.village for r in last.results if not r.takes_part],
        "各等次": [f"{name}{count}个村" for name, count in last.grades.items() if count],
        "最高": _those(scored, best) if best != least else "",
        "最低": _those(scored, least) if best != least else "",
        "各村": [_village(r, ranks, office) for r in last.results],
        "各事项": [row for r in scored for row in _items(r, office)],
        "附注": [office.veil.text(notice) for notice in last.notices],
        "日期": day(last.on),
        "批准日期": day(last.approval.on or last.on),
    }


def _those(scored: Iterable[VillageScore], points: int) -> str:
    """The villages with so many points: 鹭洲村、雁滩村（100分）."""
    found = [r for r in scored if tenths(r.points or "0") == points]
    return f"{named([r.village for r in found])}（{found[0].points}分）"


def _village(result: VillageScore, ranks: list[int | None], office: Office) -> Named:
    if not result.takes_part:
        return EMPTY | {"名次": "—", "村": result.village, "得分": "—", "等次": "不参评"}
    tied = "（并列）" if ranks.count(result.rank) > 1 else ""
    return {
        "名次": f"{result.rank}{tied}",
        "村": result.village,
        "得分": result.points or "",
        "等次": result.grade or "",
        "否决": office.veil.text("；".join(_OWN.sub("", veto) for veto in result.vetoes)),
    }


def _items(result: VillageScore, office: Office) -> list[Named]:
    """The items in which the village lost or gained points, and by what."""
    found: list[Named] = []
    for item in result.items:
        lost = tenths(item.points) - (0 if item.basis == BONUS else tenths(item.most))
        if lost:
            found.append(
                {
                    "村": result.village,
                    "项目": item.item,
                    "得分": signed(lost),
                    "事项": office.veil.text(_because(item)),
                }
            )
    return found


def _because(item: ItemScore) -> str:
    basis = item.basis if item.basis and item.basis != BONUS else ""
    told = [basis, *(_record(each) for each in item.because)]
    return "；".join(part for part in told if part)


_OWN = re.compile(r"[；、]KH-\S+? 第\d+条")
"""The records by which a veto was entered: known to the office, and to no village."""


def _record(each: Deducted) -> str:
    """The record behind it; of points that were entered by hand the reason alone, since villages
    do not see the office's file of them."""
    if each.id.startswith(f"{SCORE.prefix}-"):
        return each.why or "评定"
    head = " ".join(part for part in (each.id, each.name or "") if part)
    number = f" 第{each.number}条" if each.number and not each.name else ""
    return f"{head}{number}" + (f"（{each.why}）" if each.why else "")
