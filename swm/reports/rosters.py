"""The roster of villages, each with what is counted under it on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from swm.domain.settings import Settings, Village, holds
from swm.frozen import frozen
from swm.reports.answers import Answers

_FIRMS = """
SELECT COALESCE(v.counted_as, e.village) AS village, COUNT(*) AS firms FROM enterprise e
LEFT JOIN village v ON v.name = e.village AND v.since <= :today AND :today <= v.until
WHERE e.is_listed = 1 GROUP BY 1
"""
_YARDS = """
SELECT COALESCE(v.counted_as, p.village) AS village, COUNT(*) AS yards FROM premises p
LEFT JOIN village v ON v.name = p.village AND v.since <= :today AND :today <= v.until
GROUP BY 1
"""


@frozen
class Listed:
    """One village of the roster; `here` tells whether it exists on the day."""

    village: Village
    firms: int
    yards: int
    here: bool

    @property
    def cells(self) -> list[str]:
        """Its line."""
        v = self.village
        days = [str(day) if day else "" for day in (v.since, v.until)]
        counts = [str(self.firms), str(self.yards)] if self.here else ["", ""]
        return [v.name, *days, v.merged_into or "", "、".join(v.grids), *counts]

    @property
    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        v = self.village
        return {
            "名称": v.name,
            "自": v.since,
            "至": v.until,
            "并入": v.merged_into,
            "网格": list(v.grids),
            "企业": self.firms,
            "厂房": self.yards,
        }


def roster(facts: Answers, settings: Settings, on: date) -> list[Listed]:
    """Every village that ever was, in the order of swm.yaml."""
    day = {"today": on.isoformat()}
    firms = {row["village"]: row["firms"] for row in facts.query(_FIRMS, day)}
    yards = {row["village"]: row["yards"] for row in facts.query(_YARDS, day)}
    return [
        Listed(v, firms.get(v.name, 0), yards.get(v.name, 0), holds(v, on))
        for v in settings.villages
    ]
