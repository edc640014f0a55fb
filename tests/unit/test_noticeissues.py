"""公示 as a decision: what is refused, what is kept, how several on one period follow each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain import fields
from swm.domain.edits import Create
from swm.domain.noticeissues import Notice, last_published, month_of, publish
from swm.domain.periods import Period
from swm.domain.records import Approval
from swm.domain.reportrecords import FileHash, Published, Report, tag_name
from swm.errors import NotFound, Refused
from swm.store import yamltext
from tests.policy_fixture import policy

TODAY = date(2026, 10, 8)
SHA = "ab" * 32
READY = Notice(
    period=Period.month(2026, 9),
    month="2026-09",
    version="c" * 40,
    program="swm 0.1.0",
    anchor="2026 0900",
    files=(FileHash(name="2026-09公示.docx", sha256=SHA),),
    templates=(),
    underway=("BK-0001..0002",),
    finished=("BK-0007",),
    on=TODAY,
    approval=Approval(person="孟批准", on=TODAY, basis="签批单3号"),
)


def filed(notice: Notice, before: Report | None = None) -> Report:
    """The file as the notice leaves it, read back from its text."""
    change = publish(before, notice, policy(), TODAY)
    ((path, edits),) = change.files.items()
    first = edits[0]
    if isinstance(first, Create):
        text = yamltext.dump(first.value)
    else:
        text = yamltext.apply(yamltext.dump(fields.fragment(before)), edits, path)
    return fields.read(Report, yamltext.parse(text.encode(), path), path)


def refused(notice: Notice, before: Report | None = None) -> str:
    with pytest.raises(Refused) as error:
        publish(before, notice, policy(), TODAY)
    lines = (f"{each.text} {each.command}" for each in error.value.missing)
    return "；".join((str(error.value), *lines))


def test_who_approved_and_whom_it_names_are_kept() -> None:
    report = filed(READY)
    (notice,) = report.published
    assert notice.approval == READY.approval
    assert (notice.underway, notice.finished) == (("BK-0001..0002",), ("BK-0007",))
    assert notice.files == READY.files and notice.title == "公示"
    assert report.id == "YB-2026-09" and tag_name(report, notice) == "月报/2026-09-公示"


def test_the_commit_says_who_approved() -> None:
    change = publish(None, READY, policy(), TODAY)
    assert "批准：孟批准 2026-10-08" in change.body
    assert change.subject == "公示 YB-2026-09 2026年9月整治情况（第1条）"


def test_nobody_who_approved_is_refused() -> None:
    assert "没有写批准人 --approver 姓名" in refused(replace(READY, approval=None))


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 9, 30)])
def test_the_last_day_is_too_early(day: date) -> None:
    assert "还没有过完（到 2026-09-30）" in refused(replace(READY, on=day))


def test_all_that_is_missing_is_said_at_once() -> None:
    before = filed(READY)
    told = refused(replace(READY, approval=None, on=date(2026, 9, 30)), before)
    assert all(words in told for words in ("还没有过完", "批准人", "写明原因", "早于上一次"))


def test_a_day_to_come_is_refused() -> None:
    assert "晚于今天" in refused(replace(READY, on=date(2026, 10, 9)))


def test_another_one_says_why() -> None:
    once = filed(READY)
    assert "再次公示要写明原因 --why 原因" in refused(READY, once)
    twice = filed(replace(READY, reason="漏列一家"), once)
    assert [notice.title for notice in twice.published] == ["公示", "第2次公示"]
    assert twice.published[1].reason == "漏列一家"
    assert tag_name(twice, twice.published[1]) == "月报/2026-09-公示2"
    assert last_published(twice, "2026-09").time == 2


@pytest.mark.parametrize(
    ("period", "tag"),
    [
        (Period.quarter(2026, 3), "月报/2026-Q3-公示"),
        (Period.week(date(2026, 9, 8)), "月报/2026-W37-公示"),
        (
            Period.range(date(2026, 9, 1), date(2026, 9, 15)),
            "月报/2026-09-01至2026-09-15-公示",
        ),
    ],
)
def test_every_period_is_kept_with_the_month_it_ends_in(period: Period, tag: str) -> None:
    assert month_of(period, None) == "2026-09"
    both = filed(replace(READY, period=period), filed(READY))
    assert [each.code for each in (both,)] == ["2026-09"]
    (other,) = both.published_on(period.code)
    assert other.time == 1 and tag_name(both, other) == tag


def test_the_month_is_cut_as_the_town_cuts_it() -> None:
    late = Period.range(date(2026, 9, 20), date(2026, 9, 28))
    assert month_of(late, 25) == "2026-10"
    change = publish(None, replace(READY, period=late, month="2026-10"), policy(), TODAY)
    assert list(change.files) == ["月报/2026/10.yaml"]


def test_what_was_never_put_out_is_not_found() -> None:
    with pytest.raises(NotFound, match="还没有登记过公示"):
        last_published(filed(READY), "2026-Q3")
    with pytest.raises(NotFound):
        last_published(None, "2026-09")


def test_times_that_do_not_follow_each_other_are_told() -> None:
    once = filed(READY)
    (notice,) = once.published
    odd = replace(once, records=(replace(notice, time=2),))
    assert [each.text for each in odd.objections(None)] == ["第1条的次数是2，应为1"]


def test_a_notice_is_no_edition() -> None:
    report = filed(READY)
    assert report.latest is None and report.editions == ()
    assert isinstance(report.records[0], Published)
