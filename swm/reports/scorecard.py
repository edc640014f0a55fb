"""The scoring of all villages for one period, computed from the facts of one commit (方案六4).

A frozen value, whatever shows it. Points are whole tenths while they are reckoned; the result is
made of the records that an announcement keeps, so that both can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from swm.domain.periods import MONTH, Period
from swm.domain.points import share, shown, tenths
from swm.domain.policy import Policy
from swm.domain.scorerecords import Deducted, ItemScore, VillageScore
from swm.domain.scoring import (
    DEDUCT,
    HAND,
    QUOTA,
    RATE,
    TAKES_PART,
    ZERO_POINTS,
    Bonus,
    Scheme,
    ScoreItem,
    Veto,
)
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports import figures
from swm.reports.answers import Answers
from swm.reports.values import Entry, Rate

MANY = 20
"""How many records an item names at most; the others are counted."""
PRESENT = ("底数", "厂房")
"""A village with neither has nothing to be scored by."""


class Entered(NamedTuple):
    """What was entered by hand."""

    id: str
    number: int
    village: str
    item: str
    points: int | None
    reason: str


@frozen
class Scorecard:
    """Every village's result, by rank; those that do not take part come last."""

    period: Period
    scheme: Scheme
    commit: str
    results: tuple[VillageScore, ...]
    notices: tuple[str, ...]

    @property
    def grades(self) -> dict[str, int]:
        """How many villages there are of each grade, from high to low, zeros included."""
        earned = [result.grade for result in self.results]
        return {grade.name: earned.count(grade.name) for grade in self.scheme.grades}

    def of(self, village: str) -> VillageScore | None:
        """One village's result."""
        return next((r for r in self.results if r.village == village), None)


def scorecard(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    scheme: Scheme,
    period: Period,
    today: date,
) -> Scorecard:
    """The result as of the facts' commit. Before the period is over it stands as of `today`, and
    what is reckoned month by month counts the months that have passed."""
    evidence = _Evidence(facts, settings, policy, scheme, period, today)
    scored = [_scored(evidence, village) for village in settings.village_names(evidence.over.end)]
    return Scorecard(
        period=period,
        scheme=scheme,
        commit=facts.commit,
        results=_ranked(scored, scheme),
        notices=(*evidence.notices, *evidence.left_out(scored)),
    )


class _Evidence:
    """The records behind every figure of the scheme, by village, and the entries by hand."""

    def __init__(
        self,
        facts: Answers,
        settings: Settings,
        policy: Policy,
        scheme: Scheme,
        period: Period,
        today: date,
    ) -> None:
        self.scheme, self.period = scheme, period
        self.over = period if today > period.end else Period.range(period.start, today)
        self.months = [month for month in _months(period) if month.end < today]
        self._known = figures.figures(policy)
        self._facts, self._policy = facts, policy
        self._found: dict[tuple[str, bool], dict[str, list[Entry]]] = {}
        self._gather({*PRESENT, *(name for name, monthly in self._asked() if not monthly)}, False)
        self._gather({name for name, monthly in self._asked() if monthly}, True)
        self.entries: dict[tuple[str, str], list[Entered]] = defaultdict(list)
        strange: list[str] = []
        roster = set(settings.village_names(self.over.end))
        for entry in _entries(facts, period):
            village = settings.village_at(entry.village, self.over.end)
            if village not in roster or entry.item not in scheme.by_hand:
                strange.append(f"{entry.id} 第{entry.number}条（{entry.village}，{entry.item}）")
            self.entries[village, entry.item].append(entry)
        self.notices = (*self._unknown(), *self._strange(strange))

    def _asked(self) -> Iterable[tuple[str, bool]]:
        for item in self.scheme.items:
            for name in (item.figure, item.whole):
                if name:
                    yield name, item.monthly
        others: tuple[Bonus | Veto, ...] = (*self.scheme.bonuses, *self.scheme.vetoes)
        for row in others:
            if row.figure:
                yield row.figure, False

    def _gather(self, names: set[str], monthly: bool) -> None:
        asked = [self._known[name] for name in sorted(names) if name in self._known]
        wholes = [self._known[d.name] for d in asked]
        periods = self.months if monthly else [self.over]
        for definition in asked:
            self._found[definition.name, monthly] = defaultdict(list)
        for period in periods if asked else ():
            rows = figures.gather(self._facts, wholes, period, self._policy)
            for definition in asked:
                for row in rows[definition.name]:
                    entry = figures.as_entry(row)
                    if monthly and self.period.kind != MONTH:
                        entry = entry._replace(note=f"{period.label}，{entry.note}".rstrip("，"))
                    self._found[definition.name, monthly][entry.village].append(entry)

    def of(self, figure: str, village: str, monthly: bool = False) -> list[Entry]:
        """The village's records behind a figure."""
        return self._found[figure, monthly].get(village, [])

    def knows(self, *names: str | None) -> bool:
        """Whether the program has these figures."""
        return all(name in self._known for name in names if name)

    def _unknown(self) -> list[str]:
        return [
            f"“{row.name}”未计：本程序没有数字“{name}”，"
            + ("按满分" if isinstance(row, ScoreItem) else "不加分、不否决")
            for row in self.scheme.rows
            for name in (row.figure, getattr(row, "whole", None))
            if name and name not in self._known
        ]

    def left_out(self, scored: Sequence[VillageScore]) -> list[str]:
        """Entries for villages that do not take part: recorded, and of no effect."""
        away = {result.village for result in scored if not result.takes_part}
        entries = [
            e for (village, _), found in self.entries.items() if village in away for e in found
        ]
        if not entries:
            return []
        named = "、".join(f"{e.id} 第{e.number}条（{e.village}）" for e in entries)
        return [f"村不参评、没有计入的手工评分：{named}"]

    def _strange(self, strange: Sequence[str]) -> list[str]:
        if not strange:
            return []
        return [f"村或项目不在考核之内、没有计入的手工评分：{'、'.join(strange)}"]


