"""保证书: signing, how long it binds, and who still has to sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from swm.domain.edits import Change
from swm.domain.letters import (
    LetterRequest,
    add,
    doubtful,
    expiring,
    in_force,
    missing,
    needs_letter,
    void,
)
from swm.domain.records import Letter, Owner, Premises, Tenant
from swm.errors import NotFound, Refused
from tests.policy_fixture import played, policy, premises, read_back, written

SIGNED, TODAY = date(2026, 1, 5), date(2026, 3, 4)
LETTER = Letter(number="BZ-2026-0001", landlord="房大有", on=SIGNED, until=date(2027, 1, 5))


def sign(*places: Premises, existing: tuple[str, ...] = (), **more: Any) -> Change:
    values = {"premises": places or (premises(),), "landlord": "房大有", "on": TODAY, **more}
    return add(LetterRequest(**values), existing, policy(), TODAY)


def refused(*places: Premises, **more: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        sign(*places, **more)
    assert all(m.command for m in caught.value.missing)
    return [m.text for m in caught.value.missing]


# --- signing -----------------------------------------------------------------------------------


def test_one_paper_for_two_places_has_one_number_in_both_files() -> None:
    one, other = premises(), premises(id="CF-0002", letters=(LETTER,))
    done = sign(one, other, existing=("BZ-2026-0001", "BZ-2025-0009"), witness=("甲一",))
    assert done.subject == "保证书 BZ-2026-0002：CF-0001、CF-0002"
    assert "房大有" not in "".join((done.subject, *done.body))
    texts = played(done, written(one) | written(other))
    first = read_back({one.path: texts[one.path]}, Premises).letters
    second = read_back({other.path: texts[other.path]}, Premises).letters
    assert first == second[1:] and second[0] == LETTER
    assert texts[one.path].endswith("""\
保证书:
  - 编号: BZ-2026-0002
    类型: 厂房出租保证书
    签订人: 房大有
    签订日期: 2026-03-04
    有效期至: 2027-03-04
    见证人: [甲一]
