"""The bars of the village chart: 未销号 and 已销号 by village, as many as a page can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from swm.reports.values import Entry, OtherVillages, VillageBar

MOST = 20
"""Bars of one chart: half a page. The sum of many villages is told in words: as a bar it would
dwarf the others."""


def village_bars(
    unfinished: Sequence[Entry], delisted: Sequence[Entry], roster: Sequence[str]
) -> tuple[tuple[VillageBar, ...], OtherVillages | None]:
    """A bar for each village that has any, most 未销号 first, then most 已销号, then the roster's
    order; and what the villages add up to that there is no room for.
    """
    waiting = Counter(entry.village for entry in unfinished)
    done = Counter(entry.village for entry in delisted)
    bars = [
        VillageBar(village, waiting[village], done[village])
        for village in roster
        if waiting[village] or done[village]
    ]
    bars.sort(key=lambda bar: (-bar.open, -bar.delisted))
    return tuple(bars[:MOST]), _together(bars[MOST:])


def _together(bars: Sequence[VillageBar]) -> OtherVillages | None:
    if not bars:
        return None
    return OtherVillages(
        len(bars), sum(bar.open for bar in bars), sum(bar.delisted for bar in bars)
    )
