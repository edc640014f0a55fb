"""限期整改: mended and working lawfully, mended late, or turned to closure."""

from __future__ import annotations

from datetime import timedelta

from swm.sample.deeds import Story
from swm.sample.life import Life
from swm.sample.plots.moving import turned_to_closure
from swm.sample.plots.steps import accepted, checked, closed, delisted, past_deadline, served

MENDING = "限期整改"


def listed_for_mending(life: Life) -> Story:
    """It has a licence, and something to put right."""
    note = life.pick(
        "长期经营，存在环保、消防问题", "手续不全，具备整改条件", "排查时发现治理设施缺失"
    )
    yield life.register(MENDING, note=note)
    life.wait(1, 3)
    yield checked(life)


def told_to_mend(life: Life, days: int) -> Story:
    """限期整改, served."""
    life.wait(1, 6)
    yield life.order("限期整改", days=days)
    yield from served(life)


def mended_in_time(life: Life) -> Story:
    """Problem after problem is put right; from then on it produces lawfully."""
    yield from listed_for_mending(life)
    yield from told_to_mend(life, life.rng.choice((20, 30)))
    life.wait(4, 9)
    yield from _mended(life)


def _mended(life: Life) -> Story:
    first, second = life.firm.trade.problems[:2]
    yield life.visit("复查", "在产", solved=(first,), note="已安装收集设施，正在调试")
    life.wait(2, 6)
    yield life.visit("复查", "在产", solved=(second,))
    life.wait(1, 4)
    yield accepted(life, "在产")
    life.wait(0, 3)
    yield from delisted(life, "整改到位")


def mending_now(life: Life) -> Story:
    """Extended once; one problem is left."""
    yield from listed_for_mending(life)
    life.until_before_end(25, 27)
    yield life.order("限期整改", days=20, served=True)
    life.until_before_end(12, 16)
    yield life.visit(
        "复查", "在产", solved=life.firm.trade.problems[:1], note="治理设备已订购，厂家排期"
    )
    life.minutes(20, 60)
    yield life.act(
        "延期",
        deadline=life.today + timedelta(days=20),
        reason="治理设备到货推迟",
        approval=life.approved(),
    )


def mending_overdue_now(life: Life) -> Story:
    """The deadline has passed; 复查 and 转取缔 are due."""
    yield from listed_for_mending(life)
    life.until_before_end(24, 28)
    yield life.order("限期整改", days=15, served=True)


def mended_too_late(life: Life) -> Story:
    """A 复查 after the deadline names what is unmet: 转取缔, then closed."""
    yield from listed_for_mending(life)
    yield from told_to_mend(life, 15)
    past_deadline(life, 4)
    yield life.visit("复查", "在产", verdict="不通过", problems=life.firm.trade.problems[:1])
    life.wait(1, 4)
    yield turned_to_closure(life)
    life.wait(2, 5)
    yield from closed(life, "自行清理")


def mended_with_county_extension(life: Life) -> Story:
    """The town may extend once; the second time the district's paper allows it."""
    yield from listed_for_mending(life)
    yield from told_to_mend(life, 15)
    life.wait(4, 8)
    yield life.act("延期", days=15, reason="环评手续正在办理", approval=life.approved())
    life.wait(8, 12)
    yield life.act(
        "延期",
        days=20,
        reason="区级部门同意延长整改期限",
        issuer="宁河区生态环境局",
        doc_name="关于延长整改期限的复函",
        doc_no=f"宁环函〔{life.day.year}〕{life.rng.randrange(2, 60)}号",
        approval=life.approved(),
    )
    life.wait(3, 9)
    yield from _mended(life)


def mended_and_fallen_back(life: Life) -> Story:
    """Lawful production is no relapse; the old problem coming back is."""
    yield from listed_for_mending(life)
    yield from told_to_mend(life, 20)
    life.wait(3, 6)
    yield from _mended(life)
    life.until_before_end(40, 60)
    yield life.visit("回头看", "在产", note="合法生产，治理设施运行正常")
    life.until_before_end(12, 18)
    problem = life.firm.trade.problems[0]
    yield life.visit("回头看", "在产", problems=(problem,), found="治理设施停用，老问题反弹")
    life.wait(1, 3)
    yield life.act("回潮", category=MENDING, reason="治理设施停用，老问题反弹")
    life.wait(1, 3)
    yield checked(life)
    life.minutes(30, 90)
    yield life.order("限期整改", days=15, served=True)


def mending_closure_overdue(life: Life) -> Story:
    """Turned to closure and overdue again."""
    yield from listed_for_mending(life)
    yield from told_to_mend(life, 15)
    past_deadline(life, 3)
    yield life.visit("复查", "在产", verdict="不通过", problems=life.firm.trade.problems[:1])
    life.wait(1, 3)
    yield turned_to_closure(life, 7)
    past_deadline(life, 4)
    yield life.visit("复查", "停产", verdict="不通过", undone=("清设备",), note="设备未拆除")
