"""厂房: places that can be let, and who owned and used them when (方案五1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from swm.domain import fields
from swm.domain.clearingcases import cases, last_cleared
from swm.domain.edits import Append, Change, Create, Edit, Set
from swm.domain.entries import refuse_future
from swm.domain.identifiers import doubt_phone
from swm.domain.letters import LET, in_force
from swm.domain.measures import misplaced, unmeasured
from swm.domain.profiles import next_id, unfit, unknown_firm, unknown_village
from swm.domain.records import Owner, Premises, Tenant
from swm.domain.settings import Settings, holds
from swm.errors import Missing, Refused
from swm.frozen import declared

PREFIX = "CF"
SUBLETTING = "二手房东"
"""Sublets beside the owner: a new one replaces an earlier 二手房东, not the owner."""
_DAY = timedelta(days=1)


@declared
class PremisesRequest:
    """What is known of premises when they enter the ledger. `tenant`: an enterprise's id or name."""

    village: str
    address: str
    landlord: str
    on: date
    phone: str | None = None
    area: str | None = None
    use: str = "出租"
    tenant: str | None = None
    owner_kind: str = "房东"
    position: str | None = None


def add(
    existing: Sequence[str],
    request: PremisesRequest,
    settings: Settings,
    today: date,
    *,
    firms: Collection[str] = (),
) -> Change:
    """A new 厂房, its id the next after the highest of `existing`; `firms` are the ids of all
    enterprises. Raises `Refused`.

    Since when the landlord owns it and the tenant uses it is left open: before the day of
    registration nobody wrote it down.
    """
    refuse_future(request.on, today)
    owner = Owner(name=request.landlord, kind=request.owner_kind, phone=request.phone or None)
    made = Premises(
        id=next_id(PREFIX, existing),
        village=request.village,
        address=request.address,
        position=request.position or None,
        area=request.area or None,
        use=request.use,
        registered=request.on,
        owners=(owner,),
        tenants=(Tenant(name=request.tenant),) if request.tenant else (),
    )
    village = unknown_village(request.village, settings, request.on)
    measured = (*misplaced(request.position), *unmeasured(request.area))
    tenant = unknown_firm(request.tenant, settings, firms)
    missing = dict.fromkeys((*village, *unfit(made), *unfit(owner), *measured, *tenant))
    if missing:
        raise Refused("厂房还不能登记", missing)
    return Change(
        verb="premises add",
        subject=f"厂房 {made.id} {made.address}（{made.village}）",
        files={made.path: (Create(value=fields.fragment(made)),)},
        body=(f"发生：{request.on}", f"录入：{today}", f"用途：{made.use}"),
        notes=tuple(_about_new(made)),
        recorded={"编号": made.id},
    )


def change_owner(
    premises: Premises,
    name: str,
    phone: str | None,
    since: date,
    kind: str,
    today: date,
    *,
    lessor: str | None = None,
) -> Change:
    """`name` owns (or, as 二手房东, sublets) the premises from the day `since` on.

    Whoever did so until now ends the day before; one who rents from a 二手房东 (`lessor`) comes in
    behind him. Raises `Refused`.
    """
    refuse_future(since, today)
    new = Owner(name=name, kind=kind, phone=phone or None, lessor=lessor or None, since=since)
    held = [
        (i, o)
        for i, o in enumerate(premises.owners)
        if o.until is None and _alike(o, new) and o.name != lessor
    ]
    if any((o.name, o.kind) == (name, kind) and phone in (None, o.phone) for _, o in held):
        raise Refused(f"{premises.id} 的{kind}本来就是{name}，没有变化")
    missing = [
        *unfit(new),
        *_overlaps(kind, [o.since for _, o in held], since),
        *_no_lessor(premises, new),
        *_signed_after(premises, [o for _, o in held], since - _DAY, name),
    ]
    if missing:
        raise Refused(f"{premises.id} 还不能这样变更{kind}", missing)
    closed = (Set(("房东", i, "至"), since - _DAY) for i, _ in held)
    sublet = [Set(("用途",), "转租")] if kind == SUBLETTING and premises.use == "出租" else []
    return Change(
        verb="premises owner",
        subject=f"{kind}变更 {premises.id} {premises.address}（{premises.village}）",
        files={premises.path: (*sublet, *closed, Append(("房东",), fields.fragment(new)))},
        body=(f"发生：{since}", f"录入：{today}"),
        notes=(*_about_phone(new), *_letters_doubtful(premises, since, name)),
        recorded={"编号": premises.id, "自": since},
    )


