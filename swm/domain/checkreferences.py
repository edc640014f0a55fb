"""Checks between files: paths, villages, premises, letters, numbers that two firms share, photos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from swm.domain.contents import Contents
from swm.domain.corrections import effective
from swm.domain.filed import Filed
from swm.domain.identifiers import doubt_phone, doubt_uscc, phones
from swm.domain.profiles import nearest, unknown_firm
from swm.domain.records import Enterprise, Letter, Premises, Registration
from swm.domain.settings import holds
from swm.errors import ERROR, REMINDER, Finding

REMOVED = "已核减"
"""A duplicate that was taken off the list shares its numbers with the one that stays."""


def paths_fit(ledger: Contents) -> Iterator[Finding]:
    """A file lies where its 编号 says."""
    everything: list[tuple[str, Enterprise | Premises | Filed]] = [
        *ledger.enterprises.items(),
        *ledger.premises.items(),
        *ledger.filed.items(),
    ]
    for path, record in everything:
        if path != record.path:
            line = ledger.line(path, "编号")
            text = f"编号是 {record.id}，文件应在 {record.path}"
            hint = "改回编号或文件的位置；新企业、新厂房用 swm 登记"
            yield Finding("路径", ERROR, path, line, "编号", text, hint)


# --- names ------------------------------------------------------------------------------------


def names_exist(ledger: Contents) -> Iterator[Finding]:
    """Villages, grids, premises and tenants that are named exist."""
    premises = {p.id for p in ledger.premises.values()}
    firms = {e.id for e in ledger.enterprises.values()}
    for path, enterprise in ledger.enterprises.items():
        since = min((r.on for r in enterprise.records), default=ledger.day)
        yield from _village(ledger, path, enterprise.village, since)
        yield from _grid(ledger, path, enterprise)
        if enterprise.premises and enterprise.premises not in premises:
            text = f"没有编号为 {enterprise.premises} 的厂房"
            hint = f"登记：swm premises add；改正：swm edit {enterprise.id} --set 厂房=编号"
            line = ledger.line(path, "厂房")
            yield Finding("引用", ERROR, path, line, "厂房", text, hint)
    for path, place in ledger.premises.items():
        yield from _village(ledger, path, place.village, place.registered)
        yield from _tenants(ledger, path, place, firms)


def _village(ledger: Contents, path: str, name: str, since: date) -> Iterator[Finding]:
    """The name was the village's when the file was begun; it may have been merged since."""
    names = [v.name for v in ledger.settings.villages]
    line = ledger.line(path, "村")
    if name not in names:
        near = nearest(name, names)[:3]
        hint = f"名册里有：{'、'.join(near)}" if near else "先把村写进 swm.yaml 的“村”"
        text = f"村名册里没有“{name}”"
        yield Finding("引用", ERROR, path, line, "村", text, hint)
    elif name not in ledger.settings.village_names(since):
        now = ledger.settings.village_at(name, ledger.day)
        merged = f"已并入{now}，统计时计入{now}" if now != name else f"{since} 不在名册里"
        yield Finding("引用", REMINDER, path, line, "村", f"“{name}”{merged}", "可以不改")


def _grid(ledger: Contents, path: str, enterprise: Enterprise) -> Iterator[Finding]:
    grids = [grid for v in ledger.settings.villages for grid in v.grids]
    if enterprise.grid and enterprise.grid not in grids:
        line = ledger.line(path, "网格")
        text = f"名册里没有“{enterprise.grid}”这个网格"
        yield Finding("引用", REMINDER, path, line, "网格", text, "补进 swm.yaml，或改正")


def _tenants(ledger: Contents, path: str, premises: Premises, firms: set[str]) -> Iterator[Finding]:
    for i, tenant in enumerate(premises.tenants):
        for unknown in unknown_firm(tenant.name, ledger.settings, firms):
            line, where = ledger.line(path, "承租", i, "名称"), f"承租[{i + 1}].名称"
            hint = "改正编号；不在台账的承租人写名称"
            yield Finding("引用", ERROR, path, line, where, unknown.text, hint)


# --- guarantee letters --------------------------------------------------------------------------


