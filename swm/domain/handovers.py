"""包保 passes on: a person's enterprises to a successor in one command, or to nobody (方案五2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from swm.domain import fields
from swm.domain.assignments import (
    FEW,
    headed,
    ids_of,
    unknown_person,
    unknown_role,
)
from swm.domain.edits import Append, Change, Edit, Set
from swm.domain.entries import refuse_future
from swm.domain.policy import Policy
from swm.domain.profiles import unfit
from swm.domain.records import ROLES, Assignment, Enterprise
from swm.domain.settings import Settings
from swm.errors import Missing, Refused

_DAY = timedelta(days=1)


def hand_over(
    enterprises: Sequence[Enterprise],
    leaving: str,
    person: str,
    role: str | None,
    department: str | None,
    since: date,
    settings: Settings,
    today: date,
) -> Change:
    """`person` takes over from `leaving`, in every role or in one, for each of `enterprises`.

    The department stays unless another is named. Raises `Refused` when `leaving` holds nothing.
    """
    refuse_future(since, today)
    if leaving == person:
        raise Refused(f"接任人和原责任人都是{person}，没有变化")
    held = {e.id: _held_by(e, leaving, role) for e in enterprises}
    changed = [e for e in enterprises if held[e.id]]
    _refuse_nothing_held(changed, leaving, role)
    turns = {e.id: _turns(held[e.id], person, department, since) for e in changed}
    wrong = [
        *unfit(turns[changed[0].id][0]),
        *_too_early(changed, held, since - _DAY, "--from 晚于"),
    ]
    if wrong:
        raise Refused("还不能这样换人", dict.fromkeys(wrong))
    told = _by_role(new for e in changed for new in turns[e.id])
    return Change(
        verb="assign",
        subject=f"包保 {headed(changed)}：更换责任人（自 {since}）",
        files={e.path: tuple(_passed_on(e, held[e.id], turns[e.id])) for e in changed},
        body=(f"发生：{since}", f"录入：{today}", f"责任人：{leaving} → {person}"),
        notes=(
            f"共{len(changed)}家，{told}；{leaving}至 {since - _DAY} 止",
            *unknown_person(person, since, settings),
        ),
        recorded={
            "编号": ids_of(changed),
            "原责任人": leaving,
            "姓名": person,
            "家数": len(changed),
        },
    )


def relieve(
    enterprises: Sequence[Enterprise],
    leaving: str | None,
    role: str | None,
    until: date,
    policy: Policy,
    today: date,
) -> Change:
    """Assignments end with the day `until`, without a successor: those of a person, or of a role.

    Raises `Refused` when there is nothing to end, or an end before the beginning.
    """
    refuse_future(until, today)
    if role and (wrong := list(unknown_role(role))):
        raise Refused("还不能这样结束包保", wrong)
    ends = {e.id: list(_held_by(e, leaving, role)) for e in enterprises}
    changed = [e for e in enterprises if ends[e.id]]
    _refuse_nothing_held(changed, leaving, role)
    if early := list(_too_early(changed, ends, until, "--until 不早于")):
        raise Refused("还不能这样结束包保", early)
    files: dict[str, tuple[Edit, ...]] = {
        e.path: tuple(Set(("包保", i, "至"), until) for i, _ in ends[e.id]) for e in changed
    }
    told = _by_role(a for e in changed for _, a in ends[e.id])
    return Change(
        verb="assign",
        subject=f"包保 {headed(changed)}：结束（至 {until} 止）",
        files=files,
        body=(f"发生：{until}", f"录入：{today}", f"责任人：{leaving or role}，没有接任人"),
        notes=(
            f"共{len(changed)}家，{told}；没有接任人",
            *_left_bare(changed, ends, policy, until),
        ),
        recorded={"编号": ids_of(changed), "至": until, "家数": len(changed)},
    )


def _turns(
    held: Sequence[tuple[int, Assignment]], person: str, department: str | None, since: date
) -> tuple[Assignment, ...]:
    """What the successor takes over; a role held twice is taken over once."""
    return tuple(
        dict.fromkeys(
            Assignment(
                role=a.role, person=person, department=department or a.department, since=since
            )
            for _, a in held
        )
    )


def _passed_on(
    enterprise: Enterprise, held: Sequence[tuple[int, Assignment]], turns: Sequence[Assignment]
) -> Iterator[Edit]:
    """The lines that end one person's own assignments, and the successor's below them."""
    mine = {(a.role, a.person) for a in enterprise.assignments if a.until is None}
    for new in turns:
        assert new.since is not None
        for i in (i for i, a in held if a.role == new.role):
            yield Set(("包保", i, "至"), new.since - _DAY)
        if (new.role, new.person) not in mine:
            yield Append(("包保",), fields.fragment(new))


def _too_early(
    changed: Sequence[Enterprise],
    held: Mapping[str, Sequence[tuple[int, Assignment]]],
    until: date,
    option: str,
) -> Iterator[Missing]:
    """An assignment that would end before it has begun."""
    for enterprise in changed:
        for _, a in held[enterprise.id]:
            if a.since and a.since > until:
                text = f"{enterprise.id} 的{a.role}{a.person}自 {a.since} 起"
                yield Missing(text, "方案五2", f"{option} {a.since}")


def _left_bare(
    changed: Sequence[Enterprise],
    ends: Mapping[str, Sequence[tuple[int, Assignment]]],
    policy: Policy,
    until: date,
) -> Iterator[str]:
    """Which required roles nobody fills from the next day on."""
    needed = policy.rules.roles_on(until + _DAY)
    bare = {a.role for e in changed for _, a in ends[e.id] if a.role in needed}
    for role in (r for r in needed if r in bare):
        ids = [e.id for e in changed if any(a.role == role for _, a in ends[e.id])]
        command = f"swm assign {','.join(ids)} --role {role} --name 姓名"
        yield f"其中{len(ids)}家再无{role}：" + (
            command if len(ids) <= FEW else "swm figure 无包保责任人"
        )


def _refuse_nothing_held(
    changed: Sequence[Enterprise], person: str | None, role: str | None
) -> None:
    if not changed:
        who = person or ""
        as_role = (
            f"没有担任{role}" if role and person else f"没有{role}" if role else "名下没有企业"
        )
        raise Refused(f"{who}{as_role}，没有变化", hint="谁包保哪些企业：swm assign list")


def _held_by(
    enterprise: Enterprise, person: str | None, role: str | None
) -> list[tuple[int, Assignment]]:
    """What the person holds without an end (None: whoever does), in one role or in all."""
    return [
        (i, a)
        for i, a in enumerate(enterprise.assignments)
        if a.until is None and person in (None, a.person) and role in (None, a.role)
    ]


def _by_role(held: Iterable[Assignment]) -> str:
    counts = Counter(a.role for a in held)
    return "、".join(f"{role}{counts[role]}家" for role in ROLES if counts[role])
