"""G8, figures and 勾稽: an independent recount of random townships equals every figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from swm.domain.kinds import KINDS
from swm.domain.periods import Period
from swm.reports import figures
from swm.reports.monthly import monthly
from swm.reports.values import Monthly
from swm.sample import township
from swm.store.facts import Facts
from swm.store.repo import Repository
from swm.store.snapshot import Snapshot
from tests import histories, recount
from tests.committed import Committed

MONTHS = [Period.month(2026, month) for month in range(1, 10)]
CUT_OFF = [Period.month(2026, month, 25) for month in (2, 5, 8)]
LONGER = [
    Period.quarter(2026, 2), Period.quarter(2026, 3), Period.quarter(2026, 2, 25), Period.year(2026),
    Period.range(date(2026, 2, 10), date(2026, 5, 31)),
]  # fmt: skip
"""Of months that are over and months that are not, of months and parts of months."""
EVER = Period.range(figures.BEGINNING, MONTHS[-1].end)


def counted(town: recount.Town, period: Period) -> dict[str, list[Any]]:
    start, end, later = (day.isoformat() for day in (period.start, period.end, period.next_end))
    return town.count(start, end, later, period.cutoff)


SUMMED = ("宣传材料", "标语推送")
"""Besides 人次: what is added up and not counted."""


def behind(name: str, figure: Any) -> tuple[int, list[str] | None]:
    """A figure's number and, where its records are enterprises or premises, their ids."""
    own = figure.unit in ("家", "处", "家次", "份", "场", "村次") and name not in SUMMED
    return figure.value, sorted(entry.id for entry in figure.entries) if own else None


def expected(name: str, unit: str, found: list[Any]) -> tuple[int, list[str] | None]:
    if unit == "人次" or name in SUMMED:
        return sum(found), None
    own = unit in ("家", "处", "家次", "份", "场", "村次")
    return len(found), sorted(found) if own else None


def compare(facts: Facts, snapshot: Snapshot, town: recount.Town, period: Period) -> None:
    policy = snapshot.policy
    by_hand = counted(town, period)
    numbers = figures.tally(facts, figures.FIGURES.values(), period, policy)
    for name, definition in figures.figures(policy).items():
        figure = figures.figure(facts, name, period, policy)
        want = expected(name, definition.unit, by_hand.get(name, []))
        assert behind(name, figure) == want, f"{period.code} {name}"
        assert numbers[name] == figure.value, f"{period.code} {name}"


LONG = pytest.mark.crash
"""One more of a kind: with the exhaustive loops, in `make crash`."""


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=LONG) for n in range(3, 6))])
def test_every_figure_of_every_month_is_what_a_recount_by_hand_finds(
    tmp_path: Path, seed: int
) -> None:
    files = histories.township(seed)
    snapshot = Committed(tmp_path, histories.settings_text()).commit(files)
    facts = Facts.of(snapshot)
    assert facts.unreadable == []
    town = recount.Town(files, histories.VILLAGES)
    for period in (*MONTHS, *CUT_OFF, *LONGER, EVER):
        compare(facts, snapshot, town, period)


@pytest.mark.parametrize("seed", [6, 7, *(pytest.param(n, marks=LONG) for n in (8, 9))])
def test_every_month_ties_and_its_tables_say_what_the_recount_says(
    tmp_path: Path, seed: int
) -> None:
    files = histories.township(seed)
    snapshot = Committed(tmp_path, histories.settings_text()).commit(files)
    facts = Facts.of(snapshot)
    town = recount.Town(files, histories.VILLAGES)
    for period in MONTHS:
        report = monthly(
            facts, snapshot.settings, snapshot.policy, period, snapshot.commit, "0", "内部"
        )
        assert [tie for tie in report.ties if not tie.holds] == []
        by_hand, before = counted(town, period), counted(town, period.previous())
        assert report.figures["底数"].value == len(by_hand["底数"])
        for name, _, stock, _ in report.categories:
            assert sorted(e.id for e in stock.entries) == sorted(by_hand[f"底数类别 {name}"])
        if report.figures["未销号"].previous is not None:
            assert report.figures["未销号"].previous == len(before["未销号"])
        assert_added_up(report, town, period)
        assert [(p.open, p.new) for p in report.trend][-1] == (
            len(by_hand["未销号"]),
            len(by_hand["本月新增"]),
        )
        assert_villages(report, town, by_hand, period)


