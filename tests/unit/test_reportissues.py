"""印发 and 更正版 as decisions: what is refused, what changed, how ids are written together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain import fields
from swm.domain.edits import Create
from swm.domain.periods import Period
from swm.domain.records import Approval
from swm.domain.reportissues import (
    Edition,
    FinalRequest,
    amend,
    differences,
    finalise,
    issue,
)
from swm.domain.reportrecords import (
    FileHash,
    FrozenNumber,
    FrozenRow,
    Report,
    report_id,
    spans,
    spread,
    tag_name,
)
from swm.errors import NotFound, Refused
from swm.store import yamltext
from tests.policy_fixture import policy

TODAY = date(2026, 10, 8)
APPROVED = Approval(person="孟批准", on=TODAY)
SHA = "ab" * 32


def number(name: str, value: int, **more: int) -> FrozenNumber:
    return FrozenNumber(name=name, value=value, unit="家", **more)


READY = Edition(
    period=Period.month(2026, 9, None),
    audience="上报",
    version="c" * 40,
    program="swm 0.1.0",
    anchor="2026 0900",
    files=(FileHash(name="2026-09月报.docx", sha256=SHA),),
    templates=(),
    numbers=(number("底数", 2, previous=0), number("超期", 0)),
    villages=(FrozenRow(village="俵口村", cells={"底数": "2"}),),
    stock=("BK-0001..0002",),
    on=TODAY,
)


def filed(change: object, before: Report | None = None) -> Report:
    """The file as the change leaves it, read back from its text."""
    path = "月报/2026/09.yaml"
    ((where, edits),) = change.files.items()  # type: ignore[attr-defined]
    assert where == path
    first = edits[0]
    if isinstance(first, Create):
        text = yamltext.dump(first.value)
    else:
        text = yamltext.apply(yamltext.dump(fields.fragment(before)), edits, path)
    return fields.read(Report, yamltext.parse(text.encode(), path), path)


def issued() -> Report:
    return filed(issue(None, READY, policy(), TODAY))


def refused(verb: object, *arguments: object) -> str:
    with pytest.raises(Refused) as error:
        verb(*arguments, policy(), TODAY)  # type: ignore[operator]
    return "；".join(
        (error.value.message, error.value.hint, *(m.text for m in error.value.missing))
    )


def test_what_is_recorded_reads_back_whole() -> None:
    report = issued()
    (record,) = report.editions
    assert report.id == report_id("2026-09") == "YB-2026-09" and report.code == "2026-09"
    assert record.numbers == READY.numbers and record.villages == READY.villages
    assert record.stock_ids == {"BK-0001", "BK-0002"} and record.edition == 1
    assert record.title == "首次印发" and record.entered is None


def test_the_change_says_where_it_is_tagged() -> None:
    change = issue(None, READY, policy(), TODAY)
    assert change.verb == "report issue" and change.recorded["标签"] == "月报/2026-09"
    assert any(SHA in line for line in change.body)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 9, 1)])
def test_the_last_day_of_the_month_is_too_early(day: date) -> None:
    assert "还没有过完" in refused(issue, None, replace(READY, on=day))


def test_only_a_month_is_issued() -> None:
    quarter = replace(READY, period=Period.quarter(2026, 3, None))
    assert "不是一个月" in refused(issue, None, quarter)


def test_an_amendment_covers_the_same_days() -> None:
    cut = replace(READY, period=Period.month(2026, 9, 25), reason="补列", approval=APPROVED)
    told = refused(amend, issued(), cut)
    assert "上一版到2026-09-30为止，按现在的月报周期到2026-09-25" in told


def test_a_day_to_come_is_refused() -> None:
    assert "晚于今天" in refused(issue, None, replace(READY, on=date(2026, 10, 9)))


def test_nothing_is_issued_twice() -> None:
    assert "swm report amend 2026-09" in refused(issue, issued(), READY)


def test_an_amendment_follows_an_issue() -> None:
    with pytest.raises(NotFound):
        amend(None, READY, policy(), TODAY)
    told = refused(amend, issued(), READY)
    assert "为什么要更正" in told and "由谁批准更正" in told


def test_an_amendment_is_not_older_than_what_it_amends() -> None:
    early = replace(READY, on=date(2026, 10, 1), reason="补", approval=APPROVED)
    assert "早于上一版" in refused(amend, issued(), early)


def test_editions_count_up_and_have_their_own_tags() -> None:
    second = replace(
        READY, reason="补录", approval=APPROVED, numbers=(number("底数", 3, previous=0),)
    )
    before = issued()
    report = filed(amend(before, second, policy(), TODAY), before)
    assert [each.edition for each in report.editions] == [1, 2]
    assert [tag_name(report, each) for each in report.editions] == [
        "月报/2026-09",
        "月报/2026-09-更正1",
    ]
    assert report.latest == report.editions[1]
    assert [(c.what, c.was, c.now) for c in report.editions[1].changes] == [
        ("底数 本期", "2", "3"),
        ("超期 本期", "0", "—"),
    ]


def test_every_column_and_cell_is_compared() -> None:
    (before,) = issued().editions
    numbers = (number("底数", 2, previous=1, year=5), number("超期", 0), number("新数", 7))
    villages = (
        FrozenRow(village="俵口村", cells={"底数": "2", "超期": "1"}),
        FrozenRow(village="兴家坨村", cells={"底数": "0"}),
    )
    told = [(c.what, c.was, c.now) for c in differences(before, numbers, villages)]
    assert told == [
        ("底数 上期", "0", "1"),
        ("底数 本年累计", "—", "5"),
        ("新数 本期", "—", "7"),
        ("村级统计表 俵口村 超期", "—", "1"),
        ("村级统计表 兴家坨村 底数", "—", "0"),
    ]
    assert not differences(before, before.numbers, before.villages)


def test_a_signed_file_is_registered_once() -> None:
    before = issued()
    request = FinalRequest(file=FileHash(name="定稿.docx", sha256=SHA), on=TODAY, pages=18)
    report = filed(finalise(before, request, policy(), TODAY), before)
    assert report.finals[0].of == 1 and report.finals[0].pages == 18
    assert "已经登记为定稿" in refused(finalise, report, request)


def test_a_file_that_holds_no_edition_is_found() -> None:
    report = issued()
    assert not list(report.objections(None))
    twice = replace(report, records=(*report.records, replace(report.records[0], number=2)))
    assert [m.text for m in twice.objections(None)] == ["第2条的版次是1，应为2"]


@pytest.mark.parametrize(
    ("ids", "together"),
    [
        ([], ()),
        (["BK-0001"], ("BK-0001",)),
        (["BK-0003", "BK-0001", "BK-0002"], ("BK-0001..0003",)),
        (["BK-0001", "BK-0003"], ("BK-0001", "BK-0003")),
        (["BK-9999", "BK-10000"], ("BK-9999..10000",)),
    ],
)
def test_consecutive_ids_are_written_together(ids: list[str], together: tuple[str, ...]) -> None:
    assert spans(ids) == together
    assert sorted(id for span in together for id in spread(span)) == sorted(ids)
