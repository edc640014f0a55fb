"""村级考核: entering points by hand, announcing a result (方案六4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from swm.domain import fields
from swm.domain.edits import Change, Edit
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown, opened
from swm.domain.kinds import path_of
from swm.domain.periods import MONTH, QUARTER, YEAR, Period
from swm.domain.points import shown, signed, tenths
from swm.domain.policy import Policy
from swm.domain.profiles import nearest, unknown_village
from swm.domain.records import Approval, Record
from swm.domain.scorerecords import Announced, Entered, Score, VillageScore, score_id
from swm.domain.scoring import Scheme
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import declared

CLAUSE = "方案六4"
KINDS = (MONTH, QUARTER, YEAR)


@declared
class EnterRequest:
    """Points for one village and item, in tenths; None for a veto."""

    period: Period
    village: str
    item: str
    points: int | None
    reason: str
    on: date
    by: tuple[str, ...] = ()
    approval: Approval | None = None


def enter(
    existing: Score | None,
    request: EnterRequest,
    scheme: Scheme,
    policy: Policy,
    settings: Settings,
    today: date,
) -> Change:
    """评分. Raises `Refused` for what is not scored by hand, or no village, with all of it."""
    refuse_future(request.on, today)
    wrong = [
        *_wrong_period(request.period, today),
        *_wrong_village(request, settings),
        *_wrong_item(request, scheme),
    ]
    if not request.reason:
        wrong.append(Missing("加减分的原因", CLAUSE, "--why 原因"))
    if wrong:
        raise Refused("评分还不能登记", wrong)
    record = Entered(
        number=existing.next_number if existing else 1,
        type="评分",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        village=request.village,
        item=request.item,
        points=None if request.points is None else shown(request.points),
        reason=request.reason,
        approval=request.approval,
    )
    told = "一票否决" if request.points is None else f"{signed(request.points)}分"
    id = score_id(request.period.code)
    notes = []
    if existing and existing.announcements:
        code = request.period.code
        notes.append(
            f"{request.period.title}的结果已经公布，这一条作为公布后的变化；"
            f"要更正公布的结果：swm score {code} --announce --by 公布人 --approver 批准人 --why 原因"
        )
    return Change(
        verb="score enter",
        subject=f"评分 {id} {request.village} {request.item}：{told}（第{record.number}条）",
        files={path_of(id): _edits(existing, id, record, policy, today, "评分还不能登记")},
        body=(f"发生：{request.on}", f"录入：{today}", f"依据：{CLAUSE}"),
        notes=tuple(notes),
        recorded={"编号": id, "序号": record.number},
    )


def _wrong_period(period: Period, today: date) -> Iterator[Missing]:
    if period.kind not in KINDS:
        text = f"{period.title}不是月、季度或年，不作考核"
        yield Missing(text, CLAUSE, "期间写作 2026-10、2026-Q3 或 2026")
    elif period.start > today:
        yield Missing(f"{period.title}还没有开始", CLAUSE, "核对期间")


def _wrong_village(request: EnterRequest, settings: Settings) -> Iterator[Missing]:
    """A village that was merged within the period may still be named as it was."""
    days = (request.period.end, request.period.start)
    problems = [list(unknown_village(request.village, settings, day)) for day in days]
    if all(problems):
        yield from problems[0]


def _wrong_item(request: EnterRequest, scheme: Scheme) -> Iterator[Missing]:
    name, points = request.item, request.points
    vetoes = {v.name for v in scheme.vetoes}
    if name in scheme.computed:
        figure = scheme.computed[name]
        text = f"“{name}”由数字“{figure}”计算，不能手工加减"
        command = f"数字有误的，更正它的记录：swm figure {figure} --village {request.village}"
        yield Missing(text, CLAUSE, command)
    elif name not in scheme.by_hand:
        known = "、".join(nearest(name, scheme.by_hand)) or "没有手工评分的项目"
        yield Missing(f"考核办法里没有“{name}”", CLAUSE, f"可用：{known}")
    elif name in vetoes and points is not None:
        yield Missing(f"“{name}”是一票否决，不写分值", CLAUSE, "去掉 --points")
    elif name not in vetoes:
        yield from _wrong_points(request, scheme)


def _wrong_points(request: EnterRequest, scheme: Scheme) -> Iterator[Missing]:
    most = {i.name: i.points for i in scheme.items} | {b.name: b.most for b in scheme.bonuses}
    limit, points = most[request.item], request.points
    if not points:
        yield Missing("加几分或扣几分", CLAUSE, "--points -2 或 --points +1")
    elif abs(points) > tenths(limit):
        text = f"“{request.item}”共 {limit} 分，{signed(points)} 分超出"
        yield Missing(text, CLAUSE, "核对 --points")


@declared
class AnnounceRequest:
    """The whole result as computed on the commit `version`."""

    period: Period
    version: str
    policy: str
    results: tuple[VillageScore, ...]
    grades: Mapping[str, int]
    notices: tuple[str, ...]
    by: tuple[str, ...]
    approval: Approval | None
    on: date
    reason: str | None = None


def announce(
    existing: Score | None, request: AnnounceRequest, policy: Policy, today: date
) -> Change:
    """公布: the first time, or 更正版 with its reason. Raises `Refused` with all that is missing."""
    refuse_future(request.on, today)
    earlier = existing.announcements if existing else ()
    wrong = [*_wrong_period(request.period, today), *_not_yet(request, earlier)]
    if wrong or request.approval is None:
        raise Refused("考核结果还不能公布", wrong)
    if earlier and same(earlier[-1].results, request.results):
        raise Refused(
            f"结果与{earlier[-1].on}公布的一致，不用更正",
            hint=f"核对：swm score check {request.period.code}",
        )
    record = Announced(
        number=existing.next_number if existing else 1,
        type="公布",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        edition=earlier[-1].edition + 1 if earlier else 1,
        version=request.version,
        policy=request.policy,
        ends=request.period.end,
        approval=request.approval,
        reason=request.reason,
        results=request.results,
        grades=dict(request.grades),
        notices=request.notices,
    )
    id = score_id(request.period.code)
    told = "" if record.edition == 1 else f"，{record.title}"
    return Change(
        verb="score announce",
        subject=f"公布 {id} {request.period.title}村级考核结果{told}（第{record.number}条）",
        files={path_of(id): _edits(existing, id, record, policy, today, "考核结果还不能公布")},
        body=(
            f"公布：{request.on}",
            f"录入：{today}",
            f"据以计算的台账版本：{request.version}",
            f"依据：{CLAUSE}",
        ),
        recorded={"编号": id, "序号": record.number, "据以计算": request.version},
    )


def _not_yet(request: AnnounceRequest, earlier: Sequence[Announced]) -> Iterator[Missing]:
    period = request.period
    if period.start <= request.on <= period.end:
        text = f"{period.title}还没有过完（到 {period.end}），结果会变"
        yield Missing(text, CLAUSE, f"{period.end} 以后再公布")
    if not any(result.takes_part for result in request.results):
        yield Missing("没有一个村参评", CLAUSE, "核对 swm.yaml 的村名册和考核办法")
    if not request.by:
        yield Missing("由谁公布", CLAUSE, "--by 公布人")
    if request.approval is None:
        yield Missing("由谁批准公布", CLAUSE, "--approver 批准人")
    if earlier and not request.reason:
        text = f"{earlier[-1].on} 已经公布过（{earlier[-1].title}），更正要说明原因"
        yield Missing(text, CLAUSE, "--why 原因")


def same(one: Sequence[VillageScore], other: Sequence[VillageScore]) -> bool:
    """Whether two results are the same, to the record."""
    return not differences(one, other)


def differences(one: Sequence[VillageScore], other: Sequence[VillageScore]) -> list[str]:
    """What differs between two results, village by village and item by item, in words."""
    before = {result.village: result for result in one}
    after = {result.village: result for result in other}
    told: list[str] = []
    for village in dict.fromkeys((*before, *after)):
        if village not in after:
            told.append(f"{village}：原来有，现在没有")
        elif village not in before:
            told.append(f"{village}：原来没有，现在有")
        elif before[village] != after[village]:
            told += _village_differences(before[village], after[village])
    return told


def _village_differences(one: VillageScore, other: VillageScore) -> Iterator[str]:
    head = one.village
    for row in fields.table(VillageScore):
        was, now = getattr(one, row.attribute), getattr(other, row.attribute)
        if row.attribute != "items" and was != now:
            yield f"{head} {row.key}：{_text(was)} → {_text(now)}"
    before = {item.item: item for item in one.items}
    after = {item.item: item for item in other.items}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield f"{head}“{name}”：{'原来没有' if was is None else '现在没有'}这一项"
        elif was.points != now.points:
            yield f"{head}“{name}”：{was.points}分 → {now.points}分"
        elif was != now:
            yield f"{head}“{name}”：得分相同，所凭的记录不同"


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    return "无" if value is None else str(value)


def _edits(
    existing: Score | None, id: str, record: Record, policy: Policy, today: date, what: str
) -> tuple[Edit, ...]:
    if existing is None:
        return opened(Score(id=id, records=(record,)), policy, today)
    return grown(existing, [record], policy, today, what)[1]
