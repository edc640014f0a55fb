"""活动 of the town and its villages: 宣传, 培训, 会议, 零报告 (方案六1、六5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from swm.domain.activityrecords import Activity, Held
from swm.domain.edits import Change
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import next_filed, opened
from swm.domain.kinds import ACTIVITY
from swm.domain.policy import Policy
from swm.domain.profiles import unknown_village
from swm.domain.settings import Settings
from swm.errors import Refused
from swm.frozen import declared


@declared
class ActivityRequest:
    """What was held."""

    kind: str
    title: str
    on: date
    form: str | None = None
    village: str | None = None
    place: str | None = None
    people: int | None = None
    copies: int | None = None
    pieces: int | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


def add(
    existing: Collection[str],
    request: ActivityRequest,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Change:
    """A new activity, its id the next of its year. Raises `Refused` with everything wrong."""
    refuse_future(request.on, today)
    held = Held(
        number=1,
        type="活动",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        kind=request.kind,
        title=request.title,
        form=request.form,
        village=request.village,
        place=request.place,
        people=request.people,
        copies=request.copies,
        pieces=request.pieces,
        note=request.note,
    )
    if request.village:
        wrong = list(unknown_village(request.village, settings, request.on))
        if wrong:
            raise Refused("活动还不能登记", wrong)
    new = Activity(id=next_filed(ACTIVITY, request.on.year, existing), records=(held,))
    return Change(
        verb="activity add",
        subject=f"活动 {new.id} {new.title}",
        files={new.path: opened(new, policy, today)},
        body=(f"发生：{request.on}", f"录入：{today}"),
        recorded={"编号": new.id, "序号": 1},
    )
