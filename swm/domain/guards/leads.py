"""Guards about checking a lead and settling the category (方案五2、方案三)."""

from __future__ import annotations

from swm.domain.corrections import place
from swm.domain.guards.case import Case, Proof, by_team, guard, lacks, require
from swm.domain.records import Record, Visit


@guard("两人核查")
def checked_by_two(case: Case) -> Proof:
    """A 核查 by at least two people since the lead was last found untrue. 方案五2."""
    visit = by_team(_speaking(case))
    if visit:
        return Proof(relied=(visit.number,))
    return lacks("至少两人的核查记录", "方案五2", case.inspect("核查", "--result 停产"))


@guard("两人核查发现问题")
def checked_with_problem(case: Case) -> Proof:
    """A 核查 by at least two people that found a problem. 方案五2."""
    visit = by_team([v for v in _speaking(case) if v.problems or v.producing])
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("核查", '--result 在产 --problem "所发现的问题"')
    return lacks("至少两人、并发现问题的核查记录", "方案五2", command)


@guard("两人重新核查")
def checked_again(case: Case) -> Proof:
    """A 核查 by two that no earlier act has relied on. 方案三."""
    visit = by_team([v for v in case.visits("核查") if v.number not in case.before.relied])
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("核查", '--result 停产 --found "重新核查的情况"')
    return lacks("此前动作未用过的、至少两人的核查记录", "方案三", command)


@guard("有新线索")
def has_new_lead(case: Case) -> Proof:
    """A visit, complaint or 交办 after the lead was found untrue. 方案五2."""
    known = sorted((*case.before.leads, *case.visits()), key=place, reverse=True)
    later = [r for r in known if _since_refuted(case, r)]
    if later:
        return Proof(relied=(later[0].number,))
    command = case.inspect("日常", "--result 有生产迹象")
    return lacks("查否以后的新线索（举报、交办或巡查）", "方案五2", command)


def _speaking(case: Case) -> list[Visit]:
    """The 核查 that speak for the lead as it stands: none from before it was found untrue."""
    return [v for v in case.visits("核查") if _since_refuted(case, v)]


def _since_refuted(case: Case, record: Record) -> bool:
    return case.before.refuted is None or place(record) > case.before.refuted


@guard("已定类别")
def has_category(case: Case) -> Proof:
    """A 类别 is given, or known already. 方案三."""
    known = case.act.category or case.before.category
    names = "/".join(c.name for c in case.policy.workflow.categories)
    return require(known, "整治类别", "方案三", case.advance(f"--category {names}"))


@guard("改定类别")
def changes_category(case: Case) -> Proof:
    """A 类别 that differs from the present one. 方案三."""
    changed = case.act.category and case.act.category != case.before.category
    others = [c.name for c in case.policy.workflow.categories if c.name != case.before.category]
    text = f"与现类别（{case.before.category or '待定'}）不同的新类别"
    return require(changed, text, "方案三", case.advance("--category " + "/".join(others)))


@guard("写明原因")
def has_reason(case: Case) -> Proof:
    """A reason in words. 方案三."""
    return require(case.act.reason, "原因", case.row.clause, case.advance('--reason "原因"'))
