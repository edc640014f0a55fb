"""Undone and corrected at random: the facts that grew from commit to commit are those built anew."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from swm.store.ledger import Ledger
from tests.property.test_recount import dumped
from tests.scenario.transcript import screen

Tables = dict[str, list[tuple[Any, ...]]]
TODAY = "2026-11-26"
CHANGES = (
    "备注=更正后的备注",
    "结果=停产",
    "结果=在产",
    "人员=甲、乙、丙",
    "日期=2026-11-20",
    "日期=2026-11-02",
    "文书.文号=俵整〔2026〕901号",
    "送达日期=2026-11-19",
    "结论=不属实",
    "现场情况=更正后的情况",
    "发现=更正后的发现",
    "内容=更正后的内容",
    "主题=更正后的主题",
    "人次=41",
    "反馈=更正后的反馈",
    "问题=油漆",
)


def grown_and_anew(root: Path) -> tuple[Tables, Tables]:
    """What the kept facts say of HEAD, and what its files say; the kept ones stay as they are."""
    grown = dumped(Ledger(root).facts())
    cache = root / ".git" / "swm" / "cache"
    aside = cache.rename(cache.with_name("aside"))
    anew = dumped(Ledger(root).facts())
    shutil.rmtree(cache)
    aside.rename(cache)
    return grown, anew


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.crash)])
def test_after_undos_and_corrections_no_fact_is_stale(tmp_path: Path, seed: int) -> None:
    root, chance = tmp_path / "台账", random.Random(seed)
    made = f"swm demo {root} --enterprises 12 --months 6 --seed {seed}"
    screen(made, TODAY, tmp_path)
    files = {
        folder: [p.stem for p in sorted(root.glob(f"{folder}/*/*.yaml"))]
        for folder in ("企业", "巡查", "举报", "准入", "活动")
    }
    weights = {"企业": 5, "巡查": 1, "举报": 2, "准入": 1, "活动": 1}
    recorded = 0
    for turn in range(60):
        if turn % 6 == 5:
            command = "swm undo --why 录错 --approver 孟签批"
        else:
            folder = chance.choices(list(weights), list(weights.values()))[0]
            id, number = chance.choice(files[folder]), chance.randint(1, 8)
            command = f"swm correct {id} {number} --why 记错 --set {chance.choice(CHANGES)}"
        said = screen(command, TODAY, root)
        assert not any("程序出错" in line for line in said), (command, said)
        if any(line.startswith("已记录") for line in said):
            recorded += 1
            grown, anew = grown_and_anew(root)
            assert grown == anew, command
    assert recorded > 4
    assert screen("swm check", TODAY, root)[-1] != "[1]"
