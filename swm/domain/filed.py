"""Files that are nothing but their records: 巡查, 举报, 准入, 活动, 值班, 考核, 月报.

Like an enterprise's file they only grow. What they say is what their records add up to, as
corrected and without the withdrawn; one whose first record is withdrawn counts no more, but stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, TypeVar

from swm.domain import fields
from swm.domain.corrections import effective
from swm.domain.edits import Append, Create, Edit
from swm.domain.entries import refuse_unhappened
from swm.domain.fields import NAME, BadValue, Many, key
from swm.domain.kinds import Kind, kind_of, path_of
from swm.domain.policy import Policy
from swm.domain.profiles import next_id, unfit
from swm.domain.records import Correction, Record, Withdrawal
from swm.domain.tree import Map
from swm.errors import Missing, Refused
from swm.frozen import declared

F = TypeVar("F", bound="Filed")

MENDING: dict[str, type[Record]] = {"更正": Correction, "撤销": Withdrawal}
"""The types of record that every file may hold besides its own."""


@declared
class Filed:
    """What these files have in common. A kind declares `records` with its own types."""

    LASTING: ClassVar[str] = ""
    """Where no record may be withdrawn: what is done instead."""

    id: str = key("编号", NAME, "编号，不变、不重复使用", required=True)
    records: tuple[Record, ...] = ()

    @property
    def path(self) -> str:
        """Where its file lies in the ledger; the path never changes."""
        return path_of(self.id)

    @property
    def next_number(self) -> int:
        """The number the next record takes."""
        return max((r.number for r in self.records), default=0) + 1

    @property
    def valid(self) -> tuple[Record, ...]:
        """The records that count, in the order of their days; none once the first is withdrawn."""
        found = tuple(effective(self.records))
        first = self.records[0].number if self.records else 0
        return found if any(r.number == first for r in found) else ()

    @property
    def withdrawn(self) -> bool:
        """Whether it counts no more."""
        return not self.valid

    @property
    def title(self) -> str:
        """How a commit's subject and a list name it, besides its id; no personal data."""
        return ""

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """Everything its valid records say that cannot be, each with what mends it."""
        return ()


def choosing(types: dict[str, type[Record]]) -> Callable[[Map], type]:
    """How the records of a kind find their class: by their 类型."""
    known = {**types, **MENDING}

    def choose(node: Map) -> type[Record]:
        named = str(node.get("类型") or "")
        if named not in known:
            raise BadValue(f"记录的类型“{named}”不认识", "可用类型：" + "、".join(known))
        return known[named]

    return choose


def records_of(types: dict[str, type[Record]]) -> Any:
    """The 记录 of a kind, for its class's body."""
    return key("记录", Many(Record, choosing(types)), "只增不改", required=True)


def next_filed(kind: Kind, year: int, existing: Collection[str]) -> str:
    """The next id of a yearly kind: JB-2026-0001. A number is never used twice."""
    return next_id(f"{kind.prefix}-{year}", existing)


def opened(new: F, policy: Policy, today: date) -> tuple[Edit, ...]:
    """The edits that make the new file. Raises `Refused` with everything that cannot be."""
    for record in new.records:
        refuse_unhappened(record, today)
    wrong = [*unfit(new), *new.objections(policy)]
    if wrong:
        raise Refused(f"{kind_of(new.id).title}还不能登记", dict.fromkeys(wrong))
    return (Create(value=fields.fragment(new)),)


def grown(
    old: F, records: Sequence[Record], policy: Policy, today: date, what: str
) -> tuple[F, tuple[Edit, ...]]:
    """`old` with the records added at its end, and the edits that do it.

    Raises `Refused` (headed by `what`) for a day still to come, or with everything that cannot be
    and was not so before.
    """
    for record in records:
        refuse_unhappened(record, today)
    new = replace(old, records=(*old.records, *records))
    known = set(old.objections(policy))
    wrong = [m for m in (*unfit(new), *new.objections(policy)) if m not in known]
    if wrong:
        raise Refused(what, dict.fromkeys(wrong))
    return new, tuple(Append(("记录",), fields.fragment(r)) for r in records)


def of_type(file: Filed, type_: type[Any]) -> Iterator[Any]:
    """The valid records of one class, in the order of their days."""
    return (r for r in file.valid if isinstance(r, type_))
