"""Whether a month's report can be issued: what is not entered, not served, not approved, not tying.

What only an entry can mend is a 提醒: an office may have to report it as it is. What would make the
printed number wrong, or unapproved, keeps the report in the house.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports.answers import Answers
from swm.reports.deskqueries import BEARS_ON, PENDING
from swm.reports.drafts import NIGHTS
from swm.reports.frame import begun_on
from swm.reports.values import Entry, Monthly

SHOWN = 5
"""How many of a kind are named one by one."""
UNAPPROVED, UNEQUAL = "待补批", "勾稽不平"
EXCUSABLE = (UNAPPROVED, UNEQUAL)
"""What a stated reason may excuse."""
TEAM = "--by 甲,乙"

_PENDING = f"{PENDING} WHERE {BEARS_ON} ORDER BY p.on_day, p.id, p.number"
_UNDISPOSED = """
SELECT u.id, e.name, u.number, u.kind, u.on_day, u.result FROM undisposed u
JOIN enterprise e ON e.id = u.id
WHERE u.on_day <= :end AND e.state <> '已核减' ORDER BY u.on_day, u.id, u.number
"""
_UNTOLD = """
SELECT v.id, e.name, v.number, v.kind, v.on_day, v.result, v.police_at, v.reported_at
FROM visit v JOIN enterprise e ON e.id = v.id
WHERE v.unlawful = 1 AND v.on_day >= :start AND v.on_day <= :end
  AND (v.police_at IS NULL OR v.reported_at IS NULL) ORDER BY v.on_day, v.id, v.number
