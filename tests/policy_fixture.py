"""The default policy and a small town's settings, as tests use them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from swm.domain.policy import Policy
from swm.domain.policyfiles import PATHS, read_policy
from swm.domain.settings import Settings, read_settings
from swm.store.yamlread import parse

LEDGER = Path(__file__).parents[1] / "ledger"

TOWN = """\
格式: 1
台账编号: test-ledger
镇名: 俵口镇
区名: 宁河区
编号前缀: BK
机关代字: 俵
建账基准日: 2026-01-01
村:
  - 名称: 俵口村
  - 名称: 东堤村
"""


@cache
def policy() -> Policy:
    """The plan's default rules."""
    return read_policy({path: parse((LEDGER / path).read_bytes(), path) for path in PATHS})


@cache
def settings() -> Settings:
    """A town with two villages."""
    return read_settings(parse(TOWN.encode(), "swm.yaml"))
