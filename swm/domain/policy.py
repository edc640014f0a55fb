"""The rules in force, read from the ledger's 制度/: data, not code.

Everything that a town may decide for itself (categories, states, acts and their guards, the items
of each standard, dated values, powers, clauses) stands in YAML; `policy_proof` proves at load that
the data hang together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from swm.domain.calendar import Calendar
from swm.domain.fields import (
    DATE,
    NAME,
    NUMBER,
    TEXT,
    YES,
    ListOf,
    Many,
    key,
)
from swm.domain.records import DAY_UNIT
from swm.domain.settings import LEVEL
from swm.errors import NotFound
from swm.frozen import declared, frozen


@declared
class Category:
    """整治类别: what must happen to an enterprise (方案三)."""

    name: str = key("名称", NAME, "类别的名称", required=True)
    upward: str = key("上报名称", NAME, "对上报表所用的名称", required=True)
    goal: str = key("目标", NAME, "销号后的状态", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class State:
    """整治状态: what has happened."""

    name: str = key("名称", NAME, "状态的名称", required=True)
    listed: bool = key("列入", YES, "是否计入底数", required=True)
    delisted: bool = key("销号", YES, "是否已销号", default=False)
    must_stop: bool = key("应停产", YES, "是否应当停产", required=True)
    final: bool = key("终结", YES, "可以长期停留的状态", default=False)
    meaning: str | None = key("说明", TEXT, "说明")

    @property
    def open(self) -> bool:
        """Listed and not yet delisted: what the town still has to finish."""
        return self.listed and not self.delisted


@declared
class Action:
    """动作: one row of the workflow. Several rows may share a name (销号)."""

    name: str = key("名称", NAME, "动作的名称", required=True)
    sources: tuple[str, ...] = key("由", ListOf(NAME), "可以出发的状态", required=True)
    targets: tuple[str, ...] = key(
        "至", ListOf(NAME), "到达的状态；几个的，停留在原状态", required=True
    )
    category: str | None = key("类别", NAME, "适用的类别；转取缔为转入的类别")
    level: str | None = key("层级", LEVEL, "只用于哪一级销号的台账；不写的两级都用")
    guards: tuple[str, ...] = key("前提", ListOf(NAME), "各项前提", required=True)
    approval: bool = key("需批准", YES, "是否需要批准", default=False)
    paper: str | None = key("文书", NAME, "无权责令时文书的名称")
    order: str | None = key("责令文书", NAME, "有权责令时文书的名称")
    matter: str | None = key("事项", NAME, "职权.yaml 中的事项")
    clause: str = key("依据", NAME, "依据的条款", required=True)

    def target(self, state: str) -> str:
        """The state after the act: `state` itself for an act that stays."""
        return state if state in self.targets else self.targets[0]

    @property
    def orders(self) -> bool:
        """Whether its paper moves the enterprise on: an order, not a letter about a state."""
        return self.paper is not None and not set(self.sources) <= set(self.targets)


@declared
class Workflow:
    """制度/流程.yaml."""

    categories: tuple[Category, ...] = key("类别", Many(Category), "整治类别", required=True)
    states: tuple[State, ...] = key("状态", Many(State), "整治状态", required=True)
    actions: tuple[Action, ...] = key("动作", Many(Action), "动作及其前提", required=True)


@declared
class Item:
    """One item of a standard: 断水, 清设备 …"""

    name: str = key("名称", NAME, "标准项的名称", required=True)
    meaning: str = key("说明", TEXT, "达到什么程度算完成", required=True)
    photo: bool = key("需照片", YES, "是否必须有照片", default=False)
    supply: str | None = key("涉及", NAME, "涉及的供应：水、电；与居民合用时不得切断")
    shared_measure: str | None = key("合用时", NAME, "与居民合用时允许的措施")


@declared
class Standard:
    """验收标准 of one goal state (方案三). No items: every named problem must be mended."""

    goal: str = key("目标", NAME, "销号后的状态", required=True)
    name: str = key("名称", NAME, "标准的名称", required=True)
    items: tuple[Item, ...] = key("各项", Many(Item), "标准项")
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Ground:
    """取缔情形 (方案三（一）1 to 6, and a relocation overdue)."""

    code: str = key("代号", NAME, "引用时所写的代号", required=True)
    text: str = key("情形", TEXT, "情形", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)
    after: str | None = key("逾期于", NAME, "由哪个状态逾期转来时自动适用")


@declared
class RedLine:
    """禁入红线: words that forbid entry, matched as words in name, industry or product."""

    word: str = key("词", NAME, "匹配的词", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class LetterUse:
    """保证书适用: whose letter it is in a stretch of time, and how long it binds."""

    kind: str = key("类型", NAME, "保证书类型", required=True)
    signers: tuple[str, ...] = key("签订人", ListOf(NAME), "签订人的身份", required=True)
    term: str = key("有效期", NAME, "期限.yaml 中有效期的规则", default="保证书有效期")
    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    clause: str = key("依据", NAME, "依据的条款", required=True)

    def holds(self, day: date) -> bool:
        """Whether it is the rule of that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@declared
