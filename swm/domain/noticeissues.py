"""公示 on its way out of the house: who approved it, whom it names, its files (decision 0046).

A notice is no edition of the month's report: it is another paper for other readers, and several may
go out on one period. What it names is kept, so that it can be told later what was put up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from swm.domain import fields
from swm.domain.edits import Change
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown, opened
from swm.domain.kinds import path_of
from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.records import Approval
from swm.domain.reportrecords import FileHash, Published, Report, report_id, tag_name
from swm.errors import Missing, NotFound, Refused
from swm.frozen import declared

PUBLIC = "公示"


@declared
class Notice:
    """A public notice that is ready to leave the house, whole."""

    period: Period
    month: str
    """The month in whose file it is kept, as `month_of` says."""
    version: str
    program: str
    anchor: str
    files: tuple[FileHash, ...]
    templates: tuple[FileHash, ...]
    underway: tuple[str, ...]
    finished: tuple[str, ...]
    on: date
    approval: Approval | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None
    excuse: str | None = None


def publish(existing: Report | None, notice: Notice, policy: Policy, today: date) -> Change:
    """公示, for the first time or again. Raises `Refused` with all that is missing."""
    refuse_future(notice.on, today)
    code = notice.period.code
    before = existing.published_on(code) if existing else ()
    wrong = list(_lacking(notice, before))
    if wrong:
        raise Refused(f"{notice.period.title}的公示还不能出", wrong)
    assert notice.approval is not None  # among what `_lacking` asks for
    record = Published(
        number=existing.next_number if existing else 1,
        type=PUBLIC,
        on=notice.on,
        entered=entered(notice.on, today),
        by=notice.by,
        period=code,
        ends=notice.period.end,
        time=len(before) + 1,
        version=notice.version,
        program=notice.program,
        anchor=notice.anchor,
        approval=notice.approval,
        reason=notice.reason,
        excuse=notice.excuse,
        files=notice.files,
        templates=notice.templates,
        underway=notice.underway,
        finished=notice.finished,
    )
    return _recorded(existing, record, notice, policy, today)


def _lacking(notice: Notice, before: tuple[Published, ...]) -> Iterator[Missing]:
    if notice.on <= notice.period.end:
        text = f"{notice.period.title}还没有过完（到 {notice.period.end}），名单会变"
        yield Missing(text, "", f"{notice.period.end} 以后再公示")
    if notice.approval is None:
        yield Missing("公示要经批准：没有写批准人", "", "--approver 姓名")
    elif notice.approval.on and notice.approval.on > notice.on:
        text = f"公示的日期 {notice.on} 早于批准的日期（{notice.approval.on}）"
        yield Missing(text, "", "核对 --on、--approved-on")
    if not before:
        return
    last = before[-1]
    if not notice.reason:
        text = f"这一期已于{last.on}公示（第{last.number}条），再次公示要写明原因"
        yield Missing(text, "", "--why 原因")
    if notice.on < last.on:
        yield Missing(f"公示的日期 {notice.on} 早于上一次（{last.on}）", "", "核对 --on")


def _recorded(
    existing: Report | None, record: Published, notice: Notice, policy: Policy, today: date
) -> Change:
    id = existing.id if existing else report_id(notice.month)
    after = Report(id=id, records=(record,))
    if existing is None:
        edits = opened(after, policy, today)
    else:
        edits = grown(existing, [record], policy, today, f"{existing.title}不能这样登记")[1]
    again = "" if record.time == 1 else f"，{record.title}"
    approval = record.approval
    return Change(
        verb="report issue",
        subject=f"公示 {id} {notice.period.title}整治情况{again}（第{record.number}条）",
        files={path_of(id): edits},
        body=(
            f"公示：{record.on}",
            f"录入：{today}",
            f"批准：{approval.person} {approval.on or ''}".rstrip(),
            f"据以生成的台账版本：{record.version}",
            *(f"{each.name}：{each.sha256}" for each in record.files),
        ),
        recorded={
            "编号": id,
            "序号": record.number,
            "次数": record.time,
            "据以生成": record.version,
            "锚": record.anchor,
            "标签": tag_name(after, record),
            "批准": fields.fragment(approval),
        },
    )


def month_of(period: Period, cutoff: int | None) -> str:
    """The month in whose file a notice on the period is kept: that in which the period ends, by
    the town's 月报周期."""
    return Period.month_of(period.end, cutoff).code


def last_published(existing: Report | None, code: str) -> Published:
    """The latest notice on a period. Raises `NotFound` where there was none."""
    found = existing.published_on(code) if existing else ()
    if not found:
        command = f"swm report issue {code} --audience 公示 --approver 姓名"
        raise NotFound(f"{code} 还没有登记过公示", f"公示：{command}")
    return found[-1]
