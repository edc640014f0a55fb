"""清退: each step in its order, by its deadline, and what a new tenant needs afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain import clearings
from swm.domain.amendments import undo
from swm.domain.clearingcases import cases, due, last_cleared, occupies, unfinished
from swm.domain.clearings import ClearingRequest
from swm.domain.edits import Change
from swm.domain.policy import Rules
from swm.domain.premises import change_owner, change_tenant, end_subletting
from swm.domain.records import (
    CLEARED,
    CLEARING_STEPS,
    NOTICE,
    REPORTED,
    Clearing,
    Letter,
    Owner,
    Premises,
    Remediation,
    Tenant,
)
from swm.errors import Refused
from tests.policy_fixture import enterprise, played, policy, premises, read_back, written

TODAY = date(2026, 4, 1)
TOLD, OUT, SENT = date(2026, 3, 5), date(2026, 3, 12), date(2026, 3, 13)


def place(*steps: Clearing, **more: Any) -> Premises:
    """A yard of the village, with BK-0001 in it."""
    about: dict[str, Any] = {
        "owners": (Owner(name="俵口村委会", kind="村集体"),),
        "tenants": (Tenant(name="BK-0001", since=date(2026, 1, 5)),),
        "clearings": steps,
    }
    return premises(**{**about, **more})


def step(number: int, what: str, on: date, tenant: str = "BK-0001", **more: Any) -> Clearing:
    return Clearing(number=number, step=what, on=on, tenant=tenant, **more)


def after(change: Change, before: Premises) -> Premises:
    return read_back(played(change, written(before)), Premises)


def notice(before: Premises, on: date = TOLD, **more: Any) -> Change:
    return clearings.notice(before, enterprise(**more), ClearingRequest(on=on), policy(), TODAY)


def clear(before: Premises, on: date = OUT, tenant: str | None = None) -> Change:
    return clearings.clear(
        before, ClearingRequest(on=on, tenant=tenant), ["俵口兴旺金属加工厂"], policy(), TODAY
    )


def refused(call: Any, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **more)
    return caught.value


def test_told_cleared_and_reported_one_after_the_other() -> None:
    told = notice(place())
    assert "清退应在 2026-03-20 前" in told.notes[0]
    second = after(told, place())
    assert second.clearings == (
        Clearing(
            number=1, step=NOTICE, on=TOLD, entered=TODAY, tenant="BK-0001", told="俵口村委会"
        ),
    )
    gone = clear(second)
    third = after(gone, second)
    assert third.use == "空置待租" and third.tenants[0].until == OUT
    assert "报送应在 2026-03-19 前" in gone.notes[0], "five working days"
    done = clearings.report(third, ClearingRequest(on=SENT), policy(), TODAY)
    (case,) = cases(after(done, third))
    assert case.next is None and due(case, policy()) is None
    for change in (told, gone, done):
        assert "俵口村委会" not in "".join((change.subject, *change.body))


def test_no_step_before_its_turn() -> None:
    why = refused(clear, place())
    assert "停租告知" in why.missing[0].text
    assert why.missing[0].command.startswith("swm premises notice CF-0001")
    why = refused(clearings.report, place(step(1, NOTICE, TOLD)), ClearingRequest(on=SENT),
                  policy(), TODAY)  # fmt: skip
    assert "swm premises clear CF-0001" in why.missing[0].command
    early = refused(clear, place(step(1, NOTICE, TOLD)), TOLD - timedelta(days=1))
    assert "早于停租告知的 2026-03-05" in early.missing[0].text
    assert "晚于今天" in refused(clear, place(step(1, NOTICE, TOLD)), date(2026, 4, 2)).message


def test_only_a_listed_tenant_is_given_notice_and_only_once() -> None:
    why = refused(notice, place(tenants=()))
    assert "不是 CF-0001 的承租人" in why.missing[0].text
    suspect = Remediation(category=None, state="待核查")
    assert "待核查" in refused(notice, place(), remediation=suspect).missing[0].text
    assert "没有变化" in refused(notice, place(step(1, NOTICE, TOLD))).message
    request = ClearingRequest(on=TOLD, told="路人")
    why = refused(clearings.notice, place(), enterprise(), request, policy(), TODAY)
    assert "路人不是 CF-0001 的房东" in why.missing[0].text


def test_several_waiting_must_be_named() -> None:
    both = place(step(1, NOTICE, TOLD), step(2, NOTICE, TOLD, "BK-0002"))
    assert "BK-0001、BK-0002" in refused(clear, both).message
    assert clear(both, tenant="BK-0002").recorded["承租人"] == "BK-0002"


def test_another_tenant_who_stays_keeps_the_place_let() -> None:
    shared = place(
        step(1, NOTICE, TOLD),
        tenants=(Tenant(name="俵口兴旺金属加工厂"), Tenant(name="快递代收点")),
    )
    now = after(clear(shared), shared)
    assert now.use == "出租"
    assert [t.until for t in now.tenants] == [OUT, None], "the name stands for the enterprise"


def test_a_policy_without_the_rules_says_which_file_to_complete() -> None:
    bare = replace(
        policy(),
        rules=Rules(rules=tuple(r for r in policy().rules.rules if r.name != "清退期限")),
    )
    told = clearings.notice(place(), enterprise(), ClearingRequest(on=TOLD), bare, TODAY)
    assert "制度/期限.yaml 没有规则“清退期限”" in told.notes[0]


def test_what_was_entered_in_error_is_withdrawn_and_the_lease_runs_on() -> None:
    before = place(step(1, NOTICE, TOLD))
    now = after(clear(before), before)
    back = undo({before.path: before}, {now.path: now}, "记错", None, policy(), TODAY)
    again = after(back, now)
    assert [c.step for c in again.clearings] == [NOTICE, CLEARED, "撤销"]
    assert again.clearings[2].of == 2 and again.clearings[2].note == "记错"
    assert again.tenants == before.tenants and again.use == "出租"
    assert cases(again)[0].next == CLEARED
    assert clear(again).recorded["序号"] == 4, "a number is never used twice"


def test_a_tenant_known_by_its_own_file_is_entered_as_gone() -> None:
    told = (step(1, NOTICE, TOLD),)
    before = place(*told, tenants=())
    now = after(clear(before), before)
    assert now.tenants == (Tenant(name="BK-0001", until=OUT),)
    firm = enterprise(premises="CF-0001")
    assert occupies(firm, before, OUT) and not occupies(firm, now, TODAY)
    back = after(undo({before.path: before}, {now.path: now}, None, None, policy(), TODAY), now)
    assert occupies(firm, back, TODAY)


# --- who may come in afterwards -------------------------------------------------------------------

DONE = (step(1, NOTICE, TOLD), step(2, CLEARED, OUT), step(3, REPORTED, SENT))
LET = date(2026, 3, 20)


def cleared_place(*letters: Letter, steps: tuple[Clearing, ...] = DONE) -> Premises:
    return place(
        *steps,
        use="空置待租",
        tenants=(Tenant(name="BK-0001", since=date(2026, 1, 5), until=OUT),),
        letters=letters,
    )


def promise(on: date, tenant: str | None = "甲店") -> Letter:
    return Letter(number="BZ-2026-0001", landlord="俵口村委会", on=on, tenant=tenant)


def test_a_new_tenant_needs_admission_and_a_letter_of_his_own() -> None:
    why = refused(change_tenant, cleared_place(), "甲店", LET, TODAY)
    commands = [m.command for m in why.missing]
    assert commands[0].startswith("swm admit --kind 出租 --premises CF-0001 --name 甲店")
    assert commands[1].startswith("swm letter add --premises CF-0001 --landlord 俵口村委会")
    good = cleared_place(promise(date(2026, 3, 18)))
    now = after(change_tenant(good, "甲店", LET, TODAY, admitted=["甲店"]), good)
    assert now.tenants[-1] == Tenant(name="甲店", since=LET) and now.use == "出租"


@pytest.mark.parametrize(
    "letter",
    [
        promise(date(2026, 3, 1)),
        promise(date(2026, 3, 18), None),
        promise(date(2026, 3, 18), "乙店"),
    ],
)
def test_an_old_letter_or_one_for_another_tenant_will_not_do(letter: Letter) -> None:
    why = refused(change_tenant, cleared_place(letter), "甲店", LET, TODAY, admitted=["甲店"])
    assert [m.text for m in why.missing] == ["清退以后为新承租人甲店签订的保证书"]


def test_an_admission_of_somebody_else_will_not_do() -> None:
    good = cleared_place(promise(date(2026, 3, 18)))
    why = refused(change_tenant, good, "甲店", LET, TODAY, admitted=["乙店"])
    assert "甲店要先经准入" in why.missing[0].text


def test_a_tenant_written_by_id_is_admitted_by_name() -> None:
    good = cleared_place(promise(date(2026, 3, 18), "BK-0007"))
    done = change_tenant(good, "BK-0007", LET, TODAY, admitted=["甲店"], called="甲店")
    assert after(done, good).tenants[-1].name == "BK-0007"


def test_after_notice_nobody_new_comes_in_before_the_tenant_is_out() -> None:
    why = refused(change_tenant, place(step(1, NOTICE, TOLD)), "甲店", LET, TODAY, beside=True)
    assert "不得再出租" in why.missing[0].text


def test_premises_without_a_clearing_are_let_as_ever() -> None:
    before = place()
    assert after(change_tenant(before, "甲店", LET, TODAY), before).tenants[-1].name == "甲店"


# --- subletting -----------------------------------------------------------------------------------


def test_a_chain_of_subletting_and_its_end() -> None:
    before = premises(registered=date(2026, 1, 5))
    one = after(change_owner(before, "周二", None, LET, "二手房东", TODAY), before)
    assert one.use == "转租"
    two = after(change_owner(one, "吴三", None, LET, "二手房东", TODAY, lessor="周二"), one)
    assert [(o.name, o.lessor, o.until) for o in two.owners] == [
        ("房大有", None, None),
        ("周二", None, None),
        ("吴三", "周二", None),
    ]
    less = after(end_subletting(two, "吴三", TODAY, TODAY), two)
    assert less.use == "转租" and less.owners[2].until == TODAY
    none = after(end_subletting(less, None, TODAY, TODAY), less)
    assert none.use == "出租" and none.owners[0].until is None
    assert "没有变化" in refused(end_subletting, none, None, TODAY, TODAY).message


def test_a_lessor_must_let_the_place_himself() -> None:
    why = refused(change_owner, premises(), "周二", None, LET, "二手房东", TODAY, lessor="路人")
    assert "路人" in why.missing[0].text and "房大有" in why.missing[0].command
    why = refused(change_owner, premises(), "周二", None, LET, "房东", TODAY, lessor="房大有")
    assert why.missing[0].text == "房东没有出租方"


# --- whatever the file says -----------------------------------------------------------------------

STEPS = st.lists(
    st.builds(
        Clearing,
        number=st.just(0),
        step=st.sampled_from(CLEARING_STEPS),
        on=st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        tenant=st.sampled_from(["BK-0001", "BK-0002"]),
        of=st.integers(1, 8),
    ),
    max_size=10,
)


@given(STEPS)
def test_cases_take_each_step_once_and_in_order(found: list[Clearing]) -> None:
    numbered = tuple(replace(c, number=n) for n, c in enumerate(found, start=1))
    whole = place(*numbered)
    used = [s.number for c in cases(whole) for s in (c.notice, c.cleared, c.reported) if s]
    assert len(used) == len(set(used))
    for case in cases(whole):
        days = [s.on for s in (case.notice, case.cleared, case.reported) if s]
        assert days == sorted(days)
        assert case.reported is None or case.cleared is not None
    pending = [c for c in cases(whole) if c.next]
    assert unfinished(whole, date(2026, 3, 1)) == pending
    done = last_cleared(whole, date(2026, 3, 1))
    assert (done is None) == all(c.cleared is None for c in cases(whole))
