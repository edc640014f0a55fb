"""What waits on the desk about complaints: near or past the limit, unchecked, unlisted, unanswered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from swm.reports.answers import as_day
from swm.reports.complaints import WAITING

if TYPE_CHECKING:
    from swm.reports.desk import Case, Line

LATE, NEAR = "举报超期", "举报临期"
UNCHECKED, UNLISTED, UNANSWERED = "举报待核查", "属实未列入", "举报待答复"

_OPEN = """
SELECT id, village, state, conclusion, deadline, on_day FROM complaint WHERE closed_on IS NULL
"""
_ANSWERABLE = """
SELECT id, village, conclusion, checked_on FROM complaint
WHERE answerable = 1 AND checked_on IS NOT NULL AND answered_on IS NULL
"""
_VILLAGES = "SELECT id, village, checked_on FROM complaint WHERE is_true = 1"


def drawn(case: Case) -> Mapping[str, Iterable[Line]]:
    """The lines by section."""
    open_ = case.rows(_OPEN)
    return {
        LATE: _late(case, open_),
        NEAR: _near(case, open_),
        UNCHECKED: _unchecked(case, open_),
        UNLISTED: _unlisted(case),
        UNANSWERED: _unanswered(case),
    }


def _line(section: str, row: Any, text: str, on: date | None, command: str) -> Line:
    from swm.reports.desk import Line

    return Line(section, row["id"], "", row["village"], text, on, command)


def _next(row: Any) -> str:
    """What brings an open one forward."""
    from swm.domain.complaintrecords import close_command, verify_command

    if row["state"] == "待核查":
        return verify_command(row["id"])
    return close_command(row["id"], row["conclusion"])


def _late(case: Case, rows: Iterable[Any]) -> Iterator[Line]:
    for row in rows:
        deadline = as_day(row["deadline"])
        if deadline and deadline < case.today:
            text = f"{row['state']}，超期{(case.today - deadline).days}天（期限 {deadline}）"
            yield _line(LATE, row, text, deadline, _next(row))


def _near(case: Case, rows: Iterable[Any]) -> Iterator[Line]:
    last = date.fromisoformat(case.ahead("临近期限"))
    for row in rows:
        deadline = as_day(row["deadline"])
        if deadline and case.today <= deadline <= last:
            left = (deadline - case.today).days
            when = f"还有{left}天" if left else "今天"
            text = f"{row['state']}，{when}到期（期限 {deadline}）"
            yield _line(NEAR, row, text, deadline, _next(row))


def _unchecked(case: Case, rows: Iterable[Any]) -> Iterator[Line]:
    """Those not yet near their limit; the others stand above already."""
    last = date.fromisoformat(case.ahead("临近期限"))
    for row in rows:
        deadline = as_day(row["deadline"])
        if row["state"] == "待核查" and (deadline is None or deadline > last):
            came = date.fromisoformat(row["on_day"])
            text = f"收件已{(case.today - came).days}天，没有核查"
            yield _line(UNCHECKED, row, text, came, _next(row))


def _unlisted(case: Case) -> Iterator[Line]:
    known = {row["id"]: row for row in case.rows(_VILLAGES)}
    for row in case.rows(WAITING):
        if row["closed_on"] is not None:  # the clerk was told so on closing it
            continue
        about = known[row["id"]]
        firm, state = row["enterprise"], row["enterprise_state"]
        if firm is None:
            text = "核查属实，还没有登记企业"
            command = f"swm add --from-complaint {row['id']} --name 企业名称"
        elif state == "不予列入":
            text, command = f"核查属实，{firm} 曾查否", f"swm advance {firm} 重新核查"
        else:
            text, command = f"核查属实，{firm} 尚未列入", f"swm advance {firm} 列入 --category 类别"
        yield _line(UNLISTED, about, text, as_day(about["checked_on"]), command)


def _unanswered(case: Case) -> Iterator[Line]:
    for row in case.rows(_ANSWERABLE):
        text = f"{row['conclusion']}，举报人留有联系方式，还没有答复"
        command = f"swm complaint answer {row['id']} --way 电话"
        yield _line(UNANSWERED, row, text, as_day(row["checked_on"]), command)
