"""docs/方案对照.md: every sentence of the plan that asks for something, and what serves it.

The quotes are the plan's own words, none of its sentences is left out, and the commands, options
and figures are this program's.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from swm.reports.definitions import figures
from tests.policy_fixture import policy
from tests.unit.test_manual import unknown

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "方案对照.md"
PLAN = (ROOT / "tests" / "data" / "方案.txt").read_text("utf-8")
SECTIONS = ("三", "五", "六")


class Row(NamedTuple):
    """One line of the table."""

    clause: str
    quote: str
    commands: tuple[str, ...]
    figures: tuple[str, ...]
    note: str


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("| 方案"):
            clause, quote, commands, named, note = line.strip("| ").split(" | ")
            figures = () if named == "—" else tuple(named.split("、"))
            found.append(
                Row(clause, quote, tuple(re.findall("`([^`]+)`", commands)), figures, note)
            )
    return found


def section(number: str) -> str:
    """A section of the plan without its heading."""
    found = re.search(rf"^{number}、[^\n]*\n(.*?)(?=^[一二三四五六七]、|\Z)", PLAN, re.M | re.S)
    assert found
    return found[1]


def sentences(text: str) -> list[str]:
    """Each sentence, with its full stop, semicolon or colon."""
    return [s.strip() for s in re.findall(r"[^。；：\n]+[。；：]", text) if s.strip()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.quote[:12])
def test_a_row_quotes_the_plan_and_names_what_there_is(row: Row) -> None:
    number = row.clause.removeprefix("方案")[0]
    assert row.quote in section(number), "not the plan's words, or another section's"
    for command in row.commands:
        assert unknown(command) == [], command
    known = figures(policy())
    for name in row.figures:
        assert name in known, name
    assert row.commands or row.note != "—", "what is not software says why"


@pytest.mark.parametrize("number", SECTIONS)
def test_no_sentence_is_left_out(number: str) -> None:
    quoted = [row.quote for row in rows() if row.clause.startswith(f"方案{number}")]
    asked = sentences(section(number))
    assert len(asked) > 8
    assert [s for s in asked if not any(s in quote for quote in quoted)] == []


def test_clauses_are_in_the_order_of_the_plan() -> None:
    places = [PLAN.index(row.quote) for row in rows()]
    assert places == sorted(places)
