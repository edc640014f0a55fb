"""Where something is, by the roster of villages: each under the name that it has on one day.

A form that is made now names a village as of now, a paper of a past day as it was called then:
so one paper never has two names for one village.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from swm.domain.settings import Settings, Village, holds


def villages_on(names: Iterable[str], settings: Settings, on: date) -> list[str]:
    """The villages as they are called on that day, each once."""
    return list(dict.fromkeys(settings.village_at(name, on) for name in names))


def address_in(village: str, address: str | None, settings: Settings, on: date) -> str:
    """The address without the village's name before it, whichever of its names that is."""
    text, here = address or "", settings.village_at(village, on)
    names = {village, *(v.name for v in settings.villages)}
    for name in sorted(names, key=len, reverse=True):
        if text.startswith(name) and settings.village_at(name, on) == here:
            return text.removeprefix(name)
    return text


def place_of(village: str, address: str | None, settings: Settings, on: date) -> str:
    """The village as it is called on that day, and the address in it."""
    return settings.village_at(village, on) + address_in(village, address, settings, on)


def grid_on(grid: str | None, settings: Settings, on: date) -> str:
    """The grid; one of a village that was renamed under its new name, one of a village that went
    into another as the former one."""
    known = {name: village for village in settings.villages for name in village.grids}
    village = known.get(grid or "")
    if grid is None or village is None or holds(village, on):
        return grid or ""
    now = settings.village_at(village.name, on)
    same = grid.replace(village.name, now, 1)
    successor = known.get(same)
    return same if successor and _follows(successor, village) else f"原{grid}"


def _follows(village: Village, before: Village) -> bool:
    """Whether a village began on the day after the other ended: a new name for it."""
    return before.until is not None and village.since == before.until + timedelta(days=1)
