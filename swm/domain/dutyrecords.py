"""值班: who is on duty on which night of a month (方案五2); a month a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from swm.domain.fields import DATE, PERSON, ListOf, Many, key
from swm.domain.filed import Filed, of_type, records_of
from swm.domain.kinds import DUTY
from swm.domain.policy import Policy
from swm.domain.records import Record
from swm.errors import Missing
from swm.frozen import declared


@declared
class Shift:
    """One day's leader on duty, and who is on duty with him."""

    on: date = key("日期", DATE, "值班的日期", required=True)
    leader: str = key("带班领导", PERSON, "当天值班的带班领导", required=True)
    people: tuple[str, ...] = key("组员", ListOf(PERSON), "值班组员，不含带班领导")


@declared
class Rostered(Record):
    """排班: the shifts as set on a day; a later record of the same day's shift replaces it."""

    shifts: tuple[Shift, ...] = key("班次", Many(Shift), "各天的带班领导和组员", required=True)


TYPES: dict[str, type[Record]] = {"排班": Rostered}


@declared
class Duty(Filed):
    """One month's duty roster."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def valid(self) -> tuple[Record, ...]:
        """The records that count. A month whose first setting is withdrawn keeps its later ones."""
        from swm.domain.corrections import effective

        return tuple(sorted(effective(self.records), key=lambda r: r.number))

    @property
    def title(self) -> str:
        """2026-11 值班表."""
        return f"{month_of(self.id)} 值班表"

    @property
    def shifts(self) -> dict[date, Shift]:
        """The shift of each day, the last set of it, in the order of the days."""
        found = {s.on: s for record in of_type(self, Rostered) for s in record.shifts}
        return dict(sorted(found.items()))

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """Every day is of this month."""
        for day in self.shifts:
            if f"{day:%Y-%m}" != month_of(self.id):
                text = f"{day} 不是 {month_of(self.id)} 的日子"
                yield Missing(text, "方案五2", f"swm duty set {day} --leader 某某 --by 甲,乙")


def duty_id(day: date) -> str:
    """The roster that holds that day: ZB-2026-11."""
    return f"{DUTY.prefix}-{day:%Y-%m}"


def month_of(id: str) -> str:
    """2026-11."""
    return id.removeprefix(f"{DUTY.prefix}-")
