"""Over which villages the unfinished enterprises are spread: nobody stands out who does not."""

from __future__ import annotations

import pytest

from swm.render.spread import spread


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, ""),
        ({"甲村": 0}, ""),
        ({"甲村": 1}, "，在甲村"),
        ({"甲村": 3, "乙村": 0}, "，均在甲村"),
        ({"甲村": 1, "乙村": 1}, "，分布在甲村、乙村，各1家"),
        ({"甲村": 1, "乙村": 3}, "，分布在乙村3家、甲村1家"),
        (dict.fromkeys("甲乙丙丁戊己庚", 1), "，分布在甲、乙、丙、丁、戊等7个村，各1家"),
        (
            {**dict.fromkeys("甲乙丙", 2), **dict.fromkeys("丁戊己庚辛", 1)},
            "，分布在8个村，较多的是甲2家、乙2家、丙2家，其余5个村各1家",
        ),
        (
            {"甲": 9, "乙": 5, **dict.fromkeys("丙丁戊己", 2), "庚": 1},
            "，分布在7个村，较多的是甲9家、乙5家，其余5个村共9家",
        ),
        (
            {**dict.fromkeys("甲乙丙丁戊己", 2), "庚": 1},
            "，分布在7个村，较多的是甲、乙、丙、丁、戊等6个村，各2家，其余1个村1家",
        ),
        (
            dict(zip("甲乙丙丁戊己", range(6, 0, -1), strict=True)),
            "，分布在6个村，较多的是甲6家、乙5家、丙4家、丁3家、戊2家，其余1个村1家",
        ),
    ],
    ids=str,
)
def test_only_those_with_more_than_the_rest_are_named_as_such(
    counts: dict[str, int], told: str
) -> None:
    found = spread(tuple(counts.items()))
    villages = "、".join(each["名称"] + each["文"] for each in found["列"])
    assert found["引"] + villages + found["尾"] == told
