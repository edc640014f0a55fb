"""Leads and slips: suspects, false alarms, changes of category, removals, late entries."""

from __future__ import annotations

from datetime import date, timedelta

from swm.sample.complaining import complained, found_by, registered, settled
from swm.sample.deeds import Deed, Story
from swm.sample.hours import DAY
from swm.sample.life import Life
from swm.sample.plots import county
from swm.sample.plots.closing import CLOSURE, told_to_clear
from swm.sample.plots.moving import RELOCATION, moved_out, told_to_move
from swm.sample.plots.steps import (
    accepted,
    checked,
    cleared_all,
    closed,
    delisted,
    past_deadline,
    raided_jointly,
)
from swm.sample.trades import SHOPS

LEADS = ("群众举报", "上级交办", "村级上报")


def suspected_now(life: Life) -> Story:
    """Reported a few days ago; nobody has been there yet."""
    life.until_before_end(2, 5)
    yield complained(life, "群众来电")
    yield registered(life, note="夜间有机器声和异味，位置待核实")


def suspected_and_watched(life: Life) -> Story:
    """Nobody opened the door; production can be heard from outside."""
    life.until_before_end(6, 10)
    yield complained(life, "上级交办")
    yield registered(life, note="随交办单转来，要求核查")
    life.wait(1, 2)
    yield life.visit("村级排查", "无法进入", people=2, note="大门上锁，院内有机器声，约业主到场")


def found_untrue(life: Life, source: str | None = None) -> Story:
    """A shop, no workshop: 查否, and that is all."""
    shop = life.pick(*SHOPS)
    source = source or life.pick(*LEADS)
    complaint = {"群众举报": "网络/微信", "上级交办": "上级交办"}.get(source)
    if complaint:
        yield complained(life, complaint)
        yield registered(life, note="线索转来，先作待核查")
    else:
        yield life.register(source=source, note="线索转来，先作待核查")
    life.wait(1, 4)
    yield life.visit("核查", "改作他用", found=f"现场为{shop}，无生产设备，无排污")
    if complaint:
        life.minutes(10, 30)
        yield found_by(life, "不属实", f"现场为{shop}，无生产设备")
    life.wait(0, 2)
    yield life.act("查否", reason=f"现场为{shop}，不属于“散乱污”")
    if complaint:
        life.minutes(10, 30)
        yield settled(life, "查否，不予列入")


def found_true_after_all(life: Life) -> Story:
    """村级上报, 查否, seen working again, 重新核查, 列入, and closed."""
    yield from found_untrue(life, "村级上报")
    life.wait(15, 40)
    yield complained(life, "12345热线", about=True)
    life.wait(0, 2)
    yield life.act("重新核查", reason="查否以后又有新的线索")
    life.wait(1, 3)
    yield checked(life)
    life.minutes(10, 30)
    yield found_by(life, "属实", "院内有新设备，正在生产")
    life.wait(0, 2)
    yield life.act("列入", category=CLOSURE)
    life.minutes(10, 30)
    yield settled(life, "已列入关停取缔，限期清理")
    yield from told_to_clear(life, 10)
    life.wait(2, 5)
    yield from closed(life, "自行清理")


def found_true(life: Life) -> Story:
    """A complaint that was right, and an owner whom only a public notice could reach."""
    life.pick(*LEADS)
    yield complained(life, "来信来访")
    yield registered(life, note="反映机器噪声扰民")
    life.wait(1, 4)
    yield checked(life)
    life.minutes(10, 30)
    yield found_by(life, "属实", "厂房内正在生产，噪声明显")
    life.wait(0, 3)
    yield life.act("列入", category=RELOCATION)
    life.minutes(10, 30)
    yield settled(life, "已列入搬迁改造，限期搬迁")
    life.wait(2, 5)
    yield life.order("限期搬迁", days=30)
    life.wait(2, 4)
    yield life.visit("日常", "无法进入", found="院门上锁，经营者电话停机")
    life.wait(2, 4)
    yield life.visit("日常", "无法进入", found="再次上门无人，邻居称经营者在外地")
    life.wait(0, 1)
    yield life.serve("公告")
    life.wait(34, 42)
    yield from moved_out(life, "自行搬离")


def waiting_now(life: Life) -> Story:
    """Listed; the order is being drafted."""
    life.until_before_end(7, 14)
    yield life.register(CLOSURE)
    life.wait(1, 3)
    yield checked(life)


def waiting_too_long(life: Life) -> Story:
    """Listed more than a month ago, still without a deadline, and its file is not complete."""
    life.until_before_end(40, 52)
    yield life.register(RELOCATION, industry=None, note="拟整合搬迁，去向未定；行业待核")
    life.wait(1, 3)
    yield checked(life)


def unserved_now(life: Life) -> Story:
    """The paper is written and not yet served: no deadline runs."""
    life.until_before_end(9, 13)
    yield life.register(CLOSURE)
    life.wait(0, 2)
    yield checked(life)
    life.until_before_end(2, 4)
    yield life.order("限期清理", days=15, criteria=life.firm.grounds)


