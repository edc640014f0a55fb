"""A text of nothing but spaces is no text: for an option, for a rule, for a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from swm.cli import commands
from swm.cli.grammar import Root
from swm.cli.main import app
from swm.cli.options import EXACT
from swm.domain import fields
from swm.domain.fields import blank
from swm.domain.records import Approval, Enterprise
from swm.domain.tree import Map, Text
from swm.errors import Unreadable
from swm.store.yamlread import parse
from tests.issued import Town

TODAY = "2026-10-20"
ANSWERED = (
    "swm complaint add --source 来信来访 --village 俵口村 --text 夜间有异味",
    "swm complaint verify 1 --by 甲一、乙二 --conclusion 属实 --found 有异味",
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """September and October, and a complaint that was checked."""
    town = Town.begun(tmp_path_factory.mktemp("town")).october()
    for command in ANSWERED:
        town.say(TODAY, command)
    return town


@pytest.fixture
def town(begun: Town, tmp_path: Path) -> Town:
    return begun.copied(tmp_path)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "　", "\u200b", " \u200b　"])
def test_spaces_and_what_nobody_sees_are_blank(text: str) -> None:
    assert blank(text)
    assert not blank(text + "甲") and not blank(text + "，") and not blank(text + "\x85")


@pytest.mark.parametrize("nobody", ["", "  ", "　"])
def test_a_blank_approver_has_approved_nothing(town: Town, nobody: str) -> None:
    issue = f'swm report issue 2026-09 --audience 公示 --approver "{nobody}"'
    assert "没有写批准人" in town.refused(TODAY, issue)
    town.say(TODAY, "swm report issue 2026-09 --approver 李镇长")
    amend = f'swm report amend 2026-09 --why 漏登 --approver "{nobody}"'
    assert "由谁批准更正" in town.refused(TODAY, amend)
    dated = f'swm correct 1 1 --why 笔误 --set 备注=x --approver "{nobody}" --approved-on 今天'
    assert "还缺批准人" in town.refused(TODAY, dated, 2)
    town.say(TODAY, f'swm correct 1 1 --why 笔误 --set 备注=x --approver "{nobody}"')
    assert "人:" not in town.git("show", "HEAD")


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        ('swm complaint add --source 来信来访 --village 俵口村 --text ""', "--text"),
        ('swm complaint verify 1 --by 甲一、乙二 --conclusion 属实 --found "  "', "--found"),
        ('swm complaint close 1 --result " " --measure 断电', "--result"),
        ('swm activity add --kind 会议 --title "　"', "--title"),
        ('swm correct 1 1 --why "" --set 备注=x', "--why"),
        ('swm add --name " " --village 俵口村', "--name"),
        ('swm premises add --village 俵口村 --address "" --landlord 房东甲', "--address"),
    ],
)
def test_a_required_option_is_not_given_by_spaces(town: Town, command: str, missing: str) -> None:
    assert f"缺少 {missing}" in town.refused(TODAY, command, 2)


def test_a_rule_that_looks_for_words_is_not_content_with_spaces(town: Town) -> None:
    town.say(TODAY, "swm add --name 新厂 --village 俵口村")
    visit = 'swm inspect 4 --kind 核查 --by 甲一、乙二 --result 停产 --problem "" --problem " "'
    town.say(TODAY, visit)
    assert "问题" not in town.git("show", "HEAD")
    listing = "swm advance 4 列入 --category 限期整改 --reason 核实 --by 甲一、乙二"
    assert "发现问题的核查记录" in town.refused(TODAY, listing)
    close = 'swm complaint close 1 --result 已停产 --measure " "'
    assert "措施" in town.refused(TODAY, close)


def test_a_blank_day_is_refused_and_never_taken_for_today(town: Town) -> None:
    assert "不是日期" in town.refused(TODAY, 'swm list --on ""', 2)
    visit = 'swm inspect 2 --kind 日常 --by 甲一 --result 停产 --on " "'
    assert "不是日期" in town.refused(TODAY, visit, 2)


def _options(command: Any, context: typer.Context) -> Iterator[Any]:
    yield from (p for p in command.params if p.param_type_name == "option" and not p.is_flag)
    for name in getattr(command, "list_commands", lambda _: [])(context):
        yield from _options(command.get_command(context, name), context)


def test_an_option_for_words_never_arrives_blank() -> None:
    """Whatever the command: what is not read strictly is none when nothing can be seen of it."""
    Root.places = commands.PLACES
    root = get_command(app)
    context: Any = root.make_context("swm", ["list"])
    found = list(_options(root, context))
    for option in found:
        told = [" ", "甲"] if option.multiple else " "
        got = option._runtime_param.coerce(told, option, context)
        if option.metavar in EXACT:
            assert got == told
        else:
            assert got == (("甲",) if option.multiple else None), option.opts
    assert {option.metavar for option in found} >= EXACT - {"月份"}


# --- files ------------------------------------------------------------------------------------


def test_a_blank_text_in_a_file_is_read_as_none() -> None:
    text = """\
编号: BK-0001
名称: 甲厂
村: 俵口村
产品与工艺: "  "
整治:
  轮次: 1
  状态: 待核查
记录:
  - 序号: 1
    类型: 巡查
    日期: 2026-10-01
    方式: 核查
    人员: [甲, " "]
    结果: 停产
    问题: ["", " "]
    不涉及: {断水: " "}
    发现: ""
"""
    path = "企业/BK-00/BK-0001.yaml"
    found = fields.read(Enterprise, parse(text.encode(), path), path)
    visit: Any = found.records[0]
    assert visit.people == ("甲",)
    assert (visit.problems, visit.not_applicable, visit.found) == ((), {}, None)
    assert found.product is None


def test_a_required_text_that_is_blank_is_missing() -> None:
    node = Map()
    node["人"] = Text("  ")
    with pytest.raises(Unreadable) as caught:
        fields.read(Approval, node, "批准")
    assert [(f.field, f.message) for f in caught.value.findings] == [("人", "必须填写")]


def test_no_verb_can_write_a_blank_text() -> None:
    assert fields.fragment(Approval(person=" ", basis="")) == {}


def test_an_empty_new_value_still_takes_a_value_away(town: Town) -> None:
    town.say(TODAY, "swm correct 1 1 --why 补记 --set 备注=甲")
    town.say(TODAY, "swm correct 1 1 --why 误记 --set 备注=")
    town.say(TODAY, "swm edit 1 --set 电话=")
    assert "13800000001" not in town.say(TODAY, "swm show 1 --no-color").split("记录")[0]


def test_the_summary_of_a_complaint_may_not_be_corrected_away(town: Town) -> None:
    assert "必须填写" in town.refused(TODAY, 'swm correct JB-2026-0001 1 --why x --set "内容= "')
