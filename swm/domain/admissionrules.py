"""The rules of 准入: each a named function that cites its clause (方案五1).

A rule looks at one `Case` and yields everything that speaks against entry, each with what it leads
to: 不予准入, or 补充材料 with what would settle it. Nothing is decided here by who looks alike:
that is a question, and its answer is recorded with its proof.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from swm.domain.admissionrecords import ADMITTED, REJECTED, WAITING, Reason
from swm.domain.clearingcases import unfinished
from swm.domain.letters import in_force, needs_letter
from swm.domain.likeness import Known, Likeness, same_operator, twins
from swm.domain.policy import Policy
from swm.domain.records import Premises
from swm.domain.redlines import crossed
from swm.domain.settings import holds
from swm.frozen import frozen

CLAUSE = "方案五1"
SHOWN = 5
"""How many enterprises that look alike are asked about one by one."""
ON_SITE = ("入驻", "出租")
"""Kinds of admission for which somebody moves into premises."""
OF_IDENTITY = frozenset({"在册企业", "相像企业", "经营者"})
"""Rules whose questions are settled by a proof that the applicant is another."""
SUSPECT, CLOSED, MOVED = "待核查", "已取缔", "已搬迁"


@frozen
class Case:
    """The application with all that was handed in since, and the ledger as it stands."""

    kind: str
    applicant: Known
    address: str | None
    industry: str | None
    product: str | None
    materials: tuple[str, ...]
    settled: frozenset[str]
    on: date
    premises: Premises | None
    known: Sequence[Known]
    places: frozenset[str]
    policy: Policy

    @property
    def name(self) -> str:
        """Who applies."""
        return self.applicant.name


Rule = Callable[[Case], Iterable[Reason]]
RULES: dict[str, Rule] = {}
"""Every rule by its name, in the order in which reasons are listed."""


def rule(name: str) -> Callable[[Rule], Rule]:
    """Enter a rule."""

    def enter(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return enter


def judged(case: Case) -> tuple[str, tuple[Reason, ...]]:
    """What the rules advise, and every reason, those for 不予准入 first."""
    found = [reason for function in RULES.values() for reason in function(case)]
    ordered = sorted(found, key=lambda reason: reason.leads_to != REJECTED)
    if not ordered:
        return ADMITTED, ()
    return ordered[0].leads_to, tuple(ordered)


# --- who it is ------------------------------------------------------------------------------------


@rule("禁入红线")
def red_line(case: Case) -> Iterator[Reason]:
    """Name, industry or product cross a red line."""
    for line in crossed((case.name, case.industry, case.product), case.policy):
        text = f"名称、行业或产品触及禁入红线“{line.word}”"
        yield _reason("禁入红线", text, line.clause, REJECTED)


@rule("在册企业")
def in_the_ledger(case: Case) -> Iterator[Reason]:
    """The applicant itself stands in the ledger: banned, under order, moved away, or unclear."""
    for other in case.known:
        if ground := _same(case.applicant, other):
            yield from _of_same(case, other, ground)


@rule("相像企业")
def alike(case: Case) -> Iterator[Reason]:
    """Somebody like the applicant was closed or is under order: a question to settle."""
    known = {k.id: k for k in case.known}
    mine = case.applicant
    asked = [
        found
        for found in twins(mine, case.known, case.places)
        if found.id not in case.settled
        and not _same(mine, known[found.id])
        and _grave(known[found.id], case.policy)
    ]
    for found in asked[:SHOWN]:
        other = known[found.id]
        text = f"与 {found.id} {found.name}（{_standing(other)}）相像：{found.why}"
        yield _reason("相像企业", text, CLAUSE, WAITING, found.id, _proof(found))
    if len(asked) > SHOWN:
        text = f"另有{len(asked) - SHOWN}家相像：{'、'.join(f.id for f in asked[SHOWN:])}"
        yield _reason("相像企业", text, CLAUSE, WAITING, None, "逐家核实不是同一家")


@rule("经营者")
def operator_elsewhere(case: Case) -> Iterator[Reason]:
    """The operator has the name of one whose firm was closed or relapsed in another village."""
    named = {found.id for found in twins(case.applicant, case.known, case.places)}
    for other in same_operator(case.applicant, case.known):
        banned = other.state == CLOSED or other.round > 1
        if other.id not in named and other.id not in case.settled and banned:
            text = f"经营者与 {other.id} {other.name}（{other.village}，{_standing(other)}）的经营者同名"
            remedy = "身份证明，证明不是同一人；同一人的属异地转移，不予准入"
            yield _reason("经营者", text, CLAUSE, WAITING, other.id, remedy)


def _of_same(case: Case, other: Known, ground: str) -> Iterator[Reason]:
    head = f"即 {other.id} {other.name}（{ground}）"
    state = case.policy.state(other.state)
    if state.open:
        text = f"{head}，现在{other.state}，整治没有完成"
        yield _reason("在册企业", text, CLAUSE, REJECTED, other.id)
    elif other.state == CLOSED or (other.round > 1 and state.delisted):
        text = f"{head}，{_standing(other)}"
        yield _reason("在册企业", text, CLAUSE, REJECTED, other.id)
    elif other.state == MOVED and _back(case.applicant, other):
        text = f"{head}，已经搬迁，不得回到原址"
        yield _reason("在册企业", text, "方案三（二）", REJECTED, other.id)
    elif other.state == MOVED and other.id not in case.settled:
        remedy = "搬迁去向的说明，和新址符合产业布局规划的证明"
        text = f"{head}，已经搬迁，又在{case.applicant.village}申请"
        yield _reason("在册企业", text, "方案三（二）", WAITING, other.id, remedy)
    elif other.state == SUSPECT:
        remedy = f"先核查清楚：swm inspect {other.id} --kind 核查 --by 甲,乙"
        text = f"{head}，线索还没有核查清楚"
        yield _reason("在册企业", text, "方案五2", WAITING, other.id, remedy)


def _same(mine: Known, other: Known) -> str | None:
    """On what ground the two are one and the same, beyond looking alike."""
    if mine.uscc and mine.uscc == other.uscc:
        return "统一社会信用代码相同"
    names = {_plain(name) for name in other.names}
    people = _plain(mine.operator), _plain(other.operator)
    here = mine.village == other.village
    if _plain(mine.name) in names and (people[0] == people[1] if all(people) else here):
        return "名称相同" + ("、经营者相同" if all(people) else "、同村")
    phones = _plain(mine.phone), _plain(other.phone)
    if all(people) and people[0] == people[1] and all(phones) and phones[0] == phones[1]:
        return "经营者和电话相同"
    return None


def _back(mine: Known, other: Known) -> bool:
    """Whether the applicant would stand where the other one stood."""
    return mine.village == other.village and mine.premises == other.premises


def _grave(other: Known, policy: Policy) -> bool:
    """Whether it matters that somebody is like that enterprise."""
    state = policy.state(other.state)
    return state.open or other.state in (CLOSED, MOVED, SUSPECT) or other.round > 1


def _standing(other: Known) -> str:
    return f"{other.state}，曾回潮" if other.round > 1 else other.state


def _proof(likeness: Likeness) -> str:
    """What would show that it is another."""
    if likeness.place and not likeness.person:
        return "现场核实，与原企业的人员、设备无关；有关的属原址再生"
    if likeness.person:
        return "经营者身份证明，证明不是同一人"
    return "营业执照（统一社会信用代码），证明不是同一家"


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().split())


# --- where it would be ----------------------------------------------------------------------------


@rule("经营场所")
def has_a_place(case: Case) -> Iterator[Reason]:
    """Who moves in says where."""
    if case.kind in ON_SITE and case.premises is None and not case.address:
        remedy = "写明厂房（--premises）或地址（--address），重新审查"
        yield _reason("经营场所", "没有写明经营场所", CLAUSE, WAITING, None, remedy)


@rule("厂房整治")
def premises_under_order(case: Case) -> Iterator[Reason]:
    """An enterprise in the premises has an order that is not carried out."""
    place = case.premises
    if place is None:
        return
    tenants = {t.name for t in place.tenants if holds(t, case.on)}
    gone = {t.name for t in place.tenants} - tenants
    for other in case.known:
        here = other.id in tenants or (other.premises == place.id and other.id not in gone)
        if here and case.policy.state(other.state).open and not _same(case.applicant, other):
            text = f"厂房 {place.id} 内的 {other.id} {other.name}{other.state}，整治没有完成"
            remedy = f"swm advance {other.id}"
            yield _reason("厂房整治", text, CLAUSE, WAITING, other.id, remedy)


@rule("厂房清退")
def premises_being_cleared(case: Case) -> Iterator[Reason]:
    """The landlord was told to stop letting, and the clearing is not finished."""
    place = case.premises
    for pending in unfinished(place, case.on) if place else ():
        assert place is not None
        verb = "clear" if pending.cleared is None else "reported"
        text = (
            f"厂房 {place.id} 于 {pending.notice.on} 停租告知（{pending.tenant}），"
            f"还没有{pending.next}"
        )
        remedy = f"swm premises {verb} {place.id} --tenant {pending.tenant} --on 日期"
        yield _reason("厂房清退", text, CLAUSE, WAITING, place.id, remedy)


@rule("保证书")
def has_a_letter(case: Case) -> Iterator[Reason]:
    """The premises that are let need a letter in force."""
    place = case.premises
    if place is None or case.kind not in ON_SITE or not needs_letter(place, case.on):
        return
    if any(in_force(letter, place, case.on) for letter in place.letters):
        return
    landlord = next((o.name for o in place.owners if holds(o, case.on)), "房东姓名")
    text = f"厂房 {place.id} 没有有效的保证书"
    remedy = (
        f"swm letter add --premises {place.id} --landlord {landlord} --tenant {case.name} --on 日期"
    )
    yield _reason("保证书", text, CLAUSE, WAITING, place.id, remedy)


# --- what was handed in -----------------------------------------------------------------------------


@rule("材料")
def has_the_materials(case: Case) -> Iterator[Reason]:
    """What the policy asks for has been handed in."""
    for row in case.policy.standards.materials:
        if row.kind == case.kind and row.holds(case.on):
            for name in row.items:
                if name not in case.materials:
                    yield _reason("材料", f"缺少{name}", row.clause, WAITING)


def required(kind: str, on: date, policy: Policy) -> tuple[str, ...]:
    """What has to be handed in for that kind on that day; empty where the policy says nothing."""
    rows = [r for r in policy.standards.materials if r.kind == kind and r.holds(on)]
    return tuple(dict.fromkeys(name for row in rows for name in row.items))


def _reason(
    rule: str,
    text: str,
    clause: str,
    leads_to: str,
    related: str | None = None,
    remedy: str | None = None,
) -> Reason:
    return Reason(
        rule=rule, text=text, clause=clause, leads_to=leads_to, related=related, remedy=remedy
    )
