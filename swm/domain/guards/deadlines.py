"""Guards about a deadline that runs: extending it in time, and what follows when it lapses."""

from __future__ import annotations

from datetime import date

from swm.domain.corrections import place
from swm.domain.fold import by_county
from swm.domain.guards.case import Case, Proof, by_team, guard, lacks, require


@guard("期限届满前批准")
def approved_in_time(case: Case) -> Proof:
    """An extension is approved not later than the deadline. 期限.yaml."""
    deadline = case.before.deadline
    if deadline is None:
        return lacks("现行期限（尚未送达或没有期限）", "期限.yaml", _how_it_starts(case))
    approval = case.act.approval
    day = approval.on if approval and approval.on else case.act.on
    text = f"不晚于现期限（{deadline}）的批准（本次为 {day}）"
    command = case.advance("--approver 某某 --approved-on 批准日期 --approval 签批单")
    return require(day <= deadline, text, "期限.yaml", command)


@guard("期限后延")
def is_later(case: Case) -> Proof:
    """The new deadline lies after the present one. 期限.yaml."""
    old, new = case.before.deadline, case.act.deadline
    if case.act.term and old is None:
        return Proof()  # days count from the old deadline, and that it lacks is said already
    text = "新期限" if new is None else f"晚于现期限（{old}）的新期限"
    later = new is not None and (old is None or new > old)
    return require(later, text, "期限.yaml", case.advance("--deadline 新期限"))


@guard("镇内只延一次")
def extends_once(case: Case) -> Proof:
    """The town extends a deadline once; a county paper does not count. 期限.yaml."""
    allowed = case.policy.rule("延期次数", case.act.on).days
    command = case.advance("--doc-no 区里批准延期的文号 --issuer 区里的机关")
    text = f"区级批准的文号（镇内已延期 {case.before.extensions} 次，限 {allowed} 次）"
    holds = by_county(case.act) or case.before.extensions < allowed
    return require(holds, text, "期限.yaml", command)


@guard("期限已过")
def deadline_passed(case: Case) -> Proof:
    """The deadline has passed: served, and the act is later than its last day. 方案三（一）."""
    if case.before.awaiting_service is not None:
        return lacks("文书送达（未送达的不算逾期）", case.row.clause, _how_it_starts(case))
    deadline = case.before.deadline
    if deadline is None:
        return lacks("期限届满（期限未定）", case.row.clause, _how_it_starts(case))
    text = f"期限届满（期限 {deadline}，{case.act.on} 尚未届满）"
    passed = case.before.overdue(case.act.on, case.policy)
    return require(passed, text, case.row.clause, f"{deadline} 次日起再办")


def _how_it_starts(case: Case) -> str:
    """Service of the paper; where an old list gave the state without a deadline, its correction."""
    waiting = case.before.awaiting_service
    if waiting is None and case.before.opening:
        return case.mend(1, "期限=日期")
    return f"swm serve {case.id} {waiting or '序号'} --on 日期 --method 直接"


@guard("逾期后两人复查")
def rechecked_after_deadline(case: Case) -> Proof:
    """A 复查 by two after the deadline that names what is unmet. 方案三（一）6、三（二）.

    One that a later 复查 by two found to be met no longer counts.
    """
    deadline = case.before.deadline or date.max
    late = [v for v in case.visits("复查") if v.on > deadline]
    passed = by_team([v for v in late if v.verdict == "通过"])
    unmet = [v for v in late if v.problems or v.undone]
    visit = by_team([v for v in unmet if passed is None or place(v) > place(passed)])
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("复查", '--result 在产 --fail --problem "未完成的内容"')
    return lacks("期限届满后、至少两人、写明未完成内容的复查记录", case.row.clause, command)
