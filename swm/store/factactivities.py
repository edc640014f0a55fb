"""活动 as rows of the fact tables."""

from __future__ import annotations

from swm.domain.activityrecords import Activity
from swm.domain.filed import Filed
from swm.domain.policy import Policy
from swm.store.factrows import Rows, serial


def rows(file: Filed, policy: Policy) -> Rows:
    """One row an activity, and one for each case that it exposed."""
    assert isinstance(file, Activity)
    held = file.held
    return {
        "activity": [
            (
                file.id,
                serial(file.id),
                held.on.isoformat(),
                held.entered_on.isoformat(),
                held.kind,
                held.title,
                held.form,
                held.village,
                held.place,
                held.people,
                held.copies,
                held.pieces,
                held.note,
                "、".join(held.topics),
                len(held.decisions),
                held.period,
                held.counted_on.isoformat(),
            )
        ],
        "exposure": [(file.id, case, held.on.isoformat()) for case in held.cases],
    }