""")
    assert done.recorded["厂房"] == ["CF-0001", "CF-0002"]
    assert "CF-0002 此前的 BZ-2026-0001 仍留在档案里" in done.notes


def test_numbers_start_anew_with_the_year_of_signing() -> None:
    done = sign(on=date(2025, 12, 30), existing=("BZ-2026-0005",))
    assert done.recorded["编号"] == "BZ-2025-0001"


def test_the_term_of_the_rules_is_counted_and_shown() -> None:
    done = sign(on=SIGNED)
    assert done.recorded["有效期至"] == date(2027, 1, 5)
    assert "次日起算365个自然日，届满2027-01-05" in done.notes[0]
    written_out = sign(until=date(2026, 12, 31))
    assert written_out.recorded["有效期至"] == date(2026, 12, 31)
    assert not any("365" in note for note in written_out.notes)


def test_entered_later_it_says_when() -> None:
    (text,) = played(sign(on=SIGNED), written(premises())).values()
    assert "录入: 2026-03-04" in text


def test_only_an_owner_of_that_day_signs() -> None:
    sold = premises(
        id="CF-0002",
        owners=(
            Owner(name="房大有", until=date(2026, 2, 28)),
            Owner(name="房二有", since=date(2026, 3, 1)),
            Owner(name="转有", kind="二手房东", since=date(2026, 1, 1)),
        ),
    )
    assert refused(premises(), sold) == [
        "房大有在 2026-03-04 不是 CF-0002 的房东（当日房东：房二有、转有（二手房东））"
    ]
    assert sign(premises(), sold, on=date(2026, 2, 28)).recorded["编号"] == "BZ-2026-0001"
    assert sign(sold, landlord="转有").recorded["编号"] == "BZ-2026-0001"
    with pytest.raises(Refused) as caught:
        sign(sold)
    assert caught.value.missing[0].command == "swm premises owner CF-0002 --name 房大有 --from 日期"


def test_all_that_is_wrong_is_said_at_once() -> None:
    place = premises(letters=(Letter(number="BZ-2026-0001", landlord="房大有", on=TODAY),))
    texts = refused(place, place, until=date(2026, 3, 1))
    assert texts[:2] == [
        "有效期至 2026-03-01，早于签订日期 2026-03-04",
        "厂房 CF-0001 写了不止一次",
    ]
    assert "CF-0001 已有同一天签订的 BZ-2026-0001" in texts
    assert refused(kind="口头保证", witness=("甲\n",)) == [
        "“见证人”含有名称中不允许的字符 U+000A",
        "没有“口头保证”这种保证书",
    ]
    assert "“签订人”必须填写" in refused(landlord="")
    with pytest.raises(Refused, match="晚于今天"):
        sign(on=date(2026, 3, 5))
    with pytest.raises(Refused) as caught:
        add(LetterRequest(premises=(), landlord="甲", on=TODAY), (), policy(), TODAY)
    assert caught.value.missing[0].text == "厂房"


def test_a_place_that_needs_none_and_a_change_since_signing_are_told() -> None:
    assert any("不在应签之列" in note for note in sign(premises(use="自用")).notes)
    moved_in = premises(tenants=(Tenant(name="BK-0002", since=date(2026, 2, 1)),))
    assert any("存疑" in note for note in sign(moved_in, on=SIGNED).notes)
    assert not any("存疑" in note for note in sign(moved_in).notes)


# --- how a letter stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "on", "holds"),
    [
        ({}, date(2026, 1, 4), False),
        ({}, SIGNED, True),
        ({}, date(2027, 1, 5), True),
        ({}, date(2027, 1, 6), False),
        ({"until": None}, date(2040, 1, 1), True),
        ({"voided_on": TODAY}, date(2026, 3, 3), True),
        ({"voided_on": TODAY}, TODAY, False),
    ],
)
def test_a_letter_holds_from_signing_to_its_last_day(
    letter: dict[str, Any], on: date, holds: bool
) -> None:
    assert in_force(replace(LETTER, **letter), premises(), on) is holds


@pytest.mark.parametrize(
    ("place", "doubt"),
    [
        (premises(), False),
        (premises(tenants=(Tenant(name="BK-0001"),)), False),
        (premises(tenants=(Tenant(name="BK-0001", since=SIGNED),)), False),
        (premises(tenants=(Tenant(name="BK-0001", until=date(2026, 2, 1)),)), False),
        (premises(tenants=(Tenant(name="BK-0001", since=date(2026, 2, 1)),)), True),
        (premises(tenants=(Tenant(name="BK-0001", since=date(2026, 4, 1)),)), False),
        (
            premises(
                tenants=(
                    Tenant(name="BK-0001", until=date(2026, 1, 31)),
                    Tenant(name="BK-0001", since=date(2026, 2, 1)),
                )
            ),
            False,
        ),
        (premises(owners=(Owner(name="房大有", until=date(2026, 2, 1)),)), True),
        (premises(owners=(Owner(name="房大有"), Owner(name="乙", since=date(2026, 2, 1)))), True),
        (
            premises(
                owners=(
                    Owner(name="房大有", until=date(2026, 1, 31)),
                    Owner(name="房大有", phone="13800000000", since=date(2026, 2, 1)),
                )
            ),
            False,
        ),
    ],
)
def test_a_change_after_signing_makes_it_doubtful(place: Premises, doubt: bool) -> None:
    assert doubtful(LETTER, place, TODAY) is doubt
    assert in_force(LETTER, place, TODAY) is not doubt


def test_it_is_not_doubtful_before_the_change() -> None:
    place = premises(tenants=(Tenant(name="BK-0001", since=date(2026, 2, 1)),))
    assert in_force(LETTER, place, date(2026, 1, 31))


# --- who has to sign -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "due"),
    [("出租", True), ("转租", True), ("空置待租", True), ("自用", False), ("闲置", False)],
)
def test_who_lets_or_wants_to_let_has_to_sign(use: str, due: bool) -> None:
    place = premises(use=use)
    assert needs_letter(place, TODAY) is due
    assert not needs_letter(place, date(2026, 1, 4)), "not in the ledger yet"


def test_who_has_not_signed_and_whose_letter_ends_soon() -> None:
    unsigned = premises()
    signed = premises(id="CF-0002", letters=(LETTER,))
    own_use = premises(id="CF-0003", use="自用")
    long = Letter(number="BZ-2026-0002", landlord="房大有", on=SIGNED)
    renewed = premises(id="CF-0004", letters=(LETTER, long))
    places = [unsigned, signed, own_use, renewed]
    assert missing(places, TODAY) == [unsigned]
    assert missing(places, date(2027, 1, 6)) == [unsigned, signed]
    assert expiring(places, date(2026, 12, 6), 30) == [(signed, LETTER)]
    assert expiring(places, date(2026, 12, 5), 30) == []
    assert expiring(places, date(2027, 1, 6), 30) == []


# --- whose letter, for how long, and when it is void ----------------------------------------------


def sublet() -> Premises:
    return premises(
        owners=(
            Owner(name="房大有"),
            Owner(name="周二", kind="二手房东"),
            Owner(name="村委会", kind="村集体"),
        )
    )


@pytest.mark.parametrize(
    ("who", "kind", "until"),
    [
        ("房大有", "厂房出租保证书", date(2027, 3, 4)),
        ("周二", "转租（二手房东）保证书", date(2026, 8, 31)),
        ("村委会", "村集体资产出租保证书", date(2027, 3, 4)),
    ],
)
def test_the_kind_follows_the_signer_and_the_term_the_kind(
    who: str, kind: str, until: date
) -> None:
    done = sign(sublet(), landlord=who)
    (text,) = played(done, written(sublet())).values()
    assert f"类型: {kind}" in text and done.recorded["有效期至"] == until


def test_a_kind_that_is_for_others_is_refused_with_the_fitting_one() -> None:
    with pytest.raises(Refused) as caught:
        sign(sublet(), landlord="周二", kind="村集体资产出租保证书")
    (missing_,) = caught.value.missing
    assert missing_.command == "改为 --kind 转租（二手房东）保证书"
    assert sign(sublet(), landlord="周二", kind="闲置厂房看管保证书").recorded["编号"], "any signer"


def test_the_agreed_tenant_does_not_make_it_doubtful() -> None:
    letter = replace(LETTER, tenant="甲店")
    moved_in = premises(tenants=(Tenant(name="甲店", since=date(2026, 2, 1)),))
    assert in_force(letter, moved_in, TODAY) and not in_force(LETTER, moved_in, TODAY)
    other = premises(tenants=(Tenant(name="乙店", since=date(2026, 2, 1)),))
    assert not in_force(letter, other, TODAY)


def test_a_void_letter_binds_no_more_in_any_of_its_premises() -> None:
    one, other = premises(letters=(LETTER,)), premises(id="CF-0002", letters=(LETTER,))
    done = void("BZ-2026-0001", [one, other], "租约解除", date(2026, 3, 1), TODAY)
    for path, text in played(done, written(one) | written(other)).items():
        place = read_back({path: text}, Premises)
        assert place.letters[0].void_reason == "租约解除"
        assert in_force(place.letters[0], place, date(2026, 2, 28))
        assert not in_force(place.letters[0], place, date(2026, 3, 1))
    assert "租约解除" not in "".join((done.subject, *done.body))
    assert len(done.notes) == 2


def test_what_cannot_be_voided() -> None:
    one = premises(letters=(LETTER,))
    with pytest.raises(NotFound):
        void("BZ-2026-0009", [one], "错", TODAY, TODAY)
    for reason, on, text in (
        (" ", TODAY, "作废的原因"),
        ("错", date(2026, 1, 4), "作废日期 2026-01-04 早于签订日期 2026-01-05"),
    ):
        with pytest.raises(Refused) as caught:
            void("BZ-2026-0001", [one], reason, on, TODAY)
        assert [m.text for m in caught.value.missing] == [text]
    gone = premises(letters=(replace(LETTER, voided_on=TODAY),))
    with pytest.raises(Refused):
        void("BZ-2026-0001", [gone], "再来", TODAY, TODAY)
