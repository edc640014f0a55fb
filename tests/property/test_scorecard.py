"""Village scores of played townships, reckoned again from the recount of their files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
import yaml

from swm.domain.periods import Period
from swm.domain.points import tenths
from swm.reports.scorecard import scorecard
from swm.sample import township
from swm.store.ledger import Ledger
from tests import recount

TODAY = date(2026, 11, 20)
DEDUCTED = {
    "没有超期": ("超期", 10, 2),
    "没有反弹": ("反弹", 15, 10),
    "巡查覆盖": ("应查未查", 10, 1),
}
RATED = {"按期完成整治": ("按期完成", "到期应完成"), "房东保证书": ("已签", "应签")}


@pytest.mark.parametrize(
    ("firms", "months", "seed", "period"),
    [
        (40, 12, 1, Period.quarter(2026, 3)),
        pytest.param(60, 9, 4, Period.month(2026, 10), marks=pytest.mark.crash),
        (30, 12, 7, Period.year(2026)),
    ],
)
def test_points_are_what_a_recount_by_hand_gives(
    tmp_path: Path, firms: int, months: int, seed: int, period: Period
) -> None:
    root = tmp_path / "ledger"
    township.play(root, firms, months, seed, TODAY)
    ledger = Ledger(root)
    snapshot, facts = ledger.snapshot(), ledger.facts()
    scheme = snapshot.scoring.on(period.end)
    found = scorecard(facts, snapshot.settings, snapshot.policy, scheme, period, TODAY)
    over = period if period.end < TODAY else Period.range(period.start, TODAY)
    town, homes = counted(root, over)
    start, end, later = (d.isoformat() for d in (over.start, over.end, over.next_end))
    by_hand = town.count(start, end, later)
    scored = [result for result in found.results if result.takes_part]
    assert len(scored) > 5
    for result in scored:
        points = {item.item: tenths(item.points) for item in result.items}
        here = {
            name: Counter(homes[id] for id in by_hand.get(name, []))[result.village]
            for name in (
                "超期",
                "反弹",
                "应查未查",
                "按期完成",
                "到期应完成",
                "已签",
                "应签",
                "档案缺项",
            )
        }
        for item, (figure, full, each) in DEDUCTED.items():
            assert points[item] == 10 * max(0, full - each * here[figure]), (result.village, item)
        assert points["一企一档"] == max(0, 50 - 5 * here["档案缺项"])
        for item, (part, whole) in RATED.items():
            assert points[item] == rated(here[part], here[whole]), (result.village, item)
    assert_ranked([(r.rank, r.grade, tenths(r.points or "0")) for r in scored])


def rated(part: int, whole: int) -> int:
    """Ten points by the rate, to the tenth, halves upward; all of them only when all is done."""
    if part == whole:
        return 100
    return min(floor(Fraction(100 * part, whole) + Fraction(1, 2)), 99)


def assert_ranked(scored: list[tuple[int | None, str | None, int]]) -> None:
    order = ["优秀", "良好", "合格", "不合格"]
    keys = [(order.index(grade or ""), -points) for _, grade, points in scored]
    assert keys == sorted(keys)
    for (rank, _, _), key in zip(scored, keys, strict=True):
        assert rank == 1 + sum(other < key for other in keys)


def counted(root: Path, period: Period) -> tuple[recount.Town, dict[str, str]]:
    paths = [path for kind in ("企业", "厂房", "活动") for path in (root / kind).rglob("*.yaml")]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    roster = yaml.load((root / "swm.yaml").read_bytes(), Loader=yaml.BaseLoader)["村"]
    town, end = recount.Town(files, roster), period.end.isoformat()
    homes = {f.id: town.village(f.document["村"], end) for f in town.firms}
    homes |= {p["编号"]: town.village(p["村"], end) for p in town.places}
    return town, homes
