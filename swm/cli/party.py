"""Who goes, as `inspect` and `patrol add` are told it: the roster's team, a lawful body, the times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.domain.inspections import NIGHT
from swm.domain.records import NATURES, OFFICIAL
from swm.errors import NotFound

if TYPE_CHECKING:
    from swm.domain.dutyrecords import Shift
    from swm.store.snapshot import Snapshot

HALF_DAY = timedelta(hours=12)

Nature = Annotated[o.Text, o.text("--nature", "性质", "属地巡查、行政检查；不写就是属地巡查")]
Agency = Annotated[o.Text, o.text("--agency", "机关", "行政检查的机关全称")]
Licence = Annotated[o.Many, o.text("--licence", "姓名=证号", "检查人员的执法证号；可写多次")]
PoliceAt = Annotated[o.Text, o.text("--police-at", "时间", "通知派出所的时间")]
PoliceCame = Annotated[o.Text, o.text("--police-came", "时间", "派出所到场的时间")]
ReportedAt = Annotated[o.Text, o.text("--reported-at", "时间", "报告主要领导的时间")]
OfficersCame = Annotated[o.Text, o.text("--officers-came", "时间", "有权机关执法人员到场的时间")]
KeptOrder = Annotated[
    o.Text, o.text("--kept-order", "文字", "执法人员到场之前的劝止和秩序维护情况")
]


def on_duty(snapshot: Snapshot, day: date) -> Shift | None:
    """The shift of that day by the duty roster, if there is one."""
    from swm.domain.dutyrecords import Duty
    from swm.domain.dutyroster import shift_on

    def roster(id: str) -> Duty | None:
        try:
            return snapshot.filed(Duty, id)
        except NotFound:
            return None

    return shift_on(day, roster)


def by_roster(
    call: Call, kind: str | None, day: date, typed: Mapping[str, str | None]
) -> tuple[dict[str, str | None], str | None]:
    """What was typed, the roster's leader and team put where nothing was; and who leads by it.

    Only a night patrol goes by the roster (方案五2). What is taken from it is shown.
    """
    known = dict(typed)
    shift = on_duty(call.ledger.snapshot(), day) if kind == NIGHT else None
    if shift is None:
        return known, None
    taken = []
    if known.get("--leader") is None:
        known["--leader"] = shift.leader
        taken.append(f"带班领导 {shift.leader}")
    if known.get("--by") is None and shift.people:
        known["--by"] = "、".join(shift.people)
        taken.append(f"组员 {known['--by']}")
    if taken:
        call.screen.say([f"按值班表（{day}）：{'，'.join(taken)}"])
    return known, shift.leader


def lawful(call: Call, on: date) -> dict[str, Any]:
    """性质 and what an inspection by a lawful body needs besides."""
    typed = call.typed
    nature = parsing.maybe("--nature", typed["--nature"], parsing.choice(NATURES, "到访性质"))
    return {
        "nature": OFFICIAL if nature == OFFICIAL else None,
        "agency": typed["--agency"],
        "licences": dict(parsing.reasons("--licence", typed["--licence"] or ())),
        "warrant": approval(typed, call.today, on),
    }


def told_times(call: Call, start: date, time: str | None) -> dict[str, Any]:
    """When police, leaders and officers were told and came, and what was done until then."""
    reader = later_the_same_night(call.today, start, time)
    names = {
        "police_at": "--police-at",
        "police_came": "--police-came",
        "reported_at": "--reported-at",
        "officers_came": "--officers-came",
    }
    found = {k: parsing.maybe(name, call.typed[name], reader) for k, name in names.items()}
    return {**found, "kept_order": call.typed["--kept-order"]}


def later_the_same_night(today: date, on: date, time: str | None) -> parsing.Reader[datetime]:
    """A moment; a time alone is on `on`, or past midnight when it is half a day before `time`."""
    begun = datetime.fromisoformat(f"{on} {time}") if time else None

    def read(text: str) -> datetime:
        moment = parsing.moment(today, on)(text)
        dated = parsing.moment(today, on + timedelta(days=1))(text) == moment
        past_midnight = begun is not None and moment < begun - HALF_DAY
        return moment + timedelta(days=1) if past_midnight and not dated else moment

    return read
