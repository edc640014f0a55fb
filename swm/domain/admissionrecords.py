"""准入: who wants to come in, what the rules advise, what was decided (方案五1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from swm.domain.fields import NAME, PERSON, TEXT, ListOf, Many, MapOf, One, choice, key
from swm.domain.filed import Filed, records_of
from swm.domain.records import ADMISSION_KINDS, Approval, Record
from swm.errors import Missing
from swm.frozen import declared

if TYPE_CHECKING:
    from swm.domain.policy import Policy

ADMITTED, REJECTED, WAITING = "准入", "不予准入", "补充材料"
DECISIONS = (ADMITTED, REJECTED, WAITING)
KIND = choice("准入方式", *ADMISSION_KINDS)
DECISION = choice("准入结论", *DECISIONS)


@declared
class Reason:
    """理由: one thing that a rule found, its clause, and what it leads to."""

    rule: str = key("规则", NAME, "查出它的规则", required=True)
    text: str = key("情形", TEXT, "情形", required=True)
    clause: str = key("依据", NAME, "依据的条款", required=True)
    leads_to: str = key("处理", DECISION, "不予准入或补充材料", required=True)
    related: str | None = key("关联", NAME, "涉及的企业或厂房的编号")
    remedy: str | None = key("办法", TEXT, "怎样可以消除")


def _advice() -> Any:
    return key("建议", DECISION, "按规则得出的建议", required=True)


def _reasons() -> Any:
    return key("理由", Many(Reason), "各条理由")


def _decision() -> Any:
    return key("结论", DECISION, "作出的结论", required=True)


def _why() -> Any:
    return key("决定理由", TEXT, "结论与建议不同的理由")


def _approval() -> Any:
    return key("批准", One(Approval), "结论与建议不同的批准")


@declared
class Review(Record):
    """审查: the application as it was made."""

    kind: str = key("方式", KIND, "入驻、出租、接电、接水、执照", required=True)
    name: str = key("名称", NAME, "申请的企业", required=True)
    village: str = key("村", NAME, "所在村", required=True)
    operator: str | None = key("经营者", PERSON, "经营者姓名")
    phone: str | None = key("电话", NAME, "联系电话")
    uscc: str | None = key("统一社会信用代码", NAME, "18 位")
    premises: str | None = key("厂房", NAME, "所在厂房的编号")
    address: str | None = key("地址", NAME, "详细地址")
    position: str | None = key("坐标", NAME, "经度,纬度")
    industry: str | None = key("行业", NAME, "行业代码和名称")
    product: str | None = key("产品与工艺", TEXT, "主要产品和工艺")
    materials: tuple[str, ...] = key("材料", ListOf(NAME), "已交的材料")
    advice: str = _advice()
    reasons: tuple[Reason, ...] = _reasons()
    decision: str = _decision()
    why: str | None = _why()
    approval: Approval | None = _approval()
    note: str | None = key("备注", TEXT, "备注")


@declared
class Supplement(Record):
    """补充: further material, and what was found about enterprises that looked alike."""

    materials: tuple[str, ...] = key("材料", ListOf(NAME), "补交的材料")
    settled: dict[str, str] = key("核实", MapOf(TEXT), "核实不是同一家的企业，及其证明")
    advice: str = _advice()
    reasons: tuple[Reason, ...] = _reasons()
    decision: str = _decision()
    why: str | None = _why()
    approval: Approval | None = _approval()
    note: str | None = key("备注", TEXT, "备注")


@declared
class Decided(Record):
    """决定: what a person decided, on the advice as it stood."""

    advice: str = _advice()
    reasons: tuple[Reason, ...] = _reasons()
    decision: str = _decision()
    why: str | None = _why()
    approval: Approval | None = _approval()
    note: str | None = key("备注", TEXT, "备注")


Ruling = Review | Supplement | Decided
"""What the rules advise on all that is known, and what was decided."""

TYPES: dict[str, type[Record]] = {"审查": Review, "补充": Supplement, "决定": Decided}


@declared
class Admission(Filed):
    """One application and everything that was decided about it."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def review(self) -> Review:
        """The application as corrected. Only for one that is not withdrawn."""
        first = next(r for r in self.valid if isinstance(r, Review))
        return first

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Every ruling that counts, in the order of their days."""
        return tuple(r for r in self.valid if isinstance(r, Ruling))

    @property
    def last(self) -> Ruling:
        """The ruling that stands."""
        return self.rulings[-1]

    @property
    def advised(self) -> Ruling:
        """The last ruling that the rules were asked for."""
        return [r for r in self.rulings if not isinstance(r, Decided)][-1]

    @property
    def materials(self) -> tuple[str, ...]:
        """Everything that was handed in."""
        given = [r.materials for r in self.valid if isinstance(r, Review | Supplement)]
        return tuple(dict.fromkeys(name for names in given for name in names))

    @property
    def settled(self) -> dict[str, str]:
        """The enterprises that were found to be others, with the proof."""
        found: dict[str, str] = {}
        for record in self.valid:
            if isinstance(record, Supplement):
                found |= record.settled
        return found

    @property
    def title(self) -> str:
        """某某厂 入驻：补充材料."""
        if self.withdrawn:
            return "（已撤销）"
        return f"{self.review.name} {self.review.kind}：{self.last.decision}"

    @property
    def on(self) -> date:
        """The day of the application."""
        return self.review.on

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """A decision against the advice without reason and approver; days out of order."""
        if self.withdrawn:
            return
        for ruling in self.rulings:
            yield from _unfounded(ruling)
            if ruling.on < self.on:
                text = f"第{ruling.number}条的日期 {ruling.on} 早于审查的 {self.on}"
                yield Missing(text, "方案五1", f"--on 不早于 {self.on}")


def _unfounded(ruling: Ruling) -> Iterable[Missing]:
    if ruling.decision == ruling.advice:
        return
    head = f"建议是{ruling.advice}，结论是{ruling.decision}"
    if not ruling.why:
        yield Missing(f"{head}：不同的理由", "方案五1", "加上 --why 理由")
    if ruling.approval is None:
        yield Missing(f"{head}：批准人", "方案五1", "加上 --approver 姓名")