def unapproved_now(life: Life) -> Story:
    """Closed on the deputy's word; the signed sheet is still to come."""
    life.until_before_end(26, 29)
    yield life.register(CLOSURE)
    life.wait(0, 1)
    yield checked(life)
    life.wait(0, 1)
    yield life.order("限期清理", days=15, criteria=life.firm.grounds, served=True)
    life.wait(2, 4)
    yield from cleared_all(life)
    life.wait(0, 2)
    yield accepted(life)
    life.until_before_end(2, 3)
    yield _unapproved(life, note="分管领导电话同意，签批单待补")


def approved_later(life: Life) -> Story:
    """The approval is supplied by a 更正, and needs none of its own."""
    yield life.register(CLOSURE)
    life.wait(1, 3)
    yield checked(life)
    yield from told_to_clear(life, 15)
    life.wait(2, 6)
    yield from cleared_all(life)
    life.wait(1, 4)
    yield accepted(life)
    life.wait(0, 2)
    yield _unapproved(life)
    number, day = life.number, life.day
    life.wait(2, 6)
    values = {"批准.人": life.roster.leaders[1], "批准.日期": str(day), "批准.依据": "签批单"}
    yield life.correct(number, values, "补录签批单")
    if life.town.delisted_by_county:
        yield from county.granted(life, "自行清理")


def _unapproved(life: Life, **told: object) -> Deed:
    """What needs the town's approval, without it: 销号, or 报区验收 where the county delists."""
    if life.town.delisted_by_county:
        return county.submitted(life, **told)
    return life.act("销号", method="自行清理", **told)


def recategorised(life: Life) -> Story:
    """Told to move, checked again, found beyond saving: 调整类别, then cleared."""
    yield life.register(RELOCATION)
    life.wait(1, 3)
    yield checked(life)
    yield from told_to_move(life, 60)
    life.wait(6, 14)
    yield life.visit("核查", "停产", found="厂房为违法临时建筑，园区不予接收")
    life.wait(0, 3)
    yield life.act(
        "调整类别",
        category=CLOSURE,
        reason="利用违法建筑生产，不具备搬迁条件",
        approval=life.approved(),
    )
    yield from told_to_clear(life, 10)
    past_deadline(life, 3)
    yield raided_jointly(life, "协助清理", "完成", "设备、原料当日清运")
    life.wait(0, 2)
    yield from closed(life, "联合执法清理")


def listed_twice(life: Life) -> Story:
    """Entered under its signboard's name, and known already: 核减."""
    twin = life.town.last.id if life.town.last else None
    yield life.register(CLOSURE, note="按招牌名称登记")
    life.wait(3, 9)
    yield life.visit("核查", "停产", found="与已登记企业为同一院落、同一业主")
    life.wait(0, 2)
    reason = "重复登记" if twin else "误登记"
    yield life.act("核减", reason=reason, related=twin, approval=life.approved())


def beyond_the_border(life: Life) -> Story:
    """The yard lies on the neighbouring town's land."""
    yield life.register(RELOCATION)
    life.wait(2, 6)
    yield life.visit("核查", "在产", found="经自然资源所定位，院落在邻镇界内")
    life.wait(2, 8)
    yield life.act("核减", reason="划出本镇", approval=life.approved(), note="已书面告知邻镇")


def entered_late(life: Life) -> Story:
    """Last month's find and last month's visit entered in this month, a visit of Friday entered
    on Monday, a service found later."""
    life.until(_next_month(life.day))
    life.wait(1, 4)
    found = life.day.replace(day=1) - life.rng.randint(2, 5) * DAY
    yield life.register(CLOSURE, on=found, found_on=found, note="村里上月已发现，镇里本月补录")
    life.minutes(10, 30)
    late = (life.day - found).days
    yield life.visit("村级排查", "在产", late=late, people=1, note="村干部先到现场，补录")
    life.wait(1, 3)
    yield checked(life)
    life.wait(1, 3)
    yield life.order("限期清理", days=15, criteria=life.firm.grounds)
    life.wait(0, 1)
    yield life.serve()
    life.until_monday()
    yield life.visit("日常", "停产", late=3, note="周五下午巡查，周一补录")
    life.wait(1, 4)
    yield from cleared_all(life)
    life.wait(1, 4)
    yield accepted(life)
    life.wait(0, 3)
    yield from delisted(life, "自行清理")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + 31 * DAY).replace(day=1)


def misnamed(life: Life) -> Story:
    """Names put right, an operator who really changed, a wrong entry taken back, a time mended."""
    yield life.register(RELOCATION)
    life.wait(1, 3)
    yield checked(life)
    number, later = life.number, life.at + timedelta(minutes=20)
    life.wait(1, 3)
    yield life.correct(number, {"时间": f"{later:%H:%M}"}, "到场时刻记错", life.approved())
    life.wait(1, 4)
    yield life.edit({"名称": life.firm.name.replace("厂", "作坊") + "（东院）"}, "笔误")
    yield from told_to_move(life, 90)
    life.wait(5, 10)
    operator, phone = life.town.names.operator(), life.town.names.phone()
    yield life.edit({"经营者": operator, "电话": phone}, "实际换人")
    life.wait(3, 8)
    yield life.visit("日常", "设备回迁", note="误将邻院情况记在本户")
    yield life.take_back("记错企业")
    life.wait(6, 20)
    yield from moved_out(life, "自行搬离")
