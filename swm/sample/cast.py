"""Who plays what: each state, each act and each open end once, then a crowd in likely numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from swm.sample.deeds import Story
from swm.sample.life import Life
from swm.sample.plots import closing, leads, mending, moving, opening, returning

Plot = Callable[[Life], Story]


class Role(NamedTuple):
    """A plot, how many days before the end it has to begin, and how often the crowd plays it."""

    plot: Plot
    days: int
    weight: int = 0
    old: bool = False
    """期初: it begins with the ledger itself."""
    recent: bool = False
    """It ends in the middle of things, so it began not long ago."""
    forbidden: bool = False
    """Played by a line of business behind the red line."""


ROLES = (
    # the first twenty hold every open state at the end, and every act
    Role(closing.relapsed, 178, 3),
    Role(moving.moving_now, 50, 5, recent=True),
    Role(mending.mending_now, 35, 2, recent=True),
    Role(closing.enforcing_now, 45, 1, recent=True),
    Role(leads.suspected_now, 6, 1, recent=True),
    Role(leads.waiting_now, 15, 1, recent=True),
    Role(closing.cleaning_now, 25, 2, recent=True),
    Role(moving.moved_too_late, 110, 5),
    Role(mending.mended_and_fallen_back, 120, 2),
    Role(leads.found_true_after_all, 110, 3),
    Role(opening.bricks_long_ago, 0, 2, old=True, forbidden=True),
    Role(leads.misnamed, 100, 3),
    Role(leads.recategorised, 85, 3),
    Role(leads.listed_twice, 30, 1),
    Role(moving.moved_on_its_own, 45, 4),
    Role(leads.unserved_now, 15, 1, recent=True),
    Role(leads.unapproved_now, 30, 1, recent=True),
    Role(leads.entered_late, 85, 3),
    Role(leads.found_untrue, 25, 3),
    Role(mending.mended_in_time, 60, 9),
    # then the rest of the town
    Role(opening.closed_long_ago, 0, 12, old=True),
    Role(closing.overdue_now, 35, 2, recent=True),
    Role(closing.enforced, 60, 8),
    Role(moving.moving_due_soon, 36, 2, recent=True),
    Role(closing.forced, 75, 2, forbidden=True),
    Role(closing.taken_to_court, 85, 1),
    Role(returning.reborn, 50, 2),
    Role(returning.moved_on, 50, 2),
    Role(leads.waiting_too_long, 56, 1, recent=True),
    Role(mending.mending_overdue_now, 34, 1, recent=True),
    Role(opening.moved_long_ago, 0, 7, old=True),
    Role(moving.turned_to_closure_now, 65, 2, recent=True),
    Role(mending.mended_with_county_extension, 85, 3),
    Role(leads.suspected_and_watched, 12, 1, recent=True),
    Role(opening.back_after_years, 45, 2, old=True),
    Role(opening.moving_at_the_opening, 0, 4, old=True),
    Role(leads.approved_later, 55, 4),
    Role(opening.mended_long_ago, 0, 5, old=True),
    Role(leads.beyond_the_border, 30, 1),
    Role(leads.found_true, 110, 4),
    # what a town of forty has already, in another form
    Role(moving.moved_in_time, 120, 12),
    Role(mending.mended_too_late, 75, 4),
    Role(opening.clearing_at_the_opening, 0, 3, old=True),
    Role(closing.cleaned_in_time, 55, 12),
    Role(mending.mending_closure_overdue, 65, 1),
)


def cast(count: int, rng: Random) -> Iterator[Role]:
    """`count` roles: all of `ROLES` in their order, then the crowd."""
    yield from ROLES[:count]
    if count > len(ROLES):
        weights = [role.weight for role in ROLES]
        yield from rng.choices(ROLES, weights, k=count - len(ROLES))
