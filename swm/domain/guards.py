"""The guards of the workflow: each a named function that cites its clause.

A guard looks at one `Case` and returns a `Proof`: everything that is missing, each with the
command that supplies it, and the numbers of the records it relied on. It never raises, so a
refusal lists all that is missing at once. 流程.yaml names guards by their Chinese names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from swm.domain.fold import DONE, NOT_APPLICABLE, Standing
from swm.domain.policy import Action, Item, Policy
from swm.domain.records import PRODUCING, Act, Visit
from swm.errors import Missing

ORDERING_WORDS = ("责令", "关闭", "强制")
"""Words that a paper may print only when its issuer holds the power (职权.yaml)."""
FORCED = "依法强制执行"
TEAM = 2
"""How many people a 核查, 复查 or 验收 takes."""


@dataclass(frozen=True, slots=True)
class Case:
    """An act as proposed (or as recorded, on replay) and all that it is judged by."""

    id: str
    act: Act
    row: Action
    before: Standing
    policy: Policy

    def visits(self, kind: str = "") -> list[Visit]:
        """This round's visits not later than the act, newest first."""
        seen = [v for v in self.before.visits if not kind or v.kind == kind]
        return seen[::-1]

    def advance(self, options: str) -> str:
        """The act's command with what should be added."""
        return f"swm advance {self.id} {self.act.action} {options}"

    def inspect(self, kind: str, options: str) -> str:
        """The visit that would supply what is missing."""
        return f"swm inspect {self.id} --kind {kind} --by 甲,乙 {options}".rstrip()


@dataclass(frozen=True, slots=True)
class Proof:
    """What a guard found: what is missing, and which records it relied on."""

    missing: tuple[Missing, ...] = ()
    relied: tuple[int, ...] = ()


Guard = Callable[[Case], Proof]
GUARDS: dict[str, Guard] = {}


def guard(name: str) -> Callable[[Guard], Guard]:
    """Register a guard under the name that 流程.yaml uses."""

    def register(function: Guard) -> Guard:
        GUARDS[name] = function
        return function

    return register


def _lacks(text: str, clause: str, command: str) -> Proof:
    return Proof(missing=(Missing(text, clause, command),))


def _require(holds: object, text: str, clause: str, command: str) -> Proof:
    return Proof() if holds else _lacks(text, clause, command)


def _by_team(visits: list[Visit]) -> Visit | None:
    return next((v for v in visits if len(v.team) >= TEAM), None)


# --- checking a lead (方案五2) ----------------------------------------------------------------


@guard("两人核查")
def checked_by_two(case: Case) -> Proof:
    """A 核查 by at least two people since the enterprise became a suspect. 方案五2."""
    visit = _by_team(_fresh(case, "核查"))
    if visit:
        return Proof(relied=(visit.number,))
    return _lacks("至少两人的核查记录", "方案五2", case.inspect("核查", "--result 停产"))


@guard("两人核查发现问题")
def checked_with_problem(case: Case) -> Proof:
    """A 核查 by at least two people that found a problem. 方案五2."""
    found = [v for v in _fresh(case, "核查") if v.problems or v.producing]
    visit = _by_team(found)
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("核查", '--result 在产 --problem "所发现的问题"')
    return _lacks("至少两人、并发现问题的核查记录", "方案五2", command)


@guard("两人重新核查")
def checked_again(case: Case) -> Proof:
    """A 核查 by two that no earlier act has relied on. 方案三."""
    visit = _by_team(_fresh(case, "核查"))
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("核查", '--result 停产 --found "重新核查的情况"')
    return _lacks("此前动作未用过的、至少两人的核查记录", "方案三", command)


def _fresh(case: Case, kind: str) -> list[Visit]:
    return [v for v in case.visits(kind) if v.number not in case.before.relied]


@guard("有新线索")
def has_new_lead(case: Case) -> Proof:
    """A visit, complaint or 交办 after the lead was found untrue. 方案五2."""
    refused = case.before.last_act
    later = [
        v for v in case.visits() if refused and (v.on, v.number) > (refused.on, refused.number)
    ]
    if later:
        return Proof(relied=(later[0].number,))
    command = f"swm inspect {case.id} --kind 日常 --by 甲 --result 有生产迹象"
    return _lacks("查否以后的新线索（举报、交办或巡查）", "方案五2", command)


