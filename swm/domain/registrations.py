"""登记 of an enterprise: a new file, what it starts as, and what the clerk is warned of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from swm.domain import fields
from swm.domain.cautions import cautions
from swm.domain.edits import Change, Create
from swm.domain.entries import entered, late, refuse_future
from swm.domain.fold import LISTED, SUSPECT, fold, last
from swm.domain.likeness import Known
from swm.domain.measures import misplaced
from swm.domain.policy import Policy
from swm.domain.profiles import next_id, unfit, unknown_premises, unknown_village
from swm.domain.records import Enterprise, Record, Registration, Remediation
from swm.domain.settings import Settings
from swm.errors import Missing, Refused
from swm.frozen import declared


@declared
class RegisterRequest:
    """What is known of an enterprise when it enters the ledger."""

    name: str
    village: str
    on: date
    source: str = "巡查发现"
    category: str | None = None
    operator: str | None = None
    phone: str | None = None
    address: str | None = None
    uscc: str | None = None
    unlicensed: bool = False
    industry: str | None = None
    product: str | None = None
    traits: tuple[str, ...] = ()
    premises: str | None = None
    position: str | None = None
    grid: str | None = None
    reborn_of: str | None = None
    """Whose cleared site it stands on (原址再生)."""
    moved_from: str | None = None
    """Which enterprise of the same operator it was elsewhere (异地转移)."""
    found_on: date | None = None
    complaint: str | None = None
    """The 举报 or 交办 that led to it, by its id."""
    by: tuple[str, ...] = ()
    note: str | None = None


def register(
    existing: Sequence[Known],
    request: RegisterRequest,
    policy: Policy,
    settings: Settings,
    today: date,
    *,
    premises: Collection[str] = (),
    given: Collection[str] = (),
) -> Change:
    """登记 (方案五2): a new file, its id the next after the highest of `existing` and `given`.

    `premises` are the ids of all 厂房, `given` all ids that were ever given. Raises `Refused` with everything that is wrong.
    """
    refuse_future(request.on, today)
    registration = Registration(
        number=1,
        type="登记",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        source=request.source,
        category=request.category,
        found_on=request.found_on,
        complaint=request.complaint,
        reborn_of=request.reborn_of or None,
        moved_from=request.moved_from or None,
        note=request.note,
    )
    missing = [
        *impossible(request, policy, settings, premises),
        *_found_late(request),
        *_unknown_kin(request, existing, policy),
    ]
    ids = (*given, *(known.id for known in existing))
    new = made(ids, request, registration, policy, settings, missing)
    return Change(
        verb="add",
        subject=f"登记 {new.id} {new.name}（{new.village}）",
        files={new.path: (Create(value=fields.fragment(new)),)},
        body=(*body(request, today), "依据：方案五2"),
        notes=(
            *_next_steps(new, registration, policy),
            *cautions(new, existing, policy, settings),
        ),
        recorded={"编号": new.id, "序号": 1, "状态": new.remediation.state},
    )


# --- the new file -----------------------------------------------------------------------------


def made(
    given: Collection[str],
    request: RegisterRequest,
    record: Record,
    policy: Policy,
    settings: Settings,
    missing: Iterable[Missing],
) -> Enterprise:
    """The enterprise with its first `record`, its id the next after those `given`; raises
    `Refused` if anything is `missing`."""
    profile = Enterprise(
        id=next_id(settings.prefix, given),
        name=request.name,
        licence="无照" if request.unlicensed else None,
        uscc=request.uscc or None,
        operator=request.operator or None,
        phone=request.phone or None,
        village=request.village,
        grid=request.grid or None,
        address=request.address or None,
        position=request.position or None,
        premises=request.premises or None,
        industry=request.industry or None,
        product=request.product or None,
        traits=tuple(dict.fromkeys(request.traits)),
        source=request.source,
        remediation=Remediation(state=SUSPECT),
        records=(record,),
    )
    told = dict.fromkeys((*unfit(profile), *missing))
    if told:
        raise Refused("企业还不能登记", told)
    standing = last(fold(profile.records, policy))
    return replace(profile, remediation=standing.remediation())


# --- what makes it impossible -----------------------------------------------------------------


def impossible(
    request: RegisterRequest, policy: Policy, settings: Settings, premises: Collection[str]
) -> Iterator[Missing]:
    """Villages, premises and categories that are not there, and a licence both had and lacking."""
    yield from unknown_village(request.village, settings, request.on)
    yield from unknown_premises(request.premises or None, premises)
    yield from misplaced(request.position)
    names = [c.name for c in policy.workflow.categories]
    if request.category and request.category not in names:
        choice = "加上 --category " + "/".join(names)
        yield Missing(f"没有“{request.category}”这个类别", "方案三", choice)
    if request.uscc and request.unlicensed:
        text = "既有统一社会信用代码，又说无照"
        yield Missing(text, "方案三（一）3", "--uscc 和 --unlicensed 只用一个")


def _found_late(request: RegisterRequest) -> Iterator[Missing]:
    if request.found_on and request.found_on > request.on:
        text = f"发现日期 {request.found_on} 晚于登记日期 {request.on}"
        yield Missing(text, "", "核对 --found-on 和 --on")


def _unknown_kin(
    request: RegisterRequest, existing: Sequence[Known], policy: Policy
) -> Iterator[Missing]:
    states = {known.id: known.state for known in existing}
    for option, id in (("--reborn-of", request.reborn_of), ("--moved-from", request.moved_from)):
        if id and id not in states:
            yield Missing(f"没有编号为 {id} 的企业", "方案五1", f"{option} 写在册企业的编号")
    old = request.reborn_of
    if old and old in states and not policy.state(states[old]).delisted:
        text = f"{old} 现在是{states[old]}，没有销号，不是原址再生"
        yield Missing(text, "方案五1", f"去掉 --reborn-of；同一家的：swm show {old}")


# --- what is told -----------------------------------------------------------------------------


def body(request: RegisterRequest, today: date) -> tuple[str, ...]:
    """The commit's body; it names no citizen."""
    lines = [f"发生：{request.on}", f"录入：{today}", f"来源：{_quietly(request.source)}"]
    if request.category:
        lines.append(f"类别：{request.category}")
    if request.by:
        lines.append("经办：" + "、".join(request.by))
    return tuple(lines)


def _quietly(source: str) -> str:
    """A source as a commit's message says it: messages travel, and that somebody complained
    shall not."""
    return "交办事项" if source in ("群众举报", "上级交办") else source


def _next_steps(new: Enterprise, record: Record, policy: Policy) -> Iterator[str]:
    if late(record, policy):
        yield f"{new.id} 第1条按补录登记（{record.on} 的事）"
    state, category = new.remediation.state, new.remediation.category
    if state == SUSPECT:
        yield (
            f"登记为{SUSPECT}，由两人核查：swm inspect {new.id} --kind 核查 --by 甲,乙 "
            '--result 在产 --problem "所发现的问题"'
        )
        yield f"核查属实的：swm advance {new.id} 列入；不属实的：swm advance {new.id} 查否"
        return
    for row in policy.workflow.actions:
        if LISTED in row.sources and row.category == category and row.orders:
            yield f"登记为{state}，下达期限：swm advance {new.id} {row.name}"