class Materials:
    """准入材料: what has to be handed in for one kind of admission in a stretch of time."""

    kind: str = key("方式", NAME, "入驻、出租、接电、接水、执照", required=True)
    items: tuple[str, ...] = key("材料", ListOf(NAME), "应交的材料", required=True)
    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    clause: str = key("依据", NAME, "依据的条款", required=True)

    def holds(self, day: date) -> bool:
        """Whether it is the rule of that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@declared
class Standards:
    """制度/标准.yaml."""

    standards: tuple[Standard, ...] = key("验收标准", Many(Standard), "验收标准", required=True)
    grounds: tuple[Ground, ...] = key("取缔情形", Many(Ground), "取缔情形", required=True)
    red_lines: tuple[RedLine, ...] = key("禁入红线", Many(RedLine), "禁入红线")
    natures: tuple[str, ...] = key("执法性质", ListOf(NAME), "联合执法的性质", required=True)
    outcomes: tuple[str, ...] = key("执法结果", ListOf(NAME), "联合执法的结果", required=True)
    reasons: tuple[str, ...] = key("核减事由", ListOf(NAME), "核减的事由", required=True)
    methods: tuple[str, ...] = key("完成方式", ListOf(NAME), "销号的完成方式", required=True)
    letter_kinds: tuple[str, ...] = key("保证书类型", ListOf(NAME), "保证书的类型", required=True)
    letter_uses: tuple[LetterUse, ...] = key("保证书适用", Many(LetterUse), "各类保证书由谁签订")
    sublet_signers: tuple[str, ...] = key(
        "转租签订", ListOf(NAME), "转租的厂房中哪些身份的人都应签订；不写的有一份即可"
    )
    materials: tuple[Materials, ...] = key("准入材料", Many(Materials), "准入应交的材料")


@declared
class DatedValue:
    """One value of a rule and the days on which it holds."""

    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    days: int = key("日数", NUMBER, "日数（次数类规则为次数）", required=True)
    unit: str = key("单位", DAY_UNIT, "自然日或工作日", default="自然日")
    roll: bool = key("顺延", YES, "届满遇休息日是否顺延", default=False)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Rule:
    """A named quantity with dated values: 限期清理, 延期次数, 夜查每月次数, 保证书有效期 …"""

    name: str = key("名称", NAME, "规则的名称", required=True)
    meaning: str = key("说明", TEXT, "规则的含义", required=True)
    values: tuple[DatedValue, ...] = key("取值", Many(DatedValue), "各时期的取值", required=True)

    def on(self, day: date) -> DatedValue:
        """The value in force on `day`; raises `NotFound` when none is."""
        for value in self.values:
            if value.since <= day and (value.until is None or day <= value.until):
                return value
        raise NotFound(f"规则“{self.name}”在 {day} 没有取值", "请在 制度/期限.yaml 补上")


@declared
class LookBackPlan:
    """回头看: how often a delisted enterprise is seen again (方案五2)."""

    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    goals: tuple[str, ...] = key("状态", ListOf(NAME), "适用的销号状态；不写的适用于其余各状态")
    days: tuple[int, ...] = key("各次", ListOf(NUMBER), "销号以后第几日以前", required=True)
    every: int = key("以后每隔", NUMBER, "最后一次以后，每隔多少日一次", required=True)
    months: tuple[int, ...] = key("每月一次", ListOf(NUMBER), "这些月份每月至少一次")
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class RequiredRoles:
    """包保: the roles that every listed enterprise must have somebody in (方案五2)."""

    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期；空为至今")
    roles: tuple[str, ...] = key("角色", ListOf(NAME), "必须落实到人的包保角色", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)


@declared
class Rules:
    """制度/期限.yaml."""

    rules: tuple[Rule, ...] = key("规则", Many(Rule), "各项规则", required=True)
    look_backs: tuple[LookBackPlan, ...] = key("回头看", Many(LookBackPlan), "销号以后的回头看")
    required_roles: tuple[RequiredRoles, ...] = key(
        "包保", Many(RequiredRoles), "必须落实的包保责任人"
    )

    def look_backs_of(self, state: str) -> tuple[LookBackPlan, ...]:
        """The plans for enterprises delisted into `state`: those that name it, else the others."""
        named = tuple(plan for plan in self.look_backs if state in plan.goals)
        return named or tuple(plan for plan in self.look_backs if not plan.goals)

    def roles_on(self, day: date) -> tuple[str, ...]:
        """The roles that must be filled on `day`."""
        for rule in self.required_roles:
            if rule.since <= day and (rule.until is None or day <= rule.until):
                return rule.roles
        return ()


@declared
class Power:
    """职权: which authority may order what, from when to when, by which law."""

    authority: str = key("机关", NAME, "机关的名称", required=True)
    matter: str = key("事项", NAME, "可以作出的事项", required=True)
    basis: str = key("依据", TEXT, "依据的法律或授权", required=True)
    since: date = key("自", DATE, "开始日期", required=True)
    until: date | None = key("至", DATE, "结束日期")


@declared
class Powers:
    """制度/职权.yaml."""

    powers: tuple[Power, ...] = key("职权", Many(Power), "各机关的职权")


@declared
class Clause:
    """依据: a clause that a guard or a document cites, and when it holds."""

    code: str = key("引用", NAME, "引用时的写法", required=True)
    title: str = key("名称", NAME, "文件名称", required=True)
    article: str = key("条", NAME, "条款", required=True)
    text: str = key("内容", TEXT, "条款内容", required=True)
    since: date = key("自", DATE, "开始施行的日期", required=True)
    until: date | None = key("至", DATE, "最后施行的日期")
    replaces: str | None = key("替代", NAME, "被替代的引用")


@declared
class Clauses:
    """制度/依据.yaml."""

    clauses: tuple[Clause, ...] = key("依据", Many(Clause), "各条依据", required=True)


Named = TypeVar("Named", Category, State, Rule)


@frozen
class Policy:
    """All rules of a ledger at one commit."""

    workflow: Workflow
    standards: Standards
    rules: Rules
    powers: Powers
    clauses: Clauses
    calendar: Calendar

    def category(self, name: str) -> Category:
        """The category of that name."""
        return _named(self.workflow.categories, name, "类别")

    def state(self, name: str) -> State:
        """The state of that name."""
        return _named(self.workflow.states, name, "状态")

    def rule(self, name: str, day: date) -> DatedValue:
        """The value of rule `name` in force on `day`."""
        return _named(self.rules.rules, name, "规则").on(day)

    def optional(self, name: str, day: date) -> DatedValue | None:
        """The value of a rule that an older ledger may lack; None where it does."""
        if all(rule.name != name for rule in self.rules.rules):
            return None
        return self.rule(name, day)

    def actions(self, name: str) -> tuple[Action, ...]:
        """The workflow's rows for an act of that name; raises `NotFound`."""
        rows = tuple(a for a in self.workflow.actions if a.name == name)
        if not rows:
            names = dict.fromkeys(a.name for a in self.workflow.actions)
            raise NotFound(f"没有“{name}”这个动作", "可用动作：" + "、".join(names))
        return rows

    def standard(self, goal: str) -> Standard | None:
        """The standard by which `goal` is accepted."""
        return next((s for s in self.standards.standards if s.goal == goal), None)

    def ground(self, code: str) -> Ground:
        """The 取缔情形 of that code; raises `NotFound`."""
        for ground in self.standards.grounds:
            if ground.code == code:
                return ground
        codes = "、".join(g.code for g in self.standards.grounds)
        raise NotFound(f"没有“{code}”这条取缔情形", f"可用：{codes}")

    def power(self, authority: str, matter: str, day: date) -> Power | None:
        """The power by which `authority` may order `matter` on `day`, or None."""
        for power in self.powers.powers:
            held = power.since <= day and (power.until is None or day <= power.until)
            if held and (power.authority, power.matter) == (authority, matter):
                return power
        return None


def _named(rows: Sequence[Named], name: str, what: str) -> Named:
    for row in rows:
        if row.name == name:
            return row
    raise NotFound(f"没有“{name}”这个{what}", "可用：" + "、".join(r.name for r in rows))
