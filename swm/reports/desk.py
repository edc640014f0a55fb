"""The desk: what waits, most urgent first, each line with the command that deals with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from swm.domain.fold import LISTED
from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.errors import Finding
from swm.frozen import frozen
from swm.reports import deskcomplaints, desklettings, figures
from swm.reports import deskenforcement as enforcement
from swm.reports import deskqueries as queries
from swm.reports.figures import Answers, as_day

SECTIONS = (
    "超期",
    deskcomplaints.LATE,
    "违法生产未报告",
    enforcement.UNDISPOSED,
    enforcement.DISPOSAL_OVERDUE,
    "反弹未纳入",
    "派出所到场未记",
    enforcement.PUT_OFF,
    "七日内到期",
    deskcomplaints.NEAR,
    "清退",
    "待送达",
    "待补批",
    enforcement.SUBMITTED,
    enforcement.UNANSWERED,
    "待核查",
    deskcomplaints.UNCHECKED,
    deskcomplaints.UNLISTED,
    deskcomplaints.UNANSWERED,
    "未下达期限",
    "夜查",
    "应查未查",
    "回头看",
    "零报告",
    "三十日内到期",
    "准入补充材料",
    "违反保证",
    "保证书到期",
    "应签保证书",
    "今晚值班",
    "包保人已离任",
    "无包保责任人",
)
"""The order of the desk."""
DEADLINE_ACTS = {"清理中": "联合执法", "执法中": "联合执法", "搬迁中": "转取缔", "整改中": "转取缔"}
"""What comes after a deadline has passed (方案三)."""
TEAM = "--by 甲,乙"


@frozen
class Line:
    """One thing that waits: about whom, since or until when, what to type."""

    section: str
    id: str
    name: str
    village: str
    text: str
    on: date | None
    command: str


@frozen
class Desk:
    """Everything that waits on `today`, and how the town stands."""

    today: date
    stock: int
    delisted: int
    unfinished: int
    nights: int
    nights_wanted: int
    lines: tuple[Line, ...]
    unreadable: tuple[Finding, ...]

    @property
    def sections(self) -> list[tuple[str, list[Line]]]:
        """The lines by section, empty sections left out."""
        return [(name, list(lines)) for name, lines in groupby(self.lines, lambda x: x.section)]


@frozen
class Case:
    """What the lines are drawn from."""

    facts: Answers
    policy: Policy
    today: date

    def rule(self, name: str) -> int:
        """The number of days (or times) that a rule has today."""
        return self.policy.rule(name, self.today).days

    def back(self, rule: str) -> str:
        """The day that lies the rule's days before today, as text."""
        return (self.today - timedelta(days=self.rule(rule))).isoformat()

    def ahead(self, rule: str) -> str:
        """The day that lies the rule's days after today, as text."""
        return (self.today + timedelta(days=self.rule(rule))).isoformat()

    def rows(self, sql: str, **more: object) -> Sequence[Any]:
        """The rows that answer as of today."""
        return self.facts.query(sql, {"today": self.today.isoformat(), **more})


