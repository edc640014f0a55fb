"""Who looks like whom, and why."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from swm.domain.likeness import Known, core, known, metres_between, same_operator, twins
from swm.domain.policy import RedLine
from swm.domain.records import Alteration
from swm.domain.redlines import crossed
from tests.policy_fixture import enterprise, policy

PLACES = frozenset({"宁河区", "俵口镇", "俵口村", "兴家坨村"})
FIRM = Known(
    id="BK-0001",
    name="俵口兴旺金属加工厂",
    operator="郑某",
    phone="13800000000",
    uscc="91350100M000100Y43",
    premises="CF-0003",
    position="117.6612,39.3310",
    state="整改中",
    village="俵口村",
)


def why(**traits: str) -> list[str]:
    candidate = Known(**{"id": "", "name": "白庙板材厂", "village": "白庙村", **traits})  # type: ignore[arg-type]
    return [likeness.why for likeness in twins(candidate, [FIRM], PLACES)]


@pytest.mark.parametrize(
    "name",
    [
        "俵口兴旺金属加工厂",
        "兴旺金属制品有限公司",
        "天津市宁河区俵口镇兴旺金属有限责任公司",
        "天津兴旺金属经营部",
        "俵口镇俵口村兴旺金属厂（个体工商户）",
        "兴 旺 金 属",
    ],
)
def test_names_that_say_the_same(name: str) -> None:
    assert core(name, PLACES) == "兴旺金属"


@pytest.mark.parametrize("name", ["俵口旺兴金属加工厂", "俵口兴旺木器厂", "俵口加工厂", "加工厂"])
def test_names_that_do_not(name: str) -> None:
    assert core(name, PLACES) != "兴旺金属"
    assert why(name=name) == []


def test_a_name_of_nothing_but_place_and_trade_keeps_both() -> None:
    assert core("俵口加工厂", PLACES) != core("兴家坨加工厂", PLACES)


def test_latin_letters_by_width_and_case() -> None:
    assert core("ＡＢＣ五金厂") == core("abc五金经营部") == "abc五金"


def test_each_ground_is_named() -> None:
    assert why() == []
    assert why(name="俵口兴旺金属加工厂") == ["名称相同"]
    assert why(name="兴旺金属有限公司") == ["名称相近"]
    assert why(uscc="91350100M000100Y43") == ["统一社会信用代码相同"]
    assert why(phone="138-0000-0000") == ["电话相同"]
    assert why(phone="13800000000", operator="郑 某") == ["经营者和电话相同"]
    assert why(operator="郑某", village="俵口村") == ["同村经营者同名"]
    assert why(operator="郑某") == []
    assert why(premises="CF-0003") == ["同在厂房 CF-0003"]
    assert why(position="117.6612,39.3315") == ["相距约 56 米"]
    assert why(position="117.6612,39.3320") == []
    assert why(position="没有坐标") == []


def test_several_grounds_stand_together_and_say_place_and_person() -> None:
    candidate = Known("", "兴旺金属厂", phone="13800000000", premises="CF-0003", village="俵口村")
    (likeness,) = twins(candidate, [FIRM], PLACES)
    assert likeness.why == "名称相近、电话相同、同在厂房 CF-0003"
    assert (likeness.place, likeness.person) == (True, True)


def test_an_earlier_name_is_remembered() -> None:
    renamed = enterprise(
        name="俵口鑫源五金厂",
        records=(
            *enterprise().records,
            Alteration(
                number=2,
                type="变更",
                on=enterprise().records[0].on,
                item="名称",
                old="俵口兴旺金属加工厂",
                new="俵口鑫源五金厂",
            ),
        ),
    )
    (likeness,) = twins(Known("", "兴旺金属厂"), [known(renamed)], PLACES)
    assert likeness.why == "曾用名“俵口兴旺金属加工厂”相近"


def test_nobody_is_like_himself() -> None:
    assert twins(FIRM, [FIRM], PLACES) == []
    assert same_operator(FIRM, [FIRM]) == []


def test_one_operator_is_found_in_every_village() -> None:
    moved = Known("BK-0009", "白庙板材厂", operator="郑某", village="白庙村")
    assert same_operator(moved, [FIRM]) == [FIRM]
    assert same_operator(Known("", "无名"), [Known("BK-0008", "也无名")]) == []


def test_distances() -> None:
    assert metres_between("117.0,39.0", "117.0,39.0") == 0
    assert metres_between("117.0,39.0", "117.0，39.001") == pytest.approx(111, abs=1)
    assert metres_between("117.0,39.0", "117.001,39.0") == pytest.approx(86.5, abs=1)
    assert metres_between("117.0", None) is None


def test_ten_thousand_are_compared_at_once() -> None:
    others = [
        Known(f"BK-{i:05d}", f"俵口{chr(0x4E00 + i)}{chr(0x5E00 + i)}加工厂", phone=f"137{i:08d}")
        for i in range(10_000)
    ]
    begun = perf_counter()
    assert len(twins(FIRM, [*others, Known("BK-1", "兴旺金属")], PLACES)) == 1
    assert perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("俵口电镀厂", ["电镀"]),
        ("抛光电镀", ["电镀"]),
        ("采用电镀工艺", ["电镀"]),
        ("C3360 金属表面处理（电 镀）", ["电镀"]),
        ("白庙粘土砖厂", ["黏土砖厂"]),
        ("黏土砖厂、电镀", ["黏土砖厂", "电镀"]),
        ("光电镀膜", []),
        ("电器、镀锌板销售", []),
        ("", []),
    ],
)
def test_red_lines_are_words(text: str, words: list[str]) -> None:
    assert [line.word for line in crossed([None, text], policy())] == words
    assert all(line.clause == "方案三（一）1" for line in crossed([text], policy()))


def test_a_red_line_in_latin_letters_is_a_whole_word() -> None:
    standards = replace(policy().standards, red_lines=(RedLine(word="PVC", clause="方案五1"),))
    rules = replace(policy(), standards=standards)
    assert crossed(["ｐｖｃ 管材"], rules) and crossed(["生产PVC"], rules)
    assert not crossed(["UPVC2 管材"], rules)
