"""How a clause is cited: 方案三（一）6, several of them joined by “、”."""

from __future__ import annotations

import re

_NAME = re.compile(r"[^一二三四五六七八九十百0-9（(]+")


def cited(text: str) -> tuple[str, ...]:
    """The clauses that a citation names, each as it stands in 依据.yaml.

    Clauses are joined by “、”. A part that starts with a number belongs to the document named
    before it: 方案三（一）6、三（二） is 方案三（一）6 and 方案三（二）; 行政强制法35、43 is
    行政强制法35 and 行政强制法43. A document's short name holds no numerals.
    """
    found: list[str] = []
    document = ""
    for part in text.split("、"):
        named = _NAME.match(part)
        if named:
            document = named[0]
        found.append(part if named else document + part)
    return tuple(found)
