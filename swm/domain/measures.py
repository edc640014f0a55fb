"""坐标 and 面积: what can stand in these two fields. One rule for every way in, and for the check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from swm.errors import Missing

WEST, EAST = 73.0, 136.0
SOUTH, NORTH = 3.0, 54.0
"""The degrees between which China lies: so a longitude and a latitude can't change places."""
_POSITION = re.compile(r"(?P<longitude>\d{1,3}(\.\d+)?),(?P<latitude>\d{1,3}(\.\d+)?)", re.ASCII)
_AREA = re.compile(r"\d+(\.\d+)?", re.ASCII)
_AS = "写作 经度,纬度，如 117.6612,39.3310"


def misplaced(position: str | None) -> Iterator[Missing]:
    """Why this is no 经度,纬度 in China."""
    if not position:
        return
    found = _POSITION.fullmatch(position)
    if found is None:
        yield Missing(f"坐标“{position}”不是经度和纬度", "", _AS)
        return
    longitude, latitude = float(found["longitude"]), float(found["latitude"])
    if _in_china(longitude, latitude):
        return
    if _in_china(latitude, longitude):
        yield Missing(f"坐标“{position}”的经度和纬度写反了", "", _AS)
        return
    text = f"坐标“{position}”不在我国范围内"
    yield Missing(
        text, "", f"经度在 {WEST:.0f} 至 {EAST:.0f}，纬度在 {SOUTH:.0f} 至 {NORTH:.0f} 之间"
    )


def unmeasured(area: str | None) -> Iterator[Missing]:
    """Why this is no 面积 in square metres."""
    if area and not (_AREA.fullmatch(area) and float(area) > 0):
        yield Missing(f"面积“{area}”不是大于零的数", "", "写平方米数，如 860 或 860.5")


def _in_china(longitude: float, latitude: float) -> bool:
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH
