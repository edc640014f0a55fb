"""From a number of the village table to the records behind it: which list, and whose part of it.

The lists stand once in the page; a cell names its list, its village and its category, and the
page's script leaves the other rows out. Without a script the link still leads to the whole list.
"""

from __future__ import annotations

from swm.render.monthly import category_names
from swm.render.monthlyvalues import Named
from swm.reports.values import Monthly, Row
from swm.reports.villages import REMARK, SUSPECTS, behind


def village_links(report: Monthly) -> list[list[Named | None]]:
    """For each row of the village table, the total first, where each of its cells leads.

    None for what is no count of records (a rate, the name) and for a zero: nothing is behind it.
    """
    shown = category_names(report)
    rows = (report.village_total, *report.village_rows)
    return [
        [_link(report, row, column.key, shown) for column in report.village_columns] for row in rows
    ]


def _link(report: Monthly, row: Row, key: str, shown: dict[str, str]) -> Named | None:
    found = behind(SUSPECTS if key == REMARK else key)
    if found is None or row.cells.get(key, "") in ("", "0"):
        return None
    figure, category = found
    if figure not in report.figures:
        return None
    return {
        "锚": f"list-{figure}",
        "村": "" if row.total else row.cells["村"],
        "类别": shown.get(category, category),
    }
