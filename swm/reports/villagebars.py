"""The bars of the village chart: 未销号 and 已销号 by village, as many as a page can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swm.reports.values import OtherVillages, VillageBar
from swm.reports.villages import Counts

MOST = 20
"""Bars of one chart: half a page. The sum of many villages is told in words: as a bar it would
dwarf the others."""


def village_bars(
    table: Mapping[str, Counts],
) -> tuple[tuple[VillageBar, ...], OtherVillages | None]:
    """From the village table's numbers, in its order: a bar for each village that has any, most 未销号 first, then most 已销号, then the roster's
    order; and what the villages add up to that there is no room for.
    """
    bars = [
        VillageBar(village, counts["未完成"], counts["累计完成"])
        for village, counts in table.items()
        if counts["未完成"] or counts["累计完成"]
    ]
    bars.sort(key=lambda bar: (-bar.open, -bar.delisted))
    return tuple(bars[:MOST]), _together(bars[MOST:])


def _together(bars: Sequence[VillageBar]) -> OtherVillages | None:
    if not bars:
        return None
    return OtherVillages(
        len(bars), sum(bar.open for bar in bars), sum(bar.delisted for bar in bars)
    )
