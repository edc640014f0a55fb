"""定稿: the signed Word file may be worded otherwise; its tables hold the numbers as issued.

Whoever opens the file must see the numbers that were compared. So nothing in a table of ours may be
shown beside its plain text, and no second table may look like one of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from swm.audit.contents import Contents, Table
from swm.audit.differences import (
    Difference,
    margin_differences,
    paragraph_differences,
    table_differences,
)
from swm.audit.issuing import Writer, edition_of, made
from swm.audit.reports import period_then, report_on
from swm.audit.telling import kind_of
from swm.audit.verifying import Progress, require_program
from swm.audit.wordcontents import REVISED, word_contents
from swm.audit.wordstyles import HIDDEN
from swm.domain.reportrecords import Issued
from swm.errors import Missing, Refused
from swm.store.ledger import Ledger

MOST = 30
"""How many reworded places are kept in the record, and how many wrong ones are told."""
LONGEST = 60
"""How much of each is quoted."""
MENDED = {REVISED: "在“审阅”里接受或拒绝全部修订", HIDDEN: "取消隐藏，或者删去"}
"""What to do about what a table shows beside its text; anything else is made plain text."""
TWO = "两"
"""The one numeral that Unicode does not count among the numbers."""


def compared(
    ledger: Ledger,
    code: str,
    issued: Issued,
    data: bytes,
    writers: Mapping[str, Writer],
    progress: Progress = None,
) -> tuple[str, ...]:
    """Where the signed file is worded otherwise than the edition of the month `code`.

    Raises `Refused` as `reworded` does, and for what is no Word file; `Unreadable` where the file
    cannot be read or another program made the edition.
    """
    if kind_of(data) != "docx":
        raise Refused("定稿要用 Word 文件（docx）登记", hint="在 Word 或 WPS 里另存为 docx")
    require_program(issued.program)
    there = word_contents(data)
    period = period_then(ledger, issued.version, code)
    facts = ledger.facts(ledger.resolve(issued.version), progress, anew=True)
    report = report_on(ledger, facts, period, issued.audience, edition=edition_of(issued))
    here = made(ledger, report, {"docx": writers["docx"]}).files["docx"]
    return reworded(there, word_contents(here), code)


def reworded(there: Contents, here: Contents, month: str) -> tuple[str, ...]:
    """Where a signed file, `there`, is worded otherwise than what was issued, `here`.

    Raises `Refused` for any table that is gone, stands there twice, shows more than its text, or in
    which a number differs, with the place.
    """
    matching = _matching(there.tables, here.tables)
    _refuse_unclear(there, here, matching)
    tables = Contents(matching, ())
    numbers = [*islice(filter(_has_number, table_differences(tables, here)), MOST)]
    if numbers:
        raise Refused(
            "定稿里的数字与印发的不一致，没有登记",
            [Missing(_told(each), "", "改正文件，或先出更正版") for each in numbers],
            hint=f"更正版：swm report amend {month} --why 原因 --approver 批准人",
        )
    worded = chain(
        table_differences(tables, here),
        paragraph_differences(there, here),
        margin_differences(there, here),
    )
    return tuple(_told(each) for each in islice(worded, MOST))


def _matching(there: Sequence[Table], here: Sequence[Table]) -> tuple[Table, ...]:
    """The tables that answer to ours, in our order, by their headings; an empty one for each that
    is gone. A person may have put in others: a red head, a table of signatures."""
    left = iter(there)
    return tuple(
        next((each for each in left if each.rows[:1] == table.rows[:1]), Table(table.name, ()))
        for table in here
    )


def _refuse_unclear(there: Contents, here: Contents, matching: Sequence[Table]) -> None:
    """Raise `Refused` where a reader may see other numbers than those that are compared."""
    wrong = [*_foreign(there), *_twice(there, here), *_beyond(matching, here.tables)]
    if wrong:
        raise Refused("定稿里的表不能核对，没有登记", wrong[:MOST])


def _foreign(there: Contents) -> Iterator[Missing]:
    if there.foreign:
        yield Missing("夹带了另一份文档", "", "把其中的内容粘贴成文字，或者删去")


def _twice(there: Contents, here: Contents) -> Iterator[Missing]:
    """Tables that look like ours: in a text box, in a header, hidden, or simply a second one."""
    found, ours = Counter(there.lines), Counter(here.lines)
    for table in here.tables:
        line = "".join("".join(table.rows[0]).split()) if table.rows else ""
        if line and found[line] > ours[line]:
            said = f"与“{table.name}”表头相同的表有{found[line]}张，印发的是{ours[line]}张"
            yield Missing(said, "", "删去多出来的表，隐藏的、文本框里和页眉里的也算")


def _beyond(there: Sequence[Table], here: Sequence[Table]) -> Iterator[Missing]:
    for one, other in zip(there, here, strict=True):
        for what in sorted(one.beyond - other.beyond):
            yield Missing(f"表“{other.name}”里有{what}", "", MENDED.get(what, "改成普通的文字"))


def _has_number(difference: Difference) -> bool:
    """Whether a number was changed: by any digit; where we had a number in words, or the cell is
    now nothing but one, by the words."""
    there, here = difference.there, difference.here
    if any(c.isdigit() for c in there + here):
        return True
    old, new = _numerals(here), _numerals(there)
    return old != new and (bool(old) or new == there.strip())


def _numerals(text: str) -> str:
    return "".join(c for c in text if c.isnumeric() or c == TWO)


def _told(difference: Difference) -> str:
    there, here = (_short(text) for text in (difference.there, difference.here))
    return f"{difference.place}：定稿“{there}”，印发“{here}”"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
