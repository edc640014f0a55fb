"""包保: who answers for an enterprise, from when to when (方案五2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from swm.domain import fields
from swm.domain.edits import Append, Change, Edit, Plain, Set
from swm.domain.entries import refuse_future
from swm.domain.policy import Policy
from swm.domain.profiles import unfit
from swm.domain.records import ROLES, Assignment, Enterprise
from swm.domain.settings import Settings, holds
from swm.errors import Missing, Refused

_DAY = timedelta(days=1)
FEW = 3
"""Up to so many enterprises are named one by one in what the clerk is told."""

Turns = Mapping[str, Sequence[Assignment]]
"""By enterprise, who takes over what."""


def lacking(enterprise: Enterprise, policy: Policy, on: date) -> tuple[str, ...]:
    """The roles that must be filled on that day (期限.yaml 包保) and are filled by nobody."""
    filled = {a.role for a in enterprise.assignments if holds(a, on)}
    return tuple(role for role in policy.rules.roles_on(on) if role not in filled)


def assign(
    enterprises: Sequence[Enterprise],
    role: str,
    person: str,
    department: str | None,
    since: date,
    settings: Settings,
    today: date,
) -> Change:
    """`person` takes over `role` from the day `since` on, for each of `enterprises`.

    Whoever held the role ends the day before. Raises `Refused` with everything that is wrong, and
    when nothing would change.
    """
    refuse_future(since, today)
    new = Assignment(role=role, person=person, department=department or None, since=since)
    turns = {e.id: (new,) for e in enterprises}
    require(enterprises, turns, [*unfit(new), *unknown_role(role)])
    changed = [e for e in enterprises if not _holds_already(e, new)]
    if not changed:
        raise Refused(f"{person}本来就是{role}，没有变化")
    return Change(
        verb="assign",
        subject=f"包保 {headed(changed)}：{role}（自 {since}）",
        files={e.path: tuple(turn_edits(e, turns[e.id])) for e in changed},
        body=(f"发生：{since}", f"录入：{today}", f"责任人：{_described(new)}"),
        notes=tuple(_notes(enterprises, changed, new, settings)),
        recorded={"编号": ids_of(changed), "角色": role, "姓名": person},
    )


# --- what is wrong ----------------------------------------------------------------------------


def require(enterprises: Sequence[Enterprise], turns: Turns, wrong: list[Missing]) -> None:
    """Raise `Refused` with what is wrong, and with turns that would overlap earlier ones."""
    missing = [*wrong, *(m for e in enterprises for m in _too_early(e, turns[e.id]))]
    if missing:
        raise Refused("还不能这样落实包保", dict.fromkeys(missing))


def unknown_role(role: str) -> Iterator[Missing]:
    """Why `role` is none."""
    if role and role not in ROLES:
        text = f"没有“{role}”这个包保角色"
        yield Missing(text, "方案五2", "加上 --role " + "/".join(ROLES))


def _too_early(enterprise: Enterprise, turns: Sequence[Assignment]) -> Iterator[Missing]:
    """The predecessor began on that day or later: two would hold the role at once."""
    for new in turns:
        for _, held in _open(enterprise, new.role):
            if held.since and new.since and held.since >= new.since and not _same(held, new):
                text = f"{enterprise.id} 的{new.role}自 {held.since} 起是{held.person}"
                yield Missing(text, "方案五2", f"--from 应晚于 {held.since}")


# --- who holds what ---------------------------------------------------------------------------


def _open(enterprise: Enterprise, role: str) -> list[tuple[int, Assignment]]:
    """Who holds the role without an end, by position."""
    rows = enumerate(enterprise.assignments)
    return [(i, a) for i, a in rows if a.role == role and a.until is None]


def _same(one: Assignment, other: Assignment) -> bool:
    return (one.person, one.department) == (other.person, other.department)


def _holds_already(enterprise: Enterprise, new: Assignment) -> bool:
    return any(_same(a, new) for _, a in _open(enterprise, new.role))


def turn_edits(enterprise: Enterprise, turns: Sequence[Assignment]) -> Iterator[Edit]:
    """The lines that end whoever held these roles, and the new holders below them."""
    ended: set[int] = set()
    for new in turns:
        assert new.since is not None
        for i, _ in _open(enterprise, new.role):
            if i not in ended:
                ended.add(i)
                yield Set(("包保", i, "至"), new.since - _DAY)
    if not enterprise.assignments:
        yield Set(("包保",), [fields.fragment(new) for new in turns], before="整治")
        return
    for new in dict.fromkeys(turns):
        yield Append(("包保",), fields.fragment(new))


# --- what is told -----------------------------------------------------------------------------


def headed(changed: Sequence[Enterprise]) -> str:
    """Which enterprises, as a commit's subject has them."""
    first = changed[0]
    return f"{first.id} {first.name}" if len(changed) == 1 else f"{first.id} 等{len(changed)}家"


def _described(new: Assignment) -> str:
    return new.person + (f"（{new.department}）" if new.department else "")


def ids_of(changed: Sequence[Enterprise]) -> Plain:
    """What `--json` prints: the id, or the ids."""
    return changed[0].id if len(changed) == 1 else [e.id for e in changed]


def _notes(
    enterprises: Sequence[Enterprise],
    changed: Sequence[Enterprise],
    new: Assignment,
    settings: Settings,
) -> Iterator[str]:
    assert new.since is not None
    former = [(e.id, held.person) for e in changed for _, held in _open(e, new.role)]
    if len(former) <= FEW:
        for id, person in former:
            yield f"{id} 原{new.role}{person}至 {new.since - _DAY} 止"
    else:
        named = "、".join(f"{who}{n}家" for who, n in Counter(p for _, p in former).items())
        yield f"原{new.role}（{named}）至 {new.since - _DAY} 止"
    if len(changed) < len(enterprises):
        yield f"另有{len(enterprises) - len(changed)}家本来就是{new.person}，没有变化"
    yield from unknown_person(new.person, new.since, settings)


def unknown_person(name: str, since: date, settings: Settings) -> Iterator[str]:
    """A reminder that nobody of that name is in office."""
    people = [p.name for p in settings.people_on(since)]
    if people and name not in people:
        yield f"提醒：{since} 的人员名册里没有“{name}”，请核对 swm.yaml 的“人员”"
