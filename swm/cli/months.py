"""A month as it is named on the command line of the commands that issue and prove reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swm.cli import parsing
from swm.domain.periods import MONTH, Period, parse_period
from swm.errors import WrongUsage

if TYPE_CHECKING:
    from swm.store.snapshot import Snapshot


def month_named(snapshot: Snapshot, text: str | None, example: str = "report check") -> Period:
    """The month, by the town's 月报周期. Raises `WrongUsage` for what is none."""
    if text is None:
        raise WrongUsage("要写明是哪个月", hint=f"例如 swm {example} 2026-10")
    period = parsing.read("月份", text, lambda typed: parse_period(typed, snapshot.settings.cutoff))
    if period.kind != MONTH:
        raise WrongUsage(f"“{text}”不是一个月", hint="写作 2026-10")
    return period
