"""The desk's line about villages that said nothing about the month that has passed (方案六2)."""

from __future__ import annotations

from datetime import date, timedelta

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.reports.activities import silent
from swm.reports.answers import Answers

RULE = "零报告"
MANY = 4


def unreported(
    facts: Answers, policy: Policy, settings: Settings, month: Period
) -> tuple[Period, int, str] | None:
    """The month before `month`, the days that its reports may take, and which villages are silent.

    None where the policy has no such rule, before the ledger began, and when nobody is.
    """
    rules = {rule.name for rule in policy.rules.rules}
    last = month.previous()
    if RULE not in rules or not _begun(facts, last):
        return None
    villages = silent(facts, policy, settings, last)
    if not villages:
        return None
    days = policy.rule(RULE, last.end).days
    named = "、".join(villages[:MANY]) + (f"等{len(villages)}个村" if len(villages) > MANY else "")
    return last, days, named


def _begun(facts: Answers, month: Period) -> bool:
    """Whether the ledger was kept in that month at all."""
    first = facts.query("SELECT MIN(entered_day) FROM step")[0][0]
    return first is not None and first <= month.end.isoformat()


def when(month: Period, days: int, today: date) -> str:
    """应在11月5日前报, or how long that day has passed."""
    due = month.end + timedelta(days=days)
    if today > due:
        return f"已过应报的{due.month}月{due.day}日{(today - due).days}天"
    return f"应在{due.month}月{due.day}日前报"