def _months(period: Period) -> list[Period]:
    """The months of a quarter or a year, in order."""
    month = Period.month_of(period.end, period.cutoff)
    found = [month]
    while (month := month.previous()).start >= period.start:
        found.insert(0, month)
    return found


_ENTRIES = """
SELECT id, number, village, item, points, reason FROM score_entry WHERE period = :period
ORDER BY number
"""


def _entries(facts: Answers, period: Period) -> list[Entered]:
    return [Entered(*row) for row in facts.query(_ENTRIES, {"period": period.code})]


# --- one village ----------------------------------------------------------------------------------


def _scored(evidence: _Evidence, village: str) -> VillageScore:
    scheme = evidence.scheme
    present = any(evidence.of(name, village) for name in PRESENT)
    if not present and scheme.bare != TAKES_PART:
        return VillageScore(village=village)
    items = tuple(_item(evidence, village, item) for item in scheme.items)
    bonuses = tuple(_bonus(evidence, village, bonus) for bonus in scheme.bonuses)
    total = sum(tenths(each.points) for each in (*items, *bonuses))
    vetoes = [veto for veto in scheme.vetoes if _vetoed(evidence, village, veto)]
    grade = scheme.grade(total)
    for veto in vetoes:
        if veto.outcome == ZERO_POINTS:
            total, grade = 0, scheme.grades[-1].name
        else:
            grade = scheme.lower(grade, veto.outcome)
    return VillageScore(
        village=village,
        points=shown(total),
        grade=grade,
        vetoes=tuple(_veto_told(evidence, village, veto) for veto in vetoes),
        items=(*items, *(b for b in bonuses if b.points != "0" or b.because)),
    )


def _item(evidence: _Evidence, village: str, item: ScoreItem) -> ItemScore:
    if not evidence.knows(item.figure, item.whole):
        return _result(item, tenths(item.points), f"没有数字“{item.figure}”，按满分")
    if item.way == HAND:
        return _by_hand(evidence, village, item)
    if item.way == RATE:
        return _by_rate(evidence, village, item)
    if item.way == QUOTA:
        return _by_quota(evidence, village, item)
    assert item.way == DEDUCT and item.figure and item.each
    found = evidence.of(item.figure, village, item.monthly)
    left, because = tenths(item.points), list[Deducted]()
    for entry in found:
        taken = min(tenths(item.each), left)
        if taken:
            because.append(_record(entry, -taken))
            left -= taken
    unit = "次" if item.monthly else _unit(item.figure)
    basis = f"{item.figure}{len(found)}{unit}" if found else None
    if found and len(because) < len(found):
        basis = f"{basis}，扣完为止"
    return _result(item, left, basis, because)


def _by_hand(evidence: _Evidence, village: str, item: ScoreItem) -> ItemScore:
    entries = [e for e in evidence.entries[village, item.name] if e.points is not None]
    full = tenths(item.points)
    points = full + sum(e.points or 0 for e in entries)
    return _result(item, max(0, min(full, points)), None, [_entry(e) for e in entries])


