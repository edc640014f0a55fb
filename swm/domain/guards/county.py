"""Guards of a ledger whose enterprises the county delists (销号层级 区): 报区验收 and what follows."""

from __future__ import annotations

from swm.domain.fold import SUBMISSION, by_county
from swm.domain.guards.case import Case, Proof, guard, lacks, require

COUNTY_PAPER = "区级批准销号"


@guard("已报区验收")
def was_submitted(case: Case) -> Proof:
    """The enterprise has been reported to the county in this round and not returned. 方案三."""
    if case.before.submitted is not None:
        return Proof(relied=(case.before.submitted,))
    returned = case.before.returned
    text = "报区验收的记录" + (f"（{returned[0]} 已退回，应重新报送）" if returned else "")
    return lacks(text, case.row.clause, f"swm advance {case.id} {SUBMISSION} --on 报送日期")


@guard("尚未报区验收")
def was_not_submitted(case: Case) -> Proof:
    """One report at a time: what lies with the county is not reported again. 方案三."""
    number = case.before.submitted
    text = f"第{number}条报区验收的结果（区里尚未批复或退回）"
    command = f"区里退回的：swm advance {case.id} 区验收退回 --undone 断电 --reason 原因"
    return require(number is None, text, case.row.clause, command)


@guard(COUNTY_PAPER)
def has_county_paper(case: Case) -> Proof:
    """The county's own paper: its number, its day, and an issuer above the town. 方案三."""
    paper, clause = case.act.paper, case.row.clause
    if paper is None or not by_county(case.act):
        command = case.advance("--issuer 区里的机关 --doc-no 区级文号 --doc-date 文书日期")
        return lacks("区级批准销号的文书（区里的机关、文号）", clause, command)
    dated = paper.dated is not None and paper.dated <= case.act.on
    command = case.advance("--doc-date 文书日期")
    return require(dated, f"区级文书的日期，不晚于 {case.act.on}", clause, command)


@guard("写明退回内容")
def names_what_is_returned(case: Case) -> Proof:
    """Which items or problems the county found unmet. 方案三."""
    command = case.advance('--undone 断电 或 --problem "退回的问题"')
    told = case.act.undone or case.act.problems
    return require(told, "区里认为没有完成的标准项或问题", case.row.clause, command)
