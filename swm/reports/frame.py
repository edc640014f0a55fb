"""What the numbers of one report are computed within."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.reports import figures
from swm.reports.figures import Answers, Definition

UNDECIDED = "待定"
"""How an enterprise without a category is counted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the numbers of one report are computed within."""

    facts: Answers
    settings: Settings
    policy: Policy
    period: Period
    begun: date | None
    """The first day of which the ledger knows anything listed; None for an empty ledger."""

    def count(self, definition: Definition, period: Period | None = None) -> int:
        """A figure's number over `period`, else over the report's own."""
        return figures.count(self.facts, definition, period or self.period, self.policy)

    def compared(self, definition: Definition, period: Period) -> int | None:
        """A figure's number over another period; None when the ledger does not reach back."""
        if self.begun is None or period.end < self.begun:
            return None
        return self.count(definition, period)

    def grouped(self, definition: Definition, column: str) -> dict[str, int]:
        """A figure's number by `column` of its records, counted by the database."""
        sql = f"SELECT {column}, COUNT(*) FROM ({definition.query}) whole GROUP BY {column}"
        rows = self.facts.query(sql, figures.parameters_of(self.period, self.policy))
        return {row[0]: row[1] for row in rows}
