"""Doubtful numbers are explained in words; nothing is refused."""

from __future__ import annotations

import pytest

from swm.domain.identifiers import doubt_phone, doubt_uscc, phones, uscc_check_character

GOOD = "91350100M000100Y43"
"""The example printed in GB 32100-2015."""


@pytest.mark.parametrize("code", [GOOD, "91330100799655058B"])
def test_a_sound_code_raises_no_doubt(code: str) -> None:
    assert doubt_uscc(code) is None


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (GOOD[:-1], "应为 18 位，现为 17 位"),
        (GOOD.lower(), "含有代码不用的字符 m、y"),
        ("9135010OM000100Y43", "含有代码不用的字符 O"),
        ("91350I00M000100Y43", "含有代码不用的字符 I"),
        ("9135A100M000100Y43", "第 3 至 8 位应为行政区划数字"),
        (GOOD[:-1] + "4", "末位校验不符（按前 17 位应为 3）"),
        ("91350010M000100Y43", "末位校验不符"),
        ("120221600012345", "15 位的旧注册号"),
        ("", "现为 0 位"),
    ],
)
def test_what_is_wrong_is_said(code: str, why: str) -> None:
    said = doubt_uscc(code)
    assert said is not None and why in said


def test_a_wrong_organisation_code_shows_behind_a_right_check_character() -> None:
    first = "91350100M000100Y5"
    said = doubt_uscc(first + uscc_check_character(first))
    assert said == "第 9 至 17 位组织机构代码的校验不符（应为 4）"


def test_every_single_slip_is_noticed() -> None:
    for position in range(18):
        for digit in "0123456789":
            slipped = GOOD[:position] + digit + GOOD[position + 1 :]
            assert (doubt_uscc(slipped) is None) == (slipped == GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "+86 13800000000",
        "１３８００００００００",
        "022-69590000",
        "（022）69590000",
        "02269590000转801",
        "69590000",
        "4001234567",
        "13800000000、022-69590000",
        "13800000000 13900000000",
    ],
)
def test_telephones_as_people_write_them(text: str) -> None:
    assert doubt_phone(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1380000000", "不像电话号码"),
        ("138000000000", "不像电话号码"),
        ("12800000000", "不像电话号码"),
        ("138****0000", "打了星号"),
        ("13800000000、12345", "“12345”不像电话号码"),
        ("老王", "不像电话号码"),
    ],
)
def test_a_doubtful_telephone(text: str, why: str) -> None:
    said = doubt_phone(text)
    assert said is not None and why in said


def test_several_telephones_are_told_apart() -> None:
    assert phones("138 0000 0000；022-69590000") == ("13800000000", "02269590000")
    assert phones("") == ()
