"""Points with one decimal, kept as whole tenths: 9.5 is 95. No binary fractions anywhere."""

from __future__ import annotations

import re

from swm.domain.fields import BadValue, Kind

_PATTERN = re.compile(r"(?P<sign>[+-]?)(?P<whole>0|[1-9]\d{0,3})(?:\.(?P<tenth>\d)0*)?", re.ASCII)


def tenths(text: str) -> int:
    """9.5 → 95. Raises `BadValue` for what has more than one decimal or is no number."""
    typed = text.strip().replace("＋", "+").replace("－", "-").replace("−", "-").removesuffix("分")
    found = _PATTERN.fullmatch(typed)
    if found is None:
        raise BadValue(f"“{text}”不是分数", "写作 5、-2 或 1.5，最多一位小数")
    value = int(found["whole"]) * 10 + int(found["tenth"] or 0)
    return -value if found["sign"] == "-" else value


def shown(value: int) -> str:
    """95 → 9.5; whole points without a decimal."""
    sign, rest = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{rest // 10}" + (f".{rest % 10}" if rest % 10 else "")


def signed(value: int) -> str:
    """-2, +1.5: with its sign, as deductions and additions are written."""
    return shown(value) if value <= 0 else f"+{shown(value)}"


def share(value: int, part: int, whole: int) -> int:
    """`value` × part ÷ whole to the tenth, halves upward; all of it only when all is done."""
    exact = (2 * value * part + whole) // (2 * whole)
    return min(exact, value - 1) if part < whole and value > 0 else exact


def _read(text: str) -> str:
    return shown(tenths(text))


POINTS = Kind("分数（最多一位小数）", _read)
"""A number of points, in files as text: "9.5"."""
