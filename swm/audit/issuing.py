"""An edition of a report: the value, its files, and what is kept of it for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from swm.domain.reportissues import differences
from swm.domain.reportrecords import (
    Changed,
    FileHash,
    FrozenNumber,
    FrozenRow,
    Issued,
    ids_of,
    spans,
)
from swm.frozen import frozen
from swm.render.templates import MONTHLY_HTML, MONTHLY_WORD, Own, find
from swm.reports.values import Edition, Monthly
from swm.store.facts import Facts
from swm.store.ledger import Ledger

Writer = Callable[[Any, Own], bytes]
"""What makes one format, from the value and the office's own templates."""
NAMED = 20
"""How many enterprises that came into 底数, or left it, are named one by one."""
USED = {"docx": MONTHLY_WORD, "html": MONTHLY_HTML}
"""The template that each format is laid out by."""


@frozen
class Made:
    """What leaves the house: its files by format, and the templates that they were laid out by."""

    stem: str
    """What the files are called, without the format."""
    files: Mapping[str, bytes]
    templates: tuple[FileHash, ...]

    def name(self, kind: str) -> str:
        """2026-10月报.docx."""
        return f"{self.stem}.{kind}"

    @property
    def hashes(self) -> tuple[FileHash, ...]:
        """The files by name, with the SHA-256 of their bytes."""
        return tuple(hashed(self.name(kind), data) for kind, data in self.files.items())


def made(ledger: Ledger, report: Monthly, writers: Mapping[str, Writer]) -> Made:
    """The report, called 2026-10月报 and later 2026-10月报-更正1, so that no edition takes another's
    place."""
    edition = report.edition
    later = f"-更正{edition.number - 1}" if edition and edition.number > 1 else ""
    return laid_out(
        ledger, report.version, report, f"{report.period.code}月报{later}", writers, USED
    )


def laid_out(
    ledger: Ledger,
    version: str,
    value: object,
    stem: str,
    writers: Mapping[str, Writer],
    used: Mapping[str, str],
) -> Made:
    """A value laid out by the templates of the commit that it was drawn from."""
    own = ledger.snapshot(version).template
    files = {kind: write(value, own) for kind, write in writers.items()}
    named = [(name, find(name, own)) for kind, name in used.items() if kind in writers]
    return Made(stem, files, tuple(hashed(name, data) for name, data in named))


def hashed(name: str, data: bytes) -> FileHash:
    """A file by name and SHA-256."""
    return FileHash(name=name, sha256=sha256(data).hexdigest())


# --- what is kept -----------------------------------------------------------------------------


def numbers(report: Monthly) -> tuple[FrozenNumber, ...]:
    """Every figure as it is printed."""
    return tuple(
        FrozenNumber(
            name=figure.name,
            value=figure.value,
            unit=figure.unit,
            previous=figure.previous,
            year=figure.year,
            ever=figure.ever,
            last_year=figure.last_year,
        )
        for figure in report.figures.values()
    )


def villages(report: Monthly) -> tuple[FrozenRow, ...]:
    """The village table as it is printed, 合计 first; empty cells are not kept."""
    titles = {
        column.key: f"{column.group}·{column.title}" if column.group else column.title
        for column in report.village_columns
    }
    return tuple(
        FrozenRow(
            village=row.cells["村"],
            cells={
                title: row.cells[key]
                for key, title in titles.items()
                if key not in ("村", "序号") and row.cells.get(key)
            },
        )
        for row in (report.village_total, *report.village_rows)
    )


def stock(report: Monthly) -> tuple[str, ...]:
    """Which enterprises 底数 is made of."""
    return spans(entry.id for entry in report.figures["底数"].entries)


def changed(report: Monthly, before: Issued) -> tuple[Changed, ...]:
    """The numbers that the edition before had otherwise."""
    return differences(before, numbers(report), villages(report))


def moved(report: Monthly, before: Issued, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which enterprises 底数 has that it had not in the edition before, and which it has no more."""
    now, then = ids_of(stock(report)), before.stock_ids
    told = {row["id"]: row for row in facts.query(_NAMES)} if now != then else {}
    return _named(now - then, told), _named(then - now, told)


_NAMES = "SELECT id, name, village FROM enterprise"


def _named(ids: frozenset[str], told: Mapping[str, Any]) -> tuple[str, ...]:
    """BK-0003 兴家坨木器厂（兴家坨村）, the first of them; then how many more there are."""
    lines = [
        f"{id} {told[id]['name']}（{told[id]['village']}）" if id in told else id
        for id in sorted(ids, key=lambda id: (len(id), id))[:NAMED]
    ]
    more = len(ids) - NAMED
    return (*lines, f"另有{more}家") if more > 0 else tuple(lines)


def edition_of(issued: Issued) -> Edition:
    """An edition on file, as the report that prints it needs it."""
    return Edition(
        number=issued.edition,
        on=issued.on,
        document_number=issued.document_number or "",
        signer=issued.signer or "",
        reason=issued.reason or "",
        changes=tuple((each.what, each.was, each.now) for each in issued.changes),
        originals=issued.originals,
        absent=issued.absent,
        joined=issued.joined,
        gone=issued.gone,
    )
