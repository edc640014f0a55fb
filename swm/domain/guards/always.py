"""What every act must keep to, whatever 流程.yaml says: words, category, deadlines, powers."""

from __future__ import annotations

from swm.domain.fold import EXTENSION, RELAPSE, of_township
from swm.domain.guards.case import Case, Guard, Proof, lacks
from swm.domain.guards.enforcement import FORCED, may_force
from swm.domain.guards.operations import tells_items_rightly, tells_operation_rightly
from swm.domain.vocabulary import unknown_words

ORDERING_WORDS = ("责令", "关闭", "强制")
"""Words that a paper may print only when its issuer holds the power (职权.yaml)."""
CONVERSION = "转取缔"
RECLASSIFYING = frozenset({"列入", "调整类别", CONVERSION, RELAPSE})
"""The acts that may settle or change the category."""


def speaks_known_words(case: Case) -> Proof:
    """Category, grounds and ways stand in 流程.yaml and 标准.yaml."""
    return Proof(missing=tuple(unknown_words(case.act, case.policy)))


def keeps_category(case: Case) -> Proof:
    """Only the acts made for it change the category; 转取缔 has one outcome. 方案三."""
    given, known, row = case.act.category, case.before.category, case.row
    if given is None or (known == given and row.name not in RECLASSIFYING):
        return Proof()
    if row.name == CONVERSION and given != row.category:
        text = f"转取缔后的类别只能是{row.category}"
        return lacks(text, "方案三", case.advance(f"--category {row.category}"))
    if row.name in RECLASSIFYING or known is None:
        return Proof()
    if given == row.category and "类别相符" in row.guards:
        return Proof()  # that guard says so itself
    command = f"swm advance {case.id} 调整类别 --category {given} --reason 原因"
    return lacks(f"类别仍为{known}（{row.name}不改变类别）", "方案三", command)


def sets_deadline_by_paper(case: Case) -> Proof:
    """A deadline is set by an act that issues a paper, and moved by 延期 alone. 方案三."""
    sets = case.row.orders or case.row.name == EXTENSION
    if sets or (case.act.deadline is None and case.act.term is None):
        return Proof()
    command = f"swm advance {case.id} {EXTENSION} --deadline 日期 --reason 原因"
    return lacks(f"{case.row.name}不定期限，去掉 --deadline、--days", "方案三", command)


def keeps_within_power(case: Case) -> Proof:
    """Only an issuer that holds the power on that day may order; a town gives notice."""
    paper, act = case.act.paper, case.act
    if paper is None:
        return Proof()
    matter = case.row.matter or (FORCED if act.nature == FORCED else "")
    if not matter and not of_township(paper.issuer):
        return Proof()  # a paper of an authority above the town, which the town only cites
    spelled = "".join(paper.name.split())
    words = [word for word in ORDERING_WORDS if word in spelled]
    orders = words or paper.nature == "责令"
    if not orders or case.policy.power(paper.issuer or "", matter, act.on):
        return Proof()
    text = f"{paper.issuer or '本镇'}无权“{words[0] if words else '责令'}”，文书只能用告知书"
    name = case.row.paper or f"{case.row.name}告知书"
    return lacks(text, "制度/职权.yaml", case.advance(f"--doc-name {name}"))


def serves_after_making(case: Case) -> Proof:
    """A paper is served on the day it was made or later."""
    served = case.act.paper.served_on if case.act.paper else None
    if served is None or served >= case.act.on:
        return Proof()
    text = f"不早于文书作出日期（{case.act.on}）的送达日期（写的是 {served}）"
    return lacks(text, case.row.clause, case.advance(f"--served {case.act.on}"))


ALWAYS: tuple[Guard, ...] = (
    speaks_known_words,
    keeps_category,
    sets_deadline_by_paper,
    keeps_within_power,
    serves_after_making,
    may_force,
    tells_items_rightly,
    tells_operation_rightly,
)
