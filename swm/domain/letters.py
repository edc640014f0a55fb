"""保证书: what landlords promise in writing, how long it binds, and who still has to sign (方案五1).

A letter binds while its term runs, it is not void, and nothing has changed since it was signed:
with a new owner or tenant it becomes 存疑 until signed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from swm.domain import fields
from swm.domain.edits import Append, Change, Edit, Set
from swm.domain.entries import entered, refuse_future
from swm.domain.policy import LetterUse, Policy
from swm.domain.profiles import next_id, unfit
from swm.domain.records import Letter, Owner, Premises
from swm.domain.settings import holds
from swm.errors import Missing, NotFound, Refused
from swm.frozen import declared

LET = ("出租", "转租", "空置待租")
"""Uses for which the landlord has to sign: rented, sublet, or empty for rent."""
TERM_RULE = "保证书有效期"
ORDINARY = "厂房出租保证书"
"""The kind that is signed where the policy says nothing of who signs what."""


@declared
class LetterRequest:
    """One paper, signed by one landlord for one or several premises. `scan` is a SHA-256."""

    premises: Sequence[Premises]
    landlord: str
    on: date
    until: date | None = None
    kind: str | None = None
    """None: the kind that the policy has for one who lets as the signer does."""
    tenant: str | None = None
    witness: tuple[str, ...] = ()
    scan: str | None = None
    pages: int | None = None
    place: str | None = None
    verified: bool | None = None
    """Whether the signer's identity was checked; the number on the card is never kept."""


# --- how a letter stands --------------------------------------------------------------------------


def in_force(letter: Letter, premises: Premises, on: date) -> bool:
    """有效: within its term on that day, not void, not 存疑."""
    return _running(letter, on) and not doubtful(letter, premises, on)


def doubtful(letter: Letter, premises: Premises, on: date) -> bool:
    """存疑: by that day another owner or another tenant had come after the signing, or the
    signer owned the premises no longer."""
    gone = letter.landlord not in _owners(premises, on)
    come = {o.name for o in premises.owners if _after(letter, o.since, on)}
    new_owner = come - _owners(premises, letter.on) - {letter.landlord}
    was_there = {t.name for t in premises.tenants if holds(t, letter.on)} | {letter.tenant}
    new_tenant = any(
        _after(letter, t.since, on) and t.name not in was_there for t in premises.tenants
    )
    return letter.on <= on and (gone or bool(new_owner) or new_tenant)


def needs_letter(premises: Premises, on: date) -> bool:
    """应签: in the ledger by that day, and rented, sublet or empty for rent."""
    return premises.registered <= on and premises.use in LET


def missing(all: Iterable[Premises], on: date) -> list[Premises]:
    """应签 on that day without a letter in force."""
    return [
        p for p in all if needs_letter(p, on) and not any(in_force(x, p, on) for x in p.letters)
    ]


def expiring(all: Iterable[Premises], on: date, within: int) -> list[tuple[Premises, Letter]]:
    """应签 whose last letter in force ends within so many days from that day on, soonest first."""
    found = []
    for premises in all:
        letters = [x for x in premises.letters if in_force(x, premises, on)]
        if letters and needs_letter(premises, on):
            longest = max(letters, key=lambda x: x.until or date.max)
            if longest.until and longest.until <= on + timedelta(days=within):
                found.append((premises, longest))
    return sorted(found, key=lambda pair: (pair[1].until or date.max, pair[0].id))


def _running(letter: Letter, on: date) -> bool:
    begun = letter.on <= on and (letter.until is None or on <= letter.until)
    return begun and (letter.voided_on is None or on < letter.voided_on)


def _owners(premises: Premises, on: date) -> set[str]:
    return {o.name for o in premises.owners if holds(o, on)}


def _after(letter: Letter, since: date | None, on: date) -> bool:
    return since is not None and letter.on < since <= on


# --- signing ------------------------------------------------------------------------------------


