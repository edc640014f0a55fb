"""The check of 包保: required roles that nobody fills, people who have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from swm.domain.checkduties import somebody_answers
from swm.domain.contents import contents
from swm.domain.fields import fragment
from swm.domain.records import Assignment, Enterprise
from swm.domain.settings import Person
from swm.store.yamltext import dump, parse
from tests.policy_fixture import enterprise, policy, settings

TODAY = date(2026, 7, 15)
LEADER = Assignment(role="镇包保领导", person="孟带班", since=date(2026, 1, 5))
CADRE = Assignment(role="村责任人", person="乙二", since=date(2026, 1, 5))


def findings(*firms: Enterprise, **more: object) -> list[tuple[str, str]]:
    trees = {e.path: parse(dump(fragment(e)).encode(), e.path) for e in firms}
    seen = contents(trees, settings(**more), policy(), TODAY)
    return [(f.message, f.hint) for f in somebody_answers(seen)]


def test_roles_that_nobody_fills_are_told_village_by_village() -> None:
    one = enterprise(assignments=(LEADER,), village="小白庙村")
    other = enterprise(id="BK-0002", village="白庙村", assignments=(LEADER,))
    gone = enterprise(id="BK-0003", assignments=(LEADER, replace(CADRE, until=TODAY)))
    assert findings(one, other, gone, people=()) == [
        (
            "白庙村有2家没有村责任人：BK-0001、BK-0002",
            "落实：swm assign BK-0001,BK-0002 --role 村责任人 --name 姓名",
        )
    ]


def test_an_assignment_that_has_ended_fills_nothing_from_the_next_day_on() -> None:
    ended = enterprise(assignments=(LEADER, replace(CADRE, until=date(2026, 7, 14))))
    assert [text for text, _ in findings(ended, people=())] == ["俵口村有1家没有村责任人：BK-0001"]


def test_nobody_needs_to_answer_for_what_is_not_on_the_list() -> None:
    removed = enterprise(remediation=replace(enterprise().remediation, state="已核减"))
    assert findings(removed) == []


def test_who_has_left_office_holds_nothing() -> None:
    firms = [enterprise(id=f"BK-000{n}", assignments=(LEADER, CADRE)) for n in (1, 2)]
    assert findings(*firms) == [
        (
            "乙二已于 2026-06-30 离任，名下还有2家",
            "换人：swm assign --from-person 乙二 --name 接任人",
        )
    ]
    back = (Person(name="乙二", until=date(2026, 6, 30)), Person(name="乙二", since=TODAY))
    assert findings(*firms, people=back) == []
