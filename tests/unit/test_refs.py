"""Where the history stands, whatever a branch is called."""

from __future__ import annotations

from pathlib import Path

from tests.issued import Town


def test_a_branch_with_a_chinese_name_is_read_and_not_written(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.say("2026-09-01", "swm init . --town 俵口镇 --villages 俵口村")
    town.git("switch", "-qc", "试一试")
    assert "共 0 家" in town.say("2026-09-02", "swm list")
    told = town.refused("2026-09-02", "swm add --name 一厂 --village 俵口村 --category 关停取缔", 4)
    assert "试一试" in told and "main" in told
