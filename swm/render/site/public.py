"""公示: the one page that everybody may read."""

from __future__ import annotations

from swm.render.site.tables import LEFT, NOWRAP, NUMBER, Named, cell, column, row, table
from swm.reports.site import PublicSite


def names(site: PublicSite) -> Named:
    """Every name that the page's template may use."""
    columns = (
        column("企业名称", LEFT, head=True),
        column("村", NOWRAP),
        column("整治类别", NOWRAP),
        column("整治结果", NOWRAP),
    )
    rows = (
        row(
            [cell(f.name), cell(f.village), cell(f.measure), cell(f.result)],
            data={
                "find": f.name.lower(),
                "village": f.village,
                "category": f.measure,
                "state": f.result,
            },
        )
        for f in site.firms
    )
    return {
        "家数": len(site.firms),
        "村表": table(
            "各村家数",
            (
                column("村", NOWRAP, head=True),
                column("列入台账", NUMBER),
                column("已完成整治", NUMBER),
            ),
            (row([cell(v), cell(total), cell(done)]) for v, total, done in site.villages),
        ),
        "表": table("企业名单", columns, rows, id="firms"),
        "各村": [village for village, _, _ in site.villages],
        "各类别": list(dict.fromkeys(f.measure for f in site.firms)),
        "各状态": list(dict.fromkeys(f.result for f in site.firms)),
    }
