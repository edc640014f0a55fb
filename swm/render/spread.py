"""How the unfinished enterprises are spread over the villages, as a sentence tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Named = dict[str, Any]
FEW = 5
"""How many villages a sentence names one by one."""
Counts = Sequence[tuple[str, int]]


def spread(villages: Counts) -> Named:
    """What comes before the villages, the villages with what each has, and what comes after.

    Those that stand out are named; a village is never named before another with as many that is
    not, and none is said to have more than the rest where all have the same.
    """
    found = sorted((each for each in villages if each[1]), key=lambda each: -each[1])
    if not found:
        return _told("", [], "")
    if len(found) == 1:
        return _told("，均在" if found[0][1] > 1 else "，在", _alone(found), "")
    if found[0][1] == found[-1][1]:
        more = f"等{len(found)}个村" if len(found) > FEW else ""
        return _told("，分布在", _alone(found[:FEW]), f"{more}，各{found[0][1]}家")
    if len(found) <= FEW:
        return _told("，分布在", _each(found), "")
    head = f"，分布在{len(found)}个村，较多的是"
    most = [each for each in found if each[1] > found[FEW][1]]
    if most and len(most) <= FEW:
        return _told(head, _each(most), _rest(found[len(most) :]))
    level = [each for each in found if each[1] == found[0][1]]
    told = f"等{len(level)}个村，各{level[0][1]}家{_rest(found[len(level) :])}"
    return _told(head, _alone(level[:FEW]), told)


def _rest(villages: Counts) -> str:
    """，其余3个村各1家, or 共5家 where they differ; nothing where there are none."""
    counts = [count for _, count in villages]
    if not counts:
        return ""
    if len(set(counts)) > 1:
        told = f"共{sum(counts)}家"
    else:
        told = f"各{counts[0]}家" if len(counts) > 1 else f"{counts[0]}家"
    return f"，其余{len(counts)}个村{told}"


def _alone(villages: Counts) -> list[Named]:
    return [{"名称": village, "文": ""} for village, _ in villages]


def _each(villages: Counts) -> list[Named]:
    return [{"名称": village, "文": f"{count}家"} for village, count in villages]


def _told(before: str, villages: list[Named], after: str) -> Named:
    return {"引": before, "列": villages, "尾": after}
