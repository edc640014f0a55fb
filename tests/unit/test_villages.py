"""The roster of villages: merged, renamed, added; earlier months keep the old name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from swm.domain import villages
from swm.domain.edits import Change
from swm.domain.periods import Period
from swm.domain.settings import PATH, Settings, read_settings
from swm.errors import Refused
from swm.reports.monthly import monthly
from swm.reports.values import Monthly
from swm.store.factplaces import village_rows
from swm.store.facts import Facts
from swm.store.yamltext import apply, parse
from tests.committed import Committed
from tests.filed import delisted, firm, letter, registered, yard

TODAY = date(2026, 5, 20)
ROSTER = """\
格式: 1
台账编号: 0f6c1d2e
镇名: 俵口镇
编号前缀: BK
村:
  # 镇政府所在地
  - 名称: 俵口村
    网格: [俵口村-1]
  - 名称: 东村  # 2019年迁入新址
    网格: [东村-1, 东村-2]
  - {名称: 西村}
人员: []
"""


def settings(text: str = ROSTER) -> Settings:
    return read_settings(parse(text.encode(), PATH))


def written(change: Change, text: str = ROSTER) -> str:
    assert set(change.files) == {PATH}
    return apply(text, change.files[PATH], PATH)


def merged(name: str = "东村", into: str = "俵口村", since: date = date(2026, 5, 1)) -> Change:
    return villages.merge(name, into, since, settings(), TODAY)


def test_a_village_is_in_no_month_before_its_first_day() -> None:
    renamed = villages.rename("东村", "东新村", (), date(2026, 5, 1), settings(), TODAY)
    assert village_rows(settings(written(renamed))) == [
        ("俵口村", "俵口村", "0001-01-01", "9999-12-31"),
        ("东村", "东村", "0001-01-01", "2026-04-30"),
        ("东村", "东新村", "2026-05-01", "9999-12-31"),
        ("西村", "西村", "0001-01-01", "9999-12-31"),
        ("东新村", "东新村", "2026-05-01", "9999-12-31"),
    ]


def test_a_merger_writes_two_lines_and_leaves_the_comments() -> None:
    assert written(merged()) == ROSTER.replace(
        "  - 名称: 东村  # 2019年迁入新址\n",
        "  - 名称: 东村  # 2019年迁入新址\n    至: 2026-04-30\n    并入: 俵口村\n",
    )
    flow = written(merged("西村"))
    assert "{名称: 西村, " in flow
    assert settings(flow).village_at("西村", date(2026, 5, 1)) == "俵口村"
    assert settings(flow).village_at("西村", date(2026, 4, 30)) == "西村"


def test_a_renamed_village_goes_on_under_its_new_name() -> None:
    change = villages.rename("东村", "新东村", ("新东村-1",), date(2026, 5, 1), settings(), TODAY)
    after = settings(written(change))
    assert after.village_names(date(2026, 4, 30)) == ("俵口村", "东村", "西村")
    assert after.village_names(date(2026, 5, 1)) == ("俵口村", "西村", "新东村")
    assert after.village_at("东村", date(2026, 5, 1)) == "新东村"


def test_a_new_village_stands_last() -> None:
    change = villages.add("北村", ("北村-1",), date(2026, 6, 1), settings(), TODAY)
    after = settings(written(change))
    assert after.village_names(date(2026, 5, 31)) == ("俵口村", "东村", "西村")
    assert after.village_names(date(2026, 6, 1))[-1] == "北村"
    assert after.villages[-1].grids == ("北村-1",)


@pytest.mark.parametrize(
    ("name", "into", "text"),
    [
        ("南村", "俵口村", "村名册里没有“南村”"),
        ("东村", "南村", "村名册里没有“南村”"),
        ("东村", "东村", "东村不能并入自己"),
    ],
)
def test_what_is_not_in_the_roster_cannot_merge(name: str, into: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        merged(name, into)
    assert text in [m.text for m in refused.value.missing]


def test_a_village_merges_once_and_nothing_merges_into_what_is_gone() -> None:
    after = settings(written(merged()))
    for name, into in (("东村", "西村"), ("西村", "东村")):
        with pytest.raises(Refused) as refused:
            villages.merge(name, into, date(2026, 7, 1), after, TODAY)
        assert "（至 2026-04-30 止，已并入俵口村）" in refused.value.missing[0].text


def test_a_name_is_given_once() -> None:
    for change, text in (
        (lambda: villages.add("东村", (), None, settings(), TODAY), "名册里已经有“东村”"),
        (
            lambda: villages.rename("西村", "东村", (), TODAY, settings(), TODAY),
            "名册里已经有“东村”",
        ),
        (
            lambda: villages.add("北村", ("东村-1",), None, settings(), TODAY),
            "“东村-1”写了2次",
        ),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.missing[0].text == text


# --- reports ------------------------------------------------------------------------------------

FILES = (
    firm("BK-0001", registered("02-02"), 村="俵口村")
    | firm("BK-0002", registered("02-03"), delisted("03-05", "待整治"), 村="东村")
    | firm("BK-0003", registered("05-04"), 村="俵口村")
    | yard("CF-0001", letter(1, "02-01", "12-31"), 村="东村")
)


def report(ledger: Committed, files: dict[str, bytes], month: int) -> Monthly:
    snapshot = ledger.commit(files)
    period = Period.month(2026, month)
    rules = snapshot.policy
    return monthly(Facts.of(snapshot), snapshot.settings, rules, period, snapshot.commit, "0")


def cells(found: Monthly) -> dict[str, tuple[str, ...]]:
    rows = (*found.village_rows, found.village_total)
    return {r.cells["村"]: tuple(r.cells[k] for k in ("底数", "累计完成", "应签")) for r in rows}


def test_months_before_the_merger_are_the_same_as_before_and_later_ones_add_up(
    tmp_path: Path,
) -> None:
    ledger = Committed(tmp_path, ROSTER.encode())
    before = {month: report(ledger, FILES, month) for month in (3, 4, 5)}
    text = written(merged()).encode()
    after = {month: report(ledger, FILES | {PATH: text}, month) for month in (3, 4, 5)}
    for month in (3, 4):
        assert cells(after[month]) == cells(before[month])
        assert after[month].village_rows == before[month].village_rows
        assert after[month].figures == before[month].figures
    assert cells(before[5])["东村"] == ("1", "1", "1")
    assert cells(after[5]) == {
        "俵口村": ("3", "1", "1"),
        "西村": ("0", "0", "0"),
        "合计": ("3", "1", "1"),
    }
    assert all(tie.holds for found in after.values() for tie in found.ties)
