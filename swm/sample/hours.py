"""When things happen in the sample: office acts on working days, night patrols on any night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from swm.domain.calendar import WORKING, Calendar

DAY = timedelta(days=1)
_MORNING, _EVENING = time(8, 40), time(17, 20)
LAST_ENTRY = time(7, 50)
"""On the last day only last night's patrol is entered, before the office opens."""


def months_before(day: date, months: int) -> date:
    """The same day of the month, so many months earlier; the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


class Hours:
    """A moment that moves forward from deed to deed, through one story."""

    def __init__(self, start: date, today: date, calendar: Calendar, rng: Random) -> None:
        self.today = today
        self.calendar = calendar
        self.rng = rng
        self.steps = (15, 80)
        """Minutes between one thing and the next of the same day."""
        self.at = datetime.combine(start, time(8, 30))
        self._open_office(start)

    @property
    def day(self) -> date:
        """The day it is."""
        return self.at.date()

    def wait(self, least: int, most: int) -> None:
        """Some days later, on a working day, in office hours."""
        self._move(self.day + self.rng.randint(least, most) * DAY)

    def until(self, day: date) -> None:
        """On that day, or the next working day; not before now."""
        self._move(max(day, self.day))

    def until_workdays_over(self, start: date, count: int) -> None:
        """Not before so many working days after `start` are over: a holiday can make them many."""
        over = self.calendar.deadline(start, count, WORKING).day
        if self.day <= over:
            self.until(over + DAY)

    def until_monday(self) -> None:
        """A Monday in office hours, not the next few days'."""
        day = self.day + 4 * DAY
        while day.weekday() or self.calendar.is_off(day):
            day += DAY
        self._move(day)

    def until_before_end(self, least: int, most: int) -> None:
        """So many days before the last day; the working day before it, rather than too late."""
        day = self.today - self.rng.randint(least, most) * DAY
        if self.calendar.next_workday(day) >= self.today:
            while self.calendar.is_off(day):
                day -= DAY
        self.until(day)

    def night(self, least: int, most: int) -> None:
        """Some days later, after eight in the evening; any day of the week."""
        day = self.day + self.rng.randint(least, most) * DAY
        moment = datetime.combine(day, time(20, 10)) + timedelta(minutes=self.rng.randrange(170))
        self.at = max(moment, self.at + timedelta(minutes=5))

    def minutes(self, least: int, most: int) -> None:
        """A little later the same day."""
        self.at += timedelta(minutes=self.rng.randint(least, most))

    def morning_after(self) -> None:
        """The next day on which somebody is in the office, early."""
        opened = datetime.combine(self.calendar.next_workday(self.day + DAY), _MORNING)
        self.at = opened + timedelta(minutes=self.rng.randrange(70))

    def _move(self, day: date) -> None:
        if day == self.day and self.at.time() >= _MORNING:
            self.minutes(*self.steps)
            if self.at.time() <= _EVENING and not self.calendar.is_off(day):
                return
            day += DAY
        self._open_office(day)

    def _open_office(self, day: date) -> None:
        opened = datetime.combine(self.calendar.next_workday(day), _MORNING)
        self.at = opened + timedelta(minutes=self.rng.randrange(440))