# --- what the request itself must carry -------------------------------------------------------


@guard("已定类别")
def has_category(case: Case) -> Proof:
    """A 类别 is given, or known already. 方案三."""
    known = case.act.category or case.before.category
    names = "/".join(c.name for c in case.policy.workflow.categories)
    return _require(known, "整治类别", "方案三", case.advance(f"--category {names}"))


@guard("改定类别")
def changes_category(case: Case) -> Proof:
    """A 类别 that differs from the present one. 方案三."""
    changed = case.act.category and case.act.category != case.before.category
    others = [c.name for c in case.policy.workflow.categories if c.name != case.before.category]
    text = f"与现类别（{case.before.category or '待定'}）不同的新类别"
    return _require(changed, text, "方案三", case.advance("--category " + "/".join(others)))


@guard("写明原因")
def has_reason(case: Case) -> Proof:
    """A reason in words. 方案三."""
    return _require(case.act.reason, "原因", case.row.clause, case.advance('--reason "原因"'))


@guard("类别相符")
def fits_category(case: Case) -> Proof:
    """The act belongs to the enterprise's category. 方案三."""
    category = case.act.category or case.before.category
    text = f"类别应为{case.row.category}（现为{category or '待定'}）"
    command = (
        f"swm advance {case.id} 调整类别 --category {case.row.category} --reason 原因"
        if category
        else f"swm advance {case.id} 列入 --category {case.row.category}"
    )
    return _require(category == case.row.category, text, case.row.clause, command)


@guard("有取缔情形")
def has_ground(case: Case) -> Proof:
    """At least one 取缔情形. 方案三（一）."""
    codes = "、".join(f"{g.code}" for g in case.policy.standards.grounds)
    text = f"至少一条取缔情形（{codes}）"
    return _require(case.act.criteria, text, "方案三（一）", case.advance("--criteria 2"))


@guard("有具体问题")
def has_named_problem(case: Case) -> Proof:
    """At least one named problem to mend. 方案三（一）6."""
    if case.before.problems:
        return Proof(relied=tuple(sorted(set(case.before.problems.values()))))
    command = case.inspect("核查", '--result 在产 --problem "具体问题"')
    return _lacks("至少一个写明的、尚未整改的问题", "方案三（一）6", command)


@guard("有期限")
def has_deadline(case: Case) -> Proof:
    """A deadline, as a day or in days from service. 方案三."""
    given = case.act.deadline or case.act.term
    usual = f"--days {case.policy.rule(case.row.name, case.act.on).days}" if _has_rule(case) else ""
    command = case.advance(f"{usual}（或 --deadline 日期）" if usual else "--deadline 日期")
    late = case.act.deadline is not None and case.act.deadline < case.act.on
    if late:
        return _lacks("不早于动作日期的期限", case.row.clause, command)
    return _require(given, "期限", case.row.clause, command)


def _has_rule(case: Case) -> bool:
    return any(rule.name == case.row.name for rule in case.policy.rules.rules)


@guard("有文书")
def has_paper(case: Case) -> Proof:
    """A paper, whose words keep within its issuer's power. 职权.yaml."""
    paper = case.act.paper
    if paper is None:
        name = case.row.paper or "告知书"
        command = case.advance(f"--doc-name {name} --doc-no 俵整〔2026〕1号")
        return _lacks("文书（名称或文号）", case.row.clause, command)
    words = [word for word in ORDERING_WORDS if word in paper.name]
    if words and paper.nature != "责令":
        text = f"{paper.issuer or '本镇'}无权“{words[0]}”，文书只能用告知书"
        command = case.advance(f"--doc-name {case.row.paper or '告知书'}")
        return _lacks(text, "制度/职权.yaml", command)
    return Proof()


# --- deadlines --------------------------------------------------------------------------------