def end_subletting(premises: Premises, name: str | None, until: date, today: date) -> Change:
    """The 二手房东 (`name`, where there are several) lets no more after the day `until`."""
    refuse_future(until, today)
    held = [
        (i, o)
        for i, o in enumerate(premises.owners)
        if o.until is None and o.kind == SUBLETTING and name in (None, o.name)
    ]
    if not held:
        raise Refused(f"{premises.id} 现在没有这样的二手房东，没有变化")
    late = [o.since for _, o in held if o.since and o.since > until]
    if late:
        raise Refused(f"{premises.id} 的转租结束日期 {until} 早于开始的 {late[0]}")
    missing = list(_signed_after(premises, [o for _, o in held], until))
    if missing:
        raise Refused(f"{premises.id} 的转租还不能这样结束", missing)
    left = [o for o in premises.owners if o.until is None and o not in [o for _, o in held]]
    if not left:
        raise Refused(
            f"{premises.id} 除二手房东外没有登记房东",
            hint=f"先登记房东：swm premises owner {premises.id} --name 姓名",
        )
    direct = premises.use == "转租" and not any(o.kind == SUBLETTING for o in left)
    return Change(
        verb="premises owner",
        subject=f"转租结束 {premises.id} {premises.address}（{premises.village}）",
        files={
            premises.path: (
                *([Set(("用途",), "出租")] if direct else []),
                *(Set(("房东", i, "至"), until) for i, _ in held),
            )
        },
        body=(f"发生：{until}", f"录入：{today}"),
        recorded={"编号": premises.id, "至": until},
    )


def change_tenant(
    premises: Premises,
    name: str | None,
    on: date,
    today: date,
    *,
    beside: bool = False,
    admitted: Collection[str] = (),
    called: str | None = None,
    against: Iterable[Missing] = (),
) -> Change:
    """`name` (an enterprise's id or a name) uses the premises from the day `on` on; with None
    everybody has left, `on` being the last day.

    Whoever used them until now ends the day before, unless the new one comes in `beside`.
    用途 follows: let again, or empty for rent. `admitted` are the names that were admitted to these
    premises, `called` is the name of the enterprise with the id `name`: once a tenant was cleared
    out, only who was admitted comes in, with a new letter. `against` is what the rest of the ledger
    has against `name`. Raises `Refused`.
    """
    refuse_future(on, today)
    rows = [(i, t) for i, t in enumerate(premises.tenants) if t.until is None]
    if name is None:
        return _vacated(premises, rows, on, today)
    new = Tenant(name=name, since=on)
    if any(t.name == name for _, t in rows):
        raise Refused(f"{premises.id} 的承租人本来就是{name}，没有变化")
    leaving = [] if beside else rows
    missing = [
        *unfit(new),
        *against,
        *_overlaps("承租人", [t.since for _, t in leaving], on),
        *_barred(premises, new, on, {name, called or name} & set(admitted)),
    ]
    if missing:
        raise Refused(f"{premises.id} 还不能这样变更承租人", missing)
    closed = (Set(("承租", i, "至"), on - _DAY) for i, _ in leaving)
    added = _listed(premises, new)
    return Change(
        verb="premises tenant",
        subject=f"承租变更 {premises.id} {premises.address}（{premises.village}）",
        files={premises.path: (*_use(premises, _let(premises, on)), *closed, added)},
        body=(f"发生：{on}", f"录入：{today}"),
        notes=tuple(_letters_doubtful(premises, on, None, name)),
        recorded={"编号": premises.id, "自": on},
    )


def _vacated(
    premises: Premises, rows: list[tuple[int, Tenant]], until: date, today: date
) -> Change:
    if not rows:
        raise Refused(f"{premises.id} 现在没有承租人，没有变化")
    late = [t.since for _, t in rows if t.since and t.since > until]
    if late:
        raise Refused(f"{premises.id} 的退租日期 {until} 早于承租开始的 {late[0]}")
    closed = (Set(("承租", i, "至"), until) for i, _ in rows)
    return Change(
        verb="premises tenant",
        subject=f"退租 {premises.id} {premises.address}（{premises.village}）",
        files={premises.path: (*_use(premises, "空置待租"), *closed)},
        body=(f"发生：{until}", f"录入：{today}"),
        notes=("空置待租的厂房仍应签订保证书（方案五1）",),
        recorded={"编号": premises.id, "至": until},
    )


# --- the edits ----------------------------------------------------------------------------------


def _listed(premises: Premises, tenant: Tenant) -> Edit:
    if premises.tenants:
        return Append(("承租",), fields.fragment(tenant))
    return Set(("承租",), [fields.fragment(tenant)], before="保证书")


def _let(premises: Premises, on: date) -> str:
    """出租, or 转租 where somebody sublets on that day and the place stood empty."""
    sublet = any(o.kind == SUBLETTING and holds(o, on) for o in premises.owners)
    return "转租" if sublet and premises.use == "空置待租" else "出租"


