"""`paper list` and `transfer list`: 文书登记簿 and 移送 as the ledger has them."""

from __future__ import annotations

from datetime import date

from swm.frozen import frozen
from swm.reports.answers import Answers, as_day


@frozen
class Paper:
    """One paper: its number, whom it concerns, who issued it, when and how it was served."""

    id: str
    record: int
    firm: str
    name: str
    number: str | None
    issuer: str | None
    on: date
    served_on: date | None
    served_by: str | None
    withdrawn: bool
    revoked_on: date | None
    letter: bool
    """Whether it is written to an authority: it is not served on anybody."""

    def status(self, today: date) -> str:
        """已撤销, 已撤回, when and how it was served, or that it waits."""
        if self.withdrawn:
            return "已撤销"
        if self.served_on and self.served_on > today:
            return f"公告至 {self.served_on}"
        if self.served_on:
            return f"{self.served_on} {self.served_by or ''}".rstrip()
        if self.revoked_on:
            return f"{self.revoked_on} 撤回"
        return "未送达" if self.waits(today) else ""

    def waits(self, today: date) -> bool:
        """Whether it is still to be served; a public notice runs until its last day."""
        if self.withdrawn or self.revoked_on or self.letter:
            return False
        return self.served_on is None or self.served_on > today


@frozen
class Transfer:
    """One 移送, its receipt and its answer."""

    id: str
    record: int
    firm: str
    on: date
    to: str
    matter: str
    letter: str | None
    received_on: date | None
    answered_on: date | None
    answer: str | None


_PAPERS = """
SELECT p.*, e.name AS firm,
  p.upward = 1 OR p.own = 0 AS letter
FROM paper p JOIN enterprise e ON e.id = p.id
WHERE :year IS NULL OR COALESCE(p.year, CAST(SUBSTR(p.on_day, 1, 4) AS INTEGER)) = :year
ORDER BY COALESCE(p.year, CAST(SUBSTR(p.on_day, 1, 4) AS INTEGER)), p.own DESC, p.code, p.serial,
  p.on_day, e.serial, p.number
"""
_TRANSFERS = """
SELECT t.*, e.name AS firm FROM transfer t JOIN enterprise e ON e.id = t.id
ORDER BY t.on_day, e.serial, t.number
"""


def papers(facts: Answers, year: int | None = None) -> list[Paper]:
    """Every paper, by year and number; the town's own series before other authorities' papers."""
    return [
        Paper(
            id=r["id"],
            record=r["number"],
            firm=r["firm"],
            name=r["name"],
            number=r["paper_number"],
            issuer=r["issuer"],
            on=date.fromisoformat(r["on_day"]),
            served_on=as_day(r["served_on"]),
            served_by=r["served_by"],
            withdrawn=bool(r["withdrawn"]),
            revoked_on=as_day(r["revoked_on"]),
            letter=bool(r["letter"]),
        )
        for r in facts.query(_PAPERS, {"year": year})
    ]


def transfers(facts: Answers) -> list[Transfer]:
    """Every transfer, the oldest first."""
    return [
        Transfer(
            id=r["id"],
            record=r["number"],
            firm=r["firm"],
            on=date.fromisoformat(r["on_day"]),
            to=r["to_agency"],
            matter=r["matter"],
            letter=r["letter"],
            received_on=as_day(r["received_on"]),
            answered_on=as_day(r["answered_on"]),
            answer=r["answer"],
        )
        for r in facts.query(_TRANSFERS)
    ]
