"""宣传, 培训, 会议, the villages' 零报告, and the village scoring of each quarter (方案六1、六4、六5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from swm.domain.activities import ActivityRequest, ZeroRequest, add, zero
from swm.domain.activityrecords import EXPOSURE, MEETING, PUBLICITY, TRAINING, Activity
from swm.domain.amendments import CorrectRequest
from swm.domain.edits import Change
from swm.domain.filedamendments import correct_filed
from swm.domain.kinds import ACTIVITY, SCORE
from swm.domain.periods import Period
from swm.domain.points import tenths
from swm.domain.records import Approval
from swm.domain.scorerecords import Score, score_id
from swm.domain.scores import AnnounceRequest, EnterRequest, announce, enter
from swm.domain.scoring import SCORING, Scheme, read_scoring
from swm.reports.scorecard import scorecard
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY
from swm.sample.rounds import Round
from swm.sample.stage import person
from swm.sample.town import Town
from swm.store.founding import default_policy
from swm.store.identity import Identity
from swm.store.ledger import Ledger
from swm.store.writing import Writing, record
from swm.store.yamlread import parse

_MEDIA = (
    ("明白纸", "入户发放“散乱污”整治明白纸", "copies", 40, 160),
    ("条幅", "悬挂长效管理宣传条幅", "pieces", 2, 8),
    ("广播", "村广播宣讲举报渠道和整治要求", "people", 0, 0),
    ("入户", "走访出租厂房的房东，讲保证书的要求", "copies", 10, 40),
)
_DECISIONS = (
    "对超期未清理的企业组织联合执法",
    "夜查由当日带班领导带队，组员不少于两人",
    "各村每月末报送零报告或者新发现的线索",
    "对已销号的企业按期开展回头看",
    "供电、供水单位接电接水前先问镇里",
)
_DEDUCTIONS = (
    ("组织和网格到位", "-1", "网格员更换后名册没有更新"),
    ("排查不漏", "-5", "区里抽查发现清单以外的一家"),
    ("表彰", "+2", "房东保证书的做法在全区交流"),
)


class Publicity(Round):
    """The clock of what is told to the public, and of what villages report."""

    def deed(self, request: ActivityRequest) -> Deed:
        """An activity of today."""
        today = self.day
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: add(
                shelf.ids(ACTIVITY),
                request,
                shelf.policy,
                shelf.settings,
                today,
                {id: shelf.enterprise(id) for id in request.cases},
            ),
        )

    def report(self, village: str, month: Period) -> Deed:
        """零报告 of a month, today."""
        today = self.day
        by = (self.town.roster.secretaries[village],)
        there = self.shelf.settings.village_at(village, month.end)
        request = ZeroRequest(village=there, period=month, on=today, by=by)
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: zero(
                shelf.ids(ACTIVITY), request, None, shelf.policy, shelf.settings, today
            ),
        )

    def here(self, village: str) -> str:
        """The village by the name that it has today."""
        return self.shelf.settings.village_at(village, self.day)

    def gone(self, village: str) -> bool:
        """Whether the village has been merged into another by now."""
        return self.here(village) in set(self.town.roster.villages) - {village}

    def correct(self, id: str, values: dict[str, str], reason: str) -> Deed:
        """更正 of an activity's first record."""
        today = self.day
        request = CorrectRequest(number=1, values=values, reason=reason, by=(self.clerk,))
        return Deed(
            self.at,
            self.clerk,
            lambda shelf: correct_filed(shelf.filed(Activity, id), request, shelf.policy, today),
        )

    def score(self, quarter: Period, village: str, which: int) -> Deed:
        """评分 by hand."""
        item, points, reason = _DEDUCTIONS[which % len(_DEDUCTIONS)]
        today, approval = self.day, self.town.roster.approval(self.day)
        request = EnterRequest(
            period=quarter,
            village=self.shelf.settings.village_at(village, quarter.end),
            item=item,
            points=tenths(points),
            reason=reason,
            on=today,
            by=(self.clerk,),
            approval=approval,
        )
        id = score_id(quarter.code)

        def decide(shelf: Shelf) -> Change:
            old = shelf.filed(Score, id) if id in shelf.ids(SCORE) else None
            held = scheme(quarter.end)
            return enter(old, request, held, shelf.policy, shelf.settings, today)

        return Deed(self.at, self.clerk, decide)

    def exposable(self) -> tuple[str, ...]:
        """One or two that were closed; a few doors are tried, not all."""
        everybody = [id for village in self.town.residents.values() for id in village]
        tried = self.rng.sample(everybody, min(12, len(everybody)))
        closed = [id for id in tried if self._closed(id)]
        return tuple(sorted(closed[: self.rng.choice((1, 2))]))

    def _closed(self, id: str) -> bool:
        state = self.town.policy.state(self.shelf.enterprise(id).remediation.state)
        return state.listed and state.delisted


@cache
def scheme(day: date) -> Scheme:
    """The scoring scheme that ships, as it holds on that day."""
    return read_scoring(parse(default_policy()[SCORING], SCORING)).on(day)


