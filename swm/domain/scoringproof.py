"""The proof that 制度/考核.yaml hangs together: sums, names, bands, clauses, dates.

Which figures there are is the reports' affair: one that the program lacks is told with the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from swm.domain.points import shown, tenths
from swm.domain.policy import Policy
from swm.domain.policydates import Citation, prove_citations, prove_spans
from swm.domain.scoring import (
    DEDUCT,
    HAND,
    QUOTA,
    RATE,
    SCORING,
    ZERO_POINTS,
    Bonus,
    Scheme,
    ScoreItem,
    Scoring,
)
from swm.errors import ERROR, Finding

_NEEDS = {
    DEDUCT: ("figure", "each"),
    RATE: ("figure", "whole"),
    QUOTA: ("figure", "each", "wanted"),
    HAND: (),
    "加分": ("figure", "each"),
}
"""What each way of scoring needs besides the points."""
_KEYS = {"figure": "数字", "whole": "分母", "each": "每条扣", "wanted": "应有"}


def prove_scoring(scoring: Scoring, policy: Policy, on: date) -> Iterator[Finding]:
    """Everything that does not hang together; nothing is the proof."""
    yield from prove_spans(SCORING, "考核", [(s.since, s.until) for s in scoring.schemes])
    for scheme in scoring.schemes:
        for check in CHECKS:
            for field, message, hint in check(scheme):
                where = f"考核[{scheme.since}].{field}"
                yield Finding("考核", ERROR, SCORING, None, where, message, hint)
    yield from prove_citations(policy, _citations(scoring), on)


Problem = tuple[str, str, str]


def points_add_up(scheme: Scheme) -> Iterator[Problem]:
    """The items' points add up to the full marks, and none is below nought."""
    total = sum(tenths(item.points) for item in scheme.items)
    if total != tenths(scheme.full):
        yield "项目", f"各项分值之和是 {shown(total)}，满分写的是 {scheme.full}", "改成一致"
    for item in scheme.items:
        if tenths(item.points) <= 0:
            yield f"项目[{item.name}].分值", "分值应大于零", "改正分值"


def names_are_unique(scheme: Scheme) -> Iterator[Problem]:
    """One name, one item: entries by hand name it."""
    names = [row.name for row in scheme.rows]
    for name, times in Counter(names).items():
        if times > 1:
            yield "项目", f"“{name}”写了{times}次", "项目、加分、一票否决不能重名"
    for name, times in Counter(g.name for g in scheme.grades).items():
        if times > 1:
            yield "等次", f"“{name}”写了{times}次", "只留一项"


def ways_are_complete(scheme: Scheme) -> Iterator[Problem]:
    """Each way of scoring has what it is reckoned from, and nothing else decides."""
    marked: tuple[ScoreItem | Bonus, ...] = (*scheme.items, *scheme.bonuses)
    for item in marked:
        for name in _NEEDS[item.way]:
            if getattr(item, name, None) in (None, ""):
                hint = f"补上“{_KEYS[name]}”，或改“方式”"
                yield f"项目[{item.name}]", f"方式是{item.way}，缺少“{_KEYS[name]}”", hint
        if item.each is not None and tenths(item.each) <= 0:
            yield f"项目[{item.name}]", "每条的分数应大于零", "写正数，扣分不带负号"
        if item.way == HAND and item.figure:
            yield f"项目[{item.name}]", "手工评分的项目不写“数字”", "删去“数字”，或改“方式”"
    for veto in scheme.vetoes:
        if bool(veto.figure) != bool(veto.least):
            yield f"一票否决[{veto.name}]", "“数字”和“满”应同时写", "手工登记的两样都不写"


def grades_go_down(scheme: Scheme) -> Iterator[Problem]:
    """From high to low, the last one from nought, and vetoes lead to one of them."""
    for higher, lower in pairwise(scheme.grades):
        if tenths(higher.least) <= tenths(lower.least):
            yield f"等次[{lower.name}]", f"应低于“{higher.name}”的 {higher.least}", "从高到低排列"
    if not scheme.grades or tenths(scheme.grades[-1].least) != 0:
        yield "等次", "最后一等应从 0 分起", "写“不低于: 0”"
    names = [g.name for g in scheme.grades]
    for veto in scheme.vetoes:
        if veto.outcome not in (ZERO_POINTS, *names):
            known = "、".join((ZERO_POINTS, *names))
            yield f"一票否决[{veto.name}].结果", f"没有“{veto.outcome}”", f"可用：{known}"


CHECKS: tuple[Callable[[Scheme], Iterator[Problem]], ...] = (
    points_add_up,
    names_are_unique,
    ways_are_complete,
    grades_go_down,
)


def _citations(scoring: Scoring) -> Iterator[Citation]:
    for scheme in scoring.schemes:
        head = f"考核[{scheme.since}]"
        yield Citation(SCORING, f"{head}.依据", scheme.clause)
        for row in scheme.rows:
            yield Citation(SCORING, f"{head}[{row.name}].依据", row.clause)
