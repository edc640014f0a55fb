"""The sample's clock: what waits for working days waits through a long holiday."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from swm.domain.calendar import Calendar
from swm.domain.fields import read
from swm.domain.holidays import Holidays
from swm.domain.policyfiles import HOLIDAYS
from swm.sample.hours import Hours
from swm.store.yamltext import parse

TABLE = Path(__file__).parents[2] / "ledger" / HOLIDAYS
CALENDAR = Calendar(read(Holidays, parse(TABLE.read_bytes(), HOLIDAYS), HOLIDAYS))


@pytest.mark.parametrize(
    ("waited", "on"),
    [
        (18, date(2026, 3, 3)),
        (20, date(2026, 3, 3)),
        (21, date(2026, 3, 3)),
        (24, date(2026, 3, 6)),
    ],
)
def test_a_term_of_working_days_is_over_only_after_the_spring_festival(
    waited: int, on: date
) -> None:
    """催告 on 2026-02-10: ten working days end on 2026-03-02."""
    demanded = date(2026, 2, 10)
    hours = Hours(demanded, date(2026, 11, 20), CALENDAR, Random(0))
    hours.wait(waited, waited)
    hours.until_workdays_over(demanded, 10)
    assert hours.day == on
