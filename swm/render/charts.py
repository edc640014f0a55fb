"""The trend chart: one scale, drawn twice: as SVG for HTML, as a native chart for Word.

未销号 is a line, 当月销号 and 当月新增 are bars. All count enterprises, so all stand on one scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from swm.frozen import frozen
from swm.render.chartlabels import ABOVE, BAR, FOOT, MOST, WITHIN, Type, bar_places
from swm.reports.values import Point

STEPS = 5
ROOM = 1.08
"""Head room above the highest point, for its label."""

OPEN = "未销号"
DELISTED = "当月销号"
NEW = "当月新增"
RED = "9E1B1B"
BLUE = "2F4B6E"
PALE = "B4C0CE"
GRID = "DADADA"
WHITE, INK = "FFFFFF", "404040"
"""Dark line, dark bar, pale bar: told apart on a black-and-white printer too."""


@frozen
class Scale:
    """An axis from 0 in STEPS equal whole steps; counts of enterprises have no halves."""

    step: int

    @property
    def top(self) -> int:
        """Where the axis ends."""
        return self.step * STEPS

    @property
    def ticks(self) -> range:
        """The labelled values."""
        return range(0, self.top + 1, self.step)


def scale(highest: int, room: float = ROOM) -> Scale:
    """The smallest scale with round steps that holds `highest` and some room above it."""
    return Scale(next(step for step in _round_steps() if step >= highest * room / STEPS))


def _round_steps() -> Iterator[int]:
    """1, 2, 3, 4, 5, 6, 8, then 10, 12, 15 ... 80, 100, 120, 150 ..."""
    yield from (1, 2, 3, 4, 5, 6, 8)
    for power in count():
        for nice in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80):
            yield nice * 10**power


def common_scale(points: Sequence[Point]) -> Scale:
    """The scale of line and bars."""
    return scale(max((max(p.open, p.delisted, p.new) for p in points), default=0))


def telling(points: Sequence[Point]) -> Sequence[Point]:
    """The points of a chart; none where every number is 0 and there is nothing to see."""
    return points if any(p.open or p.delisted or p.new for p in points) else ()


def describe(points: Sequence[Point]) -> str:
    """The chart in words, for those who cannot see it."""
    return "；".join(
        f"{p.label}{OPEN}{p.open}家、{DELISTED}{p.delisted}家、{NEW}{p.new}家" for p in points
    )


# The SVG: a drawing of WIDTH by HEIGHT units with the plot inside these edges.
WIDTH, HEIGHT = 760, 308
X0, X1, Y0, Y1 = 46, 746, 22, 242
TYPE = Type(height=15 / (Y1 - Y0), digit=7 / ((X1 - X0) / MOST))
"""The room of a number of 11 units."""
HALO = ' stroke="#fff" stroke-width="3" paint-order="stroke"'
"""A white edge, by which a number can be read on a bar and on a grid line."""


def trend_svg(points: Sequence[Point], title: str) -> str:
    """One `<svg>` element with a title and a description; it needs no style and no script."""
    body = "".join((*_grid(points), *_bars(points), *_line(points), *_numbers(points), *_legend()))
    return (
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        ' aria-labelledby="trend-title trend-desc" font-size="12" fill="#333">'
        f'<title id="trend-title">{escape(title)}</title>'
        f'<desc id="trend-desc">{escape(describe(points))}</desc>{body}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'


def _height(value: int, axis: Scale) -> float:
    return Y1 - (Y1 - Y0) * value / axis.top


def _slot(points: Sequence[Point]) -> float:
    return (X1 - X0) / max(len(points), 1)


def _grid(points: Sequence[Point]) -> Iterator[str]:
    axis, slot = common_scale(points), _slot(points)
    for value in axis.ticks:
        y = _height(value, axis)
        stroke = "#888" if value == 0 else f"#{GRID}"
        yield f'<path d="M{X0} {y:.1f}H{X1}" stroke="{stroke}"/>'
        yield _text(X0 - 7, y + 4, str(value), "end")
    for index, point in enumerate(points):
        yield _text(X0 + slot * (index + 0.5), Y1 + 19, point.label)


def _bars(points: Sequence[Point]) -> Iterator[str]:
    axis, slot = common_scale(points), _slot(points)
    width = slot * BAR
    for index, point in enumerate(points):
        centre = X0 + slot * (index + 0.5)
        yield _bar(centre - width, width, point.delisted, axis, BLUE)
        yield _bar(centre, width, point.new, axis, PALE)


def _bar(x: float, width: float, value: int, axis: Scale, colour: str) -> str:
    if not value:
        return ""
    y = _height(value, axis)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{Y1 - y:.1f}"'
        f' fill="#{colour}"/>'
    )


def _line(points: Sequence[Point]) -> Iterator[str]:
    axis, slot = common_scale(points), _slot(points)
    spots = [(X0 + slot * (i + 0.5), _height(p.open, axis)) for i, p in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    yield f'<polyline points="{path}" fill="none" stroke="#{RED}" stroke-width="2.4"/>'
    for x, y in spots:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="#{RED}"/>'


def _numbers(points: Sequence[Point]) -> Iterator[str]:
    """Over everything else: the bars' where there is room, the line's above its points."""
    axis, slot = common_scale(points), _slot(points)
    for index, places in enumerate(bar_places(points, axis.top, TYPE)):
        point, centre = points[index], X0 + slot * (index + 0.5)
        yield _number(centre - slot * BAR / 2, point.delisted, axis, places.delisted, WHITE)
        yield _number(centre + slot * BAR / 2, point.new, axis, places.new, INK)
        if point.open:
            style = f' fill="#{RED}" font-weight="bold"{HALO}'
            yield _text(centre, _height(point.open, axis) - 8, str(point.open), more=style)


def _number(x: float, value: int, axis: Scale, place: str | None, inside: str) -> str:
    """A bar's number, in the colour `inside` where it stands within the bar."""
    if place is None:
        return ""
    y = _height(value, axis)
    base = {ABOVE: y - 4, WITHIN: y + 12, FOOT: Y1 - 4}[place]
    style = HALO if place == ABOVE else f' fill="#{inside}"'
    return _text(x, base, str(value), more=f' font-size="11"{style}')


def _legend() -> Iterator[str]:
    y, x = HEIGHT - 18, WIDTH / 2 - 150
    yield f'<path d="M{x} {y}h22" stroke="#{RED}" stroke-width="2.4"/>'
    yield f'<circle cx="{x + 11}" cy="{y}" r="3.6" fill="#{RED}"/>'
    yield _text(x + 28, y + 4, OPEN, "start")
    for offset, colour, name in ((100, BLUE, DELISTED), (210, PALE, NEW)):
        yield f'<rect x="{x + offset}" y="{y - 6}" width="12" height="12" fill="#{colour}"/>'
        yield _text(x + offset + 18, y + 4, name, "start")
