"""口径: for whom a document is made, and whose names have to be veiled in it.

内部 stays in the office and shows all. 上报 goes to the county: the names and phones of people are
veiled, nothing tells where a complaint came from. 公示 is read by everybody: firm, village,
measure, result, and no more.
"""

from __future__ import annotations

from swm.domain.named import people_in
from swm.domain.settings import Settings
from swm.reports.answers import Answers

INTERNAL, UPWARD, PUBLIC = "内部", "上报", "公示"
AUDIENCES = (INTERNAL, UPWARD, PUBLIC)


def people_named(facts: Answers, settings: Settings) -> frozenset[str]:
    """Everybody whom the ledger names: all its files, and the settings."""
    rows = facts.query("SELECT DISTINCT name FROM person")
    return people_in(settings).union(name for (name,) in rows)