def village(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """Each month end a 零报告, sometimes late or forgotten; now and then something is held."""
    hours = Publicity(town, shelf, start, "public", village)
    place = town.roster.villages.index(village)
    month = Period.month_of(start)
    while month.end < town.today:
        if (month.end.month + place) % 3 == 0:
            hours.until(max(hours.day, month.start + hours.rng.randint(3, 15) * DAY))
            yield Pause(hours.at)
            if hours.gone(village):
                return
            if hours.day < town.today:
                yield hours.deed(_campaign(hours, village, place + month.end.month))
        hours.until(max(hours.day, month.end - hours.rng.randint(-3, 2) * DAY))
        yield Pause(hours.at)
        if hours.gone(village):
            return
        if (place * 5 + month.end.month) % 7 and hours.day < town.today:
            yield hours.report(village, month)
        month = Period.month_of(month.end + DAY)


def _campaign(hours: Publicity, village: str, turn: int) -> ActivityRequest:
    form, title, unit, least, most = _MEDIA[turn % len(_MEDIA)]
    amount: dict[str, Any] = {unit: hours.rng.randint(least, most)} if most else {}
    return ActivityRequest(
        kind=PUBLICITY,
        title=title,
        on=hours.day,
        form=form,
        village=hours.here(village),
        by=(hours.town.roster.wardens[village],),
        **amount,
    )


def office(town: Town, shelf: Shelf, start: date) -> Course:
    """The town's own: a meeting a month, a training a quarter, news, cases exposed, points."""
    hours = Publicity(town, shelf, start, "public", "office")
    hours.wait(8, 12)
    turn = 0
    while (town.today - hours.day).days > 4:
        yield from _month(hours, turn)
        turn += 1
        hours.wait(24, 30)


def _month(hours: Publicity, turn: int) -> Iterator[Deed | Pause]:
    town, rng = hours.town, hours.rng
    yield Pause(hours.at)
    yield hours.deed(_meeting(hours, turn))
    hours.minutes(20, 40)
    change = yield hours.deed(_news(hours))
    if turn == 1 and change:
        hours.minutes(5, 15)
        yield hours.correct(str(change.recorded["编号"]), {"条数": "6"}, "推送条数数错了")
    if turn % 3 == 0:
        hours.minutes(20, 40)
        yield hours.deed(_training(hours))
    if turn % 3 == 1 and (cases := hours.exposable()):
        hours.minutes(20, 40)
        yield hours.deed(_exposure(hours, cases))
    quarter = _last_quarter(hours.day)
    if turn % 3 == 2 and quarter.end >= town.start:
        for which in range(2):
            hours.minutes(10, 20)
            yield hours.score(quarter, rng.choice(town.roster.villages), turn // 3 + which)


def _meeting(hours: Publicity, turn: int) -> ActivityRequest:
    roster = hours.town.roster
    chosen = [_DECISIONS[(turn + n) % len(_DECISIONS)] for n in range(2)]
    return ActivityRequest(
        kind=MEETING,
        title="研究“散乱污”企业整治工作",
        on=hours.day,
        form="领导小组会议",
        people=hours.rng.randint(9, 16),
        chair=roster.leaders[turn % 2],
        decisions=tuple(chosen),
        by=(hours.clerk,),
    )


def _news(hours: Publicity) -> ActivityRequest:
    return ActivityRequest(
        kind=PUBLICITY,
        title="微信公众号推送整治政策和举报渠道",
        on=hours.day,
        form="微信",
        pieces=hours.rng.randint(2, 5),
        by=(hours.clerk,),
    )


def _training(hours: Publicity) -> ActivityRequest:
    return ActivityRequest(
        kind=TRAINING,
        title="网格员业务培训：怎样辨别企业性质、发现隐患",
        on=hours.day,
        form="集中培训",
        people=hours.rng.randint(18, 42),
        topics=("安全", "消防", "环保"),
        audience="网格员",
        by=(hours.clerk,),
    )


def _exposure(hours: Publicity, cases: tuple[str, ...]) -> ActivityRequest:
    return ActivityRequest(
        kind=PUBLICITY,
        title="曝光查处的违法违规典型案例",
        on=hours.day,
        form=EXPOSURE,
        cases=cases,
        by=(hours.clerk,),
    )


def _last_quarter(day: date) -> Period:
    """The quarter that ended last before that day."""
    this = Period.quarter(day.year, (day.month + 2) // 3)
    return this.previous()


# --- after the play -------------------------------------------------------------------------------


def announced(root: Path, town: Town) -> int:
    """Announce the quarter that ended last, on the last morning; how many commits that took.

    A result is computed from the facts of a commit: it can only be had when there are commits.
    """
    quarter = _last_quarter(town.today)
    if quarter.end < town.start or quarter.end >= town.today:
        return 0
    who = person(town.roster.clerks[0])
    at = datetime.combine(town.today, time(7, 58), town.roster.settings.zone)
    approval = town.roster.decision(town.today)
    ledger = Ledger(root.absolute())
    record(
        ledger,
        lambda tx: _announcement(tx, quarter, who.name, approval, town.today),
        who=Identity(who, who),
        when=at,
    )
    return 1


def _announcement(tx: Writing, quarter: Period, by: str, approval: Approval, today: date) -> Change:
    held = tx.scoring.on(quarter.end)
    card = scorecard(tx.facts, tx.settings, tx.policy, held, quarter, today)
    id = score_id(quarter.code)
    request = AnnounceRequest(
        period=quarter,
        version=tx.commit,
        policy=tx.scoring_digest,
        results=card.results,
        grades=card.grades,
        notices=card.notices,
        by=(by,),
        approval=approval,
        on=today,
    )
    old = tx.filed(Score, id) if tx.text(SCORE.path(id)) is not None else None
    return announce(old, request, tx.policy, today)