@guard("期限届满前批准")
def approved_in_time(case: Case) -> Proof:
    """An extension is approved not later than the deadline. 期限.yaml."""
    deadline = case.before.deadline
    if deadline is None:
        return _lacks("现行期限（尚未送达或没有期限）", "期限.yaml", _serve(case))
    approval = case.act.approval
    day = approval.on if approval and approval.on else case.act.on
    text = f"不晚于现期限（{deadline}）的批准（本次为 {day}）"
    command = case.advance(f"--approver 某某 --approved-on {deadline} --approval 签批单")
    return _require(day <= deadline, text, "期限.yaml", command)


@guard("期限后延")
def is_later(case: Case) -> Proof:
    """The new deadline lies after the present one. 期限.yaml."""
    old, new = case.before.deadline, case.act.deadline
    command = case.advance("--deadline 2026-12-31")
    text = "新期限" if new is None else f"晚于现期限（{old}）的新期限"
    return _require(new and (old is None or new > old), text, "期限.yaml", command)


@guard("镇内只延一次")
def extends_once(case: Case) -> Proof:
    """The town extends a deadline once; a county paper does not count. 期限.yaml."""
    paper = case.act.paper
    by_county = paper is not None and paper.number is not None
    allowed = case.policy.rule("延期次数", case.act.on).days
    command = case.advance("--doc-no 区里批准延期的文号 --issuer 区里的机关")
    text = f"区级批准的文号（镇内已延期 {case.before.extensions} 次，限 {allowed} 次）"
    return _require(by_county or case.before.extensions < allowed, text, "期限.yaml", command)


def _passed(case: Case) -> bool:
    return case.before.overdue(case.act.on, case.policy)


def _serve(case: Case) -> str:
    return f"swm serve {case.id} {case.before.awaiting_service or 'N'} --on 日期 --method 直接"


@guard("期限已过")
def deadline_passed(case: Case) -> Proof:
    """The deadline has passed: served, and the act is later than its last day. 方案三（一）."""
    if case.before.awaiting_service is not None:
        return _lacks("文书送达（未送达的不算逾期）", case.row.clause, _serve(case))
    deadline = case.before.deadline
    text = f"期限届满（期限 {deadline or '未定'}，{case.act.on} 尚未届满）"
    wait = f"{deadline} 次日起再办" if deadline else "先下达期限"
    return _require(_passed(case), text, case.row.clause, wait)


@guard("逾期后两人复查")
def rechecked_after_deadline(case: Case) -> Proof:
    """A 复查 by two after the deadline that names what is unmet. 方案三（一）6、三（二）."""
    deadline = case.before.deadline or date.max
    late = [v for v in case.visits("复查") if v.on > deadline and (v.problems or v.undone)]
    visit = _by_team(late)
    if visit:
        return Proof(relied=(visit.number,))
    command = case.inspect("复查", '--result 在产 --fail --problem "未完成的内容"')
    return _lacks("期限届满后、至少两人、写明未完成内容的复查记录", case.row.clause, command)


# --- joint enforcement (方案三（一）、行政强制法) -----------------------------------------------


@guard("领导小组决定")
def decided_by_group(case: Case) -> Proof:
    """The 领导小组 decision stands in the note. 方案三（一）."""
    command = case.advance('--note "领导小组某月某日决定"')
    return _require(case.act.note, "领导小组的决定（写入备注）", "方案三（一）", command)


@guard("两个以上部门")
def has_departments(case: Case) -> Proof:
    """At least two departments take part. 方案三（一）."""
    command = case.advance("--dept 生态环境所,综合执法队")
    return _require(len(set(case.act.departments)) >= 2, "至少两个部门", "方案三（一）", command)


@guard("执法性质与结果")
def has_nature_and_outcome(case: Case) -> Proof:
    """What kind of enforcement it was and how it ended. 方案三（一）."""
    natures, outcomes = case.policy.standards.natures, case.policy.standards.outcomes
    missing = []
    if case.act.nature not in natures:
        command = case.advance("--nature " + "/".join(natures))
        missing.append(Missing("执法性质：" + "、".join(natures), "方案三（一）", command))
    if case.act.outcome not in outcomes:
        command = case.advance("--outcome " + "/".join(outcomes))
        missing.append(Missing("执法结果：" + "、".join(outcomes), "方案三（一）", command))
    return Proof(missing=tuple(missing))


