"""举报、上级交办 (方案五2、六5): what came in, who checked it, what was answered, how it ended.

Facts only. Who reported, and in what words, is in the vault of the office's computer and nowhere
in these files: they say that there is an entry (`token`), and whether it can be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from swm.domain.fields import (
    DATE,
    NAME,
    NUMBER,
    PARTY,
    PERSON,
    TEXT,
    YES,
    BadValue,
    Kind,
    ListOf,
    One,
    choice,
    key,
)
from swm.domain.filed import Filed, of_type, records_of
from swm.domain.personaldata import telling
from swm.domain.policy import Policy
from swm.domain.records import Approval, Record, Term
from swm.errors import Missing
from swm.frozen import declared

ASSIGNED = "上级交办"
"""The source that comes from above; all others are 群众举报."""
SOURCES = ("12345热线", "群众来电", "来信来访", "网络/微信", ASSIGNED, "媒体")
TRUE = ("属实", "部分属实")
CONCLUSIONS = (*TRUE, "不属实", "无法核实", "查无此处")
ANSWER_WAYS = ("电话", "当面", "书面", "短信", "网络", "回复交办单位")
TEAM = 2
"""How many people a 核查 takes (方案五2)."""

SOURCE = choice("举报来源", *SOURCES)
CONCLUSION = choice("核查结论", *CONCLUSIONS)
ANSWER_WAY = choice("答复方式", *ANSWER_WAYS)

_PROOF = re.compile(r"(?P<id>[A-Z]{1,6}-\d{4,})第(?P<number>[1-9]\d*)条")


def _proof(text: str) -> str:
    if not _PROOF.fullmatch(text):
        raise BadValue(f"“{text}”不是企业的一条记录", "写作 BK-0001第5条")
    return text


PROOF = Kind("企业记录（BK-0001第5条）", _proof)


def proof_of(text: str) -> tuple[str, int]:
    """The enterprise and the record that `BK-0001第5条` names."""
    m = _PROOF.fullmatch(text)
    assert m is not None
    return m["id"], int(m["number"])


@declared
class Received(Record):
    """收件: what came in, from where, about which enterprises, until when it is to be done."""

    source: str = key("来源", SOURCE, "举报、交办的来源", required=True)
    source_number: str | None = key("来源单号", NAME, "工单号、交办单号")
    village: str = key("村", NAME, "所反映的村", required=True)
    text: str = key("内容", TEXT, "反映的情况，不含个人信息的摘要", required=True)
    about: tuple[str, ...] = key("涉及", ListOf(NAME), "涉及的企业编号")
    duplicate_of: str | None = key("重复于", NAME, "重复件所重复的那一件的编号")
    deadline: date | None = key("期限", DATE, "办结期限")
    term: Term | None = key("期限日数", One(Term), "按制度推算的办理日数，自收件次日起算")
    handler: str | None = key("承办", PARTY, "承办的部门或人员")
    token: str | None = key("保密登记", NAME, "保密库里登记的随机代号；没有登记的不写")
    contact: bool | None = key("可答复", YES, "举报人是否留有联系方式")
    named: bool | None = key("已核验", YES, "实名举报的身份是否已核验")
    scan: str | None = key("原件", NAME, "交办单、来信的 SHA-256")
    pages: int | None = key("原件页数", NUMBER, "原件的页数")
    place: str | None = key("原件存放", TEXT, "纸件存放的地方")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Handed(Record):
    """转办: to whom it was handed."""

    handler: str = key("承办", PARTY, "承办的部门或人员", required=True)
    note: str | None = key("备注", TEXT, "备注")


@declared
class Linked(Record):
    """关联: enterprises that it turned out to be about, and the records that say so."""

    about: tuple[str, ...] = key("涉及", ListOf(NAME), "涉及的企业编号", required=True)
    proof: tuple[str, ...] = key("凭", ListOf(PROOF), "企业档案里的记录")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Verified(Record):
    """核查: what at least two people found on the spot."""

    people: tuple[str, ...] = key("人员", ListOf(PERSON), "到场人员", required=True)
    conclusion: str = key("结论", CONCLUSION, "核查结论", required=True)
    found: str = key("发现", TEXT, "现场发现的情况", required=True)
    proof: tuple[str, ...] = key("凭", ListOf(PROOF), "企业档案里的核查记录")
    scan: str | None = key("原件", NAME, "签字的核查表的 SHA-256")
    pages: int | None = key("原件页数", NUMBER, "原件的页数")
    place: str | None = key("原件存放", TEXT, "纸件存放的地方")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Prolonged(Record):
    """延期: a later deadline, approved before the old one passed."""

    deadline: date = key("期限", DATE, "延至的期限", required=True)
    reason: str = key("事由", TEXT, "延期的原因", required=True)
    approval: Approval = key("批准", One(Approval), "批准", required=True)


@declared
class Answered(Record):
    """答复: how the reporter, or whoever handed it down, was told the outcome."""

    way: str = key("方式", ANSWER_WAY, "答复的方式", required=True)
    text: str | None = key("内容", TEXT, "答复的要点")
    satisfied: bool | None = key("满意", YES, "对方是否满意；没有表示的不写")
    note: str | None = key("备注", TEXT, "备注")


@declared
class Closed(Record):
    """办结: how it ended; what was done about what was true."""

    result: str = key("结果", TEXT, "办理结果", required=True)
    measure: str | None = key("处理", TEXT, "对属实部分采取的措施")
    proof: tuple[str, ...] = key("凭", ListOf(PROOF), "企业档案里的记录")
    note: str | None = key("备注", TEXT, "备注")


TYPES: dict[str, type[Record]] = {
    "收件": Received,
    "转办": Handed,
    "关联": Linked,
    "核查": Verified,
    "延期": Prolonged,
    "答复": Answered,
    "办结": Closed,
}


@declared
class Complaint(Filed):
    """One complaint, or one matter handed down."""

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def received(self) -> Received:
        """What came in, as corrected. Only for one that is not withdrawn."""
        return next(r for r in self.valid if isinstance(r, Received))

    @property
    def title(self) -> str:
        """The village and how it stands: neither the source nor what was said."""
        return "（已撤销）" if self.withdrawn else f"{self.received.village}：{self.state}"

    @property
    def verified(self) -> Verified | None:
        """The last 核查."""
        return next(reversed([*of_type(self, Verified)]), None)

    @property
    def closed(self) -> Closed | None:
        """How it ended."""
        return next(of_type(self, Closed), None)

    @property
    def answers(self) -> tuple[Answered, ...]:
        """Every 答复."""
        return tuple(of_type(self, Answered))

    @property
    def true(self) -> bool:
        """Whether the last 核查 found it true, or true in part."""
        return self.verified is not None and self.verified.conclusion in TRUE

    @property
    def about(self) -> tuple[str, ...]:
        """Every enterprise that it is about, in the order in which they were named."""
        named: list[str] = []
        for record in self.valid:
            if isinstance(record, Received | Linked):
                named += record.about
            elif isinstance(record, Verified):
                named += [proof_of(text)[0] for text in record.proof]
        return tuple(dict.fromkeys(named))

    @property
    def handler(self) -> str | None:
        """Who has it now."""
        named = [r.handler for r in self.valid if isinstance(r, Received | Handed)]
        return next((h for h in reversed(named) if h), None)

    @property
    def deadline(self) -> date | None:
        """Until when it is to be closed, extensions counted."""
        last = next(reversed([*of_type(self, Prolonged)]), None)
        return last.deadline if last else self.received.deadline

    @property
    def state(self) -> str:
        """待核查, 办理中 or 已办结."""
        if self.closed:
            return "已办结"
        return "办理中" if self.verified else "待核查"

    def overdue(self, day: date) -> bool:
        """Whether it is still open after its deadline; the day of the deadline is not overdue."""
        return self.closed is None and self.deadline is not None and day > self.deadline

    def objections(self, policy: Policy) -> Iterable[Missing]:
        """Personal words in any record, and what cannot have happened in this order."""
        for record in self.records:
            yield from telling(record)
        if not self.withdrawn:
            yield from _out_of_order(self)


def _out_of_order(c: Complaint) -> Iterator[Missing]:
    received = c.received
    for record in (r for r in c.valid if r.number != received.number):
        if isinstance(record, Received):
            yield Missing("收件只能是第一条", "", f"swm complaint show {c.id}")
        if record.on < received.on:
            text = f"第{record.number}条{record.type}（{record.on}）早于收件的 {received.on}"
            yield Missing(text, "方案六5", "核对 --on")
    if received.duplicate_of == c.id:
        yield Missing("不能是自己的重复件", "", "核对 --duplicate-of")
    if received.deadline and received.deadline < received.on:
        text = f"期限 {received.deadline} 早于收件的 {received.on}"
        yield Missing(text, "方案六5", "核对 --due 和 --on")
    if received.contact and received.token is None:
        text = "记了可以答复，保密库里却没有登记"
        yield Missing(text, "方案六5", "用 --reporter-stdin 登记联系方式")
    for visit in of_type(c, Verified):
        if len(set(visit.people)) < TEAM:
            text = f"至少两人的核查（现为{len(set(visit.people))}人）"
            yield Missing(text, "方案五2", "--by 甲,乙")
    yield from _bad_extensions(c)
    yield from _bad_answers(c)
    yield from _bad_ending(c)


def _bad_extensions(c: Complaint) -> Iterator[Missing]:
    current = c.received.deadline
    for e in of_type(c, Prolonged):
        approved = e.approval.on or e.on
        if current is None:
            yield Missing(
                "现有的期限（没有期限的不用延期）", "方案六5", f"swm complaint show {c.id}"
            )
            return
        if e.deadline <= current:
            yield Missing(
                f"延至的期限晚于现期限 {current}", "方案六5", "--until 日期 或 --days 日数"
            )
        if approved > current:
            text = f"在期限 {current} 以前（含当日）的批准（{approved} 已经超期）"
            yield Missing(text, "方案六5", f"超期的照实办结：swm complaint close {c.id}")
        current = e.deadline


def _bad_answers(c: Complaint) -> Iterator[Missing]:
    for a in c.answers:
        to_above = a.way == "回复交办单位"
        if not to_above and not c.received.contact:
            text = "举报人的联系方式（没有留下，无从答复；也不能记满意与否）"
            command = f"直接办结：swm complaint close {c.id}；单位转来的用 --way 回复交办单位"
            yield Missing(text, "方案六5", command)
        if not c.verified or c.verified.on > a.on:
            yield Missing("答复以前的核查", "方案六5", verify_command(c.id))


def _bad_ending(c: Complaint) -> Iterator[Missing]:
    endings = list(of_type(c, Closed))
    if not endings:
        return
    end = endings[0]
    if len(endings) > 1:
        yield Missing(f"已于 {end.on} 办结，不能再办结", "方案六5", f"swm complaint show {c.id}")
    before = [v for v in of_type(c, Verified) if v.on <= end.on]
    if not before:
        yield Missing("至少两人的核查", "方案六5", verify_command(c.id))
        return
    if before[-1].conclusion in TRUE and not (end.measure or end.proof):
        text = f"对{before[-1].conclusion}部分采取的措施，或企业档案里的记录"
        command = f"swm complaint close {c.id} --measure 措施（或 --proof BK-0001第5条）"
        yield Missing(text, "方案六5", command)


def close_command(id: str, conclusion: str | None) -> str:
    """The command that records 办结: of what is true it says what was done about it."""
    measure = " --measure 措施" if conclusion in TRUE else ""
    return f"swm complaint close {id} --result 办理结果{measure}"


def verify_command(id: str) -> str:
    """The command that records a 核查."""
    return f"swm complaint verify {id} --by 甲,乙 --conclusion 属实 --found 现场情况"
