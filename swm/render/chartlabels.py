"""Where the numbers of the trend chart stand so that none lies on another, on the line or on a bar.

The line's number stands above its point; a bar's above its end, else within its end, else at its
foot. A number for which there is no room is left out, and so is a zero: the table has them all.
Across, a month is 1 wide; upwards, the plot is 1 high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from swm.frozen import frozen
from swm.reports.values import Point

ABOVE, WITHIN, FOOT = "outEnd", "inEnd", "inBase"
"""Places of a bar's number, by the names that Word gives them."""
BAR = 0.35
"""Width of one bar."""
APART = 0.015
"""What is left free between a number and the line."""
MOST = 12
"""Months that the widths of digits are given for."""


@frozen
class Type:
    """How much room a line of digits takes: its height, and each digit's width among MOST months."""

    height: float
    digit: float


@frozen
class Box:
    """A part of the plot."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: Box) -> bool:
        """Whether they have a part in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high


@frozen
class Places:
    """Where one month's bars have their numbers; None: nowhere."""

    delisted: str | None
    new: str | None


def bar_places(points: Sequence[Point], top: int, type: Type) -> list[Places]:
    """For each month, with an axis up to `top`."""
    line = [point.open / top for point in points]
    digit = type.digit * len(points) / MOST
    found = []
    for at, point in enumerate(points):
        taken = list(_numbers_of_line(points, at, top, type.height, digit))
        bars = [(-BAR / 2, point.delisted), (BAR / 2, point.new)]
        shapes = [_bar(at + middle, value / top) for middle, value in bars]
        places: list[str | None] = []
        for (middle, value), other in zip(bars, reversed(shapes), strict=True):
            half = digit * len(str(value)) / 2
            span = (at + middle - half, at + middle + half)
            place, box = _place(value / top, span, type.height, [*taken, other], line)
            places.append(place)
            taken += [box] if box else []
        found.append(Places(*places))
    return found


def _place(
    end: float,
    span: tuple[float, float],
    height: float,
    taken: Sequence[Box],
    line: Sequence[float],
) -> tuple[str | None, Box | None]:
    """The first place where the number of a bar that ends there is free, and what it takes."""
    if end:
        for place, low in ((ABOVE, end), (WITHIN, end - height), (FOOT, 0.0)):
            box = Box(*span, low, low + height)
            fits = low >= 0 if place == ABOVE else end >= height
            if fits and not any(box.meets(t) for t in taken) and not _crossed(box, line):
                return place, box
    return None, None


def _bar(middle: float, end: float) -> Box:
    return Box(middle - BAR / 2, middle + BAR / 2, 0, end)


def _numbers_of_line(
    points: Sequence[Point], at: int, top: int, height: float, digit: float
) -> Iterator[Box]:
    """What the line's numbers take, of this month and of those beside it."""
    for month in range(max(at - 1, 0), min(at + 2, len(points))):
        if value := points[month].open:
            half = digit * len(str(value)) / 2
            low = value / top + APART
            yield Box(month - half, month + half, low, low + height)


def _crossed(box: Box, line: Sequence[float]) -> bool:
    """Whether the line, given by its height in each month, runs through the box."""
    heights = [_height(x, line) for x in (box.left, (box.left + box.right) / 2, box.right)]
    return min(heights) - APART < box.high and box.low < max(heights) + APART


def _height(x: float, line: Sequence[float]) -> float:
    at = min(max(int(x), 0), len(line) - 1)
    after = min(at + 1, len(line) - 1)
    return line[at] + (line[after] - line[at]) * min(max(x - at, 0), 1)