def letters_fit(ledger: Contents) -> Iterator[Finding]:
    """A letter is signed by an owner of that day; its number stands for one paper only."""
    papers: dict[str, tuple[str, Letter]] = {}
    for path, premises in ledger.premises.items():
        seen: set[str] = set()
        for i, letter in enumerate(premises.letters):
            first = papers.setdefault(letter.number, (path, letter))
            twice = letter.number in seen
            seen.add(letter.number)
            for field, text, hint in _odd_letter(premises, letter, first, twice):
                line = ledger.line(path, "保证书", i, field)
                where = f"保证书[{i + 1}].{field}"
                yield Finding("保证书", ERROR, path, line, where, text, hint)


def _odd_letter(
    premises: Premises, letter: Letter, first: tuple[str, Letter], twice: bool
) -> Iterator[tuple[str, str, str]]:
    owners = [o.name for o in premises.owners if holds(o, letter.on)]
    if letter.landlord not in owners and letter.voided_on is None:
        text = f"{letter.landlord}在签订当日（{letter.on}）不是房东"
        known = "、".join(owners) or "没有记载"
        yield "签订人", text, f"当日房东：{known}；补记房东：swm premises owner {premises.id}"
    if letter.until and letter.until < letter.on:
        yield "有效期至", f"{letter.until} 早于签订日期 {letter.on}", "核对两个日期"
    if twice:
        yield "编号", f"{letter.number} 在本厂房写了两次", "一份保证书只写一次"
    elif _paper(letter) != _paper(first[1]):
        text = f"{letter.number} 与 {first[0]} 里的不是同一份"
        yield "编号", text, "编号不重复使用，请核对签订人、日期和类型"


def _paper(letter: Letter) -> tuple[object, ...]:
    return letter.landlord, letter.on, letter.kind


# --- numbers --------------------------------------------------------------------------------------


def numbers_fit(ledger: Contents) -> Iterator[Finding]:
    """统一社会信用代码 and telephones: doubtful ones, and those that two firms share."""
    for path, enterprise in ledger.enterprises.items():
        for field, text, doubt in (
            ("统一社会信用代码", enterprise.uscc, doubt_uscc),
            ("电话", enterprise.phone, doubt_phone),
        ):
            if text and (why := doubt(text)):
                line, hint = ledger.line(path, field), "核对后用 swm edit 改正；确实如此的可以不改"
                yield Finding("代码和电话", REMINDER, path, line, field, f"存疑：{why}", hint)
    yield from _shared(ledger, "统一社会信用代码", lambda e: (e.uscc,))
    yield from _shared(ledger, "电话", lambda e: phones(e.phone or ""))


def _shared(
    ledger: Contents, field: str, numbers: Callable[[Enterprise], Iterable[str | None]]
) -> Iterator[Finding]:
    holders: dict[str, list[str]] = defaultdict(list)
    for path, enterprise in ledger.enterprises.items():
        if enterprise.remediation.state != REMOVED:
            for number in dict.fromkeys(numbers(enterprise)):
                if number:
                    holders[number].append(path)
    for paths in holders.values():
        first = ledger.enterprises[paths[0]]
        for path in paths[1:]:
            if first.id in _came_from(ledger.enterprises[path]):
                continue
            text = f"与 {first.id} {first.name}相同"
            id = ledger.enterprises[path].id
            hint = f'同一家的：swm advance {id} 核减 --reason "重复登记 {first.id}" --by 甲,乙'
            yield Finding("代码和电话", REMINDER, path, ledger.line(path, field), field, text, hint)


def _came_from(enterprise: Enterprise) -> set[str]:
    """Which enterprises its 登记 names (原址再生、异地转移): that they share a number is settled."""
    entries = (r for r in effective(enterprise.records) if isinstance(r, Registration))
    return {id for r in entries for id in (r.reborn_of, r.moved_from) if id}


# --- attachments ----------------------------------------------------------------------------------


def photos_present(ledger: Contents) -> Iterator[Finding]:
    """The photographs that records name are in 附件/."""
    everything: list[tuple[str, Enterprise | Filed]] = [
        *ledger.enterprises.items(),
        *ledger.filed.items(),
    ]
    for path, file in everything:
        for i, record in enumerate(file.records):
            for sha in getattr(record, "photos", ()):
                if sha not in ledger.attachments:
                    line = ledger.line(path, "记录", i, "照片")
                    text = f"附件里没有照片 {sha[:12]}…"
                    hint = "从备份或另一处台账找回"
                    where = f"第{record.number}条.照片"
                    yield Finding("附件", ERROR, path, line, where, text, hint)
