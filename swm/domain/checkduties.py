"""Checks of who answers for what: required roles that nobody fills, people who have left (包保)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from swm.domain.assignments import lacking
from swm.domain.contents import Contents
from swm.domain.kinds import ENTERPRISE
from swm.domain.records import Enterprise
from swm.domain.settings import PATH, holds
from swm.errors import REMINDER, Finding

CODE = "包保"
SHOWN = 6
"""How many enterprises of a village are named; the rest is counted."""


def somebody_answers(ledger: Contents) -> Iterator[Finding]:
    """Every listed enterprise has somebody in each required role, and those are in office."""
    listed = {s.name for s in ledger.policy.workflow.states if s.listed}
    firms = [e for e in ledger.enterprises.values() if e.remediation.state in listed]
    yield from _uncovered(ledger, firms)
    yield from _departed(ledger, firms)


def _uncovered(ledger: Contents, firms: list[Enterprise]) -> Iterator[Finding]:
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for firm in firms:
        if roles := lacking(firm, ledger.policy, ledger.day):
            village = ledger.settings.village_at(firm.village, ledger.day)
            found[village, roles].append(firm.id)
    for (village, roles), ids in found.items():
        named = "、".join(ids[:SHOWN]) + ("等" if len(ids) > SHOWN else "")
        text = f"{village}有{len(ids)}家没有{'、'.join(roles)}：{named}"
        which = ",".join(ids) if len(ids) <= SHOWN else f"--village {village}"
        hint = f"落实：swm assign {which} --role {roles[0]} --name 姓名"
        yield Finding(CODE, REMINDER, ENTERPRISE.title, None, "", text, hint)


def _departed(ledger: Contents, firms: list[Enterprise]) -> Iterator[Finding]:
    here = {p.name for p in ledger.settings.people_on(ledger.day)}
    gone = {
        p.name: p.until
        for p in ledger.settings.people
        if p.until and p.until < ledger.day and p.name not in here
    }
    held: dict[str, int] = defaultdict(int)
    for firm in firms:
        names = {a.person for a in firm.assignments if holds(a, ledger.day)}
        for name in names & gone.keys():
            held[name] += 1
    for name, count in held.items():
        text = f"{name}已于 {gone[name]} 离任，名下还有{count}家"
        hint = f"换人：swm assign --from-person {name} --name 接任人"
        yield Finding(CODE, REMINDER, PATH, None, "人员", text, hint)
