"""swm.yaml: what it says, what it refuses, and what a newer one still shows."""

from __future__ import annotations

from datetime import date, timedelta, timezone

import pytest

from swm.domain.fields import fragment
from swm.domain.settings import FORMAT, Settings, prove_settings, read_settings
from swm.errors import Unreadable
from swm.store.yamltext import parse

TEXT = """\
格式: 1
台账编号: k3v9q2xw7p
镇名: 俵口镇
区名: 宁河区
编号前缀: BK
机关代字: 俵整
建账基准日: 2026-01-01
月报周期: "25"
销号层级: 区
时区: "+08:00"
村:
  - 名称: 俵口村
    网格: [俵口村-1, 俵口村-2]
  - 名称: 东村
    至: 2026-06-30
    并入: 新东村
  - 名称: 新东村
    自: 2026-07-01
领导小组:
  - {小组职务: 组长, 职务: 镇党委书记}
部门: [生态环境所, 综合执法队]
人员:
  - 姓名: 某甲
    职务: 网格员
    电话: "13800000000"
    自: 2026-01-05
    至: 2026-08-31
"""


def settings_of(text: str) -> Settings:
    return read_settings(parse(text.encode(), "swm.yaml"))


SETTINGS = settings_of(TEXT)


def test_what_the_file_says() -> None:
    assert (SETTINGS.town, SETTINGS.county, SETTINGS.prefix) == ("俵口镇", "宁河区", "BK")
    assert SETTINGS.cutoff == 25
    assert SETTINGS.zone == timezone(timedelta(hours=8))
    assert SETTINGS.writable
    assert fragment(SETTINGS)["村"][1] == {  # type: ignore[index]
        "名称": "东村",
        "至": date(2026, 6, 30),
        "并入": "新东村",
    }


def test_what_need_not_be_said() -> None:
    short = settings_of("格式: 1\n台账编号: a\n镇名: 俵口镇\n编号前缀: BK\n")
    assert (short.cutoff, short.delisted_by, short.offset) == (None, "镇", "+08:00")
    assert prove_settings(short) == []


def test_a_zone_west_of_greenwich() -> None:
    west = settings_of(TEXT.replace("+08:00", "-03:30"))
    assert west.zone.utcoffset(None) == timedelta(hours=-3, minutes=-30)


def test_villages_come_and_go() -> None:
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    assert SETTINGS.village_names(june) == ("俵口村", "东村")
    assert SETTINGS.village_names(july) == ("俵口村", "新东村")
    assert SETTINGS.village_at("东村", june) == "东村"
    assert SETTINGS.village_at("东村", july) == "新东村"
    assert SETTINGS.village_at("不在册村", july) == "不在册村"


def test_mergers_in_a_circle_come_to_an_end() -> None:
    circle = settings_of(TEXT.replace("自: 2026-07-01", "至: 2026-07-01\n    并入: 东村", 1))
    assert circle.village_at("东村", date(2026, 8, 1)) in ("东村", "新东村")


def test_people_in_office() -> None:
    on = [p.name for p in SETTINGS.people_on(date(2026, 8, 31))]
    assert on == ["某甲"]
    assert SETTINGS.people_on(date(2026, 9, 1)) == ()
    assert SETTINGS.people_on(date(2026, 1, 4)) == ()


REFUSED = [
    ("编号前缀: BK", "编号前缀: bk", "“bk”不能作编号前缀"),
    ("编号前缀: BK", "编号前缀: CF", "“CF”已用于台账的其他编号"),
    ('月报周期: "25"', "月报周期: 29", "“29”不是月报周期"),
    ('月报周期: "25"', "月报周期: 月末", "“月末”不是月报周期"),
    ('月报周期: "25"', "月报周期: ２５", "“２５”不是月报周期"),
    ('时区: "+08:00"', "时区: 北京", "“北京”不是时区"),
    ("销号层级: 区", "销号层级: 市", "“市”不在可选值内"),
    ("镇名: 俵口镇", "镇名:", "必须填写"),
    ("机关代字: 俵整", "机关代号: 俵整", "没有这个字段"),
]


@pytest.mark.parametrize(("old", "new", "why"), REFUSED)
def test_what_is_refused(old: str, new: str, why: str) -> None:
    assert old in TEXT
    with pytest.raises(Unreadable) as refused:
        settings_of(TEXT.replace(old, new))
    assert any(why in finding.message for finding in refused.value.findings)


def test_a_newer_format_is_shown_and_not_written() -> None:
    newer = TEXT.replace("格式: 1", f"格式: {FORMAT + 1}") + "新字段: 甲\n"
    assert settings_of(newer).town == "俵口镇"
    assert not settings_of(newer).writable
    with pytest.raises(Unreadable):
        settings_of(TEXT + "新字段: 甲\n")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("名称: 新东村", "名称: 俵口村", "“俵口村”写了2次"),
        ("[俵口村-1, 俵口村-2]", "[俵口村-1, 俵口村-1]", "“俵口村-1”写了2次"),
        ("[生态环境所, 综合执法队]", "[生态环境所, 生态环境所]", "“生态环境所”写了2次"),
        ("并入: 新东村", "并入: 西村", "并入的“西村”不在名册里"),
        ("    至: 2026-06-30\n", "", "写了并入而没有写“至”"),
    ],
)
def test_what_does_not_hang_together(old: str, new: str, why: str) -> None:
    assert old in TEXT
    assert prove_settings(SETTINGS) == []
    assert why in [f.message for f in prove_settings(settings_of(TEXT.replace(old, new)))]
