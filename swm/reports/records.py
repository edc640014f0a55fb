"""The records behind a report's numbers, each list drawn when somebody first looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from swm.reports.answers import as_day
from swm.reports.values import Entry

if TYPE_CHECKING:
    from swm.reports.definitions import Definition
    from swm.reports.inquiry import Inquiry


class Records(Sequence[Entry]):
    """A figure's records: a tuple of entries in all but the moment at which it is made.

    Most lists of a report are printed nowhere, and making them all would take longer than all
    the rest. What can be drawn later never changes: a commit's facts do not.
    """

    def __init__(self, draw: Callable[[], tuple[Entry, ...]], count: int | None = None) -> None:
        """`count` is how many the database counted, where it did."""
        self._draw = draw
        self._count = count
        self._drawn: tuple[Entry, ...] | None = None

    def all(self) -> tuple[Entry, ...]:
        """The entries, drawn now if they have not been. Raises `ArithmeticError` if they are not
        as many as were counted."""
        if self._drawn is None:
            drawn = self._draw()
            if len(drawn) != (len(drawn) if self._count is None else self._count):
                raise ArithmeticError(f"名单有{len(drawn)}条，数出来的却是{self._count}")
            self._drawn = drawn
        return self._drawn

    def __len__(self) -> int:
        return len(self.all()) if self._count is None else self._count

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.all())

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        return self.all()[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Records):
            return self.all() == other.all()
        return self.all() == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.all())

    def __repr__(self) -> str:
        return repr(self.all())


def records_of(inquiry: Inquiry, definition: Definition, value: int) -> Records:
    """The figure's records. Drawing them raises `ArithmeticError` if they do not come to `value`,
    which the database counted apart from them."""

    def draw() -> tuple[Entry, ...]:
        rows = inquiry.rows(definition)
        if definition.value(rows) != value:
            told = f"{definition.value(rows)}，数出来的却是{value}"
            raise ArithmeticError(f"“{definition.name}”的名单合计{told}")
        return tuple(map(as_entry, rows))

    return Records(draw, None if definition.counts_people else value)


def as_entry(row: Any) -> Entry:
    """One record behind a number: every figure has the same columns, in this order."""
    id, name, village, category, state, on, deadline, number, note, people, opening = row
    return Entry(
        id,
        name,
        village,
        category,
        state,
        as_day(on),
        as_day(deadline),
        number,
        note,
        people,
        bool(opening),
    )
