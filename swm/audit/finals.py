"""定稿: the signed Word file may be worded otherwise; its tables hold the numbers as issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swm.audit.contents import Contents, Table, word_contents
from swm.audit.differences import (
    Difference,
    paragraph_differences,
    table_differences,
)
from swm.audit.issuing import Writer, edition_of, made
from swm.audit.reports import period_then, report_on
from swm.audit.verifying import Progress, kind_of, require_program
from swm.domain.reportrecords import Issued
from swm.errors import Missing, Refused
from swm.store.ledger import Ledger

MOST = 30
"""How many reworded places are kept in the record."""
LONGEST = 60
"""How much of each is quoted."""


def compared(
    ledger: Ledger,
    code: str,
    issued: Issued,
    data: bytes,
    writers: Mapping[str, Writer],
    progress: Progress = None,
) -> tuple[str, ...]:
    """Where the signed file is worded otherwise than the edition of the month `code`.

    Raises `Refused` for any table that is gone or in which a number differs, with the place;
    `Unreadable` where the file is no Word file or another program made the edition.
    """
    if kind_of(data) != "docx":
        raise Refused("定稿要用 Word 文件（docx）登记", hint="在 Word 或 WPS 里另存为 docx")
    require_program(issued.program)
    period = period_then(ledger, issued.version, code)
    facts = ledger.facts(ledger.resolve(issued.version), progress, anew=True)
    report = report_on(ledger, facts, period, issued.audience, edition=edition_of(issued))
    here = word_contents(made(ledger, report, {"docx": writers["docx"]}).files["docx"])
    there = word_contents(data)
    found = table_differences(Contents(_matching(there.tables, here.tables), ()), here)
    numbers = [d for d in found if _has_number(d)]
    if numbers:
        raise Refused(
            "定稿里的数字与印发的不一致，没有登记",
            [Missing(_told(difference), "", "改正文件，或先出更正版") for difference in numbers],
            hint=f"更正版：swm report amend {code} --why 原因 --approver 批准人",
        )
    reworded = [*found, *paragraph_differences(there, here)]
    return tuple(_told(difference) for difference in reworded[:MOST])


def _matching(there: Sequence[Table], here: Sequence[Table]) -> tuple[Table, ...]:
    """The tables that answer to ours, in our order, by their headings; an empty one for each that
    is gone. A person may have put in others: a red head, a table of signatures."""
    left = list(there)
    found = []
    for table in here:
        same = next((each for each in left if each.rows[:1] == table.rows[:1]), None)
        if same is not None:
            left = left[left.index(same) + 1 :]
        found.append(same or Table(table.name, ()))
    return tuple(found)


def _has_number(difference: Difference) -> bool:
    return any(c.isdigit() for c in difference.there + difference.here)


def _told(difference: Difference) -> str:
    there, here = (_short(text) for text in (difference.there, difference.here))
    return f"{difference.place}：定稿“{there}”，印发“{here}”"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
