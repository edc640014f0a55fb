"""Checks of patrols: each names its visits, each visit names its patrol, and both say the same."""

from __future__ import annotations

from collections.abc import Iterator

from swm.domain.contents import Contents
from swm.domain.corrections import effective
from swm.domain.patrolrecords import Outing, Patrol, is_premises
from swm.domain.records import Enterprise, Visit
from swm.errors import ERROR, REMINDER, Finding

CODE = "巡查"


def patrols_agree(ledger: Contents) -> Iterator[Finding]:
    """The two sides of every patrol, by the records that count."""
    patrols = {f.id: (path, f) for path, f in ledger.filed.items() if isinstance(f, Patrol)}
    named = {(c.enterprise, c.number): id for id, (_, p) in patrols.items() for c in p.calls}
    visits = _visits(ledger)
    for id, (path, patrol) in patrols.items():
        yield from _calls(ledger, path, id, patrol, visits)
        yield from _spots(ledger, path, patrol)
    for (firm, number), (path, index, visit) in visits.items():
        if visit.patrol and named.get((firm, number)) != visit.patrol:
            line = ledger.line(path, "记录", index, "巡查编号")
            there = visit.patrol in patrols
            text = f"巡查 {visit.patrol} " + ("没有写到这一条" if there else "没有档案")
            where = f"第{number}条.巡查编号"
            yield Finding(CODE, ERROR, path, line, where, text, "找回巡查的文件，或改回编号")


Visits = dict[tuple[str, int], tuple[str, int, Visit]]
"""The visits that count, by enterprise and number: their file, their place in it, what they say."""


def _visits(ledger: Contents) -> Visits:
    found: Visits = {}
    for path, enterprise in ledger.enterprises.items():
        if not any(isinstance(r, Visit) and r.patrol for r in enterprise.records):
            continue
        places = {r.number: i for i, r in enumerate(enterprise.records)}
        for record in _counting(enterprise):
            found[enterprise.id, record.number] = (path, places[record.number], record)
    return found


def _counting(enterprise: Enterprise) -> Iterator[Visit]:
    return (r for r in effective(enterprise.records) if isinstance(r, Visit))


def _calls(
    ledger: Contents, path: str, id: str, patrol: Patrol, visits: Visits
) -> Iterator[Finding]:
    for place, called in enumerate(patrol.calls):
        line = ledger.line(path, "记录", 0, "到访", place)
        where = f"第1条.到访[{place + 1}]"
        record = f"{called.enterprise} 第{called.number}条"
        found = visits.get((called.enterprise, called.number))
        if found is None or found[2].patrol != id:
            if patrol.withdrawn and found is None:
                continue
            text = f"{record}不是这次巡查的有效记录"
            yield Finding(
                CODE, ERROR, path, line, where, text, f"核对：swm show {called.enterprise}"
            )
        elif patrol.withdrawn:
            text = f"巡查已经撤销，{record}还算数"
            yield Finding(CODE, ERROR, path, line, where, text, "撤销要两边一起：swm undo")
        else:
            apart = _apart(patrol.outing, found[2])
            if apart:
                text = f"{record}的{'、'.join(apart)}与巡查不一致"
                hint = f"swm correct {id} 1 --why 原因 --set {apart[0]}=…，企业的记录一起更正"
                yield Finding(CODE, ERROR, path, line, where, text, hint)


def _apart(outing: Outing, visit: Visit) -> list[str]:
    """The fields that the patrol and its visit do not agree in."""
    pairs = {
        "日期": (outing.on, visit.on),
        "方式": (outing.kind, visit.kind),
        "带班领导": (outing.leader, visit.leader),
        "人员": (outing.people, visit.people),
        "性质": (outing.nature, visit.nature),
        "检查机关": (outing.agency, visit.agency),
        "执法证号": (outing.licences, visit.licences),
        "检查批准": (outing.warrant, visit.warrant),
    }
    return [name for name, (ours, theirs) in pairs.items() if ours != theirs]


def _spots(ledger: Contents, path: str, patrol: Patrol) -> Iterator[Finding]:
    known = {p.id for p in ledger.premises.values()}
    villages = {v.name for v in ledger.settings.villages}
    places = {r.number: i for i, r in enumerate(patrol.records)}
    for spot in patrol.spots:
        at = places[spot.number]
        if is_premises(spot.place) and spot.place not in known:
            line = ledger.line(path, "记录", at, "处所")
            text = f"没有编号为 {spot.place} 的厂房"
            hint = f"swm correct {patrol.id} {spot.number} --why 原因 --set 处所=编号"
            yield Finding(CODE, ERROR, path, line, f"第{spot.number}条.处所", text, hint)
        if spot.village and spot.village not in villages:
            line = ledger.line(path, "记录", at, "村")
            text = f"村名册里没有“{spot.village}”"
            yield Finding(CODE, REMINDER, path, line, f"第{spot.number}条.村", text, "核对村名")
