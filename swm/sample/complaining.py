"""举报 and 上级交办: every source, every conclusion, told twice, late, prolonged, still open.

Who complained is invented too, and never enters the ledger: the play keeps it by token, as the
vault would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from datetime import date
from random import Random
from typing import Any

from swm.domain.complaintrecords import ASSIGNED, Complaint
from swm.domain.complaints import ReceiveRequest, receive
from swm.domain.complaintsteps import (
    StepRequest,
    answer,
    close,
    extend,
    hand,
    link,
    registered_from,
)
from swm.domain.edits import Change
from swm.domain.kinds import COMPLAINT
from swm.domain.records import Enterprise
from swm.domain.verifications import VerifyRequest, verify
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.hours import DAY
from swm.sample.life import Life
from swm.sample.names import SURNAMES
from swm.sample.rounds import Round
from swm.sample.town import Town
from swm.store.vault import Reporter

SUMMARIES = (
    "村内一处院落夜间有切割声，影响休息",
    "路边厂房喷漆，气味较大",
    "院落内堆放废料，雨天有污水流出",
    "小作坊粉尘外逸，附近窗台积灰",
    "大门常闭，夜间有货车进出，疑似生产",
)
_WORDS = (
    "我家就住隔壁，夜里机器一响老人孩子都睡不着，求你们管管",
    "俺在村里住了三十年，从没闻过这么呛的漆味，窗户都不敢开",
    "下大雨的时候黑水一直流到我家菜地，去年的白菜全死了",
    "我天天擦窗台，第二天又是一层灰，孩子咳嗽两个月了",
    "我亲眼看见半夜十二点往里拉料，天亮前拉走，他们背着人干",
)
_SEASONS, _HOURS = "春夏秋冬", "晨午昏宵"
_UNTOLD = (ASSIGNED, "媒体")
"""Sources that name nobody."""
_FROM_ABOVE = {ASSIGNED: "上级交办"}


def _came_in(
    town: Town, source: str, village: str, day: date, clerk: str, **told: Any
) -> Callable[[Shelf], Change]:
    """收件; `about` are ids, `first` the one that it repeats. Every fifth does not say who."""
    number = town.complaints
    town.complaints += 1
    known: dict[str, Any] = {}
    if source not in _UNTOLD and number % 5 != 4:
        token = hashlib.sha256(f"{town.seed}/reporter/{number}".encode()).hexdigest()[:16]
        who = town.reporters[token] = _reporter(town.rng("reporter", number), number)
        known = {"token": token, "contact": who.reachable, "named": who.reachable or None}
    about, first = told.pop("about", ()), told.pop("first", None)

    def decide(shelf: Shelf) -> Change:
        request = ReceiveRequest(
            source=source,
            village=shelf.settings.village_at(village, day),
            on=day,
            source_number=f"{day:%Y%m%d}-{number + 1}",
            about=[shelf.enterprise(id) for id in about],
            duplicate_of=shelf.filed(Complaint, first) if first else None,
            by=(clerk,),
            **{"text": SUMMARIES[number % len(SUMMARIES)], **known, **told},
        )
        return receive(shelf.ids(COMPLAINT), request, shelf.policy, shelf.settings, day)

    return decide


def _reporter(rng: Random, number: int) -> Reporter:
    """Nobody of the play has a name or a number like theirs."""
    name = rng.choice(SURNAMES) + rng.choice(_SEASONS) + rng.choice(_HOURS)
    phone = f"140{50_000_000 + number:08d}" if number % 4 else ""
    words = f"{_WORDS[number % len(_WORDS)]}（记录稿{number + 1}）"
    return Reporter(name=name, phone=phone, words=words)


# --- within the story of one enterprise -----------------------------------------------------------


def complained(life: Life, source: str, *, about: bool = False) -> Deed:
    """Somebody complains, or it is handed down; `about` this enterprise when it is known."""
    ids = (life.id,) if about else ()
    deed = Deed(
        life.at,
        life.clerk,
        _came_in(life.town, source, life.firm.village, life.day, life.clerk, about=ids),
    )
    life.source = _FROM_ABOVE.get(source, "群众举报")
    life.minutes(5, 15)
    return deed


def registered(life: Life, note: str) -> Deed:
    """登记 of the enterprise that the complaint led to."""
    deed = life.register(source=life.source, note=note, complaint=life.case)
    case, today = life.case, life.day

    def decide(shelf: Shelf) -> Change:
        change = deed.decide(shelf)
        return registered_from(shelf.filed(Complaint, case), change, today, shelf.policy, today)

    return Deed(deed.at, deed.clerk, decide)


def found_by(life: Life, conclusion: str, found: str) -> Deed:
    """The 核查 that the enterprise's file holds already settles the complaint."""
    case, today, id = life.case, life.day, life.id
    proof = f"{id}第{life.number}条"

    def decide(shelf: Shelf) -> Change:
        request = VerifyRequest(
            on=today,
            people=life.team[:2],
            conclusion=conclusion,
            found=found,
            proof=(proof,),
            enterprises={id: shelf.enterprise(id)},
        )
        return verify([shelf.filed(Complaint, case)], request, shelf.policy, today)

    return Deed(life.at, life.clerk, decide)


