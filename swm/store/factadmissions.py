"""准入 as rows of the fact tables: each application, and the rulings that stood after each other."""

from __future__ import annotations

from datetime import timedelta

from swm.domain.admissionrecords import Admission, Ruling
from swm.domain.admissions import waiting_until
from swm.domain.filed import Filed
from swm.domain.policy import Policy
from swm.store.factrecords import Cells, day
from swm.store.factrows import Rows, serial, until

_DAY = timedelta(days=1)


def rows(file: Filed, policy: Policy) -> Rows:
    """One row an application, one a ruling."""
    assert isinstance(file, Admission)
    review, last = file.review, file.last
    return {
        "admission": [
            (
                file.id,
                serial(file.id),
                review.on.isoformat(),
                review.entered_on.isoformat(),
                review.kind,
                review.name,
                review.village,
                review.premises,
                review.address,
                review.industry,
                last.advice,
                last.decision,
                last.on.isoformat(),
                day(waiting_until(file, policy)),
                _reasons(last),
            )
        ],
        "ruling": list(_rulings(file)),
    }


def _rulings(file: Admission) -> list[Cells]:
    """Each with the day after which another one stood; of one day only the last stands."""
    found = file.rulings
    following = [r.on for r in found[1:]]
    ends = [*(on - _DAY for on in following), None]
    return [
        (
            file.id,
            ruling.number,
            ruling.on.isoformat(),
            until(end),
            ruling.advice,
            ruling.decision,
            _reasons(ruling),
        )
        for ruling, end in zip(found, ends, strict=True)
    ]


def _reasons(ruling: Ruling) -> str:
    return "；".join(f"{reason.text}（{reason.clause}）" for reason in ruling.reasons)
