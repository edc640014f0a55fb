"""处置 of the production that was found, 移送 to those who can punish it, and what comes back."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, timedelta

from swm.domain.disposals import DisposeRequest, dispose, finish
from swm.domain.edits import Change
from swm.domain.transfers import ReplyRequest, TransferRequest, reply, transfer
from swm.sample.deeds import Course, Deed, Pause, Shelf
from swm.sample.rounds import Round
from swm.sample.town import Town

MEASURES = (
    "当场停机，封存配电箱，约谈经营者",
    "控制现场作业人员，移交派出所和综合执法队处理",
    "当场停机，经营者书面承诺拆除设备",
)
AUTHORITIES = (
    ("宁河区生态环境局", "涉嫌未取得排污许可证从事生产"),
    ("宁河区市场监督管理局", "涉嫌无照经营"),
    ("宁河区应急管理局", "涉嫌存在重大安全隐患"),
)
ANSWERS = ("已立案查处", "已责令改正并复查", "经核查已停产，不予立案")
_FORGOTTEN, _FORGOTTEN_DAYS = 2, 36
"""Which of every six is forgotten and for how long: a month ends meanwhile, its term long over."""
_LEFT_OPEN = 16
"""Days before the end from which on some of it is still to be done."""
Later = tuple[date, int, str, Callable[[str], Deed]]
"""When something follows, in which order, about whom, and the deed."""


class Handling(Round):
    """The clock of the clerk who sees to it that what was found is dealt with."""

    def __init__(self, town: Town, shelf: Shelf, start: date) -> None:
        super().__init__(town, shelf, start, "handling")
        self.later: list[Later] = []
        self.count = 0

    def decided(self, decide: Callable[[Shelf], Change]) -> Deed:
        """A deed of this moment."""
        self.minutes(*self.steps)
        return Deed(self.at, self.clerk, decide)

    def follow(self, days: int, id: str, deed: Callable[[str], Deed]) -> None:
        """Remember what has to be entered so many days from now."""
        self.count += 1
        heapq.heappush(self.later, (self.day + timedelta(days=days), self.count, id, deed))

    @property
    def ending(self) -> bool:
        """Whether the play ends before everything can be finished."""
        return (self.today - self.day).days <= _LEFT_OPEN

    def disposed(self, id: str, number: int, place: int) -> Deed:
        """处置 of what that visit found; some at once done, most within some days."""
        at_once = place % 3 == 1
        day = self.day
        request = DisposeRequest(
            measure=MEASURES[place % len(MEASURES)],
            on=day,
            of=number,
            by=self.town.roster.team(self.shelf.enterprise(id).village, 2, self.rng),
            days=None if at_once else 5,
            done_on=day if at_once else None,
        )
        return self.decided(lambda shelf: dispose(shelf.enterprise(id), request, shelf.policy, day))

    def finished(self, number: int) -> Callable[[str], Deed]:
        """处置完成, some days later."""

        def deed(id: str) -> Deed:
            day, by = self.day, (self.clerk,)
            return self.decided(
                lambda shelf: finish(shelf.enterprise(id), number, day, by, None, shelf.policy, day)
            )

        return deed

    def transferred(self, id: str, place: int) -> Deed:
        """移送, every second by a numbered letter."""
        to, matter = AUTHORITIES[place % len(AUTHORITIES)]
        day = self.day
        letter = f"俵函〔{day.year}〕{place + 1}号" if place % 2 == 0 else None
        request = TransferRequest(to=to, matter=matter, on=day, letter=letter, by=(self.clerk,))
        return self.decided(
            lambda shelf: transfer(shelf.enterprise(id), request, shelf.policy, shelf.settings, day)
        )

    def replied(self, number: int, answer: str | None) -> Callable[[str], Deed]:
        """签收, or the answer."""

        def deed(id: str) -> Deed:
            day = self.day
            request = ReplyRequest(number=number, on=day, answer=answer, by=(self.clerk,))
            return self.decided(
                lambda shelf: reply(shelf.enterprise(id), request, shelf.policy, day)
            )

        return deed


def handling(town: Town, shelf: Shelf, start: date) -> Course:
    """Every other day: what was found since is dealt with, and what has fallen due is entered."""
    hours = Handling(town, shelf, start)
    hours.wait(2, 3)
    place = 0
    while True:
        yield Pause(hours.at)
        while town.unlawful:
            id, number = town.unlawful.pop(0)
            place += 1
            if hours.ending and place % 4 == 0:
                continue  # nobody has got round to it: the desk says so
            done = number_of((yield hours.disposed(id, number, place)))
            if place % 3 != 1 and not (hours.ending and place % 2):
                days = _FORGOTTEN_DAYS if place % 6 == _FORGOTTEN else 4
                hours.follow(days, id, hours.finished(done))
            if place % 4:
                yield from _handed_over(hours, id, place)
        while hours.later and hours.later[0][0] <= hours.day:
            _, _, id, deed = heapq.heappop(hours.later)
            yield deed(id)
        hours.wait(1, 2)


def _handed_over(hours: Handling, id: str, place: int) -> Course:
    """移送; most are signed for and answered, every third is never answered."""
    number = number_of((yield hours.transferred(id, place)))
    hours.follow(4, id, hours.replied(number, None))
    if place % 3 != 2:
        hours.follow(11, id, hours.replied(number, ANSWERS[place % len(ANSWERS)]))


def number_of(change: Change | None) -> int:
    """The number of the record that a deed added."""
    number = change.recorded["序号"] if change else 0
    assert isinstance(number, int)
    return number