def add(
    request: LetterRequest,
    existing: Collection[str],
    policy: Policy,
    today: date,
    *,
    against: Iterable[Missing] = (),
) -> Change:
    """One letter, written with the same number into the file of each of its premises.

    `existing` are the numbers of all letters, `against` is what the rest of the ledger has against
    the tenant. Without `until` the term is the rule 保证书有效期,
    counted from the day after signing. An older letter stays. Raises `Refused` with everything
    that is wrong, such as premises that the signer did not own on the day of signing.
    """
    refuse_future(request.on, today)
    kind = request.kind or kind_for(request, policy)
    until, arithmetic = _term(request, kind, policy)
    letter = Letter(
        number=next_id(f"BZ-{request.on.year}", existing),
        kind=kind,
        landlord=request.landlord,
        tenant=request.tenant or None,
        on=request.on,
        until=until,
        witness=tuple(dict.fromkeys(request.witness)),
        scan=request.scan,
        pages=request.pages,
        place=request.place,
        verified=request.verified,
        entered=entered(request.on, today),
    )
    wrong = [*unfit(letter), *_wrong(request, kind, policy), *against]
    for premises in request.premises:
        wrong += [*_not_owner(premises, request), *_signed_already(premises, letter)]
        wrong += _unfit_kind(premises, letter, policy)
    if wrong or not request.premises:
        none = [] if request.premises else [Missing("厂房", "方案五1", "加上 --premises CF-0001")]
        raise Refused("保证书还不能登记", [*none, *wrong])
    ids = [p.id for p in request.premises]
    return Change(
        verb="letter add",
        subject=f"保证书 {letter.number}：{'、'.join(ids[:5])}{_more(len(ids))}",
        files={p.path: (Append(("保证书",), fields.fragment(letter)),) for p in request.premises},
        body=(
            f"签订：{request.on}",
            f"录入：{today}",
            f"类型：{letter.kind}",
            f"有效期至：{until}",
            "依据：方案五1",
        ),
        notes=(*arithmetic, *_notes(request, letter)),
        recorded={"编号": letter.number, "厂房": list(ids), "有效期至": until},
    )


def _more(count: int) -> str:
    return f" 等{count}处" if count > 5 else ""


def kind_for(request: LetterRequest, policy: Policy) -> str:
    """The kind of letter that the signer signs by the policy of that day."""
    roles = {
        o.kind
        for premises in request.premises
        for o in premises.owners
        if o.name == request.landlord and holds(o, request.on)
    }
    for use in policy.standards.letter_uses:
        if use.holds(request.on) and roles and roles <= set(use.signers):
            return use.kind
    return ORDINARY


def _use(kind: str, on: date, policy: Policy) -> LetterUse | None:
    uses = policy.standards.letter_uses
    return next((use for use in uses if use.kind == kind and use.holds(on)), None)


def _term(request: LetterRequest, kind: str, policy: Policy) -> tuple[date, tuple[str, ...]]:
    if request.until:
        return request.until, ()
    use = _use(kind, request.on, policy)
    name = use.term if use else TERM_RULE
    rule = policy.rule(name, request.on)
    end = policy.calendar.deadline(request.on, rule.days, rule.unit, rule.roll, event="签订")
    return end.day, (f"有效期按“{name}”推算：{end.arithmetic}", *end.warnings)


def _wrong(request: LetterRequest, kind: str, policy: Policy) -> Iterator[Missing]:
    if request.until and request.until < request.on:
        text = f"有效期至 {request.until}，早于签订日期 {request.on}"
        yield Missing(text, "方案五1", "核对 --until 和 --on")
    kinds = policy.standards.letter_kinds
    if kind not in kinds:
        yield Missing(f"没有“{kind}”这种保证书", "", "可用：" + "、".join(kinds))
    ids = [p.id for p in request.premises]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield Missing(f"厂房 {id} 写了不止一次", "", "只留一次")


def _not_owner(premises: Premises, request: LetterRequest) -> Iterator[Missing]:
    owners = [o for o in premises.owners if holds(o, request.on)]
    if request.landlord and request.landlord not in {o.name for o in owners}:
        names = "、".join(_named(o) for o in owners) or "没有记载"
        text = f"{request.landlord}在 {request.on} 不是 {premises.id} 的房东（当日房东：{names}）"
        command = f"swm premises owner {premises.id} --name {request.landlord} --from 日期"
        yield Missing(text, "方案五1", command)


