"""Blanks to write in by hand where the ledger has nothing, and days as an official paper has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from swm.domain.citations import cited
from swm.domain.fold import of_township
from swm.domain.policy import Policy
from swm.domain.settings import Settings

T = TypeVar("T")

LINE = "________"
DAY = "____年__月__日"
_ISO = re.compile(
    r"(?:(?<=[^\x00-\xff]) )?(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)"
    r"(?: (\d\d:\d\d))?(?: (?=[^\x00-\xff]))?"
)
"""A day, its hour, and the spaces that set them off from Chinese words."""
TOWN_DECIDED = "本镇暂定"
"""A clause that stands for a number the plan leaves open; no paper cites it."""


def gap(value: object, blank: str = LINE) -> str:
    """The value, or a line to write it on."""
    text = "" if value is None else str(value)
    return text if text.strip() else blank


def day(value: date | None, blank: str = DAY) -> str:
    """2026年3月5日, or the blank for it."""
    return f"{value.year}年{value.month}月{value.day}日" if value else blank


def in_words(text: str) -> str:
    """`text` with its days as 2026年3月5日, its hours as 2026年3月5日21:40."""
    return _ISO.sub(lambda m: f"{int(m[1])}年{int(m[2])}月{int(m[3])}日{m[4] or ''}", text)


def number(settings: Settings, year: int, issuer: str | None = None) -> str:
    """俵整〔2026〕____号, to be given when the paper is recorded; another authority's is open."""
    code = settings.agency_code if of_township(issuer) else None
    return f"{code or LINE}〔{year}〕____号"


def padded(rows: Sequence[T], least: int, empty: T) -> list[T]:
    """The rows, and empty ones after them up to `least`: room to write."""
    return [*rows, *[empty] * (least - len(rows))]


def ended(text: str) -> str:
    """The text as a whole sentence: with a full stop where it has no mark at its end."""
    return text if not text or text[-1] in "。！？；…!?;" else f"{text}。"


def named(names: Sequence[str], blank: str = "") -> str:
    """甲、乙"""
    return "、".join(names) or blank


def clauses(policy: Policy, citation: str | None, on: date) -> str:
    """《方案》三、（一）第2项: the clauses that a record cites, by document and article."""
    told: list[str] = []
    title = ""
    for code in cited(citation or ""):
        if code == TOWN_DECIDED:
            continue
        found = next(
            (
                c
                for c in policy.clauses.clauses
                if c.code == code and c.since <= on and (c.until is None or on <= c.until)
            ),
            None,
        )
        if found is None:
            told.append(code)
        else:
            told.append(f"{'' if found.title == title else f'《{found.title}》'}{found.article}")
            title = found.title
    return "、".join(dict.fromkeys(told))
