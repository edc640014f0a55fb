"""巡查 and 值班 as rows of the fact tables."""

from __future__ import annotations

from swm.domain.dutyrecords import Duty
from swm.domain.filed import Filed
from swm.domain.patrolrecords import POINT, PREMISES, Patrol, is_premises, went
from swm.domain.policy import Policy
from swm.domain.records import OFFICIAL
from swm.store.factrecords import Cells, moment, outing_number
from swm.store.factrows import Rows, serial


def rows(file: Filed, policy: Policy) -> Rows:
    """One row a patrol and one a spot; one row a day on duty."""
    if isinstance(file, Duty):
        return {"duty": _shifts(file)}
    assert isinstance(file, Patrol)
    on = file.outing.on.isoformat()
    return {
        "patrol": [_patrol(file)],
        "spot": [
            (
                file.id,
                spot.number,
                on,
                spot.time,
                PREMISES if is_premises(spot.place) else POINT,
                spot.place,
                spot.village,
                spot.result,
                spot.found,
            )
            for spot in file.spots
        ],
    }


def _patrol(patrol: Patrol) -> Cells:
    outing = patrol.outing
    team = outing.team
    return (
        patrol.id,
        serial(patrol.id),
        outing_number(patrol.id),
        outing.on.isoformat(),
        outing.entered_on.isoformat(),
        moment(outing.start),
        moment(outing.end),
        outing.kind,
        outing.nature == OFFICIAL,
        outing.agency,
        outing.leader,
        "、".join(team),
        len(team),
        "、".join(outing.villages),
        outing.villages[0] if len(outing.villages) == 1 else "",
        len(outing.calls),
        len(patrol.spots),
        outing.drawn.seed if outing.drawn else None,
        went(patrol),
    )


def _shifts(duty: Duty) -> list[Cells]:
    return [
        (duty.id, s.on.isoformat(), s.leader, "、".join(s.people)) for s in duty.shifts.values()
    ]
