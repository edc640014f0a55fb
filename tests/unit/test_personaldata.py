"""What must not get into a text: id numbers anywhere, and in a complaint who reported."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.edits import Append, Change, Create
from swm.domain.personaldata import identity_numbers, refuse_identity_numbers, reporter_marks
from swm.errors import Refused

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(region: str, born: date, serial: int) -> str:
    """An invented number with the right check character."""
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


VALID = number("120221", date(1970, 1, 1), 1)
"""Of a district of Tianjin that no longer has this code."""


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 999))
def test_every_valid_number_is_seen_wherever_it_stands(born: date, serial: int) -> None:
    text = f"身份证{number('120221', born, serial)}，已看过"
    assert [(m.first, m.last) for m in identity_numbers(text)] == [(4, 21)]


@given(st.integers(1, 9))
def test_a_number_with_another_check_character_is_none(step: int) -> None:
    wrong = VALID[:-1] + "0123456789X"[("0123456789X".index(VALID[-1]) + step) % 11]
    assert identity_numbers(wrong) == []
    assert [m.kind for m in reporter_marks(wrong)] == ["身份证号"]


@pytest.mark.parametrize(
    "text",
    [
        "91350100M000100Y43",
        "911201160000000001",
        "a" + VALID,
        VALID + "0",
        "0123456789abcdef" * 4,
        number("990221", date(1970, 1, 1), 1),
        "120221190002300010",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert identity_numbers(text) == []


def test_full_width_digits_are_digits_too() -> None:
    wide = VALID.translate({48 + n: 0xFF10 + n for n in range(10)})
    assert len(identity_numbers(wide)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("联系 13912345678", "手机号"),
        ("联系 139-1234-5678", "手机号"),
        ("联系 139 1234 5678 找他", "手机号"),
        ("联系１３９１２３４５６７８", "手机号"),
        ("电话022-69321234", "电话号码"),
        ("电话：69321234", "电话号码"),
        ("我叫某某", "第一人称的话"),
        ("我家住在旁边", "第一人称的话"),
        ("我是他邻居", "第一人称的话"),
        ("本人亲眼所见", "第一人称的话"),
        ("俺家窗户", "第一人称的话"),
        ("举报人为村东头养鸡户", "举报人的身份"),
        ("来电人姓王", "举报人的身份"),
        ("王先生反映夜间喷漆", "举报人的身份"),
    ],
)
def test_what_tells_who_reported_is_seen(text: str, kind: str) -> None:
    assert kind in [m.kind for m in reporter_marks(text)]


@pytest.mark.parametrize(
    "text",
    [
        "村西院落夜间喷漆，气味较大，2026年3月2日21:30有灯光",
        "12345热线转来，工单20260302001234",
        "我镇环保办到场核查，我们镇已列入",
        "北京路117.6612,39.3310附近",
        "用电户号0123456789012，设备3台",
        "凭俵整〔2026〕3号限期清理",
        "兴旺先生服装加工厂",
        "责令当场清运",
    ],
)
def test_an_ordinary_summary_passes(text: str) -> None:
    assert reporter_marks(text) == []


def change(text: str) -> Change:
    return Change(verb="edit", subject="改", files={"企业/x": (Append(("记录",), {"备注": text}),)})


def test_an_id_number_is_refused_wherever_it_would_be_written() -> None:
    with pytest.raises(Refused, match="身份证号不进台账") as refused:
        refuse_identity_numbers(change(f"业主{VALID}"))
    said = [m.text for m in refused.value.missing]
    assert said == ["“备注”里有身份证号（第3至20个字）"]
    assert VALID not in str(refused.value.__dict__)
    nested = Change(
        verb="x", subject="x", files={"p": (Create(value={"房东": [{"姓名": VALID}]}),)}
    )
    with pytest.raises(Refused):
        refuse_identity_numbers(nested)
    with pytest.raises(Refused):
        refuse_identity_numbers(Change(verb="x", subject="x", files={}, body=(f"原因：{VALID}",)))
    refuse_identity_numbers(change("业主身份已核验"))
