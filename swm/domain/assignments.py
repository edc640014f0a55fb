"""包保: who answers for an enterprise, from when to when (方案五2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    missing = [*unfit(new), *_unknown_role(role), *_too_early(enterprises, new)]
    if missing:
        raise Refused("还不能这样落实包保", missing)
    changed = [e for e in enterprises if not _holds_already(e, new)]
    if not changed:
        raise Refused(f"{person}本来就是{role}，没有变化")
    head = f"{changed[0].id} {changed[0].name}"
    if len(changed) > 1:
        head = f"{changed[0].id} 等{len(changed)}家"
    return Change(
        verb="assign",
        subject=f"包保 {head}：{role}（自 {since}）",
        files={e.path: tuple(_edits(e, new)) for e in changed},
        body=(f"发生：{since}", f"录入：{today}", f"责任人：{_described(new)}"),
        notes=tuple(_notes(enterprises, changed, new, settings)),
        recorded={"编号": _ids(changed), "角色": role, "姓名": person},
    )


def lacking(enterprise: Enterprise, policy: Policy, on: date) -> tuple[str, ...]:
    """The roles that must be filled on that day (期限.yaml 包保) and are filled by nobody."""
    filled = {a.role for a in enterprise.assignments if holds(a, on)}
    return tuple(role for role in policy.rules.roles_on(on) if role not in filled)


def _unknown_role(role: str) -> Iterator[Missing]:
    if role and role not in ROLES:
        text = f"没有“{role}”这个包保角色"
        yield Missing(text, "方案五2", "加上 --role " + "/".join(ROLES))


def _open(enterprise: Enterprise, role: str) -> list[tuple[int, Assignment]]:
    """Who holds the role without an end, by position."""
    rows = enumerate(enterprise.assignments)
    return [(i, a) for i, a in rows if a.role == role and a.until is None]


def _same(one: Assignment, other: Assignment) -> bool:
    return (one.person, one.department) == (other.person, other.department)


def _holds_already(enterprise: Enterprise, new: Assignment) -> bool:
    return any(_same(a, new) for _, a in _open(enterprise, new.role))


def _too_early(enterprises: Sequence[Enterprise], new: Assignment) -> Iterator[Missing]:
    """The predecessor began on that day or later: two would hold the role at once."""
    for enterprise in enterprises:
        for _, held in _open(enterprise, new.role):
            if held.since and new.since and held.since >= new.since and not _same(held, new):
                text = f"{enterprise.id} 的{new.role}自 {held.since} 起是{held.person}"
                yield Missing(text, "方案五2", f"--from 应晚于 {held.since}")


def _edits(enterprise: Enterprise, new: Assignment) -> Iterator[Edit]:
    assert new.since is not None
    for i, _ in _open(enterprise, new.role):
        yield Set(("包保", i, "至"), new.since - _DAY)
    if enterprise.assignments:
        yield Append(("包保",), fields.fragment(new))
    else:
        yield Set(("包保",), [fields.fragment(new)], before="整治")


def _described(new: Assignment) -> str:
    return new.person + (f"（{new.department}）" if new.department else "")


def _ids(changed: Sequence[Enterprise]) -> Plain:
    return changed[0].id if len(changed) == 1 else [e.id for e in changed]


def _notes(
    enterprises: Sequence[Enterprise],
    changed: Sequence[Enterprise],
    new: Assignment,
    settings: Settings,
) -> Iterator[str]:
    assert new.since is not None
    for enterprise in changed:
        for _, held in _open(enterprise, new.role):
            yield f"{enterprise.id} 原{new.role}{held.person}至 {new.since - _DAY} 止"
    if len(changed) < len(enterprises):
        yield f"另有{len(enterprises) - len(changed)}家本来就是{new.person}，没有变化"
    people = [p.name for p in settings.people_on(new.since)]
    if people and new.person not in people:
        yield f"提醒：{new.since} 的人员名册里没有“{new.person}”，请核对 swm.yaml 的“人员”"
