"""口径: for whom a document is made, and whose names have to be veiled in it.

内部 stays in the office and shows all. 上报 goes to the county: the names and phones of people are
veiled, nothing tells where a complaint came from. 公示 is read by everybody: firm, village,
measure, result, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.settings import Settings
from swm.reports.answers import Answers

INTERNAL, UPWARD, PUBLIC = "内部", "上报", "公示"
AUDIENCES = (INTERNAL, UPWARD, PUBLIC)

_PEOPLE = """
SELECT operator FROM enterprise UNION SELECT person FROM assignment
UNION SELECT name FROM owner UNION SELECT landlord FROM letter
UNION SELECT team FROM visit UNION SELECT leader FROM visit
UNION SELECT team FROM patrol UNION SELECT leader FROM patrol
"""
"""Wherever the facts name people: one, or several with 、 between them. A tenant is a firm."""


def people_named(facts: Answers, settings: Settings) -> frozenset[str]:
    """Everybody whom the ledger names, of two characters at least: a single one is no name."""
    everybody = (*_in_office(settings), *_in_records(facts))
    return frozenset(name for name in everybody if len(name) > 1)


def _in_office(settings: Settings) -> Iterator[str]:
    yield from (person.name for person in settings.people)
    yield from (member.name or "" for member in settings.leading_group)


def _in_records(facts: Answers) -> Iterator[str]:
    for (names,) in facts.query(_PEOPLE):
        yield from (name.strip() for name in (names or "").split("、"))
