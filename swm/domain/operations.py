"""What is asked of an act only when it is entered, and what is told of it afterwards.

A guard also judges the acts of years past; what older ledgers did not have to say stands here.
"""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.guards import Case
from swm.domain.guards.operations import JOINT
from swm.errors import Missing

BROKEN_OFF, PUT_OFF = "中止", "改期"


def faults(case: Case) -> Iterator[Missing]:
    """An item whose completion must be photographed is told by a visit, which takes photographs."""
    photographed = {
        item.name for s in case.policy.standards.standards for item in s.items if item.photo
    }
    for name in case.act.done:
        if name in photographed:
            command = case.inspect("复查", f"--result 停产 --done {name} --photo 照片文件")
            yield Missing(f"“{name}”的完成照片，由复查记录", "制度/标准.yaml", command)


def unsaid(case: Case) -> Iterator[str]:
    """Why a joint enforcement was broken off, and to which day it was put off."""
    act = case.act
    if JOINT not in case.row.guards:
        return
    mend = f"swm correct {case.id} {act.number} --why 补记 --set"
    if act.outcome == BROKEN_OFF and not act.reason:
        yield f"中止的原因写入事由：{mend} 事由=原因"
    if act.outcome == PUT_OFF and act.again_on is None:
        yield f"改期的日期：{mend} 改期至=日期"
