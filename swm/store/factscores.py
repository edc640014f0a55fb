"""村级考核 as rows of the fact tables: what was entered by hand, what was announced."""

from __future__ import annotations

from swm.domain.filed import Filed, of_type
from swm.domain.points import tenths
from swm.domain.policy import Policy
from swm.domain.scorerecords import Announced, Entered, Score
from swm.store.factrecords import Cells
from swm.store.factrows import Rows


def rows(file: Filed, policy: Policy) -> Rows:
    """One row an entry, one row a village of each announcement."""
    assert isinstance(file, Score)
    entries: list[Entered] = list(of_type(file, Entered))
    return {
        "score_entry": [
            (
                file.id,
                entry.number,
                file.period,
                entry.on.isoformat(),
                entry.village,
                entry.item,
                None if entry.points is None else tenths(entry.points),
                entry.reason,
            )
            for entry in entries
        ],
        "announced": [cells for record in file.announcements for cells in _announced(file, record)],
        "announced_grade": [
            (file.id, record.number, place, grade, villages)
            for record in file.announcements
            for place, (grade, villages) in enumerate(record.grades.items())
        ],
    }


def _announced(file: Score, record: Announced) -> list[Cells]:
    return [
        (
            file.id,
            record.number,
            record.edition,
            file.period,
            record.ends.isoformat(),
            record.on.isoformat(),
            record.version,
            place,
            result.village,
            None if result.points is None else tenths(result.points),
            result.grade,
            result.rank,
        )
        for place, result in enumerate(record.results)
    ]
