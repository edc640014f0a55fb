"""关停取缔: told to clear out, cleared on time or by joint enforcement, closed, and back again."""

from __future__ import annotations

from datetime import date, timedelta

from swm.sample.deeds import Deed, Story
from swm.sample.life import Life
from swm.sample.plots.steps import (
    accepted,
    checked,
    cleared,
    cleared_all,
    closed,
    delisted,
    past_deadline,
    raided_jointly,
    served,
)
from swm.sample.roster import ENFORCER

CLOSURE = "关停取缔"
DEMAND_DAYS = 10
"""Working days between the 催告 and the court."""


def listed_for_closure(life: Life) -> Story:
    """Found on a patrol, checked by two."""
    note = life.pick(
        "巡查时听见机器声，进院查看", "院门外堆有废料，入院后发现生产", "网格员日常走访时发现"
    )
    yield life.register(CLOSURE, note=note)
    life.wait(1, 3)
    yield checked(life)


def told_to_clear(life: Life, days: int) -> Story:
    """限期清理, served."""
    life.wait(1, 4)
    yield life.order("限期清理", days=days, criteria=life.firm.grounds)
    yield from served(life)


def cleaned_in_time(life: Life) -> Story:
    """The owner sells his machines and is done before the deadline."""
    yield from listed_for_closure(life)
    yield from told_to_clear(life, life.rng.choice((10, 15, 15)))
    life.wait(2, 6)
    yield from closed(life, "自行清理")


def cleaning_now(life: Life) -> Story:
    """Served a few days ago; the deadline lies ahead."""
    yield from listed_for_closure(life)
    life.until_before_end(9, 12)
    yield life.order("限期清理", days=15, criteria=life.firm.grounds, served=True)
    life.until_before_end(2, 5)
    yield life.visit("复查", "停产", done={"断电": "供电所已停动力电"}, note="业主称一周内拆完设备")


def overdue_now(life: Life) -> Story:
    """The deadline has passed, nothing has been done yet, and nobody gets in."""
    yield from listed_for_closure(life)
    life.until_before_end(22, 28)
    yield life.order("限期清理", days=10, criteria=life.firm.grounds, served=True)
    life.until_before_end(3, 6)
    told = "大门上锁，从院墙外可见设备仍在院内；业主电话称资金紧张，正在找买家"
    yield life.visit("日常", "停产", outside=True, note=told)
    life.sees(None)


def enforcing_now(life: Life) -> Story:
    """Joint enforcement was broken off, did half the work, and goes on."""
    yield from listed_for_closure(life)
    yield from told_to_clear(life, 7)
    past_deadline(life, 3)
    yield life.visit("复查", "停产", verdict="不通过", problems=("设备未拆除，原料未清理",))
    life.until_before_end(8, 11)
    yield raided_jointly(life, "督促自行清理", "中止", "业主家属阻拦，为避免冲突中止")
    life.wait(2, 4)
    told = "当日运走原料两车，设备待吊装"
    yield raided_jointly(life, "协助清理", "部分完成", told, "清原料", left=("清设备",))


def enforced(life: Life) -> Story:
    """Overdue, then cleared with the town's help in one day."""
    yield from listed_for_closure(life)
    yield from told_to_clear(life, life.rng.choice((7, 10, 15)))
    past_deadline(life, 5)
    yield life.visit("复查", "停产", verdict="不通过", problems=("设备未拆除，产品未清运",))
    life.wait(1, 3)
    yield raided_jointly(life, "协助清理", "改期", "吊车未能到场，改期实施")
    life.wait(2, 5)
    told = "出动吊车一辆、货车两辆"
    yield raided_jointly(life, "协助清理", "完成", told, "清原料", "清产品", "清设备")
    life.wait(0, 2)
    yield from closed(life, "联合执法清理")


def forced(life: Life) -> Story:
    """The district's bureau enforces by law: its own decision, a demand served, in daytime."""
    yield from listed_for_closure(life)
    yield from told_to_clear(life, 7)
    past_deadline(life, 3)
    yield life.visit("复查", "停产", verdict="不通过", problems=("拒不拆除违法搭建的生产棚",))
    demanded = life.day
    life.wait(12, 16)
    yield _force(life, demanded)
    life.wait(0, 2)
    yield from closed(life, "联合执法清理")