@pytest.mark.parametrize(
    ("firms", "months", "seed"), [(40, 12, 1), pytest.param(25, 7, 2, marks=LONG), (9, 3, 3)]
)
def test_a_township_played_out_by_the_verbs_is_counted_right_and_ties(
    tmp_path: Path, firms: int, months: int, seed: int
) -> None:
    root = tmp_path / "ledger"
    township.play(root, firms, months, seed, date(2026, 11, 20))
    repo = Repository(root)
    snapshot = Snapshot(repo, str(repo.head()))
    paths = [path for kind in KINDS for path in (root / kind.title).rglob("*.yaml")]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    written = yaml.load((root / "swm.yaml").read_bytes(), Loader=yaml.BaseLoader)
    town = recount.Town(files, written["村"], written["建账基准日"])
    facts = Facts.of(snapshot)
    month = Period.month(2026, 11)
    for _ in range(months + 1):
        compare(facts, snapshot, town, month)
        report = monthly(
            facts, snapshot.settings, snapshot.policy, month, snapshot.commit, "0", "上报"
        )
        assert [tie for tie in report.ties if not tie.holds] == []
        assert_added_up(report, town, month)
        month = month.previous()


def assert_added_up(report: Monthly, town: recount.Town, period: Period) -> None:
    """本年累计 and 建账以来 of every flow are what a recount of those periods finds."""
    year = counted(town, Period.range(period.year_start, period.end))
    ever = counted(town, Period.range(figures.BEGINNING, period.end))
    for name, figure in report.figures.items():
        if figure.year is not None:
            sums = [expected(name, figure.unit, found.get(name, []))[0] for found in (year, ever)]
            assert [figure.year, figure.ever] == sums, f"{period.code} {name}"


def assert_villages(
    report: Monthly, town: recount.Town, by_hand: dict[str, list[Any]], period: Period
) -> None:
    """Each village's cells by hand; the total is the sum, and a merged village has no row."""
    end = period.end.isoformat()
    homes = {f.id: town.village(f.document["村"], end) for f in town.firms}
    homes |= {p["编号"]: town.village(p["村"], end) for p in town.places}
    columns = {
        "底数": "底数", "本期新增": "本月新增", "累计完成": "已销号", "未完成": "未销号",
        "超期": "超期", "巡查家次": "巡查家次", "应签": "应签", "已签": "已签",
    }  # fmt: skip
    for row in report.village_rows:
        for column, name in columns.items():
            here = [id for id in by_hand.get(name, []) if homes[id] == row.cells["村"]]
            assert row.cells[column] == str(len(here)), (period.code, row.cells["村"], column)
    for column in columns:
        total = sum(int(row.cells[column]) for row in report.village_rows)
        assert report.village_total.cells[column] == str(total)
    names = [row.cells["村"] for row in report.village_rows]
    assert "空村" in names
    assert ("小白庙村" in names) == (end <= "2026-03-31")


def shortened(data: bytes, rng: Random) -> bytes | None:
    """The file as it was some records ago; None before it was there."""
    document = yaml.load(data, Loader=yaml.BaseLoader)
    if "记录" not in document:
        return data if rng.random() < 0.5 else None
    kept = rng.randint(0, len(document["记录"]))
    document["记录"] = document["记录"][:kept]
    return histories.dump(document).encode() if kept else None


def dumped(facts: Facts) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, sorted."""
    tables = facts.query(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " UNION ALL"
        " SELECT name FROM far.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return {
        table: sorted(map(tuple, facts.query(f"SELECT * FROM {table}")), key=repr)
        for (table,) in tables
    }


@pytest.mark.parametrize("seed", range(3))
def test_an_update_leaves_the_same_facts_as_building_anew(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    files = histories.township(seed)
    ledger = Committed(tmp_path, histories.settings_text())
    early = {path: shortened(data, rng) for path, data in files.items()}
    old = ledger.commit({path: data for path, data in early.items() if data})
    before = dumped(Facts.of(old))
    new = ledger.commit(files)
    updated = dumped(Facts.of(new))
    back = dumped(Facts.of(old, keep=False))
    for kept in (new.repo.area / "cache").iterdir():
        kept.unlink()
    assert dumped(Facts.of(new)) == updated
    assert back == before
    assert updated != before
