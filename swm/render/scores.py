"""村级考核 on the screen and as JSON: all villages by rank, or one with its items and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from swm.domain import fields
from swm.domain.points import tenths
from swm.domain.scorerecords import Announced, Deducted, ItemScore, VillageScore
from swm.render.terminal import Column, table
from swm.render.text import commas, visible, wrap
from swm.reports.scorecard import Scorecard

SHORT = 10
LOST = 4
"""How many items a village's line names."""


def score_table(results: Sequence[VillageScore], room: int | None) -> list[str]:
    """The villages by rank, each with the items that cost it most."""
    ranks = [result.rank for result in results]
    columns = (
        Column("名次"),
        Column("村"),
        Column("得分", right=True),
        Column("等次"),
        Column("加减分的项目", shrink=True),
    )
    rows = [
        (
            _rank(result.rank, ranks),
            result.village,
            result.points or "—",
            result.grade or "不参评",
            _told(result),
        )
        for result in results
    ]
    return table(columns, rows, room)


def _rank(rank: int | None, all: Sequence[int | None]) -> str:
    if rank is None:
        return "—"
    return f"{rank}（并列）" if all.count(rank) > 1 else str(rank)


def _told(result: VillageScore) -> str:
    """一票否决 first, then the items with most lost, then what was added."""
    lost = [(_loss(item), item) for item in result.items if _loss(item)]
    worst = sorted(lost, key=lambda pair: (pair[0] > 0, -abs(pair[0])))
    parts = [f"{item.item}{_signed(item)}" for _, item in worst[:LOST]]
    more = [f"等{len(worst)}项"] if len(worst) > LOST else []
    vetoes = [f"一票否决：{veto}" for veto in result.vetoes]
    return "，".join([*vetoes, "、".join(parts) + "".join(more)]).strip("，")


def _loss(item: ItemScore) -> int:
    """Tenths lost (below zero) or, of a bonus, added."""
    if item.basis == "加分":
        return tenths(item.points)
    return tenths(item.points) - tenths(item.most)


def _signed(item: ItemScore) -> str:
    from swm.domain.points import signed

    return signed(_loss(item))


def village_page(result: VillageScore, title: str, room: int) -> list[str]:
    """One village: every item with its points, what it was reckoned by, the records behind it."""
    if not result.takes_part:
        told = "没有列入台账的企业，也没有登记厂房，按考核办法不参评"
        return [f"{title} {visible(result.village)}：不参评", *wrap(told, room)]
    lines = [
        f"{title} {visible(result.village)}：{result.points}分，{result.grade}，第{result.rank}名"
    ]
    for veto in result.vetoes:
        lines += wrap(f"一票否决：{visible(veto)}", room, "  ")
    lines.append("")
    for item in result.items:
        lines += _item_lines(item, room)
    return lines


def _item_lines(item: ItemScore, room: int) -> Iterator[str]:
    basis = f"（{visible(item.basis)}）" if item.basis and item.basis != "加分" else ""
    points = (
        f"加{item.points}分（上限{item.most}分）"
        if item.basis == "加分"
        else f"{item.points}/{item.most}分"
    )
    yield from wrap(f"{visible(item.item)}  {points}{basis}", room, "    ")
    for each in item.because:
        yield from wrap(f"  {_because(each)}", room, "      ")


def _because(each: Deducted) -> str:
    from swm.domain.points import signed

    number = f" 第{each.number}条" if each.number else ""
    name = f" {visible(each.name)}" if each.name else ""
    points = f" {signed(tenths(each.points))}分" if each.points else ""
    why = f"：{visible(each.why)}" if each.why else ""
    return f"{each.id}{number}{name}{points}{why}"


def announced_lines(announced: Announced, room: int) -> list[str]:
    """When, by whom, on which commit it was announced."""
    told = (
        f"{announced.title}：{announced.on}，公布人 {commas(announced.by)}，"
        f"批准 {visible(announced.approval.person)}，据台账版本 {announced.version[:SHORT]}"
    )
    reason = f"；原因：{visible(announced.reason)}" if announced.reason else ""
    return wrap(told + reason, room, "  ")


def score_document(
    card: Scorecard, announced: Announced | None, changes: Sequence[str]
) -> dict[str, Any]:
    """The whole scoring as JSON; points are text, exact to the tenth."""
    document = {
        "期间": card.period.code,
        "办法自": card.scheme.since,
        "满分": card.scheme.full,
        "村": [fields.fragment(result) for result in card.results],
        "附注": list(card.notices),
        "公布": fields.fragment(announced) if announced else None,
        "公布后变化": list(changes),
        "台账版本": card.commit,
    }
    plain = fields.plain({k: v for k, v in document.items() if k != "公布"})
    assert isinstance(plain, dict)
    return {**plain, "公布": document["公布"]}