"""


@frozen
class Point:
    """One thing that stands against issuing, or that one should know before."""

    blocks: bool
    subject: str
    text: str
    command: str = ""


def readiness(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    period: Period,
    report: Monthly,
    today: date,
) -> tuple[Point, ...]:
    """Everything, what blocks first. Nothing that blocks: the report can be issued."""
    case = _Case(facts, settings, policy, period, report)
    return (
        *_too_early(period, today),
        *_before_the_ledger(facts, settings, period),
        *case.unequal(),
        *_unapproved(facts, period),
        *case.unserved(),
        *case.undisposed(),
        *case.untold(),
        *case.nights(),
        *case.look_backs(),
        *case.silent(),
        *case.unvisited(),
        *case.undated(),
    )


def publishable(
    facts: Answers, settings: Settings, period: Period, today: date
) -> tuple[Point, ...]:
    """What keeps a public notice on `period` in the house."""
    return (
        *_too_early(period, today),
        *_before_the_ledger(facts, settings, period),
        *_unapproved(facts, period),
    )


def _too_early(period: Period, today: date) -> Iterator[Point]:
    if today <= period.end:
        text = f"{period.title}还没有过完（到 {period.end}），数字会变"
        yield Point(True, "未到期末", text, f"{period.end} 以后再印发")


def _before_the_ledger(facts: Answers, settings: Settings, period: Period) -> Iterator[Point]:
    begun = begun_on(facts, settings)
    if begun is None or period.end < begun:
        since = f"台账从{begun}开始" if begun else "台账里还没有记录"
        yield Point(True, "没有数据", f"{period.title}在建账以前（{since}）", "核对期间")


def _unapproved(facts: Answers, period: Period) -> Iterator[Point]:
    """Acts of the period or earlier; what came later is not in its numbers."""
    for row in facts.query(_PENDING, {"end": period.end.isoformat()}):
        text = f"{_of(row)}{row['label']}（{row['on_day']}）尚无批准"
        command = (
            f"swm correct {row['id']} {row['number']} --why 补批 --set 批准.人=某某"
            f" --set 批准.日期={row['on_day']} --set 批准.依据=签批单"
        )
        yield Point(True, UNAPPROVED, text, command)


@frozen
class _Case:
    facts: Answers
    settings: Settings
    policy: Policy
    period: Period
    report: Monthly

    def unequal(self) -> Iterator[Point]:
        for tie in self.report.ties:
            if not tie.holds:
                text = f"{tie.name}：{tie.left}＝{tie.left_value}，{tie.right}＝{tie.right_value}"
                command = "先查清原因：swm check；查清以后仍要印发的：--why 原因"
                yield Point(True, UNEQUAL, text, command)

    def unserved(self) -> Iterator[Point]:
        commands = (
            f"swm serve {e.id} {_number_in(e.note)} --on 日期 --method 直接"
            for e in self._entries("已作出未送达")
        )
        return self._listed("未送达", "已作出未送达", commands, lambda e: e.note)

    def undisposed(self) -> Iterator[Point]:
        rows = self._rows(_UNDISPOSED)
        for row in rows[:SHOWN]:
            text = f"{_of(row)}{row['kind']}（{row['on_day']}）发现{row['result']}，没有处置记录"
            command = f"swm dispose {row['id']} {row['number']} --measure 处置 {TEAM} --on {row['on_day']}"
            yield Point(False, "未处置", text, command)
        yield from _more("未处置", len(rows), "全部：swm")

    def untold(self) -> Iterator[Point]:
        rows = self._rows(_UNTOLD)
        for row in rows[:SHOWN]:
            columns = (("通知派出所", "police_at"), ("报告主要领导", "reported_at"))
            lacking = [name for name, column in columns if row[column] is None]
            found = f"{_of(row)}{row['kind']}（{row['on_day']}）发现{row['result']}"
            options = " ".join(f'--set "{name}={row["on_day"]} 时刻"' for name in lacking)
            command = f"swm correct {row['id']} {row['number']} --why 补记 {options}"
            yield Point(
                False, "违法生产未报告", f"{found}，没有记{'、'.join(lacking)}的时间", command
            )
        yield from _more("违法生产未报告", len(rows), "全部：swm")

    def nights(self) -> Iterator[Point]:
        wanted = self.policy.rule(NIGHTS, self.period.end).days
        done = self.report.figures["夜查次数"].value
        if done < wanted:
            text = f"{self.period.label}夜查{done}次，要求{wanted}次，还差{wanted - done}次没有登记"
            command = (
                f"走过没有登记的：swm patrol add --kind 夜查 --on 日期 --leader 带班领导 {TEAM}"
            )
            yield Point(False, "夜查", text, command)

    def look_backs(self) -> Iterator[Point]:
        commands = (
            f"做过没有登记的：swm inspect {e.id} --kind 回头看 {TEAM} --on 日期 --result 已清空"
            for e in self._entries("回头看逾期")
        )
        return self._listed("回头看", "回头看逾期", commands, lambda e: f"到期 {e.on}，{e.note}")

    def silent(self) -> Iterator[Point]:
        commands = (f"swm activity missing {self.period.code}" for _ in range(SHOWN))
        return self._listed("零报告", "应报未报", commands, lambda e: e.note)

    def unvisited(self) -> Iterator[Point]:
        commands = (
            f"去过没有登记的：swm inspect {e.id} --kind 日常 {TEAM} --on 日期 --result 停产"
            for e in self._entries("应查未查")
        )
        return self._listed("应查未查", "应查未查", commands, lambda e: e.note)

    def undated(self) -> Iterator[Point]:
        name = "列入满30日未下达期限"
        commands = (f"swm advance {e.id}" for e in self._entries(name))
        return self._listed("未下达期限", name, commands, lambda e: "没有下达期限")

    def _entries(self, figure: str) -> Sequence[Entry]:
        return self.report.figures[figure].entries

    def _listed(
        self, subject: str, figure: str, commands: Iterator[str], said: Any
    ) -> Iterator[Point]:
        entries = self._entries(figure)
        for entry, command in zip(entries[:SHOWN], commands, strict=False):
            who = entry.name if entry.id == entry.name else f"{entry.id} {entry.name}"
            yield Point(False, subject, f"{who}：{said(entry)}", command)
        everything = f"全部：swm figure {figure} --to {self.period.end}"
        yield from _more(subject, len(entries), everything)

    def _rows(self, sql: str) -> Sequence[Any]:
        days = {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()}
        return self.facts.query(sql, days)


def _of(row: Any) -> str:
    return f"{row['id']} {row['name']}：第{row['number']}条"


def _number_in(note: str) -> str:
    """The record's number in 第4条文书待送达."""
    return note.removeprefix("第").partition("条")[0]


def _more(subject: str, count: int, command: str) -> Iterator[Point]:
    if count > SHOWN:
        yield Point(False, subject, f"还有{count - SHOWN}项同样的", command)