def _use(premises: Premises, use: str) -> Iterator[Edit]:
    """用途 after the change: a sublet place stays sublet while it is let."""
    stays = premises.use == use or (use == "出租" and premises.use == "转租")
    if not stays:
        yield Set(("用途",), use)


def _alike(one: Owner, other: Owner) -> bool:
    return (one.kind == SUBLETTING) == (other.kind == SUBLETTING)


def _overlaps(what: str, begun: list[date | None], since: date) -> Iterator[Missing]:
    for day in begun:
        if day is not None and day >= since:
            text = f"现{what}自 {day} 起，新的{what}应从其后开始（本次为 {since}）"
            yield Missing(text, "方案五1", f"--from 应晚于 {day}")


def _signed_after(
    premises: Premises, gone: Sequence[Owner], last: date, successor: str | None = None
) -> Iterator[Missing]:
    """Letters in force that those who have gone would have signed after their last day."""
    names = {o.name for o in gone} - {successor}
    for letter in premises.letters:
        if letter.landlord in names and letter.on > last and letter.voided_on is None:
            text = f"{letter.number} 由{letter.landlord}于 {letter.on} 签订，那时已不是房东"
            command = f"swm letter void {letter.number} --why 签订人已不是房东"
            yield Missing(f"{text}；日期无误的，先作废这份保证书", "方案五1", command)


def _no_lessor(premises: Premises, new: Owner) -> Iterator[Missing]:
    """Who sublets rents from somebody who lets these premises on that day."""
    if new.lessor is None:
        return
    if new.kind != SUBLETTING:
        yield Missing(f"{new.kind}没有出租方", "方案五1", "--lessor 只用于 --kind 二手房东")
    letting = [o.name for o in premises.owners if new.since and holds(o, new.since)]
    if new.lessor not in letting:
        text = f"{new.lessor}在 {new.since} 不是 {premises.id} 的房东或二手房东"
        known = "、".join(letting) or "没有记载"
        yield Missing(text, "方案五1", f"--lessor 写其中一位：{known}")


def _barred(premises: Premises, new: Tenant, on: date, admitted: set[str]) -> Iterator[Missing]:
    """What a new tenant lacks in premises from which one is being, or was, cleared out."""
    for case in cases(premises):
        if case.cleared is None and case.notice.on <= on:
            text = f"{case.notice.on} 已告知停租，{case.tenant}还没有清退，不得再出租"
            command = f"swm premises clear {premises.id} --tenant {case.tenant} --on 日期"
            yield Missing(text, "方案五1", command)
    last = last_cleared(premises, on)
    if last is None or last.cleared is None:
        return
    since = last.cleared.on
    if not admitted:
        text = f"{since} 清退过{last.tenant}，新承租人{new.name}要先经准入"
        command = (
            f"swm admit --kind 出租 --premises {premises.id} "
            f"--name {new.name} --village {premises.village}"
        )
        yield Missing(text, "方案五1", command)
    moved_in = replace(premises, tenants=(*premises.tenants, new))
    if not any(x.on >= since and in_force(x, moved_in, on) for x in premises.letters):
        owner = next((o.name for o in premises.owners if holds(o, on)), "房东姓名")
        text = f"清退以后为新承租人{new.name}签订的保证书"
        command = (
            f"swm letter add --premises {premises.id} --landlord {owner} "
            f"--tenant {new.name} --on 日期"
        )
        yield Missing(text, "方案五1", command)


# --- what is told -------------------------------------------------------------------------------


def _about_new(made: Premises) -> Iterator[str]:
    yield from _about_phone(made.owners[0])
    if made.use in LET:
        yield (
            f"应签保证书（方案五1）：swm letter add --premises {made.id} "
            f"--landlord {made.owners[0].name} --on 日期"
        )


def _about_phone(owner: Owner) -> Iterator[str]:
    if owner.phone and (why := doubt_phone(owner.phone)):
        yield f"提醒：电话存疑：{why}，已照录"


def _letters_doubtful(
    premises: Premises, on: date, landlord: str | None, tenant: str | None = None
) -> Iterator[str]:
    """Letters signed before the change are 存疑 from that day on."""
    before = on - _DAY
    bound = [letter for letter in premises.letters if in_force(letter, premises, before)]
    owners = [o.name for o in premises.owners if holds(o, on)]
    for letter in bound:
        if landlord is None and letter.tenant and letter.tenant == tenant:
            continue
        still = letter.landlord if letter.landlord in owners else None
        signer = landlord or still or (owners[0] if owners else "某某")
        yield (
            f"{letter.number} 签订在先，自 {on} 起存疑，应重新签订：swm letter add "
            f"--premises {premises.id} --landlord {signer} --on 日期"
        )
