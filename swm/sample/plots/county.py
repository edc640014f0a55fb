"""销号层级 区: what the town has accepted is reported to the county, which confirms or returns it."""

from __future__ import annotations

from swm.sample.deeds import Deed, Story
from swm.sample.life import Life

RETURNED, DIRECTLY = 2, 4
"""Which of every five are returned once, and which the county delists of its own."""
_OF_FIVE = 5
AGREED = "销号批复"
MENDED = "限期整改"


def confirmed(life: Life, method: str, **told: object) -> Story:
    """报区验收, approved the same day; some come back once; then 销号 on the county's paper."""
    turn = life.town.submit()
    yield submitted(life, approval=life.approved())
    if turn % _OF_FIVE == RETURNED:
        life.wait(2, 4)
        yield from _returned(life)
        life.wait(0, 2)
        yield submitted(life, approval=life.approved())
    yield from granted(life, method, **told)


def submitted(life: Life, **told: object) -> Deed:
    """报区验收."""
    return life.act("报区验收", **told)


def granted(life: Life, method: str, **told: object) -> Story:
    """销号, on the strength of the county's paper."""
    life.wait(2, 5)
    yield life.act("销号", method=method, **_paper(life), **told)


def decided_above(life: Life) -> bool:
    """Whether this one the county delists of its own, before the town has accepted anything."""
    directly = life.town.delisted_by_county and life.town.submitted % _OF_FIVE == DIRECTLY
    if directly:
        life.town.submit()
    return directly


def delisted_above(life: Life, method: str) -> Deed:
    """上级直接销号."""
    life.wait(1, 4)
    note = "区级专项行动中现场核实，直接销号"
    return life.act("上级直接销号", method=method, note=note, **_paper(life))


def _paper(life: Life) -> dict[str, object]:
    number = f"宁政函〔{life.day.year}〕{life.rng.randrange(2, 400)}号"
    return {"doc_name": AGREED, "doc_no": number, "doc_date": life.day}


def _returned(life: Life) -> Story:
    """The county finds one thing unmet; it is done, looked at and accepted again."""
    now = life.enterprise.remediation
    if now.category == MENDED:
        problem = life.firm.trade.problems[0]
        yield life.act("区验收退回", problems=(problem,), reason="治理设施运行记录不全")
        life.wait(1, 3)
        yield life.visit("复查", "在产", solved=(problem,), note="运行记录已补齐")
        result = "在产"
    else:
        yield life.act("区验收退回", undone=("清设备",), reason="现场仍存放旧机架一台")
        life.wait(1, 3)
        yield life.visit("复查", "停产", done={"清设备": None}, note="旧机架当日运走")
        result = "已清空"
    life.wait(0, 2)
    yield life.visit("验收", result, people=3, verdict="通过", note="退回内容已落实")
