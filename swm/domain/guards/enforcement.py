"""Guards about joint enforcement (方案三（一）、行政强制法)."""

from __future__ import annotations

from swm.domain.guards.case import Case, Proof, guard, lacks, require
from swm.errors import Missing

FORCED = "依法强制执行"
COURT = "申请法院强制执行"
"""The way of a town or department that has no power of force (行政强制法 53)."""
DEMOLITION = "拆除"
BEFORE_COURT = "申请法院前催告"
"""The rule of 期限.yaml for the days between the 催告 and the application (行政强制法 54)."""
DEPARTMENTS = 2
"""How many departments take part at least."""


@guard("领导小组决定")
def decided_by_group(case: Case) -> Proof:
    """The 领导小组 decision stands in the note. 方案三（一）."""
    command = case.advance('--note "领导小组某月某日决定"')
    return require(case.act.note, "领导小组的决定（写入备注）", "方案三（一）", command)


@guard("两个以上部门")
def has_departments(case: Case) -> Proof:
    """At least two departments take part; an application to the court is made on paper. 方案三（一）."""
    if case.act.nature == COURT:
        return Proof()
    command = case.advance("--dept 生态环境所,综合执法队")
    enough = len(set(case.act.departments)) >= DEPARTMENTS
    return require(enough, "至少两个部门", "方案三（一）", command)


@guard("执法性质与结果")
def has_nature_and_outcome(case: Case) -> Proof:
    """What kind of enforcement it was and how it ended. 方案三（一）."""
    natures, outcomes = case.policy.standards.natures, case.policy.standards.outcomes
    missing = []
    if case.act.nature is None:
        command = case.advance("--nature " + "/".join(natures))
        missing.append(Missing("执法性质：" + "、".join(natures), "方案三（一）", command))
    if case.act.outcome is None:
        command = case.advance("--outcome " + "/".join(outcomes))
        missing.append(Missing("执法结果：" + "、".join(outcomes), "方案三（一）", command))
    return Proof(missing=tuple(missing))


@guard("强制执行的条件")
def may_force(case: Case) -> Proof:
    """依法强制执行 needs power, decision, 催告, and daytime on a working day.

    行政强制法 34, 35 and 43; night and 法定节假日 only in an emergency, with reason and approver;
    before a 违法建筑 is pulled down, 公告 and the end of the remedies (44). Who has no power applies
    to the court, ten days after the 催告 (53, 54).
    """
    parts: tuple[Proof, ...] = ()
    if case.act.nature == COURT:
        parts = (_has_decision(case), _has_waited(case))
    elif case.act.nature == FORCED:
        lawful = (_has_power(case), _has_demand(case), _at_lawful_time(case))
        parts = (*lawful, _has_announced(case))
    return Proof(missing=tuple(m for part in parts for m in part.missing))


def _has_power(case: Case) -> Proof:
    paper, act, policy = case.act.paper, case.act, case.policy
    held = [p.authority for p in policy.powers.powers if policy.power(p.authority, FORCED, act.on)]
    holders = "/".join(dict.fromkeys(held))
    decision = f"--issuer {holders} --doc-name 强制执行决定书 --doc-no 文号"
    command = case.advance(decision if holders else "--nature 协助清理")
    if paper is None or paper.number is None or paper.issuer is None:
        return lacks("有权机关的强制执行决定（机关、文号）", "行政强制法34", command)
    power = policy.power(paper.issuer, FORCED, act.on)
    return require(power, f"{paper.issuer}依法强制执行的职权", "制度/职权.yaml", command)


def _has_decision(case: Case) -> Proof:
    """What the court is asked to enforce: a decision with its number, by whoever made it."""
    paper = case.act.paper
    decision = "--issuer 作出决定的机关 --doc-name 行政决定书 --doc-no 文号"
    holds = paper is not None and paper.number and paper.issuer
    return require(
        holds, "申请执行的行政决定（机关、文号）", "行政强制法53", case.advance(decision)
    )


def _has_waited(case: Case) -> Proof:
    """催告 served, and the days since then have passed without compliance."""
    clause, demanded, on = "行政强制法54", case.act.demanded_on, case.act.on
    command = case.advance("--demanded-on 催告书送达日期")
    if demanded is None or demanded > on:
        return lacks("催告书已经送达", clause, command)
    if all(rule.name != BEFORE_COURT for rule in case.policy.rules.rules):
        text = f"制度/期限.yaml 的规则“{BEFORE_COURT}”（从附送的默认制度中补上）"
        return lacks(text, clause, "补上以后 swm adopt --why 补制度")
    rule = case.policy.rule(BEFORE_COURT, on)
    ends = case.policy.calendar.deadline(demanded, rule.days, rule.unit, rule.roll, "催告书送达")
    text = f"催告期届满（{ends.arithmetic}）"
    return require(on > ends.day, text, clause, f"{ends.day} 次日起再办")


def _has_announced(case: Case) -> Proof:
    """A 违法建筑 is pulled down after 公告, and when neither 复议 nor 诉讼 is open any more."""
    act, clause = case.act, "行政强制法44"
    if act.paper is None or DEMOLITION not in act.paper.name:
        return Proof()
    missing = []
    if act.announced_on is None or act.announced_on > act.on:
        command = case.advance("--announced-on 公告日期")
        missing.append(Missing("限期自行拆除的公告", clause, command))
    if act.remedies_over is None or act.remedies_over >= act.on:
        command = case.advance("--remedies-over 届满日期")
        missing.append(Missing("复议、诉讼期限已经届满", clause, command))
    return Proof(missing=tuple(missing))


def _has_demand(case: Case) -> Proof:
    demanded = case.act.demanded_on
    served = demanded is not None and demanded <= case.act.on
    command = case.advance("--demanded-on 催告书送达日期")
    return require(served, "催告书已经送达", "行政强制法35", command)


def _at_lawful_time(case: Case) -> Proof:
    act, clause = case.act, "行政强制法43"
    if act.time is None:
        return lacks("执法时刻", clause, case.advance(f'--on "{act.on} 09:30"'))
    if not case.policy.calendar.known(act.on.year):
        text = f"{act.on.year} 年的节假日表（不知道当天是不是法定节假日）"
        return lacks(text, clause, "补上 制度/节假日.yaml，再 swm adopt --why 补节假日表")
    night, holiday = _at_night(case, act.time), case.policy.calendar.is_statutory_holiday(act.on)
    if not (night or holiday) or (act.emergency and act.reason and act.approval):
        return Proof()
    when = "夜间" if night else "法定节假日"
    command = case.advance("--emergency --reason 紧急情况 --approver 某某")
    text = f"白天、工作日的执法时间（本次为{when}；情况紧急的写明原因和批准人）"
    return lacks(text, clause, command)


def _at_night(case: Case, time: str) -> bool:
    rule, on, hour = case.policy.rule, case.act.on, int(time[:2])
    return hour >= rule("夜间开始", on).days or hour < rule("夜间结束", on).days