def settled(life: Life, result: str) -> Deed:
    """办结, on the strength of the act just made."""
    case, today, id = life.case, life.day, life.id
    proof = f"{id}第{life.number}条"

    def decide(shelf: Shelf) -> Change:
        step = StepRequest(
            on=today,
            by=(life.clerk,),
            proof=(proof,),
            enterprises={id: shelf.enterprise(id)},
        )
        file = shelf.filed(Complaint, case)
        return close(file, result, None, step, shelf.policy, today)

    return Deed(life.at, life.clerk, decide)


# --- what is not about a new enterprise -------------------------------------------------------------

Episode = Generator[Deed | Pause, Change | None, None]


class Office(Round):
    """The clock of the clerk who deals with one village's complaints."""

    def __init__(self, town: Town, shelf: Shelf, village: str, start: date) -> None:
        super().__init__(town, shelf, start, "complaints", village)
        self.village = village
        self.team = town.roster.team(village, 2, self.rng)

    def neighbour(self) -> tuple[Enterprise, str] | None:
        """An enterprise that a complaint may be about, and what is to be seen there."""
        there = list(self.residents(self.village))
        return self.rng.choice(there) if there else None

    def receive(self, source: str, **told: Any) -> Deed:
        """收件."""
        made = _came_in(self.town, source, self.village, self.day, self.clerk, **told)
        return Deed(self.at, self.clerk, made)

    def verify(self, ids: list[str], conclusion: str, found: str, firm: str = "") -> Deed:
        """核查; at `firm`, whose own file gets the visit."""
        today = self.day

        def decide(shelf: Shelf) -> Change:
            there = [shelf.enterprise(firm)] if firm else []
            scene = self.town.scenes.get(firm, "停产")
            cases = [shelf.filed(Complaint, id) for id in ids]
            known = {id: shelf.enterprise(id) for case in cases for id in case.about}
            request = VerifyRequest(
                on=today,
                people=self.team,
                conclusion=conclusion,
                found=found,
                visited=there,
                result=scene if firm else None,
                enterprises={**known, **{e.id: e for e in there}},
                by=(self.clerk,),
            )
            return verify(cases, request, shelf.policy, today)

        return Deed(self.at, self.clerk, decide)

    def step(self, decide: Callable[[Complaint, StepRequest, Shelf], Change], id: str) -> Deed:
        """Any later step of one complaint."""
        request, by = self.day, (self.clerk,)

        def decided(shelf: Shelf) -> Change:
            case = shelf.filed(Complaint, id)
            firms = {e: shelf.enterprise(e) for e in case.about}
            return decide(case, StepRequest(on=request, by=by, enterprises=firms), shelf)

        return Deed(self.at, self.clerk, decided)

    def handed(self, id: str) -> Deed:
        """转办."""
        to, today = self.rng.choice(("生态环境所", "综合执法队")), self.day
        return self.step(lambda case, s, shelf: hand(case, to, s, shelf.policy, today), id)

    def linked(self, id: str, firm: str) -> Deed:
        """关联 with an enterprise on the list."""
        today = self.day
        return self.step(
            lambda case, s, shelf: link(case, [shelf.enterprise(firm)], s, shelf.policy, today), id
        )

    def answered(self, id: str, way: str, satisfied: bool | None) -> Deed:
        """答复."""
        today = self.day
        return self.step(
            lambda case, s, shelf: answer(
                case, way, "告知核查结论和处理情况", satisfied, s, shelf.policy, today
            ),
            id,
        )

    def closed(self, id: str, result: str, measure: str | None = None) -> Deed:
        """办结."""
        today = self.day
        return self.step(
            lambda case, s, shelf: close(case, result, measure, s, shelf.policy, today), id
        )

    def extended(self, id: str) -> Deed:
        """延期 by ten days, approved today."""
        today, approval = self.day, self.town.roster.approval(self.day)
        return self.step(
            lambda case, s, shelf: extend(
                case, None, 10, "须请专业机构到场，尚未约定", approval, s, shelf.policy, today
            ),
            id,
        )

    def reachable(self, id: str) -> bool:
        """Whether an answer can reach whoever complained."""
        return bool(self.shelf.filed(Complaint, id).received.contact)