@guard("强制执行的条件")
def may_force(case: Case) -> Proof:
    """依法强制执行 needs power, decision, 催告, and daytime on a working day.

    行政强制法 34, 35 and 43; night and 法定节假日 only in an emergency, with reason and approver.
    """
    if case.act.nature != FORCED:
        return Proof()
    parts = (_has_power(case), _has_demand(case), _at_lawful_time(case))
    return Proof(missing=tuple(m for part in parts for m in part.missing))


def _has_power(case: Case) -> Proof:
    paper, act = case.act.paper, case.act
    if paper is None or paper.number is None or paper.issuer is None:
        command = case.advance("--issuer 有权机关 --doc-name 强制执行决定书 --doc-no 文号")
        return _lacks("有权机关的强制执行决定（机关、文号）", "行政强制法34", command)
    power = case.policy.power(paper.issuer, FORCED, act.on)
    text = f"{paper.issuer}依法强制执行的职权"
    return _require(power, text, "制度/职权.yaml", "改由有权机关作出决定，或改用 --nature 协助清理")


def _has_demand(case: Case) -> Proof:
    demanded = case.act.demanded_on
    served = demanded is not None and demanded <= case.act.on
    command = case.advance("--demanded-on 催告书送达日期")
    return _require(served, "催告书已经送达", "行政强制法35", command)


def _at_lawful_time(case: Case) -> Proof:
    act, clause = case.act, "行政强制法43"
    if act.time is None:
        return _lacks("执法时刻", clause, case.advance('--on "2026-10-09 09:30"'))
    if not case.policy.calendar.known(act.on.year):
        text = f"{act.on.year} 年的节假日表（不知道当天是不是法定节假日）"
        return _lacks(text, clause, "补上 制度/节假日.yaml，再 swm adopt --why 补节假日表")
    hour = int(act.time[:2])
    night = hour >= case.policy.rule("夜间开始", act.on).days
    night = night or hour < case.policy.rule("夜间结束", act.on).days
    holiday = case.policy.calendar.is_statutory_holiday(act.on)
    if not (night or holiday):
        return Proof()
    if act.emergency and act.reason and act.approval:
        return Proof()
    when = "夜间" if night else "法定节假日"
    command = case.advance("--emergency --reason 紧急情况 --approver 某某（或改在白天工作日）")
    return _lacks(f"不在夜间和法定节假日（本次为{when}）", clause, command)


# --- delisting (方案三) -----------------------------------------------------------------------


def standard_items(case: Case) -> tuple[Item, ...]:
    """The items of the standard by which the act's goal is accepted."""
    standard = case.policy.standard(case.row.target(case.before.state))
    return standard.items if standard else ()


@guard("标准各项已完成")
def items_finished(case: Case) -> Proof:
    """Each item 已完成 or 不涉及 by the newest record of this round. 方案三（一）、三（二）."""
    missing, relied = [], []
    for item in standard_items(case):
        status = case.before.items.get(item.name)
        if status and status.status in (DONE, NOT_APPLICABLE):
            relied.append(status.number)
            continue
        was = f"（第{status.number}条记为{status.status}）" if status else ""
        command = case.inspect("复查", f"--result 停产 --done {item.name}")
        missing.append(Missing(f"{item.name}：未完成{was}", case.row.clause, command))
    return Proof(tuple(missing), tuple(sorted(set(relied))))


