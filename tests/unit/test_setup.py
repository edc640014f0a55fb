"""`swm init`: what a new ledger may not begin with."""

from __future__ import annotations

from pathlib import Path

from tests.scenario.transcript import screen


def test_a_village_named_twice_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    command = "swm init 台账 --town 甲镇 --villages 甲村、乙村、甲村"
    told = screen(command, "2026-09-01", tmp_path)
    assert told[0] == "--villages：甲村写了两遍" and told[-1] == "[2]"
    assert not (tmp_path / "台账").exists()
