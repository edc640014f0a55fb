"""One 厂房 on the screen: where it is, who owned and used it, what was signed for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from swm.domain.clearingcases import in_force as in_force_steps
from swm.domain.letters import doubtful, in_force, needs_letter
from swm.domain.records import TAKEN_BACK, Clearing, Letter, Owner, Premises, Tenant
from swm.render.text import commas, visible, wrap


def premises_page(premises: Premises, today: date, room: int) -> list[str]:
    """Everything about one 厂房, in lines of at most `room` columns."""
    p = premises
    rows = (
        ("村", p.village),
        ("地址", p.address),
        ("用途", p.use),
        ("面积", f"{p.area}平方米" if p.area else None),
        ("坐标", p.position),
        ("用电户号", p.meter),
        ("登记", str(p.registered)),
        ("备注", p.note),
    )
    lines = [f"{p.id} {visible(p.address)}（{visible(p.village)}）", ""]
    for key, value in rows:
        lines += wrap(f"{key}  {visible(value)}", room, "    ") if value else []
    lines += _section("房东", (_owner(o) for o in p.owners))
    lines += _section("承租", (_tenant(t) for t in p.tenants))
    lines += _section("保证书", (_letter(x, p, today) for x in p.letters))
    lines += _section("清退", (_clearing(c, p) for c in p.clearings))
    signed = any(in_force(x, p, today) for x in p.letters)
    if needs_letter(p, today) and not signed:
        command = f"swm letter add --premises {p.id} --landlord {_signer(p, today)} --on 日期"
        lines += ["", "应签保证书，现在没有有效的：", f"  {command}"]
    return lines


def _section(title: str, rows: Iterable[str]) -> list[str]:
    told = [f"  {row}" for row in rows]
    return ["", title, *told] if told else []


def _span(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return ""
    return f"  {since or '……'} 至 {until or '今'}"


def _owner(owner: Owner) -> str:
    phone = f"  {visible(owner.phone)}" if owner.phone else ""
    lessor = f"（从{visible(owner.lessor)}处承租）" if owner.lessor else ""
    return f"{owner.kind}  {visible(owner.name)}{lessor}{phone}{_span(owner.since, owner.until)}"


def _clearing(step: Clearing, premises: Premises) -> str:
    if step.step == TAKEN_BACK:
        why = f"：{visible(step.note)}" if step.note else ""
        return f"第{step.number}条 {step.on} 撤销第{step.of}条{why}"
    told = f"，{visible(step.told)}" if step.told else ""
    paper = f"，{visible(step.document)}" if step.document else ""
    by = f"，经办 {commas(step.by)}" if step.by else ""
    gone = "" if step in in_force_steps(premises.clearings) else "（已撤销）"
    who = visible(step.tenant or "")
    return f"第{step.number}条 {step.on} {step.step} {who}{told}{paper}{by}{gone}"


def _tenant(tenant: Tenant) -> str:
    return f"{visible(tenant.name)}{_span(tenant.since, tenant.until)}"


def _letter(letter: Letter, premises: Premises, today: date) -> str:
    witness = f"，见证 {commas(letter.witness)}" if letter.witness else ""
    agreed = f"，承租人 {visible(letter.tenant)}" if letter.tenant else ""
    signed = f"{letter.on} {visible(letter.landlord)}签订{agreed}{witness}"
    until = f"有效期至 {letter.until}" if letter.until else "长期有效"
    return f"{letter.number} {letter.kind}：{signed}，{until}（{status(letter, premises, today)}）"


def status(letter: Letter, premises: Premises, today: date) -> str:
    """作废、存疑、有效 or 过期 on that day."""
    if letter.voided_on and letter.voided_on <= today:
        return f"{letter.voided_on} 作废"
    if doubtful(letter, premises, today):
        return "存疑"
    return "有效" if in_force(letter, premises, today) else "过期"


def _signer(premises: Premises, today: date) -> str:
    held = [o.name for o in premises.owners if o.until is None or today <= o.until]
    return visible(held[0]) if held else "房东姓名"