def _force(life: Life, demanded: date) -> Deed:
    """In a year whose holidays are not known nobody may force anything (行政强制法 43)."""
    if not life.calendar.known(life.day.year):
        return raided_jointly(life, "协助清理", "完成", "经反复做工作，业主同意拆除生产棚")
    return life.act(
        "联合执法",
        time=f"{life.at:%H:%M}",
        departments=("综合执法队", "自然资源所", "派出所"),
        nature="依法强制执行",
        outcome="完成",
        issuer=ENFORCER,
        doc_name="强制执行决定书",
        doc_no=f"宁综执强〔{life.day.year}〕{life.rng.randrange(2, 90)}号",
        demanded_on=demanded,
        approval=life.roster.decision(life.day),
        note="领导小组会议决定，由区综合行政执法局实施，全程录像",
    )


def relapsed(life: Life) -> Story:
    """The whole chain: overdue, enforced twice, cleared item by item with a setback, accepted at
    the second attempt, closed; found at work one night, and a second round."""
    yield from listed_for_closure(life)
    yield life.edit({"与居民合用": "电", "用电户号": f"{life.rng.randrange(10**9, 10**10)}"})
    yield from told_to_clear(life, 7)
    life.night(2, 3)
    yield life.raid("在产", entered_next_day=True, found="院门反锁，屋内机器运转，当场要求停机")
    past_deadline(life, 3)
    yield life.visit("复查", "停产", verdict="不通过", problems=("设备未拆除，原料未清理",))
    life.wait(1, 3)
    yield raided_jointly(life, "督促自行清理", "中止", "突降大雨，吊装设备不安全，中止")
    life.wait(2, 5)
    yield raided_jointly(life, "协助清理", "完成", "原料、产品当日清运完毕")
    life.wait(0, 2)
    yield from _cleared_with_a_setback(life)
    yield from _accepted_at_last(life)
    life.until_before_end(58, 90)
    yield life.visit("回头看", "已清空", note="大门上锁，院内无设备")
    life.until_before_end(44, 50)
    life.night(0, 1)
    yield life.raid("在产", found="夜间又运来设备开工，控制现场人员三名，移交派出所到场民警")
    life.wait(1, 2)
    yield life.act("回潮", reason="销号后擅自恢复生产")
    life.wait(0, 2)
    yield life.order("限期清理", days=7, criteria=life.firm.grounds, served=True)
    yield from _second_round(life)


def _cleared_with_a_setback(life: Life) -> Story:
    """断电 counts only once the power line is gone: cut, taken back, cut again."""
    yield life.visit(
        "复查",
        "停产",
        done={"断电": "拆除动力线路", "清原料": None},
        not_applicable={"断水": "院内无自来水，用水自提"},
    )
    life.wait(1, 3)
    yield cleared(life, "清产品", "清设备")
    life.wait(1, 3)
    yield life.visit("复查", "停产", undone=("断电",), found="私自从邻院接电", people=2)
    life.wait(0, 2)
    yield life.visit("复查", "停产", done={"断电": "拆除动力线路"}, note="供电所到场，邻院表箱加封")


def _accepted_at_last(life: Life) -> Story:
    life.wait(1, 3)
    again = life.day + timedelta(days=5)
    yield life.visit(
        "验收",
        "停产",
        people=3,
        verdict="不通过",
        undone=("清产品",),
        again_on=again,
        found="后院仍存放成品约两吨",
    )
    life.wait(2, 4)
    yield cleared(life, "清产品")
    life.wait(0, 2)
    yield accepted(life)
    life.wait(0, 2)
    yield from delisted(life, "联合执法清理")


def _second_round(life: Life) -> Story:
    past_deadline(life, 2)
    yield life.visit("复查", "停产", verdict="不通过", undone=("清设备",), note="仍有设备一台")
    life.wait(1, 3)
    yield raided_jointly(life, "协助清理", "完成", "设备就地拆解运走")
    life.wait(1, 3)
    yield from cleared_all(life)
    life.wait(1, 3)
    yield accepted(life)
    life.wait(0, 2)
    yield from delisted(life, "联合执法清理")


def taken_to_court(life: Life) -> Story:
    """Who decided has no power of force: 催告, ten working days, then the court."""
    yield from listed_for_closure(life)
    yield from told_to_clear(life, 7)
    past_deadline(life, 3)
    yield life.visit("复查", "停产", verdict="不通过", problems=("拒不拆除设备",))
    demanded = life.day
    life.wait(18, 24)
    life.until_workdays_over(demanded, DEMAND_DAYS)
    yield life.act(
        "联合执法",
        nature="申请法院强制执行",
        outcome="已申请法院",
        issuer="宁河区生态环境局",
        doc_name="行政处罚决定书",
        doc_no=f"宁环罚〔{life.day.year}〕{life.rng.randrange(2, 90)}号",
        demanded_on=demanded,
        approval=life.roster.decision(life.day),
        note="领导小组会议决定，由作出决定的机关申请人民法院强制执行",
    )
    life.wait(6, 12)
    yield from closed(life, "依法强制执行")
