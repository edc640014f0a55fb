"""The outings as pages: a table of months, and a page a month with where each outing went."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from swm.render.discretion import Veil
from swm.render.site import links
from swm.render.site.links import Links
from swm.render.site.tables import NOWRAP, NUMBER, Named, cell, column, row, table
from swm.reports.outings import Outing

Month = tuple[str, list[Outing]]


def by_month(outings: Sequence[Outing]) -> list[Month]:
    """The outings of each month (2026-10), the latest month first."""
    return [(month, list(each)) for month, each in groupby(outings, lambda o: f"{o.on:%Y-%m}")]


def months_table(months: Sequence[Month]) -> Named:
    """A row a month; each leads to its page."""
    columns = (
        column("月份", NOWRAP, head=True),
        *(
            column(name, NUMBER)
            for name in ("巡查次数", "其中夜查", "巡查家次", "其他点位", "发现违法生产")
        ),
    )
    return table("各月巡查", columns, (_month(name, each) for name, each in months))


def _month(name: str, outings: Sequence[Outing]) -> Named:
    page = links.outing_page(outings[0].on)
    numbers = (
        len(outings),
        sum(o.night for o in outings),
        sum(len({call.id for call in o.calls}) for o in outings),
        sum(len(o.sights) for o in outings),
        sum(len({call.id for call in o.calls if call.unlawful}) for o in outings),
    )
    return row([cell(name, page), *(cell(n, page if n else "") for n in numbers)])


def month_page(month: Month, known: Links, veil: Veil) -> list[Named]:
    """The outings of a month as the template takes them."""
    return [_outing(outing, known, veil) for outing in month[1]]


def _outing(outing: Outing, known: Links, veil: Veil) -> Named:
    return {
        "号": outing.patrol or f"t{outing.trip}",
        "编号": outing.patrol,
        "日期": outing.on.isoformat(),
        "时间": outing.hours,
        "方式": outing.kind,
        "人员": veil.person(outing.team),
        "企业": [
            {
                "名": call.name,
                "链": f"{links.firm_page(call.id)}#r{call.number}",
                "村": call.village,
                "果": call.result,
                "违法": call.unlawful,
            }
            for call in outing.calls
        ],
        "点位": [
            {
                "名": veil.text(sight.place),
                "链": known.thing(sight.place),
                "村": sight.village,
                "果": sight.result,
                "见": veil.text(sight.found),
            }
            for sight in outing.sights
        ],
    }
