"""The roster of villages in swm.yaml: a village is added, renamed, or merged into another.

Files keep the village they were written with; under which name they are counted on a day follows
from the roster (`Settings.village_at`), so that earlier months keep the old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from swm.domain import fields
from swm.domain.edits import Append, Change, Edit, Set
from swm.domain.profiles import nearest, unfit
from swm.domain.settings import PATH, Settings, Village, holds, prove_settings
from swm.errors import Missing, Refused

_DAY = timedelta(days=1)
VILLAGES = "村"


def add(
    name: str, grids: tuple[str, ...], since: date | None, settings: Settings, today: date
) -> Change:
    """A new village, from the day `since` on (None: it was always there)."""
    new = Village(name=name, since=since, grids=grids)
    _require([*_already_there(name, settings)], f"{name}还不能写进名册")
    after = replace(settings, villages=(*settings.villages, new))
    _require([*unfit(new), *_incoherent(after)], f"{name or '村'}还不能写进名册")
    return Change(
        verb="village add",
        subject=f"村名册 增加{name}" + (f"（自 {since}）" if since else ""),
        files={PATH: (Append((VILLAGES,), fields.fragment(new)),)},
        body=(f"录入：{today}",),
        recorded={VILLAGES: name},
    )


def merge(name: str, into: str, since: date, settings: Settings, today: date) -> Change:
    """`name` is counted under `into` from the day `since` on. Raises `Refused`."""
    wrong = [*_not_there(name, since - _DAY, settings), *_not_there(into, since, settings)]
    if name == into:
        wrong.append(Missing(f"{name}不能并入自己", "", "--into 写并入后的村"))
    _require(wrong, f"{name}还不能并入{into}")
    place = _place(name, settings)
    merged = replace(settings.villages[place], until=since - _DAY, merged_into=into)
    after = _with(settings, place, merged)
    _require(_incoherent(after), f"{name}还不能并入{into}")
    return Change(
        verb="village merge",
        subject=f"村名册 {name}并入{into}（自 {since}）",
        files={PATH: _ended(place, since, into)},
        body=(f"发生：{since}", f"录入：{today}"),
        notes=(
            f"自 {since} 起，{name}的企业和厂房计入{into}；以前各月仍列{name}",
            f"档案里的“村”不改；{since} 及以后新登记的写{into}",
        ),
        recorded={VILLAGES: name, "并入": into, "至": since - _DAY},
    )


def rename(
    name: str, new_name: str, grids: tuple[str, ...], since: date, settings: Settings, today: date
) -> Change:
    """`name` is called `new_name` from the day `since` on: a new village takes its place."""
    wrong = [*_not_there(name, since - _DAY, settings)]
    new = Village(name=new_name, since=since, grids=grids)
    _require([*wrong, *_already_there(new_name, settings), *unfit(new)], f"{name}还不能更名")
    place = _place(name, settings)
    old = replace(settings.villages[place], until=since - _DAY, merged_into=new_name)
    after = _with(replace(settings, villages=(*settings.villages, new)), place, old)
    _require(_incoherent(after), f"{name}还不能更名")
    return Change(
        verb="village rename",
        subject=f"村名册 {name}更名为{new_name}（自 {since}）",
        files={PATH: (*_ended(place, since, new_name), Append((VILLAGES,), fields.fragment(new)))},
        body=(f"发生：{since}", f"录入：{today}"),
        notes=(
            f"自 {since} 起，{name}的企业和厂房以{new_name}列表；以前各月仍列{name}",
            f"档案里的“村”不改；{since} 及以后新登记的写{new_name}",
        ),
        recorded={VILLAGES: name, "更名": new_name, "至": since - _DAY},
    )


def _ended(place: int, since: date, into: str) -> tuple[Edit, ...]:
    """The lines of the village that ends the day before, in the order of its table."""
    return (
        Set((VILLAGES, place, "并入"), into, before="网格"),
        Set((VILLAGES, place, "至"), since - _DAY, before="并入"),
    )


def _with(settings: Settings, place: int, village: Village) -> Settings:
    known = settings.villages
    return replace(settings, villages=(*known[:place], village, *known[place + 1 :]))


def _place(name: str, settings: Settings) -> int:
    return next(i for i, village in enumerate(settings.villages) if village.name == name)


# --- what is wrong ----------------------------------------------------------------------------


def _require(wrong: list[Missing], headline: str) -> None:
    if wrong:
        raise Refused(headline, dict.fromkeys(wrong))


def _not_there(name: str, on: date, settings: Settings) -> Iterator[Missing]:
    """Why there is no such village on that day."""
    village = next((v for v in settings.villages if v.name == name), None)
    names = settings.village_names(on)
    if village is None:
        near = "、".join(nearest(name, names)[:5]) or "名册还是空的"
        yield Missing(f"村名册里没有“{name}”", "", f"名册里有：{near}；新的先加：swm village add")
    elif not holds(village, on):
        now = f"，已并入{village.merged_into}" if village.merged_into else ""
        span = f"自 {village.since} 起" if village.since and on < village.since else ""
        text = f"{on} 没有“{name}”（{span or f'至 {village.until} 止'}{now}）"
        yield Missing(text, "", "核对 --from 和村名：swm village list")


def _already_there(name: str, settings: Settings) -> Iterator[Missing]:
    """Why the name cannot be given: there is, or was, such a village."""
    for village in settings.villages:
        if village.name == name:
            gone = f"（至 {village.until} 止）" if village.until else ""
            yield Missing(f"名册里已经有“{name}”{gone}", "", "查看：swm village list")


def _incoherent(after: Settings) -> list[Missing]:
    """What would not hang together in swm.yaml."""
    return [Missing(f.message, "", f.hint) for f in prove_settings(after)]
