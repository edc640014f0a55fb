"""搬迁改造: moved in time, too late, or on its own before anybody said so."""

from __future__ import annotations

from swm.sample.deeds import Deed, Story
from swm.sample.life import Life
from swm.sample.plots.steps import (
    REMOVAL,
    accepted,
    checked,
    cleared,
    closed,
    delisted,
    past_deadline,
    raided_jointly,
    served,
)
from swm.sample.trades import DESTINATIONS

RELOCATION = "搬迁改造"


def listed_for_relocation(life: Life) -> Story:
    """Found in the town's survey, checked by two."""
    note = life.pick("全镇拉网排查时发现", "排查出租院落时发现", "村两委排查后上报，镇里到场确认")
    yield life.register(RELOCATION, note=note)
    life.wait(1, 4)
    yield checked(life)


def told_to_move(life: Life, days: int) -> Story:
    """限期搬迁, served."""
    life.wait(2, 8)
    yield life.order("限期搬迁", days=days)
    yield from served(life, 3)


def moved_out(life: Life, method: str) -> Story:
    """Emptied, accepted, delisted as 已搬迁."""
    yield cleared(life, "停产", "断动力电")
    life.wait(2, 8)
    yield cleared(life, *REMOVAL[1::2], note="设备装车，镇村干部现场见证")
    life.wait(1, 5)
    yield accepted(life)
    life.wait(0, 3)
    yield from delisted(life, method, moved_to=life.pick(*DESTINATIONS))


def moved_in_time(life: Life) -> Story:
    """Finds a place in an industrial park and is gone before the deadline."""
    yield from listed_for_relocation(life)
    yield from told_to_move(life, life.rng.choice((60, 90)))
    life.wait(8, 25)
    yield life.visit("日常", "停产", note="已停产，正在联系搬迁车辆")
    life.wait(6, 20)
    yield from moved_out(life, "自行搬离")


def moving_now(life: Life) -> Story:
    """Half moved; the deadline lies ahead."""
    yield from listed_for_relocation(life)
    life.until_before_end(26, 40)
    yield life.order("限期搬迁", days=60, served=True)
    life.until_before_end(4, 10)
    yield cleared(life, "停产", note="已与园区签订租赁意向")


def moving_due_soon(life: Life) -> Story:
    """The deadline falls within the next days."""
    yield from listed_for_relocation(life)
    life.until_before_end(26, 28)
    yield life.order("限期搬迁", days=30, served=True)
    life.until_before_end(2, 6)
    yield cleared(life, "停产", "断动力电", note="设备已拆解，等待装车")


def moved_on_its_own(life: Life) -> Story:
    """Left before any deadline was set: from 待整治 straight to 已搬迁."""
    yield from listed_for_relocation(life)
    life.wait(8, 16)
    yield life.visit("日常", "人去厂空", note="大门敞开，设备已搬走，邻居称上周夜里搬离")
    life.wait(1, 4)
    yield cleared(life, *REMOVAL, result="人去厂空")
    life.wait(1, 4)
    yield accepted(life, "人去厂空")
    life.wait(0, 3)
    yield from delisted(life, "自行搬离", moved_to=life.pick(*DESTINATIONS))


def moved_too_late(life: Life) -> Story:
    """An extension did not help: 转取缔, then closed."""
    yield from listed_for_relocation(life)
    yield from told_to_move(life, 30)
    life.wait(12, 17)
    yield life.visit("日常", "停产", note="园区厂房尚未交付，业主申请延期")
    life.wait(0, 1)
    yield life.act(
        "延期", days=15, reason="园区厂房延迟交付", approval=life.approved(), note="镇内延期一次"
    )
    past_deadline(life, 4)
    yield life.visit("复查", "停产", verdict="不通过", problems=("设备仍在原址，未按期搬迁",))
    life.wait(1, 4)
    yield turned_to_closure(life)
    past_deadline(life, 3)
    yield raided_jointly(life, "协助清理", "完成", "协助业主吊装设备，清运原料")
    life.wait(0, 2)
    yield from closed(life, "联合执法清理")


def turned_to_closure(life: Life, days: int = 10) -> Deed:
    """转取缔, its new paper served at once."""
    return life.order(
        "转取缔", days=days, served=True, reason="逾期未完成", approval=life.approved()
    )


def turned_to_closure_now(life: Life) -> Story:
    """Overdue with its relocation, just turned to closure, still clearing."""
    yield from listed_for_relocation(life)
    yield from told_to_move(life, 30)
    past_deadline(life, 3)
    yield life.visit("复查", "停产", verdict="不通过", problems=("设备仍在原址，未按期搬迁",))
    life.until_before_end(6, 9)
    yield turned_to_closure(life, 15)
