"""准入: each rule cites its clause; the advice follows from the reasons; a person may differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.admissionrecords import ADMITTED, REJECTED, WAITING, Admission, Reason
from swm.domain.admissionrules import RULES, Case, judged
from swm.domain.admissions import (
    AdmitRequest,
    DecideRequest,
    Scene,
    SupplementRequest,
    admit,
    decide,
    supplement,
)
from swm.domain.amendments import undo
from swm.domain.citations import cited
from swm.domain.edits import Change
from swm.domain.likeness import Known
from swm.domain.records import CLEARED, NOTICE, Approval, Clearing, Letter, Premises, Tenant
from swm.errors import Refused
from swm.store.yamltext import apply
from tests.policy_fixture import policy, premises, read_back, settings

TODAY = date(2026, 4, 1)
CLOSED = Known(
    id="BK-0001",
    name="俵口兴旺金属加工厂",
    operator="王兴旺",
    phone="13800000000",
    uscc="91120221MA05QX1J4T",
    premises="CF-0001",
    position="117.6612,39.3310",
    state="已取缔",
    category="关停取缔",
    village="俵口村",
)
LETTER = Letter(number="BZ-2026-0001", landlord="房大有", on=date(2026, 3, 1))


def scene(*known: Known, place: Premises | None = None) -> Scene:
    return Scene(known=known, premises=place, policy=policy(), settings=settings())


def ask(*known: Known, place: Premises | None = None, **more: Any) -> Change:
    about: dict[str, Any] = {
        "kind": "接电",
        "name": "白庙顺达豆制品坊",
        "village": "白庙村",
        "on": TODAY,
        "materials": ("齐全",),
        "premises": place.id if place else None,
    }
    request = AdmitRequest(**{**about, **more})
    return admit((), request, scene(*known, place=place), TODAY, premises=("CF-0001",))


def made(change: Change, before: Admission | None = None) -> Admission:
    ((path, edits),) = change.files.items()
    from swm.domain import fields
    from swm.store.yamltext import dump

    old = dump(fields.fragment(before)) if before else ""
    return read_back({path: apply(old, edits, path)}, Admission)


def found(change: Change) -> list[tuple[str, str, str | None]]:
    return [(r.rule, r.leads_to, r.related) for r in made(change).last.reasons]


def test_nothing_speaks_against_it() -> None:
    done = ask()
    assert done.recorded["编号"] == "ZR-2026-0001" and done.recorded["结论"] == ADMITTED
    assert done.subject == "准入 ZR-2026-0001 白庙顺达豆制品坊 接电：准入"
    assert made(done).review.materials == ("营业执照", "用地证明")


@pytest.mark.parametrize(
    ("more", "crossed"),
    [
        ({"name": "白庙电镀厂"}, True),
        ({"industry": "金属表面处理（电镀）"}, True),
        ({"product": "镀锌、电镀加工"}, True),
        ({"name": "白庙粘土砖厂"}, True),
        ({"product": "光电镀膜玻璃"}, False),
    ],
)
def test_a_red_line_is_the_end_of_it(more: dict[str, Any], crossed: bool) -> None:
    done = ask(**more)
    assert found(done) == ([("禁入红线", REJECTED, None)] if crossed else [])
    if crossed:
        assert "（方案三（一）1）" in done.notes[1]


@pytest.mark.parametrize(
    ("state", "more", "rule"),
    [
        ("已取缔", {"uscc": CLOSED.uscc}, ("在册企业", REJECTED)),
        ("清理中", {"uscc": CLOSED.uscc}, ("在册企业", REJECTED)),
        ("执法中", {"operator": "王兴旺", "phone": "13800000000"}, ("在册企业", REJECTED)),
        ("搬迁中", {"name": CLOSED.name, "village": "俵口村"}, ("在册企业", REJECTED)),
        ("待核查", {"uscc": CLOSED.uscc}, ("在册企业", WAITING)),
        ("已搬迁", {"uscc": CLOSED.uscc}, ("在册企业", WAITING)),
        ("已整改", {"uscc": CLOSED.uscc}, None),
        ("已核减", {"uscc": CLOSED.uscc}, None),
        ("不予列入", {"uscc": CLOSED.uscc}, None),
        ("已取缔", {"name": "宁河区俵口镇兴旺五金有限公司"}, None),
        ("已取缔", {"name": "宁河兴旺金属加工有限公司"}, ("相像企业", WAITING)),
        ("已取缔", {"operator": "王兴旺", "village": "俵口村"}, ("相像企业", WAITING)),
        ("已取缔", {"phone": "13800000000"}, ("相像企业", WAITING)),
        ("已取缔", {"position": "117.6613,39.3311"}, ("相像企业", WAITING)),
        ("清理中", {"position": "117.6613,39.3311"}, ("相像企业", WAITING)),
        ("已整改", {"position": "117.6613,39.3311"}, None),
        ("已取缔", {"position": "117.6712,39.3310"}, None),
        ("已取缔", {"operator": "王兴旺"}, ("经营者", WAITING)),
        ("搬迁中", {"operator": "王兴旺"}, None),
    ],
)
def test_who_is_in_the_ledger_and_who_is_only_like_it(
    state: str, more: dict[str, Any], rule: tuple[str, str] | None
) -> None:
    expected = [] if rule is None else [(*rule, "BK-0001")]
    assert found(ask(replace(CLOSED, state=state), **more)) == expected


def test_one_that_relapsed_is_not_let_in_though_mended_since() -> None:
    again = replace(CLOSED, state="已整改", round=2)
    assert found(ask(again, uscc=CLOSED.uscc)) == [("在册企业", REJECTED, "BK-0001")]
    assert found(ask(again, operator="王兴旺")) == [("经营者", WAITING, "BK-0001")]


def test_a_former_name_counts() -> None:
    renamed = replace(CLOSED, name="俵口新生五金厂", former_names=("俵口鑫鑫木器厂",))
    assert found(ask(renamed, name="白庙鑫鑫木器厂")) == [("相像企业", WAITING, "BK-0001")]


def test_who_moved_away_does_not_come_back_to_the_old_place() -> None:
    gone = replace(CLOSED, state="已搬迁")
    done = ask(gone, uscc=CLOSED.uscc, village="俵口村", place=place())
    assert ("在册企业", REJECTED, "BK-0001") in found(done)


def place(**more: Any) -> Premises:
    return premises(**{"letters": (LETTER,), **more})


def test_premises_under_order_or_being_cleared_or_without_a_letter() -> None:
    working = replace(CLOSED, state="整改中", position=None)
    let = place(tenants=(Tenant(name="BK-0001"),), letters=())
    done = ask(working, place=let, kind="出租", village="俵口村")
    assert [rule for rule, _, _ in found(done)] == ["相像企业", "厂房整治", "保证书"]
    assert any("swm letter add --premises CF-0001 --landlord 房大有" in n for n in done.notes)
    left = place(tenants=(Tenant(name="BK-0001", until=date(2026, 3, 1)),))
    assert "厂房整治" not in str(found(ask(working, place=left)))
    told = Clearing(number=1, step=NOTICE, on=date(2026, 3, 1), tenant="BK-0009")
    assert found(ask(place=place(clearings=(told,)))) == [("厂房清退", WAITING, "CF-0001")]
    out = Clearing(number=2, step=CLEARED, on=date(2026, 3, 2), tenant="BK-0009")
    waiting = ask(place=place(clearings=(told, out)))
    assert any("swm premises reported CF-0001 --tenant BK-0009" in n for n in waiting.notes)
    own = place(use="自用", letters=())
    assert found(ask(place=own, kind="入驻")) == []


def test_who_moves_in_says_where() -> None:
    assert found(ask(kind="入驻")) == [("经营场所", WAITING, None)]
    assert found(ask(kind="入驻", address="村西")) == []
    assert found(ask(kind="执照")) == []


def test_what_is_missing_is_named_by_the_policy_of_the_day() -> None:
    done = ask(materials=("营业执照",))
    assert found(done) == [("材料", WAITING, None)]
    assert done.notes[1] == "1. 缺少用地证明（方案五1、本镇暂定）"
    assert "2026-04-16 前补齐" in done.notes[2]
    rows = replace(policy().standards, materials=())
    bare = replace(scene(), policy=replace(policy(), standards=rows))
    request = AdmitRequest(kind="接电", name="甲", village="白庙村", on=TODAY)
    free = admit((), request, bare, TODAY)
    assert free.recorded["结论"] == ADMITTED
    assert any("制度/标准.yaml 没有接电的“准入材料”" in note for note in free.notes)


def test_what_cannot_be_judged_is_refused_all_at_once() -> None:
    with pytest.raises(Refused) as caught:
        ask(village="甲村", premises="CF-0009", materials=("介绍信",))
    texts = [m.text for m in caught.value.missing]
    assert len(texts) == 3 and all(m.command for m in caught.value.missing)
    with pytest.raises(Refused, match="晚于今天"):
        ask(on=date(2026, 4, 2))
    with pytest.raises(Refused):
        ask(name="甲\n厂")


# --- later --------------------------------------------------------------------------------------


def waiting() -> Admission:
    return made(ask(CLOSED, operator="王兴旺", materials=("营业执照",)))


def add(before: Admission, *known: Known, **more: Any) -> Change:
    return supplement(before, SupplementRequest(on=TODAY, **more), scene(*known), TODAY)


def test_a_supplement_is_judged_with_all_that_was_there() -> None:
    before = waiting()
    half = made(add(before, CLOSED, materials=("用地证明",)), before)
    assert [r.rule for r in half.last.reasons] == ["经营者"] and half.last.decision == WAITING
    whole = made(add(half, CLOSED, settled={"BK-0001": "身份证明"}), half)
    assert whole.last.decision == ADMITTED and whole.settled == {"BK-0001": "身份证明"}
    assert whole.materials == ("营业执照", "用地证明")
    with pytest.raises(Refused, match="还不能补充") as caught:
        add(whole, materials=("齐全",))
    assert "swm admit decide" in caught.value.missing[0].command


def test_a_supplement_settles_only_what_was_asked() -> None:
    for more in ({}, {"settled": {"BK-0009": "不是"}}, {"settled": {"BK-0001": " "}}):
        with pytest.raises(Refused) as caught:
            add(waiting(), CLOSED, **more)
        assert all(m.command for m in caught.value.missing)


def test_a_person_may_differ_with_a_reason_and_an_approver_and_both_are_kept() -> None:
    before = waiting()
    plain = DecideRequest(on=TODAY, decision=REJECTED)
    with pytest.raises(Refused) as caught:
        decide(before, plain, policy(), TODAY)
    assert [m.command for m in caught.value.missing] == ["加上 --why 理由", "加上 --approver 姓名"]
    told = replace(plain, why="规划调整", approval=Approval(person="孟镇长", on=TODAY))
    after = made(decide(before, told, policy(), TODAY), before)
    assert (after.last.advice, after.last.decision) == (WAITING, REJECTED)
    assert after.last.reasons == before.last.reasons
    with pytest.raises(Refused, match="没有变化"):
        decide(after, told, policy(), TODAY)
    direct = ask(decision=REJECTED, why="规划调整", approval=Approval(person="孟镇长"))
    assert direct.recorded["建议"] == ADMITTED and direct.recorded["结论"] == REJECTED
    with pytest.raises(Refused):
        ask(decision=REJECTED)


def test_undone_it_counts_no_more_and_cannot_be_supplemented() -> None:
    before = waiting()
    back = undo({}, {before.path: before}, "重复登记", None, policy(), TODAY)
    gone = made(back, before)
    assert gone.withdrawn and gone.title == "（已撤销）"
    with pytest.raises(Refused, match="已经撤销"):
        add(gone, materials=("齐全",))


# --- the rules as a whole -----------------------------------------------------------------------

STATES = [s.name for s in policy().workflow.states]
KNOWN = st.builds(
    Known,
    id=st.sampled_from(["BK-0001", "BK-0002", "BK-0003"]),
    name=st.sampled_from(["兴旺厂", "白庙兴旺厂", "顺达厂"]),
    operator=st.sampled_from([None, "王", "李"]),
    phone=st.sampled_from([None, "13800000000"]),
    uscc=st.sampled_from([None, "A", "B"]),
    premises=st.sampled_from([None, "CF-0001"]),
    state=st.sampled_from(STATES),
    village=st.sampled_from(["俵口村", "白庙村"]),
    round=st.integers(1, 2),
)


def case(applicant: Known, others: list[Known], materials: tuple[str, ...]) -> Case:
    return Case(
        kind="接电",
        applicant=replace(applicant, id=""),
        address=None,
        industry=None,
        product=None,
        materials=materials,
        settled=frozenset(),
        on=TODAY,
        premises=None,
        known=others,
        places=frozenset({"俵口村", "白庙村"}),
        policy=policy(),
    )


@given(KNOWN, st.lists(KNOWN, max_size=3, unique_by=lambda k: k.id), st.booleans())
def test_the_advice_is_the_gravest_reason_and_every_clause_is_in_the_policy(
    applicant: Known, others: list[Known], whole: bool
) -> None:
    given_in = ("营业执照", "用地证明") if whole else ()
    advice, reasons = judged(case(applicant, others, given_in))
    leads = {r.leads_to for r in reasons}
    assert advice == (REJECTED if REJECTED in leads else WAITING if WAITING in leads else ADMITTED)
    codes = {c.code for c in policy().clauses.clauses}
    for reason in reasons:
        assert set(cited(reason.clause)) <= codes and reason.rule in RULES
    fewer = judged(case(applicant, others[:-1], given_in))[0]
    order = [ADMITTED, WAITING, REJECTED]
    assert order.index(fewer) <= order.index(advice), "who is in the ledger never helps"


@given(KNOWN, st.lists(KNOWN, max_size=3, unique_by=lambda k: k.id))
def test_settling_never_adds_a_reason(applicant: Known, others: list[Known]) -> None:
    open_case = case(applicant, others, ())
    settled = replace(open_case, settled=frozenset(k.id for k in others))

    def said(found: tuple[Reason, ...]) -> set[tuple[str, str | None]]:
        return {(r.rule, r.related) for r in found}

    assert said(judged(settled)[1]) <= said(judged(open_case)[1])