def desk(facts: Answers, policy: Policy, settings: Settings, today: date) -> Desk:
    """What waits on `today`. Files that can't be read are named; the rest is shown."""
    from swm.reports import deskduties, deskpatrols  # which draw these lines

    case = Case(facts, policy, today)
    month = Period.month_of(today, settings.cutoff)
    nights = figures.figure(facts, "夜查次数", month, policy).value
    wanted = case.rule("夜查每月次数")
    drawn = {
        "超期": _overdue(case),
        "违法生产未报告": _unreported(case),
        enforcement.UNDISPOSED: enforcement.undisposed(case),
        enforcement.DISPOSAL_OVERDUE: enforcement.disposals_overdue(case),
        "反弹未纳入": _rebounds(case),
        "派出所到场未记": deskpatrols.arrivals(case),
        enforcement.PUT_OFF: enforcement.put_off(case),
        enforcement.SUBMITTED: enforcement.submitted(case),
        enforcement.UNANSWERED: enforcement.unanswered(case),
        "七日内到期": _due(case, "七日内到期", today.isoformat(), case.ahead("临近期限")),
        "待送达": _unserved(case),
        "待补批": _unapproved(case),
        "待核查": _suspects(case),
        "未下达期限": _undated(case),
        "夜查": _nights(nights, wanted, month),
        "应查未查": _unvisited(case),
        "回头看": deskduties.look_back_lines(case, settings),
        "零报告": _silent(case, settings, month),
        "三十日内到期": _due_later(case),
        "保证书到期": _expiring(case),
        "应签保证书": _unsigned(case),
        "包保人已离任": deskduties.departed_lines(case, settings),
        "无包保责任人": deskduties.uncovered_lines(case),
        "今晚值班": deskpatrols.tonight(case),
        **deskcomplaints.drawn(case),
        **desklettings.drawn(case),
    }
    stock, delisted = case.rows(queries.STOCK)[0]
    return Desk(
        today=today,
        stock=stock,
        delisted=delisted,
        unfinished=stock - delisted,
        nights=nights,
        nights_wanted=wanted,
        lines=_in_order(drawn, settings, today),
        unreadable=tuple(facts.unreadable),
    )


def _in_order(
    drawn: Mapping[str, Iterable[Line]], settings: Settings, today: date
) -> tuple[Line, ...]:
    """Section by section; within one the earliest day first. A merged village has its new name."""
    return tuple(
        replace(line, village=settings.village_at(line.village, today))
        for section in SECTIONS
        for line in sorted(drawn[section], key=lambda x: (x.on or date.max, x.id))
    )


def _line(section: str, row: Any, text: str, on: date | None, command: str) -> Line:
    return Line(section, row["id"], row["name"], row["village"], text, on, command)


def _overdue(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.OVERDUE):
        deadline = date.fromisoformat(row["deadline"])
        text = f"{row['state']}，超期{(case.today - deadline).days}天（期限 {deadline}）"
        act = DEADLINE_ACTS.get(row["state"], "")
        yield _line("超期", row, text, deadline, f"swm advance {row['id']} {act}".rstrip())


def _due(case: Case, section: str, first: str, last: str) -> Iterator[Line]:
    for row in case.rows(queries.DUE, first=first, last=last):
        deadline = date.fromisoformat(row["deadline"])
        left = (deadline - case.today).days
        text = f"{row['state']}，{f'还有{left}天' if left else '今天'}到期（期限 {deadline}）"
        command = f"swm inspect {row['id']} --kind 日常 {TEAM} --result 停产"
        yield _line(section, row, text, deadline, command)


def _due_later(case: Case) -> Iterator[Line]:
    near = date.fromisoformat(case.ahead("临近期限")) + timedelta(days=1)
    return _due(case, "三十日内到期", near.isoformat(), case.ahead("到期预告"))


def _unserved(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.UNSERVED):
        text = f"第{row['awaiting']}条{row['action']}的文书（{row['on_day']}作出）尚未送达"
        command = f"swm serve {row['id']} {row['awaiting']} --on {case.today} --method 直接"
        yield _line("待送达", row, text, as_day(row["on_day"]), command)


def _unapproved(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.PENDING):
        text = f"第{row['number']}条{row['label']}（{row['on_day']}）尚无批准"
        command = (
            f"swm correct {row['id']} {row['number']} --why 补批 --set 批准.人=某某"
            f" --set 批准.日期={case.today} --set 批准.依据=签批单"
        )
        yield _line("待补批", row, text, as_day(row["on_day"]), command)


def _undated(case: Case) -> Iterator[Line]:
    orders = {row.category: row.name for row in case.policy.workflow.actions if _orders(row)}
    for row in case.rows(queries.UNDATED, since=case.back("列入后下达期限")):
        listed = date.fromisoformat(row["round_day"])
        text = f"{row['category']}，列入已{(case.today - listed).days}天，没有下达期限"
        act = orders.get(row["category"], "")
        command = f"swm advance {row['id']} {act}".rstrip()
        yield _line("未下达期限", row, text, listed, command)


