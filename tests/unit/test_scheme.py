"""`swm policy` shows how villages are scored: every item, with its points and how it is reckoned."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from swm.domain.scoring import SCORING, Scheme, read_scoring
from swm.render.scheme import scheme_lines
from swm.store.founding import default_policy
from swm.store.yamltext import parse
from tests.scenario.transcript import screen

OTHER = """\
考核:
  - 自: 2026-07-01
    满分: 100
    无底数的村: 参评
    项目:
      - {名称: 签订, 分值: 60, 方式: 得率, 数字: 已签, 分母: 应签,
         分档: [{不低于: 90, 得: 60}, {不低于: 50, 得: 20.5}], 说明: 房东签字, 依据: 方案五1}
      - {名称: 零报告, 分值: 40, 方式: 扣分, 数字: 应报未报, 每条扣: 0.5, 逐月: 是,
         说明: 按月报, 依据: 方案六2}
    等次:
      - {名称: 通过, 不低于: 0}
    依据: 方案六4
"""


def shipped() -> Scheme:
    return read_scoring(parse(default_policy()[SCORING], SCORING)).on(date(2026, 11, 20))


def test_everything_of_the_scheme_that_ships_is_there() -> None:
    scheme, lines = shipped(), list(scheme_lines(shipped()))
    assert len(lines) == len(scheme.rows) + 2
    for row, line in zip(scheme.rows, lines, strict=False):
        assert row.name in line and row.meaning in line and row.clause in line
        assert not row.figure or f"“{row.figure}”" in line
    for item, line in zip(scheme.items, lines, strict=False):
        assert line.startswith(f"{item.name}  {item.points}分，")
    assert lines[-2] == "等次  优秀90分以上、良好80分以上、合格60分以上，其余不合格"


def test_bands_months_and_a_single_grade() -> None:
    lines = list(scheme_lines(read_scoring(parse(OTHER.encode(), SCORING)).schemes[0]))
    assert lines == [
        "签订  60分，按“已签”占“应签”的比率分档：90%以上60分、50%以上20.5分（房东签字；方案五1）",
        "零报告  40分，“应报未报”每条扣0.5分，逐月计算（按月报；方案六2）",
        "等次  一律通过",
        "无底数的村  参评",
    ]


def test_the_rules_in_force_on_a_day_hold_the_scoring_of_that_day(tmp_path: Path) -> None:
    def say(command: str) -> str:
        return "\n".join(screen(command, "2026-11-20", tmp_path))

    say("swm init . --town 俵口镇 --villages 俵口村")
    assert "村级考核（2026-11-20）\n  满分100分（方案六4、本镇暂定）\n" in say("swm policy")
    document = json.loads(say("swm policy --json"))
    assert [x["名称"] for x in document["考核"][0]["项目"]] == [i.name for i in shipped().items]
    (tmp_path / SCORING).write_text(OTHER, "utf-8")
    assert "[0]" not in say("swm adopt --why 改考核办法")
    now = say("swm policy")
    assert "满分100分（方案六4）" in now and "签订  60分" in now and "主动上报" not in now
    assert "村级考核" not in say("swm policy --on 2026-06-30"), "no scheme held then"
    assert "职权（2026-06-30）" in say("swm policy --on 2026-06-30")
