"""包保 passes on: to a successor in one command, to nobody, and what the clerk is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from swm.domain.handovers import hand_over, relieve
from swm.domain.records import Assignment, Enterprise
from swm.errors import Refused
from swm.reports.desk import desk
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.filed import Files, firm, registered
from tests.policy_fixture import enterprise, played, policy, read_back, settings, written

TODAY = date(2026, 5, 20)
JANUARY = date(2026, 1, 5)


def held(role: str, person: str = "孟带班", **more: object) -> Assignment:
    return Assignment(role=role, person=person, since=JANUARY, **more)  # type: ignore[arg-type]


def firms(*assignments: Assignment) -> list[Enterprise]:
    return [enterprise(id=f"BK-000{n}", assignments=assignments) for n in (1, 2)]


def over(enterprises: list[Enterprise], since: date = TODAY, **more: object):  # type: ignore[no-untyped-def]
    told = {"role": None, "department": None, **more}
    return hand_over(
        enterprises, "孟带班", "甲一", since=since, settings=settings(), today=TODAY, **told
    )


def test_everything_a_person_holds_passes_on_in_one_change() -> None:
    both = (held("镇包保领导", department="俵口镇"), held("包保部门"), held("网格员", "乙二"))
    change = over(firms(*both))
    assert set(change.files) == {e.path for e in firms()}
    assert change.subject == "包保 BK-0001 等2家：更换责任人（自 2026-05-20）"
    assert change.notes[0] == "共2家，镇包保领导2家、包保部门2家；孟带班至 2026-05-19 止"
    first = enterprise(id="BK-0001", assignments=both)
    after = read_back(played(over([first]), written(first)), Enterprise).assignments
    assert [(a.role, a.person, a.department, a.until) for a in after] == [
        ("镇包保领导", "孟带班", "俵口镇", date(2026, 5, 19)),
        ("包保部门", "孟带班", None, date(2026, 5, 19)),
        ("网格员", "乙二", None, None),
        ("镇包保领导", "甲一", "俵口镇", None),
        ("包保部门", "甲一", None, None),
    ]


def test_one_role_alone_may_pass_on_with_another_department() -> None:
    first = enterprise(assignments=(held("镇包保领导"), held("包保部门")))
    change = over([first], role="包保部门", department="环保办")
    after = read_back(played(change, written(first)), Enterprise).assignments
    assert [(a.role, a.person, a.department) for a in after if a.until is None] == [
        ("镇包保领导", "孟带班", None),
        ("包保部门", "甲一", "环保办"),
    ]


def test_somebody_else_in_the_same_role_stays_and_a_role_is_not_held_twice() -> None:
    first = enterprise(
        assignments=(held("包保部门"), held("包保部门", "乙二"), held("网格员", "甲一"))
    )
    change = over([first])
    after = read_back(played(change, written(first)), Enterprise).assignments
    assert [(a.role, a.person, a.until) for a in after] == [
        ("包保部门", "孟带班", date(2026, 5, 19)),
        ("包保部门", "乙二", None),
        ("网格员", "甲一", None),
        ("包保部门", "甲一", None),
    ]
    both = enterprise(assignments=(held("包保部门"), held("包保部门", "甲一")))
    after = read_back(played(over([both]), written(both)), Enterprise).assignments
    assert [(a.person, a.until) for a in after] == [
        ("孟带班", date(2026, 5, 19)),
        ("甲一", None),
    ]


def test_what_cannot_pass_on_is_refused_with_why() -> None:
    for enterprises, since, words in (
        (firms(held("网格员", "乙二")), TODAY, "孟带班名下没有企业，没有变化"),
        (firms(held("网格员")), JANUARY, "还不能这样换人"),
        (firms(held("网格员")), date(2026, 5, 21), "日期 2026-05-21 晚于今天"),
    ):
        with pytest.raises(Refused) as refused:
            over(enterprises, since)
        assert words in str(refused.value)
    with pytest.raises(Refused, match="没有变化"):
        hand_over(firms(), "甲一", "甲一", None, None, TODAY, settings(), TODAY)


def test_an_end_without_a_successor_says_what_is_left_bare() -> None:
    both = (held("镇包保领导"), held("网格员"))
    change = relieve(firms(*both), "孟带班", None, TODAY, policy(), TODAY)
    assert change.notes == (
        "共2家，镇包保领导2家、网格员2家；没有接任人",
        "其中2家再无镇包保领导：swm assign BK-0001,BK-0002 --role 镇包保领导 --name 姓名",
    )
    with pytest.raises(Refused) as refused:
        relieve(firms(*both), None, "网格员", date(2025, 12, 31), policy(), TODAY)
    assert refused.value.missing[0].command == "--until 不早于 2026-01-05"


# --- the desk -----------------------------------------------------------------------------------

ANSWERED = [
    {"角色": "镇包保领导", "姓名": "孟带班", "自": JANUARY},
    {"角色": "村责任人", "姓名": "乙二", "自": JANUARY},
]


@pytest.fixture
def ledger(tmp_path: Path) -> Committed:
    leaver = "人员:\n  - 姓名: 乙二\n    至: 2026-06-30\n"
    return Committed(tmp_path, histories.settings_text() + leaver.encode())


def lines(ledger: Committed, files: Files, section: str) -> list[tuple[str, str]]:
    snapshot = ledger.commit(files)
    shown = desk(Facts.of(snapshot), snapshot.policy, snapshot.settings, date(2026, 10, 20))
    return [(line.text, line.command) for line in dict(shown.sections).get(section, [])]


def test_the_desk_tells_by_village_for_whom_nobody_answers(ledger: Committed) -> None:
    files = firm("BK-0001", registered("03-02"), 村="小白庙村")
    files |= firm("BK-0002", registered("03-02"), 村="白庙村", 包保=ANSWERED[:1])
    files |= firm("BK-0003", registered("03-02"), 包保=ANSWERED)
    files |= firm("BK-0004", registered("10-02", None, "群众举报"))
    assert lines(ledger, files, "无包保责任人") == [
        (
            "白庙村有2家没有落实镇包保领导、村责任人",
            "swm assign BK-0001 --role 镇包保领导 --name 姓名",
        )
    ]


def test_the_desk_names_who_has_left_and_still_answers(ledger: Committed) -> None:
    files = firm("BK-0003", registered("03-02"), 包保=ANSWERED)
    assert lines(ledger, files, "包保人已离任") == [
        ("乙二已于2026-06-30离任，名下还有1家", "swm assign --from-person 乙二 --name 接任人")
    ]