def _by_rate(evidence: _Evidence, village: str, item: ScoreItem) -> ItemScore:
    assert item.figure and item.whole
    whole = evidence.of(item.whole, village, item.monthly)
    done = {entry.id for entry in evidence.of(item.figure, village, item.monthly)}
    part, full = sum(entry.id in done for entry in whole), tenths(item.points)
    rate = Rate(part, len(whole))
    told = f"{item.figure}{part}，{item.whole}{len(whole)}"
    if not whole:
        return _result(item, full, f"{told}，按满分")
    points = share(full, part, len(whole))
    if item.bands:
        reached = [tenths(b.points) for b in item.bands if part * 100 >= b.least * len(whole)]
        points = max(reached, default=0)
    lacking = [_record(entry, None) for entry in whole if entry.id not in done]
    return _result(item, points, f"{told}，{rate.text}", lacking[:MANY])


def _by_quota(evidence: _Evidence, village: str, item: ScoreItem) -> ItemScore:
    assert item.figure and item.each and item.wanted is not None
    times = len(evidence.months) if item.monthly else 1
    found, wanted = evidence.of(item.figure, village, item.monthly), item.wanted * times
    short = max(0, wanted - len(found))
    points = max(0, tenths(item.points) - short * tenths(item.each))
    basis = f"{item.figure}{len(found)}，应有{wanted}" if short else None
    return _result(item, points, basis)


def _bonus(evidence: _Evidence, village: str, bonus: Bonus) -> ItemScore:
    most = tenths(bonus.most)
    if bonus.way == HAND:
        entries = [e for e in evidence.entries[village, bonus.name] if e.points is not None]
        points = sum(e.points or 0 for e in entries)
        return _result(bonus, max(0, min(most, points)), "加分", [_entry(e) for e in entries])
    assert bonus.figure and bonus.each
    found = evidence.of(bonus.figure, village) if evidence.knows(bonus.figure) else []
    left, because = most, list[Deducted]()
    for entry in found:
        given = min(tenths(bonus.each), left)
        if given:
            because.append(_record(entry, given))
            left -= given
    return _result(bonus, most - left, "加分", because)


def _vetoed(evidence: _Evidence, village: str, veto: Veto) -> bool:
    if veto.figure and veto.least:
        known = evidence.knows(veto.figure)
        return known and len(evidence.of(veto.figure, village)) >= veto.least
    return bool(evidence.entries[village, veto.name])


def _veto_told(evidence: _Evidence, village: str, veto: Veto) -> str:
    """瞒报虚报（零分；KH-2026-Q3 第2条）: what vetoes, to what, by which records."""
    if veto.figure:
        found = evidence.of(veto.figure, village)
        why = f"{veto.figure}{len(found)}{_unit(veto.figure)}"
    else:
        entries = evidence.entries[village, veto.name]
        why = "、".join(f"{e.id} 第{e.number}条" for e in entries)
    return f"{veto.name}（{veto.outcome}；{why}）"


def _result(
    item: ScoreItem | Bonus, points: int, basis: str | None, because: Sequence[Deducted] = ()
) -> ItemScore:
    most = item.points if isinstance(item, ScoreItem) else item.most
    return ItemScore(
        item=item.name, points=shown(points), most=most, basis=basis, because=tuple(because)
    )


def _record(entry: Entry, points: int | None) -> Deducted:
    return Deducted(
        id=entry.id,
        number=entry.number,
        name=entry.name if entry.name != entry.id else None,
        points=None if points is None else shown(points),
        why=entry.note or None,
    )


def _entry(entry: Entered) -> Deducted:
    assert entry.points is not None
    return Deducted(id=entry.id, number=entry.number, points=shown(entry.points), why=entry.reason)


def _unit(figure: str) -> str:
    whole = figures.FIGURES.get(figure)
    return whole.unit if whole else ""


# --- all villages ---------------------------------------------------------------------------------


def _ranked(scored: Sequence[VillageScore], scheme: Scheme) -> tuple[VillageScore, ...]:
    """By grade, then points: a veto that lowers the grade lowers the rank. The same grade and
    points share a rank (并列), and the next one counts on."""
    names = [grade.name for grade in scheme.grades]
    takes_part = [r for r in scored if r.points is not None]
    keys = {r.village: (names.index(r.grade or ""), -tenths(r.points or "0")) for r in takes_part}
    ordered = sorted(takes_part, key=lambda r: keys[r.village])
    ranked = [
        replace(r, rank=1 + sum(other < keys[r.village] for other in keys.values()))
        for r in ordered
    ]
    return (*ranked, *(r for r in scored if not r.takes_part))