def _orders(row: Any) -> bool:
    """Whether an act of the workflow sets a listed enterprise its deadline."""
    return LISTED in row.sources and "有期限" in row.guards


def _unreported(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.UNREPORTED):
        lacking = [
            name
            for name, column in (("通知派出所", "police_at"), ("报告主要领导", "reported_at"))
            if row[column] is None
        ]
        found = f"第{row['number']}条{row['kind']}（{row['on_day']}）发现{row['result']}"
        text = f"{found}，没有记{'、'.join(lacking)}的时间"
        options = " ".join(f'--set "{name}={row["on_day"]} 时刻"' for name in lacking)
        command = f"swm correct {row['id']} {row['number']} --why 补记 {options}"
        yield _line("违法生产未报告", row, text, as_day(row["on_day"]), command)


def _rebounds(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.REBOUNDS):
        text = f"{row['state']}，{row['on_day']} {row['kind']}发现{row['result']}，尚未重新纳入"
        on = as_day(row["on_day"])
        yield _line("反弹未纳入", row, text, on, f"swm advance {row['id']} 回潮")


def _suspects(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.SUSPECTS):
        since = date.fromisoformat(row["since_day"])
        text = f"{row['source'] or '线索'}，待核查已{(case.today - since).days}天"
        command = f"swm inspect {row['id']} --kind 核查 {TEAM} --result 在产 --problem 发现的问题"
        yield _line("待核查", row, text, since, command)


def _nights(done: int, wanted: int, month: Period) -> Iterator[Line]:
    if done < wanted:
        text = f"{month.label}夜查{done}次，要求{wanted}次，还差{wanted - done}次"
        command = f"swm inspect 企业 --kind 夜查 --leader 带班领导 {TEAM} --result 停产"
        yield Line("夜查", "", "", "", text, month.end, command)


def _silent(case: Case, settings: Settings, month: Period) -> Iterator[Line]:
    from swm.reports.deskvillages import unreported, when

    if found := unreported(case.facts, case.policy, settings, month):
        last, days, named = found
        text = f"{named}{last.label}没有登记、排查，也没有零报告，{when(last, days, case.today)}"
        command = f"swm activity missing {last.code}"
        yield Line("零报告", "", "", "", text, last.end + timedelta(days=days), command)


def _unvisited(case: Case) -> Iterator[Line]:
    since = case.back("巡查间隔")
    for row in case.rows(queries.UNVISITED, since=since):
        seen = as_day(row["last_visit_on"])
        text = f"最近一次巡查是{seen}" if seen else "列入以来没有巡查记录"
        command = f"swm inspect {row['id']} --kind 日常 {TEAM} --result 停产"
        yield _line("应查未查", row, f"{row['state']}，{text}", seen, command)


def _expiring(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.EXPIRING, last=case.ahead("到期预告")):
        until = as_day(row["until_day"])
        text = f"保证书 {row['number']} 有效期至 {until}"
        yield _line("保证书到期", row, text, until, _sign(case, row))


def _unsigned(case: Case) -> Iterator[Line]:
    for row in case.rows(queries.UNSIGNED):
        text = "保证书存疑（房东或承租人已变动）" if row["doubtful"] else "没有有效的保证书"
        yield _line("应签保证书", row, f"{row['use']}，{text}", None, _sign(case, row))
    for row in case.rows(queries.HALF_SIGNED):
        if row["kind"] in case.policy.standards.sublet_signers:
            text = f"{row['use']}，{row['kind']}没有有效的保证书"
            yield _line("应签保证书", row, text, None, _sign(case, row))


def _sign(case: Case, row: Any) -> str:
    landlord = row["landlord"] or "房东"
    return f"swm letter add --premises {row['id']} --landlord {landlord} --on {case.today}"
