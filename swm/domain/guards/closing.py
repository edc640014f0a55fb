"""Guards about 销号: everything done, then accepted, and how it was completed (方案三)."""

from __future__ import annotations

from datetime import date

from swm.domain.corrections import place
from swm.domain.fold import FINISHED, ItemStatus
from swm.domain.guards.case import TEAM, Case, Proof, guard, lacks, require
from swm.domain.policy import Item
from swm.domain.records import PRODUCING, Visit
from swm.errors import Missing


@guard("标准各项已完成")
def items_finished(case: Case) -> Proof:
    """Each item 已完成 or 不涉及 by the newest record of this round. 方案三（一）、三（二）."""
    missing, relied = [], []
    for item in _items(case):
        status = case.before.items.get(item.name)
        if status and status.status in FINISHED:
            relied.append(status.number)
            continue
        was = f"（第{status.number}条记为{status.status}）" if status else ""
        command = case.inspect("复查", f"--result 停产 --done {_doing(case, item)}")
        missing.append(Missing(f"{item.name}：未完成{was}", case.row.clause, command))
    return Proof(tuple(missing), tuple(sorted(set(relied))))


def _items(case: Case) -> tuple[Item, ...]:
    """The items of the standard by which the act's goal is accepted."""
    standard = case.policy.standard(_goal(case))
    return standard.items if standard else ()


def _goal(case: Case) -> str:
    """The state that is to be reached: the act's own, or for a report to the county the category's."""
    target = case.row.target(case.before.state)
    if case.policy.state(target).delisted or case.row.category is None:
        return target
    return case.policy.category(case.row.category).goal


def _doing(case: Case, item: Item) -> str:
    """The item as `--done` takes it: what residents share only by the measure allowed."""
    shared = item.supply in case.shared_supply and item.shared_measure
    photo = " --photo 照片文件" if item.photo else ""
    return f"{item.name}={item.shared_measure}{photo}" if shared else f"{item.name}{photo}"


@guard("各问题已整改")
def problems_mended(case: Case) -> Proof:
    """Every named problem is mended. 方案三."""
    if not case.before.problems and not case.before.solved and not case.before.opening:
        command = case.inspect("核查", '--result 在产 --problem "具体问题"')
        return lacks("写明的问题及其整改记录", case.row.clause, command)
    missing = [
        Missing(
            f"问题未整改：{problem}（第{number}条）",
            case.row.clause,
            case.inspect("复查", f'--result 停产 --solved "{problem}"'),
        )
        for problem, number in case.before.problems.items()
    ]
    return Proof(tuple(missing), tuple(sorted({s.number for s in case.before.solved.values()})))


@guard("完成后两人验收通过")
def accepted_after_all(case: Case) -> Proof:
    """A 验收 by two that passes, not earlier than the last item, and nothing amiss since."""
    finished = max((status.on for status in _finished(case)), default=date.min)
    accepted = _last_acceptance(case)
    result = "已清空" if _must_stop(case) else "停产"
    command = case.inspect("验收", f"--result {result} --pass")
    if accepted is None or accepted.on < finished:
        text = "至少两人、结论为通过的验收"
        if accepted is not None:
            text += f"（第{accepted.number}条验收早于最后一项完成的 {finished}）"
        return lacks(text, case.row.clause, command)
    if case.before.returned and place(accepted) < case.before.returned:
        text = f"区级退回（{case.before.returned[0]}）以后重新验收通过"
        return lacks(text, case.row.clause, command)
    spoiled = _spoiled_since(case, accepted)
    if spoiled:
        what = "有未完成的内容" if spoiled.undone or spoiled.verdict else spoiled.result
        text = f"验收以后第{spoiled.number}条又发现{what}，应重新验收"
        return lacks(text, case.row.clause, command)
    return Proof(relied=(accepted.number,))


def _finished(case: Case) -> list[ItemStatus]:
    """What this standard asks for: its items, or every problem mended."""
    items = _items(case)
    if not items:
        return list(case.before.solved.values())
    return [case.before.items[i.name] for i in items if i.name in case.before.items]


def _last_acceptance(case: Case) -> Visit | None:
    """The newest 验收 of this round that two people passed, unless one has failed since."""
    for visit in case.visits("验收"):
        if visit.verdict != "通过":
            return None
        if len(visit.team) >= TEAM:
            return visit
    return None


def _spoiled_since(case: Case, accepted: Visit) -> Visit | None:
    """A later visit that found something unmet, or production where it must have stopped."""
    bad = PRODUCING | {"设备回迁"} if _must_stop(case) else frozenset()
    for visit in case.visits():
        if place(visit) <= place(accepted):
            return None
        if visit.result in bad or visit.verdict == "不通过" or _takes_back(case, visit):
            return visit
    return None


def _takes_back(case: Case, visit: Visit) -> bool:
    return any(item.name in visit.undone for item in _items(case))


def _must_stop(case: Case) -> bool:
    return case.policy.state(_goal(case)).must_stop


@guard("写明完成方式")
def has_method(case: Case) -> Proof:
    """How it was completed. 方案三."""
    methods = case.policy.standards.methods
    command = case.advance("--method " + "/".join(methods))
    text = "完成方式：" + "、".join(methods)
    return require(case.act.method, text, case.row.clause, command)


@guard("写明去向")
def has_destination(case: Case) -> Proof:
    """Where it moved to. 方案三（二）."""
    command = case.advance('--moved-to "迁往何处"')
    return require(case.act.moved_to, "迁往何处", case.row.clause, command)