def _unfit_kind(premises: Premises, letter: Letter, policy: Policy) -> Iterator[Missing]:
    """A kind that the policy has for others than the signer."""
    use = _use(letter.kind, letter.on, policy)
    roles = [o.kind for o in premises.owners if o.name == letter.landlord and holds(o, letter.on)]
    if use and roles and not set(roles) & set(use.signers):
        fitting = [
            u.kind
            for u in policy.standards.letter_uses
            if u.holds(letter.on) and set(roles) & set(u.signers)
        ]
        text = (
            f"{letter.kind}由{'、'.join(use.signers)}签订，"
            f"{letter.landlord}在 {premises.id} 的身份是{roles[0]}"
        )
        command = f"改为 --kind {fitting[0]}" if fitting else "换一种 --kind"
        yield Missing(text, use.clause, command)


def _named(owner: Owner) -> str:
    return owner.name if owner.kind == "房东" else f"{owner.name}（{owner.kind}）"


def _signed_already(premises: Premises, letter: Letter) -> Iterator[Missing]:
    for old in premises.letters:
        same = (old.landlord, old.on, old.kind) == (letter.landlord, letter.on, letter.kind)
        if same and old.voided_on is None:
            text = f"{premises.id} 已有同一天签订的 {old.number}"
            yield Missing(text, "方案五1", f"swm premises show {premises.id}")


def _notes(request: LetterRequest, letter: Letter) -> Iterator[str]:
    for premises in request.premises:
        earlier = [x.number for x in premises.letters if _running(x, letter.on)]
        if earlier:
            yield f"{premises.id} 此前的 {'、'.join(earlier)} 仍留在档案里"
        if premises.use not in LET:
            yield f"{premises.id} 的用途是{premises.use}，不在应签之列，照录"
        if letter.entered and doubtful(letter, premises, letter.entered):
            yield f"提醒：{premises.id} 在签订以后换过房东或承租人，这份保证书存疑，应重新签订"


# --- void ---------------------------------------------------------------------------------------


def void(number: str, premises: Sequence[Premises], reason: str, on: date, today: date) -> Change:
    """作废 of a letter from the day `on` on, in the file of each of its `premises`.

    The letter stays in the file. Raises `Refused`.
    """
    refuse_future(on, today)
    found = [
        (p, i, letter)
        for p in premises
        for i, letter in enumerate(p.letters)
        if letter.number == number
    ]
    if not found:
        raise NotFound(f"没有编号为 {number} 的保证书", "查看全部：swm letter list")
    wrong = [] if reason.strip() else [Missing("作废的原因", "方案五1", "加上 --why 原因")]
    for p, _, letter in found:
        if letter.voided_on is not None:
            text = f"{p.id} 的 {number} 已于 {letter.voided_on} 作废"
            wrong.append(Missing(text, "方案五1", f"swm premises show {p.id}"))
        elif on < letter.on:
            text = f"作废日期 {on} 早于签订日期 {letter.on}"
            wrong.append(Missing(text, "方案五1", f"--on 不早于 {letter.on}"))
    if wrong:
        raise Refused(f"{number} 还不能作废", dict.fromkeys(wrong))
    files: dict[str, tuple[Edit, ...]] = {
        p.path: (
            Set(("保证书", i, "作废日期"), on),
            Set(("保证书", i, "作废原因"), reason),
        )
        for p, i, _ in found
    }
    ids = [p.id for p, _, _ in found]
    again = [p.id for p, _, _ in found if needs_letter(p, on)]
    return Change(
        verb="letter void",
        subject=f"保证书作废 {number}：{'、'.join(ids[:5])}{_more(len(ids))}",
        files=files,
        body=(f"作废：{on}", f"录入：{today}", "依据：方案五1"),
        notes=tuple(
            f"{id} 仍应签订保证书：swm letter add --premises {id} "
            f"--landlord {found[0][2].landlord} --on 日期"
            for id in again
        ),
        recorded={"编号": number, "厂房": list(ids), "作废日期": on},
    )
