"""What the clerk is told about a profile that is recorded all the same: 提醒, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from swm.domain.identifiers import doubt_phone, doubt_uscc
from swm.domain.likeness import Known, Likeness, known, same_operator, twins
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Registration
from swm.domain.redlines import crossed
from swm.domain.settings import Settings

SHOWN = 5
"""How many likenesses are told at most; the rest is a number."""


def cautions(
    enterprise: Enterprise, others: Iterable[Known], policy: Policy, settings: Settings
) -> list[str]:
    """Doubtful numbers, red lines, likely twins and operators who were closed elsewhere."""
    return [
        *doubtful_numbers(enterprise),
        *red_lines(enterprise, policy),
        *likely_twins(enterprise, list(others), policy, settings),
    ]


def doubtful_numbers(enterprise: Enterprise) -> Iterator[str]:
    """What looks wrong with the 统一社会信用代码 and the telephone."""
    if enterprise.uscc and (why := doubt_uscc(enterprise.uscc)):
        yield f"提醒：统一社会信用代码存疑：{why}，已照录"
    if enterprise.phone and (why := doubt_phone(enterprise.phone)):
        yield f"提醒：电话存疑：{why}，已照录"


def red_lines(enterprise: Enterprise, policy: Policy) -> Iterator[str]:
    """The red lines that name, industry or product cross, each with its clause."""
    for line in crossed((enterprise.name, enterprise.industry, enterprise.product), policy):
        yield f"提醒：触及禁入红线“{line.word}”（{line.clause}）"


def places(settings: Settings) -> frozenset[str]:
    """The names that say only where a firm is: county, town, villages."""
    own = (settings.town, settings.county, *(v.name for v in settings.villages))
    return frozenset(name for name in own if name)


def _link(enterprise: Enterprise, how: str, other: str) -> str:
    """The command that says so on the 登记 record, unless it says so already."""
    first = enterprise.records[0]
    if not isinstance(first, Registration) or other in (first.reborn_of, first.moved_from):
        return ""
    return f"，写明：swm correct {enterprise.id} {first.number} --why 核实 --set {how}={other}"


def likely_twins(
    enterprise: Enterprise, others: list[Known], policy: Policy, settings: Settings
) -> Iterator[str]:
    """Who it may be already, or in whose place it stands, with the commands that settle it."""
    me = known(enterprise)
    found = twins(me, others, places(settings))
    states = {other.id: other.state for other in others}
    for likeness in found[:SHOWN]:
        yield _told(me, likeness, states[likeness.id], policy, enterprise)
    if len(found) > SHOWN:
        yield f"提醒：另有{len(found) - SHOWN}家相像：{'、'.join(f.id for f in found[SHOWN:])}"
    named = {likeness.id for likeness in found}
    for other in same_operator(me, others):
        if other.id not in named and _closed(other.state, policy):
            yield (
                f"提醒：{other.id} {other.name}（{other.village}，{other.state}）的经营者与此同名，"
                f"系同一人的属异地转移{_link(enterprise, '异地转移', other.id)}。"
                f"查看：swm show {other.id}"
            )


def kin(
    me: Known, others: Iterable[Known], policy: Policy, settings: Settings
) -> Iterator[tuple[str, Likeness]]:
    """Of which closed enterprises it may be the 原址再生 or 异地转移, and how it is like them."""
    known_by_id = {other.id: other for other in others}
    for likeness in twins(me, known_by_id.values(), places(settings))[:SHOWN]:
        if _closed(known_by_id[likeness.id].state, policy) and likeness.place != likeness.person:
            yield "原址再生" if likeness.place else "异地转移", likeness


def _told(me: Known, likeness: Likeness, state: str, policy: Policy, enterprise: Enterprise) -> str:
    other = likeness.id
    head = (
        f"提醒：与 {other} {likeness.name}（{state}）相像：{likeness.why}。查看：swm show {other}"
    )
    if not _closed(state, policy):
        return (
            f'{head}；确系重复的：swm advance {me.id} 核减 --reason "重复登记 {other}" --by 甲,乙'
        )
    if likeness.place and not likeness.person:
        return f"{head}；换了经营者的属原址再生{_link(enterprise, '原址再生', other)}"
    if likeness.person and not likeness.place:
        return f"{head}；同一经营者换了地方的属异地转移{_link(enterprise, '异地转移', other)}"
    relapse = f"swm advance {other} 回潮" if policy.state(state).delisted else f"swm show {other}"
    return f"{head}；同一企业恢复生产的不另登记：{relapse}"


def _closed(state: str, policy: Policy) -> bool:
    """Whether nothing more is to be done about an enterprise in that state."""
    return any(s.name == state and s.final for s in policy.workflow.states)
