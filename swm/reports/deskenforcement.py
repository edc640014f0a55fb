"""The desk's lines about 处置, 移送, joint enforcement that was put off, and 报区验收."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from swm.domain.disposals import DISPOSED_WITHIN
from swm.domain.transfers import ANSWER_WITHIN
from swm.reports.figures import as_day

if TYPE_CHECKING:
    from swm.reports.desk import Case, Line

COUNTY_WITHIN = "区级验收"
"""The rule of 期限.yaml: after how many days without an answer a 报区验收 is on the desk."""
UNDISPOSED, DISPOSAL_OVERDUE = "违法生产未处置", "处置超期"
PUT_OFF, UNANSWERED, SUBMITTED = "联合执法再定", "移送未反馈", "区级验收未复"
_WHO = "e.id, e.name, e.village"
_UNDISPOSED = f"""
SELECT {_WHO}, u.number, u.kind, u.on_day, u.result FROM undisposed u
JOIN enterprise e ON e.id = u.id WHERE u.on_day <= :since AND e.state <> '已核减'
"""
_OVERDUE = f"""
SELECT {_WHO}, d.number, d.measure, d.deadline FROM disposal d
JOIN enterprise e ON e.id = d.id WHERE d.done_on IS NULL AND d.deadline < :today
"""
_PUT_OFF = f"""
SELECT {_WHO}, p.number, p.on_day, p.outcome, p.again_on, p.why FROM put_off p
JOIN enterprise e ON e.id = p.id
"""
_UNANSWERED = f"""
SELECT {_WHO}, t.number, t.on_day, t.to_agency, t.matter, t.received_on FROM transfer t
JOIN enterprise e ON e.id = t.id WHERE t.answered_on IS NULL AND t.on_day <= :since
"""
_SUBMITTED = f"""
SELECT {_WHO}, s.number, s.on_day FROM submission s
JOIN enterprise e ON e.id = s.id WHERE s.on_day <= :since
"""


def _back(case: Case, name: str) -> str | None:
    """The day that lies the rule's days back; None in a ledger whose 期限.yaml lacks the rule."""
    known = any(rule.name == name for rule in case.policy.rules.rules)
    return case.back(name) if known else None


def _line(section: str, row: Any, text: str, on: date | None, command: str) -> Line:
    from swm.reports.desk import Line

    return Line(section, row["id"], row["name"], row["village"], text, on, command)


def undisposed(case: Case) -> Iterator[Line]:
    """Unlawful production found some days ago, and nothing says what was done about it."""
    if (since := _back(case, DISPOSED_WITHIN)) is None:
        return
    for row in case.rows(_UNDISPOSED, since=since):
        found = f"第{row['number']}条{row['kind']}（{row['on_day']}）发现{row['result']}"
        command = f"swm dispose {row['id']} {row['number']} --measure 处置 --by 甲,乙"
        on = as_day(row["on_day"])
        yield _line(UNDISPOSED, row, f"{found}，没有处置记录", on, command)


def disposals_overdue(case: Case) -> Iterator[Line]:
    """What was ordered on the spot and has not been done in time."""
    for row in case.rows(_OVERDUE):
        deadline = date.fromisoformat(row["deadline"])
        late = (case.today - deadline).days
        text = f"第{row['number']}条处置“{row['measure']}”超期{late}天（期限 {deadline}）"
        command = f"swm dispose done {row['id']} {row['number']} --on {case.today}"
        yield _line(DISPOSAL_OVERDUE, row, text, deadline, command)


def put_off(case: Case) -> Iterator[Line]:
    """The joint enforcement that was broken off or put off, and the day that was set."""
    for row in case.rows(_PUT_OFF):
        again = as_day(row["again_on"])
        why = f"（{row['why']}）" if row["why"] else ""
        when = f"改到 {again}" if again else "没有定新的日期"
        text = f"{row['on_day']} 联合执法{row['outcome']}{why}，{when}"
        command = f"swm advance {row['id']} 联合执法"
        yield _line(PUT_OFF, row, text, again or as_day(row["on_day"]), command)


def unanswered(case: Case) -> Iterator[Line]:
    """Transfers that nobody has signed for or answered in the days of the rule."""
    if (since := _back(case, ANSWER_WITHIN)) is None:
        return
    for row in case.rows(_UNANSWERED, since=since):
        on = date.fromisoformat(row["on_day"])
        lacking = "尚未反馈" if row["received_on"] else "没有签收，也没有反馈"
        text = f"{row['on_day']} 移送{row['to_agency']}：{row['matter']}，"
        text += f"已{(case.today - on).days}天，{lacking}"
        command = f"swm transfer answer {row['id']} {row['number']} --text 反馈内容"
        yield _line(UNANSWERED, row, text, on, command)


def submitted(case: Case) -> Iterator[Line]:
    """What was reported to the county long ago and neither approved nor returned."""
    if (since := _back(case, COUNTY_WITHIN)) is None:
        return
    for row in case.rows(_SUBMITTED, since=since):
        on = date.fromisoformat(row["on_day"])
        text = f"{row['on_day']} 报区验收，已{(case.today - on).days}天没有批复或退回"
        yield _line(SUBMITTED, row, text, on, f"swm advance {row['id']}")
