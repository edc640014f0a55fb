"""A plot of the enterprises' positions, drawn without any map: north is up, all to one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import cos, radians

from swm.frozen import frozen
from swm.render.site import links
from swm.render.templates import visible
from swm.reports.site import Site, Spot

WIDTH, HEIGHT, EDGE = 900.0, 640.0, 28.0
METRES_A_DEGREE = 111_320
"""Of latitude."""
STEPS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
"""Round lengths for the scale, in metres."""
LEGEND = (("late", "超期"), ("open", "未销号"), ("done", "已销号"), ("none", "未列入或已核减"))


@frozen
class Frame:
    """How degrees become places of the drawing."""

    west: float
    north: float
    scale: float
    """Drawing units a degree of latitude."""
    squeeze: float
    """How much shorter a degree of longitude is."""
    left: float
    top: float

    def place(self, spot: Spot) -> tuple[float, float]:
        """Where the spot stands."""
        x = self.left + (spot.longitude - self.west) * self.squeeze * self.scale
        return x, self.top + (self.north - spot.latitude) * self.scale


def sort_of(spot: Spot, site: Site) -> str:
    """How a spot is drawn: late, open, done or none."""
    if spot.firm.overdue:
        return "late"
    if spot.firm.state in site.open_states:
        return "open"
    return "done" if spot.firm.state in site.done_states else "none"


def plot_svg(site: Site) -> str:
    """One `<svg>`: every spot is a link that the keyboard reaches, with its name as its title."""
    frame = _frame(site.spots)
    spots = sorted(site.spots, key=lambda s: (sort_of(s, site) in ("late", "open"), s.firm.id))
    body = "".join((*_scale_bar(frame), *(_spot(s, site, frame) for s in spots)))
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="group"'
        f' aria-labelledby="plot-title"><title id="plot-title">企业位置分布图，共{len(spots)}家，'
        f"下面的表列出同样的企业</title>{body}</svg>"
    )


def _frame(spots: Sequence[Spot]) -> Frame:
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
    squeeze = cos(radians((south + north) / 2))
    width, height = (east - west) * squeeze, north - south
    room, tall = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    scale = min(room / max(width, 1e-3), tall / max(height, 1e-3))
    left = EDGE + (room - width * scale) / 2
    return Frame(west, north, scale, squeeze, left, EDGE + (tall - height * scale) / 2)


def _scale_bar(frame: Frame) -> Iterator[str]:
    metres = max((s for s in STEPS if _units(s, frame) <= WIDTH / 4), default=STEPS[0])
    length = _units(metres, frame)
    text = f"{metres // 1000}公里" if metres >= 1000 else f"{metres}米"
    y = HEIGHT - 10
    yield f'<path class="bar" d="M10 {y - 5:.0f}v5h{length:.1f}v-5"/>'
    yield f'<text x="{14 + length:.1f}" y="{y:.0f}">{text}</text>'
    yield f'<text x="{WIDTH - 10:.0f}" y="22" text-anchor="end">北 ↑</text>'


def _units(metres: int, frame: Frame) -> float:
    return metres / METRES_A_DEGREE * frame.scale


def _spot(spot: Spot, site: Site, frame: Frame) -> str:
    x, y = frame.place(spot)
    firm = spot.firm
    name = escape(f"{firm.id} {visible(firm.name)}，{visible(firm.village)}，{firm.state}")
    page = escape(links.firm_page(firm.id))
    return (
        f'<a href="{page}" aria-label="{name}"><g class="{sort_of(spot, site)}"'
        f' transform="translate({x:.1f} {y:.1f})"><title>{name}</title>{_MARKS[sort_of(spot, site)]}</g></a>'
    )


_MARKS = {
    "late": '<path d="M0 -9L8 6H-8Z"/>',
    "open": '<circle r="5.5"/>',
    "done": '<circle r="4.5"/>',
    "none": '<rect x="-3.5" y="-3.5" width="7" height="7"/>',
}
"""Told apart by form as well as by colour."""


def legend_svg(sort: str) -> str:
    """The mark of a sort, for the legend."""
    return f'<svg class="plot key" viewBox="-10 -10 20 20" aria-hidden="true"><g class="{sort}">{_MARKS[sort]}</g></svg>'
