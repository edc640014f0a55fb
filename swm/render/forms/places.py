"""The premises of an enterprise and their guarantee letters, as its dossier lists them."""

from __future__ import annotations

from datetime import date

from swm.domain.letters import doubtful, in_force
from swm.domain.records import Letter, Owner, Premises
from swm.domain.settings import holds
from swm.render.forms.blanks import named
from swm.render.forms.values import Named, Office, Subject
from swm.render.whereabouts import place_of


def places(subject: Subject, office: Office) -> list[Named]:
    """Every premises that the enterprise is or was in."""
    return [_place(premises, subject, office) for premises in subject.premises]


def letters(subject: Subject, office: Office) -> list[Named]:
    """Every letter signed for them, the earliest first."""
    pairs = [(x, p) for p in subject.premises for x in p.letters]
    return [_letter(x, p, office) for x, p in sorted(pairs, key=lambda pair: pair[0].on)]


def _place(premises: Premises, subject: Subject, office: Office) -> Named:
    owners = [o for o in premises.owners if holds(o, office.today)]
    enterprise = subject.enterprise
    mine = {enterprise.id, enterprise.name} if enterprise else set()
    stays = [
        f"{_day(t.since)}至{_day(t.until) or '现在'}" for t in premises.tenants if t.name in mine
    ]
    return {
        "编号": premises.id,
        "坐落": office.veil.text(
            place_of(premises.village, premises.address, office.settings, office.today)
        ),
        "用途": premises.use,
        "房东": named([_owner(o, office) for o in owners], "没有登记"),
        "承租": "；".join(stays) or "见企业档案",
    }


def _owner(owner: Owner, office: Office) -> str:
    name = office.veil.person(owner.name)
    kind = "" if owner.kind == "房东" else f"（{owner.kind}）"
    phone = f" {office.veil.phone(owner.phone)}" if owner.phone else ""
    return f"{name}{kind}{phone}"


def _letter(letter: Letter, premises: Premises, office: Office) -> Named:
    return {
        "编号": letter.number,
        "厂房": premises.id,
        "类型": letter.kind,
        "签订人": office.veil.person(letter.landlord),
        "签订": _day(letter.on),
        "至": _day(letter.until) or "长期",
        "现状": _standing(letter, premises, office.today),
    }


def _standing(letter: Letter, premises: Premises, on: date) -> str:
    if letter.voided_on is not None and letter.voided_on <= on:
        return "已作废"
    if in_force(letter, premises, on):
        return "有效"
    return "存疑" if doubtful(letter, premises, on) else "已过期"


def _day(on: date | None) -> str:
    return str(on) if on else ""
