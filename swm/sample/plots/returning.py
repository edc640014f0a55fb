"""What the plan warns of (方案五1): a cleared site at work again under another name, and an
operator who was closed in one village and begins anew in the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from swm.domain.records import Enterprise
from swm.sample.deeds import Story
from swm.sample.life import GONE, Life
from swm.sample.plots.closing import CLOSURE, told_to_clear
from swm.sample.plots.steps import checked, closed


def reborn(life: Life) -> Story:
    """Another operator on a site that had been cleared: found on a night round, closed again."""
    old = max(_cleared(life), key=lambda found: found[1].id, default=None)
    if old is not None:
        village, before = old
        life.move_to(village, before.address or life.firm.address, before.position)
        life.town.scenes[before.id] = "改作他用"
    told = "原址再生，已换经营者，院内重新安装设备" if old else "夜间巡查时发现"
    yield life.register(CLOSURE, reborn_of=old[1].id if old else None, note=told)
    yield from _closed_again(life)


def moved_on(life: Life) -> Story:
    """The operator of a cleared workshop has set up again in another village."""
    there = [e for village, e in _cleared(life) if village != life.firm.village]
    old = max((e for e in there if e.operator and e.phone), key=lambda e: e.id, default=None)
    if old is not None:
        assert old.operator and old.phone
        life.firm = replace(life.firm, operator=old.operator, phone=old.phone)
    told = "经营者原在邻村，清退后转移至此" if old else "网格员日常走访时发现"
    yield life.register(CLOSURE, moved_from=old.id if old else None, note=told)
    yield from _closed_again(life)


def _closed_again(life: Life) -> Story:
    life.wait(1, 3)
    yield checked(life)
    yield from told_to_clear(life, 7)
    life.wait(2, 4)
    yield from closed(life, "自行清理")


def _cleared(life: Life) -> Iterator[tuple[str, Enterprise]]:
    """The villages' enterprises whose sites stand cleared today."""
    for village, ids in life.town.residents.items():
        for id in ids:
            enterprise = life.shelf.enterprise(id)
            if enterprise.remediation.state in GONE and enterprise.operator:
                yield village, enterprise
