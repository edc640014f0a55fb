"""What those outside read of an enterprise that somebody complained about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain.records import Act, Alteration, Correction, Lead, Record, Registration, Visit
from swm.render.leads import outside, speaks
from swm.render.wording import words

DAY = date(2026, 10, 8)


def read(record: Record, *others: Record) -> str | None:
    """What those outside read of a record; None where they do not read of it."""
    told = outside(record, [record, *others])
    return words(told) if told else None


def registered(source: str, note: str | None = None) -> Registration:
    return Registration(
        number=1, type="登记", on=DAY, source=source, complaint="JB-2026-0001", note=note
    )


@pytest.mark.parametrize("source", ["群众举报", "上级交办"])
def test_a_lead_is_told_as_checked_and_its_note_not_at_all(source: str) -> None:
    assert read(registered(source, "反映机器噪声扰民")) == "登记：线索核查"


def test_another_registration_keeps_its_note() -> None:
    told = read(replace(registered("巡查发现", "门口无牌"), complaint=None))
    assert told == "登记：巡查发现；备注：门口无牌"


def test_another_source_that_answers_a_complaint_keeps_its_note_inside_too() -> None:
    told = read(registered("村级上报", "机器响，味大"))
    assert told == "登记：村级上报"


def visited(found: str, note: str | None = None) -> Visit:
    return Visit(
        number=2, type="巡查", on=DAY, kind="核查", result="在产", found=found, note=note,
        problems=("废料露天堆放", "群众反映的气味"),
    )  # fmt: skip


def test_what_a_check_says_of_a_complaint_is_left_out_the_rest_stays() -> None:
    told = read(visited("现场有注塑机2台", "核实 JB-2026-0001"))
    assert told == "核查：在产；现场有注塑机2台；问题：废料露天堆放／（略）；备注：（略）"


def test_a_dismissal_does_not_say_what_it_answers() -> None:
    act = Act(number=3, type="动作", on=DAY, action="查否", before="待核查", after="不予列入", reason="与12345工单所述不符")  # fmt: skip
    assert read(act) == "查否：待核查→不予列入；原因：（略）"


@pytest.mark.parametrize(
    "record, told",
    [
        (
            Correction(number=4, type="更正", on=DAY, of=1, reason="投诉人另有其人",
                       values={"来源": "群众举报", "举报编号": "JB-2026-0002", "备注": "机器响"}),
            "更正第1条：来源改为“线索核查”、备注改为“（略）”；原因：（略）",
        ),
        (
            Alteration(number=5, type="变更", on=DAY, item="来源", old="巡查发现", new="上级交办", nature="变更登记"),
            "变更登记：来源由“巡查发现”改为“线索核查”",
        ),
    ],
)  # fmt: skip
def test_what_was_mended_tells_nothing_either(record: Record, told: str) -> None:
    assert read(record) == told


def test_a_lead_and_what_mends_one_are_not_read_of() -> None:
    lead = Lead(number=2, type="线索", on=DAY, complaint="JB-2026-0003")
    mended = Correction(number=3, type="更正", on=DAY, of=2, reason="写错", values={"备注": "二"})
    assert read(lead) is None and read(mended, lead) is None


def test_how_a_registration_came_about_is_not_mended_before_their_eyes() -> None:
    first = registered("群众举报", "反映机器噪声")
    mended = Correction(
        number=2, type="更正", on=DAY, of=1, reason="写错", values={"备注": "机器响"}
    )
    assert read(mended, first) is None


@pytest.mark.parametrize("text", ["停电后来电", "门窗紧闭", "工商所反映停业"])
def test_ordinary_words_speak_of_no_complaint(text: str) -> None:
    assert not speaks(text)
