"""What a document leaves unsaid for those outside, and for whom it says all."""

from __future__ import annotations

import pytest

from swm.render.discretion import Veil, veil_for
from swm.reports.audiences import INTERNAL, PUBLIC, UPWARD

PEOPLE = frozenset({"臧庚火", "舒甲", "上官丁木"})


@pytest.mark.parametrize("audience", [UPWARD, PUBLIC])
def test_outside_nobody_is_named(audience: str) -> None:
    veil = veil_for(audience, PEOPLE)
    assert veil.person("臧庚火") == "臧某某"
    assert veil.person("舒甲、上官丁木") == "舒某、上某某某"
    assert veil.text("臧庚火和舒甲到场，上官丁木未到") == "臧某某和舒某到场，上某某某未到"


def test_inside_all_is_shown() -> None:
    veil = veil_for(INTERNAL, PEOPLE)
    assert veil.person("臧庚火") == "臧庚火"
    assert veil.phone("13800000000") == "13800000000"
    assert veil.text("臧庚火13800000000") == "臧庚火13800000000"


@pytest.mark.parametrize(
    ("told", "veiled"),
    [
        ("电话13800001234，请回电", "电话138****1234，请回电"),
        ("022-69590000", "022*****0000"),
        ("身份证12010119900307123X", "身份证（号码略）"),
        ("文号俵整〔2026〕3号，面积13800平方米", "文号俵整〔2026〕3号，面积13800平方米"),
        ("", ""),
    ],
)
def test_numbers_in_free_text(told: str, veiled: str) -> None:
    assert Veil(lifted=False).text(told) == veiled


def test_a_longer_name_is_not_cut_by_a_shorter_one() -> None:
    assert Veil(lifted=False, people=frozenset({"李丁", "李丁火"})).text("李丁火") == "李某某"


def test_a_missing_name_or_phone_stays_empty() -> None:
    veil = Veil(lifted=False)
    assert (veil.person(None), veil.phone(None), veil.phone("110")) == ("", "", "***")
