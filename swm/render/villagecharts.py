"""The village chart for HTML: one stacked bar a village, 未销号 before 已销号, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from swm.render.charts import GRID, OPEN, PALE, RED, Scale, scale
from swm.reports.values import VillageBar

DONE = "已销号"

# A drawing of WIDTH units: names up to X0, bars from there to X1, a slot of ROW for each village.
WIDTH = 760
X0, X1, Y0 = 112, 736, 6
ROW, THICK = 24, 16
FOOT = 52
"""Below the bars: the axis' numbers and the legend."""
NAME = 7
"""The longest name that is written in full, in characters."""
DIGIT = 7
"""Units that a number needs for each of its digits."""


def highest(bars: Sequence[VillageBar]) -> int:
    """The longest bar's number."""
    return max((bar.open + bar.delisted for bar in bars), default=0)


def describe(bars: Sequence[VillageBar]) -> str:
    """The chart in words, for those who cannot see it."""
    return "；".join(f"{b.village}{OPEN}{b.open}家、{DONE}{b.delisted}家" for b in bars)


def village_svg(bars: Sequence[VillageBar], title: str) -> str:
    """One `<svg>` element with a title and a description; it needs no style and no script."""
    bottom = Y0 + ROW * len(bars)
    axis = scale(highest(bars), room=1)
    rows = (piece for at, bar in enumerate(bars) for piece in _row(bar, Y0 + ROW * at, axis))
    body = "".join((*_grid(axis, bottom), *rows, *_legend(bottom + FOOT - 12)))
    return (
        f'<svg class="villages" viewBox="0 0 {WIDTH} {bottom + FOOT}" role="img"'
        ' aria-labelledby="villages-title villages-desc" font-size="12" fill="#333">'
        f'<title id="villages-title">{escape(title)}</title>'
        f'<desc id="villages-desc">{escape(describe(bars))}</desc>{body}</svg>'
    )


def _grid(axis: Scale, bottom: int) -> Iterator[str]:
    for value in axis.ticks:
        x = X0 + _length(value, axis)
        stroke = "#888" if value == 0 else f"#{GRID}"
        yield f'<path d="M{x:.1f} {Y0}V{bottom}" stroke="{stroke}"/>'
        yield _text(x, bottom + 15, str(value), "middle", ' fill="#777"')


def _row(bar: VillageBar, y: int, axis: Scale) -> Iterator[str]:
    middle = y + ROW / 2 + 4
    short = bar.village if len(bar.village) <= NAME else f"{bar.village[: NAME - 1]}…"
    yield _text(X0 - 8, middle, short, "end")
    start = X0 + _length(bar.open, axis)
    yield from _piece(X0, y, bar.open, axis, RED, ' fill="#fff"')
    yield from _piece(start, y, bar.delisted, axis, PALE, "")


def _piece(x: float, y: int, value: int, axis: Scale, colour: str, words: str) -> Iterator[str]:
    """A part of a bar with its number, where there is room for it."""
    width = _length(value, axis)
    if value:
        place = f'x="{x:.1f}" y="{y + (ROW - THICK) / 2:.1f}"'
        yield f'<rect {place} width="{width:.1f}" height="{THICK}" fill="#{colour}"/>'
    if value and width >= DIGIT * len(str(value)):
        yield _text(x + width / 2, y + ROW / 2 + 4, str(value), "middle", words + ' font-size="11"')


def _length(value: int, axis: Scale) -> float:
    return (X1 - X0) * value / axis.top


def _legend(y: int) -> Iterator[str]:
    for x, colour, name in ((WIDTH / 2 - 80, RED, OPEN), (WIDTH / 2 + 20, PALE, DONE)):
        yield f'<rect x="{x}" y="{y - 6}" width="12" height="12" fill="#{colour}"/>'
        yield _text(x + 18, y + 4, name, "start")


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
