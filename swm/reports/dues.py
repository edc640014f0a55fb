"""Whatever has a day by which it must be done, besides the enterprises' own deadlines.

A mechanism adds its own by a line in `PROVIDERS`: a title, and a function that is asked for what
falls due up to a day. `swm due` and the desk show what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import date
from typing import Any

from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports import places
from swm.reports.answers import Answers
from swm.reports.complaints import OPEN, cases

TEAM = "--by 甲,乙"


@frozen
class Upcoming:
    """One thing with its day: about whom, what, and the command that does it."""

    id: str
    name: str
    village: str
    text: str
    on: date
    command: str


@frozen
class Asked:
    """What is asked of a provider: everything up to the day `last`, what is late included."""

    facts: Answers
    policy: Policy
    settings: Settings
    today: date
    last: date
    village: str | None = None
    """Under the name by which it is counted today."""
    firms: frozenset[str] | None = field(default=None)
    """Only what concerns these enterprises; None for all, and what concerns none."""

    def wants(self, each: Upcoming) -> bool:
        """Whether it concerns the village and the enterprises asked for."""
        here = self.village is None or each.village == self.village
        return here and (self.firms is None or each.id in self.firms)

    def rows(self, sql: str, **more: object) -> Iterable[Any]:
        """The rows that answer as of today."""
        days = {"today": self.today.isoformat(), "last": self.last.isoformat()}
        return self.facts.query(sql, {**days, **more})


def upcoming(asked: Asked) -> dict[str, list[Upcoming]]:
    """Everything that falls due, by title, the earliest first; empty titles left out."""
    found = {}
    for title, provider in PROVIDERS:
        here = [each for each in provider(asked) if asked.wants(each)]
        if here:
            found[title] = sorted(here, key=lambda each: (each.on, each.id))
    return found


_LOOK_BACKS = """
SELECT l.id, e.name, COALESCE(v.counted_as, e.village) AS village, e.state, l.name AS what,
  MIN(l.due_on) AS due_on, SUM(l.due_on < :today) AS missed, e.must_stop
FROM lookback l
JOIN enterprise e ON e.id = l.id AND e.is_delisted = 1
LEFT JOIN village v ON v.name = e.village AND v.since <= :today AND :today <= v.until
WHERE l.due_on <= :last AND l.done_on IS NULL AND l.left_on = '9999-12-31'
GROUP BY l.id
"""


def look_backs(asked: Asked) -> Iterator[Upcoming]:
    """The next 回头看 of every delisted enterprise (方案五2)."""
    for row in asked.rows(_LOOK_BACKS):
        due = date.fromisoformat(row["due_on"])
        when = f"应在{due}前" if due >= asked.today else f"已过{(asked.today - due).days}天"
        owed = f"，共欠{row['missed']}次" if row["missed"] > 1 else ""
        command = look_back_command(row["id"], bool(row["must_stop"]))
        text = f"{row['state']}，{row['what']}回头看{when}{owed}"
        yield Upcoming(row["id"], row["name"], row["village"], text, due, command)


def look_back_command(id: str, must_stop: bool) -> str:
    """How a look-back is recorded where production must have stopped, or may go on lawfully."""
    return f"swm inspect {id} --kind 回头看 {TEAM} --result {'已清空' if must_stop else '在产'}"


def letters(asked: Asked) -> Iterator[Upcoming]:
    """Guarantee letters that run out (方案五1)."""
    for due in places.expiring(asked.facts, asked.today, (asked.last - asked.today).days):
        if due.until is None:
            continue
        village = asked.settings.village_at(due.village, asked.today)
        command = (
            f"swm letter add --premises {due.id} --landlord {due.landlord or '房东'}"
            f" --on {asked.today}"
        )
        yield Upcoming(due.id, due.address, village, f"保证书 {due.text} 到期", due.until, command)


def complaints(asked: Asked) -> Iterator[Upcoming]:
    """Complaints and what was handed down, not closed yet (方案五2、六5)."""
    if asked.firms is not None:
        return
    for case in cases(asked.facts, asked.today, pick=OPEN):
        if case.deadline is None or case.deadline > asked.last:
            continue
        village = asked.settings.village_at(case.village, asked.today)
        days = (asked.today - case.deadline).days
        when = f"应在{case.deadline}前办结" if days <= 0 else f"办理期限已过{days}天"
        text = f"{case.state}，{when}"
        yield Upcoming(case.id, "", village, text, case.deadline, f"swm complaint show {case.id}")


PROVIDERS: tuple[tuple[str, Callable[[Asked], Iterable[Upcoming]]], ...] = (
    ("回头看", look_backs),
    ("保证书", letters),
    ("举报、交办", complaints),
)
"""What else has a day: a title, and what answers for it."""