@guard("各问题已整改")
def problems_mended(case: Case) -> Proof:
    """Every named problem is mended. 方案三."""
    if not case.before.problems and not case.before.solved and not case.before.opening:
        command = case.inspect("核查", '--result 在产 --problem "具体问题"')
        return _lacks("写明的问题及其整改记录", case.row.clause, command)
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
    states = (*case.before.items.values(), *case.before.solved.values())
    finished = max(((s.on, s.number) for s in states), default=(date.min, 0))
    accepted = _last_acceptance(case)
    command = case.inspect("验收", "--result 已清空 --pass")
    if accepted is None or accepted.on < finished[0]:
        text = "至少两人、结论为通过的验收"
        if accepted is not None:
            text += f"（第{accepted.number}条验收早于最后一项完成的 {finished[0]}）"
        return _lacks(text, case.row.clause, command)
    spoiled = _spoiled_since(case, accepted)
    if spoiled:
        text = f"验收以后第{spoiled.number}条又发现{spoiled.result}，应重新验收"
        return _lacks(text, case.row.clause, command)
    return Proof(relied=(accepted.number,))


def _last_acceptance(case: Case) -> Visit | None:
    """The newest 验收 of this round, if it passed and two people were there."""
    newest = next(iter(case.visits("验收")), None)
    if newest and newest.verdict == "通过" and len(newest.team) >= TEAM:
        return newest
    return None


def _spoiled_since(case: Case, accepted: Visit) -> Visit | None:
    """A later visit that found production where it must have stopped, or equipment back."""
    if not case.policy.state(case.row.target(case.before.state)).must_stop:
        return None
    since = (accepted.on, accepted.number)
    bad = PRODUCING | {"设备回迁"}
    return next((v for v in case.visits() if (v.on, v.number) > since and v.result in bad), None)


@guard("写明完成方式")
def has_method(case: Case) -> Proof:
    """How it was completed. 方案三."""
    methods = case.policy.standards.methods
    command = case.advance("--method " + "/".join(methods))
    text = "完成方式：" + "、".join(methods)
    return _require(case.act.method, text, case.row.clause, command)


@guard("写明去向")
def has_destination(case: Case) -> Proof:
    """Where it moved to. 方案三（二）."""
    command = case.advance('--moved-to "迁往何处"')
    return _require(case.act.moved_to, "迁往何处", case.row.clause, command)


# --- after delisting, and leaving the list ----------------------------------------------------


@guard("销号后发现回潮")
def relapsed(case: Case) -> Proof:
    """After 销号: production, equipment or power back; for 已整改 the old problem back. 方案五2."""
    closed = case.before.delisted_on or date.max
    floor = case.before.last_act.number if case.before.last_act else 0
    later = [v for v in case.visits() if (v.on, v.number) > (closed, floor)]
    stopped = case.policy.state(case.before.state).must_stop
    visit = next((v for v in later if _shows_relapse(v, stopped)), None)
    if visit:
        return Proof(relied=(visit.number,))
    if stopped:
        text = "销号以后发现恢复生产、设备回迁或恢复供电的记录"
        return _lacks(text, "方案五2", case.inspect("回头看", "--result 在产"))
    text = "销号以后发现老问题反弹的记录（合法生产不算回潮）"
    return _lacks(text, "方案五2", case.inspect("回头看", '--result 在产 --problem "反弹的问题"'))


def _shows_relapse(visit: Visit, stopped: bool) -> bool:
    if not stopped:
        return bool(visit.problems)
    return visit.result in PRODUCING | {"设备回迁"} or bool(visit.undone)


@guard("核减事由")
def has_removal_reason(case: Case) -> Proof:
    """One of the named reasons; 并入 and 重复登记 name the other enterprise. 方案三."""
    reasons = case.policy.standards.reasons
    if case.act.reason not in reasons:
        text = "核减事由：" + "、".join(reasons)
        return _lacks(text, case.row.clause, case.advance("--reason " + "/".join(reasons)))
    needs = case.act.reason in ("并入", "重复登记")
    command = case.advance(f'--reason "{case.act.reason} BK-0001"')
    return _require(not needs or case.act.related, "另一企业的编号", case.row.clause, command)


@guard("两人经办")
def handled_by_two(case: Case) -> Proof:
    """Two people handle a removal from the list. 方案三."""
    command = case.advance("--by 甲,乙")
    return _require(len(set(case.act.by)) >= TEAM, "两名经办人", case.row.clause, command)
