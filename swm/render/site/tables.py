"""Tables as the site's templates take them: cells with text, where they lead, how they are set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Named = dict[str, Any]
Cell = Named

LEFT, NOWRAP, NUMBER, MINOR = "l", "d", "n", "m"
"""How a column is set; MINOR ones are left out on a narrow screen."""
DENSE = 10
"""A table of more columns than these is set closer."""


def cell(value: object, to: str = "", style: str = "") -> Cell:
    """One cell; `to` is where it leads, from the site's top folder."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return {
        "文": text,
        "链": to if text else "",
        "类": style,
        "页内": to.startswith("#"),
        "头": False,
    }


def column(title: str, style: str = "", *, head: bool = False) -> Named:
    """One column; with `head` its cells name their rows."""
    return {"名": title, "类": style, "头": head}


def row(
    cells: Sequence[Cell], *, style: str = "", id: str = "", data: Named | None = None
) -> Named:
    """One row; `data` is what the page's script picks rows by."""
    return {"格": list(cells), "类": style, "号": id, "据": data or {}}


def table(
    title: str, columns: Sequence[Named], rows: Iterable[Named], *, id: str = "", none: str = ""
) -> Named:
    """A table under its title; `none` is said where it has no rows.

    Each cell takes over how its column is set: a page may have ten thousand of them, and its
    template should not have to look that up.
    """
    return {
        "题": title,
        "列": list(columns),
        "行": [_set(row, columns) for row in rows],
        "号": id,
        "密": len(columns) > DENSE,
        "无": none or "没有。",
    }


def _set(row: Named, columns: Sequence[Named]) -> Named:
    for cell, column in zip(row["格"], columns, strict=True):
        cell["头"] = column["头"]
        if column["类"]:
            cell["类"] = f"{column['类']} {cell['类']}".rstrip()
    return row