def complaints(town: Town, shelf: Shelf, village: str, start: date) -> Course:
    """One after another, each its own way, up to the last days: what comes in then stays open."""
    office = Office(town, shelf, village, start)
    turn = town.roster.villages.index(village)
    office.wait(5, 35)
    while (town.today - office.day).days > 1:
        yield Pause(office.at)
        yield from _EPISODES[turn % len(_EPISODES)](office)
        turn += 1
        office.wait(18, 45)


def unsettled(town: Town, shelf: Shelf, start: date) -> Course:
    """The last two weeks: one that nobody has looked at in time, one true and not yet listed."""
    office = Office(town, shelf, town.roster.villages[0], max(start, town.start))
    yield office.receive("媒体", text="报纸反映路边加工点占道、扬尘")
    office.wait(2, 4)
    due = town.today + 6 * DAY
    id = _id((yield office.receive("来信来访", due=due, text="院落内夜间加工，大门常闭")))
    if _room(office, 1, 3):
        yield office.verify([id], "属实", "院内有切割设备和新鲜边角料，招牌、业主待查")


def _id(change: Change | None) -> str:
    assert change is not None
    return str(change.recorded["编号"])


def _room(office: Office, least: int, most: int) -> bool:
    """Some days later; False when the play is over by then."""
    office.wait(least, most)
    return office.day < office.town.today


def _untrue(office: Office) -> Episode:
    """The hotline; nothing was found; the caller was told and is satisfied."""
    id = _id((yield office.receive("12345热线")))
    if _room(office, 1, 3):
        yield office.verify([id], "不属实", "到场查看两次，院内停放农机，无生产设备")
        yield from _told(office, id, True)


def _partly(office: Office) -> Episode:
    """A telephone call about an enterprise on the list: true in part, put right on the spot."""
    id = _id((yield office.receive("群众来电")))
    if _room(office, 1, 4):
        if known := office.neighbour():
            yield office.linked(id, known[0].id)
            office.minutes(10, 20)
        yield office.verify([id], "部分属实", "废料露天堆放属实，未见生产")
        office.minutes(20, 60)
        yield office.handed(id)
        yield from _told(office, id, False, "责令当场清运露天堆放的废料")


def _unclear(office: Office) -> Episode:
    """A letter; nobody could say, the term was prolonged, the answer went by letter."""
    id = _id((yield office.receive("来信来访", due=office.day + 12 * DAY)))
    if _room(office, 2, 4):
        yield office.extended(id)
    if _room(office, 4, 8):
        yield office.verify([id], "无法核实", "三次到场均未见生产，气味来源不能确定")
        yield from _told(office, id, None)


def _nowhere(office: Office) -> Episode:
    """From the network: no such place."""
    id = _id((yield office.receive("网络/微信")))
    if _room(office, 1, 5):
        yield office.verify([id], "查无此处", "所述地点为农田，走访周边，查无此处")
        yield from _told(office, id, None)


def _from_above(office: Office) -> Episode:
    """Handed down with a day on the sheet, and told to the hotline as well: one visit for both."""
    known = office.neighbour()
    about = (known[0].id,) if known else ()
    due = office.day + 9 * DAY
    first = _id((yield office.receive(ASSIGNED, due=due, about=about, handler="环保办")))
    office.minutes(30, 90)
    again = _id((yield office.receive("12345热线", first=first)))
    if _room(office, 1, 3):
        found = "厂房内设备未拆除，已断动力电"
        yield office.verify([first, again], "属实", found, about[0] if about else "")
        office.minutes(20, 60)
        yield office.answered(first, "回复交办单位", None)
        yield from _told(office, again, True, "纳入重点巡查，督促按期拆除")
        office.minutes(10, 30)
        yield office.closed(first, "已核查处理", "纳入重点巡查，督促按期拆除")


def _late(office: Office) -> Episode:
    """In the paper; settled, but after its term."""
    id = _id((yield office.receive("媒体")))
    if _room(office, 1, 2):
        yield office.verify([id], "部分属实", "路面遗撒属实，已清扫；未见违法生产")
    if _room(office, 14, 22):
        yield office.closed(id, "已整改", "清扫路面，督促运输车辆苫盖")


def _told(office: Office, id: str, satisfied: bool | None, measure: str | None = None) -> Episode:
    """答复 where somebody can be reached, then 办结."""
    if not _room(office, 0, 2):
        return
    if office.reachable(id):
        yield office.answered(id, "书面" if satisfied is None else "电话", satisfied)
        office.minutes(10, 40)
    yield office.closed(id, "已核查，已答复" if office.reachable(id) else "已核查", measure)


_EPISODES: tuple[Callable[[Office], Episode], ...] = (
    _untrue, _partly, _unclear, _from_above, _nowhere, _late
)  # fmt: skip
