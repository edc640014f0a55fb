"""What many stories have in common: a check, an order and its service, clearing, acceptance."""

from __future__ import annotations

from swm.sample.deeds import Deed, Story
from swm.sample.hours import DAY
from swm.sample.life import Life
from swm.sample.plots import county

CLEARANCE = ("断水", "断电", "清原料", "清产品", "清设备")
"""两断三清 (方案三（一）)."""
REMOVAL = ("停产", "清设备", "断动力电", "无生产能力")
"""What is left behind after a relocation (方案三（二）)."""
CUT = {
    "断水": "关闭阀门并铅封",
    "断电": "拆除变压器至车间线路",
    "断动力电": "供电所拆除动力电表",
}


def checked(life: Life, result: str = "在产") -> Deed:
    """核查 by two, with what they found."""
    trade = life.firm.trade
    found = life.pick(
        f"院内正在{trade.product}，现场有{trade.equipment}",
        f"现场有工人三人作业，存有{trade.material}",
        f"查看车间和院落，设备为{trade.equipment}",
    )
    return life.visit("核查", result, found=found, problems=trade.problems[:2])


def served(life: Life, days: int = 2) -> Story:
    """The last paper reaches the enterprise within so many days; a few refuse to sign."""
    life.wait(0, days)
    yield life.serve(life.pick("直接", "直接", "直接", "留置", "邮寄"))


def past_deadline(life: Life, most: int) -> None:
    """Let the deadline pass."""
    life.until(life.deadline)
    life.wait(1, most)


def cleared(life: Life, *items: str, result: str = "停产", note: str | None = None) -> Deed:
    """复查 that finds these items done, each by its usual measure."""
    done = {item: _measure(life, item) for item in items}
    return life.visit("复查", result, done=done, note=note)


def _measure(life: Life, item: str) -> str | None:
    if item in ("断电", "断动力电") and "电" in life.enterprise.shared_supply:
        return "拆除动力线路"
    return CUT.get(item)


def cleared_all(life: Life) -> Story:
    """两断三清 in two visits; every third workshop never had running water."""
    if life.rng.random() < 0.33:
        dry = {"断水": life.pick("院内无自来水，用水自提", "作坊不用水")}
        yield life.visit("复查", "停产", done={"断电": _measure(life, "断电")}, not_applicable=dry)
    else:
        yield cleared(life, "断水", "断电")
    life.wait(1, 5)
    yield cleared(life, *CLEARANCE[2:], note="设备已装车运走，场地清扫完毕")


def accepted(life: Life, result: str = "已清空") -> Deed:
    """验收 by three that passes."""
    note = life.pick("逐项查看，符合标准", "现场核对无误，同意销号", "村、镇两级共同验收")
    return life.visit("验收", result, people=3, verdict="通过", note=note)


def delisted(life: Life, method: str, **told: object) -> Story:
    """销号, approved the same day; where the county delists, by its paper."""
    if life.town.delisted_by_county:
        yield from county.confirmed(life, method, **told)
    else:
        yield life.act("销号", method=method, approval=life.approved(), **told)


def closed(life: Life, method: str) -> Story:
    """Cleared, accepted and delisted as 已取缔."""
    if county.decided_above(life):
        yield county.delisted_above(life, method)
        return
    yield from cleared_all(life)
    life.wait(1, 6)
    yield accepted(life)
    life.wait(0, 3)
    yield from delisted(life, method)


def raided_jointly(
    life: Life, nature: str, outcome: str, what: str, *items: str, left: tuple[str, ...] = ()
) -> Deed:
    """联合执法 by decision of the leading group; `items` were done, `left` were not."""
    departments = ("综合执法队", "生态环境所", life.pick("供电所", "派出所", "市场监管所"))
    decided = life.day
    note = f"领导小组{decided.month}月{decided.day}日研究决定，由环保办牵头实施；{what}"
    sent = (3 + decided.day % 3, 2, 2)
    broken_off = outcome in ("中止", "改期")
    return life.act(
        "联合执法",
        time=f"{life.at:%H:%M}",
        departments=departments,
        lead="综合执法队",
        leader=life.roster.leaders[2],
        people={who: str(many) for who, many in zip(departments, sent, strict=True)},
        nature=nature,
        outcome=outcome,
        reason=what if broken_off else None,
        again_on=decided + 4 * DAY if broken_off else None,
        done=dict.fromkeys(items),
        done_by=dict.fromkeys(items, "综合执法队"),
        undone=left,
        approval=life.roster.decision(decided),
        note=note,
    )
