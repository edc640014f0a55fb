"""The sample township exercises all of it: over its months no figure is zero throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from swm.domain.periods import Period
from swm.domain.records import CLEARED, NOTICE, TAKEN_BACK, Act, Registration
from swm.domain.replay import violations
from swm.reports import figures
from swm.sample import township
from swm.sample.roster import ADDED, MERGED, RENAMED
from swm.store.ledger import Ledger, find

TODAY = date(2026, 11, 20)
BY_COUNTY = {"本月报区验收", "区验收退回", "区验收销号", "上级直接销号"}
"""What only a ledger has whose 销号层级 is 区; the default one's is 镇. There is no other exception."""
BY_TOWN = "镇验收销号"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    root = tmp_path_factory.mktemp("town") / "台账"
    township.play(root, 40, 12, 0, TODAY)
    return find(root, root)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    root = tmp_path_factory.mktemp("county") / "台账"
    township.play(root, 40, 12, 0, TODAY, delisted_by="区")
    return find(root, root)


def months(ledger: Ledger) -> Iterator[Period]:
    """Every month of the play: also the one of the opening days, and the one that is not over."""
    first = ledger.snapshot().settings.opening_date
    assert first is not None
    month = Period.month_of(first)
    while month.start <= TODAY:
        yield month
        month = Period.month_of(month.end + timedelta(days=1))


def never(ledger: Ledger) -> set[str]:
    """The figures, and their parts by state, that are zero in every month."""
    facts, policy = ledger.facts(), ledger.snapshot().policy
    silent = set(figures.figures(policy))
    for month in months(ledger):
        counted = figures.tally(facts, figures.FIGURES.values(), month, policy)
        assert set(counted) == set(figures.figures(policy))
        silent -= {name for name, value in counted.items() if value}
    return silent


def test_no_figure_is_zero_in_all_months(town: Ledger) -> None:
    assert len(list(months(town))) == 13
    assert never(town) == BY_COUNTY


def test_where_the_county_delists_its_figures_are_not_zero(county: Ledger) -> None:
    assert never(county) & (BY_COUNTY | {BY_TOWN}) == {BY_TOWN}


def test_no_guard_of_any_act_fails_where_the_county_delists(county: Ledger) -> None:
    there = county.snapshot()
    assert there.settings.delisted_by == "区"
    acts = []
    for id in there.enterprise_ids:
        enterprise = there.enterprise(id)
        assert violations(enterprise, there.policy) == []
        acts += [r for r in enterprise.records if isinstance(r, Act)]
    assert {a.action for a in acts} >= {"报区验收", "区验收退回", "上级直接销号"}
    assert all(a.level == "区" for a in acts if a.action == "销号")
    assert {a.after for a in acts if a.action == "销号"} == {"已取缔", "已搬迁", "已整改"}


def test_both_end_in_every_state(town: Ledger, county: Ledger) -> None:
    for ledger in (town, county):
        there = ledger.snapshot()
        states = {there.enterprise(id).remediation.state for id in there.enterprise_ids}
        assert states == {s.name for s in there.policy.workflow.states}


def test_a_site_is_reborn_and_an_operator_moves_on(town: Ledger) -> None:
    """The links name a cleared site with the same address, and the same operator elsewhere."""
    there = town.snapshot()
    firms = {id: there.enterprise(id) for id in there.enterprise_ids}
    first = {id: e.records[0] for id, e in firms.items()}
    kin = {id: r for id, r in first.items() if isinstance(r, Registration)}
    [(id, old)] = [(id, r.reborn_of) for id, r in kin.items() if r.reborn_of]
    assert firms[id].address == firms[old].address and firms[id].operator != firms[old].operator
    [(id, old)] = [(id, r.moved_from) for id, r in kin.items() if r.moved_from]
    assert firms[id].operator == firms[old].operator and firms[id].village != firms[old].village


def test_a_notice_and_a_clearing_are_taken_back_and_entered_again(town: Ledger) -> None:
    there = town.snapshot()
    undone: set[str] = set()
    for id in there.premises_ids:
        steps = there.premises(id).clearings
        by_number = {s.number: s for s in steps}
        for back in (s for s in steps if s.step == TAKEN_BACK):
            taken = by_number[back.of or 0]
            again = [s for s in steps if s.step == taken.step and s.number > back.number]
            assert again and again[0].tenant == taken.tenant
            undone.add(taken.step)
    assert undone == {NOTICE, CLEARED}


def test_villages_come_change_their_names_and_go(town: Ledger) -> None:
    villages = {v.name: v for v in town.snapshot().settings.villages}
    assert villages[ADDED[0]].since and not villages[ADDED[0]].until
    assert villages[RENAMED[0]].merged_into == RENAMED[1]
    assert villages[MERGED[0]].merged_into == MERGED[1]
    facts, policy = town.facts(), town.snapshot().policy
    silent = [
        {e.id for e in figures.figure(facts, "应报未报", month, policy).entries}
        for month in (Period.month(2026, 4), Period.month(2026, 10))
    ]
    assert not silent[0] & {ADDED[0], RENAMED[1]}, "not there yet"
    assert not silent[1] & {ADDED[0], *RENAMED}, "all reported, under their names of the day"
