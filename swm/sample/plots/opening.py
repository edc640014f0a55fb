"""期初: what the old lists say, and what became of it afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from swm.sample.deeds import Deed, Story
from swm.sample.life import Life
from swm.sample.plots.closing import CLOSURE
from swm.sample.plots.mending import MENDING
from swm.sample.plots.moving import RELOCATION, moved_out
from swm.sample.plots.steps import closed


def closed_long_ago(life: Life) -> Story:
    """Closed in the campaign of 2018; looked back at ever since."""
    day = date(2018, life.rng.randint(3, 11), life.rng.randint(1, 28))
    yield _old(life, CLOSURE, "已取缔", delisted_on=day, note="2018年专项行动中取缔")
    life.sees(life.pick("已清空", "改作他用", "人去厂空"))


def bricks_long_ago(life: Life) -> Story:
    """What the plan names first: a works behind the red line, closed in 2018."""
    yield _old(life, CLOSURE, "已取缔", delisted_on=date(2018, 5, 17), note="列入淘汰落后产能名单")
    life.sees("已清空")


def moved_long_ago(life: Life) -> Story:
    """Moved into an industrial park years ago."""
    day = date(life.rng.randint(2019, 2023), life.rng.randint(1, 12), life.rng.randint(1, 28))
    yield _old(life, RELOCATION, "已搬迁", delisted_on=day, note="整合搬迁入园")
    life.sees(life.pick("已清空", "改作他用"))


def mended_long_ago(life: Life) -> Story:
    """Mended and lawfully at work."""
    day = date(life.rng.randint(2020, 2023), life.rng.randint(1, 12), life.rng.randint(1, 28))
    yield _old(life, MENDING, "已整改", delisted_on=day, note="升级改造后合法生产")
    life.sees("在产")


def moving_at_the_opening(life: Life) -> Story:
    """The old list has it moving; it is gone a few weeks later."""
    deadline = life.day + timedelta(days=life.rng.randint(50, 90))
    yield _old(life, RELOCATION, "搬迁中", deadline=deadline)
    life.wait(15, 35)
    yield from moved_out(life, "自行搬离")


def clearing_at_the_opening(life: Life) -> Story:
    """The old list has it clearing."""
    deadline = life.day + timedelta(days=life.rng.randint(25, 45))
    yield _old(life, CLOSURE, "清理中", deadline=deadline)
    life.wait(6, 18)
    yield from closed(life, "自行清理")


def back_after_years(life: Life) -> Story:
    """Closed long ago, and at work again one night: 回潮 of a 期初 firm."""
    day = date(2019, life.rng.randint(2, 11), life.rng.randint(1, 28))
    yield _old(life, CLOSURE, "已取缔", delisted_on=day)
    life.sees("已清空")
    life.until_before_end(32, 40)
    life.night(0, 2)
    yield life.raid("有生产迹象", entered_next_day=True, found="院内亮灯，有新进原料")
    life.wait(1, 3)
    yield life.act("回潮", reason="原址恢复生产")
    life.wait(0, 2)
    yield life.order("限期清理", days=10, criteria=life.firm.grounds, served=True)
    life.wait(3, 6)
    yield from closed(life, "自行清理")


def _old(life: Life, category: str, state: str, **told: object) -> Deed:
    row = life.rng.randrange(2, 400)
    return life.opening(category, state, list_hash=life.town.old_list, row=row, **told)
