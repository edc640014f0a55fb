"""The scheme by which villages are scored, as a clerk reads it in `swm policy`."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.scoring import DEDUCT, HAND, QUOTA, ZERO_POINTS, Bonus, Scheme, ScoreItem, Veto
from swm.render.text import commas


def scheme_lines(scheme: Scheme) -> Iterator[str]:
    """Items with their points and how they are reckoned, then bonuses, vetoes and grades."""
    for item in scheme.items:
        yield f"{item.name}  {item.points}分，{_reckoned(item)}（{item.meaning}；{item.clause}）"
    for bonus in scheme.bonuses:
        yield f"加分·{bonus.name}  {_added(bonus)}（{bonus.meaning}；{bonus.clause}）"
    for veto in scheme.vetoes:
        yield f"一票否决·{veto.name}  {_vetoed(veto)}（{veto.meaning}；{veto.clause}）"
    grades = commas(f"{grade.name}{grade.least}分以上" for grade in scheme.grades[:-1])
    rest = scheme.grades[-1].name
    yield f"等次  {grades}，其余{rest}" if grades else f"等次  一律{rest}"
    yield f"无底数的村  {scheme.bare}"


def _reckoned(item: ScoreItem) -> str:
    monthly = "，逐月计算" if item.monthly else ""
    if item.way == HAND:
        return f"手工加减{monthly}"
    if item.way == DEDUCT:
        return f"“{item.figure}”每条扣{item.each}分{monthly}"
    if item.way == QUOTA:
        return f"“{item.figure}”应有{item.wanted}条，少一条扣{item.each}分{monthly}"
    share = f"“{item.figure}”占“{item.whole}”的比率"
    bands = commas(f"{band.least}%以上{band.points}分" for band in item.bands)
    return (f"按{share}分档：{bands}" if bands else f"按{share}得分") + monthly


def _added(bonus: Bonus) -> str:
    how = f"“{bonus.figure}”每条加{bonus.each}分" if bonus.figure else "手工登记"
    return f"{how}，最多{bonus.most}分"


def _vetoed(veto: Veto) -> str:
    when = f"“{veto.figure}”满{veto.least}条" if veto.figure else "手工登记"
    outcome = "得零分" if veto.outcome == ZERO_POINTS else f"降为{veto.outcome}"
    return f"{when}，{outcome}"
