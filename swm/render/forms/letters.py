"""保证书: what a landlord promises (方案五1), for premises of the ledger, to be signed or as signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from swm.domain.letters import ORDINARY, TERM_RULE, in_force
from swm.domain.policy import LetterUse
from swm.domain.records import Letter, Owner, Premises
from swm.domain.settings import holds
from swm.errors import NotFound, Refused
from swm.render.forms.blanks import LINE, day, gap, named, padded
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.whereabouts import place_of

IDLE, WATCHED = "闲置", "闲置厂房看管保证书"
TEMPLATES = {
    ORDINARY: "厂房出租保证书.docx",
    "转租（二手房东）保证书": "转租保证书.docx",
    "村集体资产出租保证书": "村集体资产出租保证书.docx",
    WATCHED: "闲置厂房看管保证书.docx",
}
"""The template of each kind that the shipped policy has; any other kind is signed on the first."""
EMPTY: Named = {"编号": "", "坐落": "", "面积": "", "用途": "", "承租人": ""}


def fill(subject: Subject, office: Office) -> Sheet:
    """The letter on file, or one to be signed by whoever lets the premises today."""
    asked = _asked(subject.variant)
    if subject.letter is not None:
        return _as_signed(subject, subject.letter, asked, office)
    kind, signer = asked or ORDINARY, None
    note: tuple[str, ...] = ()
    if subject.premises:
        kind, signer = _to_sign(subject.premises[0], asked, office)
        if signer is None:
            note = (f"{subject.premises[0].id} 现在没有应签{kind}的人，签订人留空",)
    names = _common(subject, subject.premises, kind, signer, office, office.today) | {
        "编号": LINE,
        "承租人约定": "",
        "签订日期": day(None),
        "有效期": _term(kind, office),
        "见证人": "",
    }
    where = subject.premises[0].id if subject.premises else "（空白）"
    return _sheet(kind, f"{where}{_short(kind)}", names, office, note)


def _as_signed(subject: Subject, number: str, asked: str | None, office: Office) -> Sheet:
    found = [(p, x) for p in subject.premises for x in p.letters if x.number == number]
    if not found:
        raise NotFound(f"没有编号为 {number} 的保证书", "查看全部：swm letter list")
    premises, letter = found[0]
    if asked is not None and asked != letter.kind:
        raise Refused(f"{number} 是{letter.kind}，不是{asked}", hint=f"swm form 保证书 {number}")
    signer = next((o for o in premises.owners if o.name == letter.landlord), None)
    places = [p for p, _ in found]
    names = _common(subject, places, letter.kind, signer, office, letter.on) | {
        "编号": number,
        "签订人": office.veil.person(letter.landlord),
        "承租人约定": office.veil.text(_firm(letter.tenant, subject)) if letter.tenant else "",
        "签订日期": day(letter.on),
        "有效期": f"自签订之日起至{day(letter.until)}止" if letter.until else "自签订之日起长期",
        "见证人": office.veil.person(named(letter.witness)),
    }
    return _sheet(letter.kind, f"{number}{_short(letter.kind)}", names, office, _voided(letter))


def _voided(letter: Letter) -> tuple[str, ...]:
    if letter.voided_on is None:
        return ()
    return (f"{letter.number} 已于 {letter.voided_on} 作废，只供存档",)


def _sheet(kind: str, stem: str, names: Named, office: Office, notices: Sequence[str]) -> Sheet:
    template = TEMPLATES.get(kind, TEMPLATES[ORDINARY])
    return Sheet(template, stem, kind, office.today, names, tuple(notices))


def _common(
    subject: Subject,
    premises: Sequence[Premises],
    kind: str,
    signer: Owner | None,
    office: Office,
    on: date,
) -> Named:
    """What every letter names, whoever signs it; its villages as they are called on that day."""
    first = premises[0] if premises else None
    return {
        "镇": office.settings.town,
        "村": gap(office.settings.village_at(first.village, on) if first else None, "____村"),
        "类型": kind,
        "签订人": office.veil.person(signer.name) if signer else LINE,
        "身份": signer.kind if signer else "",
        "电话": gap(office.veil.phone(signer.phone) if signer else None, ""),
        "出租方": gap(office.veil.person(signer.lessor) if signer else None),
        "各厂房": padded([_place(p, subject, office, on) for p in premises], 1, EMPTY),
        "处数": len(premises) or 1,
    }


def _place(premises: Premises, subject: Subject, office: Office, on: date) -> Named:
    tenants = [_firm(t.name, subject) for t in premises.tenants if holds(t, office.today)]
    return {
        "编号": premises.id,
        "坐落": office.veil.text(place_of(premises.village, premises.address, office.settings, on)),
        "面积": premises.area or "",
        "用途": premises.use,
        "承租人": office.veil.text(named(tenants)),
    }


def _firm(name: str, subject: Subject) -> str:
    """An enterprise of the ledger by its name; anybody else as written."""
    known = subject.others.get(name)
    return f"{known.name}（{known.id}）" if known else name


def _asked(variant: str) -> str | None:
    """The kind that was asked for by its name: 转租保证书 is 转租（二手房东）保证书."""
    return next((kind for kind in TEMPLATES if variant in (kind, _short(kind))), None)


def _short(kind: str) -> str:
    """The kind as the form and its template are called."""
    return TEMPLATES.get(kind, TEMPLATES[ORDINARY]).removesuffix(".docx")


def _to_sign(premises: Premises, asked: str | None, office: Office) -> tuple[str, Owner | None]:
    """The kind asked for and who signs it; else the first that an owner of today has to sign and
    has not, else the first that fits one."""
    owners = [o for o in premises.owners if holds(o, office.today)]
    if asked == WATCHED or (asked is None and premises.use == IDLE):
        return WATCHED, owners[0] if owners else None
    uses = [u for u in _uses(office) if asked in (None, u.kind)]
    pairs = [(u.kind, o) for u in uses for o in owners if o.kind in u.signers]
    signed = {x.landlord for x in premises.letters if in_force(x, premises, office.today)}
    unsigned = [pair for pair in pairs if pair[1].name not in signed]
    if pairs:
        return (unsigned or pairs)[0]
    return asked or ORDINARY, None


def _uses(office: Office) -> Iterator[LetterUse]:
    return (u for u in office.policy.standards.letter_uses if u.holds(office.today))


def _term(kind: str, office: Office) -> str:
    """How long a letter that is signed today would bind, by the rule of today."""
    use = next((u for u in _uses(office) if u.kind == kind), None)
    rule = office.policy.optional(use.term if use else TERM_RULE, office.today)
    return f"自签订之日起{rule.days}日" if rule else f"自签订之日起至{day(None)}止"
