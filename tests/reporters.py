"""Who reports in the tests: the only people whom a test may give as a reporter.

They are named and numbered as the sample township's invented reporters are, so that one pattern
finds them all. `tests/watch.py` looks for it on every screen and in every process argument.
"""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

from swm.cli.reporters import KEYS
from swm.store.vault import Reporter

WHO = Reporter(name="苗春晨", phone="14050000001", words="我家隔壁夜里喷漆")
ID_NUMBER = "120221196811010024"
"""What a reporter may tell besides: it stands in the words of the next one."""
LIVE = Reporter(
    name="钮祜秋宵",
    phone="14059887766",
    contact="wx_niuhu",
    words=f"俺隔壁半夜三更还在刷漆，熏得慌，俺的身份证号是{ID_NUMBER}",
)
REPORTERS = (WHO, LIVE)
CONTACTS = ("wx_niuhu", "miao_chen")
"""Other ways to reach one of them."""

_NAMED = "|".join(map("".join, product("春夏秋冬", "晨午昏宵")))
_NUMBERED = r"(?<![0-9a-f])1405\d{7}(?![0-9a-f])"
IDENTITY = re.compile("|".join((_NAMED, _NUMBERED, ID_NUMBER, *CONTACTS)))
"""A name, a number or another contact of any reporter of the tests or of the sample."""


def write_down(place: Path, who: Reporter = WHO) -> None:
    """A file for `--reporter-stdin`, as a clerk writes it in an editor: no process is told."""
    told = who.document()
    if place.suffix == ".json":
        place.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    else:
        lines = [f"{key}：{text}\n" for key, text in told.items() if key in KEYS and text]
        place.write_text("".join(lines), "utf-8")
