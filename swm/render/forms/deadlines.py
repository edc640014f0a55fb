"""A deadline as a paper tells it: how long, from when, until which day, and how that was reckoned."""

from __future__ import annotations

from datetime import date

from swm.domain.fold import EXTENSION, Standing
from swm.domain.policy import DatedValue, Policy
from swm.domain.records import Act, Term
from swm.domain.terms import FROM_OLD_DEADLINE, deadline_of
from swm.frozen import frozen
from swm.render.forms.blanks import day, in_words

ROLLS = "届满日遇休息日的，顺延至其后第一个工作日"


@frozen
class Limit:
    """One deadline in words."""

    words: str
    """15日（自然日），自本文书送达之日的次日起算，…; or 至2026年12月31日."""
    day: date | None = None
    """The last day, where it is known."""
    arithmetic: str = ""
    """How the last day was reckoned, where it was counted."""
    once_served: bool = False
    """Whether that was only known when the paper had been served, after its date."""


def limit_on(act: Act, before: Standing, served: date | None, policy: Policy) -> Limit:
    """The deadline that an act sets; counted in days it is known once the paper is served."""
    if act.term is None:
        return Limit(f"至{day(act.deadline)}", act.deadline)
    prolongs = act.action == EXTENSION
    start = before.deadline if prolongs else served
    words = _counted(act.term, FROM_OLD_DEADLINE if prolongs else "本文书送达之日")
    if start is None:
        return Limit(words)
    last, told, _ = deadline_of(start, act.term, policy, FROM_OLD_DEADLINE if prolongs else "送达")
    return Limit(words, last, in_words(told), once_served=not prolongs)


def limit_of(rule: DatedValue | None) -> Limit:
    """The deadline that the rules propose for a paper not yet issued."""
    if rule is None:
        return Limit("____日（自然日），自本文书送达之日的次日起算")
    term = Term(days=rule.days, unit=rule.unit, roll=rule.roll)
    return Limit(_counted(term, "本文书送达之日"))


def _counted(term: Term, start: str) -> str:
    rolls = f"，{ROLLS}" if term.roll else ""
    return f"{term.days}日（{term.unit}），自{start}的次日起算{rolls}"
